"""A building's pages in templates: addresses for the same way in, and rooms as they are said."""

from datetime import datetime

from django import template
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from groupbuy.community.models import HeadLink
from groupbuy.community.queries.head_links import head_link_url
from orders.models import Order
from orders.views.heads.door import Door

register = template.Library()


@register.simple_tag
def door_url(door: Door, page: str, batch_id: int) -> str:
    """The address of a page of this building for one batch."""
    return door.url(page, batch_id=batch_id)


@register.filter
def head_url(link: HeadLink) -> str:
    """The whole address of a head's link."""
    return head_link_url(link)


@register.filter
def room(order: Order) -> str:
    """``502`` or ``1-502``: the home within its building."""
    return "-".join(part for part in (order.unit, order.room) if part)


@register.filter
def day_of_instant(value: datetime) -> str:
    """``4月11日 星期一``, in the town's time zone."""
    return formats.date_format(timezone.localtime(value), _("l j F"))
