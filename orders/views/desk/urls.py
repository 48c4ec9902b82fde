"""The desk's addresses; included by ``orders.urls``."""

from django.urls import path

from orders.views.desk import committee, correct, find, preview, rows, running, today

urlpatterns = [
    path("desk/today/", today.today, name="today"),
    path("desk/today/<int:batch_id>/", today.today_batch, name="today-batch"),
    path("desk/today/<int:batch_id>/live/", today.live, name="today-live"),
    path("desk/today/<int:batch_id>/cutoff/", running.save_cutoff, name="today-cutoff"),
    path("desk/today/<int:batch_id>/notice/", running.save_notice, name="today-notice"),
    path("desk/today/<int:batch_id>/close-now/", running.close_now, name="close-now"),
    path("desk/today/<int:batch_id>/call-off/", running.call_off, name="call-off"),
    path("desk/today/rows/<int:stock_id>/quota/", rows.save_quota, name="row-quota"),
    path("desk/today/rows/<int:stock_id>/held/", rows.save_held, name="row-held"),
    path("desk/today/rows/<int:stock_id>/pause/", rows.pause, name="row-pause"),
    path("desk/today/rows/<int:stock_id>/resume/", rows.resume, name="row-resume"),
    path(
        "desk/today/rows/<int:stock_id>/call-off/",
        running.call_off_one,
        name="row-call-off",
    ),
    path(
        "desk/group-buys/<int:group_buy_id>/preview/page/",
        preview.preview_page,
        name="group-buy-preview-page",
    ),
    path("desk/orders/", find.find_order, name="find-order"),
    path("desk/orders/<int:order_id>/", find.order, name="desk-order"),
    path(
        "desk/orders/<int:order_id>/change/", correct.change, name="desk-order-change"
    ),
    path(
        "desk/orders/<int:order_id>/cancel/", correct.cancel, name="desk-order-cancel"
    ),
    path("desk/orders/<int:order_id>/void/", correct.void, name="desk-order-void"),
    path("desk/orders/<int:order_id>/paid/", correct.paid, name="desk-order-paid"),
    path("desk/orders/<int:order_id>/phone/", correct.phone, name="desk-order-phone"),
    path("desk/committee/", committee.committee, name="committee"),
    path(
        "desk/committee/<int:compound_id>/",
        committee.compound,
        name="committee-compound",
    ),
    path(
        "desk/committee/orders/<int:order_id>/paid/",
        committee.take_money,
        name="committee-paid",
    ),
]
