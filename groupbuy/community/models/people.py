"""Who signs in, and the place each role holds for."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from groupbuy.community.models.places import Building, Committee, Town


class User(AbstractUser):
    """A person with a sign-in of their own; what they may do stands in memberships."""


class Membership(models.Model):
    """身份: a user's role and the place it holds for."""

    class Role(models.TextChoices):
        TOWN_STAFF = "town_staff", _("town staff")
        COMMITTEE_STAFF = "committee_staff", _("committee staff")
        HEAD = "head", _("building head")

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    town = models.ForeignKey(Town, models.CASCADE, related_name="memberships")
    committee = models.ForeignKey(Committee, models.CASCADE, null=True, blank=True)
    building = models.ForeignKey(Building, models.CASCADE, null=True, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "town"],
                condition=models.Q(role="town_staff"),
                name="membership_town_once",
            ),
            models.UniqueConstraint(
                fields=["user", "committee"],
                condition=models.Q(role="committee_staff"),
                name="membership_committee_once",
            ),
            models.UniqueConstraint(
                fields=["user", "building"],
                condition=models.Q(role="head"),
                name="membership_building_once",
            ),
            models.CheckConstraint(
                name="membership_place_fits_role",
                condition=models.Q(
                    role="town_staff", committee__isnull=True, building__isnull=True
                )
                | models.Q(
                    role="committee_staff",
                    committee__isnull=False,
                    building__isnull=True,
                )
                | models.Q(role="head", building__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


class AccessKey(models.Model):
    """A machine's key to a town's API, for one scope; the key itself is never stored."""

    class Scope(models.TextChoices):
        PICKUP_LISTS = "pickup_lists", _("pickup lists")
        SUPPLY_ORDERS = "supply_orders", _("supply orders")

    town = models.ForeignKey(Town, models.CASCADE, related_name="access_keys")
    name = models.CharField(_("name"), max_length=60)
    scope = models.CharField(max_length=20, choices=Scope)
    token_hash = models.CharField(max_length=64, unique=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
