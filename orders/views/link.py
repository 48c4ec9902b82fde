"""The shared link: the same bytes for everybody who asks for the same."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from groupbuy.community.models import Compound
from groupbuy.shared.web.reading import LANGUAGES, SIZES
from orders.queries.page import Page, page, shared_group_buy
from orders.views.help import help_for
from orders.views.link_cache import LinkCache, respond

PAGES = LinkCache()
HOUR = timedelta(hours=1)


@require_safe
def link(
    request: HttpRequest, token: str, compound_id: int | None = None
) -> HttpResponseBase:
    """Cached by (group buy, compound, language, size): all four from URL or cookie only.

    Nothing of the request but these may reach the template, or one reader's page would
    be another's. No session, no CSRF token, no cookie is touched.
    """
    language, size = request.LANGUAGE_CODE, request.type_size  # type: ignore[attr-defined]
    key = (token, compound_id, language, size)
    now = timezone.now()
    kept = PAGES.get(key, lambda: body(token, compound_id, language, size, now=now))
    return respond(request, kept)


def body(
    token: str, compound_id: int | None, language: str, size: int, *, now: datetime
) -> bytes:
    """The page's bytes. Raises Http404 for an unknown link or a compound not served."""
    group_buy = shared_group_buy(token)
    shown = page(group_buy, compound_id, now=now) if group_buy else None
    if shown is None:
        raise Http404
    return drawn(shown, language, size, now=now)


def drawn(shown: Page, language: str, size: int, *, now: datetime) -> bytes:
    token = shown.group_buy.token
    compound_id = shown.compound.pk if shown.compound else None
    context = {
        "page": shown,
        "phase": shown.phase.value,
        "now": now,
        **time_left(shown, now=now),
        "order_url": order_url(token, compound_id),
        "og": preview(token, compound_id),
        "help": help_for(shown.group_buy, shown.compound or alone(shown)),
        **reading_links(link_path(token, compound_id), language, size),
    }
    return render_to_string("residents/link/page.html", context).encode()


def time_left(shown: Page, *, now: datetime) -> dict[str, object]:
    """In whole minutes, so that the page's ETag holds for one; ``minute`` is its epoch."""
    if shown.batch is None:
        return {}
    left = shown.batch.until_link - now
    minute = int(now.timestamp()) // 60 * 60
    return {"left": left, "soon": left < HOUR, "minute": minute}


def alone(shown: Page) -> Compound | None:
    """The only compound served, if there is just one."""
    return shown.compounds[0] if len(shown.compounds) == 1 else None


def link_path(token: str, compound_id: int | None) -> str:
    if compound_id is None:
        return reverse("link", args=[token])
    return reverse("link-compound", args=[token, compound_id])


def order_url(token: str, compound_id: int | None) -> str:
    """Where ordering starts; package codes are added as ``&A=1``."""
    return f"{reverse('order', args=[token])}?c={compound_id or ''}"


def preview(token: str, compound_id: int | None) -> dict[str, str]:
    """Absolute addresses, as chat apps want them in a link's preview."""
    return {
        "url": settings.SITE_URL + link_path(token, compound_id),
        "image": settings.SITE_URL + static("preview.png"),
    }


def reading_links(path: str, language: str, size: int) -> dict[str, object]:
    """As the context processor gives them, but without this request's own query."""
    other = next(lang for lang in LANGUAGES if lang != language)
    return {
        "lang": language,
        "size": size,
        "other_lang": other,
        "other_lang_url": f"{path}?lang={other}",
        "sizes": [
            {"size": s, "url": f"{path}?size={s}", "on": s == size} for s in SIZES
        ],
    }
