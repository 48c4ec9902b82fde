"""What a compound's chat group and stairwell are told, as facts, and which hour it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.db.models import Count, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy

from catalog.models import Batch, ServedPlace
from delivery.models import Arrival
from delivery.queries.words import day_words, delivery_words
from groupbuy.community.models import Compound, User
from groupbuy.community.queries.visible import compounds_of
from groupbuy.shared import tokens
from groupbuy.shared.clock import at, day_of
from groupbuy.shared.money import yuan
from orders.models import OrderLine
from orders.states import OrderState

LAST_HOUR = timedelta(hours=1, minutes=15)  # so that it can be copied a little early


class Hour(StrEnum):
    """The moments at which a group is told something."""

    OPENED = "opened"
    LAST = "last"
    CLOSED = "closed"
    ARRIVING = "arriving"
    BROUGHT = "brought"
    OFF = "off"


HOUR_WORDS = {
    Hour.OPENED: gettext_lazy("Just opened"),
    Hour.LAST: gettext_lazy("Closing soon"),
    Hour.CLOSED: gettext_lazy("Closed, with totals"),
    Hour.ARRIVING: gettext_lazy("Arriving"),
    Hour.BROUGHT: gettext_lazy("After delivery"),
    Hour.OFF: gettext_lazy("Called off"),
}


@dataclass(frozen=True)
class Facts:
    """Everything a text may say about one compound's part of one batch."""

    title: str
    compound: str
    notice: str
    packages: tuple[tuple[str, str, int], ...]  # code, title, price in cents
    until: datetime
    day: str
    delivery: str
    url: str
    contact_name: str
    contact_phone: str
    homes: int
    pieces: tuple[tuple[str, int], ...]  # code, pieces ordered by this compound
    heads_until: datetime | None = None  # while heads may order
    arrived: tuple[tuple[str, datetime], ...] = ()  # gate, since when

    @property
    def prices(self) -> str:
        """``¥60``, or ``¥60–¥100``."""
        all_cents = sorted(cents for _code, _title, cents in self.packages) or [0]
        low, high = all_cents[0], all_cents[-1]
        return f"¥{yuan(low)}" if low == high else f"¥{yuan(low)}–¥{yuan(high)}"


def served_compounds(user: User, batch: Batch) -> QuerySet[Compound]:
    """The person's compounds to which this batch comes."""
    served = ServedPlace.objects.filter(group_buy=batch.group_buy_id)
    compounds = compounds_of(user).filter(pk__in=served.values("compound"))
    return compounds.select_related("committee__town").order_by(
        "committee__code", "name"
    )


def hours_of(batch: Batch) -> list[Hour]:
    """Which texts a day may need; one that was called off needs only that said."""
    if batch.state == Batch.State.CALLED_OFF:
        return [Hour.OFF]
    return [hour for hour in Hour if hour != Hour.OFF]


def hour_of(batch: Batch, facts: Facts, now: datetime) -> Hour:
    """Which text fits now; the page offers the day's others, too."""
    if batch.state == Batch.State.CALLED_OFF:
        return Hour.OFF
    if batch.state == Batch.State.OPEN and now < batch.until_link:
        return Hour.LAST if batch.until_link - now <= LAST_HOUR else Hour.OPENED
    if now >= at(batch.delivery_on, batch.window_to):
        return Hour.BROUGHT
    is_today = day_of(now) == batch.delivery_on
    return Hour.ARRIVING if is_today or facts.arrived else Hour.CLOSED


def link_of(batch: Batch, compound: Compound) -> str:
    """The whole public address, with the compound filled in."""
    path = reverse("link-compound", args=[batch.group_buy.token, compound.pk])
    return settings.SITE_URL + path


def check_code(batch: Batch, compound: Compound) -> str:
    """Four digits on the notice that an office can confirm by phone: is it really ours?"""
    token = tokens.derived("notice", f"{batch.pk}/{compound.pk}")
    return f"{int.from_bytes(token.encode()[:4]) % 10_000:04d}"


def facts_of(batch: Batch, compound: Compound) -> Facts:
    rows = batch.stock.order_by("code").values_list("code", "title", "price_cents")
    name, phone = whom_to_call(batch, compound)
    homes, pieces = _ordered(batch, compound)
    arrivals = Arrival.objects.filter(batch=batch, gate__compound=compound)
    return Facts(
        title=batch.group_buy.title,
        compound=compound.name,
        notice=batch.notice,
        packages=tuple(rows),
        until=batch.until_link,
        day=day_words(batch.delivery_on),
        delivery=delivery_words(batch),
        url=link_of(batch, compound),
        contact_name=name,
        contact_phone=phone,
        homes=homes,
        pieces=pieces,
        heads_until=heads_until(batch),
        arrived=tuple(arrivals.order_by("at").values_list("gate__name", "at")),
    )


def heads_until(batch: Batch) -> datetime | None:
    """The heads' cutoff, where it is later than the link's and the day still open."""
    is_later = batch.until_heads > batch.until_link
    is_open = batch.state == Batch.State.OPEN
    return batch.until_heads if is_open and is_later else None


def _ordered(
    batch: Batch, compound: Compound
) -> tuple[int, tuple[tuple[str, int], ...]]:
    lines = OrderLine.objects.filter(
        order__batch=batch,
        order__compound=compound,
        order__state=OrderState.STANDING,
    )
    homes = lines.aggregate(n=Count("order__home_key", distinct=True))["n"]
    sums = lines.values("stock__code").annotate(n=Sum("quantity"))
    return homes, tuple(sums.order_by("stock__code").values_list("stock__code", "n"))


def whom_to_call(batch: Batch, compound: Compound) -> tuple[str, str]:
    """The committee, which helps those without a phone; else the group buy's contact."""
    committee = compound.committee
    if committee.phone:
        return committee.name, committee.phone
    return batch.group_buy.contact_name, batch.group_buy.contact_phone
