"""The town that orders: compounds of 340 homes; a day of its own for every row."""

import io
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.management import call_command
from django.db import connections, transaction
from django.utils import timezone

from catalog.models import Batch
from delivery.models import Paperwork, PickupLine, PickupList
from groupbuy.community.models import LogEntry
from orders.models import Order
from tests import factories
from tests.bench import orders
from tests.bench import town as bench
from tests.chaos.crowd import Home

COMPOUNDS, PACKAGES, QUOTA = 4, 6, 1_000_000


class Town:
    """Written and read through the product's models; keeps no connection between two calls."""

    def __init__(
        self, staff_name: str, password: str, compounds: int = COMPOUNDS
    ) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        self.world = bench.build(compounds, PACKAGES)
        staff = factories.make_town_staff(self.world.town, name=staff_name)
        staff.set_password(password)
        staff.save()
        connections.close_all()

    def homes(self) -> Iterator[Home]:
        return (Home(*home) for home in bench.homes(self.world))

    def open_day(self, *, compounds: int | None = None, offers: int = 4) -> Batch:
        """A group buy of its own, published, with one day that is open for eight hours."""
        served = bench.World(
            self.world.town, self.world.compounds[:compounds], self.world.packages
        )
        with transaction.atomic():  # the clockwork, which is running, must not open it
            day = served.sale(offers, quota=QUOTA)
        connections.close_all()
        return day

    def full_day(
        self, orders_on_it: int, *, compounds: int = 1, offers: int = 2
    ) -> Batch:
        """A day, ordered for and due to be closed, made without the site."""
        day = self.open_day(compounds=compounds, offers=offers)
        orders.fill(day, orders_on_it)
        connections.close_all()
        return day

    def waiting(self) -> int:
        """A group buy whose first day is still to be opened."""
        today = timezone.localdate()
        with transaction.atomic():
            group_buy = factories.make_group_buy(
                self.world.town, self.world.compounds[:1], starts_on=today, lead_days=2
            )
            factories.make_offer(group_buy, "A", package=self.world.packages[0])
        connections.close_all()
        return group_buy.pk

    def cutoffs(self, group_buy: int) -> tuple[datetime, datetime]:
        """When its first day ends, for residents and for heads."""
        day = Batch.objects.get(group_buy=group_buy)
        self.end(day.pk)
        return day.until_link, day.until_heads

    def move_back(self, batch: int, by: timedelta) -> None:
        """The day ended that long ago, and all that was ordered was ordered before."""
        ended = timezone.now() - by
        Batch.objects.filter(pk=batch).update(
            opens_at=ended - timedelta(hours=8), until_link=ended, until_heads=ended
        )
        Order.objects.filter(batch=batch).update(
            placed_at=ended - timedelta(minutes=5), accepted_until=ended
        )
        connections.close_all()

    def end(self, batch: int) -> None:
        """Its group buy opens no further day."""
        found = Batch.objects.select_related("group_buy").get(pk=batch)
        found.group_buy.ended_at = timezone.now()
        found.group_buy.save(update_fields=["ended_at"])
        connections.close_all()

    def closings(self, batch: int) -> list[str]:
        """What is not as one closing and one building leave it, in words."""
        by_verb = LogEntry.objects.filter(subject="batch", subject_id=batch)
        faults = [
            f"{verb} was done {n} times"
            for verb in ("close_batch", "build_lists")
            if (n := by_verb.filter(verb=verb).count()) != 1
        ]
        lists = PickupList.objects.filter(batch=batch)
        if lists.values("compound").distinct().count() != lists.count():
            faults.append("a compound has two lists")
        if Paperwork.objects.filter(batch=batch, version=1).count() != 1:
            faults.append("the lists are not of version 1")
        connections.close_all()
        return faults

    def verify(self) -> "subprocess.CompletedProcess[str]":
        """``manage.py verify``, without a process of its own."""
        said, status = io.StringIO(), 0
        try:
            call_command("verify", stdout=said)
        except SystemExit as end:
            status = int(end.code or 0)
        connections.close_all()
        return subprocess.CompletedProcess(["verify"], status, said.getvalue(), "")

    def listed(self, batch: int) -> set[str]:
        """Numbers of the orders that are on the day's lists."""
        lines = PickupLine.objects.filter(pickup_list__batch=batch)
        found = set(lines.values_list("order__number", flat=True))
        connections.close_all()
        return found
