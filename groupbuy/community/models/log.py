"""The town's own append-only log: who did what, when. Verbs write it, nobody changes it."""

from django.conf import settings
from django.db import models

from groupbuy.community.models.places import Town


class LogEntry(models.Model):
    """One act. ``actor`` is the role's word ("resident", "link", "system") beside the user.

    ``data`` holds ids and numbers, never a name, phone or room. A database trigger refuses
    UPDATE, and DELETE on PostgreSQL.
    """

    town = models.ForeignKey(Town, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    actor = models.CharField(max_length=20)
    verb = models.CharField(max_length=40)
    subject = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    reason = models.CharField(max_length=200, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject", "subject_id"], name="log_subject")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject} {self.subject_id}"
