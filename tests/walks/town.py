"""The town of a walk, and what must agree after each of its steps."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Sum
from hypothesis.stateful import RuleBasedStateMachine, invariant

from catalog.models import Batch, Stock
from delivery.models import Difference, Paperwork, PickupLine
from groupbuy.community.models import head, staff
from groupbuy.roof.verify import verify
from groupbuy.roof.verify.orders import ORDERS
from groupbuy.roof.verify.paper import PAPER
from groupbuy.roof.verify.stock import STOCK
from groupbuy.shared.errors import Refused
from orders.models import HomeUse, Order, Wish
from tests import factories as make
from tests.walks.model import Bought, Day, Items, Row

HOMES = ("501", "502", "503")
CLOCKWORKS = {"due_days_are_closed", "lists_are_built"}  # it comes when a walk calls it
RULES = tuple(r for r in (*STOCK, *ORDERS, *PAPER) if r.name not in CLOCKWORKS)


class Town(RuleBasedStateMachine):
    """One town's day; it is taken back at the end of each walk."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        compound = make.make_compound(buildings={"3": list(HOMES)})
        buy = make.make_group_buy(compounds=[compound])
        for code, supplier in (("A", "永辉"), ("B", "光明")):
            package = make.make_package(make.make_supplier(buy.town, supplier))
            limit, quota = (3, 4) if code == "A" else (4, 8)
            terms = {"household_limit": limit, "daily_quota": quota}
            make.make_offer(buy, code, package=package, **terms)
        batch = make.make_batch(buy, codes="AB")
        self.pk, self.compound, self.forms = batch.pk, compound, 0
        self.head = head([compound.buildings.get().pk])
        self.staff = staff(make.make_town_staff(buy.town))
        rows = batch.stock.all()
        self.stock = {row.code: row.pk for row in rows}
        self.day = Day(
            {r.code: Row(r.price_cents, r.household_limit, r.quota) for r in rows}
        )

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    # What the rules share

    @property
    def now(self) -> Any:
        return make.NOON + timedelta(minutes=self.day.now)

    @property
    def batch(self) -> Batch:
        return Batch.objects.select_related("group_buy").get(pk=self.pk)

    def row(self, code: str) -> Stock:
        found = Stock.objects.select_related("batch__group_buy", "supplier")
        return found.get(pk=self.stock[code])

    def wish(self, room: str, items: Items) -> Wish:
        wanted = {self.stock[code]: n for code, n in items.items()}
        return Wish(self.compound.pk, "3", room, wanted, phone="13800000000")

    def total(self, order: Bought) -> int:
        return sum(self.day.rows[code].price * n for code, n in order.items.items())

    def some(self, n: int) -> tuple[Bought, Order]:
        """The model's order and the database's; both lists are in the order of buying."""
        n %= len(self.day.orders)
        found = Order.objects.select_related("batch__group_buy", "compound__committee")
        return self.day.orders[n], found.order_by("pk")[n]

    def agree(self, possible: bool, verb: Any, *args: Any, **words: Any) -> None:
        """The verb does what the model says, or refuses with a sentence."""
        words, refused = {"now": self.now, "by": self.staff} | words, ""
        try:
            verb(*args, **words)
        except Refused as refusal:
            refused = refusal.code
        assert possible is (refused == ""), f"{verb.__name__}: {refused or 'done'}"

    # After every step

    @invariant()
    def shelves_agree(self) -> None:
        day = self.day
        for row in Stock.objects.filter(batch=self.pk):
            said = day.rows[row.code]
            sold = (day.sold(row.code), day.sold(row.code, heads=True))
            assert (row.reserved, row.reserved_heads) == sold
            assert (row.quota, row.held) == (said.quota, said.held)
            off = (row.paused_at is not None, row.called_off_at is not None)
            assert off == (said.paused, said.off)
            assert row.is_open is (day.state == "open")
        assert self.batch.state == day.state

    @invariant()
    def homes_agree(self) -> None:
        used = {
            (home, code): n
            for home in HOMES
            for code in self.stock
            if (n := self.day.sold(code, home=home))
        }
        found = HomeUse.objects.filter(stock__batch=self.pk, quantity__gt=0)
        kept = found.values_list("home_key", "stock__code", "quantity")
        assert {(key.split("/")[-1], code): n for key, code, n in kept} == used

    @invariant()
    def orders_agree(self) -> None:
        found = Order.objects.order_by("pk").prefetch_related("lines__stock")
        assert [
            Bought(
                order.room,
                order.channel != "link",
                {line.stock.code: line.quantity for line in order.lines.all()},
                order.state,
                order.paid_cents,
            )
            for order in found
        ] == self.day.orders
        totals = [self.total(order) for order in self.day.orders]
        assert [order.total_cents for order in found] == totals
        pieces = [sum(order.items.values()) for order in self.day.orders]
        assert [order.pieces for order in found] == pieces

    @invariant()
    def paper_agrees(self) -> None:
        day, said = self.day, {}
        paper = Paperwork.objects.filter(batch=self.pk).first()
        assert (paper.version if paper else 0) == day.version
        assert Difference.objects.count() == day.differences
        current = PickupLine.objects.filter(pickup_list__void_at__isnull=True)
        sums = current.values_list("room", "code").annotate(n=Sum("quantity"))
        for room, code, n in sums:
            said[room, code] = n
        changes = Difference.objects.values_list(
            "order_line__order__room", "stock__code", "delta"
        )
        for room, code, n in changes:
            said[room, code] = said.get((room, code), 0) + n
        wanted = {(h, c): day.sold(c, home=h) for h in HOMES for c in self.stock}
        wanted = {key: n for key, n in wanted.items() if n and day.version}
        assert {key: n for key, n in said.items() if n} == wanted

    @invariant()
    def rules_are_silent(self) -> None:
        assert verify(now=self.now, rules=RULES).broken == []
