"""Which compounds and buildings a group buy serves."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.actions.group_buys import save_places
from catalog.forms.group_buys import PlacesForm
from catalog.models import GroupBuy
from catalog.queries.group_buys import places_to_pick
from catalog.queries.visible import group_buys_of
from groupbuy.community.models import staff
from groupbuy.community.requests import StaffRequest, accepted, town_staff_only


@town_staff_only
def places(request: StaffRequest, group_buy_id: int) -> HttpResponse:
    """A picker by committee: whole compounds, or single buildings of one."""
    shown = get_object_or_404(group_buys_of(request.user), pk=group_buy_id)
    form = PlacesForm(request.POST or None, town=shown.town)

    def save() -> None:
        by = staff(request.user)
        save_places(shown, by=by, now=timezone.now(), **form.cleaned_data)

    if request.method == "POST" and accepted(form, save):
        messages.success(request, _("Saved."))
        return redirect("group-buy", shown.pk)
    return show(request, shown, form)


def show(request: StaffRequest, shown: GroupBuy, form: PlacesForm) -> HttpResponse:
    """The picker with what is ticked: as typed after a refusal, else as it stands."""
    if form.is_bound:
        whole = set(map(int, filter(str.isdecimal, request.POST.getlist("compounds"))))
        single = set(map(int, filter(str.isdecimal, request.POST.getlist("buildings"))))
    else:
        rows = shown.places.values_list("compound_id", "building_id")
        whole = {compound for compound, building in rows if building is None}
        single = {building for _compound, building in rows if building is not None}
    context = {
        "group_buy": shown,
        "form": form,
        "committees": places_to_pick(shown.town),
        "whole": whole,
        "single": single,
    }
    status = 422 if form.errors else 200
    return render(request, "supply/places.html", context, status=status)
