"""The volunteers' page where there is no network: taps that come late, and the page's own copy."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from delivery.actions.taps import settle_taps
from delivery.forms import TapsForm
from delivery.models import Settled
from delivery.queries.words import stamp
from delivery.views.volunteer import Key, with_key
from orders.templatetags.residents import clock


@with_key
@require_POST
def taps(request: HttpRequest, key: Key) -> HttpResponse:
    """What a phone kept, all at once; the answer is what is true now, home by home."""
    form, now = TapsForm(request.POST), timezone.now()
    if not form.is_valid():
        return JsonResponse({"taps": []}, status=422)
    found = settle_taps(
        key.batch, key.compound, form.cleaned_data["tap"], by=key.holder, now=now
    )
    return JsonResponse({"now": stamp(now), "taps": [said(one) for one in found]})


def said(settled: Settled) -> dict[str, object]:
    """One home for the phone; ``says`` where it is not what was tapped."""
    since = settled.since
    return {
        "order": settled.tap.order_id,
        "reached": settled.reached,
        "when": stamp(since) if since else None,
        "clock": clock(since) if since else "",
        "says": sentence(settled),
    }


def sentence(settled: Settled) -> str:
    if settled.is_gone:
        return _("Taken off the list: please bring it back.")
    if not settled.is_overruled or settled.since is None:
        return ""
    told = {"clock": clock(settled.since)}
    if settled.reached:
        return _("Someone tapped later, %(clock)s: it was handed over.") % told
    return _("Someone tapped later, %(clock)s: not handed over.") % told


@with_key
@require_GET
def worker(request: HttpRequest, key: Key) -> HttpResponse:
    """The service worker, served below the link: it reaches this link's pages and no others."""
    script = Path(str(finders.find("volunteer-worker.js")))
    return HttpResponse(script.read_text("utf-8"), content_type="text/javascript")
