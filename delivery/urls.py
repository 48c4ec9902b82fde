from django.urls import URLPattern

from delivery.views.publishing_urls import urlpatterns as publishing_urls

urlpatterns: list[URLPattern] = [*publishing_urls]
