"""Homes whose chain came after the heads' cutoff: what they want, when it was said and pasted,
and what they have. Who wants more is let in; whose order is taken back has it withdrawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, QuerySet

from catalog.models import Batch
from groupbuy.community.models import User
from groupbuy.community.queries.visible import buildings_of, towns_of
from orders.models import Chain, ChainLine, Order
from orders.reading.fold import key
from orders.states import Channel, OrderState


@dataclass(frozen=True)
class LateHome:
    """One home that only staff can help; ``lines`` is what was said of it, ``orders`` what
    its heads ordered. ``wants`` is empty for a home that takes everything back."""

    chain: Chain
    home_key: str
    wants: str
    lines: list[ChainLine]
    orders: list[Order]

    @property
    def room(self) -> str:
        return "-".join(part for part in self.home_key.split("/") if part)

    @property
    def said_at(self) -> datetime | None:
        """The newest message time of its lines."""
        return max(filter(None, (ln.said_at for ln in self.lines)), default=None)


def late_homes(batch: Batch, user: User) -> list[LateHome]:
    """Of the buildings this person looks after; none that has been let in or withdrawn."""
    newest = Chain.objects.filter(batch=batch).order_by().values("building")
    chains = (
        Chain.objects.filter(
            pk__in=newest.annotate(newest=Max("pk")).values("newest"),
            building__in=buildings_of(user),
        )
        .exclude(refused={})
        .select_related("building__compound")
        .order_by("building__compound__name", "building__sort")
    )
    return _homes(list(chains))


def chains_to_let_in(user: User) -> QuerySet[Chain]:
    """Chains of the person's towns: only the town lets in."""
    return Chain.objects.filter(batch__group_buy__town__in=towns_of(user))


def late_home(chain: Chain, home_key: str) -> LateHome | None:
    """That home, or the chain's first late one where none is named, if it can be let in."""
    found = (h for h in _homes([chain]) if h.wants and home_key in (h.home_key, ""))
    return next(found, None)


def _homes(chains: Sequence[Chain]) -> list[LateHome]:
    by_chain: dict[int, dict[int, ChainLine]] = {chain.pk: {} for chain in chains}
    for line in ChainLine.objects.filter(chain__in=by_chain):
        by_chain[line.chain_id][line.number] = line
    held = _held(chains)
    homes = [
        LateHome(
            chain=chain,
            home_key=home,
            wants=said["wants"],
            lines=_said(by_chain[chain.pk], said["lines"]),
            orders=held.get((chain.pk, home), []),
        )
        for chain in chains
        for home, said in sorted(chain.refused.items())
        if said["late"]
    ]
    return [home for home in homes if home.wants or home.orders]


def _held(chains: Sequence[Chain]) -> dict[tuple[int, str], list[Order]]:
    """By chain and home, the standing orders of its heads."""
    of = {(chain.batch_id, chain.building_id): chain.pk for chain in chains}
    orders = Order.objects.filter(
        batch__in={batch for batch, _building in of},
        in_building__in={building for _batch, building in of},
        channel=Channel.HEAD,
        state=OrderState.STANDING,
    ).prefetch_related("lines__stock")
    found: dict[tuple[int, str], list[Order]] = {}
    for order in orders.order_by("pk"):
        chain = of.get((order.batch_id, order.in_building_id or 0), 0)
        home = key((order.unit, order.room))
        found.setdefault((chain, home), []).append(order)
    return found


def _said(lines: dict[int, ChainLine], numbers: Iterable[int]) -> list[ChainLine]:
    return [lines[number] for number in numbers if number in lines]
