"""Suppliers with papers good for a year, and packages by item, quantity and weight."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from catalog.actions.packages import add_package, new_version
from catalog.actions.suppliers import save_paper, save_supplier
from catalog.models import Package, PackageVersion, Supplier, SupplierPaper
from catalog.reading.items import Item
from groupbuy.community.models import SYSTEM, Town
from groupbuy.roof.demo.files import tree
from groupbuy.shared.clock import day_of
from groupbuy.shared.money import cents

PAPERS_GOOD_FOR = timedelta(days=365)
PURCHASE_PERCENT = 82  # invented; well under every town's margin ceiling
AFTER_SALES = "售后服务台（示例）"
PAPERS = {
    SupplierPaper.Kind.LICENCE: "执照",
    SupplierPaper.Kind.FOOD: "食品",
    SupplierPaper.Kind.SUPPLY: "保供",
    SupplierPaper.Kind.PASS: "通行",
}


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
    for fact in facts_of(town):
        package = Package(
            supplier=suppliers[fact["supplier"]],
            name=fact["name"],
            category=fact["category"],
            is_sample=not fact.get("cited", False),
        )
        bought_at = purchase(prices.get(fact["id"], ""))
        first = version(fact, bought_at)
        add_package(package, first, items=items(fact), by=SYSTEM, now=now)


def load_supplier(town: Town, name: str, order: int, now: datetime) -> Supplier:
    supplier = Supplier(
        town=town,
        name=name,
        contact=AFTER_SALES,
        phone=f"138000001{order:02d}",
        is_sample=True,
    )
    save_supplier(supplier, by=SYSTEM, now=now)
    for kind, label in PAPERS.items():
        paper = SupplierPaper(
            supplier=supplier,
            kind=kind,
            number=f"示例-{label}-{supplier.pk:04d}",
            expires_on=day_of(now + PAPERS_GOOD_FOR),
        )
        save_paper(paper, by=SYSTEM, now=now)
    return supplier


@transaction.atomic
def load_next_versions(town: Town, now: datetime) -> None:
    """Contents change with supply: the second version of every package that has one."""
    for fact in facts_of(town):
        if "next" not in fact:
            continue
        package = Package.objects.get(supplier__town=town, name=fact["name"])
        first = package.versions.get(number=1)
        if package.versions.count() == 1:
            second = version(fact["next"], first.purchase_price_cents)
            new_version(package, second, items=items(fact["next"]), by=SYSTEM, now=now)


def facts_of(town: Town) -> list[dict[str, Any]]:
    return [fact for fact in tree("packages") if fact["town"] == town.slug]


def version(fact: dict[str, Any], bought_at: int | None) -> PackageVersion:
    """An unsaved version: grams, or weight and volume in words; purchase price in cents."""
    return PackageVersion(
        weight_grams=fact.get("grams"),
        volume_note=fact.get("volume", ""),
        purchase_price_cents=bought_at,
    )


def items(fact: dict[str, Any]) -> list[Item]:
    """From [name, quantity] or [name, quantity, possible items]."""
    return [Item(*item) for item in fact["items"]]


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
