"""What residents will see, in the frame of a phone, before anybody is told the link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from catalog.queries import group_buys as reads
from catalog.queries.rhythm import cutoffs
from catalog.queries.visible import group_buys_of
from groupbuy.community.requests import town_staff_only


@town_staff_only
def preview(request: HttpRequest, group_buy_id: int) -> HttpResponse:
    """The next batch as it would open now, from today's template lines."""
    shown = get_object_or_404(group_buys_of(request.user), pk=group_buy_id)
    row = reads.group_buy_rows(request.user, now=timezone.now(), only=shown.pk)[0]
    context = {
        "group_buy": shown,
        "row": row,
        "until": cutoffs(shown, row.next_day)[0] if row.next_day else None,
        "groups": reads.lines_by_supplier(shown),
    }
    return render(request, "supply/preview.html", context)
