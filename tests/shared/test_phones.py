"""Telephone numbers as people write them."""

import pytest

from groupbuy.shared.errors import Refused
from groupbuy.shared.phones import phone_number


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13800138000", "13800138000"),
        ("+86 138 0013 8000", "13800138000"),
        ("8613800138000", "13800138000"),
        ("０１３".replace("０", "") + "800138000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("138-0013-8000", "13800138000"),
        ("021-54331234", "021-54331234"),
        ("（021）5433 1234", "021-54331234"),
        ("0573-8233123", "0573-8233123"),
        ("54331234", "54331234"),
    ],
)
def test_numbers_that_ring(typed: str, kept: str) -> None:
    assert phone_number(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["", "00000000000", "1380013800", "138001380000", "12800138000", "021-5433123",
     "02154331", "一三八", "📞", "13800138000a", "110", "+1 202 555 0100"],
)  # fmt: skip
def test_numbers_that_do_not(typed: str) -> None:
    with pytest.raises(Refused) as refusal:
        phone_number(typed)
    assert refusal.value.field == "phone"
