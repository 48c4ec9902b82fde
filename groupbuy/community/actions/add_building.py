"""A building written in by hand, where no roster names the buildings."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from groupbuy.community.actions.log import log
from groupbuy.community.models import Actor, Building, Compound
from groupbuy.community.rules import may_look_after, require
from groupbuy.shared.db import locked
from groupbuy.shared.errors import Refused
from groupbuy.shared.text import building_name


@transaction.atomic
def add_building(
    compound: Compound, *, name: str, by: Actor, now: datetime
) -> Building:
    """At the compound's default gate; the one that is there already is given back.

    Raises Refused for a compound with a roster (its file names the buildings), or no name.
    """
    compound = locked(Compound.objects.filter(pk=compound.pk)).get()
    require(may_look_after(by, compound.committee_id))
    if compound.has_roster:
        raise Refused(_("This compound's buildings come from its roster."))
    called = building_name(name)
    if not called or len(called) > 20:
        raise Refused(_("Please write the building's number."), field="name")
    if known := compound.buildings.filter(name=called).first():
        return known
    gate = compound.gates.get(is_default=True)
    building = Building.objects.create(compound=compound, gate=gate, name=called)
    town_id = compound.committee.town_id
    log("add_building", building, town_id=town_id, by=by, now=now)
    return building
