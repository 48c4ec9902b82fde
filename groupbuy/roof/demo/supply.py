"""Suppliers with papers good for a year, and packages by item, quantity and weight."""

from datetime import datetime, timedelta

from django.db import transaction

from catalog.models import (
    Package,
    PackageItem,
    PackageVersion,
    Supplier,
    SupplierPaper,
)
from groupbuy.community.models import Town
from groupbuy.roof.demo.files import tree
from groupbuy.shared.clock import day_of
from groupbuy.shared.money import cents

PAPERS_GOOD_FOR = timedelta(days=365)
KNOWN_FOR = timedelta(days=10)  # the first version is older than any order of the demo
PURCHASE_PERCENT = 82  # invented; well under every town's margin ceiling
AFTER_SALES = "售后服务台（示例）"


def load_supply(now: datetime) -> None:
    """Suppliers and packages of every demo town that has none yet."""
    for slug, names in tree("suppliers").items():
        town = Town.objects.get(slug=slug)
        if not Supplier.objects.filter(town=town).exists():
            load_town_supply(town, names, now)


@transaction.atomic
def load_town_supply(town: Town, names: list[str], now: datetime) -> None:
    suppliers = {
        name: load_supplier(town, name, order, now) for order, name in enumerate(names)
    }
    prices = offered_prices(town.slug)
    for fact in tree("packages"):
        if fact["town"] == town.slug:
            package = Package.objects.create(
                supplier=suppliers[fact["supplier"]],
                name=fact["name"],
                category=fact["category"],
                is_sample=not fact.get("cited", False),
            )
            price = prices.get(fact["id"], "")
            load_version(package, 1, fact, purchase(price), made_at=now - KNOWN_FOR)


def load_supplier(town: Town, name: str, order: int, now: datetime) -> Supplier:
    supplier = Supplier.objects.create(
        town=town,
        name=name,
        contact=AFTER_SALES,
        phone=f"138000001{order:02d}",
        is_sample=True,
    )
    expires_on = day_of(now + PAPERS_GOOD_FOR)
    SupplierPaper.objects.bulk_create(
        SupplierPaper(
            supplier=supplier,
            kind=kind,
            number=f"示例-{label}-{supplier.pk:04d}",
            expires_on=expires_on,
        )
        for kind, label in (
            (SupplierPaper.Kind.LICENCE, "执照"),
            (SupplierPaper.Kind.FOOD, "食品"),
            (SupplierPaper.Kind.SUPPLY, "保供"),
            (SupplierPaper.Kind.PASS, "通行"),
        )
    )
    return supplier


def load_version(
    package: Package,
    number: int,
    fact: dict,
    purchase_price_cents: int | None,
    *,
    made_at: datetime,
) -> PackageVersion:
    """``fact`` holds grams or a volume in words, and items as [name, quantity, possible?]."""
    version = PackageVersion.objects.create(
        package=package,
        number=number,
        weight_grams=fact.get("grams"),
        volume_note=fact.get("volume", ""),
        purchase_price_cents=purchase_price_cents,
        made_at=made_at,
    )
    PackageItem.objects.bulk_create(
        PackageItem(
            version=version,
            position=position,
            name=item[0],
            quantity=item[1],
            possible=item[2] if len(item) > 2 else "",
        )
        for position, item in enumerate(fact["items"], start=1)
    )
    return version


@transaction.atomic
def load_next_versions(town: Town, made_at: datetime) -> None:
    """Contents change with supply: the second version of every package that has one."""
    for fact in tree("packages"):
        if fact["town"] != town.slug or "next" not in fact:
            continue
        first = PackageVersion.objects.filter(
            package__supplier__town=town, package__name=fact["name"]
        ).get()
        price = first.purchase_price_cents
        load_version(first.package, 2, fact["next"], price, made_at=made_at)


def offered_prices(slug: str) -> dict[str, str]:
    """Package id → price in yuan, as this town's group buys offer it."""
    return {
        package: price
        for fact in tree("group_buys")
        if fact["town"] == slug
        for _code, package, price, *_rest in fact["offers"]
    }


def purchase(price: str) -> int | None:
    """An invented purchase price in whole 0.10 yuan; unknown for what nobody offers."""
    return cents(price) * PURCHASE_PERCENT // 1000 * 10 if price else None
