"""Packages, and what they hold from one version to the next."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import GroupBuy, Package, PackageItem, PackageVersion
from catalog.queries.completeness import contents_missing
from catalog.reading.items import Item
from catalog.rules import may_change_package
from groupbuy.community.actions.log import log
from groupbuy.community.models import Actor
from groupbuy.community.rules import require
from groupbuy.shared.db import locked
from groupbuy.shared.errors import Refused


@transaction.atomic
def save_package(package: Package, *, by: Actor, now: datetime) -> Package:
    """A new package of its supplier, or a new name of one. Raises Refused for a name twice."""
    require(may_change_package(by, package))
    same = Package.objects.filter(supplier=package.supplier_id, name=package.name)
    if same.exclude(pk=package.pk).exists():
        sentence = _("This supplier has a package of this name already.")
        raise Refused(sentence, field="name")
    package.save()
    town_id = package.supplier.town_id
    log("save_package", package, town_id=town_id, by=by, now=now)
    return package


@transaction.atomic
def add_package(
    package: Package,
    version: PackageVersion,
    *,
    items: Sequence[Item],
    by: Actor,
    now: datetime,
) -> Package:
    """A new package together with its first version."""
    save_package(package, by=by, now=now)
    new_version(package, version, items=items, by=by, now=now)
    return package


@transaction.atomic
def new_version(
    package: Package,
    version: PackageVersion,
    *,
    items: Sequence[Item],
    by: Actor,
    now: datetime,
) -> PackageVersion:
    """What it holds from the next batch on. Raises Refused when on offer and incomplete."""
    require(may_change_package(by, package))
    locked(Package.objects.filter(pk=package.pk)).get()
    newest = package.versions.order_by("-number").first()
    version.number = newest.number + 1 if newest else 1
    version.package, version.made_at = package, now
    version.save(force_insert=True)
    _write_items(version, items)
    if _on_offer(package) and (lines := list(contents_missing(version))):
        raise Refused(
            _("This package is on offer: %s") % " ".join(lines), field="items"
        )
    town_id, number = package.supplier.town_id, version.number
    log("new_version", package, town_id=town_id, by=by, now=now, number=number)
    return version


def _write_items(version: PackageVersion, items: Sequence[Item]) -> None:
    PackageItem.objects.bulk_create(
        PackageItem(
            version=version,
            position=position,
            name=item.name,
            quantity=item.quantity,
            possible=item.possible,
        )
        for position, item in enumerate(items)
    )


@transaction.atomic
def copy_package(package: Package, *, name: str, by: Actor, now: datetime) -> Package:
    """A package of another name that begins with the newest version of this one."""
    newest = package.versions.order_by("-number").first()
    twin = Package(
        supplier=package.supplier,
        name=name,
        category=package.category,
        is_sample=package.is_sample,
    )
    if newest is None:
        return save_package(twin, by=by, now=now)
    version = PackageVersion(
        weight_grams=newest.weight_grams,
        volume_note=newest.volume_note,
        purchase_price_cents=newest.purchase_price_cents,
    )
    items = [Item(i.name, i.quantity, i.possible) for i in newest.items.all()]
    return add_package(twin, version, items=items, by=by, now=now)


def _on_offer(package: Package) -> bool:
    running = GroupBuy.objects.filter(published_at__isnull=False, ended_at__isnull=True)
    offers = package.offers.filter(withdrawn_at__isnull=True, group_buy__in=running)
    return offers.exists()
