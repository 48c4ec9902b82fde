"""A stored document is handed out: one line in the log for each time."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from catalog.models import Batch
from delivery.models import Holder, PickupList, Sheet
from delivery.queries.scope import homes_on, is_days_paper, is_large
from delivery.queries.sheets import BATCH_KINDS, SUPPLIER_KINDS
from delivery.rules import may_deliver, may_fetch
from groupbuy.community.actions.disclose import disclose
from groupbuy.community.models import AccessKey, Actor, Compound, LogEntry
from groupbuy.community.rules import require, require_proof
from groupbuy.shared.errors import Refused
from orders.actions.erase import kept_until

REASON_HOLDS = timedelta(minutes=10)


def fetch_sheet(sheet: Sheet, *, by: Actor, now: datetime) -> Sheet:
    """Write down who takes it and of how many homes; a supplier's order tells of none.

    One compound's list is daily work. The day's paper of many homes is taken only by who
    has just given a reason (``print_all``); else Refused with code "reason". Everything
    else of many homes leaves by two hands (``take_release``); here it is Refused, "second".
    """
    if sheet.kind in SUPPLIER_KINDS:
        return sheet
    require(may_fetch(by, sheet, now))
    require_proof(by, now)
    homes = homes_on(sheet)
    large = is_large(sheet, homes)
    if large and not is_days_paper(sheet, now):
        raise Refused(_("This needs a second person's yes."), code="second")
    if large and sheet.kind in BATCH_KINDS and not _reasoned(sheet.batch, by, now):
        raise Refused(_("Please say what it is needed for."), code="reason")
    write_down(sheet, homes=homes, by=by, now=now)
    return sheet


def write_down(
    sheet: Sheet, *, homes: int, by: Actor, now: datetime, **scope: Any
) -> None:
    """The line in the log: this document is on its way to this person."""
    scope |= {"sheet": sheet.pk, "kind": sheet.kind}
    _write(sheet.batch, "fetch_sheet", by=by, now=now, homes=homes, **scope)


def print_building(
    batch: Batch, compound: Compound, *, homes: int, by: Actor, now: datetime
) -> None:
    """One building's page goes to a printer; no stored document, the same homes."""
    require(may_deliver(by, batch, compound, now))
    _write(batch, "fetch_sheet", by=by, now=now, homes=homes, compound=compound.pk)


def read_list(one: PickupList, *, key: AccessKey, now: datetime) -> None:
    """A town's machine reads one list with its lines; every reading is written down."""
    require(key.town_id == one.batch.group_buy.town_id)
    scope = {"list": one.pk, "key": key.pk}
    by = Actor("key")
    _write(one.batch, "read_list", by=by, now=now, homes=one.homes, **scope)


def _write(
    batch: Batch, verb: str, *, by: Actor, now: datetime, homes: int, **scope: Any
) -> None:
    if isinstance(by, Holder):
        scope["link"] = by.link_id
    disclose(
        verb,
        batch,
        town_id=batch.group_buy.town_id,
        by=by,
        now=now,
        homes=homes,
        until=kept_until(batch),
        **scope,
    )


def _reasoned(batch: Batch, by: Actor, now: datetime) -> bool:
    """Whether this very person gave a reason for this day in the last minutes."""
    told = LogEntry.objects.filter(subject="batch", subject_id=batch.pk, user=by.user)
    recent = told.filter(verb="print_all", at__gte=now - REASON_HOLDS)
    return by.user is not None and recent.exclude(reason="").exists()
