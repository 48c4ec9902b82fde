"""The lines of a group buy. Every change is for the next batch."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog.actions.group_buys import restore_offer, save_offer, withdraw_offer
from catalog.forms.group_buys import OfferForm
from catalog.models import Offer
from catalog.queries.group_buys import next_code
from catalog.queries.visible import group_buys_of, offers_of
from groupbuy.community.models import staff
from groupbuy.community.requests import StaffRequest, accepted, told, town_staff_only


@town_staff_only
def new_offer(request: StaffRequest, group_buy_id: int) -> HttpResponse:
    group_buy = get_object_or_404(group_buys_of(request.user), pk=group_buy_id)
    line = Offer(group_buy=group_buy, code=next_code(group_buy))
    return show(request, line, _("Added to the next batch."))


@town_staff_only
def offer(request: StaffRequest, offer_id: int) -> HttpResponse:
    line = get_object_or_404(offers_of(request.user), pk=offer_id)
    return show(request, line, _("Saved for the next batch."))


def show(request: StaffRequest, line: Offer, sentence: str) -> HttpResponse:
    form = OfferForm(request.POST or None, instance=line, user=request.user)

    def save() -> None:
        save_offer(form.instance, by=staff(request.user), now=timezone.now())

    if request.method == "POST" and accepted(form, save):
        messages.success(request, sentence)
        return redirect("group-buy", line.group_buy_id)
    context = {"form": form, "offer": line, "group_buy": line.group_buy}
    status = 422 if form.errors else 200
    return render(request, "supply/offer.html", context, status=status)


@town_staff_only
@require_POST
def withdraw(request: StaffRequest, offer_id: int) -> HttpResponse:
    line = get_object_or_404(offers_of(request.user), pk=offer_id)
    withdraw_offer(line, by=staff(request.user), now=timezone.now())
    messages.success(request, _("Left out from the next batch on."))
    return redirect("group-buy", line.group_buy_id)


@town_staff_only
@require_POST
def restore(request: StaffRequest, offer_id: int) -> HttpResponse:
    line = get_object_or_404(offers_of(request.user), pk=offer_id)

    def back() -> None:
        restore_offer(line, by=staff(request.user), now=timezone.now())

    told(request, back, _("In the next batch again."))
    return redirect("group-buy", line.group_buy_id)
