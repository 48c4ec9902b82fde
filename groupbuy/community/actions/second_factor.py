"""The second factor of whoever sees a town's residents: a code from an app on the phone."""

from base64 import b32decode
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from groupbuy.community.actions.log import log
from groupbuy.community.models import User, staff
from groupbuy.community.queries.people import memberships_of
from groupbuy.shared.db import locked
from groupbuy.shared.errors import Refused
from groupbuy.shared.text import plain
from groupbuy.shared.tokens import derived


def new_device(user: User) -> TOTPDevice:
    """The device that ``user`` would enrol in this session; nothing is stored yet.

    Its key hangs on the last sign-in: what an enrolment page once showed is void later.
    """
    secret = derived("second-factor", f"{user.pk}/{user.last_login}")
    return TOTPDevice(user=user, name="phone", key=b32decode(secret.upper()).hex())


@transaction.atomic
def enrol_second_factor(user: User, *, code: str, now: datetime) -> TOTPDevice:
    """Keep the new device once its code proves that the phone has it.

    Raises Refused for a wrong code, and when another device is enrolled already.
    """
    locked(User.objects.filter(pk=user.pk)).get()
    device = new_device(user)
    if TOTPDevice.objects.filter(user=user, confirmed=True).exists():
        raise Refused(_("A phone is enrolled already."), field="code")
    clock = TOTP(device.bin_key)
    clock.time = now.timestamp()
    if not clock.verify(_digits(code), tolerance=1):
        raise _wrong()
    device.last_t = clock.t()  # this code does not open a second time
    device.save()
    for held in memberships_of(user):
        town_id, by = held.town_id, staff(user)
        log("enrol_second_factor", user, town_id=town_id, by=by, now=now)
    return device


def prove_second_factor(user: User, *, code: str) -> TOTPDevice:
    """The user's device, if ``code`` is its present one.

    Raises Refused for a wrong code; after several the device takes none for a while, which
    is written down although this is refused.
    """
    with transaction.atomic():
        devices = TOTPDevice.objects.filter(user=user, confirmed=True)
        device = locked(devices.order_by("pk")).first()
        proved = device is not None and device.verify_token(str(_digits(code)))
    if device is None or not proved:
        raise _wrong()
    return device


def _digits(code: str) -> int:
    text = plain(code).replace(" ", "")
    return int(text) if text.isdecimal() and len(text) == 6 else -1


def _wrong() -> Refused:
    sentence = _("This code does not fit. Please wait for the next one and try again.")
    return Refused(sentence, field="code", code="second_factor")
