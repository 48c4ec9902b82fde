"""A resident's phone without JavaScript: it opens pages, fills in forms, taps buttons."""

import html
import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

from catalog.models import Batch

_INPUT = re.compile(r"<input\b[^>]*>")


class Phone:
    """One browser with its cookies; CSRF is checked as in real life."""

    def __init__(self, batch: Batch, **client: Any) -> None:
        self.client = Client(enforce_csrf_checks=True, **client)
        self.batch = batch
        self.token = batch.group_buy.token
        self.compound = batch.group_buy.places.first().compound
        self.page: HttpResponse

    @property
    def text(self) -> str:
        return self.page.content.decode()

    def open(self, url: str) -> "Phone":
        self.page = self.client.get(url, follow=True)
        return self

    def start(self, *codes: str) -> "Phone":
        picked = "".join(f"&pick={code}" for code in codes)
        return self.open(f"/g/{self.token}/order/?c={self.compound.pk}{picked}")

    def field(self, code: str) -> str:
        return f"q_{self.batch.stock.get(code=code).pk}"

    def fields(self, form: int = -1) -> dict[str, str]:
        """What the page's last form (or the given one) would send as it stands."""
        sent = {}
        for tag in _INPUT.findall(self.text.split("<form")[form]):
            at = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
            if at.get("type") in {"checkbox", "radio"} and " checked" not in tag:
                continue
            if "name" in at:
                plain = "on" if at.get("type") in {"checkbox", "radio"} else ""
                sent[at["name"]] = html.unescape(at.get("value", plain))
        return sent

    def tap(self, step: str, form: int = -1, **typed: str) -> "Phone":
        """Send the form with these fields typed over."""
        data = self.fields(form) | typed | {"step": step}
        data = {name: value for name, value in data.items() if value is not None}
        self.page = self.client.post(f"/g/{self.token}/order/", data, follow=True)
        return self

    def order(self, *codes: str, **typed: str) -> "Phone":
        """All the way: the form, the look over it, the order."""
        home = {
            "building": "3",
            "room": "502",
            "phone": "13800138000",
            "name": "魏女士",
        }
        self.start(*codes).tap("review", **(home | typed))
        return self.tap("place")


def home(phone: Phone, **many: str) -> dict[str, str]:
    """The fields of a home at Pinzhiyuan, and of so many packages by their code."""
    place = {"building": "3", "room": "502", "phone": "13800138000"}
    return place | {phone.field(code): number for code, number in many.items()}
