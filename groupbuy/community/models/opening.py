"""翻看: a page with a list of homes was open before somebody."""

from django.conf import settings
from django.db import models

from groupbuy.community.models.places import Compound, Town


class Opening(models.Model):
    """One row for a person (or a link), a page, a day's batch, a place and an hour.

    Beside the log, and as append-only: a page that is open all day would bury there what
    people did. ``key`` names all of the above, so that looking again within the hour writes
    nothing. ``actor`` is the log's word; ``link`` the id of the link it came by. ``homes`` as
    they were at the first look; ``until`` the last day on which they are kept.
    """

    town = models.ForeignKey(Town, models.PROTECT, related_name="+")
    batch_id = models.BigIntegerField(db_index=True)  # from an upper floor: its id only
    compound = models.ForeignKey(Compound, models.PROTECT, null=True, related_name="+")
    page = models.CharField(max_length=40)
    actor = models.CharField(max_length=20)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    link = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    homes = models.PositiveIntegerField()
    until = models.DateField()
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.key
