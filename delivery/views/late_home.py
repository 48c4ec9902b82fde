"""One late home of a head's chain, with its source, let in by the town with a reason."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from delivery.actions.late_home import let_home_in
from delivery.forms import LateHomeForm
from groupbuy.community.models import staff
from groupbuy.community.requests import StaffRequest, accepted, town_staff_only
from orders.queries.late_homes import chains_to_let_in
from orders.queries.late_homes import late_home as found_home


@town_staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def late_home(request: StaffRequest, chain_id: int) -> HttpResponse:
    """``?home=unit/room``: what was said of it and when; POST lets it in."""
    chains = chains_to_let_in(request.user).select_related(
        "batch__group_buy", "building__compound"
    )
    chain = get_object_or_404(chains, pk=chain_id)
    home = found_home(chain, request.GET.get("home", ""))
    if home is None:
        raise Http404
    form = LateHomeForm(request.POST if request.method == "POST" else None)

    def verb() -> None:
        reason = form.cleaned_data["reason"]
        by, now = staff(request.user), timezone.now()
        let_home_in(chain, home.home_key, reason=reason, by=by, now=now)

    if form.is_bound and accepted(form, verb):
        messages.success(request, _("The order is in."))
        return redirect("handed-in", batch_id=chain.batch_id)
    context = {"chain": chain, "batch": chain.batch, "home": home, "form": form}
    status = 409 if form.errors else 200
    return render(request, "delivery/late_home.html", context, status=status)
