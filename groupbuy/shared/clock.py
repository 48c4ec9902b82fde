"""Instants and the town's calendar: an instant is stored, a day is always shown with a date."""

from datetime import date, datetime, time

from django.utils import timezone


def at(day: date, clock: time) -> datetime:
    """The instant of ``clock`` on ``day`` in the town's time zone."""
    return datetime.combine(day, clock, tzinfo=timezone.get_default_timezone())


def day_of(moment: datetime) -> date:
    return moment.astimezone(timezone.get_default_timezone()).date()
