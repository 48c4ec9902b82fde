from django.apps import AppConfig

from groupbuy.celery import app as celery_app

__all__ = ["celery_app"]  # imported so that tasks sent by a page go to our broker


class RoofConfig(AppConfig):
    name = "groupbuy.roof"
    label = "roof"
