"""Why a chat line was read as it was, in a sentence of the reader's language."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from orders.reading.shapes import Why

_SAYS: dict[str, Callable[[], str]] = {
    "read": lambda: _("Home, package and quantity all stand there."),
    "assumed_building": lambda: _("The building follows from the heading."),
    "assumed_quantity": lambda: _("Only the package is named: one is meant."),
    "assumed_unit": lambda: _("The unit follows from the list of homes."),
    "assumed_building_quantity": lambda: _(
        "The building follows from the heading, and one package is meant."
    ),
    "assumed_building_unit": lambda: _("Building and unit follow from what is known."),
    "assumed_quantity_unit": lambda: _(
        "The unit follows from the list of homes, and one package is meant."
    ),
    "assumed_building_quantity_unit": lambda: _(
        "Building and unit follow from what is known, and one package is meant."
    ),
    "amend_set": lambda: _("Changes the order of %(home)s."),
    "amend_add": lambda: _("Adds to the order of %(home)s."),
    "amend_drop": lambda: _("Takes something off the order of %(home)s."),
    "amend_swap": lambda: _("Swaps packages of %(home)s."),
    "amend_place": lambda: _("Only where it is put changes, for %(home)s."),
    "amend_move": lambda: _("The order of %(home)s belongs to %(to)s."),
    "cancel": lambda: _("%(home)s wants nothing any more."),
    "demand": lambda: _("A wish for something that is not there."),
    "check": lambda: _("A total, not an order."),
    "check_agrees": lambda: _("The total agrees with the lines above."),
    "check_differs": lambda: _(
        "The total differs from the lines above (said/read): %(differences)s. "
        "Lines still open: %(open)s."
    ),
    "header": lambda: _("A heading: the lines below are building %(building)s."),
    "header_unit": lambda: _("A heading: the lines below are unit %(unit)s."),
    "header_words": lambda: _("A heading."),
    "example": lambda: _("An example."),
    "notice": lambda: _("An announcement."),
    "prices": lambda: _("A list of packages or prices."),
    "chatter": lambda: _("Talk, no order."),
    "question": lambda: _("A question about the goods."),
    "contact": lambda: _("Whom to call, no order."),
    "duplicate": lambda: _("Its writer says it is there twice."),
    "markup": lambda: _("Nothing but signs."),
    "sender": lambda: _("Only who wrote, and when."),
    "missing_home": lambda: _("No home is named."),
    "missing_room": lambda: _("The room is missing."),
    "missing_building": lambda: _("The building is missing."),
    "missing_package": lambda: _("The package is missing."),
    "header_unsure": lambda: _("More than one building may be meant here."),
    "other_lane": lambda: _("This is the address of another compound."),
    "two_buildings": lambda: _("Two numbers may be the building."),
    "lane_or_building": lambda: _("%(number)s may be the lane or the building."),
    "unit_or_building": lambda: _("%(home)s may begin with a unit or a building."),
    "home_unclear": lambda: _("Building and room cannot be told apart."),
    "homes_unclear": lambda: _("Which package is for which home is not clear."),
    "run_together": lambda: _("Numbers or letters run together."),
    "range": lambda: _("A range of rooms or quantities."),
    "floor_mark": lambda: _("This may be a floor or a package."),
    "not_in_roster": lambda: _("%(home)s is not in the list of homes."),
    "which_unit": lambda: _("%(home)s is there in more than one unit."),
    "unknown_package": lambda: _("“%(what)s” is no package of this day."),
    "package_unclear": lambda: _("Two packages may be meant."),
    "package_twice": lambda: _("The same package is named twice."),
    "quantity": lambda: _("The quantity is no whole number from one up."),
    "quantity_unclear": lambda: _(
        "Which number belongs to which package is not clear."
    ),
    "each_unclear": lambda: _("“Each” may mean packages or homes."),
    "over_limit": lambda: _("%(said)s of %(code)s is over the limit of %(limit)s."),
    "money": lambda: _("The sum of money does not fit the packages."),
    "sum": lambda: _("The total does not fit the packages."),
    "formula": lambda: _("A sum or formula."),
    "vague": lambda: _("The quantity is vague."),
    "alternatives": lambda: _("One thing or another."),
    "doubt": lambda: _("The writer is in doubt."),
    "same_as": lambda: _("It points at another line."),
    "claim": lambda: _("This may be about goods that were ordered before."),
    "negated": lambda: _("It may say the opposite."),
    "change_unclear": lambda: _("What is to change is not clear."),
    "total_unclear": lambda: _("A total that cannot be read."),
    "left_over": lambda: _("“%(what)s” may change the meaning."),
    "repeated": lambda: _("The same as line %(line)s."),
    "again": lambda: _("%(home)s has this package already, in line %(line)s."),
    "quoted": lambda: _("A quoted message, not one of its own."),
    "other_day": lambda: _("The heading is of another day."),
    "too_long": lambda: _("Too long for one line."),
}


def sentence(why: Why) -> str:
    return _SAYS[why.code]() % dict(why.args)
