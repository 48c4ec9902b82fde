"""Pages of ``docs`` that name tests: what they name, and whether it exists."""

import re

from tests.house.source import ROOT, tests_in

NAMED = re.compile(r"`(tests/[^`]+)`")


def missing(page: str) -> list[str]:
    """Tests that are named and do not exist."""
    return [name for name in NAMED.findall(page) if not exists(name)]


def exists(name: str) -> bool:
    """Of a file, or of a test in it by pytest's name, whatever its parameters."""
    path, _, test = name.partition("::")
    file = ROOT / path
    return file.exists() and (not test or test.partition("[")[0] in tests_in(file))
