"""The life of an order, before closing and after."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from groupbuy.shared.states import Flow


class OrderState(models.TextChoices):
    """``standing`` counts against stock and is packed; the others gave everything back."""

    STANDING = "standing", _("ordered")
    CANCELLED = "cancelled", _("cancelled")
    VOID = "void", _("void")


class Channel(models.TextChoices):
    """How an order came in. All but the link may use the heads' share."""

    LINK = "link", _("link")
    HEAD = "head", _("building head")
    PROXY = "proxy", _("by proxy")
    CART = "cart", _("cart")


BY_HEADS = frozenset({Channel.HEAD, Channel.PROXY})  # what a building's head may touch


ORDER_FLOW = Flow(
    {
        OrderState.STANDING: frozenset({OrderState.CANCELLED, OrderState.VOID}),
        OrderState.CANCELLED: frozenset(),
        OrderState.VOID: frozenset(),
    }
)


class LineState(models.TextChoices):
    """A chain's line: ``waiting`` needs a person, ``set_aside`` counts for nothing.

    ``accepted`` stands in what will be handed in; ``refused`` does, too, since the next
    hand-in tries it again.
    """

    WAITING = "waiting", pgettext_lazy("a chain's line", "to be looked at")
    ACCEPTED = "accepted", pgettext_lazy("a chain's line", "ready")
    SET_ASIDE = "set_aside", pgettext_lazy("a chain's line", "set aside")
    HANDED_IN = "handed_in", pgettext_lazy("a chain's line", "handed in")
    REFUSED = "refused", pgettext_lazy("a chain's line", "not possible")


# A person may turn a line to and fro until it is handed in, and open it again after that.
LINE_FLOW = Flow(
    {
        LineState.WAITING: frozenset({LineState.ACCEPTED, LineState.SET_ASIDE}),
        LineState.ACCEPTED: frozenset(
            {
                LineState.WAITING,
                LineState.SET_ASIDE,
                LineState.HANDED_IN,
                LineState.REFUSED,
            }
        ),
        LineState.SET_ASIDE: frozenset({LineState.WAITING}),
        LineState.HANDED_IN: frozenset({LineState.WAITING}),
        LineState.REFUSED: frozenset(
            {LineState.WAITING, LineState.SET_ASIDE, LineState.HANDED_IN}
        ),
    }
)
