"""What lines mean beside each other: headers, repeats, a home's sum, totals."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace

from orders.reading.known import Home, Known
from orders.reading.outcome import Outcome, Scope
from orders.reading.shapes import Understood, Verdict, Why
from orders.reading.totals import differences


@dataclass
class Block:
    """Orders since a header or a total, for totals to be held against."""

    counted: Counter[str] = field(default_factory=Counter)
    open: int = 0  # lines still under review, changes and cancellations


class Sheet:
    """The lines read so far. ``settle`` takes the next one's outcome and answers with the
    one that stands."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.scope = Scope(known.setting.building)
        self._quoted = False
        self._held: defaultdict[Home, dict[str, int]] = defaultdict(dict)
        self._first: dict[Home, int] = {}
        self._all = Block()
        self._block = Block()
        self._by_building: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def quotes(self, line: str) -> bool:
        """Whether it stands in 「」, where a chat app puts what somebody replies to."""
        text = line.strip()
        within = self._quoted or text.startswith("「")
        self._quoted = within and "」" not in text
        behind = text.partition("」")[2]  # 「3-502」A1 is no quote
        return within and not any(c.isascii() and c.isalnum() for c in behind)

    def settle(self, number: int, outcome: Outcome) -> Outcome:
        if outcome.header is not None:
            self.scope = self._under(outcome.header)
            self._block = Block()
        if outcome.verdict is Verdict.ORDER:
            outcome = self._beside(number, outcome)
        if outcome.verdict is Verdict.CHECK:
            return self._checked(outcome)
        if outcome.verdict in (Verdict.REVIEW, Verdict.AMEND, Verdict.CANCEL):
            self._all.open += 1
            self._block.open += 1
        self._doubt(outcome)
        return outcome

    def _under(self, header: Scope) -> Scope:
        """A header with only a unit stays in its building, one without a day in its day."""
        past = self.scope.past if header.past is None else header.past
        if header.building:
            return replace(header, past=past)
        return replace(self.scope, unit=header.unit, past=past)

    def _doubt(self, outcome: Outcome) -> None:
        """3号楼：301 A1 names a building that may or may not hold for what follows, and
        2单元301 one of the units that the next row may leave out."""
        if outcome.opened and outcome.opened != self.scope.building:
            self.scope = replace(self.scope, unsure=True)
        own = (o.unit for o in outcome.orders if o.building == self.scope.building)
        if not self.scope.units and any(unit != self.scope.unit for unit in own):
            self.scope = replace(self.scope, units=True)

    def _beside(self, number: int, outcome: Outcome) -> Outcome:
        for order in outcome.orders:
            if why := self._again(order):
                return replace(outcome, verdict=Verdict.REVIEW, why=why)
        for order in outcome.orders:
            home = (order.building, order.unit, order.room)
            self._held[home].update(order.items)
            self._first.setdefault(home, number)
            self._all.counted.update(order.items)
            self._block.counted.update(order.items)
            self._by_building[order.building].update(order.items)
        return outcome

    def _again(self, order: Understood) -> Why | None:
        """The home had this package above: said twice, corrected, or more? Not for us."""
        home = (order.building, order.unit, order.room)
        held = self._held.get(home)
        if not held or not set(held) & set(order.items):
            return None
        args = {"line": str(self._first[home]), "home": "-".join(p for p in home if p)}
        code = "repeated" if held == dict(order.items) else "again"
        return Why(code, args)

    def _checked(self, outcome: Outcome) -> Outcome:
        """Against the lines it may cover: its buildings', those since the header, or all."""
        found = [self._covered(b, said) for b, said in outcome.totals.items()]
        args = {
            "differences": ", ".join(shown for shown in found if shown),
            "open": str(self._block.open),
        }
        self._block = Block()
        if not any(outcome.totals.values()):
            return outcome  # a sum of money
        if not args["differences"]:
            return replace(outcome, why=Why("check_agrees"))
        return replace(outcome, why=Why("check_differs", args))

    def _covered(self, building: str, said: dict[str, int]) -> str:
        covers = [self._block.counted, self._all.counted]
        if building:
            covers = [self._by_building[building]]
        found = [differences(said, cover) for cover in covers]
        if not all(found):
            return ""
        return ", ".join(
            " ".join(filter(None, (building and f"{building}:", code or "∑", pair)))
            for code, pair in found[0].items()
        )
