"""The reader: a pasted text into one answer per line, none of it a guess.

A line is made plain (plain), cut into tokens (tokens) and pieces (pieces), judged by itself
(judge), and then held against the lines above it (Sheet).
"""

from collections.abc import Iterator

from orders.reading.judge import judge, taken_apart
from orders.reading.known import Known
from orders.reading.marks import spans
from orders.reading.outcome import review
from orders.reading.plain import LONGEST
from orders.reading.shapes import Line, Setting, Verdict
from orders.reading.sheet import Sheet

_FOR_HOMES = (Verdict.ORDER, Verdict.AMEND, Verdict.CANCEL)


def read(text: str, setting: Setting) -> list[Line]:
    return list(_read(text, Known(setting)))


def _read(text: str, known: Known) -> Iterator[Line]:
    sheet = Sheet(known)
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        if len(line) > LONGEST:
            outcome = review("too_long")
            yield Line(number, line, outcome.verdict, outcome.why)
            continue
        taken = taken_apart(number, line, known, sheet.scope.building)
        said = judge(taken, known, sheet.scope)
        if sheet.quotes(line) and said.verdict in _FOR_HOMES:
            said = review("quoted", said.orders)
        outcome = sheet.settle(number, said)
        yield Line(
            number, line, outcome.verdict, outcome.why, outcome.orders, spans(taken)
        )
