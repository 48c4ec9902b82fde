"""What is tapped at a door: it may come hours later, from a phone that had no network."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models

from orders.models import Order


@dataclass(frozen=True, slots=True)
class Tap:
    """One tap: the home of ``order_id`` has its goods (``reached``), or has not after all.

    ``at`` is when the thumb came down, by the server's clock as that phone knew it.
    """

    order_id: int
    reached: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Settled:
    """What is true of that home now; ``since`` is None where nobody ever tapped.

    ``is_gone``: the order has been taken off the list, and the tap with it.
    """

    tap: Tap
    reached: bool
    since: datetime | None
    is_gone: bool = False

    @property
    def is_overruled(self) -> bool:
        """Somebody else tapped later, and something else."""
        return not self.is_gone and self.reached != self.tap.reached


class TakenBack(models.Model):
    """取消的勾: when an order's tick was last taken back. An older tick that comes now is void."""

    order = models.OneToOneField(Order, models.PROTECT, related_name="taken_back")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.order_id}"
