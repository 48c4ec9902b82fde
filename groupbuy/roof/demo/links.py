"""What to open: links and sign-ins of the demo, as data and as lines for a terminal."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from catalog.models import Batch, GroupBuy
from delivery.models import AccessLink
from delivery.queries.links import link_path
from groupbuy.community.models import HeadLink, User
from groupbuy.community.queries.head_links import head_link_path
from groupbuy.roof.demo.files import tree
from groupbuy.roof.demo.heads import COMPOUND, HEADS
from groupbuy.roof.demo.people import password

FIRST_COMPOUNDS = ("品质苑", "瞿南小区")  # where the demo has history, first


def links(base_url: str) -> dict[str, list[dict[str, Any]]]:
    """Group buys, sign-ins, heads' links, and the live links of the newest built days, newest first.

    In production the password is the site's own, from its secret key.
    """
    base = base_url.rstrip("/")
    kinds = AccessLink.Kind
    return {
        "group_buys": [group_buy_links(row, base) for row in demo_group_buys()],
        "logins": logins(base),
        "head_links": head_links(base),
        "volunteer_links": [access(row, base) for row in live(kinds.VOLUNTEER)],
        "supplier_links": [access(row, base) for row in live(kinds.SUPPLIER)],
    }


def demo_group_buys() -> list[GroupBuy]:
    """In the order of the data file, those that exist."""
    rows = {
        row.token: row for row in GroupBuy.objects.select_related("town").iterator()
    }
    return [rows[fact["token"]] for fact in tree("group_buys") if fact["token"] in rows]


def group_buy_links(group_buy: GroupBuy, base: str) -> dict[str, Any]:
    batch = group_buy.batches.filter(state=Batch.State.OPEN).first()
    place = first_place(group_buy)
    token = group_buy.token
    path = reverse("link", args=[token])
    compound_path = reverse("link-compound", args=[token, place]) if place else path
    return {
        "name": group_buy.title,
        "town": group_buy.town.name,
        "token": token,
        "link": base + path,
        "compound_link": base + compound_path,
        "path": path,
        "batch_id": batch.pk if batch else None,
    }


def first_place(group_buy: GroupBuy) -> int | None:
    """The id of the compound to show, one with history where there is any."""
    places = group_buy.places.order_by("pk").values_list("compound", "compound__name")
    known = [pk for pk, name in places if name in FIRST_COMPOUNDS]
    return next(iter(known or [pk for pk, _name in places]), None)


def logins(base: str) -> list[dict[str, Any]]:
    known = set(User.objects.values_list("username", flat=True))
    return [
        {
            "role": fact["role"],
            "place": fact.get("compound") or town_name(fact),
            "username": fact["username"],
            "password": password(),
            "start": base + reverse("admin:index" if "town" not in fact else "desk"),
        }
        for fact in tree("people")
        if fact["username"] in known
    ]


def town_name(fact: dict[str, Any]) -> str:
    names = {town["slug"]: town["name"] for town in tree("towns")}
    return names.get(fact.get("town", ""), "")


def live(kind: AccessLink.Kind) -> list[AccessLink]:
    """Links that still open something, of each demo group buy's newest day that has any."""
    alive = AccessLink.objects.filter(
        kind=kind, revoked_at__isnull=True, expires_at__gt=timezone.now()
    ).select_related("batch__group_buy", "compound", "supplier")
    found: list[AccessLink] = []
    for group_buy in demo_group_buys():
        ours = alive.filter(batch__group_buy=group_buy)
        newest = ours.order_by("-batch__delivery_on").first()
        if newest:
            found += ours.filter(batch=newest.batch_id).order_by("pk")
    return sorted(found, key=lambda row: str(row.compound) not in FIRST_COMPOUNDS)


def head_links(base: str) -> list[dict[str, Any]]:
    """Of the demo's building heads, those that open something."""
    named = HeadLink.objects.filter(
        building__compound__name=COMPOUND,
        building__name__in=HEADS,
        revoked_at__isnull=True,
    )
    return [
        {
            "for": f"{link.building.compound} {link.building.name}",
            "name": link.name,
            "link": base + head_link_path(link),
        }
        for link in named.select_related("building__compound").order_by("pk")
    ]


def access(row: AccessLink, base: str) -> dict[str, Any]:
    return {
        "group_buy": row.batch.group_buy.title,
        "batch_id": row.batch_id,
        "delivery_on": row.batch.delivery_on.isoformat(),
        "for": str(row.compound or row.supplier),
        "link": base + link_path(row),
        "expires_at": row.expires_at.isoformat(),
    }
