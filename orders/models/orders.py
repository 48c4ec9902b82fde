"""One home's order in one batch, its lines, and what each home has taken of a stock row."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Batch, Stock
from groupbuy.community.models import Building, Compound
from orders.states import Channel, OrderState


class Order(models.Model):
    """订单. Where to, for whom, and what it came to; contents stand in its lines.

    ``home_key`` is the canonical home, roster or not. ``token_hash`` opens it for its owner,
    ``submit_hash`` makes one form one order. Name and phone are erased on schedule.
    """

    batch = models.ForeignKey(  # found by the indexes below, which begin with it
        Batch, models.PROTECT, related_name="orders", db_index=False
    )
    compound = models.ForeignKey(Compound, models.PROTECT, related_name="orders")
    in_building = models.ForeignKey(
        Building, models.PROTECT, null=True, blank=True, related_name="orders"
    )
    building = models.CharField(_("building"), max_length=20)
    unit = models.CharField(_("unit"), max_length=10, blank=True)
    room = models.CharField(_("room"), max_length=20)
    building_sort = models.CharField(max_length=64)
    room_sort = models.CharField(max_length=64)
    home_key = models.CharField(max_length=80)
    bring_to_door = models.BooleanField(_("bring to the door"), default=False)

    channel = models.CharField(max_length=10, choices=Channel, default=Channel.LINK)
    state = models.CharField(
        max_length=10, choices=OrderState, default=OrderState.STANDING
    )
    number = models.CharField(_("order number"), max_length=12, unique=True)
    name = models.CharField(_("what to call you"), max_length=20, blank=True)
    name_in_feed = models.BooleanField(default=False)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    note = models.CharField(_("note"), max_length=60, blank=True)

    total_cents = models.PositiveIntegerField()
    # Of all its lines; None where an older release wrote it: then its lines say it. No check
    # in the database, which would read the whole table while nobody can order.
    pieces = models.IntegerField(null=True)
    paid_cents = models.PositiveIntegerField(default=0)
    paid_at = models.DateTimeField(null=True, blank=True)
    placed_at = models.DateTimeField()
    accepted_until = models.DateTimeField()
    late_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    late_reason = models.CharField(max_length=200, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=1)

    submit_hash = models.CharField(max_length=64, unique=True)
    body_hash = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="order_in_time_or_reasoned",
                condition=Q(placed_at__lt=F("accepted_until")) | ~Q(late_reason=""),
            ),
            models.CheckConstraint(
                name="order_state_known", condition=Q(state__in=OrderState.values)
            ),
            models.CheckConstraint(
                name="order_ended_has_instant",
                condition=Q(state=OrderState.STANDING) | Q(ended_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["batch", "compound"], name="order_batch_compound"),
            models.Index(fields=["batch", "home_key"], name="order_batch_home"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def due_cents(self) -> int:
        """Still to be paid, to the committee or at the door; below zero: to be given back."""
        owed = self.total_cents if self.state == OrderState.STANDING else 0
        return owed - self.paid_cents

    @property
    def home(self) -> str:
        """``3-502`` or ``3-1-502``: the home within its compound."""
        return "-".join(p for p in (self.building, self.unit, self.room) if p)


class OrderLine(models.Model):
    """So many of one stock row; the price is the stock row's, frozen."""

    order = models.ForeignKey(  # found by its constraint, as a home's use is
        Order, models.CASCADE, related_name="lines", db_index=False
    )
    stock = models.ForeignKey(Stock, models.PROTECT, related_name="lines")
    quantity = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["stock_id"]
        constraints = [
            models.UniqueConstraint(fields=["order", "stock"], name="line_stock_once"),
            models.CheckConstraint(name="line_quantity", condition=Q(quantity__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.stock_id} × {self.quantity}"


class HomeUse(models.Model):
    """每户已购: how much of a stock row one home holds, over all its orders."""

    stock = models.ForeignKey(
        Stock, models.PROTECT, related_name="home_uses", db_index=False
    )
    home_key = models.CharField(max_length=80)
    quantity = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stock", "home_key"], name="home_use_once"),
            models.CheckConstraint(
                name="home_use_positive", condition=Q(quantity__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stock_id} {self.quantity}"
