"""Published means complete (Shanghai notice of 2022-04-10)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import GroupBuy
from catalog.queries.completeness import missing, next_day
from catalog.rules import may_change_group_buy
from groupbuy.community.actions.log import log
from groupbuy.community.models import Actor
from groupbuy.community.rules import require
from groupbuy.shared.errors import Refused


class Incomplete(Refused):
    """Publishing is refused; ``missing`` lists one sentence for every thing to mend."""

    def __init__(self, lines: list[str]) -> None:
        sentence = _("Not complete yet: %(list)s") % {"list": " ".join(lines)}
        super().__init__(sentence, code="incomplete")
        self.missing = lines


@transaction.atomic
def publish(group_buy: GroupBuy, *, by: Actor, now: datetime) -> GroupBuy:
    """From now on batches open by themselves and residents may look. Raises Incomplete."""
    require(may_change_group_buy(by, group_buy))
    if lines := missing(group_buy, on=next_day(group_buy, now)):
        raise Incomplete(lines)
    GroupBuy.objects.filter(pk=group_buy.pk).update(published_at=now, ended_at=None)
    log("publish", group_buy, town_id=group_buy.town_id, by=by, now=now)
    group_buy.refresh_from_db()
    return group_buy


@transaction.atomic
def end_group_buy(group_buy: GroupBuy, *, by: Actor, now: datetime) -> GroupBuy:
    """No new batch opens; the one that is open runs to its cutoff and is delivered."""
    require(may_change_group_buy(by, group_buy))
    running = GroupBuy.objects.filter(pk=group_buy.pk, ended_at=None)
    if running.update(ended_at=now):
        log("end_group_buy", group_buy, town_id=group_buy.town_id, by=by, now=now)
    group_buy.refresh_from_db()
    return group_buy


@contextmanager
def kept_complete(group_buy: GroupBuy) -> Iterator[None]:
    """Raises Incomplete when the change inside takes something from a published group buy.

    What was missing before may be mended step by step. Papers and suspended suppliers are
    judged anew for every batch, not here.
    """
    before = _lines(group_buy)
    yield
    if lost := [line for line in _lines(group_buy) if line not in before]:
        raise Incomplete(lost)


def _lines(group_buy: GroupBuy) -> list[str]:
    published = GroupBuy.objects.filter(pk=group_buy.pk, ended_at=None)
    stored = published.filter(published_at__isnull=False).first()
    return missing(stored, on=None) if stored else []
