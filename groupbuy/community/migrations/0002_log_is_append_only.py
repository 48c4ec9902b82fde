"""The database itself refuses to change the log (and, on PostgreSQL, to delete from it)."""

from django.db import migrations

POSTGRES = """
CREATE FUNCTION log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the log is append-only'; END $$;
CREATE TRIGGER log_is_append_only BEFORE UPDATE OR DELETE ON community_logentry
FOR EACH ROW EXECUTE FUNCTION log_is_append_only();
"""
SQLITE = """
CREATE TRIGGER log_is_append_only BEFORE UPDATE ON community_logentry
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
"""


def forward(apps, schema_editor):
    sql = POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE
    schema_editor.execute(sql)


def backward(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER log_is_append_only ON community_logentry")
        schema_editor.execute("DROP FUNCTION log_is_append_only")
    else:
        schema_editor.execute("DROP TRIGGER log_is_append_only")


class Migration(migrations.Migration):
    dependencies = [("community", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
