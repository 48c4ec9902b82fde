"""Who may open a staff page at all, and how a verb's refusal gets back to the person."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django_htmx.middleware import HtmxDetails
from django_otp.models import Device

from groupbuy.community.models import Actor, User, staff
from groupbuy.community.queries.people import has_phone, looks_after_homes, runs_a_town
from groupbuy.shared.errors import Refused

View = Callable[..., HttpResponse]
DESK = ("/desk/", "/admin/")  # where every staff page's address begins
SEEN = "seen"  # in the session: when this person last did something, in epoch seconds
PASSWORD_AT = "password_at"  # likewise: when the password was right  # noqa: S105  # nosec B105
CODE_AT = "code_at"  # likewise: when the phone's code, or a recovery code, was
PAGES_TAKE = ("GET", "HEAD", "POST")
A_WHILE = 60  # seconds; more often it is not written down


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
        if request.method not in PAGES_TAKE:
            return HttpResponseNotAllowed(PAGES_TAKE)
        return view(request, *args, **kwargs)

    return never_cache(login_required(guarded))


class IdleMiddleware:
    """Signs staff out after ``STAFF_IDLE_SECONDS`` in which they neither looked nor pressed,
    and half a day after signing in.

    What a page asks for by itself (htmx's GETs) counts for nothing. Residents' pages are not
    looked at: they must not touch the session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(DESK) and request.user.is_authenticated:
            now = timezone.now().timestamp()
            idle = now - request.session.get(SEEN, 0)
            if idle > settings.STAFF_IDLE_SECONDS:
                return signed_out(request)
            by_itself = request.method == "GET" and "HX-Request" in request.headers
            if idle > A_WHILE and not by_itself:
                request.session[SEEN] = now
        return self.get_response(request)


def signed_in(request: HttpRequest, **kwargs: object) -> None:
    """Django's signal. The session ends half a day from now, however busy it is."""
    now = timezone.now()
    request.session[SEEN] = request.session[PASSWORD_AT] = now.timestamp()
    end = now + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    request.session.set_expiry(end)


def signed_out(request: HttpRequest) -> HttpResponse:
    """To the sign-in, which says why and leads back to the page this came from."""
    came_from = request.get_full_path()
    if request.method != "GET" or "HX-Request" in request.headers:
        here = request.headers.get("HX-Current-URL") or request.headers.get("Referer")
        parts = urlsplit(here or "")
        came_from = f"{parts.path}?{parts.query}".rstrip("?") or reverse("desk")
    logout(request)
    there = reverse("sign-in", query={"next": came_from, "why": "idle"})
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": there})
    return redirect(there)


def in_person(request: StaffRequest) -> Actor:
    """Whoever presses, and since when it is certain: for verbs by which homes leave."""
    stamps = [request.session.get(PASSWORD_AT, 0)]
    if has_phone(request.user):
        stamps.append(request.session.get(CODE_AT, 0))
    proved_at = datetime.fromtimestamp(min(stamps), UTC)
    return staff(request.user, proved_at=proved_at)


def to_proof(there: str, *, back: str = "") -> HttpResponse:
    """To the page that asks for the password again and leads ``there``; who would rather not
    goes ``back``, which must be given where ``there`` would only ask again."""
    way = {"next": there} | ({"back": back} if back else {})
    return redirect(reverse("prove-again", query=way))


class SecondFactorMiddleware:
    """With ``SECOND_FACTOR``, a town's staff pages and the admin open after the code only.

    Residents' pages are not looked at: they must not touch the session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR and request.path.startswith(DESK):
            page = reverse("second-factor")
            if request.path != page and needs_code(request):
                there = urlencode({"next": request.get_full_path()})
                return redirect(f"{page}?{there}")
        return self.get_response(request)


def needs_code(request: HttpRequest) -> bool:
    """Signed in by password alone, and running a town."""
    return runs_a_town(request.user) and proof(request) is None


def proof(request: HttpRequest) -> Device | None:
    """The phone or the recovery codes that this sign-in was proved by, if any."""
    return getattr(request.user, "otp_device", None)


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
