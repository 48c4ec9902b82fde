"""Where the rows play: one database, one broker, one site, and what is asked after each row."""

import os
import re
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from tests.chaos.crowd import MINE, Crowd, Day, Home, Line, Reply
from tests.chaos.database import Cluster
from tests.chaos.judge import Seen, judge
from tests.chaos.site import Broker, Site, production, until
from tests.chaos.told import Told

if TYPE_CHECKING:
    from tests.chaos.town import Town

CrowdKind = TypeVar("CrowdKind", bound=Crowd)
TICK_WITHIN = 60.0  # seconds: a beat is 15, a worker starts in 5, reconnecting takes 10
STAFF, PASSWORD = "chaos-desk", "only-for-the-chaos"
KEPT = "SELECT number, home_key FROM orders_order WHERE batch_id = %s"
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|batch|key)"[^>]*?value="([^"]*)"')


@contextmanager
def standing(prefix: str, **kind: Any) -> Iterator["Ground"]:
    """A ground in a folder of its own; nothing of it stays, however the block ends."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    folder.chmod(0o755)  # PostgreSQL may run as another user
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        ground = Ground(folder, **kind)
        try:
            yield ground
        finally:
            ground.end()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Ground:
    """Built once; a row that needs a site of another kind starts its own beside it."""

    def __init__(self, folder: Path, *, settings: str, compounds: int = 4) -> None:
        """``settings``: the module that the site runs with."""
        self.folder = folder
        self.cluster = Cluster(folder / "postgres")
        self.cluster.make()
        self.broker = Broker(folder / "broker")
        self.settings = production(self.broker.url, settings)
        given = self.settings | {"DATABASE_URL": self.cluster.url}
        os.environ.update(given, VAR_DIR=str(folder / "site"))
        self.town = self._town(compounds)
        self.site = self.another_site("site", self.cluster)
        self.until_tick()  # a row may set its sign of life back, so there must be one
        self.crowds: list[Crowd] = []
        self.homes: dict[int, Iterator[Home]] = {}

    @property
    def beat(self) -> float:
        """Seconds between two ticks of the site."""
        from django.conf import settings  # noqa: PLC0415 - needs the address

        return float(settings.CELERY_BEAT_SCHEDULE["tick"]["schedule"])

    def another_site(self, name: str, cluster: Cluster) -> Site:
        """On this database, with the same broker."""
        return Site(self.folder / name, cluster.url, self.settings)

    def _town(self, compounds: int) -> "Town":
        import django  # noqa: PLC0415 - needs the address of the database

        django.setup()
        from tests.chaos.town import Town  # noqa: PLC0415

        return Town(STAFF, PASSWORD, compounds)

    def day(self, **kind: int) -> Day:
        """A fresh one, as the site's own form shows it."""
        return self.form(self.town.open_day(**kind))

    def form(self, batch: object, site: Site | None = None) -> Day:
        path = f"/g/{batch.group_buy.token}/order/"  # type: ignore[attr-defined]
        page = (site or self.site).get(path + "?c=")
        fields = dict(HIDDEN.findall(page.page))
        if int(fields["batch"]) != batch.pk:  # type: ignore[attr-defined]
            raise RuntimeError("the form is of another day")
        sql = "SELECT id FROM catalog_stock WHERE batch_id = %s ORDER BY id"
        rows = tuple(pk for (pk,) in self.cluster.rows(sql, [batch.pk]))  # type: ignore[attr-defined]
        return Day(batch.pk, path, fields, page.cookie, rows)  # type: ignore[attr-defined]

    @contextmanager
    def ordering(
        self,
        day: Day,
        told: Told,
        site: Site | None = None,
        kind: Callable[[int, Day, Iterator[Home]], CrowdKind] = Crowd,  # type: ignore[assignment]
    ) -> Iterator[CrowdKind]:
        """Fifty orders a second for this day until the block ends."""
        homes = self.homes.setdefault(day.batch, self.town.homes())
        crowd = kind((site or self.site).port, day, homes)
        self.crowds.append(crowd)
        with crowd:
            yield crowd
        told.count(crowd.accepted, crowd.refused, crowd.lost)
        told.expect(not crowd.wordless, f"no words: {crowd.wordless[:1]}")
        told.expect(crowd.accepted, "nobody could order")

    def nobody(self, day: Day) -> Crowd:
        """A crowd that only keeps what single residents of the row saw."""
        homes = self.homes.setdefault(day.batch, self.town.homes())
        for crowd in self.crowds:
            if crowd.day == day:
                return crowd
        self.crowds.append(Crowd(self.site.port, day, homes))
        return self.crowds[-1]

    def shut(self, day: Day, seconds: float = 6.0) -> float:
        """Its cutoffs were so many seconds ago: it is due to be closed. Gives their instant
        (``time.monotonic``), later by no more than the statement took to come back."""
        sql = (
            "UPDATE catalog_batch SET until_link = now() - %s * interval '1 second',"
            " until_heads = now() - %s * interval '1 second' WHERE id = %s"
        )
        self.cluster.do(sql, [seconds, seconds, day.batch])
        return time.monotonic() - seconds

    def timer(self, told: Told) -> None:
        """What ``groupbuy-tick.timer`` runs every two minutes, once."""
        began = time.monotonic()
        done = self.site.manage("close_due")
        told.note(f"close_due took {time.monotonic() - began:.1f} s")
        told.expect(done.returncode == 0, f"close_due: {done.stderr[-300:]}")

    def is_built(self, day: Day) -> bool:
        sql = "SELECT 1 FROM delivery_paperwork WHERE batch_id = %s"
        return bool(self.cluster.rows(sql, [day.batch]))

    def until_built(self, day: Day, told: Told, within: float = TICK_WITHIN) -> None:
        took = until(lambda: self.is_built(day), "the day was not closed", within)
        told.note(f"closed and built by itself after {took:.0f} s")

    def expect_one_closing(self, day: Day, told: Told) -> None:
        """Closed once, built once, and every order that was seen is on the lists."""
        told.faults += self.town.closings(day.batch)
        seen = {one.number for crowd in self.crowds for one in crowd.seen}
        left = seen - self.town.listed(day.batch)
        told.expect(not left, f"{len(left)} accepted orders are on no list")

    def age_of_tick(self) -> float:
        """Seconds since the clockwork's last sign of life."""
        sql = "SELECT extract(epoch FROM now() - at) FROM community_heartbeat WHERE name = 'tick'"
        found = self.cluster.rows(sql)
        return float(found[0][0]) if found else float("inf")

    def until_tick(self, within: float = TICK_WITHIN) -> float:
        """Seconds until the next one."""
        began = time.monotonic()
        return until(
            lambda: self.age_of_tick() < time.monotonic() - began, "no tick", within
        )

    def after(self, told: Told) -> None:
        """The same for every row: whole by itself, each seen order there once, good books."""
        until(self.site.is_whole, "the site is not whole again", 45)
        if self.age_of_tick() > 60:
            self.until_tick()
        crowds, self.crowds = self.crowds, []
        self.judge_by(self.cluster, self.site, crowds, told)
        for crowd in crowds:
            self.town.end(crowd.day.batch)

    def judge_by(
        self, cluster: Cluster, site: Site, crowds: list[Crowd], told: Told
    ) -> None:
        """What these residents saw, and the books, by this database."""
        for crowd in crowds:
            kept = cluster.rows(KEPT, [crowd.day.batch])
            told.faults += judge(crowd.seen, [Seen(*row) for row in kept])[:5]
            expect_page(site, crowd, told)
        is_ours = site is self.site
        told.expect_books(self.town.verify() if is_ours else site.manage("verify"))

    def sign_in(self, name: str, password: str, port: int = 0) -> Reply:
        """The reply to the filled-in sign-in page."""
        line = Line(port or self.site.port)
        page = line.get("/sign-in/")
        fields = dict(HIDDEN.findall(page.page))
        body = urlencode({**fields, "username": name, "password": password})
        reply = line.post("/sign-in/", body, page.cookie)
        line.hang_up()
        return reply

    def alarms(self, port: int = 0) -> str:
        """What town staff hear on the day's page, in English; "" when all is well."""
        signed_in = self.sign_in(STAFF, PASSWORD, port)
        line = Line(port or self.site.port)
        said = line.get("/desk/state/?lang=en", signed_in.cookie)
        line.hang_up()
        if said.status != 200:
            raise RuntimeError(f"the staff's page says {said.status}")
        return said.page.strip()

    def mend(self) -> None:
        """After a row that broke off: everything as the next one expects it."""
        if not self.cluster.is_running():
            self.cluster.start()
        self.broker.go_on()
        if self.broker.process.poll() is not None:
            self.broker.start()
        for program in ("tick", "beat", "render"):
            self.site.send(program, signal.SIGCONT)
        self.crowds.clear()
        until(self.site.is_whole, "the site is not whole again", 60)

    def end(self) -> None:
        self.site.end()
        self.broker.go_on()
        self.broker.stop()
        if self.cluster.is_running():
            self.cluster.stop()


def expect_page(site: Site, crowd: Crowd, told: Told) -> None:
    """The last resident looks at the order."""
    if not crowd.cookie:
        return
    cookie = next(x for x in crowd.cookie.split("; ") if x.startswith("orders="))
    page = site.get("/mine/", cookie)
    shown = set(MINE.findall(page.page)) & {one.number for one in crowd.seen}
    told.expect(page.status == 200 and shown, f"/mine/ says {page.status}, {shown}")
