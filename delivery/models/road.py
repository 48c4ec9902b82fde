"""On the road and at the gate: hand-offs, links, arrivals, doors reached."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Batch, Supplier
from groupbuy.community.models import Compound, Gate
from orders.models import Order


class Handoff(models.Model):
    """交接: one row per (batch, supplier, version): never twice, never none."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="handoffs")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="handoffs")
    version = models.PositiveIntegerField()
    sent_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "supplier", "version"], name="handoff_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.supplier} v{self.version}"


class AccessLink(models.Model):
    """A signed link for one batch: a volunteer's to a compound, or a supplier's.

    The token is derived from ``seed`` and the secret key, kept here as SHA-256 only.
    Revoking a link ends its paper code too; a new link is a new row.
    """

    class Kind(models.TextChoices):
        VOLUNTEER = "volunteer", _("volunteer")
        SUPPLIER = "supplier", _("supplier")

    kind = models.CharField(max_length=10, choices=Kind)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="links")
    compound = models.ForeignKey(Compound, models.PROTECT, null=True, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, null=True, related_name="+")
    seed = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "compound"],
                condition=Q(kind="volunteer", revoked_at__isnull=True),
                name="access_link_one_for_volunteers",
            ),
            models.UniqueConstraint(
                fields=["batch", "supplier"],
                condition=Q(kind="supplier", revoked_at__isnull=True),
                name="access_link_one_for_supplier",
            ),
            models.CheckConstraint(
                name="access_link_place_fits_kind",
                condition=Q(
                    kind="volunteer", compound__isnull=False, supplier__isnull=True
                )
                | Q(kind="supplier", compound__isnull=True, supplier__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.batch_id}"


class Arrival(models.Model):
    """到货: the goods of a batch stand at a gate."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="arrivals")
    gate = models.ForeignKey(Gate, models.PROTECT, related_name="arrivals")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "gate"], name="arrival_once")
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.gate_id}"


class Handover(models.Model):
    """签收: an order reached its door.

    ``again_at``: when a whole building that it is in was last said to be done after that. It
    counts as a tap, and goes with the building's.
    """

    order = models.OneToOneField(Order, models.PROTECT, related_name="handover")
    at = models.DateTimeField()
    again_at = models.DateTimeField(null=True)
    by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.order_id}"
