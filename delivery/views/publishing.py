"""The publishing pack: one compound's link, code, ready words and stairwell notice."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from catalog.models import Batch
from delivery.documents.chunk import Job, render_many
from delivery.documents.pdf import Pdf
from delivery.documents.qr import png, svg
from delivery.documents.shapes import Contact, NoticeData
from delivery.queries import publishing as pack
from delivery.queries import words
from delivery.queries.batches import batches_of
from delivery.queries.group_text import message
from groupbuy.community.models import Compound
from groupbuy.community.requests import StaffRequest, staff_only


@staff_only
@require_GET
def packs(request: StaffRequest, batch_id: int) -> HttpResponse:
    """A batch's packs: every compound of the person's to which it comes."""
    batch = get_object_or_404(batches_of(request.user), pk=batch_id)
    compounds = pack.served_compounds(request.user, batch)
    context = {"batch": batch, "compounds": compounds}
    return render(request, "day/packs.html", context)


@staff_only
@require_GET
def publishing_pack(
    request: StaffRequest, batch_id: int, compound_id: int
) -> HttpResponse:
    """The text that fits the hour comes first; ``?hour=`` shows another.

    Of a day that was called off only that is told: no link, no code, no notice.
    """
    batch, compound = served(request, batch_id, compound_id)
    facts = pack.facts_of(batch, compound)
    fitting = pack.hour_of(batch, facts, timezone.now())
    hours = {hour.value: hour for hour in pack.hours_of(batch)}
    hour = hours.get(request.GET.get("hour", ""), fitting)
    text = message(hour, facts)
    context = {
        "batch": batch,
        "compound": compound,
        "facts": facts,
        "hours": [(h.value, pack.HOUR_WORDS[h], h == hour) for h in hours.values()],
        "text": text,
        "rows": text.count("\n") + 3,
        "check_code": pack.check_code(batch, compound),
    }
    return render(request, "day/pack.html", context)


def served(
    request: StaffRequest, batch_id: int, compound_id: int
) -> tuple[Batch, Compound]:
    """The batch and the compound, if it comes there and the person looks after it."""
    batch = get_object_or_404(batches_of(request.user), pk=batch_id)
    compounds = pack.served_compounds(request.user, batch)
    return batch, get_object_or_404(compounds, pk=compound_id)


def asked(
    request: StaffRequest, batch_id: int, compound_id: int
) -> tuple[Batch, Compound]:
    """The same for codes and notice: a day that was called off has none."""
    batch, compound = served(request, batch_id, compound_id)
    if batch.state == Batch.State.CALLED_OFF:
        raise Http404
    return batch, compound


@staff_only
@require_GET
def code_png(request: StaffRequest, batch_id: int, compound_id: int) -> HttpResponse:
    batch, compound = asked(request, batch_id, compound_id)
    content = png(pack.link_of(batch, compound), pixels=1000)
    return download(content, "image/png", f"{compound.name}.png")


@staff_only
@require_GET
def code_svg(request: StaffRequest, batch_id: int, compound_id: int) -> HttpResponse:
    batch, compound = asked(request, batch_id, compound_id)
    content = svg(pack.link_of(batch, compound)).encode()
    return download(content, "image/svg+xml", f"{compound.name}.svg")


@staff_only
@require_GET
def notice_pdf(request: StaffRequest, batch_id: int, compound_id: int) -> HttpResponse:
    """The A4 notice, made when asked for. Raises DocumentFault when it would print wrong."""
    batch, compound = asked(request, batch_id, compound_id)
    with translation.override("zh-hans"):  # paper speaks the town's language
        data = notice_of(batch, compound)
    for _key, made in render_many([Job("notice", "notice", data)], processes=1):
        if not isinstance(made, Pdf):
            raise made
        return download(made.content, "application/pdf", f"{compound.name}.pdf")
    raise RuntimeError("the renderer gave no answer")


def notice_of(batch: Batch, compound: Compound) -> NoticeData:
    facts = pack.facts_of(batch, compound)
    prices = [cents for _code, _title, cents in facts.packages] or [0]
    return NoticeData(
        town=batch.group_buy.town.name,
        compound=compound.name,
        title=facts.title,
        from_cents=min(prices),
        to_cents=max(prices),
        cutoff=words.moment_words(batch.until_link),
        delivery=words.day_words(batch.delivery_on),
        window=words.window_words(batch.window_from, batch.window_to),
        contact=Contact(facts.contact_name, facts.contact_phone),
        url=facts.url,
        site=urlsplit(settings.SITE_URL).netloc,
        check_code=pack.check_code(batch, compound),
    )


def download(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
