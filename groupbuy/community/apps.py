from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "groupbuy.community"
    label = "community"
