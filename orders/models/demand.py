"""想要: a wish for something sold out, one per device."""

from django.db import models

from catalog.models import Stock
from groupbuy.community.models import Compound


class Demand(models.Model):
    """One device's wish; the device is a random cookie, kept as a keyed hash only."""

    stock = models.ForeignKey(Stock, models.CASCADE, related_name="demands")
    compound = models.ForeignKey(Compound, models.PROTECT, null=True, related_name="+")
    device_hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stock", "device_hash"], name="demand_once")
        ]

    def __str__(self) -> str:
        return f"{self.stock_id}"
