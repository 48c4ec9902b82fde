"""The second factor of whoever sees a town's residents: a code from an app on the phone.

For the day the phone is lost there are ten recovery codes: shown once, good once, kept as a
keyed hash alone.
"""

import secrets
from base64 import b32decode
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from groupbuy.community.actions.log import log
from groupbuy.community.models import User, staff
from groupbuy.community.queries.people import memberships_of
from groupbuy.shared.db import locked
from groupbuy.shared.errors import Refused
from groupbuy.shared.text import plain
from groupbuy.shared.tokens import derived

CODES = 10
CODE_DIGITS = 10


@dataclass(frozen=True)
class Enrolled:
    """The phone, and the recovery codes, which nobody can show a second time."""

    device: TOTPDevice
    codes: list[str]


def new_device(user: User) -> TOTPDevice:
    """The device that ``user`` would enrol in this session; nothing is stored yet.

    Its key hangs on the last sign-in: what an enrolment page once showed is void later.
    """
    secret = derived("second-factor", f"{user.pk}/{user.last_login}")
    return TOTPDevice(user=user, name="phone", key=b32decode(secret.upper()).hex())


@transaction.atomic
def enrol_second_factor(
    user: User, *, code: str, proved_by: Device | None, now: datetime
) -> Enrolled:
    """Keep the new device once its code proves that the phone has it.

    Raises Refused for a wrong code, when another device is enrolled already, and after a
    lost phone unless this sign-in was ``proved_by`` a recovery code.
    """
    locked(User.objects.filter(pk=user.pk)).get()
    device = new_device(user)
    if TOTPDevice.objects.filter(user=user, confirmed=True).exists():
        raise Refused(_("A phone is enrolled already."), field="code")
    if proved_by is None and StaticToken.objects.filter(device__user=user).exists():
        raise _wrong()
    clock = TOTP(device.bin_key)
    clock.time = now.timestamp()
    if not clock.verify(_digits(code), tolerance=1):
        raise _wrong()
    device.last_t = clock.t()  # this code does not open a second time
    device.save()
    _log("enrol_second_factor", user, now)
    return Enrolled(device, _fresh_codes(user))


def prove_second_factor(user: User, *, code: str, now: datetime) -> Device:
    """The user's phone, if ``code`` is its present one, or the recovery codes, less this one.

    Raises Refused for a wrong code; after several the device takes none for a while, which
    is written down although this is refused.
    """
    is_recovery = len(_text(code)) == CODE_DIGITS
    model = StaticDevice if is_recovery else TOTPDevice
    token = _kept(user, _text(code)) if is_recovery else str(_digits(code))
    with transaction.atomic():
        devices = model.objects.filter(user=user, confirmed=True)
        device = locked(devices.order_by("pk")).first()
        proved = device is not None and device.verify_token(token)
        if proved and is_recovery:
            _log("use_recovery_code", user, now)
    if device is None or not proved:
        raise _wrong()
    return device


@transaction.atomic
def renew_recovery_codes(user: User, *, now: datetime) -> list[str]:
    """Ten new ones; those of before open nothing any more."""
    locked(User.objects.filter(pk=user.pk)).get()
    _log("renew_recovery_codes", user, now)
    return _fresh_codes(user)


@transaction.atomic
def forget_phone(user: User, *, proved_by: Device | None, now: datetime) -> None:
    """The phone is lost: its codes open nothing any more, and another may be enrolled.

    Raises Refused unless this sign-in was proved by a recovery code, without the phone.
    """
    if not isinstance(proved_by, StaticDevice) or proved_by.user_id != user.pk:
        sentence = _("Please sign in with a recovery code first, not with the phone.")
        raise Refused(sentence, code="second_factor")
    TOTPDevice.objects.filter(user=user).delete()
    _log("forget_phone", user, now)


def _fresh_codes(user: User) -> list[str]:
    device, _new = StaticDevice.objects.get_or_create(user=user, name="recovery")
    device.token_set.all().delete()
    codes = [
        f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}" for _n in range(CODES)
    ]
    StaticToken.objects.bulk_create(
        StaticToken(device=device, token=_kept(user, code)) for code in codes
    )
    return [f"{code[:5]} {code[5:]}" for code in codes]


def _kept(user: User, code: str) -> str:
    """What is stored of a recovery code: 80 bits that nobody without the key can try out."""
    return derived("recovery-code", f"{user.pk}/{code}")[:16]


def _log(verb: str, user: User, now: datetime) -> None:
    for held in memberships_of(user):
        log(verb, user, town_id=held.town_id, by=staff(user), now=now)


def _text(code: str) -> str:
    return plain(code).replace(" ", "").replace("-", "")


def _digits(code: str) -> int:
    text = _text(code)
    return int(text) if text.isdecimal() and len(text) == 6 else -1


def _wrong() -> Refused:
    sentence = _("This code does not fit. Please wait for the next one and try again.")
    return Refused(sentence, field="code", code="second_factor")
