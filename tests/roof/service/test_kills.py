"""kill -9 in the middle of a load and of closing: nothing accepted is lost, nothing is double."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.db import connection
from django.utils import timezone

from catalog.models import Batch
from delivery.models import PickupLine, PickupList
from groupbuy.roof.simulate.phone import Phone
from groupbuy.roof.simulate.residents import Resident, residents
from groupbuy.roof.verify import verify
from orders.models import Order
from tests.browser.resident import open_day
from tests.roof.service.running import ROOT, Service, eventually, service

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
PHONES, AT_LEAST, AT_MOST = 8, 150, 700  # orders at once, and in all
SOON = 20  # seconds until orders flow again


class Witness(Phone):
    """A phone that then looks at its orders: there is this one, with its number."""

    number = ""

    def order(self, resident: Resident, token: str) -> tuple[str, float]:
        word, took = super().order(resident, token)
        if word == "accepted":
            _status, _headers, page = self.request("GET", "/mine/")
            (self.number,) = re.findall(r"/mine/(\d+)/", page)
        return word, took


@dataclass
class Crowd:
    """Residents who order until the killing is over; ``seen`` are numbers of success pages."""

    base: str
    batch: Batch
    seen: list[str] = field(default_factory=list)
    words: Counter[str] = field(default_factory=Counter)
    is_over: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.waiting = iter(list(residents(self.batch.group_buy, AT_MOST)))

    def order(self) -> None:
        with ThreadPoolExecutor(PHONES) as phones:
            list(phones.map(self.one_phone, range(PHONES)))

    def one_phone(self, _number: int) -> None:
        with closing_phone(Witness(self.base)) as phone:
            for resident in self.waiting:
                if self.is_over.is_set() and self.words.total() >= AT_LEAST:
                    return
                word, _took = phone.order(resident, self.batch.group_buy.token)
                self.words[word] += 1
                if word == "accepted":
                    self.seen.append(phone.number)
                time.sleep(0.02)


@contextmanager
def closing_phone(phone: Witness) -> Iterator[Witness]:
    try:
        yield phone
    finally:
        phone.hang_up()


@pytest.fixture
def running(tmp_path: Path, transactional_db: None) -> Iterator[Service]:
    """The real service, with its real settings, on this test's own database."""
    (tmp_path / "static").mkdir()
    # Nobody looks at the pages: their files need names, but no packing, which takes seconds.
    names = {name: name for f in get_finders() for name, _storage in f.list([])}
    manifest = {"version": "1.1", "hash": "", "paths": names}
    (tmp_path / "static" / "staticfiles.json").write_text(json.dumps(manifest))
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        (tmp_path / "groupbuy.sqlite3").symlink_to(name)
        where = {}
    else:
        url = urlsplit(os.environ["TEST_DATABASE_URL"])._replace(path=f"/{name}")
        where = {"DATABASE_URL": url.geturl(), "SECRET_KEY": settings.SECRET_KEY}
    with service(tmp_path, **where) as started:
        yield started


def kill(process: psutil.Process | None) -> None:
    assert process is not None
    process.kill()


def kill_by_turns(running: Service, crowd: Crowd) -> None:
    """A web worker, the tick's worker, the web's main process, each in the middle of orders."""
    for victim in ("web worker", "tick", "granian"):
        before = len(crowd.seen)
        eventually(
            lambda before=before: len(crowd.seen) > before + 15, running.log, SOON
        )
        if victim == "web worker":
            web = running.child("granian")
            kill(web and web.children()[0])
        else:
            kill(running.child(victim))
    before = len(crowd.seen)
    eventually(lambda: len(crowd.seen) > before + 15, running.log, SOON)


def close_due(running: Service, batch: Batch) -> subprocess.Popen[bytes]:
    now = (batch.until_last + timedelta(seconds=10)).isoformat()
    command = [sys.executable, "manage.py", "close_due", "--now", now]
    return subprocess.Popen(
        command, cwd=ROOT, env=running.environment, stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip


def missing(seen: list[str]) -> set[str]:
    return set(seen) - set(Order.objects.values_list("number", flat=True))


def broken() -> list[str]:
    return [finding.rule for finding in verify(now=timezone.now()).broken]


def lose(order: Order) -> None:
    """As a crash would that forgets what it had answered for; stock and lists remember."""
    PickupLine.objects.filter(order=order).delete()
    order.lines.all().delete()
    order.delete()


def test_what_was_accepted_outlives_every_kill(running: Service) -> None:
    batch = open_day("ABCD")
    crowd = Crowd(f"http://127.0.0.1:{running.port}", batch)
    with ThreadPoolExecutor(1) as apart:
        load = apart.submit(crowd.order)
        try:
            kill_by_turns(running, crowd)
        finally:
            crowd.is_over.set()
        load.result()

    assert set(crowd.words) == {"accepted"}
    assert len(crowd.seen) >= AT_LEAST
    assert missing(crowd.seen) == set()
    assert Order.objects.count() == len(set(crowd.seen)), "a retry is the same order"

    closing = close_due(running, batch)
    closed = Batch.objects.filter(pk=batch.pk, state=Batch.State.CLOSED)
    while not closed.exists() and closing.poll() is None:
        time.sleep(0.002)
    closing.kill()
    kill(running.child("tick"))
    assert closing.wait() == -signal.SIGKILL, "in the middle"
    eventually(lambda: close_due(running, batch).wait() == 0, running.log)
    eventually(running.is_whole, running.log)

    assert broken() == []
    listed = PickupList.objects.filter(batch=batch, void_at=None)
    assert {
        n for one in listed for n in one.lines.values_list("order__number", flat=True)
    } == (set(crowd.seen))

    lose(Order.objects.get(number=crowd.seen[0]))
    assert missing(crowd.seen) == {crowd.seen[0]}, "the control: a lost order is missed"
    assert "stock_matches_orders" in broken()
