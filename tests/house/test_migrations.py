"""From the first release on, a migration runs beside the old code: no rewrite of a busy table,
no long lock on it, and nothing taken away that the old code still asks for.
"""

from collections.abc import Iterable, Iterator

import pytest
from django.apps import apps
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

BUSY = {"order", "orderline", "homeuse", "stock", "batch", "logentry"}
# What every installation has from its beginning; later ones must be gentle.
FIRST_RELEASE = {"catalog": 3, "orders": 5, "delivery": 2, "community": 4}
REASONED: dict[str, str] = {  # "app.name": why it may
    "orders.0007_quarters_are_few": "a hint for the planner; nobody waits for its lock",
    "orders.0008_fewer_indexes": "drops indexes only, each in a moment",
    "community.0006_openings_are_append_only": "a trigger on a table that is still empty",
}


def harm(operation: Operation) -> str:
    """What this operation would do to people who are ordering meanwhile, or ""."""
    match operation:
        case migrations.RemoveField() | migrations.DeleteModel():
            return "the old code still reads it: first release code without it"
        case migrations.RenameField() | migrations.RenameModel():
            return "the old code knows the old name only"
        case migrations.RunPython() | migrations.RunSQL():
            return "say in REASONED how long it takes, and what it locks"
    name = getattr(operation, "model_name_lower", "")
    return harm_to_busy(operation) if name in BUSY else ""


def harm_to_busy(operation: Operation) -> str:
    match operation:
        case AddIndexConcurrently():
            return ""
        case migrations.AddIndex():
            return "stops every write while it is built: AddIndexConcurrently"
        case migrations.AddConstraint():
            return "reads the whole table under a lock: NOT VALID first, then validate"
        case migrations.AlterField():
            return "may rewrite the table: a new column instead, or say why not"
        case migrations.AddField(field=field) if not is_free(field):
            return "the old code does not fill it: null=True or db_default"
    return ""


def is_free(field: models.Field) -> bool:
    """The old code's INSERT does without it, and no row is rewritten."""
    constant = field.has_db_default() and not callable(field.db_default)
    return bool(field.null or field.many_to_many or constant)


def later() -> Iterator[tuple[str, Operation]]:
    loader = MigrationLoader(None)
    for (app, name), migration in loader.disk_migrations.items():
        if app in FIRST_RELEASE and int(name[:4]) > FIRST_RELEASE[app]:
            for operation in done_by(migration.operations):
                yield f"{app}.{name}", operation


def done_by(operations: Iterable[Operation]) -> Iterator[Operation]:
    """What is done to the database; what only the models are told harms nobody."""
    for operation in operations:
        apart = isinstance(operation, migrations.SeparateDatabaseAndState)
        yield from operation.database_operations if apart else [operation]


def test_later_migrations_are_gentle() -> None:
    found = {name: harm(operation) for name, operation in later() if harm(operation)}

    assert {n: says for n, says in found.items() if n not in REASONED} == {}
    assert REASONED.keys() - found.keys() == set(), "every exception is still needed"


def test_every_app_with_tables_is_looked_at() -> None:
    own = {a.label for a in apps.get_app_configs() if "site-packages" not in a.path}

    assert {label for label in own if apps.all_models[label]} == set(FIRST_RELEASE)


ROUGH = [
    migrations.RemoveField("order", "note"),
    migrations.RenameField("chain", "text", "words"),
    migrations.AlterField("order", "note", models.TextField()),
    migrations.AddField("stock", "colour", models.CharField(default="", max_length=9)),
    migrations.AddIndex("order", models.Index(fields=["note"], name="x")),
    migrations.RunSQL("UPDATE orders_order SET note = ''"),
]
GENTLE = [
    migrations.AddField("stock", "colour", models.CharField(null=True, max_length=9)),
    migrations.AddField("stock", "n", models.IntegerField(db_default=0)),
    migrations.AddIndex("call", models.Index(fields=["at"], name="x")),
    migrations.CreateModel("thing", [("id", models.BigAutoField(primary_key=True))]),
]


@pytest.mark.parametrize("operation", ROUGH, ids=lambda one: type(one).__name__)
def test_each_kind_of_harm_is_seen(operation: Operation) -> None:
    assert harm(operation)


@pytest.mark.parametrize("operation", GENTLE, ids=lambda one: type(one).__name__)
def test_what_hurts_nobody_is_let_be(operation: Operation) -> None:
    assert harm(operation) == ""
