"""As the log, the list of openings is only added to: the database refuses the rest."""

from django.db import migrations

POSTGRES = """
CREATE TRIGGER openings_are_append_only BEFORE UPDATE OR DELETE ON community_opening
FOR EACH ROW EXECUTE FUNCTION log_is_append_only();
"""
SQLITE = """
CREATE TRIGGER openings_are_append_only BEFORE UPDATE ON community_opening
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
"""


def forward(apps, schema_editor):
    sql = POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE
    schema_editor.execute(sql)


def backward(apps, schema_editor):
    on = " ON community_opening" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER openings_are_append_only{on}")


class Migration(migrations.Migration):
    dependencies = [("community", "0005_openings")]
    operations = [migrations.RunPython(forward, backward)]
