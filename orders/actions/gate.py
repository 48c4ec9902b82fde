"""The one gate: what every order verb must pass, in raw SQL, the same on both databases.

Measured, the ORM's compiler and the round trips are three quarters of an order's time, so
these statements stand here in plain sight; a new order sends them all in one trip (`placing`):

* ``take_home_use`` keeps a home within its limit,
* ``pass_gate`` moves ``reserved`` of a stock row that is open, within what the channel may
  use; a CHECK stands behind it. More of a paused or called-off row it never takes,
* ``pass_side_door`` does so after closing, for staff's reasoned corrections only.

Locks are always taken in this order: the order row, then home uses by (stock, home), then
stock rows by id. An order verb touches one order row, so no two can wait in a circle.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from groupbuy.shared import db, prepared
from groupbuy.shared.errors import Refused
from groupbuy.shared.one_trip import Step
from orders.models import OverLimit, SoldOut, TooLate
from orders.states import Channel

_MORE_FOR_HOME = """
INSERT INTO orders_homeuse (stock_id, home_key, quantity) VALUES {rows}
ON CONFLICT (stock_id, home_key) DO UPDATE
SET quantity = orders_homeuse.quantity + excluded.quantity
WHERE orders_homeuse.quantity + excluded.quantity <= CASE excluded.stock_id {limits} END
"""
_LESS_FOR_HOME = """
UPDATE orders_homeuse SET quantity = quantity + %s
WHERE stock_id = %s AND home_key = %s AND quantity + %s >= 0
"""
_GATE = """
UPDATE catalog_stock SET reserved = reserved + %s
WHERE id = %s AND is_open AND (%s <= 0
  OR (paused_at IS NULL AND called_off_at IS NULL AND reserved + %s <= quota
    - CASE WHEN held > reserved_heads THEN held - reserved_heads ELSE 0 END))
"""
_GATE_HEADS = """
UPDATE catalog_stock SET reserved = reserved + %s, reserved_heads = reserved_heads + %s
WHERE id = %s AND is_open AND (%s <= 0
  OR (paused_at IS NULL AND called_off_at IS NULL AND reserved + %s <= quota))
"""
_SIDE_DOOR = """
UPDATE catalog_stock SET reserved = reserved + %s, reserved_heads = reserved_heads + %s
WHERE id = %s AND NOT is_open AND (%s <= 0
  OR (paused_at IS NULL AND called_off_at IS NULL AND reserved + %s <= quota))
"""


class GateShut(Exception):  # noqa: N818 - never leaves the verbs; becomes a Refused
    """The gate of ``stock_id`` did not let it pass; ``explain`` says why."""

    def __init__(self, stock_id: int) -> None:
        super().__init__(stock_id)
        self.stock_id = stock_id


@dataclass(frozen=True, order=True)
class HomeMove:
    """``delta`` more (or less) of a stock row for one home, within ``limit``."""

    stock_id: int
    home_key: str
    delta: int
    limit: int


def home_step(moves: Sequence[HomeMove]) -> Step:
    """One home takes more of each of these stock rows, sorted by id, within their limits."""
    rows = ", ".join(["(%s, %s, %s)"] * len(moves))
    limits = " ".join(["WHEN %s THEN CAST(%s AS integer)"] * len(moves))
    params = [p for m in moves for p in (m.stock_id, m.home_key, m.delta)]
    params += [p for m in moves for p in (m.stock_id, m.limit)]
    sql = _MORE_FOR_HOME.format(rows=rows, limits=limits)
    return Step(("home",), sql, params, least=len(moves))


def gate_step(stock_id: int, delta: int, *, channel: str) -> Step:
    """One stock row's ``reserved`` moves by ``delta``, 0 too."""
    if channel == Channel.LINK:
        return Step(("gate", stock_id), _GATE, [delta, stock_id, delta, delta])
    params = [delta, delta, stock_id, delta, delta]
    return Step(("gate", stock_id), _GATE_HEADS, params)


def take_home_use(moves: Iterable[HomeMove], titles: Mapping[int, str]) -> None:
    """Raises OverLimit for the first home that would have too much."""
    for move in sorted(moves):
        if move.delta > 0:
            step = home_step([move])
            if move.delta > move.limit or not db.changed(step.sql, step.params):
                raise OverLimit([move.stock_id], [titles[move.stock_id]])
        elif move.delta < 0:
            params = [move.delta, move.stock_id, move.home_key, move.delta]
            if not db.changed(_LESS_FOR_HOME, params):
                raise RuntimeError(
                    f"home use of stock {move.stock_id} would fall below 0"
                )


def pass_gate(deltas: Mapping[int, int], *, channel: str) -> None:
    """Move ``reserved`` of each stock row by its delta, 0 too. Raises GateShut."""
    for stock_id, delta in sorted(deltas.items()):
        step = gate_step(stock_id, delta, channel=channel)
        if not db.changed(step.sql, step.params):
            raise GateShut(stock_id)


def pass_side_door(deltas: Mapping[int, int], *, channel: str) -> None:
    """As ``pass_gate``, on closed rows: only staff's corrections after closing."""
    for stock_id, delta in sorted(deltas.items()):
        heads = 0 if channel == Channel.LINK else delta
        if not db.changed(_SIDE_DOOR, [delta, heads, stock_id, delta, delta]):
            raise GateShut(stock_id)


def over_limit(moves: Sequence[HomeMove], titles: Mapping[int, str]) -> OverLimit:
    """Which of these a home would have too much of; all, if it gave some back meanwhile.

    Called after the rollback.
    """
    marks = ", ".join(["%s"] * len(moves))
    sql = f"SELECT stock_id, quantity FROM orders_homeuse WHERE home_key = %s AND stock_id IN ({marks})"  # noqa: S608 - marks only  # nosec B608
    has = dict(prepared.rows(sql, [moves[0].home_key, *(m.stock_id for m in moves)]))
    over = [
        m.stock_id for m in moves if has.get(m.stock_id, 0) + m.delta > m.limit
    ] or [m.stock_id for m in moves]
    return OverLimit(over, [titles[pk] for pk in over])


def explain(shut: GateShut, deltas: Mapping[int, int], *, channel: str) -> Refused:
    """Why the gate was shut, naming every package that cannot be had.

    Called after the rollback, so it sees the rows as others left them; the row that shut
    is always named, even if something came free a moment later.
    """
    short = shortage(deltas, channel=channel, shut=shut.stock_id)
    return TooLate() if short is None else SoldOut(short, short.values())


def shortage(
    deltas: Mapping[int, int], *, channel: str, shut: int | None = None
) -> dict[int, str] | None:
    """Titles by id of the stock rows that cannot give so much now, and of the row ``shut``.

    None where any of them takes no orders at all. One query, no ORM: a sold-out package is
    asked for most when the rush is on.
    """
    marks = ", ".join(["%s"] * len(deltas))
    sql = (
        "SELECT id, title, is_open, COALESCE(called_off_at, paused_at), quota, reserved,"  # noqa: S608 - marks only  # nosec B608
        " held, reserved_heads FROM catalog_stock WHERE id IN ("
        + marks
        + ") ORDER BY code"
    )
    found = prepared.rows(sql, list(deltas))
    if not all(is_open for _, _, is_open, *_ in found):
        return None
    short = {}
    for pk, title, _open, off_at, quota, reserved, held, heads in found:
        kept = max(held - heads, 0) if channel == Channel.LINK else 0
        lacks = deltas[pk] > 0 and (off_at or reserved + deltas[pk] > quota - kept)
        if lacks or pk == shut:
            short[pk] = title
    return short
