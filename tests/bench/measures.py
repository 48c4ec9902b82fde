"""Every measurement, one after another; what is compared is measured in the same minute."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path

import django
from django.core.management import call_command

django.setup()

from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from groupbuy.roof.verify import verify  # noqa: E402
from tests import factories  # noqa: E402
from tests.bench import chain, night, orders, pages, product, reference, servers, town  # noqa: E402
from tests.bench.machine import alone  # noqa: E402
from tests.bench.rush import Rush  # noqa: E402

Say = Callable[[str], object]
Pairs = dict[str, list[tuple[float, float]]]
IDLE = {"heartbeat_is_fresh"}


class Bench:
    """What has been measured so far; ``only`` names what to measure, all if empty."""

    def __init__(
        self, folder: Path, url: str, *, quick: bool, only: set[str], say: Say
    ) -> None:
        self.folder, self.url, self.quick, self.only, self.say = (
            folder,
            url,
            quick,
            only,
            say,
        )
        self.rounds, self.seconds = (1, 2.0) if quick else (3, 5.0)
        self.figures: Pairs = {}
        self.notes: list[str] = []

    @cached_property
    def world(self) -> town.World:
        return town.build(30 if self.quick else 300)

    def wants(self, *names: str) -> bool:
        return not self.only or bool(self.only.intersection(names))

    def add(self, name: str, value: float, base: float = 1.0) -> None:
        self.figures.setdefault(name, []).append((value, base))
        self.say(f"{name}: {value:.4g} beside {base:.4g}")

    # The rush

    def rush(self) -> None:
        world = self.world
        spread = [world.sale(20) for _ in range(10)]
        hot, empty = world.sale(20), world.sale(1, quota=0)
        look = world.sale(30)
        with servers.web(self.folder) as port:
            rush = Rush(world, port)
            warm = [rush.spread(spread, 1), rush.hot(hot, 1), rush.hot(look, 1)]
            self.say(f"warm: {[done for done, _ in warm]} {warm[0][1][:3]}")
            for _ in range(self.rounds):
                self.orders(rush, spread, hot, empty)
                self.looks(world, port, look)
        self.books_are_right()

    def orders(self, rush: Rush, spread, hot, empty) -> None:  # type: ignore[no-untyped-def]
        s = self.seconds
        if self.wants("order_spread"):
            base, _ = alone(lambda: self.reference(hot=False), self.say)
            (done, other), spent = alone(lambda: rush.spread(spread, s), self.say)
            assert not other, other[:3]
            self.add("order_spread", done / s, base)
            self.notes.append(f"CPU-ms per order: {1000 * spent.own_cpu / done:.2f}")
        if self.wants("order_hot", "sold_out"):
            base, _ = alone(lambda: self.reference(hot=True), self.say)
            (done, other), _ = alone(lambda: rush.hot(hot, s), self.say)
            assert not other, other[:3]
            self.add("order_hot", done / s, base)
            (refused, other), _ = alone(lambda: rush.sold_out(empty, s), self.say)
            assert not other, other[:3]
            self.add("sold_out", refused / s, done / s)
        if self.wants("order_burst"):
            (p99, other), _ = alone(lambda: rush.burst(hot), self.say)
            assert not other, other[:3]
            self.add("order_burst", p99)

    def reference(self, *, hot: bool) -> float:
        return reference.orders_per_second(self.url, hot=hot, seconds=self.seconds)

    def looks(self, world: town.World, port: int, look) -> None:  # type: ignore[no-untyped-def]
        s, token = self.seconds, look.group_buy.token
        if self.wants("journey", "link"):
            bare, _ = alone(lambda: pages.bare_per_second(port, s), self.say)
            done, _ = alone(
                lambda: pages.journeys_per_second(world, port, look, s), self.say
            )
            self.add("journey", done, bare)
            seen, _ = alone(
                lambda: pages.pages_per_second(port, f"/g/{token}/", s), self.say
            )
            self.add("link", seen, bare)
        if self.wants("link_bytes"):
            size, requests = pages.first_visit(port, token)
            assert requests <= 4, f"{requests} requests"
            self.add("link_bytes", size)

    # The night

    def night(self) -> None:
        full = 10_000 if self.quick else 100_000
        world = self.world
        for _ in range(self.rounds):
            small = self.one_night(world, full // 10, growth=False)
            large = self.one_night(world, full, growth=True)
            work = ("close_and_build", "sheets")
            self.add(
                "close_growth", sum(large[p] for p in work), sum(small[p] for p in work)
            )
            worst = max(
                ("own_mb", "child_mb"), key=lambda name: large[name] / small[name]
            )
            self.add("close_memory", large[worst], small[worst])

    def one_night(
        self, world: town.World, count: int, *, growth: bool
    ) -> dict[str, float]:
        batch = world.sale(20)
        orders.fill(batch, count)
        if growth:
            self.office(world, batch.pk)
        base, _ = alone(lambda: night.by_hand(batch.pk), self.say)
        made = night.product(batch.pk, "close_and_build", "sheets", "excel")
        if growth:
            self.add("close_100k", made["close_and_build"], base)
            self.add(
                "sheets_100k", made["sheets"], night.bare_sheets(self.jobs(batch.pk))
            )
            cells = product.cells(batch.pk)
            self.add("excel_100k", made["excel"], night.bare_excel(cells))
            self.books()
        return made

    def jobs(self, batch_id: int) -> list[bytes]:
        """Asked for again: what is stored is not made twice, so the shelf is emptied first."""
        from delivery.models import Sheet  # noqa: PLC0415

        Sheet.objects.filter(batch=batch_id).delete()
        return product.job_lines(batch_id)

    def books(self) -> None:
        started = timezone.now()
        self.books_are_right()
        self.add("verify_100k", (timezone.now() - started).total_seconds())

    def books_are_right(self) -> None:
        """After every load; only the clockwork, which does not run here, may be missed."""
        broken = [b for b in verify(now=timezone.now()).broken if b.rule not in IDLE]
        assert not broken, broken[:3]

    def office(self, world: town.World, batch_id: int) -> None:
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(factories.make_town_staff(world.town))
        for n in range(2):  # the first look loads templates
            started = timezone.now()
            assert client.get(f"/desk/batches/{batch_id}/").status_code == 200
            took = (timezone.now() - started).total_seconds()
            if n:
                self.add("staff_100k", 1000 * took)


def measure(
    folder: Path, url: str, *, quick: bool, only: set[str], say: Say
) -> tuple[Pairs, list[str]]:
    """All figures as (value, beside) pairs, one for each round, and remarks."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    bench = Bench(folder, url, quick=quick, only=only, say=say)
    rush = (
        "order_spread",
        "order_hot",
        "sold_out",
        "order_burst",
        "journey",
        "link",
        "link_bytes",
    )
    if bench.wants(*rush):
        bench.rush()
    if bench.wants("chain_10k"):
        for _ in range(bench.rounds):
            bench.add("chain_10k", alone(chain.seconds, say)[0])
    if not only or only - {*rush, "chain_10k"}:
        bench.night()
    return bench.figures, bench.notes
