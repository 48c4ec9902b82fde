"""楼长链接: one building opened for its head without a sign-in."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from groupbuy.community.models.places import Building


class HeadLink(models.Model):
    """A signed link to one building, from the committee, until it is revoked.

    The token is derived from ``seed`` and the secret key, kept here as SHA-256 only.
    ``name`` is what the committee calls the head; a building with two heads has two links.
    """

    building = models.ForeignKey(Building, models.PROTECT, related_name="head_links")
    name = models.CharField(_("name of the head"), max_length=20, blank=True)
    seed = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["building", "name"],
                condition=models.Q(revoked_at__isnull=True),
                name="head_link_one_live_for_name",
            )
        ]

    def __str__(self) -> str:
        return f"{self.building_id} {self.name}".strip()
