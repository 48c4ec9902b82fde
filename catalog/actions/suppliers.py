"""Suppliers and their papers."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Batch, Stock, Supplier, SupplierPaper
from catalog.rules import may_change_supplier
from groupbuy.community.actions.log import log
from groupbuy.community.models import Actor
from groupbuy.community.rules import require
from groupbuy.shared.errors import Refused


@transaction.atomic
def save_supplier(supplier: Supplier, *, by: Actor, now: datetime) -> Supplier:
    """A new supplier of its town, or changed facts of one. Raises Refused for a name twice."""
    require(may_change_supplier(by, supplier))
    same = Supplier.objects.filter(town=supplier.town_id, name=supplier.name)
    if same.exclude(pk=supplier.pk).exists():
        raise Refused(_("There is a supplier of this name already."), field="name")
    supplier.save()
    log("save_supplier", supplier, town_id=supplier.town_id, by=by, now=now)
    return supplier


@transaction.atomic
def save_paper(paper: SupplierPaper, *, by: Actor, now: datetime) -> SupplierPaper:
    """A new paper, or a changed one. Raises Refused when it is there already."""
    supplier = paper.supplier
    require(may_change_supplier(by, supplier))
    same = supplier.papers.filter(kind=paper.kind, number=paper.number)
    if same.exclude(pk=paper.pk).exists():
        raise Refused(_("This paper is in the list already."), field="number")
    paper.save()
    log("save_paper", paper, town_id=supplier.town_id, by=by, now=now)
    return paper


@transaction.atomic
def drop_paper(paper: SupplierPaper, *, by: Actor, now: datetime) -> None:
    """Take a paper off the list; the log keeps that it was there."""
    supplier = paper.supplier
    require(may_change_supplier(by, supplier))
    number, town_id = paper.number, supplier.town_id
    paper.delete()
    log("drop_paper", supplier, town_id=town_id, by=by, now=now, number=number)


@transaction.atomic
def suspend_supplier(
    supplier: Supplier, *, reason: str, by: Actor, now: datetime
) -> Supplier:
    """Nothing of this supplier is sold from now on; what is ordered stands.

    Open batches pause its packages at once, new ones leave them out. Raises Refused
    without a reason.
    """
    require(may_change_supplier(by, supplier))
    if not reason.strip():
        raise Refused(_("Please write the reason."), field="reason")
    Supplier.objects.filter(pk=supplier.pk).update(
        suspended_at=now, suspended_reason=reason.strip()
    )
    Stock.objects.filter(
        Stock.ON_SALE, supplier=supplier, batch__state=Batch.State.OPEN
    ).update(paused_at=now)
    town_id = supplier.town_id
    log("suspend_supplier", supplier, town_id=town_id, by=by, now=now, reason=reason)
    supplier.refresh_from_db()
    return supplier


@transaction.atomic
def resume_supplier(supplier: Supplier, *, by: Actor, now: datetime) -> Supplier:
    """New batches take its packages again; those paused today are resumed one by one."""
    require(may_change_supplier(by, supplier))
    Supplier.objects.filter(pk=supplier.pk).update(
        suspended_at=None, suspended_reason=""
    )
    log("resume_supplier", supplier, town_id=supplier.town_id, by=by, now=now)
    supplier.refresh_from_db()
    return supplier
