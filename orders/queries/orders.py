"""Finding orders: by the token their owner holds, or by what staff may see."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from groupbuy.community.models import User
from groupbuy.community.queries.visible import compounds_of
from groupbuy.shared import tokens
from orders.models import Order
from orders.states import OrderState


def _whole() -> QuerySet[Order]:
    return Order.objects.select_related("compound__committee__town", "batch__group_buy")


def order_by_token(token: str) -> Order | None:
    return _whole().filter(token_hash=tokens.stored(token)).first()


def orders_by_tokens(held: Iterable[str]) -> list[Order]:
    """The orders a phone's cookie opens, newest first; unknown tokens open nothing."""
    hashes = [tokens.stored(token) for token in held]
    return list(_whole().filter(token_hash__in=hashes).order_by("-placed_at"))


def with_same_home(orders: QuerySet[Order]) -> QuerySet[Order]:
    """Each with ``same_home``: its home has another standing order that day, packed with it.

    Asked when it is shown, since orders move and end.
    """
    others = Order.objects.filter(
        batch=OuterRef("batch"),
        home_key=OuterRef("home_key"),
        state=OrderState.STANDING,
    )
    return orders.annotate(same_home=Exists(others.exclude(pk=OuterRef("pk"))))


def visible_to(user: User) -> QuerySet[Order]:
    """Orders of the compounds this person looks after."""
    return Order.objects.filter(compound__in=compounds_of(user))
