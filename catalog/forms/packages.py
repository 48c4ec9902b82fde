"""Packages and their versions, as staff type them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import Package, PackageVersion, Supplier
from catalog.queries.visible import suppliers_of
from catalog.reading.items import Item, read_items, written
from catalog.reading.weights import grams, in_words, together
from groupbuy.community.forms import StaffForm
from groupbuy.community.models import User
from groupbuy.shared import money
from groupbuy.shared.errors import Refused

EXAMPLE = "土鸡蛋 10枚\n东北大米 5公斤\n时令菜 1公斤（菠菜/上海青/鸡毛菜）"


class YuanField(forms.CharField):
    """An amount in yuan; cleaned to integer cents, None when it may be left blank."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "n"}
        super().__init__(widget=forms.TextInput(attrs=attrs), max_length=20, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return money.yuan(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return money.cents(text)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal.sentence)) from refusal


class SupplierChoice(forms.ModelChoiceField):
    """A supplier of the person's towns; the town's name only where there are several."""

    def __init__(self, user: User) -> None:
        suppliers = suppliers_of(user)
        self.with_town = suppliers.values("town").distinct().count() > 1
        super().__init__(suppliers, label=_("Supplier"), empty_label=_("please choose"))

    def label_from_instance(self, obj: Supplier) -> str:
        return f"{obj.town.name} · {obj.name}" if self.with_town else obj.name


class PackageForm(StaffForm, forms.ModelForm):
    """What lasts of a package: its name and where it is grouped."""

    class Meta:
        model = Package
        fields = ["name", "category"]
        help_texts = {"category": _("Packages of one category stand together.")}


class VersionForm(StaffForm):
    """What is in it from now on: items as lines, total weight, purchase price."""

    items = forms.CharField(
        label=_("Contents, one item a line"),
        widget=forms.Textarea(attrs={"rows": 8, "placeholder": EXAMPLE}),
        help_text=_(
            "Name, space, quantity. What may vary stands in brackets, apart by strokes."
        ),
    )
    weight = forms.CharField(
        label=_("Total weight"),
        required=False,
        max_length=20,
        help_text=_("Such as 6斤 or 2.5公斤. Left blank, it is added up if it can be."),
    )
    volume_note = forms.CharField(
        label=_("Volume or size, if it is not weighed"),
        required=False,
        max_length=60,
        help_text=_("Such as 950毫升 × 2."),
    )
    purchase_price = YuanField(
        label=_("Purchase price (yuan)"),
        required=False,
        help_text=_("Never shown to residents or other suppliers."),
    )

    @staticmethod
    def of(version: PackageVersion | None) -> dict[str, Any]:
        """Initial values: the newest version, as somebody would have typed it."""
        if version is None:
            return {}
        items = [Item(i.name, i.quantity, i.possible) for i in version.items.all()]
        return {
            "items": written(items),
            "weight": in_words(version.weight_grams),
            "volume_note": version.volume_note,
            "purchase_price": version.purchase_price_cents,
        }

    def clean_items(self) -> list[Item]:
        try:
            return read_items(self.cleaned_data["items"])
        except Refused as refusal:
            raise forms.ValidationError(str(refusal.sentence)) from refusal

    def clean_weight(self) -> int | None:
        text = self.cleaned_data["weight"]
        weight = grams(text)
        if text and weight is None:
            sentence = _("Please write a weight such as 6斤, 2.5公斤 or 800克.")
            raise forms.ValidationError(sentence)
        return weight

    @property
    def version(self) -> PackageVersion:
        """Not saved yet: the verb gives it its number."""
        typed = self.cleaned_data
        added_up = together(item.quantity for item in typed["items"])
        return PackageVersion(
            weight_grams=typed["weight"] or added_up,
            volume_note=typed["volume_note"],
            purchase_price_cents=typed["purchase_price"],
        )


class NewPackageForm(PackageForm, VersionForm):
    """A package with its first version."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supplier"] = SupplierChoice(user)
        self.order_fields(["supplier", "name", "category"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if supplier := cleaned.get("supplier"):
            self.instance.supplier = supplier
        return cleaned


class CopyForm(StaffForm):
    """The name of a copy."""

    name = forms.CharField(label=_("Name of the copy"), max_length=60)
