from delivery.models.holder import Holder, holder
from delivery.models.lists import (
    Difference,
    PickupLine,
    PickupList,
    SupplyLine,
    SupplyOrder,
)
from delivery.models.release import Release
from delivery.models.road import AccessLink, Arrival, Handoff, Handover
from delivery.models.sheets import Paperwork, Sheet
from delivery.models.taps import Settled, TakenBack, Tap

__all__ = [
    "AccessLink",
    "Arrival",
    "Difference",
    "Handoff",
    "Handover",
    "Holder",
    "Paperwork",
    "PickupLine",
    "PickupList",
    "Release",
    "Settled",
    "Sheet",
    "SupplyLine",
    "SupplyOrder",
    "TakenBack",
    "Tap",
    "holder",
]
