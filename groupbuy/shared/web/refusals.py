"""What no view caught still becomes a sentence for a person: a refusal, or a fault that passes."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from groupbuy.shared.errors import NotAllowed, Refused
from groupbuy.shared.trouble import trouble_of
from groupbuy.shared.web.busy import busy, tried_again


class RefusalMiddleware:
    """``Refused`` → 409 with its sentence, ``NotAllowed`` → 403, a fault of the database that
    passes → 503; JSON below ``/api/``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        answer = tried_again(request, exception)
        if isinstance(answer, HttpResponse):
            return answer
        if isinstance(answer, Refused):
            return refused(request, answer)
        if isinstance(answer, NotAllowed):
            return not_allowed(request)
        if trouble := trouble_of(answer):
            return busy(request, trouble)
        if answer is exception:
            return None
        raise answer  # what another try ran into is nothing of the first


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """409 with the sentence (and, for machines, its code and field)."""
    if request.path.startswith("/api/"):
        body = {
            "code": refusal.code,
            "detail": str(refusal.sentence),
            "field": refusal.field,
        }
        return JsonResponse(body, status=409)
    page = render(request, "refused.html", {"sentence": refusal.sentence}, status=409)
    page["Cache-Control"] = "no-store"
    return page


def not_allowed(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse(
            {"code": "not_allowed", "detail": "Not allowed."}, status=403
        )
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page got too old, or cookies are off: go back and try once more (403)."""
    return render(request, "403_csrf.html", status=403)
