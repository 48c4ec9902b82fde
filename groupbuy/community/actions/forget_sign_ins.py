"""Forgetting who signed in from where: six months, as the law wants logs kept, and no longer."""

from datetime import datetime, timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session

KEPT = timedelta(days=180)  # 网络安全法, article 21


def forget_sign_ins(*, now: datetime) -> int:
    """Delete addresses and names of old sign-ins, and sessions that have ended."""
    old = now - KEPT
    gone = Session.objects.filter(expire_date__lt=now).delete()[0]
    for kept in (AccessAttempt, AccessFailureLog, AccessLog):
        gone += kept.objects.filter(attempt_time__lt=old).delete()[0]
    return int(gone)
