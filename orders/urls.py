from django.urls import URLPattern, path

from orders.views import changing, link, mine, ordering, pages, want
from orders.views.desk.urls import urlpatterns as desk_urls
from orders.views.heads.urls import heads_urls

residents_urls: list[URLPattern] = [
    path("", pages.home, name="home"),
    path("privacy/", pages.privacy, name="privacy"),
    path("g/<str:token>/", link.link, name="link"),
    path("g/<str:token>/c/<int:compound_id>/", link.link, name="link-compound"),
    path("g/<str:token>/order/", ordering.order, name="order"),
    path("g/<str:token>/want/<int:stock_id>/", want.want, name="want"),
    path("o/<str:token>/", mine.my_order_link, name="my-order-link"),
    path("mine/", mine.mine, name="mine"),
    path("mine/<str:number>/", mine.my_order, name="my-order"),
    path("mine/<str:number>/code.svg", mine.my_order_code, name="my-order-code"),
    path("mine/<str:number>/change/", changing.my_order_change, name="my-order-change"),
    path("mine/<str:number>/cancel/", mine.my_order_cancel, name="my-order-cancel"),
]

urlpatterns: list[URLPattern] = [*residents_urls, *heads_urls, *desk_urls]
