"""Doors for reading: group buys, their days and packages. No token, the same for everybody."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from rest_framework.request import Request

from catalog.api.serializers import (
    BatchDetailSerializer,
    GroupBuyDetailSerializer,
    GroupBuyPageSerializer,
    GroupBuyQuery,
)
from catalog.queries.public import published_batch, published_by_token, running
from groupbuy.shared.api.documented import documented
from groupbuy.shared.api.doors import Door
from groupbuy.shared.api.kept import shown
from groupbuy.shared.api.paging import page_of


class GroupBuys(Door):
    @documented(
        id="group_buys",
        says="Open group buys, by town and title.",
        asks=GroupBuyQuery,
        answers={200: (GroupBuyPageSerializer, "A page of group buys.")},
        refuses=[304, 400],
    )
    def get(self, request: Request) -> Any:
        asked = GroupBuyQuery.of(request)
        town, page = asked.get("town", ""), asked["page"]
        return shown(
            request, ("group_buys", town, page), lambda: group_buys(town, page)
        )


def group_buys(town: str, page: int) -> Any:
    found = running(now=timezone.now(), town=town)
    return GroupBuyPageSerializer(page_of(found, page)).data


class OneGroupBuy(Door):
    @documented(
        id="group_buy",
        says="One group buy, over or not, with the places it serves.",
        answers={200: (GroupBuyDetailSerializer, "The group buy.")},
        refuses=[304, 404],
    )
    def get(self, request: Request, token: str) -> Any:
        return shown(request, ("group_buy", token), lambda: one_group_buy(token))


def one_group_buy(token: str) -> Any:
    group_buy = published_by_token(token)
    if group_buy is None:
        raise Http404
    return GroupBuyDetailSerializer(group_buy).data


class OneBatch(Door):
    @documented(
        id="batch",
        says="One day with its packages: contents, price, and what is left.",
        answers={200: (BatchDetailSerializer, "The day.")},
        refuses=[304, 404],
    )
    def get(self, request: Request, batch_id: int) -> Any:
        return shown(request, ("batch", batch_id), lambda: one_batch(batch_id))


def one_batch(batch_id: int) -> Any:
    batch = published_batch(batch_id)
    if batch is None:
        raise Http404
    return BatchDetailSerializer(batch).data
