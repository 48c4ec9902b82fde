"""One day in plain Python: nothing is kept that follows from the orders that stand.

Minutes count from noon. A verb tells whether it was possible; if not, nothing has changed.
"""

from dataclasses import dataclass, field

DELIVERY = 26 * 60  # 14:00 of the next day
Items = dict[str, int]


@dataclass
class Row:
    price: int
    limit: int
    quota: int
    held: int = 0
    paused: bool = False
    off: bool = False


@dataclass
class Bought:
    home: str
    heads: bool
    items: Items
    state: str = "standing"
    paid: int = 0


@dataclass
class Day:
    rows: dict[str, Row]
    orders: list[Bought] = field(default_factory=list)
    state: str = "open"
    now: int = 0
    link: int = 300
    heads: int = 360
    version: int = 0
    printed: bool = False
    differences: int = 0

    def standing(self) -> list[Bought]:
        return [order for order in self.orders if order.state == "standing"]

    def sold(self, code: str, *, heads: bool = False, home: str = "") -> int:
        found = (o for o in self.standing() if o.heads or not heads)
        return sum(o.items.get(code, 0) for o in found if home in ("", o.home))

    def in_time(self, heads: bool) -> bool:
        return self.state == "open" and self.now < (self.heads if heads else self.link)

    def fits(self, new: Bought, old: Bought | None = None) -> bool:
        """Whether ``new`` may stand in the place of ``old``."""
        for code, n in new.items.items():
            row, had = self.rows[code], old.items.get(code, 0) if old else 0
            here = had if old and old.home == new.home else 0
            share = max(row.held - self.sold(code, heads=True), 0)
            kept = 0 if new.heads or self.state == "closed" else share
            over = self.sold(code) - had + n > row.quota - kept
            if n > had and (row.paused or row.off or over):
                return False
            if max(n, self.sold(code, home=new.home) - here + n) > row.limit:
                return False
        return True

    def take(self, new: Bought, *, late: bool = False) -> bool:
        shut = self.state == "called_off" or self.in_time(heads=True)
        possible = not shut if late else self.in_time(new.heads)
        if possible := possible and self.fits(new):
            self.orders.append(new)
            self.correct(new)
        return possible

    def change(self, order: Bought, new: Bought) -> bool:
        standing = order.state == "standing" and self.in_time(order.heads)
        if possible := standing and self.fits(new, order):
            order.home, order.items = new.home, new.items
        return possible

    def end(self, order: Bought, state: str, *, may: bool) -> bool:
        if possible := may and order.state == "standing":
            order.state = state
            self.correct(order)
        return possible

    def call_off(self, code: str = "") -> None:
        """The day; or one package, which leaves every order that holds others too."""
        if code:
            self.rows[code].off = True
        self.state = self.state if code else "called_off"
        for order in self.standing():
            if code and len(order.items) > 1:
                order.items.pop(code, None)
            elif not code or code in order.items:
                order.state = "void"

    def correct(self, order: Bought) -> None:
        """Built paper follows: a new version, or a difference a line once it is printed."""
        self.version += bool(self.version)
        self.differences += len(order.items) if self.printed else 0
