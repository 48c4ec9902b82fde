"""Delivery's doors: staff's batch pages, the volunteers' page, the supplier's page."""

from django.urls import path

from delivery.views import (
    after_close,
    batches,
    desk_taps,
    guide,
    late_home,
    paper,
    release,
    supplier,
    volunteer,
    volunteer_offline,
    volunteer_print,
    volunteer_taps,
)
from delivery.views.publishing_urls import urlpatterns as publishing

desk = [
    path("desk/batches/", batches.batches, name="batches"),
    path("desk/batches/<int:batch_id>/", batches.batch, name="batch"),
    path(
        "desk/batches/<int:batch_id>/progress/",
        batches.batch_progress,
        name="batch-progress",
    ),
    path(
        "desk/batches/<int:batch_id>/print-all/",
        batches.print_whole_day,
        name="print-all",
    ),
    path("desk/batches/<int:batch_id>/late/", after_close.late, name="late-order"),
    path("desk/chains/<int:chain_id>/late/", late_home.late_home, name="late-home"),
    path(
        "desk/batches/<int:batch_id>/withdraw/",
        after_close.withdraw,
        name="withdraw-order",
    ),
    path(
        "desk/batches/<int:batch_id>/lists/<int:compound_id>/",
        paper.batch_compound,
        name="batch-compound",
    ),
    path(
        "desk/batches/<int:batch_id>/lists/<int:compound_id>/print/",
        paper.print_list,
        name="print-sheet",
    ),
    path(
        "desk/batches/<int:batch_id>/lists/<int:compound_id>/gates/<int:gate_id>/not-arrived/",
        desk_taps.gate_not_arrived,
        name="gate-not-arrived",
    ),
    path(
        "desk/batches/<int:batch_id>/lists/<int:compound_id>/not-done/",
        desk_taps.not_done,
        name="building-not-done",
    ),
    path(
        "desk/batches/<int:batch_id>/suppliers/<int:supplier_id>/",
        paper.batch_supplier,
        name="batch-supplier",
    ),
    path(
        "desk/batches/<int:batch_id>/suppliers/<int:supplier_id>/sent/",
        paper.handoff_sent,
        name="handoff-sent",
    ),
    path(
        "desk/batches/<int:batch_id>/suppliers/<int:supplier_id>/received/",
        paper.handoff_received,
        name="handoff-received",
    ),
    path("desk/links/<int:link_id>/revoke/", paper.new_link, name="revoke-link"),
    path("desk/sheets/<int:sheet_id>/", paper.sheet, name="sheet"),
    path(
        "desk/sheets/<int:sheet_id>/release/",
        release.sheet_release,
        name="sheet-release",
    ),
    path(
        "desk/releases/<int:release_id>/confirm/",
        release.confirm,
        name="release-confirm",
    ),
    path("desk/releases/<int:release_id>/take/", release.take, name="release-take"),
]

volunteers = [
    path("help/volunteers/", guide.guide, name="guide-volunteers"),
    path("v/<slug:token>/", volunteer.volunteer, name="volunteer"),
    path("v/<slug:token>/building/", volunteer.building, name="volunteer-building"),
    path("v/<slug:token>/building/done/", volunteer_taps.done, name="volunteer-done"),
    path(
        "v/<slug:token>/building/not-done/",
        volunteer_taps.not_done,
        name="volunteer-not-done",
    ),
    path(
        "v/<slug:token>/gate/<int:gate_id>/arrived/",
        volunteer_taps.arrived,
        name="volunteer-arrived",
    ),
    path(
        "v/<slug:token>/gate/<int:gate_id>/not-arrived/",
        volunteer_taps.not_arrived,
        name="volunteer-not-arrived",
    ),
    path(
        "v/<slug:token>/home/<int:order_id>/phone/",
        volunteer.phone,
        name="volunteer-phone",
    ),
    path(
        "v/<slug:token>/home/<int:order_id>/done/",
        volunteer_taps.home_done,
        name="volunteer-home-done",
    ),
    path(
        "v/<slug:token>/home/<int:order_id>/not-done/",
        volunteer_taps.home_not_done,
        name="volunteer-home-not-done",
    ),
    path("v/<slug:token>/taps/", volunteer_offline.taps, name="volunteer-taps"),
    path("v/<slug:token>/worker.js", volunteer_offline.worker, name="volunteer-worker"),
    path("v/<slug:token>/print/", volunteer_print.print_list, name="volunteer-print"),
    path(
        "v/<slug:token>/sheets/<slug:kind>/",
        volunteer_print.sheet,
        name="volunteer-sheet",
    ),
]

suppliers = [
    path("s/<slug:token>/", supplier.supplier, name="supplier-link"),
    path("s/<slug:token>/received/", supplier.received, name="supplier-received"),
    path("s/<slug:token>/<slug:kind>/", supplier.paper, name="supplier-paper"),
]

urlpatterns = [*desk, *publishing, *volunteers, *suppliers]
