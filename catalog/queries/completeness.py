"""What a group buy still lacks before it may be published.

The Shanghai notice of 2022-04-10 asks for the total price, every item's name and quantity,
weight or volume of food, the possible items when they are undetermined, a named after-sales
contact, and what happens on missing, wrong or refunded goods. There are no fees beside the
price in this release, so nothing else has to be itemised.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from catalog.models import GroupBuy, Offer, PackageItem, PackageVersion, Supplier
from catalog.queries.margins import newest_version
from catalog.queries.papers import paper_states
from catalog.queries.rhythm import next_delivery, next_delivery_after
from groupbuy.shared.clock import day_of

_UNDETERMINED = re.compile(
    r"时令|当季|应季|随机|任选|任意|不定|若干|适量|盲盒|混搭|或|等$"
)


@dataclass(frozen=True)
class Gap:
    """One missing thing, and where it is mended: URL name ``page`` with ``page_id``."""

    sentence: str
    page: str
    page_id: int


def missing(group_buy: GroupBuy, *, on: date | None) -> list[str]:
    """One sentence for each missing thing; empty means it may be published.

    ``on`` is the delivery date that supplier papers are judged by; with None suppliers'
    papers and suspensions are left out.
    """
    return [gap.sentence for gap in gaps(group_buy, on=on)]


def gaps(group_buy: GroupBuy, *, on: date | None) -> list[Gap]:
    """As ``missing``, with the page that mends each."""
    offers = standing_offers(group_buy)
    found = [*_terms(group_buy), *_places(group_buy)]
    if not offers:
        sentence = _("There is no package on offer.")
        found.append(Gap(sentence, "offer-new", group_buy.pk))
    for offer in offers:
        found += _offer(offer)
    suppliers = {o.package.supplier_id: o.package.supplier for o in offers}
    if on is not None:
        for supplier in suppliers.values():
            found += _supplier(supplier, on)
    return found


def offers_to_open(group_buy: GroupBuy, *, on: date) -> list[Offer]:
    """The offers that may be sold for delivery ``on``: complete, papers valid, not suspended."""
    return [
        offer
        for offer in standing_offers(group_buy)
        if not [*_offer(offer), *_supplier(offer.package.supplier, on)]
    ]


def standing_offers(group_buy: GroupBuy) -> list[Offer]:
    """Not withdrawn, by code, with package, supplier, papers, versions and items at hand."""
    offers = group_buy.offers.filter(withdrawn_at__isnull=True)
    return list(
        offers.select_related("package__supplier").prefetch_related(
            "package__versions__items", "package__supplier__papers"
        )
    )


def next_day(group_buy: GroupBuy, now: datetime) -> date:
    """The delivery date to judge papers by: the next that may open, else today's date."""
    return next_delivery_after(group_buy, now) or day_of(now)


def _terms(group_buy: GroupBuy) -> Iterator[Gap]:
    sentences = []
    if not group_buy.contact_name or not group_buy.contact_phone:
        sentences.append(_("The contact's name and phone are missing."))
    if not group_buy.remedy:
        sentences.append(
            _("What happens when goods are missing, wrong or refunded is not said.")
        )
    if next_delivery(group_buy, group_buy.starts_on - timedelta(days=1)) is None:
        sentences.append(_("The rhythm names no delivery day."))
    for sentence in sentences:
        yield Gap(sentence, "group-buy-edit", group_buy.pk)


def _places(group_buy: GroupBuy) -> Iterator[Gap]:
    if not group_buy.places.exists():
        sentence = _("It serves no compound yet.")
        yield Gap(sentence, "group-buy-places", group_buy.pk)


def _offer(offer: Offer) -> Iterator[Gap]:
    if not offer.price_cents:
        sentence = _("%(code)s: the price is missing.") % {"code": offer.code}
        yield Gap(sentence, "offer", offer.pk)
    version = newest_version(offer)
    for sentence in contents_missing(version):
        line = f"{offer.code} {offer.package.name}: {sentence}"
        yield Gap(line, "package", offer.package_id)


def contents_missing(version: PackageVersion | None) -> Iterator[str]:
    """What a version lacks to be sold: items, quantities, possible items, weight."""
    items = list(version.items.all()) if version else []
    if version is None or not items:
        yield _("what is in it is missing.")
        return
    for item in items:
        if not item.name or not item.quantity:
            yield _("“%(item)s” has no quantity.") % {"item": item.name}
        elif is_undetermined(item) and not item.possible:
            yield _("“%(item)s” needs its possible items.") % {"item": item.name}
    if not version.weight_grams and not version.volume_note:
        yield _("its weight or volume is missing.")


def is_undetermined(item: PackageItem) -> bool:
    """Whether the words say that supply decides on the day (``时令菜``, ``若干``)."""
    return bool(_UNDETERMINED.search(item.name) or _UNDETERMINED.search(item.quantity))


def _supplier(supplier: Supplier, on: date) -> Iterator[Gap]:
    sentences = []
    if supplier.suspended_at:
        sentences.append(_("is suspended."))
    if not supplier.phone or not supplier.contact:
        sentences.append(_("the after-sales contact is missing."))
    for paper in paper_states(supplier, on=on):
        if paper.state == "none":
            sentences.append(_("%(paper)s is missing.") % {"paper": paper.label})
        elif paper.state == "expired":
            words = {"paper": paper.label, "day": on.isoformat()}
            sentences.append(_("%(paper)s is not valid on %(day)s.") % words)
    for sentence in sentences:
        yield Gap(f"{supplier.name}: {sentence}", "supplier", supplier.pk)
