"""The template of every day: a group buy, the places it serves, its offers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.supply import Package
from groupbuy.community.models import Building, Compound, Town


class GroupBuy(models.Model):
    """团. Rhythm counts delivery days; the cutoff falls ``lead_days`` before each."""

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("every day")
        EVERY_N = "every_n", _("every few days")
        WEEKDAYS = "weekdays", _("on weekdays")

    town = models.ForeignKey(Town, models.PROTECT, related_name="group_buys")
    title = models.CharField(_("title"), max_length=60)
    token = models.CharField(max_length=32, unique=True)
    rhythm = models.CharField(
        _("rhythm"), max_length=10, choices=Rhythm, default=Rhythm.DAILY
    )
    every_days = models.PositiveSmallIntegerField(_("every how many days"), default=1)
    starts_on = models.DateField(_("first delivery"))
    weekdays = models.JSONField(_("weekdays"), default=list, blank=True)  # 1 = Monday
    skip_dates = models.JSONField(_("days left out"), default=list, blank=True)  # ISO
    lead_days = models.PositiveSmallIntegerField(
        _("days from cutoff to delivery"), default=1
    )
    cutoff_link = models.TimeField(_("cutoff for the link"))
    cutoff_heads = models.TimeField(_("cutoff for building heads"))
    window_from = models.TimeField(_("delivery from"))
    window_to = models.TimeField(_("delivery until"))
    contact_name = models.CharField(_("contact"), max_length=40, blank=True)
    contact_phone = models.CharField(_("contact phone"), max_length=30, blank=True)
    remedy = models.TextField(
        _("when something is missing, wrong or refunded"), max_length=300, blank=True
    )
    published_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    is_sample = models.BooleanField(_("invented data"), default=False)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["town", "title"], name="group_buy_once"),
            models.CheckConstraint(
                name="group_buy_every_days", condition=models.Q(every_days__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ServedPlace(models.Model):
    """One place a group buy serves: a whole compound, or single buildings of it."""

    group_buy = models.ForeignKey(GroupBuy, models.CASCADE, related_name="places")
    compound = models.ForeignKey(Compound, models.PROTECT, related_name="+")
    building = models.ForeignKey(
        Building, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group_buy", "compound"],
                condition=models.Q(building__isnull=True),
                name="served_compound_once",
            ),
            models.UniqueConstraint(
                fields=["group_buy", "building"],
                condition=models.Q(building__isnull=False),
                name="served_building_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_buy} → {self.compound}"


class Offer(models.Model):
    """团品: a template line. Changes are for the next batch; the open one is frozen."""

    group_buy = models.ForeignKey(GroupBuy, models.CASCADE, related_name="offers")
    package = models.ForeignKey(Package, models.PROTECT, related_name="offers")
    code = models.CharField(_("code"), max_length=3)
    price_cents = models.PositiveIntegerField(_("price"))
    household_limit = models.PositiveSmallIntegerField(_("limit per home"), default=5)
    daily_quota = models.PositiveIntegerField(_("quota a day"))
    held_for_heads = models.PositiveIntegerField(_("kept for heads"), default=0)
    aliases = models.JSONField(_("other names"), default=list, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["group_buy", "code"], name="offer_code_once"
            ),
            models.CheckConstraint(
                name="offer_limit", condition=models.Q(household_limit__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.package}"
