"""What people type on the ground floor's pages."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


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
