from django.urls import path

from catalog.api.public import GroupBuys, OneBatch, OneGroupBuy

urlpatterns = [
    path("group-buys/", GroupBuys.as_view(), name="api-group-buys"),
    path("group-buys/<slug:token>/", OneGroupBuy.as_view(), name="api-group-buy"),
    path("batches/<int:batch_id>/", OneBatch.as_view(), name="api-batch"),
]
