"""A masked number is enough to recognise, and too little to call."""

import pytest

from orders.queries.desk.words import masked_phone


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13800138000", "138****8000"),
        ("021-54331234", "021****1234"),
        ("54331234", "****1234"),
        ("5433123", "****"),
    ],
)
def test_at_least_four_figures_of_a_number_are_hidden(phone: str, shown: str) -> None:
    assert masked_phone(phone) == shown
