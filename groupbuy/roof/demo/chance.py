"""Chance that falls the same way on every machine: the demo is always the same town."""

import zlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def number(below: int, *what: object) -> int:
    """0 to ``below`` - 1, always the same for the same ``what``."""
    return zlib.crc32("/".join(map(str, what)).encode()) % below


def one_of(choices: Sequence[T], *what: object) -> T:
    return choices[number(len(choices), *what)]


def happens(percent: int, *what: object) -> bool:
    return number(100, *what) < percent


def spread(items: Sequence[T], count: int) -> list[T]:
    """``count`` of ``items`` (all, if there are fewer), evenly from first to last."""
    if count >= len(items):
        return list(items)
    return [items[n * len(items) // count] for n in range(count)]
