"""Who may open a staff page at all, and how a verb's refusal gets back to the person."""

from collections.abc import Callable
from functools import wraps
from typing import Protocol

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django_htmx.middleware import HtmxDetails

from groupbuy.community.models import User
from groupbuy.community.queries.people import looks_after_homes, runs_a_town
from groupbuy.shared.errors import Refused

View = Callable[..., HttpResponse]


class Answering(Protocol):
    """A form that can show a verb's refusal."""

    def is_valid(self) -> bool: ...
    def refuse(self, refusal: Refused) -> None: ...


class StaffRequest(HttpRequest):
    """A request behind one of the guards below: somebody is signed in."""

    user: User
    htmx: HtmxDetails


def town_staff_only(view: View) -> View:
    """Signed in as town staff; for anybody else the page is not here (404). Never cached."""
    return _guarded(view, runs_a_town)


def staff_only(view: View) -> View:
    """Signed in as town or committee staff; 404 for anybody else. Never cached."""
    return _guarded(view, looks_after_homes)


def _guarded(view: View, allowed: Callable[..., bool]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not allowed(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return never_cache(login_required(guarded))


class SecondFactorMiddleware:
    """With ``SECOND_FACTOR``, a town's staff pages and the admin open after the code only.

    Residents' pages are not looked at: they must not touch the session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        page = reverse("second-factor")
        guarded = (
            request.path.startswith(("/desk/", "/admin/")) and request.path != page
        )
        if settings.SECOND_FACTOR and guarded and needs_code(request):
            return redirect(f"{page}?{urlencode({'next': request.get_full_path()})}")
        return self.get_response(request)


def needs_code(request: HttpRequest) -> bool:
    """Signed in by password alone, and running a town."""
    user = request.user
    return runs_a_town(user) and not user.is_verified()  # type: ignore[union-attr]


def accepted(form: Answering, verb: Callable[[], object]) -> bool:
    """Whether the form reads well and the verb took it; a refusal is shown in the form."""
    if not form.is_valid():
        return False
    try:
        verb()
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True


def told(request: HttpRequest, verb: Callable[[], object], sentence: str) -> None:
    """Run the verb and tell how it went on the next page: ``sentence``, or the refusal."""
    try:
        verb()
    except Refused as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, sentence)
