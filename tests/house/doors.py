"""Every door of the house, and somebody of every role standing before each of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.house.world import PLACES, World

BY_KEY = ("resident", "volunteer", "headlink", "supplier", "lists", "supply")
BY_ACCOUNT = ("head", "committee", "town", "foreign", "super")
ROLES = ("nobody", *BY_KEY, *BY_ACCOUNT)
MADE_UP = "n0body1knows7this9token2and3none"
PUBLIC_ADMIN = "admin"  # Django's own, for superusers; its doors are its own matter
KEYHOLES = ("o/", "b/", "v/", "s/")  # behind them stands a key, not a group buy's token
HEADERS = {"resident": "Order", "lists": "Key", "supply": "Key"}
CLOSED_DAY = (
    *("batch", "batch-progress", "batch-compound", "batch-supplier", "print-sheet"),
    *("print-all", "late-order", "withdraw-order", "handoff-sent", "handoff-received"),
    *(
        "gate-not-arrived",
        "building-not-done",
        "volunteer-phone",
        "volunteer-home-done",
        "volunteer-home-not-done",
    ),
)
NAMING_A_BUILDING = ("volunteer-building", "volunteer-print")
FORM = "application/x-www-form-urlencoded"
KINDS = {"places-sample": "compounds", "supplier-paper": "pdf"}

Answers = dict[tuple[str, str], str]  # (role, place) → its answer


@dataclass
class House:
    world: World
    clients: dict[str, Client] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.clients = {role: self.browser(role) for role in ROLES}
        self.cookies = {r: c.cookies.output() for r, c in self.clients.items()}

    def browser(self, role: str) -> Client:
        """With all that the role has, on every page: its sign-in, cookie or header."""
        key = self.world.keys.get(role, "")
        sent = {"Authorization": f"{HEADERS[role]} {key}"} if role in HEADERS else {}
        client = Client(raise_request_exception=False, headers=sent)
        if role in self.world.people:
            client.force_login(self.world.people[role])
        if role == "resident":
            client.cookies["orders"] = key
        return client

    def addresses(self, door: URLPattern, role: str) -> dict[str, str]:
        """Address → the nearest place that it names; "mixed" is one's own thing and, in
        the same address, the other town's."""
        tries = {place: self.values(door, role, place) for place in PLACES}
        first = next(iter(door.pattern.converters), "")
        tries["mixed"] = tries["town"] | ({first: tries["own"][first]} if first else {})
        found: dict[str, str] = {}
        for place, values in tries.items():
            path = reverse(str(door.name), kwargs=values)
            if door.name in NAMING_A_BUILDING:
                here = self.world.places["town" if place == "mixed" else place]
                path += f"?b={here.building.name}"
            found.setdefault(path, place)
        return found

    def values(self, door: URLPattern, role: str, place: str) -> dict[str, Any]:
        name, here = str(door.name), self.world.places[place]
        values = here.closed if name in CLOSED_DAY else here.today
        values = {**values, "kind": KINDS.get(name, "doors")}
        if str(door.pattern).startswith(KEYHOLES):
            values["token"] = self.world.keys.get(role, MADE_UP)
        if name == "api-supply-order":
            values["order_id"] = here.closed["supply_id"]
        return {name: values[name] for name in door.pattern.converters}

    def answers(self, door: URLPattern, method: str) -> Answers:
        return {
            (role, place): self.ask(role, method, path)
            for role in ROLES
            for path, place in self.addresses(door, role).items()
        }

    def ask(self, role: str, method: str, path: str) -> str:
        """One word."""
        response = self.reply(role, method, path)
        where = response.headers.get("Location", "")
        is_sign_in = where.startswith(reverse("sign-in"))
        return "in?" if is_sign_in else str(response.status_code)

    def reply(self, role: str, method: str, path: str) -> HttpResponse:
        """The whole answer; whatever the request did is undone."""
        client = self.clients[role]
        client.cookies.load(self.cookies[role].replace("Set-Cookie: ", ""))
        with transaction.atomic():
            sent = {"data": path.partition("?")[2], "content_type": FORM}
            response = client.generic(method, path, **sent if method == "POST" else {})
            transaction.set_rollback(True)
        if response.streaming:
            for close in response._resource_closers:  # not the database with it
                close()
        return response


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
