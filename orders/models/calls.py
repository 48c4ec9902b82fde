"""打电话: homes that are called when no order came from them."""

from django.conf import settings
from django.db import models

from catalog.models import Batch
from groupbuy.community.models import Household


class Call(models.Model):
    """A home of the call list was called about one batch: when, and by whom."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="calls")
    household = models.ForeignKey(Household, models.CASCADE, related_name="calls")
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "household"], name="call_once")
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.household_id}"
