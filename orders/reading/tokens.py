"""One pass over a plain line: numbers, letters, known words, other characters."""

import re
from typing import NamedTuple

from orders.reading.known import Known
from orders.reading.numerals import CHINESE, CIRCLED, digits_of
from orders.reading.plain import Plain
from orders.reading.towns import town
from orders.reading.words import Tag

NUMBER, CHINESE_NUMBER, CIRCLED_NUMBER = "number", "chinese", "circled"
LETTERS, WORD, HAN, MARK, SPACE, SIGN = (
    "letters",
    "word",
    "han",
    "mark",
    "space",
    "sign",
)
_MARKS = frozenset("-~*+()',;:?!/.。、=#@_|…&%^$·<>\\")
_SINGLE = {" ": SPACE, **dict.fromkeys(_MARKS, MARK)}
_DIGITS = frozenset("0123456789")
_RUN, _RUN_OF_ZEROS = re.compile("[0-9O][0-9]*"), re.compile("[0-9O]+")


class Token(NamedTuple):
    """``number`` is its plain digits, where it is one; ``code`` a package it names."""

    kind: str
    text: str
    start: int  # in the plain text
    end: int
    tag: str | None = None
    number: str = ""
    code: str = ""


def tokens(line: Plain, known: Known) -> list[Token]:
    text, found, at = line.text.upper(), list[Token](), 0
    if len(text) != len(line.text):  # ß and its like grow in upper case
        text = line.text
    begins = known.lengths
    begun, ended = town(text)
    while at < len(text):
        if at == begun < ended:
            found.append(Token(WORD, text[at:ended], at, ended, tag=Tag.COMPOUND))
            at = ended
            continue
        c = text[at]
        if c in _SINGLE and c not in begins:
            found.append(Token(_SINGLE[c], c, at, at + 1))
            at += 1
            continue
        token = (c in begins and _word(text, at, known)) or _next(text, at, c, known)
        if token.kind == HAN and found and found[-1].kind == HAN:
            last = found.pop()
            token = Token(HAN, last.text + token.text, last.start, token.end)
        found.append(token)
        at = token.end
    return found


def _next(text: str, at: int, c: str, known: Known) -> Token:
    if c in _DIGITS or (c == "O" and text[at + 1 : at + 2] in _DIGITS):
        return _number(text, at, known)
    if c in CHINESE:
        end = _end(text, at, CHINESE)
        numeral = text[at:end]
        return Token(CHINESE_NUMBER, numeral, at, end, number=digits_of(numeral))
    if c in CIRCLED:
        return Token(CIRCLED_NUMBER, c, at, at + 1, number=CIRCLED[c])
    if c.isascii() and c.isalpha():
        end = at + 1
        while end < len(text) and text[end].isascii() and text[end].isalpha():
            end += 1
        return Token(LETTERS, text[at:end], at, end)
    return Token(_kind(c), c, at, at + 1)


def _kind(c: str) -> str:
    if c.isspace():
        return SPACE
    if c in _MARKS:
        return MARK
    return HAN if "\u3400" <= c <= "\u9fff" or c == "〇" else SIGN


def _word(text: str, at: int, known: Known) -> Token | None:
    """The longest known word here; letters only as a whole, digits not out of a number."""
    for length in known.lengths[text[at]]:
        word = text[at : at + length]
        tag = known.words.get(word)
        if tag is None or not _whole(text, at, at + len(word)):
            continue
        if tag[0] != "=":
            return Token(WORD, word, at, at + len(word), tag=tag)
        return Token(WORD, word, at, at + len(word), code=tag[1:])
    return None


def _whole(text: str, start: int, end: int) -> bool:
    if not text[start].isascii() and not text[end - 1].isascii():
        return True
    for inside, outside in ((start, start - 1), (end - 1, end)):
        if 0 <= outside < len(text):
            a, b = text[inside], text[outside]
            if (a in _DIGITS and b in _DIGITS) or (_latin(a) and _latin(b)):
                return False
    return True


def _latin(c: str) -> bool:
    return c.isascii() and c.isalpha()


def _number(text: str, at: int, known: Known) -> Token:
    """Digits, and the letter O between or behind them where no package is called so."""
    run = _RUN if "O" in known.offers else _RUN_OF_ZEROS
    end = run.match(text, at).end()  # type: ignore[union-attr]
    digits = text[at:end].replace("O", "0")
    return Token(NUMBER, digits, at, end, number=digits)


def _end(text: str, at: int, those: frozenset[str]) -> int:
    end = at + 1
    while end < len(text) and text[end] in those:
        end += 1
    return end
