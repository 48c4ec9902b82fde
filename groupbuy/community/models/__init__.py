from groupbuy.community.models.actor import (
    RESIDENT,
    SYSTEM,
    Actor,
    head,
    staff,
)
from groupbuy.community.models.head_link import HeadLink
from groupbuy.community.models.log import LogEntry
from groupbuy.community.models.opening import Opening
from groupbuy.community.models.people import AccessKey, Membership, User
from groupbuy.community.models.places import (
    Building,
    Committee,
    Compound,
    Gate,
    Household,
    Town,
)
from groupbuy.community.models.pulse import Heartbeat

__all__ = [
    "RESIDENT",
    "SYSTEM",
    "AccessKey",
    "Actor",
    "Building",
    "Committee",
    "Compound",
    "Gate",
    "HeadLink",
    "Heartbeat",
    "Household",
    "LogEntry",
    "Membership",
    "Opening",
    "Town",
    "User",
    "head",
    "staff",
]
