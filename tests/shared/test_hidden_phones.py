"""Numbers in a sentence show their ends; what a chain is read by stays."""

import pytest

from groupbuy.shared.phones import hidden


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("3-501 A1 13800138000 放门口", "3-501 A1 138****8000 放门口"),
        ("138 0013 8000", "138 **** 8000"),
        ("138-001-38000", "138-***-*8000"),
        ("１３８００１３８０００", "１３８****８０００"),
        ("+86 138 0013 8000", "+86 1** **** 8000"),
        ("021-54331234", "021-****1234"),
        ("(021) 5433 1234", "(021) **** 1234"),
        ("电话：5433-1234", "电话：****-1234"),
        ("座机54331234", "座机****1234"),
        ("幺三八零零幺三八零零零", "幺三八****八零零零"),
        ("微信12345678901234", "微信123*******1234"),
    ],
)
def test_a_number_leaves_its_ends_only(said: str, shown: str) -> None:
    assert hidden(said) == shown
    assert len(shown) == len(said), "what points into the text still fits"
    assert hidden(shown) == shown


@pytest.mark.parametrize(
    "said",
    [
        "2101 2102 两户各A1",
        "18 301 2 18 302 1",
        "12-501-2 13-502 B3",
        "13号1502室 A1 B2",
        "2022-04-12 10:30",
        "A1 B2 502 503 504 505 506",
        "尾号8000",
        "一共二十三份 1380元",
        "",
    ],
)
def test_homes_amounts_and_days_stay(said: str) -> None:
    assert hidden(said) == said
