"""Small files: one that is long holds two things."""

from tests.house.source import APPS, lines_in, name_of, python_files, templates

PYTHON_LINES = 300
TEMPLATE_LINES = 80
LONGER_TEMPLATES: dict[str, str] = {}  # name: why it is better in one piece


def test_python_files_stay_under_300_lines() -> None:
    long = {
        name_of(path): lines_in(path)
        for path in python_files()
        if lines_in(path) >= PYTHON_LINES
    }

    assert long == {}


def test_templates_stay_within_80_lines() -> None:
    long = {
        name_of(path): lines_in(path)
        for path in templates()
        if lines_in(path) > TEMPLATE_LINES and name_of(path) not in LONGER_TEMPLATES
    }

    assert long == {}


def test_every_exception_is_still_needed() -> None:
    short = {
        name_of(path)
        for path in templates()
        if lines_in(path) <= TEMPLATE_LINES and name_of(path) in LONGER_TEMPLATES
    }

    assert short == set()


def test_no_drawer_for_everything() -> None:
    drawers = {"utils.py", "helpers.py", "common.py", "misc.py"}

    assert [name_of(p) for p in python_files() if p.name in drawers] == []


def test_every_folder_of_code_is_a_package() -> None:
    """One without ``__init__.py`` is invisible to the checks of imports and types."""
    folders = {path.parent for path in python_files(*APPS)}

    assert [name_of(f) for f in folders if not (f / "__init__.py").exists()] == []
