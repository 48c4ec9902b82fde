from django.apps import AppConfig


class RoofConfig(AppConfig):
    name = "groupbuy.roof"
    label = "roof"
