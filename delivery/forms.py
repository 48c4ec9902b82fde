"""What staff type about a closed day: an order to take off, an order to let in."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from catalog.models import Stock
from delivery.models import Tap
from groupbuy.community.forms import StaffForm
from groupbuy.community.models import Compound
from groupbuy.shared.errors import Refused
from orders.models import NoSuchHome, OverLimit, SoldOut, Wish

WHY = {"required": _("Please write why. Residents will ask.")}


class WithdrawForm(StaffForm):
    number = forms.CharField(
        label=_("Order number"),
        max_length=12,
        error_messages={"required": _("Please write the order's number.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages=WHY,
    )


class LateHomeForm(StaffForm):
    """Why a late home of a head's chain is let in."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages=WHY,
    )


class WholeDayForm(StaffForm):
    """What all lists of a big day are needed for, before they leave at once."""

    reason = forms.CharField(
        label=_("What it is needed for"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Please write what it is needed for.")},
    )


class TapForm(forms.Form):
    """Which tap in which building was a mistake: hidden fields, as the page showed them."""

    b = forms.CharField(max_length=20)
    at = forms.DateTimeField()

    @property
    def tap(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"building": given["b"], "tapped_at": given["at"]}


class TapsField(forms.Field):
    """Taps as a phone kept them: ``order reached milliseconds``, as many as there are."""

    widget = forms.MultipleHiddenInput
    WRITTEN = re.compile(r"(\d{1,18}) ([01]) (\d{12,14})", re.ASCII)
    MOST = 500

    def clean(self, value: list[str]) -> list[Tap]:
        found = [self.WRITTEN.fullmatch(one) for one in value]
        if not found or not all(found) or len(found) > self.MOST:
            raise ValidationError(_("No taps."))
        return [self.tap(*one.groups()) for one in found if one]

    @staticmethod
    def tap(order_id: str, reached: str, at: str) -> Tap:
        moment = datetime.fromtimestamp(int(at) / 1000, UTC)
        return Tap(int(order_id), reached == "1", moment)


class TapsForm(forms.Form):
    tap = TapsField()


class LateForm(StaffForm):
    """One home's order after closing: where to, for whom, how many, and why."""

    compound = forms.ModelChoiceField(
        label=_("compound"), queryset=Compound.objects.none()
    )
    building = forms.CharField(label=_("building"), max_length=20)
    unit = forms.CharField(label=_("unit"), max_length=10, required=False)
    room = forms.CharField(label=_("room"), max_length=20)
    name = forms.CharField(label=_("what to call them"), max_length=20, required=False)
    phone = forms.CharField(label=_("phone"), max_length=20, required=False)
    note = forms.CharField(label=_("note"), max_length=60, required=False)
    bring_to_door = forms.BooleanField(label=_("bring to the door"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages=WHY,
    )
    nearest: list[tuple[str, str, str]] = []

    def __init__(
        self,
        *args: Any,
        compounds: QuerySet[Compound],
        stock: Iterable[Stock],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.stock = list(stock)
        self.fields["compound"].queryset = compounds  # type: ignore[attr-defined]
        for row in self.stock:
            self.fields[self.key(row)] = forms.IntegerField(
                label=f"{row.code} {row.title}",
                min_value=0,
                max_value=999,
                required=False,
                initial=0,
            )

    @staticmethod
    def key(row: Stock) -> str:
        return f"stock-{row.pk}"

    def quantities(self) -> list[tuple[Stock, forms.BoundField]]:
        return [(row, self[self.key(row)]) for row in self.stock]

    def refuse(self, refusal: Refused) -> None:
        """Beside its field; sold out or over the limit beside each package concerned."""
        self.nearest = refusal.nearest if isinstance(refusal, NoSuchHome) else []
        short = refusal.stock_ids if isinstance(refusal, SoldOut | OverLimit) else ()
        for row in self.stock:
            if row.pk in short:
                self.add_error(self.key(row), str(refusal.sentence))
        if not short:
            super().refuse(refusal)

    def wish(self) -> Wish:
        given = self.cleaned_data
        named = ("building", "unit", "room", "name", "phone", "note", "bring_to_door")
        return Wish(
            compound_id=given["compound"].pk,
            items={row.pk: given[self.key(row)] or 0 for row in self.stock},
            **{name: given[name] for name in named},
        )
