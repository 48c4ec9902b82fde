"""The life of an order, before closing and after."""

from django.db import models
from django.utils.translation import gettext_lazy as _

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


ORDER_FLOW = Flow(
    {
        OrderState.STANDING: frozenset({OrderState.CANCELLED, OrderState.VOID}),
        OrderState.CANCELLED: frozenset(),
        OrderState.VOID: frozenset(),
    }
)
