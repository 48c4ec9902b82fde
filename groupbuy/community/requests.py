"""Who may open a staff page at all; what they see there starts from the person."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from groupbuy.community.queries.people import looks_after_homes, runs_a_town

View = Callable[..., HttpResponse]


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
