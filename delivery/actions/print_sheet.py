"""The moment paper leaves the screen: from then on only numbered differences correct it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Batch
from delivery.models import Paperwork, PickupList, Sheet
from delivery.queries.scope import needs_reason
from delivery.rules import may_deliver, may_run_batch
from groupbuy.community.actions.log import log
from groupbuy.community.models import Actor
from groupbuy.community.rules import require
from groupbuy.shared import db
from groupbuy.shared.errors import Refused
from orders.actions.cancel_order import required


@transaction.atomic
def print_sheet(pickup_list: PickupList, *, by: Actor, now: datetime) -> PickupList:
    """Mark one compound's list as printed, once; every printing is logged.

    The batch row is locked first, as corrections do: a list is either still replaced by a
    new version or printed, never both. Raises Refused for a list that was replaced.
    """
    batch = db.locked(Batch.objects.filter(pk=pickup_list.batch_id)).get()
    require(may_deliver(by, batch, pickup_list.compound, now))
    pickup_list.refresh_from_db(fields=["void_at", "printed_at"])
    if pickup_list.void_at is not None:
        raise Refused(
            _("There is a newer list. Please open the page again."), code="void"
        )
    if pickup_list.printed_at is None:
        pickup_list.printed_at = now
        pickup_list.save(update_fields=["printed_at"])
    town_id = batch.group_buy.town_id
    version = pickup_list.version
    log("print_sheet", pickup_list, town_id=town_id, by=by, now=now, version=version)
    return pickup_list


@transaction.atomic
def print_all(
    batch: Batch,
    *,
    by: Actor,
    now: datetime,
    pack: Sheet | None = None,
    reason: str = "",
) -> int:
    """All compounds' lists leave at once; returns how many are newly printed.

    ``pack`` is the ZIP or workbook they leave in. Raises Refused if it is not the newest,
    and without a ``reason`` where the lists tell of many homes.
    """
    require(may_run_batch(by, batch))
    if needs_reason(batch):
        reason = required(reason)
    batch = db.locked(Batch.objects.filter(pk=batch.pk)).get()
    if pack and Paperwork.objects.get(batch=batch).version != pack.version:
        raise Refused(
            _("There is a newer list. Please open the page again."), code="void"
        )
    printed = batch.pickup_lists.filter(
        void_at__isnull=True, printed_at__isnull=True
    ).update(printed_at=now)
    town_id = batch.group_buy.town_id
    log(
        "print_all",
        batch,
        town_id=town_id,
        by=by,
        now=now,
        reason=reason,
        lists=printed,
    )
    return printed
