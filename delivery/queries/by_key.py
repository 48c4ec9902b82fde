"""Papers for a machine: they start from its key's town, and nothing else exists."""

from django.db.models import QuerySet

from delivery.models import Difference, Handoff, PickupList, SupplyOrder
from groupbuy.community.models import AccessKey


def pickup_lists_of(key: AccessKey) -> QuerySet[PickupList]:
    """Every version, the newest day first; a replaced one has ``void_at``."""
    return (
        PickupList.objects.filter(batch__group_buy__town=key.town_id)
        .select_related("batch__group_buy", "compound__committee")
        .order_by("-batch__delivery_on", "-batch", "compound__committee__code", "pk")
    )


def differences_of(pickup_list: PickupList) -> QuerySet[Difference]:
    """What changed after the list was printed; none for a replaced version."""
    if pickup_list.void_at is not None:
        return Difference.objects.none()
    return Difference.objects.filter(
        batch=pickup_list.batch_id, compound=pickup_list.compound_id
    ).select_related("order_line__order", "stock")


def supply_orders_of(key: AccessKey) -> QuerySet[SupplyOrder]:
    """Every version, the newest day first; a replaced one has ``void_at``."""
    return (
        SupplyOrder.objects.filter(batch__group_buy__town=key.town_id)
        .select_related("batch__group_buy", "supplier")
        .order_by("-batch__delivery_on", "-batch", "supplier__name", "pk")
    )


def handoff_of(order: SupplyOrder) -> Handoff | None:
    return Handoff.objects.filter(
        batch=order.batch_id, supplier=order.supplier_id, version=order.version
    ).first()
