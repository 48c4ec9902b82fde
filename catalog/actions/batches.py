"""Steering one day of a group buy: its cutoffs, its one-line notice."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Batch
from catalog.rules import may_run_batch
from groupbuy.community.actions.log import log
from groupbuy.community.models import Actor
from groupbuy.community.rules import require
from groupbuy.shared.clock import at
from groupbuy.shared.errors import Refused
from groupbuy.shared.text import typed

LONGEST_NOTICE = 80  # characters: two lines on a phone in large type


@transaction.atomic
def move_cutoff(
    batch: Batch,
    *,
    until_link: datetime,
    until_heads: datetime,
    by: Actor,
    now: datetime,
) -> Batch:
    """Order a while longer, or stop earlier; a cutoff that stays may lie in the past.

    Raises Refused beside the field for an instant that is over or after the delivery has
    begun, and for a closed day.
    """
    require(may_run_batch(by, batch))
    wishes = {"until_link": until_link, "until_heads": until_heads}
    moved = _checked(batch, wishes, now)
    still_open = Batch.objects.filter(pk=batch.pk, state=Batch.State.OPEN)
    if moved and not still_open.update(**moved):
        raise Refused(_("This day is closed already."), code="late")
    if moved:
        said = {name: to.isoformat() for name, to in moved.items()}
        town_id = batch.group_buy.town_id
        log("move_cutoff", batch, town_id=town_id, by=by, now=now, **said)
    batch.refresh_from_db(fields=["until_link", "until_heads", "state"])
    return batch


def _checked(
    batch: Batch, wishes: dict[str, datetime], now: datetime
) -> dict[str, datetime]:
    """The cutoffs that move at all, each at an instant that can be."""
    moved = {name: to for name, to in wishes.items() if getattr(batch, name) != to}
    for field, to in moved.items():
        if to < now:
            raise Refused(_("This time is over already."), field=field, code="over")
        if to > at(batch.delivery_on, batch.window_from):
            sentence = _("By then the delivery has begun.")
            raise Refused(sentence, field=field, code="after_delivery")
    return moved


@transaction.atomic
def set_notice(batch: Batch, *, notice: str, by: Actor, now: datetime) -> Batch:
    """Show ``notice`` above the packages of this day; an empty one takes it away."""
    require(may_run_batch(by, batch))
    notice = " ".join(typed(notice).split())
    if len(notice) > LONGEST_NOTICE:
        sentence = _("At most %(longest)s characters, please; this is %(length)s.")
        numbers = {"longest": LONGEST_NOTICE, "length": len(notice)}
        raise Refused(sentence % numbers, field="notice", code="too_long")
    Batch.objects.filter(pk=batch.pk).update(notice=notice)
    log("set_notice", batch, town_id=batch.group_buy.town_id, by=by, now=now)
    batch.notice = notice
    return batch
