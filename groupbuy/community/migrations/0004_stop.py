"""A function that stops an act of several statements; see groupbuy/shared/one_trip.py."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION groupbuy_stop(step text) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION USING ERRCODE = 'GB001', MESSAGE = step; END $$
"""


def forward(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION)


def backward(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION groupbuy_stop(text)")


class Migration(migrations.Migration):
    dependencies = [("community", "0003_head_links")]
    operations = [migrations.RunPython(forward, backward)]
