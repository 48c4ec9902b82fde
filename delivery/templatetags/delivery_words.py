"""Delivery's words as template filters."""

from datetime import datetime

from django import template
from django.utils.safestring import SafeString, mark_safe

from delivery.documents.ink import without_phones
from delivery.documents.qr import svg
from delivery.models import AccessLink
from delivery.queries import words
from delivery.queries.columns import Columns
from delivery.queries.links import link_url
from delivery.queries.totals import Totals

register = template.Library()


@register.filter
def building(name: str, kind: str) -> str:
    """``3`` → 3号楼 (3组 in a village)."""
    return words.building_label(kind, name)


@register.filter
def door(home: object) -> str:
    """``502`` or ``1-502``."""
    return words.room_label(getattr(home, "unit", ""), getattr(home, "room", ""))


@register.filter
def blotted(text: str) -> str:
    """As on paper: a telephone number typed into a name or note is not shown."""
    return without_phones(text)


@register.filter
def address(link: AccessLink) -> str:
    """The whole address of a link."""
    return link_url(link)


@register.filter
def qr(text: str) -> SafeString:
    """A code as inline SVG; segno escapes what goes into it."""
    return mark_safe(svg(text))  # noqa: S308 - our own drawing, of an address that we made  # nosec B308 B703


@register.filter
def stamp(moment: datetime | None) -> str:
    """For a phone's script; empty for a moment that has not come."""
    return str(words.stamp(moment)) if moment else ""


@register.filter
def get(mapping: dict[object, object], key: object) -> object:
    """``mapping[key]``, or None."""
    return mapping.get(key)


@register.filter
def cells(totals: Totals, columns: Columns) -> SafeString:
    """The numbers of one row."""
    return columns.filled(totals)


@register.filter
def signed(number: int) -> str:
    """``+2`` or ``−1``, with the sign that cannot be overlooked."""
    return f"+{number}" if number > 0 else f"−{-number}"
