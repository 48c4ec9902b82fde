"""Whom to call: a person of the neighbourhood, at the bottom of every page."""

from dataclasses import dataclass

from catalog.models import GroupBuy
from groupbuy.community.models import Compound


@dataclass(frozen=True)
class Help:
    """``name`` and ``phone`` of who helps; both may be empty."""

    name: str
    phone: str


def help_for(group_buy: GroupBuy, compound: Compound | None) -> Help:
    """The compound's committee; without one the group buy's contact, then the town's line."""
    if compound is not None and compound.committee.phone:
        return Help(compound.committee.name, compound.committee.phone)
    if group_buy.contact_phone:
        return Help(group_buy.contact_name or group_buy.title, group_buy.contact_phone)
    return Help(group_buy.town.name, group_buy.town.hotline)
