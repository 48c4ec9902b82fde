"""Initials for search: ``品质苑`` is found by typing PZY."""

from pypinyin import Style, lazy_pinyin


def initials(name: str) -> str:
    """Upper case, at most 30 letters."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).upper()[:30]
