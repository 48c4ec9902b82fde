"""What a resident fills in: packages, a home, a telephone number."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from groupbuy.community.models import Compound
from groupbuy.shared.errors import Refused
from groupbuy.shared.phones import phone_number
from groupbuy.shared.text import plain
from orders.models import Wish
from orders.queries.page import Card

NEIGHBOUR = "neighbour"
_SPELLED = {word: n for n, word in enumerate("零一二三四五六七八九十")} | {"两": 2}


class QuantityField(forms.Field):
    """A number of packages, as digits of any width or one Chinese word; empty is none."""

    def __init__(self, *, most: int, limit: int) -> None:
        super().__init__(required=False)
        self.most, self.limit = most, limit

    def clean(self, value: Any) -> int:
        number = quantity(value or "")
        if number > self.limit:
            raise ValidationError(
                _("At most %(limit)s of these per home.") % {"limit": self.limit}
            )
        if number > self.most:
            raise ValidationError(
                _("Only %(left)s left.") % {"left": self.most}
                if self.most
                else _("Sold out, please leave it out.")
            )
        return number


def quantity(text: str) -> int:
    """``２``, ``两`` and ``2`` are 2, empty is 0. Raises ValidationError for anything else."""
    written = plain(text)
    if written in _SPELLED:
        return _SPELLED[written]
    if not written:
        return 0
    if not re.fullmatch(r"\d{1,3}", written, re.ASCII):
        raise ValidationError(_("Please write a whole number."))
    return int(written)


class PhoneField(forms.CharField):
    def clean(self, value: Any) -> str:
        try:
            return phone_number(super().clean(value))
        except Refused as refusal:
            raise ValidationError(refusal.sentence) from None


class OrderForm(forms.Form):
    """One home's wish. Whether the home exists and stock is left, the verb decides.

    ``unit`` is never asked for: it stands in the building, or comes with a known home.
    ``remember`` is "on" for a home that this phone shall know, "neighbour" for somebody
    else's: then what it knows stays.
    """

    compound = forms.TypedChoiceField(coerce=int)
    building = forms.CharField(max_length=30)
    unit = forms.CharField(max_length=10, required=False)
    room = forms.CharField(max_length=20)
    name = forms.CharField(max_length=20, required=False)
    phone = PhoneField(max_length=30)
    note = forms.CharField(max_length=60, required=False)
    remember = forms.CharField(max_length=10, required=False)
    name_in_feed = forms.BooleanField(required=False)

    def __init__(
        self,
        *args: Any,
        cards: Sequence[Card],
        compounds: Sequence[Compound],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.cards = cards
        choices = self.fields["compound"]
        choices.choices = [(c.pk, c.name) for c in compounds]  # type: ignore[attr-defined]
        for card in cards:
            self.fields[field_of(card)] = QuantityField(
                most=card.most, limit=card.stock.household_limit
            )
        self._say_what_is_missing()

    def _say_what_is_missing(self) -> None:
        for field in self.fields.values():
            field.error_messages["required"] = _("Please fill this in.")
            field.error_messages["max_length"] = _("Please make this shorter.")
            field.error_messages["invalid_choice"] = _("Please choose your compound.")
        self.fields["compound"].error_messages["required"] = _(
            "Please choose your compound."
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        amounts = [cleaned.get(field_of(card), 1) for card in self.cards]
        if not any(amounts):  # a faulty amount counts: it has its own sentence
            self.add_error(None, _("Please choose at least one package."))
        return cleaned

    def leave_stock_to_the_verb(self) -> None:
        """A repeat must find its order even when the last package went to that very order."""
        for card in self.cards:
            field = self.fields[field_of(card)]
            field.most = field.limit  # type: ignore[attr-defined]

    @property
    def is_for_neighbour(self) -> bool:
        return self["remember"].value() == NEIGHBOUR

    def items(self) -> dict[int, int]:
        """Quantities by stock id, nothing that is 0."""
        by_id = {c.stock.pk: self.cleaned_data.get(field_of(c), 0) for c in self.cards}
        return {pk: number for pk, number in by_id.items() if number}

    def wish(self) -> Wish:
        """What was asked for; only of a valid form."""
        told = {
            n: self.cleaned_data[n]
            for n in ("building", "unit", "room", "name", "note")
        }
        return Wish(
            compound_id=self.cleaned_data["compound"],
            items=self.items(),
            phone=self.cleaned_data["phone"],
            name_in_feed=self.cleaned_data["name_in_feed"],
            **told,
        )

    def refuse(self, refusal: Refused) -> None:
        """Put a verb's sentence beside the field it belongs to."""
        ids = getattr(refusal, "stock_ids", ())
        fields = [field_of(card) for card in self.cards if card.stock.pk in ids]
        if not fields:
            fields = [refusal.field if refusal.field in self.fields else None]  # type: ignore[list-item]
        for field in fields:
            self.add_error(field, refusal.sentence)


def field_of(card: Card) -> str:
    return f"q_{card.stock.pk}"
