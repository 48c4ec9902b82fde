"""One town with everything in it, and somebody of every role standing before its doors."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from catalog.models import Batch, Stock
from delivery.actions.build_lists import build_lists
from delivery.models import AccessLink, PickupList, Sheet, SupplyOrder
from delivery.queries.links import link_path
from groupbuy.community.models import RESIDENT, Building, User
from groupbuy.community.queries.head_links import token_of
from orders.actions.place_order import place_order
from orders.models import Chain, Wish
from tests import factories

ROLES = ("nobody", "foreign", "neighbour", "committee", "town")
PUBLIC_ADMIN = "admin"  # Django's own, for superusers; its doors are its own matter


@dataclass
class House:
    """``values`` fill in the addresses' parameters, by address name where they differ."""

    people: dict[str, User]
    values: dict[str, Any] = field(default_factory=dict)
    special: dict[str, dict[str, Any]] = field(default_factory=dict)

    def path(self, pattern: URLPattern) -> str:
        names = pattern.pattern.converters
        here = self.values | self.special.get(str(pattern.name), {})
        return reverse(str(pattern.name), kwargs={name: here[name] for name in names})

    def answers(self, pattern: URLPattern) -> tuple[str, str]:
        """What each role gets, for GET and for an empty POST, as two words of five marks."""
        path = self.path(pattern)
        got = {m: [self.ask(role, m, path) for role in ROLES] for m in ("GET", "POST")}
        return " ".join(got["GET"]), " ".join(got["POST"])

    def ask(self, role: str, method: str, path: str) -> str:
        client = Client(raise_request_exception=False)
        if role in self.people:
            client.force_login(self.people[role])
        with transaction.atomic():
            response = getattr(client, method.lower())(path)
            transaction.set_rollback(True)
        if response.streaming:
            for close in response._resource_closers:  # not the database with it
                close()
        where = response.headers.get("Location", "")
        return (
            "in?" if where.startswith(reverse("sign-in")) else str(response.status_code)
        )


def doors() -> Iterator[URLPattern]:
    """Every address of the project but Django's admin."""

    def walk(found: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
        for one in found:
            if isinstance(one, URLPattern):
                if one.name:  # the API's own 404 has none
                    yield one
            elif one.app_name != PUBLIC_ADMIN:
                yield from walk(one.url_patterns)

    return walk(get_resolver().url_patterns)


def built_house() -> House:
    """A closed and built day, today's open one, and one of everything else."""
    now = timezone.now()
    compound = factories.make_compound(buildings={"3": ["501", "502"]})
    committee, town = compound.committee, compound.committee.town
    supplier = factories.make_supplier(town)
    group_buy = factories.make_group_buy(compounds=[compound])
    for code in "AB":
        factories.make_offer(group_buy, code, supplier)
    closed = day_of(group_buy, now, timedelta(days=1))
    order = ordered(closed, compound.pk, "501", now)
    factories.close(closed, now)
    build_lists(closed, now=now)
    today = day_of(group_buy, now, timedelta(days=2))
    standing = ordered(today, compound.pk, "502", now)
    sheet = Sheet.objects.create(
        batch=closed,
        kind="doors",
        compound=compound,
        version=1,
        file=ContentFile(b"%PDF", name="doors.pdf"),
        digest="0" * 64,
        made_at=now,
    )
    head_link = factories.make_head_link(compound.buildings.get())
    links = {link.kind: link for link in AccessLink.objects.filter(batch=closed)}
    token = {kind: link_path(link).split("/")[2] for kind, link in links.items()}
    return House(
        people={
            "foreign": factories.make_town_staff(factories.make_town()),
            "neighbour": factories.make_committee_staff(factories.make_committee(town)),
            "committee": factories.make_committee_staff(committee),
            "town": factories.make_town_staff(town),
        },
        values={
            "committee_id": committee.pk,
            "compound_id": compound.pk,
            "head_link_id": head_link.pk,
            "chain_id": late_chain(today, compound.buildings.get()).pk,
            "household_id": compound.buildings.get().households.first().pk,
            "building_id": compound.buildings.get().pk,
            "supplier_id": supplier.pk,
            "paper_id": supplier.papers.first().pk,
            "package_id": supplier.packages.first().pk,
            "group_buy_id": group_buy.pk,
            "offer_id": group_buy.offers.first().pk,
            "batch_id": today.pk,
            "stock_id": Stock.objects.filter(batch=today).first().pk,
            "order_id": standing.pk,
            "number": standing.number,
            "token": group_buy.token,
            "gate_id": compound.gates.get().pk,
            "link_id": links["volunteer"].pk,
            "list_id": PickupList.objects.get().pk,
            "sheet_id": sheet.pk,
            "kind": "doors",
        },
        special={
            name: {
                "batch_id": closed.pk,
                "order_id": order.pk,
                "token": token["volunteer"],
            }
            for name in CLOSED_DAY
        }
        | {
            name: {"token": token["supplier"], "kind": "pdf"}
            for name in ("supplier-link", "supplier-received", "supplier-paper")
        }
        | {
            str(one.name): {"token": token_of(head_link)}
            for one in doors()
            if str(one.pattern).startswith("b/")
        }
        | {
            "places-sample": {"kind": "compounds"},
            "api-supply-order": {"order_id": SupplyOrder.objects.get().pk},
        },
    )


def late_chain(batch: Batch, building: Building) -> Chain:
    chain = factories.make_chain(batch, building, {"501": {"A": 1}})
    said = {"late": True, "why": "late", "wants": "A×1", "lines": [1]}
    chain.refused = {"/501": said}
    chain.save()
    return chain


CLOSED_DAY = (
    "batch",
    "batch-progress",
    "batch-compound",
    "batch-supplier",
    "print-sheet",
    "print-all",
    "late-order",
    "withdraw-order",
    "handoff-sent",
    "handoff-received",
    "volunteer",
    "volunteer-building",
    "volunteer-done",
    "volunteer-arrived",
    "volunteer-not-arrived",
    "volunteer-not-done",
    "gate-not-arrived",
    "building-not-done",
    "volunteer-phone",
    "volunteer-home-done",
    "volunteer-print",
    "volunteer-sheet",
)


def day_of(group_buy: Any, now: Any, away: timedelta) -> Batch:
    until = now + timedelta(hours=3)
    return factories.make_batch(
        group_buy,
        delivery_on=(now + away).date(),
        opens_at=now - timedelta(hours=1),
        until_link=until,
        until_heads=until,
    )


def ordered(batch: Batch, compound_id: int, room: str, now: Any) -> Any:
    items = {batch.stock.first().pk: 1}
    wish = Wish(compound_id, "3", room, items, name="魏阿姨", phone="13800000000")
    key = f"door-{room}-{batch.pk}"
    return place_order(batch, wish=wish, submit_key=key, by=RESIDENT, now=now).order
