"""Tells PostgreSQL that orders come in few quarters of an hour (``db.Quarter``), however many
they are: without that it expects a group for each, and counts a big day on one processor.
Nobody waits for it; SQLite plans nothing of the kind.
"""

from django.db import migrations

STATISTICS = """
CREATE STATISTICS order_quarter ON
    (CAST(FLOOR(DATE_PART('epoch', placed_at) / 900) AS BIGINT)) FROM orders_order
"""


def forward(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(STATISTICS)


def backward(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP STATISTICS order_quarter")


class Migration(migrations.Migration):
    dependencies = [("orders", "0006_pieces")]
    operations = [migrations.RunPython(forward, backward)]
