"""Closing's result, frozen: what each compound receives, what each supplier brings."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from catalog.models import Batch, Stock, Supplier
from groupbuy.community.models import Compound, Gate
from orders.models import Order, OrderLine


class PickupList(models.Model):
    """提货单: one compound's lines of one batch, a version; immutable once made.

    The current version has ``void_at`` empty; ``printed_at`` ends whole new versions.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="pickup_lists")
    compound = models.ForeignKey(Compound, models.PROTECT, related_name="pickup_lists")
    version = models.PositiveIntegerField()
    homes = models.PositiveIntegerField()
    packages = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    printed_at = models.DateTimeField(null=True, blank=True)
    void_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "compound", "version"], name="pickup_list_version_once"
            ),
            models.UniqueConstraint(
                fields=["batch", "compound"],
                condition=Q(void_at__isnull=True),
                name="pickup_list_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.compound} v{self.version}"


class PickupLine(models.Model):
    """One order line on a list: copied, so that nothing later can change the paper.

    Name and phone are not copied; a sheet takes the name from the order when rendered.
    """

    pickup_list = models.ForeignKey(PickupList, models.PROTECT, related_name="lines")
    order = models.ForeignKey(Order, models.PROTECT, related_name="pickup_lines")
    order_line = models.ForeignKey(
        OrderLine, models.PROTECT, related_name="pickup_lines"
    )
    stock = models.ForeignKey(Stock, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    gate = models.ForeignKey(Gate, models.PROTECT, related_name="+")
    building = models.CharField(max_length=20)
    unit = models.CharField(max_length=10, blank=True)
    room = models.CharField(max_length=20)
    building_sort = models.CharField(max_length=64)
    room_sort = models.CharField(max_length=64)
    home_key = models.CharField(max_length=80)
    code = models.CharField(max_length=3)
    quantity = models.PositiveIntegerField()
    note = models.CharField(max_length=60, blank=True)
    bring_to_door = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pickup_list", "order_line"], name="pickup_line_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.building}-{self.room} {self.code}×{self.quantity}"


class SupplyOrder(models.Model):
    """供货单: what one supplier brings in one batch; versioned with the lists."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="supply_orders")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="supply_orders")
    version = models.PositiveIntegerField()
    packages = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    void_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "supplier", "version"],
                name="supply_order_version_once",
            ),
            models.UniqueConstraint(
                fields=["batch", "supplier"],
                condition=Q(void_at__isnull=True),
                name="supply_order_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.supplier} v{self.version}"


class SupplyLine(models.Model):
    """So many of one package to one gate."""

    supply_order = models.ForeignKey(SupplyOrder, models.PROTECT, related_name="lines")
    gate = models.ForeignKey(Gate, models.PROTECT, related_name="+")
    stock = models.ForeignKey(Stock, models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supply_order", "gate", "stock"], name="supply_line_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.gate_id} {self.stock_id}×{self.quantity}"


class Difference(models.Model):
    """差异单: a numbered correction after printing. ``delta`` may be negative."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="differences")
    number = models.PositiveIntegerField()
    order_line = models.ForeignKey(
        OrderLine, models.PROTECT, related_name="differences"
    )
    stock = models.ForeignKey(Stock, models.PROTECT, related_name="+")
    compound = models.ForeignKey(Compound, models.PROTECT, related_name="+")
    gate = models.ForeignKey(Gate, models.PROTECT, related_name="+")
    delta = models.IntegerField()
    reason = models.CharField(max_length=200)
    by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="difference_once"),
            models.CheckConstraint(name="difference_changes", condition=~Q(delta=0)),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} #{self.number}"
