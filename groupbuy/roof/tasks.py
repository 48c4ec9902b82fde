"""The two periodic tasks; everything they do is found in the database.

Each has a queue and a worker of its own: see ``groupbuy.roof.service.programs``.
"""

from celery import shared_task
from django.utils import timezone

from groupbuy.roof.tick import tick_days, tick_sheets


@shared_task(name="groupbuy.roof.tasks.tick")
def tick() -> None:
    """Open, close, build, forget."""
    tick_days(now=timezone.now())


@shared_task(name="groupbuy.roof.tasks.render")
def render() -> None:
    """Make the sheets."""
    tick_sheets(now=timezone.now())
