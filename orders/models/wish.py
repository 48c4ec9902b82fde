"""What somebody asks for, before any rule has looked at it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Wish:
    """One home's wish in one batch, as typed. ``items`` maps stock ids to quantities."""

    compound_id: int
    building: str
    room: str
    items: Mapping[int, int]
    unit: str = ""
    name: str = ""
    phone: str = ""
    note: str = ""
    name_in_feed: bool = False
    bring_to_door: bool = False
