"""Steering one offer while its day runs: more or less of it, a pause, a share for heads.

Every write is one conditional UPDATE: orders placed meanwhile count. What stood there before
is read under the row's lock, for the log's "40 → 60" alone.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from catalog.models import Stock
from catalog.rules import may_run_batch
from groupbuy.community.actions.log import log
from groupbuy.community.models import Actor
from groupbuy.community.rules import require
from groupbuy.shared.db import locked
from groupbuy.shared.errors import Refused

MOST = 1_000_000  # pieces of one offer on one day


@transaction.atomic
def restock(
    stock: Stock,
    *,
    by: Actor,
    now: datetime,
    quota: int | None = None,
    more: int | None = None,
) -> Stock:
    """Set the day's ``quota``, or add ``more`` to it (pieces; one of the two).

    Raises Refused with the number already ordered when the quota would fall below it, for
    more than ``MOST``, and once the day is closed or the package called off.
    """
    require(may_run_batch(by, stock.batch))
    was = _before(stock, "quota")
    changed = _set_quota(stock, quota) if more is None else _add(stock, more)
    stock.refresh_from_db(fields=["quota", "reserved", "is_open", "called_off_at"])
    if not changed:
        raise _why(stock, field="quota")
    _log("restock", stock, by, now, was=was, quota=stock.quota)
    return stock


def _before(stock: Stock, field: str) -> int:
    row = locked(Stock.objects.filter(pk=stock.pk))
    return int(row.values_list(field, flat=True).get())


def _set_quota(stock: Stock, quota: int | None) -> int:
    wish = -1 if quota is None or quota > MOST else quota
    return _steerable(stock).filter(reserved__lte=wish).update(quota=max(wish, 0))


def _add(stock: Stock, more: int) -> int:
    more = max(-MOST, min(more, MOST))
    fits = _steerable(stock).filter(
        quota__gte=F("reserved") - more, quota__lte=MOST - more
    )
    return fits.update(quota=F("quota") + more)


def _steerable(stock: Stock) -> QuerySet[Stock]:
    """The row while its day is open, unless it was called off: that is for good."""
    rows = Stock.objects.filter(pk=stock.pk, is_open=True)
    return rows.filter(called_off_at__isnull=True)


@transaction.atomic
def pause_offer(stock: Stock, *, by: Actor, now: datetime) -> Stock:
    """Nothing new is ordered from this row, what is ordered stands. Twice is once.

    Raises Refused once it was called off.
    """
    require(may_run_batch(by, stock.batch))
    return _pause_at(now, "pause_offer", stock, by, now)


@transaction.atomic
def resume_offer(stock: Stock, *, by: Actor, now: datetime) -> Stock:
    """The row may be ordered from again, while its day is open.

    Raises Refused while its supplier is suspended, and once it was called off.
    """
    require(may_run_batch(by, stock.batch))
    if stock.supplier.suspended_at:
        raise Refused(_("This supplier is suspended."), code="suspended")
    return _pause_at(None, "resume_offer", stock, by, now)


def _pause_at(
    moment: datetime | None, verb: str, stock: Stock, by: Actor, now: datetime
) -> Stock:
    """Written down only where it changes something."""
    rows = _steerable(stock).filter(paused_at__isnull=moment is not None)
    changed = rows.update(paused_at=moment)
    stock.refresh_from_db(fields=["paused_at", "called_off_at"])
    if stock.called_off_at:
        raise _called_off()
    if changed:
        _log(verb, stock, by, now)
    return stock


@transaction.atomic
def set_held(stock: Stock, *, held: int, by: Actor, now: datetime) -> Stock:
    """Keep ``held`` pieces of the quota for heads and proxies; fewer frees the rest.

    Raises Refused when more is to be kept than the quota, and once the day is closed or
    the package called off.
    """
    require(may_run_batch(by, stock.batch))
    was = _before(stock, "held")
    rows = _steerable(stock).filter(quota__gte=held)
    changed = rows.update(held=held) if held >= 0 else 0
    stock.refresh_from_db(fields=["held", "quota", "is_open", "called_off_at"])
    if not changed:
        raise _why(stock, field="held")
    _log("set_held", stock, by, now, was=was, held=held)
    return stock


def _why(stock: Stock, *, field: str) -> Refused:
    """The sentence for a row that took no change."""
    if not stock.is_open:
        return Refused(_("This day is closed already."), field=field, code="late")
    if stock.called_off_at:
        return _called_off(field=field)
    if field == "held":
        sentence = _("At most the whole quota of %(quota)s can be kept.")
        return Refused(sentence % {"quota": stock.quota}, field=field, code="held")
    sentence = _(
        "%(reserved)s are ordered already. The quota is from there to %(most)s."
    )
    numbers = {"reserved": stock.reserved, "most": MOST}
    return Refused(sentence % numbers, field=field, code="below_reserved")


def _called_off(*, field: str = "") -> Refused:
    sentence = _("This package is called off for this day. That cannot be undone.")
    return Refused(sentence, field=field, code="called_off")


def _log(verb: str, stock: Stock, by: Actor, now: datetime, **data: Any) -> None:
    log(verb, stock, town_id=stock.batch.group_buy.town_id, by=by, now=now, **data)
