"""The stretch of a line that names packages and counts, as atoms with their joints."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from orders.reading.known import UNCLEAR, Known
from orders.reading.numerals import counts
from orders.reading.tokens import (
    CHINESE_NUMBER,
    CIRCLED_NUMBER,
    HAN,
    LETTERS,
    NUMBER,
    SPACE,
    WORD,
    Token,
)
from orders.reading.words import Tag

CODE, COUNT, EACH = "code", "count", "each"
_JOINTS = {
    "+": "+",
    "*": "*",
    "X": "*",  # A x 2
    "/": "/",
    ",": ",",
    "、": ",",
    ";": ",",
    "。": ",",
    ":": ":",
    "=": ":",
    "(": "(",
    ")": ")",
}
AND = "&"  # 和, 另外
LOOSE = {"": 0, "*": 1, ":": 1, "(": 1, ")": 2, "+": 2, " ": 3, "/": 4, ",": 5, AND: 5}
_FILLERS = (Tag.PACKAGE, Tag.MEASURE)


class Atom(NamedTuple):
    """``joint`` is what stands between it and the atom before, ``""`` where nothing does."""

    kind: str
    text: str
    number: int
    joint: str
    first: int  # token
    last: int
    measured: bool = False  # 份 or its like stands behind the count
    fault: str = ""


class Run(NamedTuple):
    atoms: tuple[Atom, ...]
    first: int
    last: int


def run(
    tokens: Sequence[Token], at: int, known: Known, stops: Callable[[int], bool]
) -> Run | None:
    """Atoms from here on; ``stops`` says where a number belongs to something else."""
    atoms: list[Atom] = []
    here, joint, end = at, "", at
    while here < len(tokens):
        made = _atoms(tokens, here, known, joint, stops)
        if made:
            atoms += _new(atoms, made, tokens)
            here = end = made[-1].last
            joint = ""
        elif _filler(tokens, here, atoms):
            here = end = here + 1
        elif (more := _joint(tokens[here], joint, atoms)) is not None:
            joint = more
            here += 1
            end = (
                here
                if tokens[here - 1].text == ")" and _open(tokens, at, here)
                else end
            )
        else:
            break
    return Run(tuple(atoms), at, end) if atoms else None


def _new(
    atoms: Sequence[Atom], made: list[Atom], tokens: Sequence[Token]
) -> list[Atom]:
    """A蔬菜套餐 names its package twice, by code and by name: one is enough."""
    before = atoms[-1] if atoms else None
    if before is None or before.kind != CODE or made[0].kind != CODE:
        return made
    named = [bool(tokens[a.first].code) for a in (before, made[0])]
    same = before.text == made[0].text and len(made) == 1 and any(named)
    return [] if same and made[0].joint in ("", " ", "(", ":") else made


def _filler(tokens: Sequence[Token], at: int, atoms: Sequence[Atom]) -> bool:
    """A 套餐, 3 份: the word stands behind a gap of its own."""
    if (
        not atoms
        or tokens[at - 1].kind != SPACE
        or tokens[at - 1].end - tokens[at - 1].start > 2
    ):
        return False
    kind = Tag.PACKAGE if atoms[-1].kind == CODE else Tag.MEASURE
    return atoms[-1].last == at - 1 and tokens[at].tag is kind


def _open(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the bracket that closes here was opened inside the stretch."""
    return any(tokens[i].text == "(" for i in range(max(start, end - 8), end))


def _joint(token: Token, joint: str, atoms: Sequence[Atom]) -> str | None:
    """The joint with this token added; None where it is no joint."""
    if token.kind == SPACE:
        return joint or " "
    if token.text == "'":  # a quoted name
        return joint
    if not atoms:
        return None
    new = AND if token.tag == Tag.AND else _JOINTS.get(token.text)
    if new is None:
        wanted = token.tag == Tag.WANT and atoms[-1].kind == CODE
        return joint if wanted or token.text in ("的", "数量", "份数") else None
    return new if joint in ("", " ", new, ")") else None


def _atoms(
    tokens: Sequence[Token],
    at: int,
    known: Known,
    joint: str,
    stops: Callable[[int], bool],
) -> list[Atom]:
    token = tokens[at]
    if codes := codes_of(token, known):
        return _coded(tokens, at, codes, joint)
    if token.tag == Tag.PACKAGE:  # 套餐A
        return _named_before(tokens, at, known, joint)
    if token.tag == Tag.EACH:
        return [Atom(EACH, token.text, 0, joint, at, at + 1)]
    if token.kind in (NUMBER, CHINESE_NUMBER, CIRCLED_NUMBER) or token.text == "¥":
        return _counted(tokens, at, known, joint, stops)
    return []


def codes_of(token: Token, known: Known) -> list[str]:
    """The packages that a token names, by name or by code."""
    if token.code:
        return [token.code]
    return split_codes(token.text, known) if token.kind == LETTERS else []


def split_codes(letters: str, known: Known) -> list[str]:
    """ABC as the codes A, B and C; a code of its own first; nothing where one is unknown."""
    if letters in known.offers:
        return [letters]
    if all(letter in known.offers for letter in letters):
        return list(letters)
    if letters[-1] == "X" and "X" not in known.offers:  # Ax2
        return split_codes(letters[:-1], known) if letters[:-1] else []
    return []


def _coded(
    tokens: Sequence[Token], at: int, codes: Sequence[str], joint: str
) -> list[Atom]:
    last = _fillers(tokens, at + 1)
    fault = "package_unclear" if UNCLEAR in codes else ""
    return [
        Atom(CODE, code, 0, "" if i else joint, at, last, fault=fault)
        for i, code in enumerate(codes)
    ]


def _fillers(tokens: Sequence[Token], at: int) -> int:
    """Past 套餐 and its like behind a code; 套 and 包 only where no count is meant."""
    while at < len(tokens) and tokens[at].tag in _FILLERS:
        if tokens[at].tag == Tag.MEASURE and tokens[at].text not in "套包组":
            break
        at += 1
    return at


def _named_before(
    tokens: Sequence[Token], at: int, known: Known, joint: str
) -> list[Atom]:
    after = at + 1
    while after < len(tokens) and (
        tokens[after].kind == SPACE or tokens[after].text in (":", "(")
    ):
        after += 1
    if after < len(tokens) and tokens[after].kind == LETTERS:
        codes = split_codes(tokens[after].text, known)
        return _coded(tokens, after, codes, joint) if codes else []
    return []


def _counted(
    tokens: Sequence[Token],
    at: int,
    known: Known,
    joint: str,
    stops: Callable[[int], bool],
) -> list[Atom]:
    priced = _priced(tokens, at, known)
    if priced:
        return [Atom(CODE, priced[0], 0, joint, at, priced[1])]
    glued = at > 0 and joint == "" and tokens[at - 1].kind == LETTERS
    if (not glued and stops(at)) or not tokens[at].number:
        return []
    if _begins_word(tokens, at):
        return []
    if len(tokens[at].number) > 2 and not glued:
        return []
    return [_count(tokens, at, joint)]


def _begins_word(tokens: Sequence[Token], at: int) -> bool:
    """二维码, 三楼, 60元: a numeral that belongs to the word behind it."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None:
        return False
    if after.tag in (Tag.MONEY, Tag.AGE, Tag.WEIGHT) or after.text == "楼":
        return True
    if tokens[at].kind == CHINESE_NUMBER and after.tag == Tag.TITLE:
        return True
    return tokens[at].kind == CHINESE_NUMBER and after.kind == HAN


def _count(tokens: Sequence[Token], at: int, joint: str) -> Atom:
    token = tokens[at]
    vague = token.kind == CHINESE_NUMBER and not counts(token.text)
    after = at + 1
    measured = after < len(tokens) and tokens[after].tag == Tag.MEASURE
    if measured:
        after += 1
    fault = "quantity" if vague or len(token.number) > 4 else ""
    number = 0 if fault else int(token.number)
    return Atom(COUNT, token.text, number, joint, at, after, measured, fault)


def _priced(tokens: Sequence[Token], at: int, known: Known) -> tuple[str, int] | None:
    """60元套餐 or 60元的 by its price, where just one package has it."""
    signed = tokens[at].text == "¥" and at + 1 < len(tokens)
    number = tokens[at + 1] if signed else tokens[at]
    code = known.prices.get(number.number)
    after = at + 1
    if not code or after >= len(tokens):
        return None
    if not signed and tokens[after].tag != Tag.MONEY:
        return None
    named = after + 1
    while named < len(tokens) and (
        tokens[named].tag == Tag.PACKAGE or tokens[named].text in "的套"
    ):
        named += 1
    return (code, named) if named > after + 1 else None


def is_word(tokens: Sequence[Token], at: int, tag: str) -> bool:
    return at < len(tokens) and tokens[at].kind == WORD and tokens[at].tag is tag
