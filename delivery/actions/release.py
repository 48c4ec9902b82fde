"""放行: a large document leaves by two hands (OWASP ASVS 5, 2.3.5: high-value acts need two).

One asks with a reason, another person of the town says yes, the first takes it once. All
three show who they are, and all three are lines in the log. What needs it, see ``is_large``;
the day's paper does not, see ``is_days_paper``.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from delivery.actions.fetch_sheet import write_down
from delivery.actions.print_sheet import print_all
from delivery.models import Release, Sheet
from delivery.queries.scope import homes_on
from delivery.queries.sheets import BATCH_KINDS, waits_for_print
from delivery.rules import may_confirm, may_fetch
from groupbuy.community.actions.disclose import disclose
from groupbuy.community.models import Actor, User
from groupbuy.community.rules import require, require_proof
from groupbuy.shared import db
from groupbuy.shared.errors import NotAllowed, Refused
from orders.actions.cancel_order import required
from orders.actions.erase import kept_until

logger = logging.getLogger(__name__)

ASKED_FOR = timedelta(hours=4)  # so long somebody may say yes
OPEN_FOR = timedelta(hours=1)  # and from then on it may be taken


@transaction.atomic
def ask_release(sheet: Sheet, *, reason: str, by: Actor, now: datetime) -> Release:
    """Ask for it; asked twice is asked once. Raises Refused without proof or a reason."""
    require(may_fetch(by, sheet, now))
    require_proof(by, now)
    _leaves(sheet)
    said, person = required(reason), _person(by)
    sheet = db.locked(Sheet.objects.filter(pk=sheet.pk)).get()
    mine = Release.objects.filter(sheet=sheet, asked_by=person)
    waiting = mine.filter(taken_at__isnull=True, until__gt=now).first()
    if waiting is not None:
        return waiting
    release = Release.objects.create(
        sheet=sheet,
        homes=homes_on(sheet),
        reason=said,
        asked_by=person,
        asked_at=now,
        until=now + ASKED_FOR,
    )
    _tell("ask_release", release, by=by, now=now, reason=said)
    return release


@transaction.atomic
def confirm_release(release: Release, *, by: Actor, now: datetime) -> Release:
    """Say yes to what a colleague asked for. Raises Refused once it is too late."""
    release = _locked(release)
    require(may_confirm(by, release))
    require_proof(by, now)
    if release.taken_at is not None or now >= release.until:
        raise Refused(_("This is over. Please ask again."), code="over")
    if release.confirmed_at is None:
        release.confirmed_by, release.confirmed_at = by.user, now
        release.until = now + OPEN_FOR
        release.save(update_fields=["confirmed_by", "confirmed_at", "until"])
        _tell("confirm_release", release, by=by, now=now)
    return release


@transaction.atomic
def take_release(release: Release, *, by: Actor, now: datetime) -> Sheet:
    """Once, by who asked; every right is looked at anew, since it may have ended.

    The sheet comes with its file open: one that cannot be had costs no new request.
    """
    release = _locked(release)
    sheet = release.sheet
    is_mine = by.user is not None and by.user.pk == release.asked_by_id
    require(is_mine and may_fetch(by, sheet, now))
    require_proof(by, now)
    if release.confirmed_at is None:
        raise Refused(_("Nobody has said yes to this yet."), code="second")
    if release.taken_at is not None or now >= release.until:
        raise Refused(_("This is over. Please ask again."), code="over")
    _leaves(sheet)
    if sheet.kind in BATCH_KINDS:
        print_all(sheet.batch, by=by, now=now, pack=sheet, reason=release.reason)
    _open(sheet)
    release.taken_at = now
    release.save(update_fields=["taken_at"])
    second = {"release": release.pk, "confirmed_by": release.confirmed_by_id}
    write_down(sheet, homes=release.homes, by=by, now=now, **second)
    return sheet


def _person(by: Actor) -> User:
    """Only somebody signed in asks: a link's holder has nobody to say yes to."""
    if by.user is None:
        raise NotAllowed
    return by.user


def _leaves(sheet: Sheet) -> None:
    """One compound's list is printed first, and what was replaced never leaves."""
    if sheet.kind not in BATCH_KINDS and waits_for_print(sheet):
        raise Refused(_("Please print this list first."), code="print")


def _open(sheet: Sheet) -> None:
    """From here on it can be read, even if it is shredded meanwhile."""
    try:
        sheet.file.open("rb")
    except OSError:
        logger.exception("sheet %s cannot be opened", sheet.pk)
        raise Refused(
            _("The file cannot be opened just now. It still counts as not taken."),
            code="file",
        ) from None


def _locked(release: Release) -> Release:
    found = db.locked(Release.objects.filter(pk=release.pk)).get()
    found.sheet = Sheet.objects.select_related("batch__group_buy", "compound").get(
        pk=found.sheet_id
    )
    return found


def _tell(
    verb: str, release: Release, *, by: Actor, now: datetime, reason: str = ""
) -> None:
    batch = release.sheet.batch
    disclose(
        verb,
        batch,
        town_id=batch.group_buy.town_id,
        by=by,
        now=now,
        homes=release.homes,
        until=kept_until(batch),
        reason=reason,
        sheet=release.sheet_id,
        release=release.pk,
    )
