"""The opening rush: orders as phones send them, against the reference's bare transaction."""

import itertools
import random
import re
import secrets
from collections.abc import Iterator

from catalog.models import Batch
from tests.bench.town import World, homes
from tests.bench.wire import Exchange, Phone, Reply, get, post

LINES = 8


class Rush:
    """Sends orders for homes that nobody used before; counts what came of them."""

    def __init__(self, world: World, port: int) -> None:
        self.world, self.port = world, port
        self.homes = itertools.cycle(homes(world))
        self.dice = random.Random(2022)  # noqa: S311 - a story, no secret

    def forms(self, batches: list[Batch]) -> dict[int, "Form"]:
        """One look at each form: its CSRF pair is good for every order."""
        return {batch.pk: Form.of(self.port, batch) for batch in batches}

    def spread(self, batches: list[Batch], seconds: float) -> tuple[int, list[str]]:
        """Orders of two packages over all stock rows of these batches."""
        forms, rows = self.forms(batches), rows_of(batches)

        def phones() -> Iterator[Phone]:
            while True:
                batch = self.dice.choice(batches)
                pair = self.dice.sample(rows[batch.pk], 2)
                yield order(forms[batch.pk], next(self.homes), pair)

        return self.send(phones(), seconds)

    def hot(self, batch: Batch, seconds: float) -> tuple[int, list[str]]:
        """Every order takes the first stock row and one of the others."""
        form = Form.of(self.port, batch)
        first, *others = rows_of([batch])[batch.pk]

        def phones() -> Iterator[Phone]:
            while True:
                yield order(form, next(self.homes), [first, self.dice.choice(others)])

        return self.send(phones(), seconds)

    def sold_out(self, batch: Batch, seconds: float) -> tuple[int, list[str]]:
        form = Form.of(self.port, batch)
        (row, *_others) = rows_of([batch])[batch.pk]
        phones = (order(form, next(self.homes), [row]) for _ in itertools.count())
        return self.send(phones, seconds, word="sold_out")

    def send(
        self, phones: Iterator[Phone], seconds: float, word: str = "accepted"
    ) -> tuple[int, list[str]]:
        """How many ended with ``word``, and all other words."""
        said = [w for w, _ in Exchange(self.port, lines=LINES).run(phones, seconds)]
        return said.count(word), [w for w in said if w != word]

    def burst(self, batch: Batch, residents: int = 256) -> tuple[float, list[str]]:
        """All at once, each on a connection of its own: p99 in ms, and what was no order."""
        form = Form.of(self.port, batch)
        (row, *_others) = rows_of([batch])[batch.pk]
        phones = (order(form, next(self.homes), [row]) for _ in range(residents))
        answers = Exchange(self.port, lines=residents, fresh=True).run(phones)
        took = sorted(seconds for _word, seconds in answers)
        p99 = 1000 * took[int(len(took) * 0.99)]
        return p99, [word for word, _ in answers if word != "accepted"]


class Form:
    """What a phone learns from the form: the day, and the CSRF pair."""

    def __init__(self, token: str, page: Reply) -> None:
        self.path = f"/g/{token}/order/"
        self.cookies = page.cookies()
        self.fields = dict(hidden(page.body))

    @classmethod
    def of(cls, port: int, batch: Batch) -> "Form":
        path = f"/g/{batch.group_buy.token}/order/?c="
        (reply,) = Exchange(port, lines=1).run([once(get(path))])
        return cls(batch.group_buy.token, reply)


_HIDDEN = re.compile(rb'name="(csrfmiddlewaretoken|batch|key)"[^>]*?value="([^"]*)"')


def hidden(page: bytes) -> list[tuple[str, str]]:
    return [(name.decode(), value.decode()) for name, value in _HIDDEN.findall(page)]


def once(request: bytes) -> Phone:
    return (yield request)


def order(form: Form, home: tuple[int, str, str], rows: list[int]) -> Phone:
    """One POST of a whole form; its word and its seconds."""
    reply = yield post(form.path, filled(form.fields, home, rows), form.cookies)
    return said(reply), reply.seconds


def filled(
    hidden_fields: dict[str, str], home: tuple[int, str, str], rows: list[int]
) -> dict[str, str]:
    compound, building, room = home
    return {
        **hidden_fields,
        "key": secrets.token_urlsafe(16),
        "step": "place",
        "compound": str(compound),
        "building": building,
        "room": room,
        "name": "王阿姨",
        "phone": "13800000000",
        "note": "",
        **{f"q_{row}": "1" for row in rows},
    }


def said(reply: Reply) -> str:
    if reply.status == 302 and "/mine/" in reply.header("location"):
        return "accepted"
    return reply.header("x-refused") or f"error {reply.status}"


def rows_of(batches: list[Batch]) -> dict[int, list[int]]:
    return {
        b.pk: list(b.stock.order_by("pk").values_list("pk", flat=True)) for b in batches
    }
