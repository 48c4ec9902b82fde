"""A page in pieces: what it has for everybody, and between it open places."""

import re
from collections.abc import Iterable, Mapping


class Pieces:
    """Split once at marks that nobody can guess, joined again for each reader.

    Nothing is looked for in what a reader typed, so that it cannot open a place of its own.
    """

    def __init__(self, page: bytes, marks: Iterable[str]) -> None:
        pattern = "|".join(re.escape(mark) for mark in marks)
        self._pieces = re.split(f"({pattern})".encode(), page)
        self._marks = [mark.decode() for mark in self._pieces[1::2]]

    def joined(self, values: Mapping[str, str]) -> bytes:
        """``values`` by mark, escaped as the page needs them."""
        told = {mark: value.encode() for mark, value in values.items()}
        pieces = self._pieces.copy()
        pieces[1::2] = [told[mark] for mark in self._marks]
        return b"".join(pieces)
