"""The shared link: the same bytes for everybody who asks for the same."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.models import GroupBuy
from groupbuy.community.models import Compound
from groupbuy.shared.web.reading import LANGUAGES, SIZES
from orders.queries.page import Page, page, served_compound, shared_group_buy
from orders.views.frame import OPEN_PLACES, any_compound, own
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
    be another's. No session, no CSRF token, no cookie is touched. The pages of compounds
    are cut from one that they share.
    """
    language, size = request.LANGUAGE_CODE, request.type_size  # type: ignore[attr-defined]
    shared, now = compound_id is not None, timezone.now()
    key = (token, shared, language, size)
    kept = PAGES.get(key, lambda: body(token, shared, language, size, now=now))
    if compound_id is not None:
        kept = kept.part(compound_id, lambda: of_compound(token, compound_id, language))
    return respond(request, kept)


def body(token: str, shared: bool, language: str, size: int, *, now: datetime) -> bytes:
    """The page's bytes; if ``shared`` by all compounds, with places left open for each.

    Raises Http404.
    """
    shown = page(published(token), now=now)
    if not shared:
        return drawn(shown, language, size, now=now)
    of_any = replace(shown, compound=any_compound())
    return drawn(of_any, language, size, now=now, **OPEN_PLACES)


def published(token: str) -> GroupBuy:
    """Raises Http404."""
    group_buy = shared_group_buy(token)
    if group_buy is None:
        raise Http404
    return group_buy


def of_compound(token: str, compound_id: int, language: str) -> dict[str, str]:
    """Raises Http404 for a compound that is not served."""
    group_buy = published(token)
    compound = served_compound(group_buy, compound_id)
    if compound is None:
        raise Http404
    return own(group_buy, compound, language)


def drawn(
    shown: Page, language: str, size: int, *, now: datetime, **places: object
) -> bytes:
    """The page; ``places`` may put other help at its foot than that of no compound."""
    token = shown.group_buy.token
    compound_id = shown.compound.pk if shown.compound else None
    context = {
        "page": shown,
        "phase": shown.phase.value,
        "now": now,
        **time_left(shown, now=now),
        "order_url": order_url(token, compound_id),
        "og": preview(token, compound_id),
        "help": help_for(shown.group_buy, alone(shown)),
        **places,
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
