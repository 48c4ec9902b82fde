"""The Celery application: a periodic tick in two halves; everything else follows from the database."""

import logging.config
import os
import signal

from celery import Celery
from celery.signals import setup_logging, worker_process_init
from django.conf import settings

from groupbuy.shared.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "groupbuy.settings")
app = Celery("groupbuy")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def use_our_logging(**_kwargs: object) -> None:
    """Worker and beat log as the site does, without telephone numbers."""
    logging.config.dictConfig(settings.LOGGING)


@worker_process_init.connect
def die_with_the_worker(**_kwargs: object) -> None:
    """A killed worker leaves no process behind that still works on its tasks."""
    die_with_parent(os.getppid(), signal.SIGKILL)
