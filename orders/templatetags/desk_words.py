"""The desk's words as template filters."""

from datetime import date, datetime

from django import template

from groupbuy.shared.money import yuan as yuan_words
from groupbuy.shared.phones import hidden
from orders.models import Order
from orders.queries.desk import words
from orders.queries.desk.today import TimeLeft

register = template.Library()


@register.filter
def yuan(cents: int | None) -> str:
    return yuan_words(cents or 0)


@register.filter
def day(value: date) -> str:
    return words.day_words(value)


@register.filter
def moment(value: datetime) -> str:
    return words.moment_words(value)


@register.filter
def clock(value: datetime) -> str:
    return words.clock_words(value)


@register.filter
def span(left: TimeLeft) -> str:
    return words.span_words(left.hours, left.minutes)


@register.filter
def building(name: str, kind: str) -> str:
    return words.building_words(name, kind)


@register.filter
def masked(phone: str) -> str:
    return words.masked_phone(phone) if phone else ""


@register.filter
def said(text: str) -> str:
    """A name or note in somebody's own words; a number in it is not to be read in passing."""
    return hidden(text)


@register.filter
def contents(order: Order) -> str:
    return words.contents(order)


@register.filter
def given_back(order: Order) -> str:
    """What the household is owed, in yuan without a sign."""
    return yuan_words(-order.due_cents)
