"""After a leak (PIPL, article 57): whose homes were on one document, to tell them today."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from delivery.models import Sheet
from delivery.queries.scope import orders_on
from groupbuy.community.actions.disclose import disclose
from groupbuy.community.models import Actor
from groupbuy.community.rules import require
from orders.actions.cancel_order import required
from orders.actions.erase import kept_until


@dataclass(frozen=True)
class OnSheet:
    """One order's home; ``phone`` is "" where none was given or it was erased."""

    compound: str
    home: str
    phone: str


@transaction.atomic
def who_was_on(
    sheet: Sheet, *, reason: str, asked_by: str, by: Actor, now: datetime
) -> list[OnSheet]:
    """Every home on the document, in walking order. Asking is itself written down:
    ``asked_by`` is the account at the terminal. Raises Refused without a reason."""
    require(by.is_system)
    found = (
        orders_on(sheet)
        .select_related("compound")
        .order_by("compound__name", "building_sort", "room_sort", "pk")
    )
    homes = [OnSheet(o.compound.name, o.home, o.phone) for o in found]
    disclose(
        "who_was_on",
        sheet.batch,
        town_id=sheet.batch.group_buy.town_id,
        by=by,
        now=now,
        homes=len({(one.compound, one.home) for one in homes}),
        until=kept_until(sheet.batch),
        reason=required(reason),
        sheet=sheet.pk,
        asked_by=asked_by,
    )
    return homes
