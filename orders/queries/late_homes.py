"""Homes whose chain came after the heads' cutoff: what they want, when it was said and pasted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, QuerySet

from catalog.models import Batch
from groupbuy.community.models import User
from groupbuy.community.queries.visible import buildings_of, towns_of
from orders.models import Chain, ChainLine


@dataclass(frozen=True)
class LateHome:
    """One home that only the town can let in; ``lines`` is what was said of it."""

    chain: Chain
    home_key: str
    wants: str
    lines: list[ChainLine]

    @property
    def room(self) -> str:
        return "-".join(part for part in self.home_key.split("/") if part)

    @property
    def said_at(self) -> datetime | None:
        """The newest message time of its lines."""
        return max(filter(None, (ln.said_at for ln in self.lines)), default=None)


def late_homes(batch: Batch, user: User) -> list[LateHome]:
    """Of the buildings this person looks after, in two queries; none that has been let in."""
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
    """That home, or the chain's first late one where none is named."""
    found = (h for h in _homes([chain]) if home_key in (h.home_key, ""))
    return next(found, None)


def _homes(chains: Iterable[Chain]) -> list[LateHome]:
    by_chain: dict[int, dict[int, ChainLine]] = {chain.pk: {} for chain in chains}
    for line in ChainLine.objects.filter(chain__in=by_chain):
        by_chain[line.chain_id][line.number] = line
    return [
        LateHome(chain, home, said["wants"], _said(by_chain[chain.pk], said["lines"]))
        for chain in chains
        for home, said in sorted(chain.refused.items())
        if said["late"] and said["wants"]
    ]


def _said(lines: dict[int, ChainLine], numbers: Iterable[int]) -> list[ChainLine]:
    return [lines[number] for number in numbers if number in lines]
