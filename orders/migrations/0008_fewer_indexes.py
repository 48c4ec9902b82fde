"""Ten entries fewer for each order of two packages, in indexes that others begin with, those
by which nobody looks for an order, and those for LIKE on what is only ever compared whole.

Each is gone in a moment, and by itself: a transaction of all would keep everybody from the
orders while it waits for the homes' use. Only the indexes go: altering the fields would check
every row's foreign key again, under a lock.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TWICE = """
orders_order_batch_id_0ab63230 orders_order_entered_by_id_6561660f
orders_order_late_by_id_6378424b orders_orderline_order_id_17f8f3ef
orders_homeuse_stock_id_0300157c
"""
FOR_LIKE = """
orders_order_number_abc9e0f2_like orders_order_submit_hash_3b9bb3c4_like
orders_order_token_hash_ce1584e8_like
"""


def forward(apps, schema_editor):
    for name in (TWICE + FOR_LIKE).split():
        schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


def backward(apps, schema_editor):
    """Left as it is: the older code runs without them, and makes none for what is there."""


def key(to, **options):
    return models.ForeignKey(to, db_index=False, **options)


PROTECT = {"on_delete": django.db.models.deletion.PROTECT}
CASCADE = {"on_delete": django.db.models.deletion.CASCADE}
STAFF = {**PROTECT, "related_name": "+", "null": True, "blank": True}
FIELDS = {
    ("order", "batch"): key("catalog.batch", related_name="orders", **PROTECT),
    ("order", "entered_by"): key(settings.AUTH_USER_MODEL, **STAFF),
    ("order", "late_by"): key(settings.AUTH_USER_MODEL, **STAFF),
    ("orderline", "order"): key("orders.order", related_name="lines", **CASCADE),
    ("homeuse", "stock"): key("catalog.stock", related_name="home_uses", **PROTECT),
}


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("catalog", "0003_called_off_offers"),
        ("orders", "0007_quarters_are_few"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(forward, backward)],
            state_operations=[
                migrations.AlterField(model, name, field)
                for (model, name), field in FIELDS.items()
            ],
        )
    ]
