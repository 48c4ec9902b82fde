"""The password once more, and the phone's code, before residents' homes leave the screen."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from groupbuy.community.actions.second_factor import prove_second_factor
from groupbuy.community.forms import ProofForm
from groupbuy.community.requests import PASSWORD_AT, StaffRequest, accepted, staff_only
from groupbuy.community.views.second_factor import after, keep_proof


@staff_only
def prove_again(request: StaffRequest) -> HttpResponse:
    """Wrong passwords count as at the sign-in, wrong codes as at the second step."""
    sent = request.POST if request.method == "POST" else None
    form = ProofForm(sent, request=request)

    def prove() -> None:
        now = timezone.now()
        if code := form.cleaned_data.get("code"):
            device = prove_second_factor(request.user, code=code, now=now)
            keep_proof(request, device)
        request.session[PASSWORD_AT] = now.timestamp()

    if sent is not None and accepted(form, prove):
        return redirect(after(request))
    status = 422 if form.errors else 200
    context = {
        "form": form,
        "back": after(request, "back" if "back" in request.GET else "next"),
    }
    return render(request, "community/prove_again.html", context, status=status)
