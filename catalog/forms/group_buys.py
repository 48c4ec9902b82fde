"""Group buys, their offers and places, as staff type them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms.packages import YuanField
from catalog.models import GroupBuy, Offer, Package
from catalog.queries.visible import packages_of
from groupbuy.community.forms import (
    DateField,
    DatesField,
    StaffForm,
    TimeField,
    TownField,
)
from groupbuy.community.models import Building, Compound, Town, User
from groupbuy.shared.text import plain

WEEKDAYS = [
    (1, _("Monday")),
    (2, _("Tuesday")),
    (3, _("Wednesday")),
    (4, _("Thursday")),
    (5, _("Friday")),
    (6, _("Saturday")),
    (7, _("Sunday")),
]
REMEDY = _(
    "Within 24 hours call this number. Missing or wrong goods are brought or refunded in 3 days."
)


class GroupBuyForm(StaffForm, forms.ModelForm):
    """The terms: when, until when, how it comes, whom to call."""

    starts_on = DateField(label=_("First delivery"))
    cutoff_link = TimeField(label=_("Cutoff for the link"))
    cutoff_heads = TimeField(
        label=_("Cutoff for building heads"),
        help_text=_(
            "Later than the link's, so that heads can hand in what they gathered."
        ),
    )
    window_from = TimeField(label=_("Delivery from"))
    window_to = TimeField(label=_("Delivery until"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Delivery on these weekdays"),
        choices=WEEKDAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    skip_dates = DatesField(
        label=_("Days left out"),
        required=False,
        help_text=_("Such as 2022-05-01 2022-05-02."),
    )

    class Meta:
        model = GroupBuy
        fields = [
            "title",
            "rhythm",
            "every_days",
            "weekdays",
            "starts_on",
            "skip_dates",
            "lead_days",
            "cutoff_link",
            "cutoff_heads",
            "window_from",
            "window_to",
            "contact_name",
            "contact_phone",
            "remedy",
        ]
        widgets = {
            "rhythm": forms.RadioSelect,
            "remedy": forms.Textarea(attrs={"rows": 3, "placeholder": REMEDY}),
        }
        help_texts = {
            "lead_days": _("1: ordered today, delivered tomorrow."),
            "every_days": _("Only for “every few days”."),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead_days"].max_value = 30  # type: ignore[attr-defined]
        if self.instance.pk is None:
            self.fields["town"] = TownField(user)

    def clean_every_days(self) -> int:
        days = self.cleaned_data["every_days"]
        if not 1 <= days <= 60:
            raise forms.ValidationError(_("From 1 to 60 days, please."))
        return days

    def clean_lead_days(self) -> int:
        days = self.cleaned_data["lead_days"]
        if days > 30:
            raise forms.ValidationError(_("At most 30 days, please."))
        return days

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if town := cleaned.get("town"):
            self.instance.town = town
        self._check_rhythm(cleaned)
        self._check_times(cleaned)
        return cleaned

    def _check_rhythm(self, cleaned: dict[str, Any]) -> None:
        weekly = cleaned.get("rhythm") == GroupBuy.Rhythm.WEEKDAYS
        if weekly and not cleaned.get("weekdays"):
            self.add_error("weekdays", _("Please tick at least one weekday."))

    def _check_times(self, cleaned: dict[str, Any]) -> None:
        begin, end = cleaned.get("window_from"), cleaned.get("window_to")
        if begin and end and end <= begin:
            self.add_error("window_to", _("This must be later than the beginning."))
        cutoffs = [cleaned.get("cutoff_link"), cleaned.get("cutoff_heads")]
        same_day = cleaned.get("lead_days") == 0
        if same_day and begin and any(t and t > begin for t in cutoffs):
            sentence = _("On the same day, ordering must end before delivery begins.")
            self.add_error("lead_days", sentence)


class PackageChoice(forms.ModelChoiceField):
    """A package of one town, with its supplier."""

    def __init__(self, user: User, town: Town) -> None:
        packages = packages_of(user).filter(supplier__town=town)
        super().__init__(
            packages.order_by("supplier__name", "name"),
            label=_("Package"),
            empty_label=_("please choose"),
        )

    def label_from_instance(self, obj: Package) -> str:
        return f"{obj.supplier.name} · {obj.name}"


class OfferForm(StaffForm, forms.ModelForm):
    """One line of a group buy. The package of a line stays: another package is another line."""

    price = YuanField(label=_("Price (yuan)"))

    class Meta:
        model = Offer
        fields = ["code", "household_limit", "daily_quota", "held_for_heads"]
        help_texts = {
            "code": _("A letter: A, B, C …"),
            "held_for_heads": _("Of the quota, for homes without a phone."),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            town = self.instance.group_buy.town
            self.fields["package"] = PackageChoice(user, town)
        else:
            self.fields["price"].initial = self.instance.price_cents
        self.order_fields(["package", "code", "price"])

    def clean_code(self) -> str:
        code = plain(self.cleaned_data["code"]).upper()
        if not code.isalnum():
            raise forms.ValidationError(_("Letters and figures only, please."))
        return code

    def clean_household_limit(self) -> int:
        limit = self.cleaned_data["household_limit"]
        if not 1 <= limit <= 999:
            raise forms.ValidationError(_("From 1 to 999, please."))
        return limit

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if package := cleaned.get("package"):
            self.instance.package = package
        if cleaned.get("price") is not None:
            self.instance.price_cents = cleaned["price"]
        return cleaned


class PlacesForm(StaffForm):
    """Which whole compounds and which single buildings of one town are served."""

    compounds = forms.ModelMultipleChoiceField(Compound.objects.none(), required=False)
    buildings = forms.ModelMultipleChoiceField(Building.objects.none(), required=False)

    def __init__(self, *args: Any, town: Town, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        compounds = Compound.objects.filter(committee__town=town)
        buildings = Building.objects.filter(compound__committee__town=town)
        self.fields["compounds"].queryset = compounds.select_related("committee")  # type: ignore[attr-defined]
        self.fields["buildings"].queryset = buildings.select_related(  # type: ignore[attr-defined]
            "compound__committee"
        )
