"""Pages keep their content-security policy, and the project names no machine."""

import re

from tests.house.source import APPS, ROOT, name_of, python_files, templates

INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>"
    r"|<style\b|\sstyle=|\son[a-z]+=|\bhx-on|javascript:",
    re.I,
)
ELSEWHERE = re.compile(r"""(?:src|href)=["'](?:https?:)?//""", re.I)
MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home|Users)/\w", re.I)
TEXTS = ("*.md", "*.toml", "Makefile", "requirements*.txt", "deploy/**/*", "docs/**/*")


def hits(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name_of(path)}: {found.group(0)}"
        for path in templates()
        for found in pattern.finditer(path.read_text(encoding="utf-8"))
    ]


def test_no_script_or_style_stands_inside_a_page() -> None:
    assert hits(INLINE) == []


def test_nothing_is_loaded_from_elsewhere() -> None:
    assert hits(ELSEWHERE) == []


def test_styles_and_scripts_load_nothing_from_elsewhere() -> None:
    static = (ROOT / "groupbuy" / "static").rglob("*.*")
    own = [p for p in static if p.suffix in {".css", ".js"}]

    assert own, "the site has styles"
    assert [
        name_of(p)
        for p in own
        if re.search(r"url\(\s*['\"]?https?:|@import", p.read_text())
    ] == []


def test_no_path_of_a_machine_stands_in_the_project() -> None:
    texts = [p for glob in TEXTS for p in ROOT.glob(glob) if p.is_file()]
    files = [*python_files(*APPS, "tests"), *templates(), *texts]

    found = [
        f"{name_of(path)}: {match.group(0)}"
        for path in files
        if path.suffix not in {".png", ".jpg", ".pdf"}
        for match in MACHINE.finditer(path.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_the_top_of_the_repository_stays_small() -> None:
    may_stand_there = {
        *(
            "manage.py",
            "groupbuy",
            "catalog",
            "orders",
            "delivery",
            "templates",
            "tests",
        ),
        *("requirements.txt", "requirements-dev.txt", "README.md", "pyproject.toml"),
        *("Makefile", "deploy", "docs", "var"),
    }

    there = {p.name for p in ROOT.iterdir() if not p.name.startswith(".")}

    assert there - may_stand_there - {"__pycache__"} == set()
