"""Answers to what lower floors ask."""

from typing import Any

from django.dispatch import receiver

from delivery.queries.news import news_of
from orders.signals import OrderNews, order_news


@receiver(order_news, dispatch_uid="delivery.order_news")
def tell_order_news(*, orders: list[Any], **kwargs: Any) -> dict[int, OrderNews]:
    return news_of(orders)
