"""What a printed thing can be, and where a batch's paperwork stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SheetKind(models.TextChoices):
    """Every stored document. The three lists are one compound's lines in three orders."""

    DOORS = "doors", _("list by building and room")
    PACKAGES = "packages", _("list by building and package")
    UNLOADING = "unloading", _("unloading list")
    SLIPS = "slips", _("slips, one per home")
    DIFFERENCE = "difference", _("difference sheet")
    SUPPLY = "supply", _("supply order")
    SUPPLY_EXCEL = "supply_excel", _("supply order, Excel")
    LISTS_EXCEL = "lists_excel", _("all lists, Excel")
    ALL_PDF = "all_pdf", _("all lists, ZIP")


# What is printed of a list itself; a difference sheet's version is its number.
COMPOUND_KINDS = (
    SheetKind.DOORS,
    SheetKind.PACKAGES,
    SheetKind.UNLOADING,
    SheetKind.SLIPS,
)
