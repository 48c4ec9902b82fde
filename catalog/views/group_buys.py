"""Group buys: the list, one with all it has, its terms, publishing and ending."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog.actions.group_buys import save_group_buy
from catalog.actions.publish import Incomplete, end_group_buy, publish
from catalog.forms.group_buys import GroupBuyForm
from catalog.queries import completeness
from catalog.queries import group_buys as reads
from catalog.queries.visible import group_buys_of
from groupbuy.community.models import staff
from groupbuy.community.requests import StaffRequest, accepted, told, town_staff_only


@town_staff_only
def group_buys(request: StaffRequest) -> HttpResponse:
    rows = reads.group_buy_rows(request.user, now=timezone.now())
    return render(request, "supply/group_buys.html", {"rows": rows})


@town_staff_only
def group_buy(request: StaffRequest, group_buy_id: int) -> HttpResponse:
    """One group buy: what is missing, its offers, terms and places, its next days."""
    shown = get_object_or_404(group_buys_of(request.user), pk=group_buy_id)
    now = timezone.now()
    day = completeness.next_day(shown, now)
    context = {
        "group_buy": shown,
        "row": reads.group_buy_rows(request.user, now=now, only=shown.pk)[0],
        "gaps": completeness.gaps(shown, on=day),
        "offers": reads.offer_rows(shown),
        "served": reads.served(shown),
        "days": reads.coming_days(shown, now=now),
    }
    return render(request, "supply/group_buy.html", context)


@town_staff_only
def preview(request: StaffRequest, group_buy_id: int) -> HttpResponse:
    """The residents' page in a phone's frame; the floor above draws it, by its URL's name."""
    shown = get_object_or_404(group_buys_of(request.user), pk=group_buy_id)
    return render(request, "supply/preview.html", {"group_buy": shown})


@town_staff_only
def new_group_buy(request: StaffRequest) -> HttpResponse:
    form = GroupBuyForm(request.POST or None, user=request.user)

    def save() -> None:
        save_group_buy(form.instance, by=staff(request.user), now=timezone.now())

    if request.method == "POST" and accepted(form, save):
        messages.success(request, _("Saved. Next: places and packages."))
        return redirect("group-buy", form.instance.pk)
    return show_form(request, form)


@town_staff_only
def edit(request: StaffRequest, group_buy_id: int) -> HttpResponse:
    shown = get_object_or_404(group_buys_of(request.user), pk=group_buy_id)
    form = GroupBuyForm(request.POST or None, instance=shown, user=request.user)

    def save() -> None:
        save_group_buy(form.instance, by=staff(request.user), now=timezone.now())

    if request.method == "POST" and accepted(form, save):
        messages.success(request, _("Saved. New terms hold from the next batch on."))
        return redirect("group-buy", shown.pk)
    return show_form(request, form)


def show_form(request: StaffRequest, form: GroupBuyForm) -> HttpResponse:
    context = {"form": form, "group_buy": form.instance}
    status = 422 if form.errors else 200
    return render(request, "supply/group_buy_form.html", context, status=status)


@town_staff_only
@require_POST
def publish_now(request: StaffRequest, group_buy_id: int) -> HttpResponse:
    """Publish; what is missing stands on the page that follows, with links."""
    shown = get_object_or_404(group_buys_of(request.user), pk=group_buy_id)
    try:
        publish(shown, by=staff(request.user), now=timezone.now())
    except Incomplete:
        messages.error(request, _("Not published: something is still missing."))
    else:
        messages.success(request, _("Published. The next batch opens by itself."))
    return redirect("group-buy", shown.pk)


@town_staff_only
@require_POST
def end(request: StaffRequest, group_buy_id: int) -> HttpResponse:
    shown = get_object_or_404(group_buys_of(request.user), pk=group_buy_id)

    def stop() -> None:
        end_group_buy(shown, by=staff(request.user), now=timezone.now())

    told(request, stop, _("Ended. The open batch still runs to its cutoff."))
    return redirect("group-buy", shown.pk)
