"""One resident's phone: a plain HTTP client with cookies that fills in the real form."""

import http.client
import random
import re
import time
from collections.abc import Mapping
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from groupbuy.roof.simulate.residents import Resident

PATIENCE = 30.0  # seconds a phone tries again after a lost connection
TIMEOUT = 20.0


class Form(HTMLParser):
    """The named inputs of a page, with their values; ``most`` holds a number's maximum."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.most: dict[str, int] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        name = told.get("name", "")
        if tag == "input" and name and told.get("type") not in {"radio", "checkbox"}:
            self.values.setdefault(name, told.get("value", ""))
            if told.get("max", "").isdecimal():
                self.most[name] = int(told["max"])


class Phone:
    """A connection that is kept between residents; each resident has cookies of their own."""

    def __init__(self, base_url: str) -> None:
        self.base = urlsplit(base_url)
        self.connection: http.client.HTTPConnection | None = None
        self.cookies: SimpleCookie = SimpleCookie()

    def order(self, resident: Resident, token: str) -> tuple[str, float]:
        """The whole way from link to answer: what came of it, and the POST's seconds.

        The word is "accepted", a refusal's code, or "error …". A lost reply is asked for
        again with the same form, which is the same order.
        """
        self.cookies = SimpleCookie()
        self.request("GET", f"/g/{token}/")
        path = f"/g/{token}/order/?c={resident.compound_id}"
        status, _headers, page = self.request("GET", path)
        if status != http.client.OK:
            return ("late" if status == http.client.FOUND else f"error {status}"), 0.0
        body = filled(Form(page), resident)
        started = time.perf_counter()
        status, headers, _page = self.request("POST", f"/g/{token}/order/", body)
        return said(status, headers), time.perf_counter() - started

    def request(
        self, method: str, path: str, body: Mapping[str, str] | None = None
    ) -> tuple[int, http.client.HTTPMessage, str]:
        """One request, tried again for half a minute while nobody answers."""
        gives_up = time.monotonic() + PATIENCE
        while True:
            try:
                return self._request(method, path, body)
            except (OSError, http.client.HTTPException):
                self.hang_up()
                if time.monotonic() > gives_up:
                    raise
                time.sleep(0.3)

    def hang_up(self) -> None:
        """The next request connects anew."""
        if self.connection is not None:
            self.connection.close()
        self.connection = None

    def _request(
        self, method: str, path: str, body: Mapping[str, str] | None
    ) -> tuple[int, http.client.HTTPMessage, str]:
        connection = self.connection = self.connection or self._connect()
        headers = {
            "Cookie": "; ".join(f"{k}={m.value}" for k, m in self.cookies.items())
        }
        data = None
        if body is not None:
            data = urlencode(body)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"{self.base.scheme}://{self.base.netloc}"
        connection.request(method, path, data, headers)
        reply = connection.getresponse()
        page = reply.read().decode()
        for cookie in reply.headers.get_all("Set-Cookie") or []:
            self.cookies.load(cookie)
        return reply.status, reply.headers, page

    def _connect(self) -> http.client.HTTPConnection:
        https = self.base.scheme == "https"
        kind = http.client.HTTPSConnection if https else http.client.HTTPConnection
        return kind(self.base.hostname or "127.0.0.1", self.base.port, timeout=TIMEOUT)


def filled(form: Form, resident: Resident) -> dict[str, str]:
    """The form with this resident's home and one to three packages that are still there."""
    dice = random.Random(resident.seed)  # noqa: S311 - a story, no secret  # nosec B311
    packages = [name for name in form.values if name.startswith("q_")]
    there = [name for name in packages if form.most.get(name, 1) > 0]
    chosen = dice.sample(there, min(len(there), dice.choice((1, 1, 1, 2, 2, 3))))
    body = dict(form.values) | dict.fromkeys(packages, "")
    body |= dict.fromkeys(chosen, "1")
    return body | {
        "step": "place",
        "compound": str(resident.compound_id),
        "building": resident.building,
        "unit": resident.unit,
        "room": resident.room,
        "name": resident.name,
        "phone": resident.phone,
    }


def said(status: int, headers: http.client.HTTPMessage) -> str:
    """What a reply to the order means."""
    if status == http.client.FOUND and re.search(
        r"/mine/", headers.get("Location", "")
    ):
        return "accepted"
    if code := headers.get("X-Refused"):
        return code
    if status == http.client.UNPROCESSABLE_ENTITY:
        return "invalid"
    return f"error {status}"
