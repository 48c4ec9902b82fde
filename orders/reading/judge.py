"""One line's verdict: each kind of line is asked in turn, an order last."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from orders.reading.board import board
from orders.reading.changing import QUIET, TURNS, changing, is_change, turning
from orders.reading.entries import Entries, entries
from orders.reading.homes import Place
from orders.reading.known import Known
from orders.reading.opening import Opening, opening, typed_format
from orders.reading.ordering import ordering
from orders.reading.outcome import Outcome, Scope
from orders.reading.pieces import BASKET, Taken, pieces
from orders.reading.plain import Plain, plain
from orders.reading.remarks import Remarks, remarks
from orders.reading.talk import asked, set_aside
from orders.reading.tokens import HAN, LETTERS, SPACE, Token, tokens
from orders.reading.totals import total
from orders.reading.words import Tag

_MEANT = frozenset((*TURNS, Tag.EXAMPLE, Tag.TWICE, Tag.SUM, Tag.NOT))


def taken_apart(number: int, text: str, known: Known, building: str) -> Taken:
    line, begun = _begun(plain(text), known, building)
    behind = Plain(line.text[begun.end :], line.at[begun.end :])
    found = tokens(behind, known)
    return Taken(number, text, behind, begun, tuple(found), tuple(pieces(found, known)))


def _begun(line: Plain, known: Known, building: str) -> tuple[Plain, Opening]:
    """7、101、A、2 has no list number; or, with another building in scope, maybe one."""
    typed = typed_format(line)
    if typed is None:
        return line, _safe(line, opening(line.text), known)
    rewritten, first = typed
    return (line if building and building != first else rewritten), Opening()


def _safe(line: Plain, begun: Opening, known: Known) -> Opening:
    """No opening where its words would turn the line: 取消 16:58 3-502."""
    if not begun.stamped:
        return begun  # a list number at most
    before = tokens(Plain(line.text[: begun.end], line.at[: begun.end]), known)
    meant = any(t.tag in _MEANT or t.code for t in before)
    return Opening() if meant or _names_package(before, known) else begun


def _names_package(before: Sequence[Token], known: Known) -> bool:
    """A package's letter that is no part of a name: "A 16:58", not "小B 16:58"."""
    gap = Token(SPACE, " ", 0, 0)
    return any(
        token.kind == LETTERS and token.text in known.offers and last.kind != HAN
        for last, token in pairwise([gap, *before])
    )


def judge(taken: Taken, known: Known, scope: Scope) -> Outcome:
    if outcome := set_aside(taken):
        return outcome
    noted = remarks(taken)
    found = entries(taken, noted, known)
    if _sums_up(taken) and not _roomed(found):
        return total(taken, found, known)
    if outcome := asked(taken, found):
        return outcome
    words = turning(taken, noted)
    if is_change(taken, noted, words):
        noted = remarks(taken, QUIET)
        found = entries(taken, noted, known)
        return changing(taken, found, noted, known, scope, words)
    return board(taken, found, scope) or _ordered(taken, found, noted, known, scope)


def _ordered(
    taken: Taken, found: Entries, noted: Remarks, known: Known, scope: Scope
) -> Outcome:
    opened = next((e.place.building for e in found.homes if _may_hold(e.place)), "")
    if Tag.SUM in taken.tags:
        noted = remarks(taken, frozenset((Tag.SUM,)))
    outcome = ordering(taken, found, noted, known, scope)
    return replace(outcome, opened=opened) if opened else outcome


def _may_hold(place: Place) -> bool:
    """3号楼：301 A1, or 6号楼 A1: a building that may be meant for the rows below, too."""
    return place.opened or (bool(place.building) and not place.room)


def _sums_up(taken: Taken) -> bool:
    """合计…, or 以上 with packages."""
    return Tag.SUM in taken.tags or (Tag.ABOVE in taken.tags and bool(taken.of(BASKET)))


def _roomed(found: Entries) -> bool:
    return any(e.place.room or e.place.unclear for e in found.homes)
