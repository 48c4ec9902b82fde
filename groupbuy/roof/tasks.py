"""The one periodic task; everything it does is found in the database."""

from celery import shared_task
from django.utils import timezone

from groupbuy.roof.tick import tick as run_tick


@shared_task(name="groupbuy.roof.tasks.tick")
def tick() -> None:
    run_tick(now=timezone.now())
