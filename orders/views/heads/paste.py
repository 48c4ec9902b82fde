"""The paste page: the chat group's chain in, line by line looked at, handed in home by home."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.models import Batch
from groupbuy.shared.errors import Refused
from orders.actions import chain_lines
from orders.actions.hand_in_chain import hand_in_chain, is_late
from orders.actions.paste_chain import paste_chain
from orders.actions.show_phone import show_chain_phones
from orders.models import Chain
from orders.queries.chains import newest_chain, work_of
from orders.queries.heads.days import Day, batch_for
from orders.views.heads.door import Door, building_page
from orders.views.heads.paste_sheet import PasteSheet, room_words
from orders.views.help import help_for

ON_LINES = {
    "accept": chain_lines.accept_line,
    "aside": chain_lines.set_aside_line,
    "open": chain_lines.reopen_line,
}


@building_page
@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: HttpRequest, door: Door, batch_id: int) -> HttpResponse:
    """One form: whichever button is pressed, everything typed in it is kept first."""
    batch = found_batch(door, batch_id)
    chain = newest_chain(batch, door.building)
    if request.method != "POST":
        return page(request, door, batch, chain)
    try:
        if chain is not None:
            kept(request, door, chain)
        return done(request, door, batch, chain)
    except Refused as refusal:
        return page(request, door, batch, chain, refusal=refusal)


@building_page
@require_safe
def pasted(request: HttpRequest, door: Door, batch_id: int) -> HttpResponse:
    """How it went, home by home: what stands, and what could not be had."""
    batch = found_batch(door, batch_id)
    chain = newest_chain(batch, door.building)
    if chain is None:
        return redirect(door.url("paste", batch_id=batch.pk))
    sheet = PasteSheet(work_of(chain))
    door.opens("pasted", batch, homes=len(sheet.work.orders), now=timezone.now())
    refused = [
        (room_words((unit, room)), said)
        for (unit, _slash, room), said in (
            (home.partition("/"), said) for home, said in chain.refused.items()
        )
    ]
    context = base(door, batch) | {"sheet": sheet, "chain": chain, "refused": refused}
    return render(request, "heads/pasted.html", context)


def found_batch(door: Door, batch_id: int) -> Batch:
    batch = batch_for(door.building, batch_id)
    if batch is None:
        raise Http404
    return batch


def kept(request: HttpRequest, door: Door, chain: Chain) -> None:
    """Raises Refused when the form is an older paste's: its lines are others."""
    sheet = PasteSheet(work_of(chain))
    sent = request.POST.get("chain", "")
    if sent != str(chain.pk):
        if request.POST.get("do") == "paste":
            return
        raise Refused(_("A newer paste is here. Please look at that one."))
    chain_lines.keep_typed(
        chain,
        typed_rows=sheet.typed(request.POST),
        agreed=request.POST.getlist("tap"),
        by=door.actor,
    )


def done(
    request: HttpRequest, door: Door, batch: Batch, chain: Chain | None
) -> HttpResponse:
    """What the pressed button asks for, by its verb."""
    act, _dash, number = request.POST.get("do", "").partition("-")
    here, now = door.url("paste", batch_id=batch.pk), timezone.now()
    if act == "paste" or chain is None:
        text = request.POST.get("text", "")
        paste_chain(batch, door.building, text=text, by=door.actor, now=now)
        return redirect(here)
    if act in ON_LINES and number.isdecimal() and len(number) < 9:
        ON_LINES[act](chain, int(number), by=door.actor)
        return redirect(f"{here}#line-{number}")
    if act == "wish":
        number, _dash, code = number.partition("-")
        if number.isdecimal() and len(number) < 9:
            chain_lines.wish_for(chain, int(number), code, by=door.actor, now=now)
        return redirect(f"{here}#line-{number}")
    if act == "phones" and number.isdecimal() and len(number) < 9:
        show_chain_phones(chain, int(number), by=door.actor, now=now)
        return page(request, door, batch, chain, phones_of=int(number))
    if act == "hand":
        hand_in_chain(chain, by=door.actor, now=now)
        return redirect(door.url("pasted", batch_id=batch.pk))
    return HttpResponse(status=204) if "quiet" in request.headers else redirect(here)


def base(door: Door, batch: Batch) -> dict[str, object]:
    now = timezone.now()
    return door.context(now) | {
        "batch": batch,
        "day": Day(batch, [], now),
        "is_late": is_late(batch, now),
        "help": help_for(batch.group_buy, door.building.compound),
    }


def page(
    request: HttpRequest,
    door: Door,
    batch: Batch,
    chain: Chain | None,
    *,
    refusal: Refused | None = None,
    phones_of: int = 0,
) -> HttpResponse:
    """``refusal`` is shown where it belongs (409): beside the field, the line or the box.

    ``phones_of`` is the one line whose numbers are shown, on this answer only.
    """
    if chain is not None:
        chain.refresh_from_db()
    sheet = PasteSheet(work_of(chain), phones_of=phones_of) if chain else None
    if sheet:
        door.opens("paste", batch, homes=len(sheet.lines), now=timezone.now())
    _act, _dash, number = request.POST.get("do", "").partition("-")
    at_line = number if refusal and number.isdecimal() and len(number) < 9 else ""
    if sheet and refusal and at_line and not sheet.refuse(int(number), refusal):
        at_line = ""
    context = base(door, batch) | {
        "sheet": sheet,
        "text": request.POST.get("text", "") if refusal else "",
        "refusal": refusal.sentence if refusal and not at_line else "",
        "at_line": at_line or str(phones_of),
    }
    return render(request, "heads/paste.html", context, status=409 if refusal else 200)
