"""Who had a day's lists of homes on the screen, for the town's page and after a leak."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.utils.translation import gettext_lazy

from catalog.models import Batch
from groupbuy.community.models import Compound, HeadLink, Opening, User
from orders.queries.desk.history import WHO

MOST = 100  # people and pages; the newest

# What stands on each page, by the name of its address.
PAGES = {
    "batch": gettext_lazy("the changes after printing"),
    "batch-compound": gettext_lazy("the changes after printing"),
    "building": gettext_lazy("what a building ordered"),
    "call-list": gettext_lazy("the call list"),
    "committee-compound": gettext_lazy("a compound's orders"),
    "find-order": gettext_lazy("orders found by a search"),
    "grid": gettext_lazy("a building's grid"),
    "handed-in": gettext_lazy("homes that were late"),
    "orders": gettext_lazy("what a building ordered"),
    "paste": gettext_lazy("the chat's text"),
    "pasted": gettext_lazy("the chat's text"),
    "volunteer": gettext_lazy("the changes after printing"),
    "volunteer-building": gettext_lazy("a building, door by door"),
}


@dataclass(frozen=True)
class Opened:
    """One person and page. ``hours`` in which it was looked at, ``homes`` at most."""

    who: str
    what: str
    where: str
    hours: int
    homes: int
    first: datetime
    last: datetime


def openings(batch: Batch, *, compound_id: int | None = None) -> list[Opened]:
    """The newest first, in at most four queries; with ``compound_id`` only what showed it."""
    found = Opening.objects.filter(batch_id=batch.pk).order_by()
    if compound_id is not None:
        found = found.filter(Q(compound=compound_id) | Q(compound__isnull=True))
    rows = list(
        found.values("user", "actor", "link", "page", "compound")
        .annotate(hours=Count("pk"), first=Min("at"), last=Max("at"), most=Max("homes"))
        .order_by("-last")[:MOST]
    )
    people = User.objects.in_bulk({row["user"] for row in rows if row["user"]})
    links = {row["link"] for row in rows if row["actor"] == "head" and row["link"]}
    heads = HeadLink.objects.in_bulk(links) if links else {}
    places = Compound.objects.in_bulk({r["compound"] for r in rows if r["compound"]})
    return [
        Opened(
            who=_who(row, people, heads),
            what=str(PAGES.get(row["page"], row["page"])),
            where=str(places.get(row["compound"], "")),
            hours=row["hours"],
            homes=row["most"],
            first=row["first"],
            last=row["last"],
        )
        for row in rows
    ]


def _who(
    row: Mapping[str, Any], people: dict[int, User], heads: dict[int, HeadLink]
) -> str:
    if person := people.get(row["user"]):
        return person.get_full_name() or person.get_username()
    name = heads[row["link"]].name if row["link"] in heads else ""
    return " ".join(filter(None, [str(WHO.get(row["actor"], row["actor"])), name]))
