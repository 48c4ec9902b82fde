"""What people type on the ground floor's pages, and what every staff form has in common."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from groupbuy.community.models import Town, User
from groupbuy.community.queries.people import has_phone
from groupbuy.community.queries.visible import towns_of
from groupbuy.shared.errors import Refused
from groupbuy.shared.text import typed


class SignInForm(AuthenticationForm):
    """One sentence for every wrong pair: it never says which half was wrong."""

    error_messages = {
        "invalid_login": _("Name and password do not fit together. Please try again."),
        "inactive": _("Name and password do not fit together. Please try again."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Sign-in name")
        self.fields["password"].label = _("Password")


class StaffForm(forms.Form):
    """A staff form: a verb's refusal stands beside its field, invisible letters are dropped."""

    use_required_attribute = (
        False  # our own sentence beside the field, in our own words
    )

    def refuse(self, refusal: Refused) -> None:
        """Show ``refusal`` beside its field, or above the form when it has none here."""
        field = refusal.field if refusal.field in self.fields else None
        wrong = forms.ValidationError(str(refusal.sentence), code=refusal.code)
        self.add_error(field, wrong)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            if isinstance(value, str):
                cleaned[name] = typed(value)
        return cleaned


class CodeForm(StaffForm):
    """Six digits from an authenticator app, or the ten of a recovery code."""

    code = forms.CharField(
        label=_("Six digits"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "autofocus": True,
            }
        ),
    )


class ProofForm(CodeForm):
    """The password of whoever is signed in; the code where a phone is enrolled."""

    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(
            attrs={"autocomplete": "current-password", "autofocus": True}
        ),
        strip=False,
        error_messages={"required": _("Please type your password.")},
    )
    field_order = ["password", "code"]

    def __init__(self, *args: Any, request: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["code"].widget.attrs.pop("autofocus")
        if not has_phone(request.user):
            del self.fields["code"]

    def clean_password(self) -> str:
        """Checked as at the sign-in, so that too many tries are slowed down here as well."""
        password: str = self.cleaned_data["password"]
        name = self.request.user.get_username()
        if authenticate(self.request, username=name, password=password) is None:
            raise forms.ValidationError(_("This is not your password."), code="proof")
        return password


class DateField(forms.DateField):
    """A calendar day, shown by the browser's own picker."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], **kwargs)


class TimeField(forms.TimeField):
    """A time of the day, to the minute."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(widget=widget, input_formats=["%H:%M"], **kwargs)


class DatesField(forms.CharField):
    """Days such as ``2022-05-01``, apart by spaces or commas; cleaned to a sorted list."""

    default_error_messages = {
        "day": _("“%(day)s” is not a day. Please write it like 2022-05-01.")
    }

    def prepare_value(self, value: Any) -> Any:
        return " ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        parts = str(super().clean(value)).replace("，", " ").replace(",", " ").split()
        return sorted({self._day(part) for part in parts})

    def _day(self, part: str) -> str:
        try:
            return date.fromisoformat(part.replace("/", "-")).isoformat()
        except ValueError as wrong:
            message = self.error_messages["day"]
            raise forms.ValidationError(message, params={"day": part}) from wrong


class TownField(forms.ModelChoiceField):
    """The town that something new belongs to; out of sight where there is only one."""

    def __init__(self, user: User) -> None:
        towns = towns_of(user).order_by("name")
        super().__init__(towns, label=_("Town"), empty_label=None)
        if len(towns) == 1:
            self.widget = forms.HiddenInput()
            self.initial = towns[0].pk

    def label_from_instance(self, obj: Town) -> str:
        return obj.name


class PlacesFileForm(StaffForm):
    """A CSV file of places."""

    KINDS = [("compounds", _("compounds and gates")), ("roster", _("roster of homes"))]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["town"] = TownField(user)

    kind = forms.ChoiceField(
        label=_("What is in the file"), choices=KINDS, widget=forms.RadioSelect
    )
    file = forms.FileField(
        label=_("CSV file"),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
        error_messages={
            "required": _("Please choose a file."),
            "empty": _("This file is empty."),
        },
    )
