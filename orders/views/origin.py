"""Where a form was sent from, for forms that may come without a CSRF cookie."""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from groupbuy.shared.web.foreign import foreign

_SIGNER = signing.TimestampSigner(salt="orders.again")
HALF_DAY = 12 * 3600  # seconds


class _Check(CsrfViewMiddleware):
    """Django's own check, giving the reason instead of a page."""

    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


def csrf_lost(request: HttpRequest) -> bool:
    """Whether Django's CSRF check fails: mostly a cookie that stayed in the chat app."""
    check = _Check(_no_page)
    return bool(check.process_view(request, _no_page, (), {}))


def _no_page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def voucher(key: str) -> str:
    """Signed for one form, so that a phone without cookies gets through on the second tap."""
    return _SIGNER.sign(key)


def vouched(request: HttpRequest, key: str) -> bool:
    """A second tap with our own voucher for this very form, not sent by another site.

    What the CSRF check guards is small here: the form carries all it needs, and no right
    hangs on the cookie. So a lost cookie may be made up for by a signed field.
    """
    try:
        signed = _SIGNER.unsign(request.POST.get("again", ""), max_age=HALF_DAY)
    except signing.BadSignature:
        return False
    return signed == key and not foreign(request)
