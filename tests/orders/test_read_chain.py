"""``manage.py read_chain`` as its users call it."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orders.queries.why import _SAYS, sentence
from orders.reading.shapes import Why
from tests import factories

ROOT = Path(__file__).parents[2]


def read_chain(tmp_path: Path, text: str, **options: Any) -> list[dict[str, Any]]:
    file, out = tmp_path / "chain.txt", io.StringIO()
    file.write_text(text, encoding="utf-8")
    call_command("read_chain", str(file), stdout=out, **options)
    return [json.loads(row) for row in out.getvalue().splitlines()]


def test_a_line_is_one_object_with_its_order(tmp_path: Path) -> None:
    rows = read_chain(tmp_path, "\n7号101王阿姨 13800138000 A套餐 现金\n")

    assert rows == [
        {
            "line": 2,
            "text": "7号101王阿姨 13800138000 A套餐 现金",
            "verdict": "order",
            "orders": [
                {
                    "building": "7",
                    "unit": "",
                    "room": "101",
                    "items": {"A": 1},
                    "name": "王阿姨",
                    "phone": "13800138000",
                    "note": "现金",
                    "assumed": ["quantity"],
                }
            ],
            "why": sentence(Why("assumed_quantity")),
        }
    ]


def test_a_change_says_what_it_does(tmp_path: Path) -> None:
    (row,) = read_chain(tmp_path, "3-502 把A换成B2")

    assert row["verdict"] == "amend"
    assert row["orders"][0]["items"] == {"B": 2}
    assert row["orders"][0]["change"] == "swap"
    assert row["orders"][0]["dropped"] == ["A"]


def test_the_building_in_scope_is_an_option(tmp_path: Path) -> None:
    (row,) = read_chain(tmp_path, "502 A2", building="3号楼")

    assert (row["verdict"], row["orders"][0]["building"]) == ("order", "3")
    assert row["orders"][0]["assumed"] == ["building"]


def test_cases_are_read_each_on_its_own(tmp_path: Path) -> None:
    cases = [
        {"id": "a", "text": "3号楼：\n301 A1"},
        {"id": 2, "text": "301 A1"},
        {"id": "c", "text": "500号88号1701 A1", "address": "紫龙路500弄"},
        {"id": "d", "text": "301 A1", "building": "5"},
    ]
    text = "\n\n".join(json.dumps(case, ensure_ascii=False) for case in cases)

    rows = read_chain(tmp_path, text, cases=True)

    assert [row["id"] for row in rows] == ["a", 2, "c", "d"]
    verdicts = [[line["verdict"] for line in row["lines"]] for row in rows]
    assert verdicts == [["ignore", "order"], ["review"], ["order"], ["order"]]
    assert rows[3]["lines"][0]["orders"][0]["building"] == "5"


@pytest.mark.parametrize("text", ["no json", "[]", '{"id": 1}'])
def test_a_case_that_is_none_is_refused_by_its_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(CommandError, match="Line 1 is no case"):
        read_chain(tmp_path, text, cases=True)


def test_a_file_that_is_not_there_is_refused() -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("read_chain", "/nowhere/chain.txt")


def test_standard_input_is_read_without_any_database(tmp_path: Path) -> None:
    """In a process of its own, with a database that cannot be reached."""
    run = subprocess.run(
        [sys.executable, "manage.py", "read_chain", "-"],
        input="3-502 A2\n3-502 A2？\n".encode(),
        capture_output=True,
        cwd=ROOT,
        env={
            "VAR_DIR": str(tmp_path),
            "DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3",
            "SECRET_KEY": "for this test only",
        },
        check=True,
    )

    rows = [json.loads(row) for row in run.stdout.decode().splitlines()]
    assert [row["verdict"] for row in rows] == ["order", "review"]


@pytest.mark.django_db
def test_a_batch_brings_its_packages_and_a_compound_its_homes(tmp_path: Path) -> None:
    town = factories.make_town()
    compound = factories.make_compound(
        town=town, name="嘉怡水岸", buildings={"88": ["705"]}, address="紫龙路500弄"
    )
    group_buy = factories.make_group_buy(compounds=[compound])
    batch = factories.make_batch(group_buy, codes="A")
    stock = batch.stock.get()
    stock.offer.aliases = ["菜"]
    stock.offer.save()
    text = "500号88-705（嘉怡水岸）菜1份\n88-706 菜1份"

    with CaptureQueriesContext(connection) as asked:
        rows = read_chain(tmp_path, text, batch=batch.pk, compound=compound.pk)

    assert [row["verdict"] for row in rows] == ["order", "review"]
    assert rows[0]["orders"][0]["items"] == {stock.code: 1}
    assert len(asked) == 4  # batch, compound, its packages, its homes


@pytest.mark.django_db
def test_an_unknown_batch_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no batch 99"):
        read_chain(tmp_path, "3-502 A2", batch=99)


def test_every_reason_has_its_sentence() -> None:
    """All codes that stand in the reader's source, and only those."""
    source = "".join(p.read_text() for p in (ROOT / "orders/reading").glob("*.py"))
    said = set(_SAYS)
    unused = {code for code in said if not re.search(rf'"{code}"', source)}
    built = {"amend_set", "amend_add", "amend_drop", "amend_swap"}
    assumed = {code for code in said if code.startswith("assumed_")}

    assert unused - built - assumed == set()
    for code in re.findall(r'(?:Why|review|ignored)\(\s*"(\w+[a-z])"', source):
        assert code in said
