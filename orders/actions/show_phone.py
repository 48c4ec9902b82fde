"""A household's number, or those in one line of a chain: shown to one person, written down."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from groupbuy.community.actions.disclose import disclose
from groupbuy.community.models import Actor
from groupbuy.community.rules import may_head, require
from groupbuy.shared.errors import Refused
from orders.actions.erase import kept_until
from orders.models import Chain, Order
from orders.rules import may_correct


@transaction.atomic
def show_phone(order: Order, *, by: Actor, now: datetime) -> str:
    """The order's phone for who looks after the home; "" once it was erased.

    Every look is a line in the log: who, when, which order, never the number.
    """
    require(may_correct(by, order))
    town_id = order.batch.group_buy.town_id
    until = kept_until(order.batch)
    disclose("show_phone", order, town_id=town_id, by=by, now=now, homes=1, until=until)
    return order.phone


@transaction.atomic
def show_chain_phones(chain: Chain, number: int, *, by: Actor, now: datetime) -> None:
    """Somebody looks at the numbers in one line of a chain, which pages show by their ends.

    Raises Refused where the chain has no such line.
    """
    place = chain.building.compound
    require(may_head(by, chain.building_id, place.committee_id))
    if not chain.lines.filter(number=number).exists():
        raise Refused(_("This line is not here any more."), code="no_line")
    disclose(
        "show_chain_phones",
        chain,
        town_id=place.committee.town_id,
        by=by,
        now=now,
        homes=1,
        until=kept_until(chain.batch),
        line=number,
        batch=chain.batch_id,
        building=chain.building_id,
    )
