"""The demo towns: complete, consistent, the same however often they are loaded."""

from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest
import time_machine
from django.apps import apps
from django.db import transaction

from catalog.models import Batch, GroupBuy, PackageItem, Supplier
from catalog.queries.completeness import missing
from delivery.models import AccessLink, Arrival, Handover, PickupList
from groupbuy.community.models import Committee, Compound, Household, Town, User
from groupbuy.roof.demo import load
from groupbuy.roof.demo.people import PASSWORD
from groupbuy.roof.verify import RULES, verify
from groupbuy.shared.clock import at
from orders.models import Demand, Order
from orders.states import OrderState

NOW = at(date(2026, 3, 10), time(15, 0))


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """One small load for this module; the tests only read it."""
    with (
        django_db_blocker.unblock(),
        time_machine.travel(NOW, tick=False),
        transaction.atomic(),
    ):
        load(NOW, "small")
        yield
        transaction.set_rollback(True)


def counts() -> dict[str, int]:
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.app_label in {"community", "catalog", "orders", "delivery"}
    }


def test_a_second_load_adds_nothing() -> None:
    before = counts()

    load(NOW + timedelta(minutes=5), "small")

    assert counts() == before


def test_the_official_committees_are_there_by_code() -> None:
    maqiao = Committee.objects.filter(town__name="马桥镇")
    assert maqiao.count() == 27
    assert maqiao.get(code="310112112216").kind == Committee.Kind.VILLAGE
    assert Committee.objects.filter(town__name="五里桥街道").count() == 19


def test_every_group_buy_is_complete_and_open() -> None:
    group_buys = GroupBuy.objects.all()

    assert {row.title: missing(row, on=NOW.date()) for row in group_buys} == {
        "古藤马桥": [],
        "荟选集市 ABC": [],
        "随申办旗舰店": [],
        "满天星": [],
        "嘉怡水岸 ABC": [],
    }
    assert all(row.published_at and row.is_sample for row in group_buys)
    assert Batch.objects.filter(state=Batch.State.OPEN).count() == 5


def test_the_report_rules_are_kept() -> None:
    abc = GroupBuy.objects.get(title="荟选集市 ABC")
    assert [o.code for o in abc.offers.all()] == ["A", "B", "C"]
    assert {o.household_limit for o in abc.offers.all()} == {5}
    assert (abc.cutoff_link, abc.cutoff_heads) == (time(15), time(17))
    assert (abc.window_to, abc.every_days) == (time(18, 30), 3)
    assert abc.places.filter(building__isnull=False).exists(), "single closed buildings"
    store = GroupBuy.objects.get(title="随申办旗舰店")
    assert (store.offers.count(), store.rhythm) == (11, "daily")
    star = GroupBuy.objects.get(title="满天星")
    assert (star.weekdays, star.cutoff_link) == ([2, 4, 6], time(16))


def test_maqiao_sells_what_the_report_saw() -> None:
    offers = GroupBuy.objects.get(title="古藤马桥").offers.select_related(
        "package__supplier"
    )

    prices = {offer.package.name: offer.price_cents for offer in offers}

    assert prices["100元蔬菜肉类套餐"] == 10000
    assert prices["60元蔬菜套餐"] == 6000
    assert {offer.package.supplier.name for offer in offers} == {
        "龙吴路果蔬市场",
        "拼多多",
        "光明随心订",
        "永辉超市",
        "联华超市",
        "梅林集团",
        "松林食品",
    }
    assert PackageItem.objects.filter(name__startswith="……").get().possible


def test_ms_wei_orders_the_100_yuan_package_and_next_day_a_60_yuan_one() -> None:
    hers = Order.objects.filter(compound__name="品质苑", name="魏女士")

    lines = [
        (line.stock.title, line.quantity)
        for order in hers.order_by("placed_at")
        for line in order.lines.all()
    ]

    assert lines == [("100元蔬菜肉类套餐", 1), ("60元蔬菜套餐", 1)]


def test_the_sample_compound_has_an_address_and_no_roster() -> None:
    compound = Compound.objects.get(name="嘉怡水岸")
    assert (compound.address, compound.has_roster) == ("紫龙路500弄", False)
    assert compound.gates.filter(is_default=True).count() == 1


def test_yesterday_reached_every_door_and_today_waits_for_volunteers() -> None:
    done, waiting = Batch.objects.filter(
        group_buy__title="古藤马桥", state=Batch.State.CLOSED
    ).order_by("delivery_on")

    assert Handover.objects.filter(order__batch=done).count() == done.orders.count()
    assert Arrival.objects.filter(batch=done).exists()
    assert not Arrival.objects.filter(batch=waiting).exists()
    alive = AccessLink.objects.filter(batch=waiting, expires_at__gt=NOW)
    assert alive.filter(compound__name="品质苑").count() == 1


def test_milk_is_sold_out_and_wanted() -> None:
    today = Batch.objects.get(group_buy__title="古藤马桥", state=Batch.State.OPEN)
    milk = today.stock.get(title="鲜奶酸奶套餐")

    assert milk.left == 0
    assert Demand.objects.filter(stock=milk).exists()
    assert today.orders.filter(state=OrderState.CANCELLED).exists()
    assert today.orders.filter(paid_at__isnull=False).exists()
    assert today.orders.filter(paid_at__isnull=True).exists()


def test_every_open_day_has_orders() -> None:
    assert not Batch.objects.filter(state=Batch.State.OPEN, orders=None).exists()


def test_without_a_roster_homes_are_written_freely_and_are_on_the_list() -> None:
    compound = Compound.objects.get(name="嘉怡水岸")
    assert not Household.objects.filter(building__compound=compound).exists()

    orders = Order.objects.filter(compound=compound, batch__state=Batch.State.CLOSED)

    assert {len(order.room) for order in orders} == {3}, "502室 is 502"
    assert all(order.building.isdecimal() for order in orders)
    (pickup_list,) = PickupList.objects.filter(compound=compound)
    assert {line.order_id for line in pickup_list.lines.all()} == {o.pk for o in orders}
    assert AccessLink.objects.filter(compound=compound, kind="volunteer").exists()


def test_nothing_breaks_a_rule_of_the_house() -> None:
    rules = tuple(rule for rule in RULES if rule.name != "heartbeat_is_fresh")
    assert verify(now=NOW, rules=rules).broken == []


def test_invented_data_says_so() -> None:
    assert not Town.objects.filter(is_sample=False).exists()
    assert not Supplier.objects.filter(is_sample=False).exists()
    invented = Compound.objects.exclude(name="嘉怡水岸")
    assert all("示例" in compound.address for compound in invented)


def test_every_phone_is_of_the_example_block() -> None:
    phones = [
        *Order.objects.values_list("phone", flat=True),
        *Supplier.objects.values_list("phone", flat=True),
        *Town.objects.values_list("hotline", flat=True),
        *Committee.objects.values_list("phone", flat=True),
        *GroupBuy.objects.values_list("contact_phone", flat=True),
    ]
    assert phones
    others = {p for p in phones if not (p.startswith("1380000") and len(p) == 11)}
    assert others <= {""}, "homes that a head ordered for have none"


def test_each_role_signs_in_with_the_known_password() -> None:
    assert all(user.check_password(PASSWORD) for user in User.objects.all())
    assert User.objects.get(username="admin").is_superuser
    assert not User.objects.filter(is_superuser=False, memberships=None).exists()


def test_some_homes_are_brought_to_the_door_and_6a_follows_6() -> None:
    homes = Household.objects.filter(building__compound__name="品质苑")
    assert 0 < homes.filter(bring_to_door=True).count() < homes.count() / 10
    names = list(
        Compound.objects.get(name="品质苑").buildings.values_list("name", flat=True)
    )
    assert names[names.index("6") + 1] == "6甲"
