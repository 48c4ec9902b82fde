"""Who may change the supply: town staff of its town."""

from catalog.models import Batch, GroupBuy, Package, Supplier
from groupbuy.community.models import Actor
from groupbuy.community.rules import may_run_town


def may_change_supplier(by: Actor, supplier: Supplier) -> bool:
    return may_run_town(by, supplier.town_id)


def may_change_package(by: Actor, package: Package) -> bool:
    return may_run_town(by, package.supplier.town_id)


def may_change_group_buy(by: Actor, group_buy: GroupBuy) -> bool:
    return may_run_town(by, group_buy.town_id)


def may_run_batch(by: Actor, batch: Batch) -> bool:
    return may_run_town(by, batch.group_buy.town_id)
