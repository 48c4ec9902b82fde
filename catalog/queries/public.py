"""What everybody may see without a sign-in: published group buys, their days, their stock."""

from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from catalog.models import Batch, GroupBuy, ServedPlace, Stock


def published() -> QuerySet[GroupBuy]:
    return GroupBuy.objects.filter(published_at__isnull=False).select_related("town")


def running(*, now: datetime, town: str = "") -> QuerySet[GroupBuy]:
    """Published and not over, with the open day in ``open_batches``; ``town`` is a slug."""
    found = published().filter(Q(ended_at__isnull=True) | Q(ended_at__gt=now))
    if town:
        found = found.filter(town__slug=town)
    return found.order_by("town__name", "title", "pk").prefetch_related(_open())


def published_by_token(token: str) -> GroupBuy | None:
    """One group buy, over or not, with ``open_batches`` and the places it serves."""
    places = ServedPlace.objects.select_related("compound", "building").order_by(
        "compound__name", "compound", "building__sort"
    )
    return (
        published()
        .filter(token=token)
        .prefetch_related(_open(), Prefetch("places", places))
        .first()
    )


def published_batch(batch_id: int) -> Batch | None:
    """A day of a published group buy; open, closed or called off."""
    return (
        Batch.objects.filter(pk=batch_id, group_buy__published_at__isnull=False)
        .select_related("group_buy__town")
        .first()
    )


def with_contents(batch: Batch) -> QuerySet[Stock]:
    """The day's packages by code, each with its supplier and its items: two queries."""
    rows = batch.stock.select_related("supplier", "version").order_by("code")
    return rows.prefetch_related("version__items")


def _open() -> Prefetch:
    batches = Batch.objects.filter(state=Batch.State.OPEN)
    return Prefetch("batches", batches, to_attr="open_batches")
