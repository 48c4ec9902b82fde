"""Stored documents, and how far a batch's paperwork has come."""

from django.db import models
from django.db.models import Q

from catalog.models import Batch, Supplier
from delivery.states import SheetKind
from groupbuy.community.models import Compound


class Sheet(models.Model):
    """配送单: one stored printable document of one version of the lists."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="sheets")
    kind = models.CharField(max_length=15, choices=SheetKind)
    compound = models.ForeignKey(Compound, models.PROTECT, null=True, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField()
    file = models.FileField(max_length=200)
    pages = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "kind", "version", "compound"],
                condition=Q(compound__isnull=False),
                name="sheet_once_a_compound",
            ),
            models.UniqueConstraint(
                fields=["batch", "kind", "version", "supplier"],
                condition=Q(supplier__isnull=False),
                name="sheet_once_a_supplier",
            ),
            models.UniqueConstraint(
                fields=["batch", "kind", "version"],
                condition=Q(compound__isnull=True, supplier__isnull=True),
                name="sheet_once_a_batch",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.kind} v{self.version}"


class Paperwork(models.Model):
    """Progress of building and rendering one batch, for the bar on the page.

    A row appears with the lists (same transaction), so the row also says "built".
    """

    batch = models.OneToOneField(Batch, models.PROTECT, related_name="paperwork")
    version = models.PositiveIntegerField()
    built_at = models.DateTimeField()
    sheets_total = models.PositiveIntegerField(default=0)
    sheets_done = models.PositiveIntegerField(default=0)
    rendered_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.batch_id} v{self.version}"
