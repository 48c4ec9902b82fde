"""The Celery application: one periodic tick; everything else follows from the database."""

import logging.config
import os

from celery import Celery
from celery.signals import setup_logging
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "groupbuy.settings")
app = Celery("groupbuy")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def use_our_logging(**_kwargs: object) -> None:
    """Worker and beat log as the site does, without telephone numbers."""
    logging.config.dictConfig(settings.LOGGING)
