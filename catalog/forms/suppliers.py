"""Suppliers and their papers, as staff type them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import Supplier, SupplierPaper
from groupbuy.community.forms import DateField, StaffForm, TownField
from groupbuy.community.models import User


class SupplierForm(StaffForm, forms.ModelForm):
    """A new supplier asks for its town; one that is there stays in it."""

    class Meta:
        model = Supplier
        fields = ["name", "contact", "phone"]
        help_texts = {
            "contact": _("For example: after-sales desk, Ms Li."),
            "phone": _("Residents are shown this number."),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.fields["town"] = TownField(user)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if town := cleaned.get("town"):
            self.instance.town = town
        return cleaned


class PaperForm(StaffForm, forms.ModelForm):
    """One paper of a supplier."""

    expires_on = DateField(label=_("valid until"))

    class Meta:
        model = SupplierPaper
        fields = ["kind", "number", "expires_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        blank = ("", _("please choose"))
        self.fields["kind"].choices = [blank, *SupplierPaper.Kind.choices]  # type: ignore[attr-defined]


class ReasonForm(StaffForm):
    """Why something is stopped; the log keeps it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        error_messages={"required": _("Please write the reason.")},
    )
