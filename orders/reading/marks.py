"""Spans of the line's own text, for every part that was read."""

from collections.abc import Iterator

from orders.reading.numbers import PHONE
from orders.reading.pieces import BASKET, DROP, FIGURE, HOME, NAME, WORDS, Piece, Taken
from orders.reading.places import BUILDING, GAP, LANE, UNIT
from orders.reading.shapes import Span

_KIND = {NAME: "name", DROP: "note", WORDS: "word"}


def spans(taken: Taken) -> tuple[Span, ...]:
    return tuple(span for piece in taken.pieces for span in _of(taken, piece))


def _of(taken: Taken, piece: Piece) -> Iterator[Span]:
    if piece.kind == HOME:
        yield from _home(taken, piece)
    elif piece.kind == BASKET and piece.basket:
        last = piece.first
        for item in piece.basket.items:
            if item.last > last:  # AB各1 shares its count
                yield Span(*taken.span(max(item.first, last), item.last), "item")
            last = max(last, item.last)
    elif piece.kind == FIGURE and piece.figure:
        kind = "phone" if piece.figure.kind == PHONE else "note"
        yield Span(*taken.span(piece.first, piece.last), kind)
    elif piece.kind in _KIND:
        kind = "note" if piece.tag and piece.tag in ("note", "place") else ""
        yield Span(*taken.span(piece.first, piece.last), kind or _KIND[piece.kind])


def _home(taken: Taken, piece: Piece) -> Iterator[Span]:
    """Building, unit and room by themselves; the lane is only a word."""
    if not piece.steps:
        yield Span(*taken.span(piece.first, piece.last), "room")
        return
    for at, step in enumerate(piece.steps):
        behind = len(piece.steps) - at - 1
        part = "room"
        if step.mark == LANE:
            part = "word"
        elif step.mark == UNIT:
            part = "unit"
        elif step.mark in (BUILDING, GAP) or (behind and at == 0):
            part = "building"
        elif behind and len(step.digits) == 1:
            part = "unit"
        yield Span(*taken.span(step.first, step.last), part)
