"""A head hands in: every home of the newest paste in a transaction of its own.

Nothing here is remembered between homes. What to do is always the difference between the
paste and the orders that stand, so a repeat after a crash goes on where it stopped.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Batch
from groupbuy.community.actions.log import log
from groupbuy.community.models import Actor
from groupbuy.shared import tokens
from groupbuy.shared.errors import Refused
from orders.actions.cancel_order import cancel_order
from orders.actions.chain_lines import newest_work
from orders.actions.change_order import change_order
from orders.actions.place_order import place_order
from orders.models import Chain, ChainLine, Order, Wish
from orders.queries.chains import STANDS, Work, work_of
from orders.reading.fold import Kind, Wanted, key
from orders.states import Channel, LineState

LATE = "late"
TO_DOOR = ("送上门", "送到门", "送到家")


@dataclass(frozen=True)
class HandedIn:
    """How one home went: its order, or the sentence why not."""

    wanted: Wanted
    order: Order | None = None
    refusal: str = ""
    is_late: bool = False

    @property
    def told(self) -> dict[str, object]:
        """What the chain keeps of a refusal; ``lines`` is where the home's wish stands."""
        pieces = " ".join(f"{code}×{n}" for code, n in self.wanted.items.items())
        return {
            "late": self.is_late,
            "why": self.refusal,
            "wants": pieces,
            "lines": self.wanted.lines,
        }


def hand_in_chain(chain: Chain, *, by: Actor, now: datetime) -> list[HandedIn]:
    """Order, change and cancel what is ready; what cannot be had is told, the rest stands.

    Safe to repeat at any point. Raises Refused for a paste that is not the newest.
    """
    with transaction.atomic():
        work = newest_work(chain, by=by)
    results = [_one(work, wanted, by=by, now=now) for wanted in work.fold.ready]
    _settle(chain, results, by=by, now=now)
    return results


def submit_key(chain: Chain, wanted: Wanted, revision: int) -> str:
    """The same for the same home's same try, whoever presses the button how often.

    Derived, so that nobody can foresee it: whoever orders chooses a key of their own, and
    one that used a home's next key first would keep its head from handing it in.
    """
    home = f"{chain.building_id}:{key(wanted.home)}"
    return tokens.derived("chain", f"{chain.batch_id}:{home}:{revision}")


def wish_of(work: Work, wanted: Wanted) -> Wish:
    """The home's wish; what the chain does not say stays as its order has it."""
    orders = work.of_home(wanted.home)
    old = orders[0] if orders else Order()
    if unknown := [code for code in wanted.items if code not in work.stock]:
        sentence = _("There is no package %(code)s on this day.")
        raise Refused(sentence % {"code": unknown[0]}, code="foreign")
    note = wanted.note or old.note
    return Wish(
        compound_id=work.building.compound_id,
        building=work.building.name,
        unit=wanted.home[0],
        room=wanted.home[1],
        items={work.stock[code].pk: number for code, number in wanted.items.items()},
        name=wanted.name or old.name,
        phone=wanted.phone or old.phone,
        note=note,
        bring_to_door=old.bring_to_door or any(word in note for word in TO_DOOR),
    )


def revision_of(work: Work, wanted: Wanted) -> int:
    """1 for a home's first order by its heads in this batch; one more after each ended one."""
    return work.tries.get(wanted.home, 0) + 1


def link_lines(work: Work, wanted: Wanted, orders: Iterable[Order]) -> None:
    """The source stays with its orders."""
    for order in orders:
        order.chain_lines.add(
            *[ln.pk for ln in work.lines if ln.number in wanted.lines]
        )


def _one(work: Work, wanted: Wanted, *, by: Actor, now: datetime) -> HandedIn:
    try:
        with transaction.atomic():
            order = _write(work, wanted, by=by, now=now)
            link_lines(work, wanted, [order])
    except Refused as refusal:
        if refusal.code == LATE and is_late(work.chain.batch, now):
            return HandedIn(wanted, refusal=too_late(wanted), is_late=True)
        return HandedIn(wanted, refusal=str(refusal.sentence))
    return HandedIn(wanted, order)


def too_late(wanted: Wanted) -> str:
    """What can still be done, and by whom: more is let in, less is withdrawn."""
    if any(number > wanted.items.get(code, 0) for code, number in wanted.held.items()):
        return _(
            "Too late to take back or order less here. The committee or the town can"
            " still withdraw the order: please tell them."
        )
    return _("Too late for building heads: only the town can let this in.")


def _write(work: Work, wanted: Wanted, *, by: Actor, now: datetime) -> Order:
    if wanted.kind == Kind.NEW:
        return place_order(
            work.chain.batch,
            wish=wish_of(work, wanted),
            submit_key=submit_key(work.chain, wanted, revision_of(work, wanted)),
            by=by,
            now=now,
            channel=Channel.HEAD,
        ).order
    orders = work.of_home(wanted.home)
    if len(orders) > 1:
        sentence = _("This home has several orders. Please ask the committee.")
        raise Refused(sentence, code="several")
    if wanted.kind == Kind.CHANGED:
        return change_order(orders[0], wish=wish_of(work, wanted), by=by, now=now)
    return cancel_order(orders[0], by=by, now=now)


def is_late(batch: Batch, now: datetime) -> bool:
    """Heads are shut out, but the town is not."""
    passed = now >= batch.until_heads or batch.state == Batch.State.CLOSED
    return passed and batch.state != Batch.State.CALLED_OFF


@transaction.atomic
def _settle(
    chain: Chain, results: Iterable[HandedIn], *, by: Actor, now: datetime
) -> None:
    """Write down how each line stands, from the orders and not from memory."""
    work = work_of(newest_work(chain, by=by).chain)
    open_still = {key(wanted.home) for wanted in work.fold.homes if wanted.differs}
    told = {key(r.wanted.home): r.told for r in results if r.refusal}
    refused = {home: said for home, said in told.items() if home in open_still}
    agreed = work.chain.agreed
    work.chain.agreed = {home: agreed[home] for home in agreed if home in open_still}
    work.chain.refused, work.chain.handed_in_at = refused, now
    work.chain.save(update_fields=["agreed", "refused", "handed_in_at"])
    settle_lines(work)
    log(
        "hand_in_chain",
        chain.batch,
        town_id=chain.batch.group_buy.town_id,
        by=by,
        now=now,
        building=chain.building_id,
        homes=sum(1 for r in results if r.order),
        refused=len(refused),
    )


def settle_lines(work: Work) -> None:
    """A line whose homes hold what they want is handed in; one with a refused home is not."""
    for wanted in work.fold.homes:
        if wanted.kind == Kind.UNCHANGED:
            link_lines(work, wanted, work.of_home(wanted.home))
    states: dict[LineState, list[int]] = {}
    linked = set(
        work.chain.lines.filter(orders__isnull=False).values_list("pk", flat=True)
    )
    for line in work.lines:
        if line.state in STANDS and (state := _state(work, line, linked)):
            states.setdefault(state, []).append(line.pk)
    for state, ids in states.items():
        ChainLine.objects.filter(pk__in=ids).update(state=state)


def _state(work: Work, line: ChainLine, linked: set[int]) -> LineState | None:
    homes = work.fold.of_line(line.number)
    if any(key(wanted.home) in work.chain.refused for wanted in homes):
        return LineState.REFUSED
    quiet = {Kind.UNCHANGED, Kind.NOTHING}
    is_done = line.pk in linked and all(wanted.kind in quiet for wanted in homes)
    return LineState.HANDED_IN if homes and is_done else None
