"""What residents will see, in the frame of a phone, before anybody is told the link."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import resolve, reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin

from catalog.queries import group_buys as reads
from catalog.queries.rhythm import cutoffs
from catalog.queries.visible import group_buys_of
from groupbuy.community.requests import StaffRequest, town_staff_only
from groupbuy.shared.web import csp


@town_staff_only
def preview(request: StaffRequest, group_buy_id: int) -> HttpResponse:
    """The shared page itself in a phone's frame; before there is one, what it will hold."""
    shown = get_object_or_404(group_buys_of(request.user), pk=group_buy_id)
    row = reads.group_buy_rows(request.user, now=timezone.now(), only=shown.pk)[0]
    context = {
        "group_buy": shown,
        "row": row,
        "until": cutoffs(shown, row.next_day)[0] if row.next_day else None,
        "groups": reads.lines_by_supplier(shown),
    }
    return render(request, "supply/preview.html", context)


@town_staff_only
@xframe_options_sameorigin
def shared_page(request: StaffRequest, group_buy_id: int) -> HttpResponse:
    """The page behind the group buy's link, allowed in a frame of this site's own pages.

    Reached by its URL's name: the floor above is not imported.
    """
    shown = get_object_or_404(group_buys_of(request.user), pk=group_buy_id)
    door = resolve(reverse("link", args=[shown.token]))
    response = door.func(request, *door.args, **door.kwargs)
    framed = csp.policy("").replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    response[csp.HEADER] = framed
    return response
