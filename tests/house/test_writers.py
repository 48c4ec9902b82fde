"""Only ``actions/`` and ``models/`` write to the database: every rule has one door."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import APPS, name_of, python_files, tree_of

ROOMS = {"actions", "models"}
WRITING_SQL = re.compile(
    r"^\s*(?:WITH\b.*)?(INSERT\s+INTO|UPDATE(?:\s*$|\s.*\bSET\b)|DELETE\s+FROM)", re.S
)
ALWAYS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "create"}
WITHOUT_ARGUMENTS = {"save", "delete"}  # with one: a file's, a cache's, a cookie's
EXCEPTIONS: dict[str, str] = {  # file: why it may write
    "groupbuy/roof/demo/places.py": "the demo lays out whole towns at once",
    "groupbuy/roof/demo/people.py": "the demo's sign-ins; no verb makes users",
    "groupbuy/roof/tick.py": "the heartbeat says only that the tick ran",
    "groupbuy/shared/db.py": "spells the statement, for verbs to run",
}


def writes(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if what := write_in(node):
            yield f"{name_of(path)}:{node.lineno} {what}"  # type: ignore[attr-defined]


def write_in(node: ast.AST) -> str:
    """What this node writes with, or ""."""
    match node:
        case ast.Call(func=ast.Attribute(attr=name)) if is_write(node, name):
            return f".{name}()"
        case ast.Constant(value=str(text)) if WRITING_SQL.match(text):
            return text.split()[0]
    return ""


def is_write(call: ast.Call, name: str) -> bool:
    if name in ALWAYS:
        return True
    if name in WITHOUT_ARGUMENTS:
        return not call.args
    return name == "update" and bool(call.keywords) and not call.args


def found() -> dict[str, list[str]]:
    outside = [p for p in python_files(*APPS) if not ROOMS & set(p.parts)]
    return {name_of(p): list(w) for p in outside if (w := list(writes(p)))}


def test_nothing_outside_actions_and_models_writes() -> None:
    assert [
        w for name, ws in found().items() if name not in EXCEPTIONS for w in ws
    ] == []


def test_every_exception_is_still_needed() -> None:
    assert EXCEPTIONS.keys() - found().keys() == set()


SLY = [
    "order.save()",
    "Order.objects.create(state='x')",
    "orders.update(state='x')",
    "order.delete()",
    "Line.objects.bulk_create(lines)",
    "changed('UPDATE stock SET reserved = 0')",
    "changed(f'INSERT INTO x VALUES ({n})')",
]


@pytest.mark.parametrize("line", SLY)
def test_the_rule_sees_each_kind_of_write(line: str) -> None:
    """A guard that finds nothing could be blind."""
    assert any(write_in(node) for node in ast.walk(ast.parse(line)))


@pytest.mark.parametrize("line", ["seen.update(more)", "default_storage.delete(name)"])
def test_the_rule_lets_other_things_be(line: str) -> None:
    assert not any(write_in(node) for node in ast.walk(ast.parse(line)))
