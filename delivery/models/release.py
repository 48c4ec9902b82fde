"""放行: a document of many homes leaves by two people's hands."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from delivery.models.sheets import Sheet


class Release(models.Model):
    """One person asks for one stored document, another of the town lets it go, and the first
    takes it once, before ``until``. It goes when the document is shredded; the log stays.
    """

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="releases")
    homes = models.PositiveIntegerField()
    reason = models.CharField(_("What it is needed for"), max_length=200)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    until = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="release_by_two",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="release_confirmed_first",
                condition=Q(
                    confirmed_by__isnull=True,
                    confirmed_at__isnull=True,
                    taken_at__isnull=True,
                )
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.asked_at:%F %T}"
