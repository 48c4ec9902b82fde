"""The periodic tasks; everything they do is found in the database.

The tick has a queue and a worker of its own, and what may take long another: see ``groupbuy.roof.service.programs``.
"""

from celery import shared_task
from django.utils import timezone

from groupbuy.roof.alarms import check_books
from groupbuy.roof.tick import tick_days, tick_sheets


@shared_task(name="groupbuy.roof.tasks.tick")
def tick() -> None:
    """Open, close, build, forget."""
    tick_days(now=timezone.now())


@shared_task(name="groupbuy.roof.tasks.render")
def render() -> None:
    """Make the sheets."""
    tick_sheets(now=timezone.now())


@shared_task(name="groupbuy.roof.tasks.verify")
def verify() -> None:
    """Check the books; staff's pages show what is broken."""
    check_books(now=timezone.now())
