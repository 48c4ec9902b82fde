"""What staff type on the day's pages. A refusal goes beside its field; the typed text stays."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import Stock
from groupbuy.community.forms import StaffForm
from groupbuy.community.models import Compound
from groupbuy.shared.errors import Refused
from orders.models import NoSuchHome, Order, OverLimit, SoldOut, Wish
from orders.queries.desk.words import masked_phone

DATETIME_FORMAT = "%Y-%m-%dT%H:%M"


class QuotaForm(StaffForm):
    """A new quota, or so many ``more``; the buttons +10 and +50 send ``more``."""

    quota = forms.IntegerField(
        label=_("quota"), min_value=0, max_value=99999, required=False
    )
    more = forms.IntegerField(min_value=1, max_value=9999, required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if not self.errors and found.get("more") is None and found.get("quota") is None:
            self.add_error("quota", _("Please write a whole number."))
        return found

    def wanted(self) -> dict[str, int]:
        """``more`` wins: whoever pressed +10 did not mean the field."""
        name = "more" if self.cleaned_data["more"] else "quota"
        return {name: self.cleaned_data[name]}


class HeldForm(StaffForm):
    held = forms.IntegerField(label=_("kept for heads"), min_value=0, max_value=99999)


class NoticeForm(StaffForm):
    notice = forms.CharField(
        label=_("One line on the link"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CutoffForm(StaffForm):
    until_link = forms.DateTimeField(
        label=_("Residents' link until"),
        input_formats=[DATETIME_FORMAT],
        widget=forms.DateTimeInput(
            format=DATETIME_FORMAT, attrs={"type": "datetime-local"}
        ),
    )
    until_heads = forms.DateTimeField(
        label=_("Building heads until"),
        input_formats=[DATETIME_FORMAT],
        widget=forms.DateTimeInput(
            format=DATETIME_FORMAT, attrs={"type": "datetime-local"}
        ),
    )


class ReasonForm(StaffForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Please write why. Residents will ask.")},
    )


class ChangeForm(StaffForm):
    """An order as its household would change it: where to, for whom, how many of each.

    The phone is not shown here, since every look at one is noted; an empty field keeps it.
    """

    compound = forms.ModelChoiceField(
        label=_("compound"), queryset=Compound.objects.none()
    )
    building = forms.CharField(label=_("building"), max_length=20)
    unit = forms.CharField(label=_("unit"), max_length=10, required=False)
    room = forms.CharField(label=_("room"), max_length=20)
    name = forms.CharField(label=_("what to call them"), max_length=20, required=False)
    phone = forms.CharField(label=_("other phone"), max_length=20, required=False)
    note = forms.CharField(label=_("note"), max_length=60, required=False)
    bring_to_door = forms.BooleanField(label=_("bring to the door"), required=False)

    def __init__(
        self,
        *args: Any,
        order: Order,
        compounds: Any,
        stock: Iterable[Stock],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.order = order
        self.stock = list(stock)
        self.fields["compound"].queryset = compounds  # type: ignore[attr-defined]
        if order.phone:
            kept = _("Empty: it stays %(phone)s.") % {
                "phone": masked_phone(order.phone)
            }
            self.fields["phone"].help_text = kept
        held = {line.stock_id: line.quantity for line in order.lines.all()}
        for row in self.stock:
            self.fields[self.key(row)] = forms.IntegerField(
                label=f"{row.code} {row.title}",
                min_value=0,
                max_value=999,
                required=False,
                initial=held.get(row.pk, 0),
            )

    @staticmethod
    def key(row: Stock) -> str:
        return f"stock-{row.pk}"

    nearest: list[tuple[str, str, str]] = []

    def refuse(self, refusal: Refused) -> None:
        """Beside its field; sold out or over the limit beside each package concerned."""
        self.nearest = refusal.nearest if isinstance(refusal, NoSuchHome) else []
        short = refusal.stock_ids if isinstance(refusal, SoldOut | OverLimit) else ()
        for row in self.stock:
            if row.pk in short:
                self.add_error(self.key(row), str(refusal.sentence))
        if not short:
            super().refuse(refusal)

    def quantities(self) -> list[tuple[Stock, forms.BoundField]]:
        return [(row, self[self.key(row)]) for row in self.stock]

    def wish(self) -> Wish:
        given = self.cleaned_data
        return Wish(
            compound_id=given["compound"].pk,
            building=given["building"],
            unit=given["unit"],
            room=given["room"],
            items={row.pk: given[self.key(row)] or 0 for row in self.stock},
            name=given["name"],
            phone=given["phone"] or self.order.phone,
            note=given["note"],
            name_in_feed=self.order.name_in_feed,
            bring_to_door=given["bring_to_door"],
        )
