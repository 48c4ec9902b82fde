"""Where people live: town → committee → compound → gate, building → household."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from groupbuy.shared.text import sort_key


class Town(models.Model):
    """镇/街道: the tenant. Towns never see each other."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(_("short name"), max_length=30, unique=True)
    hotline = models.CharField(_("help line"), max_length=30, blank=True)
    margin_ceiling_percent = models.PositiveSmallIntegerField(
        _("margin ceiling (%)"), default=35
    )
    is_sample = models.BooleanField(_("invented data"), default=False)

    def __str__(self) -> str:
        return self.name


class Committee(models.Model):
    """居委会/村委会, by its national statistics code where it has one."""

    class Kind(models.TextChoices):
        RESIDENTS = "residents", _("residents' committee")
        VILLAGE = "village", _("village committee")

    town = models.ForeignKey(Town, models.PROTECT, related_name="committees")
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.RESIDENTS)
    phone = models.CharField(_("phone"), max_length=30, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["town", "code"], name="committee_code_once")
        ]

    def __str__(self) -> str:
        return self.name


class Compound(models.Model):
    """小区/村: homes behind one or a few gates. Labels follow its kind."""

    class Kind(models.TextChoices):
        ESTATE = "estate", _("estate")
        VILLAGE = "village", _("village")

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="compounds")
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ESTATE)
    address = models.CharField(_("address"), max_length=120, blank=True)
    initials = models.CharField(max_length=30, blank=True, db_index=True)
    has_roster = models.BooleanField(_("has a roster of homes"), default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "name"], name="compound_once")
        ]

    def __str__(self) -> str:
        return self.name


class Gate(models.Model):
    """门: where goods arrive. Every compound has exactly one default gate."""

    compound = models.ForeignKey(Compound, models.CASCADE, related_name="gates")
    name = models.CharField(_("name"), max_length=40)
    address = models.CharField(_("address"), max_length=120, blank=True)
    is_default = models.BooleanField(default=False)

    class Meta:
        ordering = ["-is_default", "id"]
        constraints = [
            models.UniqueConstraint(fields=["compound", "name"], name="gate_once"),
            models.UniqueConstraint(
                fields=["compound"],
                condition=models.Q(is_default=True),
                name="gate_one_default",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Building(models.Model):
    """楼栋, by its plain name ("3", "6甲"); ``sort`` orders as people count."""

    compound = models.ForeignKey(Compound, models.CASCADE, related_name="buildings")
    gate = models.ForeignKey(Gate, models.PROTECT, related_name="buildings")
    name = models.CharField(_("name"), max_length=20)
    sort = models.CharField(max_length=64, editable=False)

    class Meta:
        ordering = ["sort"]
        constraints = [
            models.UniqueConstraint(fields=["compound", "name"], name="building_once")
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.sort = sort_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Household(models.Model):
    """户: one home of the roster. Why it is brought to the door is never kept here."""

    building = models.ForeignKey(Building, models.CASCADE, related_name="households")
    unit = models.CharField(_("unit"), max_length=10, blank=True)
    room = models.CharField(_("room"), max_length=20)
    sort = models.CharField(max_length=64, editable=False)
    bring_to_door = models.BooleanField(_("bring to the door"), default=False)
    on_call_list = models.BooleanField(_("call when no order came"), default=False)

    class Meta:
        ordering = ["sort"]
        constraints = [
            models.UniqueConstraint(
                fields=["building", "unit", "room"], name="household_once"
            )
        ]

    def __str__(self) -> str:
        return "-".join(part for part in (self.unit, self.room) if part)
