"""A stored document is handed out: one line in the log for each time."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from catalog.models import Batch
from delivery.models import Holder, PickupList, Sheet
from delivery.queries.scope import MANY_HOMES, homes_on
from delivery.queries.sheets import BATCH_KINDS, SUPPLIER_KINDS
from delivery.rules import may_deliver, may_run_batch
from groupbuy.community.actions.disclose import disclose
from groupbuy.community.models import AccessKey, Actor, Compound, LogEntry
from groupbuy.community.rules import require, require_proof
from groupbuy.shared.errors import Refused
from orders.actions.erase import kept_until

REASON_HOLDS = timedelta(minutes=10)


def fetch_sheet(sheet: Sheet, *, by: Actor, now: datetime) -> Sheet:
    """Write down who takes it and of how many homes; a supplier's order tells of none.

    One compound's list is daily work. A whole day's, of more than ``MANY_HOMES``, is taken
    only by who has just given a reason (``print_all``); else Refused with code "reason".
    """
    batch = sheet.batch
    if sheet.kind in SUPPLIER_KINDS:
        return sheet
    if sheet.compound is None:
        require(may_run_batch(by, batch))
    else:
        require(may_deliver(by, batch, sheet.compound, now))
    require_proof(by, now)
    homes = homes_on(sheet)
    is_large = sheet.kind in BATCH_KINDS and homes > MANY_HOMES
    if is_large and not _reasoned(batch, by, now):
        raise Refused(_("Please say what it is needed for."), code="reason")
    _write(
        batch,
        "fetch_sheet",
        by=by,
        now=now,
        homes=homes,
        sheet=sheet.pk,
        kind=sheet.kind,
    )
    return sheet


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
