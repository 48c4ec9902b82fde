"""What a package holds, as people write it: one item a line, name first, quantity last."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from groupbuy.shared.errors import Refused
from groupbuy.shared.text import plain

LONGEST_LIST = 60  # items in one package
_UNITS = "[个只包袋盒瓶罐斤公千克两把份箱桶条块串颗根枚升毫板片棵提听支]"
_NUMBER = rf"(?:\d+(?:\.\d+)?\s*[^\s\d]|[一二两三四五六七八九十百半]+\s*{_UNITS}|若干|适量|以当日为准)"
_QUANTITY = re.compile(rf"^(?:[约共各每]\s*)?{_NUMBER}.*$")
_DIGITS = re.compile(r"^(?P<name>.*?[^\d\s.约共])\s*(?P<quantity>(?:[约共]\s*)?\d.*)$")
_WORDS = re.compile(
    rf"^(?P<name>.+?)\s*(?P<quantity>[一二两三四五六七八九十百半]+\s*{_UNITS}|若干|适量|以当日为准)$"
)
_BULLET = re.compile(r"^[·•*-]\s*")
_OR = re.compile(r"\s*(?:[/、,|]|或)\s*")


@dataclass(frozen=True)
class Item:
    """``possible`` is what it may be when supply decides on the day: ``菠菜/上海青``."""

    name: str
    quantity: str
    possible: str = ""

    def __str__(self) -> str:
        tail = f"（{self.possible}）" if self.possible else ""
        return f"{self.name} {self.quantity}{tail}"


def read_items(text: str) -> list[Item]:
    """One item for every line that is not blank; no order of words is guessed.

    Raises Refused with the number of every line without a quantity, and for a list that is
    empty or too long.
    """
    parts = re.split(r"[\n;；]", text.replace("\r", ""))
    lines = [(n, plain(line)) for n, line in enumerate(parts, start=1)]
    filled = [(n, line) for n, line in lines if line]
    if not filled:
        raise Refused(_("Please write at least one item."), field="items")
    if len(filled) > LONGEST_LIST:
        sentence = _("At most %(most)s items, please.") % {"most": LONGEST_LIST}
        raise Refused(sentence, field="items")
    items = [(n, line, read_item(line)) for n, line in filled]
    wrong = [_fault(n, line) for n, line, item in items if item is None]
    if wrong:
        raise Refused(" ".join(wrong), field="items", code="items")
    return [item for _n, _line, item in items if item is not None]


def read_item(line: str) -> Item | None:
    """``时令菜 1公斤(菠菜/上海青)``; None without a name or a quantity, or when too long."""
    text = _BULLET.sub("", plain(line)).replace("[", "(").replace("]", ")")
    possible = ""
    for start, end in reversed(_brackets(text)):
        inside = text[start + 1 : end]
        if _OR.search(inside):  # "(大)" alone belongs to the name
            possible = "/".join(p for p in _OR.split(inside) if p)
            text = f"{text[:start]} {text[end + 1 :]}".strip()
            break
    name, quantity = _apart(text)
    item = Item(name, quantity, possible)
    fits = len(name) <= 60 and len(quantity) <= 30 and len(possible) <= 200
    return item if fits and name and quantity else None


def _brackets(text: str) -> list[tuple[int, int]]:
    """Where each outermost pair of brackets opens and closes."""
    pairs, depth, start = [], 0, 0
    for place, letter in enumerate(text):
        if letter == "(":
            start = place if depth == 0 else start
            depth += 1
        elif letter == ")" and depth:
            depth -= 1
            if depth == 0:
                pairs.append((start, place))
    return pairs


def _apart(text: str) -> tuple[str, str]:
    """Name and quantity: at the last space, else before the first number."""
    name, _gap, quantity = text.rpartition(" ")
    if name and _QUANTITY.match(quantity):
        return name.strip(), quantity
    match = _DIGITS.match(text) or _WORDS.match(text)
    if match is None or not _QUANTITY.match(match["quantity"]):
        return "", ""
    return match["name"].strip(), match["quantity"].strip()


def written(items: Iterable[Item]) -> str:
    """The lines that read back as these items."""
    return "\n".join(str(item) for item in items)


def _fault(number: int, line: str) -> str:
    sentence = _("Line %(number)s, “%(line)s”: write a name, a space, a quantity.")
    return sentence % {"number": number, "line": line[:30]}
