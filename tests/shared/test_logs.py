"""No telephone number reaches a log."""

import logging

import pytest

from groupbuy.shared.logs import NoPhones, without_secrets


@pytest.mark.parametrize(
    "number",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "138.0013.8000",
        "138-00138000",
        "1 3 8 0 0 1 3 8 0 0 0",
        "１３８００１３８０００",
        "+8613800138000",
        "+86 138 0013 8000",
        "021-64123456",
        "64123456",
        "6412345",
    ],
)
def test_a_number_becomes_stars(number: str) -> None:
    said = without_secrets(f"order of {number}, compound 12")

    assert said == "order of ***, compound 12"


@pytest.mark.parametrize(
    "text",
    ["2026-11-24 08:09:33", "batch 123456", "took 0.012345678 s", "3 of 12 in 201"],
)
def test_other_digits_stay(text: str) -> None:
    assert without_secrets(text) == text


def test_arguments_and_tracebacks_are_covered(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("groupbuy.test")
    caplog.handler.addFilter(NoPhones())

    try:
        raise ValueError("13800138000 is taken")
    except ValueError:
        logger.exception("refused %s", "13900139000")

    assert "refused ***" in caplog.text
    assert "*** is taken" in caplog.text
    assert (
        "13" not in caplog.text.replace("*** ", "")[-200:] or "138" not in caplog.text
    )
    assert "139" not in caplog.text


@pytest.mark.parametrize("path", ["/o/", "/b/", "/v/", "/s/"])
def test_a_token_in_a_path_is_hidden(path: str) -> None:
    token = "wytfqlff2cprdjrlizg3k6d2mjnueuiz"
    said = without_secrets(f"Internal Server Error: {path}{token}/building/")
    assert token not in said
    assert said.endswith(f"{path}***/building/")


def test_the_row_that_a_constraint_refused_is_hidden() -> None:
    """PostgreSQL's own words for it, as they stand at the end of a traceback."""
    said = without_secrets(
        'IntegrityError: violates check constraint "order_state_known"\n'
        "DETAIL:  Failing row contains (7, 3, 502, 魏女士, gone).\n"
        "\nin place_order"
    )
    assert "魏女士" not in said
    assert "order_state_known" in said
    assert said.endswith("in place_order")
