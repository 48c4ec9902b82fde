"""One order form in the making: what this request brought, and what its pages show."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from catalog.models import Batch, GroupBuy
from groupbuy.community.models import Compound
from groupbuy.shared import tokens
from groupbuy.shared.errors import Refused
from orders.forms import NEIGHBOUR, OrderForm, field_of
from orders.models import NoSuchHome, SeveralHomes
from orders.queries.homes import Home, find_home
from orders.queries.page import (
    Card,
    Phase,
    cards_of,
    may_have_units,
    phase,
    served_compounds,
)
from orders.queries.tries import check_tries, told
from orders.views.device import RememberedHome, browser, remembered_home
from orders.views.help import help_for
from orders.views.labels import building_with_unit, place_labels
from orders.views.neighbour import for_neighbour, switched

_KEY = re.compile(r"[A-Za-z0-9_-]{22}")
FRONT = ("compound", "building", "unit", "room", "name", "phone", "note")
TICKS = ("remember", "name_in_feed")


@dataclass(frozen=True)
class Row:
    """One package in the form, with its number as typed and what is wrong with it."""

    card: Card
    value: object
    errors: dict[str, str]

    @property
    def name(self) -> str:
        return field_of(self.card)

    @property
    def error(self) -> str:
        return self.errors.get(self.name, "")

    @property
    def stands_out(self) -> bool:
        """Chosen, or with a sentence beside it: never hidden behind a tap."""
        return bool(self.error) or str(self.value or "0") != "0"

    @property
    def cents(self) -> int:
        return self.card.stock.price_cents * amount(self.value)


@dataclass
class Sheet:
    """A form over one day's packages; ``key`` makes it one order however often it is sent.

    ``again`` is a voucher, set where the CSRF cookie got lost on the way. Faults are shown
    only once something was judged.
    """

    request: HttpRequest
    group_buy: GroupBuy
    batch: Batch
    now: datetime
    form: OrderForm
    compounds: list[Compound]
    key: str
    nearest: list[tuple[str, str, str]] = field(default_factory=list)
    fit_all: bool = False  # what was typed fits each of ``nearest``
    again: str = ""
    is_judged: bool = False

    @property
    def cards(self) -> list[Card]:
        return list(self.form.cards)

    @property
    def own_home(self) -> RememberedHome | None:
        """What this phone remembers, whoever the form is for."""
        return remembered_home(self.request)

    @property
    def is_open(self) -> bool:
        return phase(self.group_buy, self.batch, now=self.now) is Phase.OPEN

    def is_well_filled(self) -> bool:
        """Whether every field reads well; whether home and stock exist, the verb decides."""
        self.is_judged = True
        return self.form.is_valid()

    def home(self) -> Home | None:
        """The home meant, of a valid form; else None, with a sentence beside each fault."""
        if not self.is_well_filled():
            return None
        wish = self.form.wish()
        try:
            check_tries(wish, browser=browser(self.request))
            return find_home(
                self.group_buy, wish.compound_id, wish.building, wish.unit, wish.room
            )
        except Refused as refusal:
            self.refuse(refusal)
            return None

    def refuse(self, refusal: Refused) -> Refused:
        """Put it beside its field; returns what of it is told."""
        self.is_judged = True
        wish = self.form.wish()
        refusal = told(refusal, wish, browser=browser(self.request))
        self.form.refuse(refusal)
        if isinstance(refusal, NoSuchHome):
            self.nearest = refusal.nearest
            self.fit_all = isinstance(refusal, SeveralHomes)
        return refusal

    def page(
        self, template: str, status: int = 200, **extra: object
    ) -> HttpResponseBase:
        return render(self.request, template, self.context() | extra, status=status)

    def context(self) -> dict[str, object]:
        errors = (
            {n: str(e[0]) for n, e in self.form.errors.items()}
            if self.is_judged
            else {}
        )
        rows = [
            Row(card, self.form[field_of(card)].value(), errors) for card in self.cards
        ]
        chosen = self.compound()
        labels = place_labels([chosen] if chosen else self.compounds)
        return {
            "sheet": self,
            "group_buy": self.group_buy,
            "batch": self.batch,
            "now": self.now,
            "form": self.form,
            "rows": rows,
            "picked": [row for row in rows if row.stands_out],
            "others": [row for row in rows if not row.stands_out],
            "errors": errors,
            "faults": self.faults(errors, labels),
            "total": sum(row.cents for row in rows),
            "labels": labels,
            "building": self.building(),
            "with_unit": may_have_units([chosen] if chosen else self.compounds),
            "compound": chosen,
            "help": help_for(self.group_buy, chosen),
        }

    def faults(
        self, errors: dict[str, str], labels: dict[str, str]
    ) -> list[tuple[str, str, str]]:
        """Every sentence with its field's id and label, in the order of the page.

        Homes to choose from say it themselves.
        """
        names = ["__all__", *(field_of(card) for card in self.cards), *FRONT]
        labels = labels | {field_of(card): card.stock.code for card in self.cards}
        ids = {"__all__": "packages", "unit": "building"}
        told = {"room"} if self.nearest else set()
        return [
            (ids.get(name, name), labels.get(name, ""), errors[name])
            for name in names
            if name in errors and name not in told
        ]

    def building(self) -> str:
        """As typed, or together with the unit of a known home."""
        building, unit = (
            self.form[name].value() or "" for name in ("building", "unit")
        )
        return building_with_unit(building, unit)

    def compound(self) -> Compound | None:
        """The compound chosen so far, or the only one there is."""
        if len(self.compounds) == 1:
            return self.compounds[0]
        chosen = str(self.form["compound"].value() or "")
        return next((c for c in self.compounds if str(c.pk) == chosen), None)

    def carried(self, home: Home | None = None) -> list[tuple[str, Any]]:
        """Every field with its value, for a page that only passes them on."""
        names = [*FRONT, *(field_of(card) for card in self.cards)]
        told = {name: self.form[name].value() or "" for name in names}
        ticks = {name: self.form[name].value() for name in TICKS}
        told |= {n: "on" if tick is True else tick for n, tick in ticks.items() if tick}
        if home is not None:
            told |= {"building": home.building, "unit": home.unit, "room": home.room}
        return list(told.items())


def amount(value: object) -> int:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0


def fresh_sheet(
    request: HttpRequest,
    group_buy: GroupBuy,
    batch: Batch,
    *,
    now: datetime,
    picks: frozenset[str] | None = None,
) -> Sheet:
    """A new form: one package picked on the link page, the home this phone remembers.

    ``picks``: what counts of the address's; all of it if not given.
    """
    compounds, cards = served_compounds(group_buy), cards_of(batch)
    initial: dict[str, object] = {"compound": request.GET.get("c", "")}
    if len(compounds) == 1:
        initial["compound"] = compounds[0].pk
    home = remembered_home(request)
    if home and home.compound not in {c.pk for c in compounds}:
        home = None
    if request.GET.get("for") == NEIGHBOUR:
        initial = for_neighbour(home, initial["compound"])
    elif home:
        initial = vars(home) | {"remember": "on"}
    picked = request.GET.getlist("pick") if picks is None else picks
    initial |= {field_of(card): 1 for card in cards if card.stock.code in picked}
    form = OrderForm(initial=initial, cards=cards, compounds=compounds)
    return Sheet(request, group_buy, batch, now, form, compounds, tokens.new_key())


def sent_sheet(request: HttpRequest, group_buy: GroupBuy, *, now: datetime) -> Sheet:
    """The form as sent. Raises Http404 for another group buy's day or package."""
    wanted = request.POST.get("batch", "")
    pk = int(wanted) if wanted.isdecimal() and len(wanted) < 19 else 0
    batch = get_object_or_404(
        group_buy.batches.select_related("group_buy__town"), pk=pk
    )
    compounds, cards = served_compounds(group_buy), cards_of(batch)
    data = switched(request, with_choices(request.POST))
    if {n for n in data if n.startswith("q_")} - {field_of(card) for card in cards}:
        raise Http404
    form = OrderForm(data, cards=cards, compounds=compounds)
    key = data.get("key", "")
    key = key if _KEY.fullmatch(key) else tokens.new_key()
    return Sheet(request, group_buy, batch, now, form, compounds, key)


def step_of(posted: QueryDict, *, onward: str) -> str:
    """What the tapped button asks for; one of the homes offered goes ``onward`` with it."""
    if "bump" in posted:
        return "form"
    return posted.get("step") or (onward if posted.get("home") else "")


def with_choices(posted: QueryDict) -> QueryDict:
    """The form's data after a tap on a near home or on a − or + button without a script."""
    data = posted.copy()
    place = data.get("home", "").split("/")
    if len(place) == 3:
        data["building"], data["unit"], data["room"] = place
    name, _colon, step = data.get("bump", "").partition(":")
    if name in data and step in {"1", "-1"}:
        data[name] = str(max(amount(data[name]) + int(step), 0))
    return data


def moved_to(sheet: Sheet, batch: Batch) -> Sheet:
    """The same basket for another day of the group buy, package by package of its offer."""
    cards = cards_of(batch)
    old = {c.stock.offer_id: sheet.form[field_of(c)].value() for c in sheet.cards}
    data = dict(sheet.carried()) | {
        field_of(card): old.get(card.stock.offer_id, "") for card in cards
    }
    form = OrderForm(data, cards=cards, compounds=sheet.compounds)
    return replace(sheet, batch=batch, form=form, key=tokens.new_key())
