"""Suppliers and packages as the staff's lists show them."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from catalog.models import Offer, Package, PackageVersion, Supplier
from catalog.queries.margins import above_ceiling, margin_percent
from catalog.queries.papers import PaperState, paper_states, worst
from catalog.queries.visible import packages_of, suppliers_of
from groupbuy.community.models import User
from groupbuy.shared.money import per_500_grams


@dataclass(frozen=True)
class SupplierRow:
    supplier: Supplier
    papers: list[PaperState]
    packages: int

    @property
    def worst(self) -> PaperState | None:
        """The paper to look at first."""
        return worst(self.papers)


def supplier_rows(
    user: User, *, on: date, only: int | None = None
) -> list[SupplierRow]:
    """The person's suppliers with their papers' state ``on`` that day, in three queries."""
    suppliers = suppliers_of(user).annotate(count=Count("packages"))
    if only is not None:
        suppliers = suppliers.filter(pk=only)
    return [
        SupplierRow(s, paper_states(s, on=on), s.count)
        for s in suppliers.order_by("town__name", "name").prefetch_related("papers")
    ]


@dataclass(frozen=True)
class OfferedAt:
    """One place where a package is on offer, and whether its margin is above the ceiling."""

    offer: Offer
    margin: int | None
    above: int | None
    per_500_grams: int | None
    version: PackageVersion | None = None


@dataclass(frozen=True)
class PackageRow:
    package: Package
    version: PackageVersion | None
    offered: list[OfferedAt] = field(default_factory=list)

    @property
    def warning(self) -> int | None:
        """The highest margin that is above the town's ceiling."""
        return max((o.above for o in self.offered if o.above is not None), default=None)


def package_rows(user: User, *, only: int | None = None) -> list[PackageRow]:
    """The person's packages with newest contents and where they are offered."""
    packages = packages_of(user).order_by("supplier__name", "category", "name")
    if only is not None:
        packages = packages.filter(pk=only)
    return [_package_row(p) for p in packages.prefetch_related(*_with_all())]


def _with_all() -> list[Prefetch]:
    standing = Offer.objects.filter(withdrawn_at__isnull=True)
    versions = PackageVersion.objects.order_by("-number").prefetch_related("items")
    offers = standing.select_related("group_buy").order_by("group_buy__title")
    return [Prefetch("versions", versions), Prefetch("offers", offers)]


def _package_row(package: Package) -> PackageRow:
    version = next(iter(package.versions.all()), None)
    ceiling = package.supplier.town.margin_ceiling_percent
    offered = [offered_at(o, version, ceiling) for o in package.offers.all()]
    return PackageRow(package, version, offered)


def offered_at(offer: Offer, version: PackageVersion | None, ceiling: int) -> OfferedAt:
    """The offer beside what its package's newest version costs and weighs."""
    price = offer.price_cents
    purchase = version.purchase_price_cents if version else None
    weight = version.weight_grams if version else None
    return OfferedAt(
        offer=offer,
        margin=margin_percent(price, purchase),
        above=above_ceiling(price, version, ceiling),
        per_500_grams=per_500_grams(price, weight) if weight else None,
        version=version,
    )


def versions_of(package: Package) -> QuerySet[PackageVersion]:
    """All versions with their items and how many batches sold each, newest first."""
    sold = Count("stock", filter=Q(stock__reserved__gt=0))
    return (
        package.versions.order_by("-number")
        .annotate(batches=sold)
        .prefetch_related("items")
    )
