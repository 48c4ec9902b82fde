from django.urls import path

from catalog.views import group_buys, offers, packages, places, suppliers

urlpatterns = [
    path("desk/suppliers/", suppliers.suppliers, name="suppliers"),
    path("desk/suppliers/new/", suppliers.new_supplier, name="supplier-new"),
    path("desk/suppliers/<int:supplier_id>/", suppliers.supplier, name="supplier"),
    path(
        "desk/suppliers/<int:supplier_id>/papers/",
        suppliers.new_paper,
        name="paper-new",
    ),
    path(
        "desk/suppliers/papers/<int:paper_id>/drop/", suppliers.drop, name="paper-drop"
    ),
    path(
        "desk/suppliers/<int:supplier_id>/suspend/",
        suppliers.suspend,
        name="supplier-suspend",
    ),
    path(
        "desk/suppliers/<int:supplier_id>/resume/",
        suppliers.resume,
        name="supplier-resume",
    ),
    path("desk/packages/", packages.packages, name="packages"),
    path("desk/packages/new/", packages.new_package, name="package-new"),
    path("desk/packages/<int:package_id>/", packages.package, name="package"),
    path(
        "desk/packages/<int:package_id>/version/",
        packages.version,
        name="package-version",
    ),
    path("desk/packages/<int:package_id>/copy/", packages.copy, name="package-copy"),
    path("desk/group-buys/", group_buys.group_buys, name="group-buys"),
    path("desk/group-buys/new/", group_buys.new_group_buy, name="group-buy-new"),
    path("desk/group-buys/<int:group_buy_id>/", group_buys.group_buy, name="group-buy"),
    path(
        "desk/group-buys/<int:group_buy_id>/edit/",
        group_buys.edit,
        name="group-buy-edit",
    ),
    path(
        "desk/group-buys/<int:group_buy_id>/publish/",
        group_buys.publish_now,
        name="group-buy-publish",
    ),
    path(
        "desk/group-buys/<int:group_buy_id>/end/",
        group_buys.end,
        name="group-buy-end",
    ),
    path(
        "desk/group-buys/<int:group_buy_id>/places/",
        places.places,
        name="group-buy-places",
    ),
    path(
        "desk/group-buys/<int:group_buy_id>/offers/new/",
        offers.new_offer,
        name="offer-new",
    ),
    path("desk/group-buys/offers/<int:offer_id>/", offers.offer, name="offer"),
    path(
        "desk/group-buys/offers/<int:offer_id>/withdraw/",
        offers.withdraw,
        name="offer-withdraw",
    ),
    path(
        "desk/group-buys/offers/<int:offer_id>/restore/",
        offers.restore,
        name="offer-restore",
    ),
    path(
        "desk/group-buys/<int:group_buy_id>/preview/",
        group_buys.preview,
        name="group-buy-preview",
    ),
]
