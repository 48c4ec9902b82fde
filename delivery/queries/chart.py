"""Bars laid out for an SVG drawn by a template: whole numbers, no style, no script."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from delivery.queries.totals import Bar

WIDTH = 720
HEIGHT = 150
LABELS = 8


@dataclass(frozen=True, slots=True)
class Column:
    """One bar: its place, what it says, and whether its hour is written below."""

    x: int
    y: int
    width: int
    height: int
    start: datetime
    orders: int
    labelled: bool
    is_most: bool

    @property
    def anchor(self) -> str:
        """Which end of its number stands over the bar: it must not leave the picture."""
        if self.x < WIDTH // 10:
            return "start"
        return "end" if self.x > WIDTH * 9 // 10 else "middle"

    @property
    def middle(self) -> int:
        return {
            "start": self.x,
            "middle": self.x + self.width // 2,
            "end": self.x + self.width,
        }[self.anchor]


@dataclass(frozen=True, slots=True)
class Chart:
    columns: list[Column]
    most: int
    by_day: bool


def chart(bars: Sequence[Bar]) -> Chart | None:
    """None when nothing was ordered."""
    if not bars:
        return None
    most = max(bar.orders for bar in bars)
    step = min(WIDTH / len(bars), 60)
    every = -(-len(bars) // LABELS)
    peak = next(n for n, bar in enumerate(bars) if bar.orders == most)
    columns = [
        column(bar, n, step, most, labelled=n % every == 0, is_most=n == peak)
        for n, bar in enumerate(bars)
    ]
    by_day = len(bars) > 1 and (bars[1].start - bars[0].start).days >= 1
    return Chart(columns, most, by_day)


def column(
    bar: Bar, n: int, step: float, most: int, *, labelled: bool, is_most: bool
) -> Column:
    height = -(-bar.orders * HEIGHT // most)
    return Column(
        x=round(n * step),
        y=HEIGHT - height,
        width=max(round(step) - 2, 1),
        height=height,
        start=bar.start,
        orders=bar.orders,
        labelled=labelled,
        is_most=is_most,
    )
