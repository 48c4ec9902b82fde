"""Kept for a moment, no longer, and never without end."""

from typing import Any

from groupbuy.shared import moment
from groupbuy.shared.moment import Moment


def test_made_once_a_moment(settings: Any) -> None:
    settings.MOMENT_SECONDS = 1.0
    now, made = [0.0], []
    kept = Moment(lambda: now[0])

    def make() -> int:
        made.append(now[0])
        return len(made)

    assert [kept.get("a", make), kept.get("a", make)] == [1, 1]
    now[0] = 0.99
    assert kept.get("a", make) == 1
    now[0] = 1.0
    assert kept.get("a", make) == 2
    assert kept.get("b", make) == 3


def test_nothing_is_kept_where_it_is_switched_off(settings: Any) -> None:
    settings.MOMENT_SECONDS = 0
    values = iter([1, 2])
    kept = Moment()
    assert [kept.get("a", lambda: next(values)) for _ in range(2)] == [1, 2]


def test_the_oldest_goes_first(settings: Any, monkeypatch: Any) -> None:
    settings.MOMENT_SECONDS = 60
    monkeypatch.setattr(moment, "MOST", 2)
    kept = Moment()
    for key in "abc":
        kept.get(key, lambda: 1)
    assert kept.get("c", lambda: 2) == 1
    assert kept.get("a", lambda: 2) == 2
