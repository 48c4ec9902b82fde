from django.urls import URLPattern, path

from orders.views import changing, link, mine, ordering, pages, want
from orders.views.desk.urls import urlpatterns as desk_urls
from orders.views.heads.urls import heads_urls

residents_urls: list[URLPattern] = [
    path("", pages.home, name="home"),
    path("privacy/", pages.privacy, name="privacy"),
    path("g/<slug:token>/", link.link, name="link"),
    path("g/<slug:token>/c/<int:compound_id>/", link.link, name="link-compound"),
    path("g/<slug:token>/order/", ordering.order, name="order"),
    path("g/<slug:token>/want/<int:stock_id>/", want.want, name="want"),
    path("o/<slug:token>/", mine.my_order_link, name="my-order-link"),
    path("mine/", mine.mine, name="mine"),
    path("mine/<slug:number>/", mine.my_order, name="my-order"),
    path("mine/<slug:number>/code.svg", mine.my_order_code, name="my-order-code"),
    path(
        "mine/<slug:number>/change/", changing.my_order_change, name="my-order-change"
    ),
    path("mine/<slug:number>/cancel/", mine.my_order_cancel, name="my-order-cancel"),
]

urlpatterns: list[URLPattern] = [*residents_urls, *heads_urls, *desk_urls]
