"""What staff must hear at once: books that do not add up, a clockwork that stands still."""

from datetime import datetime

from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from groupbuy.community.queries.pulse import CHECK, Books
from groupbuy.roof.tick import beat
from groupbuy.roof.verify import Book, verify


def check_books(*, now: datetime) -> Book:
    """Run ``verify`` and leave its result where the staff's pages look: no ids, no words."""
    book = verify(now=now)
    beat(", ".join(f"{found.rule} {found.count}" for found in book.broken), name=CHECK)
    return book


def alarms(known: Books) -> list[str]:
    """Whole sentences for staff, each with whom to call; none when all is well."""
    told = []
    if known.stands_still:
        told.append(_("The clockwork stands still: nothing opens or closes by itself."))
    if known.broken:
        told.append(
            _("The books do not add up (%(moment)s). Please read this out: %(rules)s.")
            % {"moment": _hour(known.checked_at), "rules": known.broken}
        )
    if known.is_silent:
        told.append(
            _("The books have not been checked since %(moment)s.")
            % {"moment": _hour(known.checked_at)}
        )
    if known.clocks_differ:
        told.append(
            _(
                "This site's clock is %(seconds)s seconds off the database's: days may close"
                " too early or too late."
            )
            % {"seconds": abs(known.apart)}
        )
    return told


def whom_to_call() -> str:
    """As the operator set it, or a plain word."""
    return str(settings.OPERATOR_CONTACT) or _("whoever runs this site")


def _hour(moment: datetime | None) -> str:
    if moment is None:
        return ""
    return formats.date_format(timezone.localtime(moment), "m-d H:i")
