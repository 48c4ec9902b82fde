"""A head of building 3 pasting and handing in, in few words."""

from dataclasses import dataclass, field
from datetime import datetime

from catalog.models import Batch
from groupbuy.community.models import Actor, Building, head
from orders.actions.chain_lines import accept_line, keep_typed, mark
from orders.actions.hand_in_chain import HandedIn, hand_in_chain
from orders.actions.paste_chain import paste_chain
from orders.models import Chain, Order
from orders.queries.chains import Work, head_orders, work_of
from tests.factories import NOON


@dataclass
class HeadOf:
    """One head of one building on one day; ``chain`` is the paste before their eyes."""

    batch: Batch
    building: Building
    chain: Chain = field(init=False)

    @property
    def actor(self) -> Actor:
        return head([self.building.pk])

    @property
    def work(self) -> Work:
        return work_of(Chain.objects.get(pk=self.chain.pk))

    def paste(self, *lines: str, now: datetime = NOON) -> Chain:
        self.chain = paste_chain(
            self.batch, self.building, text="\n".join(lines), by=self.actor, now=now
        )
        return self.chain

    def tap(self, *rooms: str) -> None:
        """Tick these rooms' changes and vanishings."""
        agreed = {mark(w) for w in self.work.fold.homes if w.home[1] in rooms}
        keep_typed(self.chain, typed_rows={}, agreed=agreed, by=self.actor)

    def accept(self, number: int) -> None:
        accept_line(self.chain, number, by=self.actor)

    def hand_in(self, now: datetime = NOON) -> list[HandedIn]:
        return hand_in_chain(self.chain, by=self.actor, now=now)

    @property
    def held(self) -> dict[str, str]:
        """What stands: ``{"502": "A2 B1"}``."""
        return {o.room: contents(o) for o in head_orders(self.batch, self.building)}

    @property
    def states(self) -> list[str]:
        return [line.state for line in self.work.lines]


def contents(order: Order) -> str:
    lines = sorted(order.lines.all(), key=lambda line: line.stock.code)
    return " ".join(f"{line.stock.code}{line.quantity}" for line in lines)
