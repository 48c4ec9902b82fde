"""Two towns with one of everything at four places: one's own building, the one beside it, the
neighbouring committee's compound, and the other town."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from catalog.models import Batch, GroupBuy, Stock
from delivery.actions.build_lists import build_lists
from delivery.models import AccessLink, PickupList, Release, Sheet, SupplyOrder
from delivery.queries.links import token_of as link_token
from groupbuy.community.models import (
    RESIDENT,
    AccessKey,
    Building,
    Compound,
    HeadLink,
    Town,
    User,
)
from groupbuy.community.queries.head_links import token_of
from groupbuy.shared import tokens
from orders.actions.place_order import place_order
from orders.actions.writing import order_token
from orders.models import Chain, Wish
from tests import factories

PLACES = ("own", "building", "compound", "town")
DAY = timedelta(days=1)


@dataclass
class Place:
    """What addresses of this place are filled in with: of today's day, of yesterday's that
    is closed and built, and the rows themselves."""

    building: Building
    today: dict[str, Any] = field(default_factory=dict)
    closed: dict[str, Any] = field(default_factory=dict)
    head_link: HeadLink = field(init=False)


@dataclass
class World:
    """``people`` sign in, ``keys`` are what a role holds instead: the token of its link,
    of its order, of its machine."""

    places: dict[str, Place]
    people: dict[str, User]
    keys: dict[str, str]


def built_world() -> World:
    now = timezone.now()
    town = factories.make_town()
    own = factories.make_compound(
        town=town, buildings={"3": ["501", "502"], "4": ["401"]}
    )
    beside = factories.make_compound(town=town, buildings={"5": ["601"]})
    away = factories.make_compound(buildings={"3": ["501", "502"]})
    places = {
        "own": Place(own.buildings.get(name="3")),
        "building": Place(own.buildings.get(name="4")),
        "compound": Place(beside.buildings.get()),
        "town": Place(away.buildings.get()),
    }
    furnish([places[name] for name in PLACES[:3]], [own, beside], now)
    furnish([places["town"]], [away], now)
    people = people_of(places)
    for place in places.values():  # wherever it is, the same person asked
        place.today["release_id"] = asked(place.today["sheet_id"], people["committee"])
        place.closed["release_id"] = place.today["release_id"]
    return World(places, people, keys_of(places))


def furnish(places: list[Place], compounds: list[Compound], now: datetime) -> None:
    """A group buy for these compounds, its two days, and an order from each place in each."""
    supplier = factories.make_supplier(compounds[0].committee.town)
    group_buy = factories.make_group_buy(compounds=compounds)
    for code in "AB":
        factories.make_offer(group_buy, code, supplier)
    closed = day_of(group_buy, now, DAY)
    for place in places:
        place.closed = of_order(ordered(closed, place.building, now))
    factories.close(closed, now)
    build_lists(closed, now=now)
    today = day_of(group_buy, now, 2 * DAY)
    for place in places:
        place.today = of_order(ordered(today, place.building, now))
        fill_in(place, closed, today)


def fill_in(place: Place, closed: Batch, today: Batch) -> None:
    """All ids of this place; ``closed`` has what only a closed day has."""
    building, compound = place.building, place.building.compound
    place.head_link = factories.make_head_link(building)
    supplier = today.stock.first().supplier
    place.today = {
        **of_town(today),
        "committee_id": compound.committee_id,
        "compound_id": compound.pk,
        "building_id": building.pk,
        "household_id": building.households.first().pk,
        "head_link_id": place.head_link.pk,
        "chain_id": late_chain(today, building).pk,
        "gate_id": compound.gates.get().pk,
        "list_id": PickupList.objects.get(batch=closed, compound=compound).pk,
        "sheet_id": sheet_of(closed, kind="doors", compound=compound).pk,
        "link_id": link_of(closed, compound).pk,
    } | place.today
    supply = SupplyOrder.objects.get(batch=closed, supplier=supplier)
    sheet_of(closed, kind="supply", supplier=supplier)
    place.closed = {**place.today, "batch_id": closed.pk, **place.closed}
    place.closed["supply_id"] = supply.pk


def of_town(batch: Batch) -> dict[str, Any]:
    """Ids that the whole town shares."""
    group_buy, supplier = batch.group_buy, batch.stock.first().supplier
    return {
        "supplier_id": supplier.pk,
        "paper_id": supplier.papers.first().pk,
        "package_id": supplier.packages.first().pk,
        "group_buy_id": group_buy.pk,
        "offer_id": group_buy.offers.first().pk,
        "batch_id": batch.pk,
        "stock_id": Stock.objects.filter(batch=batch).first().pk,
        "token": group_buy.token,
    }


def of_order(order: Any) -> dict[str, Any]:
    return {"order_id": order.pk, "number": order.number}


def people_of(places: dict[str, Place]) -> dict[str, User]:
    own, away = places["own"].building, places["town"].building
    town = own.compound.committee.town
    return {
        "head": factories.make_head(own),
        "committee": factories.make_committee_staff(own.compound.committee),
        "town": factories.make_town_staff(town),
        "foreign": factories.make_town_staff(away.compound.committee.town),
        "super": factories.make_user(is_superuser=True, is_staff=True),
    }


def keys_of(places: dict[str, Place]) -> dict[str, str]:
    """A head holds two things for the day: the account is another role."""
    own = places["own"]
    compound = own.building.compound
    closed = Batch.objects.get(pk=own.closed["batch_id"])
    supplied = AccessLink.objects.get(batch=closed, kind=AccessLink.Kind.SUPPLIER)
    town = compound.committee.town
    return {
        "resident": order_token(form_key(own.today["batch_id"], own.building)),
        "volunteer": link_token(link_of(closed, compound)),
        "headlink": token_of(own.head_link),
        "supplier": link_token(supplied),
        "lists": key_of(town, AccessKey.Scope.PICKUP_LISTS),
        "supply": key_of(town, AccessKey.Scope.SUPPLY_ORDERS),
    }


def key_of(town: Town, scope: AccessKey.Scope) -> str:
    token = tokens.new_key()
    AccessKey.objects.create(
        town=town, name=scope, scope=scope, token_hash=tokens.stored(token)
    )
    return token


def link_of(batch: Batch, compound: Compound) -> AccessLink:
    return AccessLink.objects.get(batch=batch, compound=compound)


def sheet_of(batch: Batch, **of: Any) -> Sheet:
    return Sheet.objects.get_or_create(
        batch=batch,
        version=1,
        **of,
        defaults={
            "file": ContentFile(b"%PDF", name="sheet.pdf"),
            "digest": "0" * 64,
            "made_at": timezone.now(),
        },
    )[0]


def asked(sheet_id: int, by: User) -> int:
    now = timezone.now()
    until = now + timedelta(hours=1)
    return Release.objects.create(
        sheet_id=sheet_id,
        homes=2,
        reason="抽查",
        asked_by=by,
        asked_at=now,
        until=until,
    ).pk


def late_chain(batch: Batch, building: Building) -> Chain:
    room = building.households.first().room
    chain = factories.make_chain(batch, building, {room: {"A": 1}})
    said = {"late": True, "why": "late", "wants": "A×1", "lines": [1]}
    chain.refused = {f"/{room}": said}
    chain.save()
    return chain


def day_of(group_buy: GroupBuy, now: datetime, away: timedelta) -> Batch:
    until = now + timedelta(hours=3)
    return factories.make_batch(
        group_buy,
        delivery_on=(now + away).date(),
        opens_at=now - timedelta(hours=1),
        until_link=until,
        until_heads=until,
    )


def form_key(batch_id: int, building: Building) -> str:
    return f"door-{batch_id}-{building.pk}"


def ordered(batch: Batch, building: Building, now: datetime) -> Any:
    """The last home of the building orders over the link."""
    room = building.households.last().room
    items = {batch.stock.first().pk: 1}
    place = building.compound_id
    wish = Wish(place, building.name, room, items, name="魏阿姨", phone="13800000000")
    key = form_key(batch.pk, building)
    return place_order(batch, wish=wish, submit_key=key, by=RESIDENT, now=now).order
