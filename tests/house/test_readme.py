"""What can be set, called or made stands in the README."""

import re

from django.apps import apps

from groupbuy.roof.verify import RULES
from tests.house.source import APPS, ROOT

OURS = {"groupbuy", "catalog", "orders", "delivery"}
README = ROOT / "README.md"
SETTING = re.compile(r"""\benv(?:\.\w+)?\(\s*["']([A-Z_]+)["']""")
TARGET = re.compile(r"^([a-z]+):", re.M)


def missing(names: set[str]) -> set[str]:
    text = README.read_text(encoding="utf-8")
    return {
        name for name in names if f"`{name}" not in text and f" {name}`" not in text
    }


def test_every_setting_from_the_environment_is_explained() -> None:
    sources = (ROOT / "groupbuy" / "settings").glob("*.py")
    names = {n for path in sources for n in SETTING.findall(path.read_text())}

    assert "SECRET_KEY" in names, "the pattern still finds settings"
    assert missing(names - {"TEST_VAR_DIR", "TEST_DATABASE_NAME"}) == set()


def test_every_command_is_explained() -> None:
    names = {
        path.stem
        for app in APPS
        for path in (ROOT / app).rglob("management/commands/[a-z]*.py")
    }

    assert "serve" in names, "the pattern still finds commands"
    text = README.read_text(encoding="utf-8")
    assert {n for n in names if f"manage.py {n}" not in text} == set()


def test_every_make_target_is_explained() -> None:
    names = set(TARGET.findall((ROOT / "Makefile").read_text()))

    text = README.read_text(encoding="utf-8")
    assert {n for n in names if f"make {n}" not in text} == set()


def test_the_number_of_rules_is_right() -> None:
    found = re.search(r"checks (\d+) rules", README.read_text(encoding="utf-8"))

    assert found is not None
    assert int(found[1]) == len(RULES)


def test_every_model_has_its_words() -> None:
    ours = {m.__name__ for m in apps.get_models() if m.__module__.split(".")[0] in OURS}

    assert "Stock" in ours, "the models are found"
    assert missing(ours - {"User"}) == set()
