"""One day of a group buy, and the stock rows that are its one gate."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from catalog.models.groupbuys import GroupBuy, Offer
from catalog.models.supply import PackageVersion, Supplier


class Batch(models.Model):
    """批次. Opens by itself, closes by itself; no order ever writes to this row."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        CALLED_OFF = "called_off", _("called off")

    group_buy = models.ForeignKey(GroupBuy, models.PROTECT, related_name="batches")
    delivery_on = models.DateField(_("delivery date"))
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    opens_at = models.DateTimeField()
    until_link = models.DateTimeField(_("link until"))
    until_heads = models.DateTimeField(_("heads until"))
    window_from = models.TimeField()
    window_to = models.TimeField()
    notice = models.CharField(_("notice"), max_length=80, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    called_off_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["delivery_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["group_buy", "delivery_on"], name="batch_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["group_buy"],
                condition=Q(state="open"),
                name="batch_one_open",
            ),
            models.CheckConstraint(
                name="batch_closed_has_instant",
                condition=~Q(state="closed") | Q(closed_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["state", "until_link"], name="batch_due")]

    def __str__(self) -> str:
        return f"{self.group_buy} {self.delivery_on}"

    @property
    def until_last(self) -> datetime:
        """The last channel's cutoff; closing follows five seconds later."""
        return max(self.until_link, self.until_heads)


class Stock(models.Model):
    """库存: one offer in one batch, frozen when opened; the one gate for every order.

    ``quota`` may be sold, ``reserved`` is sold, ``held`` of the quota is kept for heads and
    proxies, ``reserved_heads`` is what these took. ``is_open`` decides only the race with
    closing; a paused row takes nothing new but still gives back. A row that was called off
    is gone for this day: it leaves every order, and nothing brings it back.
    """

    ON_SALE = Q(is_open=True, paused_at__isnull=True, called_off_at__isnull=True)
    # What a row came to; two numbers of four bytes make one of eight.
    SOLD_CENTS = Cast("reserved", models.BigIntegerField()) * F("price_cents")

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="stock")
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="stock")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="stock")
    version = models.ForeignKey(PackageVersion, models.PROTECT, related_name="stock")
    code = models.CharField(max_length=3)
    title = models.CharField(max_length=60)
    price_cents = models.PositiveIntegerField()
    household_limit = models.PositiveSmallIntegerField()
    quota = models.PositiveIntegerField()
    reserved = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    reserved_heads = models.PositiveIntegerField(default=0)
    is_open = models.BooleanField(default=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    called_off_at = models.DateTimeField(null=True, blank=True)
    called_off_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "stock"
        constraints = [
            models.UniqueConstraint(fields=["batch", "code"], name="stock_code_once"),
            models.UniqueConstraint(fields=["batch", "offer"], name="stock_offer_once"),
            models.CheckConstraint(
                name="stock_never_oversold", condition=Q(reserved__lte=F("quota"))
            ),
            models.CheckConstraint(
                name="stock_heads_within_reserved",
                condition=Q(reserved_heads__lte=F("reserved")),
            ),
            models.CheckConstraint(
                name="stock_reserved_positive", condition=Q(reserved__gte=0)
            ),
            models.CheckConstraint(
                name="stock_heads_positive", condition=Q(reserved_heads__gte=0)
            ),
            models.CheckConstraint(
                name="stock_called_off_has_reason",
                condition=Q(called_off_at__isnull=True) | ~Q(called_off_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def free_for_link(self) -> int:
        """What the link may still sell: the heads' unused share stays theirs."""
        kept = max(self.held - self.reserved_heads, 0)
        return max(self.quota - self.reserved - kept, 0)

    @property
    def left(self) -> int:
        return self.quota - self.reserved
