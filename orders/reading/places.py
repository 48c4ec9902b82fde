"""A home as it stands in a line: numbers with their marks first, then what they say."""

from collections.abc import Sequence
from typing import NamedTuple

from orders.reading.tokens import (
    CIRCLED_NUMBER,
    LETTERS,
    MARK,
    SPACE,
    Token,
)
from orders.reading.words import Tag

BUILDING, UNIT, LANE, ROOM, DASH, GAP, END = "B", "U", "L", "R", "-", " ", ""
_GAPS = frozenset((" ", ",", "/", "+"))
_SUFFIXES = "甲乙丙丁"
_ROOM_ENDS = 4  # digits of a room at most, in short forms


class Step(NamedTuple):
    """A number and the mark behind it; ``sign`` says how a gap was written."""

    digits: str
    mark: str
    first: int  # token
    last: int
    sign: str = ""
    goes_on: bool = False  # another number of this home follows
    word: str = ""  # the word for building behind it


class Walk(NamedTuple):
    """Steps from ``first`` to ``last`` (tokens, last not in it)."""

    steps: tuple[Step, ...]
    first: int
    last: int
    room_name: str = ""  # 亭子间, 别墅


def walk(tokens: Sequence[Token], at: int) -> Walk | None:
    """The numbers of one home beginning here, as far as they belong together."""
    if _tag(tokens, at) == Tag.ROOM_NAME:
        return _villa(tokens, at)
    if found := _village(tokens, at):
        return found
    steps: list[Step] = []
    here = at
    while len(steps) < 5 and (step := _step(tokens, here, steps)):
        steps.append(step)
        here = step.last
        if not step.goes_on:
            break
    if not steps:
        return None
    return _ended(tokens, at, steps)


def _ended(tokens: Sequence[Token], at: int, steps: list[Step]) -> Walk:
    last = steps[-1]
    after = _past_space(tokens, last.last)
    floor = ""
    if last.mark == BUILDING and _number(tokens, after) and _floor(tokens, after + 1):
        floor = f"{tokens[after].number}楼"
        after += 2
    if last.mark in (BUILDING, END) and _tag(tokens, after) == Tag.ROOM_NAME:
        return Walk(tuple(steps), at, after + 1, floor + tokens[after].text)
    if last.mark in (DASH, GAP):  # its follower was no part of a home
        steps[-1] = Step(last.digits, END, last.first, last.first + 1)
    return Walk(tuple(steps), at, steps[-1].last)


def _floor(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].text in ("楼", "层")


def _villa(tokens: Sequence[Token], at: int) -> Walk | None:
    """别墅8号: the house's number behind its kind."""
    found = walk(tokens, at + 1) if _number(tokens, at + 1) else None
    if found is None or [s.mark for s in found.steps] != [BUILDING] or found.room_name:
        return None
    return Walk(found.steps, at, found.last, tokens[at].text)


def _village(tokens: Sequence[Token], at: int) -> Walk | None:
    """3组12号: in a village the group and the number at the door."""
    if at + 1 >= len(tokens) or tokens[at + 1].text != "组":
        return None
    door = _past_space(tokens, at + 2)
    last = door + 2
    said = (
        _number(tokens, at) and _number(tokens, door) and len(tokens[door].number) < 4
    )
    if not said or door + 1 >= len(tokens) or tokens[door + 1].text != "号":
        return None
    if _roomlike(tokens, _past_space(tokens, last)):  # 3组 12号301: three sets
        return None
    group = Step(tokens[at].number, BUILDING, at, door, goes_on=True, word="组")
    return Walk((group, Step(tokens[door].number, ROOM, door, last)), at, last)


def _step(tokens: Sequence[Token], at: int, before: list[Step]) -> Step | None:
    digits, after = _named(tokens, at)
    if not digits:
        return None
    mark, last = _mark(tokens, after)
    if mark == BUILDING and _tag(tokens, last) == Tag.SUFFIX:  # 6号甲
        digits, last = digits + tokens[last].text, last + 1
    if mark in (BUILDING, UNIT, LANE):
        word = tokens[last - 1].text
        return Step(digits, mark, at, *_joined(tokens, last, mark), word)
    if mark == ROOM:
        return Step(digits, mark, at, last)
    lead = not before or before[-1].mark == LANE
    return _unmarked(tokens, at, after, digits, lead=lead)


def _unmarked(
    tokens: Sequence[Token], at: int, after: int, digits: str, *, lead: bool
) -> Step:
    """A number without a word behind it: joined to the next by a sign, or the last."""
    sign, last = _sign(tokens, after)
    if sign == "-" and _number(tokens, last) and not _minus(tokens, after, last):
        return Step(digits, DASH, at, last, sign, goes_on=True)
    if digits[-1] in _SUFFIXES and last == after and _roomlike(tokens, after):  # 6甲301
        return Step(digits, BUILDING, at, after, goes_on=True)
    fits = sign in _GAPS and len(digits.rstrip(_SUFFIXES)) <= 3
    if lead and fits and _roomlike(tokens, last):
        return Step(digits, GAP, at, last, sign, goes_on=True)
    return Step(digits, END, at, after)


def _minus(tokens: Sequence[Token], gap: int, number: int) -> bool:
    """502 -1: a space before the dash and none behind it, and one digit."""
    spaced = tokens[gap].kind == SPACE and tokens[number - 1].kind == MARK
    return spaced and len(tokens[number].number) == 1


def _named(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """A number, or a letter that a word for building follows; with its 甲."""
    if not _number(tokens, at):
        lettered = at < len(tokens) and tokens[at].kind == LETTERS
        building = lettered and _mark(tokens, at + 1)[0] == BUILDING
        if building and len(tokens[at].text) == 1 and tokens[at + 1].text != "号":
            return tokens[at].text, at + 1
        return "", at
    digits, after = tokens[at].number, at + 1
    if _tag(tokens, after) == Tag.SUFFIX:
        return digits + tokens[after].text, after + 1
    return digits, after


_MARKS: dict[str | None, str] = {
    Tag.BUILDING: BUILDING,
    Tag.UNIT: UNIT,
    Tag.LANE: LANE,
    Tag.ROOM: ROOM,
    Tag.ROOM_LABEL: BUILDING,
}


def _mark(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    after = _past_space(tokens, at)
    if after >= len(tokens):
        return "", at
    token = tokens[after]
    mark = BUILDING if token.text == "#" else _MARKS.get(token.tag, "")
    if not mark or (after != at and token.text == "座"):
        return "", at
    more = _past_space(tokens, after + 1)
    if mark == BUILDING and more < len(tokens) and tokens[more].text == "楼":
        after = more  # 3号 楼
    return mark, after + 1


def _joined(tokens: Sequence[Token], at: int, mark: str) -> tuple[int, str, bool]:
    """Past what may stand between 3号 and 502, where a number follows that can be one."""
    here = _past_space(tokens, at)
    here = here + 1 if _tag(tokens, here) == Tag.ROOM_LABEL else at
    sign, after = _sign(tokens, here)
    here = after if sign else here
    fits = _follows(tokens, here) if mark == BUILDING else _number(tokens, here)
    return (here, sign, True) if fits else (at, "", False)


def _follows(tokens: Sequence[Token], at: int) -> bool:
    """Whether the number here goes on with a building: a room, a unit, a second claim."""
    return _roomlike(tokens, at) or (
        _number(tokens, at)
        and (bool(_mark(tokens, at + 1)[0]) or _unit_dash(tokens, at))
    )


def _unit_dash(tokens: Sequence[Token], at: int) -> bool:
    sign, after = _sign(tokens, at + 1)
    return sign == "-" and _roomlike(tokens, after)


def _roomlike(tokens: Sequence[Token], at: int) -> bool:
    """Three or four digits, or fewer with 室 behind; never a number that counts goods."""
    if not _number(tokens, at):
        return False
    length = len(tokens[at].number)
    behind = _tag(tokens, at + 1)
    if behind in (Tag.MEASURE, Tag.MONEY, Tag.AGE, Tag.TIME, Tag.WEIGHT):
        return False
    return 3 <= length <= _ROOM_ENDS or behind == Tag.ROOM


def _sign(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """One dash, comma, slash, plus or colon with spaces around it, or just spaces."""
    after = _past_space(tokens, at)
    sign = " " if after > at else ""
    if after < len(tokens) and tokens[after].kind == MARK:
        text = tokens[after].text
        if text in "-,/+:":
            sign, after = text, after + 1
            while text == "-" and after < len(tokens) and tokens[after].text == "-":
                after += 1
            after = _past_space(tokens, after)
    return sign, after


def _past_space(tokens: Sequence[Token], at: int) -> int:
    end = len(tokens)
    while at < end and tokens[at].kind == SPACE:
        at += 1
    return at


def _number(tokens: Sequence[Token], at: int) -> bool:
    if at >= len(tokens):
        return False
    token = tokens[at]
    if token.kind == CIRCLED_NUMBER:
        return _tag(tokens, at + 1) in _MARKS
    return bool(token.number)


def _tag(tokens: Sequence[Token], at: int) -> str | None:
    return tokens[at].tag if at < len(tokens) else None
