"""A list of homes is on somebody's screen: written down as cheaply as can be."""

from datetime import date, datetime

from groupbuy.community.models import Actor, Opening
from groupbuy.shared import db


def note_opening(
    page: str,
    *,
    town_id: int,
    batch_id: int,
    homes: int,
    by: Actor,
    now: datetime,
    until: date,
    compound_id: int | None = None,
    part: str = "",
    link: int | None = None,
) -> None:
    """One statement, and no row when the same page was noted within the hour already.

    ``part`` tells apart what one page shows by turns (a building); it names no person. What
    the browser's own menu prints no server can see; that it was on the screen stands here.
    Never called by residents' pages.
    """
    link = by.head_link_id or link
    who = f"{by.role}{by.user.pk if by.user else ''}/{link or ''}"
    hour = int(now.timestamp()) // 3600
    place = f"{compound_id or ''}/{part}"
    db.insert(
        Opening,
        {
            "town_id": town_id,
            "batch_id": batch_id,
            "compound_id": compound_id,
            "page": page,
            "actor": by.role,
            "user_id": by.user.pk if by.user else None,
            "link": link,
            "at": now,
            "homes": homes,
            "until": until,
            "key": f"{page}/{batch_id}/{place}/{who}/{hour}",
        },
    )
