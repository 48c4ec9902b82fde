"""Walks any of a day's verbs in any order, and looks after each step whether the books agree."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
)

from catalog.actions.batches import move_cutoff
from catalog.actions.stock import pause_offer, restock, resume_offer, set_held
from delivery.actions.after_close import add_after_close, void_after_close
from delivery.actions.build_lists import build_due
from delivery.actions.print_sheet import print_all
from groupbuy.community.models import RESIDENT
from orders.actions.call_off import call_off_batch, call_off_offer
from orders.actions.cancel_order import cancel_order, void_order
from orders.actions.change_order import change_order
from orders.actions.close_batch import close_due
from orders.actions.let_in_late import let_in_late
from orders.actions.mark_paid import mark_paid
from orders.actions.place_order import place_order
from tests import factories as make
from tests.walks.model import DELIVERY, Bought, Items
from tests.walks.town import HOMES, Town

PAUSE = {"pause": pause_offer, "resume": resume_offer}
CLOCKWORK = ("wait", "dusk", "night", "tick", "tick", "print")
STEERING = ("restock", "hold", *PAUSE)
codes = st.sampled_from("AB")
homes = st.sampled_from(HOMES)
pieces = st.sampled_from((1, 1, 1, 2, 2, 4))
baskets = st.dictionaries(codes, pieces, min_size=1, max_size=2)
forms = st.tuples(homes, baskets, st.booleans())
anywhere = st.integers(0, 11)
minutes = st.integers(-200, 400)


class Walk(Town):
    """Whatever may be done in a day, by anybody, in any order, from an ordinary morning on."""

    begin: tuple[str, ...] = ()

    # Residents and heads

    @initialize(some=st.lists(forms, min_size=3, max_size=5))
    def morning(self, some: list[tuple[str, Items, bool]]) -> None:
        """A share is kept for heads, a few have ordered, and it may be late already."""
        self.steer("A", "hold", 2)
        for form in some:
            self.place(form)
        for act in self.begin:
            self.clockwork(act, 1)

    @rule(form=forms)
    def place(self, form: tuple[str, Items, bool]) -> None:
        self.forms += 1
        home, items, by_head = form
        self.agree(
            self.day.take(Bought(home, by_head, items)),
            place_order,
            self.batch,
            wish=self.wish(home, items),
            submit_key=f"form {self.pk} {self.forms}",
            by=self.head if by_head else RESIDENT,
            channel="head" if by_head else "link",
        )

    @precondition(lambda self: self.day.orders)
    @rule(n=anywhere, home=homes, items=baskets)
    def change(self, n: int, home: str, items: Items) -> None:
        bought, order = self.some(n)
        by = self.head if bought.heads else RESIDENT
        if order.channel == "proxy":
            return
        possible = self.day.change(bought, Bought(home, bought.heads, items))
        wish = self.wish(home, items)
        self.agree(possible, change_order, order, wish=wish, by=by)

    @precondition(lambda self: self.day.orders)
    @rule(n=anywhere, how=st.sampled_from(("cancelled", "void", "void after closing")))
    def end(self, n: int, how: str) -> None:
        """Its owner cancels; staff voids a false one, or takes it off a closed day."""
        (bought, order), state = self.some(n), self.day.state
        if how == "cancelled":
            possible = self.day.end(bought, how, may=self.day.in_time(bought.heads))
            self.agree(possible, cancel_order, order, by=RESIDENT)
            return
        after = how != "void"
        may = state == ("closed" if after else "open")
        verb = void_after_close if after else void_order
        possible = self.day.end(bought, "void", may=may)
        self.agree(possible, verb, order, reason="重复")

    # Staff

    @rule(home=homes, items=baskets)
    def let_in(self, home: str, items: Items) -> None:
        verb = add_after_close if self.day.state == "closed" else let_in_late
        possible = self.day.take(Bought(home, True, items), late=True)
        self.agree(
            possible, verb, self.batch, wish=self.wish(home, items), reason="漏报"
        )

    @precondition(lambda self: self.day.orders)
    @rule(n=anywhere)
    def pay(self, n: int) -> None:
        bought, order = self.some(n)
        owed = self.total(bought) if bought.state == "standing" else 0
        possible, bought.paid = bought.paid != owed, owed
        self.agree(possible, mark_paid, order)

    @rule(code=codes, act=st.sampled_from(STEERING), n=st.integers(0, 7))
    def steer(self, code: str, act: str, n: int) -> None:
        """One row's quota, heads' share or pause; these are for open days only."""
        row, day = self.day.rows[code], self.day
        may, stock = day.state == "open" and not row.off, self.row(code)
        if act == "restock":
            possible = may and n >= day.sold(code)
            row.quota = n if possible else row.quota
            self.agree(possible, restock, stock, quota=n)
        elif act == "hold":
            possible = may and n <= row.quota
            row.held = n if possible else row.held
            self.agree(possible, set_held, stock, held=n)
        else:
            row.paused = act == "pause" if may else row.paused
            self.agree(not row.off, PAUSE[act], stock)

    @rule(what=st.sampled_from("ABABABAB*"))
    def call_off(self, what: str) -> None:
        """Late in a walk at best: nothing much can happen to such a day any more."""
        possible, whole = self.day.state == "open", what == "*"
        if possible and self.day.now < 240:
            return
        if possible:
            self.day.call_off("" if whole else what)
        verb = call_off_batch if whole else call_off_offer
        thing = self.batch if whole else self.row(what)
        self.agree(possible, verb, thing, reason="断货")

    @rule(link=minutes, heads=minutes)
    def move_cutoff(self, link: int, heads: int) -> None:
        day = self.day
        to = (max(day.link + link, 0), max(day.heads + heads, 0))
        fine = all(
            new == old or day.now <= new <= DELIVERY
            for new, old in zip(to, (day.link, day.heads), strict=True)
        )
        possible = fine and (day.state == "open" or to == (day.link, day.heads))
        day.link, day.heads = to if possible else (day.link, day.heads)
        moments = [make.NOON + timedelta(minutes=n) for n in to]
        words = {"until_link": moments[0], "until_heads": moments[1]}
        self.agree(possible, move_cutoff, self.batch, **words)

    # The clockwork and the printer

    @rule(act=st.sampled_from(CLOCKWORK), some=st.integers(1, 120))
    def clockwork(self, act: str, some: int) -> None:
        """``dusk``: heads may not order any more, and the town may; ``night``: all is over."""
        day = self.day
        if act == "wait":
            day.now += some
        elif act == "dusk":
            day.now = max(day.now, day.heads)
        elif act == "night":
            day.now = max(day.now, day.link + 1, day.heads + 1)
        elif act == "print":
            day.printed |= bool(day.version and day.standing())
            print_all(self.batch, by=self.staff, now=self.now)
        else:
            self.tick()

    def tick(self) -> None:
        """The day closes and its lists are built in two ticks, as if one died between."""
        day = self.day
        due = day.state == "closed" and not day.version
        day.version = 1 if due else day.version
        assert build_due(self.now) == due
        due = day.state == "open" and max(day.link, day.heads) < day.now
        day.state = "closed" if due else day.state
        assert (self.pk in close_due(now=self.now, closed_at=self.now)) is due


class FromDusk(Walk):
    begin = ("dusk",)


class FromNight(Walk):
    """Closed, with lists that no printer has seen."""

    begin = ("night", "tick", "tick")


class FromPrint(Walk):
    """Closed and on paper."""

    begin = (*FromNight.begin, "print")


WALKS = (Walk, FromDusk, FromNight, FromPrint)
