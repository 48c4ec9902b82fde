"""One page for all compounds of a group buy, with places left open for what differs.

At nine o'clock the phones of three hundred compounds ask for three hundred pages that differ
in a name, a number and whom to call. Rendering one takes some 14 ms; so it is rendered once
for all of them, with marks that nobody can guess, and each compound's page is cut from it in
a hundredth of a millisecond. A page so made is, byte for byte, the one rendered for it
(tests/orders/views/test_frame.py).
"""

import secrets

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString

from catalog.models import GroupBuy
from groupbuy.community.models import Compound
from groupbuy.shared.moment import Moment
from orders.views.help import Help, help_for

NUMBER = 10**17 + secrets.randbelow(9 * 10**17)  # as a compound's id: 18 digits
NAME, HELP, CALL = (secrets.token_hex(16) for _ in range(3))
OPEN_PLACES = {"help_footer": HELP, "help_call": CALL}  # context of a page to be cut
_FOOTERS = Moment(times=600)


def any_compound() -> Compound:
    """Stands in for all of them while the page is rendered."""
    return Compound(pk=NUMBER, name=NAME)


def own(group_buy: GroupBuy, compound: Compound, language: str) -> dict[str, str]:
    """What one compound's page has at the marks."""
    footer, call = whom_to_call(help_for(group_buy, compound), language)
    name, number = escape(compound.name), str(compound.pk)
    return {str(NUMBER): number, NAME: name, HELP: footer, CALL: call}


def whom_to_call(who: Help, language: str) -> tuple[SafeString, SafeString]:
    """The foot of a page in the current language, and the button that calls."""

    def rendered() -> tuple[SafeString, SafeString]:
        names = "residents/help.html", "residents/call.html"
        foot, call = (render_to_string(name, {"help": who}) for name in names)
        return foot, call

    return _FOOTERS.get((who, language), rendered)
