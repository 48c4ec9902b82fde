"""A head pastes the chat group's chain: kept whole, read line by line."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import Batch
from groupbuy.community.actions.log import log
from groupbuy.community.models import Actor, Building
from groupbuy.community.rules import may_head, require
from groupbuy.shared.db import locked
from groupbuy.shared.errors import Refused
from groupbuy.shared.text import plain
from orders.actions.chain_lines import leave_wish
from orders.models import Chain, ChainLine
from orders.queries.chain_setting import setting_of
from orders.queries.chains import is_elsewhere, newest_chain
from orders.reading.chain import read
from orders.reading.said import said_times
from orders.reading.shapes import Line, Verdict
from orders.states import LineState

MOST_LINES = 400  # a page that a phone can still show
MOST_LETTERS = 60_000  # those lines, each as long as ten orders
QUIET = {Verdict.IGNORE, Verdict.CHECK, Verdict.DEMAND}
Key = tuple[str, str, str, int]  # text, verdict, homes, how often before in the paste


@transaction.atomic
def paste_chain(
    batch: Batch, building: Building, *, text: str, by: Actor, now: datetime
) -> Chain:
    """Read and keep a paste; the same as the last is not kept twice.

    What a person decided on a line holds for the same line of a later paste. Raises Refused
    beside ``text`` when there is nothing to read or too much.
    """
    require(may_head(by, building.pk, building.compound.committee_id))
    locked(Building.objects.filter(pk=building.pk)).get()  # one paste at a time
    text = _checked(text)
    if batch.state == Batch.State.CALLED_OFF:
        raise Refused(_("This day was called off."), code="state")
    last = newest_chain(batch, building)
    if last and last.text == text:
        return last
    chain = Chain(batch=batch, building=building, pasted_at=now, text=text)
    chain.user, chain.head_link_id = by.user, by.head_link_id
    chain.agreed = last.agreed if last else {}
    _keep(chain)
    town_id = batch.group_buy.town_id
    log("paste_chain", batch, town_id=town_id, by=by, now=now, building=building.pk)
    return chain


def _checked(text: str) -> str:
    clean = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
    if not clean:
        sentence = _("Paste the chat group's lines here first.")
        raise Refused(sentence, field="text", code="empty")
    if len([line for line in clean.split("\n") if line.strip()]) > MOST_LINES:
        sentence = _("That is more than %(most)s lines. Paste this building's only.")
        raise Refused(sentence % {"most": MOST_LINES}, field="text", code="too_long")
    if len(clean) > MOST_LETTERS:
        sentence = _("That is more than %(most)s characters. Paste it in parts.")
        raise Refused(sentence % {"most": MOST_LETTERS}, field="text", code="too_long")
    return clean


def _keep(chain: Chain) -> None:
    place = chain.building
    lines = read(chain.text, setting_of(chain.batch, place.compound, place.name))
    texts = ((line.number, line.text) for line in lines)
    said = dict(said_times(texts, timezone.localtime(chain.pasted_at)))
    chain.said_at = max(filter(None, said.values()), default=None)
    chain.save()
    _keep_lines(chain, lines, said)


def _keep_lines(
    chain: Chain, read_lines: Iterable[Line], said: dict[int, datetime | None]
) -> None:
    before, seen = _decided_before(chain), Counter[tuple[str, str, str]]()
    rows, links = [], []
    for line in read_lines:
        row = _row(chain, line, said[line.number])
        key = _key(row, seen)
        if old := before.get(key):
            row.state, row.corrected = old.state, old.corrected
            if row.verdict == Verdict.DEMAND:
                row.understood = old.understood  # with the wishes that were left
            links.append((line.number, [order.pk for order in old.orders.all()]))
        rows.append(row)
    kept = {row.number: row for row in ChainLine.objects.bulk_create(rows)}
    _leave_demands(chain, rows)
    through = ChainLine.orders.through
    through.objects.bulk_create(
        through(chainline_id=kept[number].pk, order_id=order)
        for number, orders in links
        for order in orders
    )


def _row(chain: Chain, line: Line, said_at: datetime | None) -> ChainLine:
    understood: list[dict[str, Any]] = [
        asdict(home) | {"items": dict(home.items)} for home in line.orders
    ]
    return ChainLine(
        chain=chain,
        number=line.number,
        text=line.text,
        said_at=said_at,
        verdict=line.verdict,
        why_code=line.why.code,
        why_args=dict(line.why.args),
        understood=understood,
        spans=[[span.start, span.end, span.part] for span in line.spans],
        state=_first_state(line, understood, chain.building.name),
    )


def _first_state(line: Line, understood: list[dict[str, Any]], own: str) -> LineState:
    """Only a clean order of this building is ready by itself."""
    if line.verdict in QUIET or is_elsewhere(understood, own):
        return LineState.SET_ASIDE
    return LineState.ACCEPTED if line.verdict == Verdict.ORDER else LineState.WAITING


def _decided_before(chain: Chain) -> dict[Key, ChainLine]:
    """Every line of the earlier pastes by what it said; of two the later counts."""
    earlier = ChainLine.objects.filter(
        chain__batch=chain.batch, chain__building=chain.building, chain__pk__lt=chain.pk
    )
    found: dict[Key, ChainLine] = {}
    seen: dict[int, Counter[tuple[str, str, str]]] = {}
    for line in earlier.order_by("chain", "number").prefetch_related("orders"):
        found[_key(line, seen.setdefault(line.chain_id, Counter()))] = line
    return found


def _key(line: ChainLine, seen: Counter[tuple[str, str, str]]) -> Key:
    homes = "|".join(
        f"{row['building']}/{row['unit']}/{row['room']}" for row in line.understood
    )
    said = (" ".join(line.text.split()), str(line.verdict), homes)
    seen[said] += 1
    return (*said, seen[said])


def _leave_demands(chain: Chain, rows: Iterable[ChainLine]) -> None:
    """A wish that names a package counts at once; any other when somebody taps its package."""
    for row in rows:
        if row.verdict == Verdict.DEMAND:
            text = plain(row.text).upper()
            for stock in chain.batch.stock.all():
                if re.search(rf"(?<![A-Z]){re.escape(stock.code)}(?![A-Z])", text):
                    leave_wish(row, stock, at=chain.pasted_at)
