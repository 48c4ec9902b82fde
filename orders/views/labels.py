"""What a home's parts are called where it stands: 楼 and 室, or 组 and 门牌 in a village."""

from collections.abc import Sequence

from django.utils.translation import pgettext

from groupbuy.community.models import Compound
from groupbuy.shared.text import building_name


def place_labels(compounds: Sequence[Compound]) -> dict[str, str]:
    """Labels that fit all of these compounds, by the name of the field."""
    phone = pgettext("home", "Phone")
    return _place_labels(compounds) | {"phone": phone}


def _place_labels(compounds: Sequence[Compound]) -> dict[str, str]:
    kinds = {compound.kind for compound in compounds}
    if kinds == {Compound.Kind.VILLAGE}:
        return {
            "building": pgettext("home", "Group"),
            "room": pgettext("home", "House number"),
        }
    if Compound.Kind.VILLAGE in kinds:
        return {
            "building": pgettext("home", "Building or group"),
            "room": pgettext("home", "Room or house number"),
        }
    return {"building": pgettext("home", "Building"), "room": pgettext("home", "Room")}


def building_with_unit(building: str, unit: str) -> str:
    """As one field holds them both; ``find_home`` reads it back."""
    if not unit:
        return building
    return pgettext("home", "%(building)s-%(unit)s") % {
        "building": building_name(building),
        "unit": unit,
    }
