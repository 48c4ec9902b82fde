"""Short spellings of settings and readings, so that a test shows line and answer."""

from orders.reading.chain import read
from orders.reading.shapes import Line, Offer, Setting, Understood

ABC = tuple(Offer(code, "", 0, 5) for code in "ABC")


def lines(text: str, **known: object) -> list[Line]:
    return read(text, Setting(**{"offers": ABC, **known}))  # type: ignore[arg-type]


def brief(line: Line) -> str:
    """``order 3-502 A2 B1 / 3-503 C1``; the home as building, unit, room."""
    said = " / ".join(filter(None, map(_order, line.orders)))
    kept = line.verdict in ("order", "amend", "cancel", "check")
    return f"{line.verdict} {said}".strip() if kept else str(line.verdict)


def answers(text: str, **known: object) -> list[str]:
    return [brief(line) for line in lines(text, **known)]


def answer(text: str, **known: object) -> str:
    """Of the last line."""
    return answers(text, **known)[-1]


def _order(order: Understood) -> str:
    change = f"{order.change}:" if order.change else ""
    home = "-".join(p for p in (order.building, order.unit, order.room) if p)
    dropped = [f"-{code}" for code in order.dropped]
    items = [f"{code}{count}" for code, count in order.items.items()]
    return " ".join([change + home, *dropped, *items]).strip()


def table(rows: str) -> list[tuple[str, str]]:
    """``line => answer`` a row."""
    pairs = [row.strip().split(" => ") for row in rows.splitlines() if row.strip()]
    return [(text, answer) for text, answer in pairs]
