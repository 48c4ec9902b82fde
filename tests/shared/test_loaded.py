"""A row of all columns, read by hand, is the instance that the ORM makes of it."""

from datetime import timedelta

import pytest
from django.db import connection

from groupbuy.shared.db import loaded, rows
from orders.models import Order
from tests.factories import NOON, make_batch, make_order

pytestmark = pytest.mark.django_db
COLUMNS = ", ".join(field.column for field in Order._meta.concrete_fields)
SELECT = f"SELECT {COLUMNS} FROM orders_order WHERE id = %s"  # noqa: S608 - our own names


def test_every_column_is_what_the_orm_reads() -> None:
    batch = make_batch()
    plain = make_order(batch, home="3-1-502", name="<魏>")
    ended = make_order(
        batch,
        home="3-101",
        bring_to_door=True,
        name_in_feed=True,
        pieces=None,
        paid_at=NOON,
        ended_at=NOON + timedelta(seconds=1.5),
        state="void",
    )
    for order in Order.objects.filter(pk__in=[plain.pk, ended.pk]):
        (row,) = rows(SELECT, [order.pk])
        read = loaded(Order, row)
        names = [field.attname for field in Order._meta.concrete_fields]
        values = [getattr(read, name) for name in names]
        assert values == [getattr(order, name) for name in names]
        assert [type(value) for value in values] == [
            type(getattr(order, name)) for name in names
        ]
        assert read == order
        assert not read._state.adding
        assert read._state.db == connection.alias
