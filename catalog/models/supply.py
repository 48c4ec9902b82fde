"""What can be bought, and from whom: suppliers with papers, packages with versions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from groupbuy.community.models import Town


class Supplier(models.Model):
    """供应商. Its phone is the after-sales contact that residents are shown."""

    town = models.ForeignKey(Town, models.PROTECT, related_name="suppliers")
    name = models.CharField(_("name"), max_length=60)
    contact = models.CharField(_("contact person or desk"), max_length=40, blank=True)
    phone = models.CharField(_("after-sales phone"), max_length=30, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    suspended_reason = models.CharField(max_length=200, blank=True)
    is_sample = models.BooleanField(_("invented data"), default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["town", "name"], name="supplier_once")
        ]

    def __str__(self) -> str:
        return self.name


class SupplierPaper(models.Model):
    """资质: one paper a supplier must hold, valid to the end of ``expires_on``."""

    class Kind(models.TextChoices):
        LICENCE = "licence", _("business licence")
        FOOD = "food", _("food business permit")
        SUPPLY = "supply", _("supply guarantee certificate")
        PASS = "pass", _("vehicle pass")

    supplier = models.ForeignKey(Supplier, models.CASCADE, related_name="papers")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    number = models.CharField(_("number"), max_length=60)
    expires_on = models.DateField(_("valid until"))

    class Meta:
        ordering = ["kind", "-expires_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "kind", "number"], name="supplier_paper_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class Package(models.Model):
    """套餐: a name that lasts; what is in it stands in versions."""

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="packages")
    name = models.CharField(_("name"), max_length=60)
    category = models.CharField(_("category"), max_length=30, blank=True)
    is_sample = models.BooleanField(_("invented data"), default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["supplier", "name"], name="package_once")
        ]

    def __str__(self) -> str:
        return self.name


class PackageVersion(models.Model):
    """版本: what the package holds from now on. Never changed once made."""

    package = models.ForeignKey(Package, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    weight_grams = models.PositiveIntegerField(
        _("total weight (g)"), null=True, blank=True
    )
    volume_note = models.CharField(
        _("weight or volume in words"), max_length=60, blank=True
    )
    purchase_price_cents = models.PositiveIntegerField(
        _("purchase price"), null=True, blank=True
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["package", "number"], name="package_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.package} v{self.number}"


class PackageItem(models.Model):
    """内容: one item by name and quantity in words ("10枚", "5公斤").

    ``possible`` lists what it may be when supply decides on the day, as the notice of
    2022-04-10 demands.
    """

    version = models.ForeignKey(PackageVersion, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("item"), max_length=60)
    quantity = models.CharField(_("quantity"), max_length=30)
    possible = models.CharField(_("possible items"), max_length=200, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"], name="package_item_position_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.quantity}"
