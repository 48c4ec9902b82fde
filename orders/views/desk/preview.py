"""What residents see, for a phone's frame on the group buy's own page."""

from typing import cast

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from catalog.queries.visible import group_buys_of
from groupbuy.community.requests import StaffRequest, town_staff_only
from groupbuy.shared.web import csp
from orders.queries.draft import draft_page
from orders.views.link import drawn, link


@town_staff_only
@require_safe
@xframe_options_sameorigin
def preview_page(request: StaffRequest, group_buy_id: int) -> HttpResponse:
    """The page behind the link; a draft's is drawn by the same template from its offers."""
    shown = get_object_or_404(
        group_buys_of(request.user).select_related("town"), pk=group_buy_id
    )
    if shown.published_at:
        response = cast("HttpResponse", link(request, shown.token))
    else:
        now, size = timezone.now(), request.type_size  # type: ignore[attr-defined]
        page = draft_page(shown, now=now)
        response = HttpResponse(drawn(page, request.LANGUAGE_CODE, size, now=now))
    framed = csp.policy("").replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    response[csp.HEADER] = framed
    return response
