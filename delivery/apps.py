import importlib

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "delivery"
    label = "delivery"

    def ready(self) -> None:
        importlib.import_module("delivery.receivers")
