"""Supply starts from the person: their towns' suppliers, packages, group buys, and no others."""

from django.db.models import QuerySet

from catalog.models import Batch, GroupBuy, Offer, Package, Stock, Supplier
from groupbuy.community.models import User
from groupbuy.community.queries.visible import towns_of


def suppliers_of(user: User) -> QuerySet[Supplier]:
    return Supplier.objects.filter(town__in=towns_of(user)).select_related("town")


def packages_of(user: User) -> QuerySet[Package]:
    """Packages of the person's towns, each with its supplier and town."""
    return Package.objects.filter(supplier__town__in=towns_of(user)).select_related(
        "supplier__town"
    )


def group_buys_of(user: User) -> QuerySet[GroupBuy]:
    return GroupBuy.objects.filter(town__in=towns_of(user)).select_related("town")


def offers_of(user: User) -> QuerySet[Offer]:
    return Offer.objects.filter(group_buy__town__in=towns_of(user)).select_related(
        "group_buy__town", "package__supplier"
    )


def batches_of(user: User) -> QuerySet[Batch]:
    return Batch.objects.filter(group_buy__town__in=towns_of(user)).select_related(
        "group_buy__town"
    )


def stock_of(user: User) -> QuerySet[Stock]:
    return Stock.objects.filter(
        batch__group_buy__town__in=towns_of(user)
    ).select_related("batch__group_buy", "supplier")
