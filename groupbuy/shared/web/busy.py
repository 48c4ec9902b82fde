"""When another try helps: once more by ourselves, or a page that keeps all that was typed.

Costs nothing as long as all is well: nothing here runs before something has failed. Neither the
page nor the JSON needs the database, a session or a script.
"""

import logging
import sys
from urllib.parse import urlsplit

from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext as _
from django.views.defaults import server_error

from groupbuy.shared.trouble import Trouble, trouble_of
from groupbuy.shared.web.foreign import foreign

logger = logging.getLogger(__name__)

TRIES = 2  # more, after the first
SUBMIT_KEY = "key"  # a form with this field is one act, however often it comes
WAIT = {  # seconds, for machines and for the script that presses the button by itself
    Trouble.CROSSED: 3,
    Trouble.SLOW: 5,
    Trouble.AWAY: 5,
    Trouble.FULL: 60,
}
_UNREADABLE = (UnreadablePostError, SuspiciousOperation, MultiPartParserError)


def tried_again(request: HttpRequest, fault: Exception) -> HttpResponse | Exception:
    """The view's answer to another try, or why there is none: ``fault``, or a later one.

    After a deadlock or a lock that did not come nothing was written, so the form is tried
    twice more. Not a machine's: its body is read by now, and it tries again by itself.
    """
    match = request.resolver_match
    if request.method != "POST" or match is None or is_for_machines(request):
        return fault
    for _try in range(TRIES):
        is_undone = not connection.in_atomic_block
        if trouble_of(fault) is not Trouble.CROSSED or not is_undone:
            break
        rewind(request)
        try:
            response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        except Exception as another:  # noqa: BLE001 - judged by the caller, like the first
            fault = another
        else:
            return response
    return fault


def rewind(request: HttpRequest) -> None:
    """What the first try has read of the files is read anew."""
    for _name, files in request.FILES.lists():
        for file in files:
            file.seek(0)


def server_fault(request: HttpRequest) -> HttpResponse:
    """Django's ``handler500``: what fails outside of any view, a session's look-up say."""
    fault = sys.exception()
    trouble = trouble_of(fault) if fault else None
    return busy(request, trouble) if trouble else server_error(request)


def busy(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """503: please once more, or, where that might do it twice, look first."""
    logger.error("%s: %s %s", trouble, request.method, request.path)
    if is_for_machines(request):
        detail = _("Busy for a moment. Please send the same once more.")
        body = {"code": "busy", "detail": detail, "field": ""}
        return headed(JsonResponse(body, status=503), trouble)
    fields = typed(request) if request.method == "POST" else None
    keyed = fields is not None and SUBMIT_KEY in dict(fields)
    context = {
        "trouble": trouble,
        "fields": fields,
        "keyed": keyed,
        "look_first": trouble is Trouble.AWAY
        and request.method == "POST"
        and not keyed,
        "wait": WAIT[trouble],
        "page": page_of(request),
    }
    response = headed(render(request, "busy.html", context, status=503), trouble)
    if "HX-Request" in request.headers:
        as_a_part(request, response)
    return response


def headed(response: HttpResponse, trouble: Trouble) -> HttpResponse:
    response["Retry-After"] = str(WAIT[trouble])
    response["Cache-Control"] = "no-store"
    return response


def as_a_part(request: HttpRequest, response: HttpResponse) -> None:
    """What a page fetches by itself stays as it is; what somebody pressed is answered."""
    if request.method == "GET":
        response["HX-Reswap"] = "none"
        return
    response["HX-Retarget"] = response["HX-Reselect"] = "#content"
    response["HX-Reswap"] = "outerHTML"


def is_for_machines(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def typed(request: HttpRequest) -> list[tuple[str, str]] | None:
    """The very same form, as hidden fields; None if it cannot be had so: files, secrets,
    what could not be read. Nor what another site sent: from here it would come as ours."""
    if foreign(request):
        return None
    try:
        sent = request.POST
        if request.FILES or any(is_secret(name, sent[name]) for name in sent):
            return None
    except _UNREADABLE:
        return None
    return [(name, value) for name in sent for value in sent.getlist(name)]


def is_secret(name: str, value: str) -> bool:
    """A password, a phone's six digits or a recovery code; a package's code is three at most."""
    return "password" in name or (name == "code" and len(value.strip()) > 3)


def page_of(request: HttpRequest) -> str:
    """The page to look at: this one, or the one whose form was sent."""
    if request.method == "POST":
        came_from = urlsplit(request.headers.get("Referer", ""))
        here = came_from.path if came_from.netloc == request.get_host() else ""
        query = f"?{came_from.query}" if here and came_from.query else ""
        return escape_leading_slashes((here or request.path) + query)
    return request.get_full_path()
