"""Telephone numbers in groups of figures, told from lists of homes, days and sums of money.

A group is ``[first, end)`` in a text of plain figures. People group a mobile's eleven figures
as they like: 3-4-4, 4-4-3, 3-3-5. What could as well be an order's homes stays readable, but
in the groups that everybody uses, or where the text says that it is a telephone.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

Group = tuple[int, int]

BETWEEN = (
    r"[\s.,·•・_~～/、:：。．，()（）\-\u2010-\u2015\u2212－–"
    r"\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe0f\u20e3]"
)
APART = rf"{BETWEEN}{{0,3}}"
ANNOUNCED = r"(?:电话|手机|座机|联系|号码|☎|📞)\D{0,4}"

_RUN = re.compile(rf"\d(?:{APART}\d){{6,}}")
_GROUP = re.compile(r"\d+")
_FROM_ABROAD = re.compile(r"(?:00)?86(?=1)")
_BEFORE = re.compile(rf"(?:(?:\+|(?<!\d)00)86{APART}|{ANNOUNCED})$")
_FAR = 16  # characters: no introduction is longer
_WHOLE = 11
_MOBILE = re.compile(r"1[3-9]")
_USUAL = {(3, 4, 4), (3, 2, 2, 2, 2), (1,) * 11}

# A floor, and one of twenty flats on it. Of numbers in groups of 4-4-3 three in a thousand
# could be three homes.
_ROOM = r"(?:0?[1-9]|[1-3]\d)(?:0[1-9]|1\d|20)"
_HOME = re.compile(rf"[1-9]\d?|{_ROOM}")
_HOUSE = re.compile(rf"[1-9]\d{{0,2}}|{_ROOM}")  # a village's, where quantities stand
_ROUND = re.compile(r"[1-9]\d{0,2}0")  # sums without a word for money
_OTHER = re.compile(
    r"(?<!\d)(?:19|20)\d\d[-./]\d\d?[-./]\d\d?(?!\d)"
    r"|(?<!\d)(?:[01]?\d|2[0-4])[:：][0-5]\d(?!\d)"
    r"|(?<![\d.])\d+\.\d\d?(?![\d.])"
    r"|[¥￥]\s?\d+|(?<!\d)\d+\s?[元块角份斤岁件套盒箱]"
)
_LANDLINE = re.compile(r"(?<!\d)(?!20[0-3])([2-9]\d{3})[ -](\d{4})(?!\d)")


def numbers(plain: str) -> Iterator[list[Group]]:
    """Every mobile in groups of any size, and every landline in two groups of four."""
    other = {at for found in _OTHER.finditer(plain) for at in range(*found.span())}
    for run in _RUN.finditer(plain):
        groups = [found.span() for found in _GROUP.finditer(plain, *run.span())]
        called = [
            some for some in _elevens(plain, groups) if _calls(plain, some, other)
        ]
        yield from _apart(called)
    for found in _LANDLINE.finditer(plain):
        some = [found.span(1), found.span(2)]
        if not _is_other(plain, some, other):
            yield some


def _elevens(plain: str, groups: Sequence[Group]) -> Iterator[list[Group]]:
    """Neighbours of eleven figures together, from a mobile's first; 86 is none of them."""
    for at, (first, end) in enumerate(groups):
        abroad = _FROM_ABROAD.match(plain, first, end)
        start = abroad.end() if abroad else first
        some, left = [(start, end)], _WHOLE - (end - start)
        for after in groups[at + 1 : at + _WHOLE]:
            if left <= 0:
                break
            some.append(after)
            left -= after[1] - after[0]
        if left == 0 and _MOBILE.match("".join(_words(plain, some))):
            yield some


def _calls(plain: str, some: Sequence[Group], other: AbstractSet[int]) -> bool:
    if tuple(end - first for first, end in some) in _USUAL:
        return True
    start = some[0][0]
    if _BEFORE.search(plain, max(0, start - _FAR), start):
        return True
    return not _is_other(plain, some, other)


def _is_other(plain: str, some: Sequence[Group], other: AbstractSet[int]) -> bool:
    """Homes and quantities, days, sums: whatever else these figures may be."""
    if not other.isdisjoint(range(some[0][0], some[-1][1])):
        return True
    words = _words(plain, some)
    if words[0] == "1" and len(words) < 5:  # 1-390-000-0123
        words = words[1:]
    usual = _HOUSE if any(len(word) == 1 for word in words) else _HOME
    return any(all(map(kind.fullmatch, words)) for kind in (usual, _ROUND))


def _words(plain: str, some: Sequence[Group]) -> list[str]:
    return [plain[first:end] for first, end in some]


def _apart(found: list[list[Group]]) -> Iterator[list[Group]]:
    """Where two share a group, the one in fewer groups: nobody writes 501-139-000-00."""
    taken: set[Group] = set()
    for some in sorted(found, key=len):
        if taken.isdisjoint(some):
            taken.update(some)
            yield some
