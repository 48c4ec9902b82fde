"""Initials for search: ``品质苑`` is found by typing PZY."""


def initials(name: str) -> str:
    """Upper case, at most 30 letters."""
    # Here, since its dictionary takes half a second and hardly any process needs it.
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415

    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).upper()[:30]
