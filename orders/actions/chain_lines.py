"""What a person makes of a chain's lines: typed, accepted, set aside, tapped."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Stock
from groupbuy.community.models import Actor
from groupbuy.community.rules import may_head, require
from groupbuy.shared.db import locked
from groupbuy.shared.errors import Refused
from groupbuy.shared.text import plain, typed
from orders.actions.leave_demand import leave_demand
from orders.models import Chain, ChainLine, NoSuchHome
from orders.queries.chains import (
    BLANK,
    DECIDED,
    Row,
    Work,
    newest_chain,
    understood_here,
    work_of,
)
from orders.queries.homes import find_home
from orders.reading.fold import Home, key
from orders.states import LINE_FLOW, LineState

Typed = Mapping[int, list[Row]]  # by line number, as it stands in the fields


@transaction.atomic
def keep_typed(
    chain: Chain, *, typed_rows: Typed, agreed: Collection[str], by: Actor
) -> Work:
    """Whatever was typed and ticked stays, right or wrong. Raises Refused for an old paste.

    ``agreed`` names homes as they were shown (``mark``): a tick for another wish is no tick.
    """
    work = newest_work(chain, by=by)
    for line in work.lines:
        if line.number in typed_rows and work.waits(line):
            line.corrected = typed_rows[line.number]
            line.state = LineState.WAITING
            line.save(update_fields=["corrected", "state"])
    ticked = {
        key(w.home): w.said for w in work.fold.homes if w.differs and mark(w) in agreed
    }
    work.chain.agreed = ticked
    work.chain.save(update_fields=["agreed"])
    return work_of(work.chain)


@transaction.atomic
def accept_line(chain: Chain, number: int, *, by: Actor) -> ChainLine:
    """What stands in the line's fields is what is meant; each home is looked up.

    Raises Refused beside its field (``0-room`` is the first home's room).
    """
    work = newest_work(chain, by=by)
    line = _line(work, number)
    LINE_FLOW.check(line.state, LineState.ACCEPTED)
    rows = [row for row in work.rows(line) if row["room"] or not _is_blank(row)]
    if not rows:
        raise Refused(_("Please fill this in."), field="0-room", code="missing")
    checked = [_checked(work, line, n, row) for n, row in enumerate(rows)]
    line.corrected = [row for row in checked if row]
    line.state = LineState.ACCEPTED
    line.save(update_fields=["corrected", "state"])
    _agree(work.chain, line)
    return line


@transaction.atomic
def set_aside_line(chain: Chain, number: int, *, by: Actor) -> ChainLine:
    """The line counts for nothing."""
    return _turn(chain, number, LineState.SET_ASIDE, by)


@transaction.atomic
def reopen_line(chain: Chain, number: int, *, by: Actor) -> ChainLine:
    """To be corrected: until it is accepted again, its homes are not handed in."""
    return _turn(chain, number, LineState.WAITING, by)


@transaction.atomic
def wish_for(chain: Chain, number: int, code: str, *, by: Actor, now: datetime) -> None:
    """The package that a ``demand`` line means, said by a person; counted once."""
    work = newest_work(chain, by=by)
    line = _line(work, number)
    if line.verdict != ChainLine.Verdict.DEMAND or code not in work.stock:
        raise Refused(_("This line is not here any more."), code="no_line")
    leave_wish(line, work.stock[code], at=now)


def leave_wish(line: ChainLine, stock: Stock, *, at: datetime) -> None:
    """The line remembers which packages were noted for it."""
    building = line.chain.building
    homes = line.understood or [{**BLANK, "building": building.name}]
    unit, room = homes[0]["unit"], homes[0]["room"]
    who = f"head:{building.pk}:{unit}:{room or line.text.strip()}"
    leave_demand(stock, device=who, compound_id=building.compound_id, now=at)
    homes[0]["items"] = {**homes[0]["items"], stock.code: 1}
    line.understood = homes
    line.save(update_fields=["understood"])


def newest_work(chain: Chain, *, by: Actor) -> Work:
    """The chain's row locked, if it is the newest paste. Raises Refused."""
    place = chain.building
    require(may_head(by, place.pk, place.compound.committee_id))
    held = locked(Chain.objects.filter(pk=chain.pk).select_related(None)).get()
    newest = newest_chain(chain.batch, place)
    if newest is None or newest.pk != held.pk:
        sentence = _("A newer paste is here. Please look at that one.")
        raise Refused(sentence, code="old_paste")
    held.batch, held.building = chain.batch, place
    return work_of(held)


def mark(wanted: Any) -> str:
    """What a tick's value says: the home, and what it comes to."""
    items = " ".join(f"{code}{n}" for code, n in wanted.items.items())
    return f"{key(wanted.home)}|{items}|{wanted.note}"


def _line(work: Work, number: int) -> ChainLine:
    found = [line for line in work.lines if line.number == number]
    if not found:
        raise Refused(_("This line is not here any more."), code="no_line")
    line = found[0]
    if line.state != LineState.WAITING and work.waits(line):
        line.state = LineState.WAITING  # decided once, over other lines than today's
    return line


def _turn(chain: Chain, number: int, state: LineState, by: Actor) -> ChainLine:
    work = newest_work(chain, by=by)
    line = _line(work, number)
    LINE_FLOW.check(line.state, state)
    if state == LineState.WAITING and line.corrected is None:
        line.corrected = work.rows(line) or None
    line.state = state
    line.save(update_fields=["corrected", "state"])
    return line


def _is_blank(row: Row) -> bool:
    return not any(row["items"].values()) and not row["name"] and not row["note"]


def _checked(work: Work, line: ChainLine, n: int, row: Row) -> Row | None:
    """None for a home that does not exist and is to have nothing: a miswritten room."""
    items = {code: _pieces(code, said, n) for code, said in row["items"].items()}
    items = {code: number for code, number in items.items() if number}
    nothing = not items and _means_nothing(work, line, (row["unit"], row["room"]))
    try:
        unit, room = _home(work, n, row)
    except NoSuchHome:
        if nothing and line.verdict == ChainLine.Verdict.AMEND:
            return None
        raise
    if not items and not nothing:
        sentence = _("Please choose at least one package.")
        raise Refused(sentence, field=f"{n}-items", code="empty")
    return {
        "unit": unit,
        "room": room,
        "items": items,
        "name": _short(row["name"], 20, f"{n}-name"),
        "phone": plain(row.get("phone", ""))[:20],
        "note": _short(row["note"], 60, f"{n}-note"),
        "base": work.base(line.number, (unit, room)),
    }


def _means_nothing(work: Work, line: ChainLine, home: Home) -> bool:
    """Empty fields cancel only where the line itself says so of this home."""
    if line.verdict == ChainLine.Verdict.CANCEL:
        return True
    said = [work.proposed(line, row) for row in understood_here(line, work)]
    emptied = [(row["unit"], row["room"]) for row in said if not row["items"]]
    return line.verdict == ChainLine.Verdict.AMEND and home in emptied


def _pieces(code: str, said: Any, n: int) -> int:
    written = plain(str(said)) or "0"
    if not written.isdecimal() or len(written) > 3:
        sentence = _("Please write a whole number.")
        raise Refused(sentence, field=f"{n}-items", code="quantity")
    return int(written)


def _home(work: Work, n: int, row: Row) -> Home:
    building, group_buy = work.building, work.chain.batch.group_buy
    try:
        home = find_home(
            group_buy, building.compound_id, building.name, row["unit"], row["room"]
        )
    except NoSuchHome as none:
        raise NoSuchHome(none.nearest, field=f"{n}-room") from None
    except Refused as refusal:
        raise Refused(refusal.sentence, field=f"{n}-room", code=refusal.code) from None
    return home.unit, home.room


def _short(text: str, most: int, field: str) -> str:
    said = typed(text)
    if len(said) > most:
        sentence = _("Please keep this under %(most)s characters.") % {"most": most}
        raise Refused(sentence, field=field, code="too_long")
    return said


def _agree(chain: Chain, line: ChainLine) -> None:
    """Accepting a change or a home's only line is its tap; a sum of lines needs its own."""
    work = work_of(chain)
    for wanted in work.fold.of_line(line.number):
        if line.verdict in DECIDED or wanted.lines == [line.number]:
            chain.agreed[key(wanted.home)] = wanted.said
    chain.save(update_fields=["agreed"])
