"""Rows for stories, made on the models: every function fills in what its story leaves out.

Nothing here passes a verb, so a broken verb cannot hide behind its own set-up. Instants hang
on ``NOON``, a Monday, 2022-04-11 at 12:00 in Shanghai; a batch made for the next day is open then.
"""

import itertools
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from catalog.models import (
    Batch,
    GroupBuy,
    Offer,
    Package,
    PackageItem,
    PackageVersion,
    ServedPlace,
    Stock,
    Supplier,
    SupplierPaper,
)
from groupbuy.community.models import Building, Compound, Town
from groupbuy.shared import tokens
from groupbuy.shared.clock import at
from groupbuy.shared.text import sort_key
from orders.models import Chain, ChainLine, HomeUse, Order, OrderLine
from orders.states import BY_HEADS
from tests.neighbours import (  # noqa: F401 - handed on
    DAY,
    NOON,
    make_building,
    make_committee,
    make_committee_staff,
    make_compound,
    make_gate,
    make_head,
    make_head_link,
    make_town,
    make_town_staff,
    make_user,
)

_count = itertools.count(1)


def make_supplier(town: Town | None = None, name: str = "", **fields: Any) -> Supplier:
    """A supplier whose papers are good for years."""
    fields.setdefault("contact", "售后")
    fields.setdefault("phone", "021-64120000")
    supplier = Supplier.objects.create(
        town=town or make_town(), name=name or f"供应商{next(_count)}", **fields
    )
    for kind in (SupplierPaper.Kind.LICENCE, SupplierPaper.Kind.FOOD):
        SupplierPaper.objects.create(
            supplier=supplier, kind=kind, number="1", expires_on=date(2030, 1, 1)
        )
    return supplier


def make_package(supplier: Supplier, name: str = "", **fields: Any) -> Package:
    """A package with version 1 and two items."""
    package = Package.objects.create(
        supplier=supplier, name=name or f"套餐{next(_count)}"
    )
    fields.setdefault("weight_grams", 5000)
    version = PackageVersion.objects.create(
        package=package, number=1, made_at=NOON - timedelta(days=9), **fields
    )
    for position, (item, quantity) in enumerate(
        [("土鸡蛋", "10枚"), ("大米", "5公斤")]
    ):
        PackageItem.objects.create(
            version=version, position=position, name=item, quantity=quantity
        )
    return package


def make_group_buy(
    town: Town | None = None, compounds: list[Compound] | None = None, **fields: Any
) -> GroupBuy:
    """A published daily group buy: link until 17:00 the day before, heads until 18:00."""
    town = town or (compounds[0].committee.town if compounds else make_town())
    given: dict[str, Any] = {
        "title": f"古藤马桥{next(_count)}",
        "token": tokens.new_key(),
        "starts_on": DAY,
        "cutoff_link": time(17),
        "cutoff_heads": time(18),
        "window_from": time(14),
        "window_to": time(18),
        "contact_name": "王师傅",
        "contact_phone": "021-64091234",
        "remedy": "缺货退款，三天内补发。",
        "published_at": NOON - timedelta(days=2),
    }
    group_buy = GroupBuy.objects.create(town=town, **(given | fields))
    for compound in compounds or []:
        ServedPlace.objects.create(group_buy=group_buy, compound=compound)
    return group_buy


def make_offer(
    group_buy: GroupBuy, code: str, supplier: Supplier | None = None, **fields: Any
) -> Offer:
    fields.setdefault("price_cents", 6000)
    fields.setdefault("daily_quota", 1000)
    supplier = supplier or make_supplier(group_buy.town)
    package = fields.pop("package", None) or make_package(supplier)
    return Offer.objects.create(
        group_buy=group_buy, package=package, code=code, **fields
    )


def make_batch(
    group_buy: GroupBuy | None = None, codes: str = "AB", **fields: Any
) -> Batch:
    """An open batch for the day after ``DAY``; a stock row for every letter of ``codes``
    that the group buy does not offer yet, and for every offer that it has."""
    group_buy = group_buy or make_group_buy(compounds=[make_compound()])
    have = {offer.code for offer in group_buy.offers.all()}
    supplier = make_supplier(group_buy.town) if set(codes) - have else None
    for code in codes:
        if code not in have:
            make_offer(group_buy, code, supplier)
    given: dict[str, Any] = {
        "delivery_on": DAY + timedelta(days=1),
        "opens_at": NOON - timedelta(hours=4),
        "until_link": at(DAY, group_buy.cutoff_link),
        "until_heads": at(DAY, group_buy.cutoff_heads),
        "window_from": group_buy.window_from,
        "window_to": group_buy.window_to,
    }
    batch = Batch.objects.create(group_buy=group_buy, **(given | fields))
    for offer in group_buy.offers.select_related("package"):
        Stock.objects.create(
            batch=batch,
            offer=offer,
            supplier_id=offer.package.supplier_id,
            version=offer.package.versions.first(),
            code=offer.code,
            title=offer.package.name,
            price_cents=offer.price_cents,
            household_limit=offer.household_limit,
            quota=offer.daily_quota,
            held=offer.held_for_heads,
        )
    return batch


def close(batch: Batch, at_: datetime | None = None) -> Batch:
    """Closed as ``close_batch`` leaves it, five seconds after the last cutoff."""
    batch.state = Batch.State.CLOSED
    batch.closed_at = at_ or batch.until_last + timedelta(seconds=5)
    batch.save()
    batch.stock.update(is_open=False)
    return batch


def make_order(
    batch: Batch,
    compound: Compound | None = None,
    home: str = "3-502",
    *,
    items: Mapping[str, int] | None = None,
    **fields: Any,
) -> Order:
    """A standing order, counted in its stock rows; ``home`` is building-room or
    building-unit-room, ``items`` maps a code to pieces (one of A)."""
    n = next(_count)
    compound = compound or batch.group_buy.places.first().compound
    building, *unit, room = home.split("-")
    stock = {row.code: row for row in batch.stock.all()}
    wanted = items or {"A": 1}
    home_key = f"{compound.pk}/{building}/{''.join(unit)}/{room}"
    given: dict[str, Any] = {
        "in_building": compound.buildings.filter(name=building).first(),
        "building": building,
        "unit": "".join(unit),
        "room": room,
        "building_sort": sort_key(building),
        "room_sort": sort_key(f"{''.join(unit)}-{room}"),
        "home_key": home_key,
        "number": f"T{n:06d}",
        "name": "魏女士",
        "phone": "13800138000",
        "total_cents": sum(stock[c].price_cents * q for c, q in wanted.items()),
        "pieces": sum(wanted.values()),
        "placed_at": NOON,
        "accepted_until": batch.until_link,
        "submit_hash": tokens.stored(f"submit{n}"),
        "body_hash": tokens.stored(f"body{n}"),
        "token_hash": tokens.stored(f"token{n}"),
    }
    order = Order.objects.create(batch=batch, compound=compound, **(given | fields))
    for code, quantity in wanted.items():
        row = Stock.objects.get(pk=stock[code].pk)
        OrderLine.objects.create(order=order, stock=row, quantity=quantity)
        if order.state == "standing":
            row.reserved += quantity
            row.reserved_heads += quantity if order.channel in BY_HEADS else 0
            row.save()
            use, _ = HomeUse.objects.get_or_create(
                stock=row, home_key=home_key, defaults={"quantity": 0}
            )
            use.quantity += quantity
            use.save()
    return order


def make_chain(
    batch: Batch, building: Building, homes: Mapping[str, Mapping[str, int]]
) -> Chain:
    """A paste of clean lines, one for each room, ready to be handed in."""
    chain = Chain.objects.create(
        batch=batch, building=building, pasted_at=NOON, text=str(homes)
    )
    for number, (room, items) in enumerate(homes.items(), 1):
        home = {"building": building.name, "unit": "", "room": room, "items": items}
        words = {"name": "", "phone": "", "note": "", "change": None, "dropped": []}
        ChainLine.objects.create(
            chain=chain,
            number=number,
            text=f"{building.name}-{room} {items}",
            verdict=ChainLine.Verdict.ORDER,
            why_code="clean",
            understood=[home | words],
            state="accepted",
        )
    return chain
