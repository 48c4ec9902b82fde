"""``manage.py read_chain``: what the reader makes of a chat group's lines, as JSON lines."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.models import Batch
from groupbuy.community.models import Compound
from groupbuy.shared.text import building_name
from orders.queries.chain_setting import setting_of
from orders.queries.why import sentence
from orders.reading.chain import read
from orders.reading.shapes import Line, Offer, Setting, Understood

_SAMPLE = tuple(Offer(code, "", 0, 5) for code in "ABC")  # where no batch is named


class Command(BaseCommand):
    help = (
        "Read chat lines: one JSON object a line with its verdict; nothing is written."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a text file, or - for standard input")
        parser.add_argument("--batch", type=int, help="whose packages are meant")
        parser.add_argument("--compound", type=int, help="whose address and homes")
        parser.add_argument("--building", default="", help="the building in scope")
        parser.add_argument(
            "--cases",
            action="store_true",
            help='JSON lines {"id", "text", "address"?, "building"?}, each read alone',
        )

    def handle(self, *args: Any, **options: Any) -> None:
        setting = _setting(options["batch"], options["compound"], options["building"])
        text = _text(options["file"])
        shown = _cases(text, setting) if options["cases"] else _lines(text, setting)
        for row in shown:
            self.stdout.write(json.dumps(row, ensure_ascii=False))


def _setting(batch: int | None, compound: int | None, building: str) -> Setting:
    if batch is None and compound is None:
        return Setting(offers=_SAMPLE, building=building_name(building))
    setting = setting_of(_row(Batch, batch), _row(Compound, compound), building)
    return setting if batch else replace(setting, offers=_SAMPLE)


def _row(model: Any, pk: int | None) -> Any:
    if pk is None:
        return None
    row = model.objects.filter(pk=pk).first()
    if row is None:
        raise CommandError(f"There is no {model.__name__.lower()} {pk}.")
    return row


def _text(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from error
    return raw.decode("utf-8-sig", errors="replace")


def _lines(text: str, setting: Setting) -> Iterator[dict[str, Any]]:
    return (_shown(line) for line in read(text, setting))


def _cases(text: str, setting: Setting) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(text.split("\n"), 1):
        if not row.strip():
            continue
        try:
            case = json.loads(row)
            one = replace(
                setting,
                address=case.get("address") or setting.address,
                building=building_name(case.get("building") or setting.building),
            )
            lines = [_shown(line) for line in read(str(case["text"]), one)]
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            raise CommandError(f"Line {number} is no case: {error!r}.") from error
        yield {"id": case.get("id"), "lines": lines}


def _shown(line: Line) -> dict[str, Any]:
    return {
        "line": line.number,
        "text": line.text,
        "verdict": line.verdict.value,
        "orders": [_order(order) for order in line.orders],
        "why": sentence(line.why),
    }


def _order(order: Understood) -> dict[str, Any]:
    shown = {
        "building": order.building,
        "unit": order.unit,
        "room": order.room,
        "items": dict(order.items),
        "name": order.name,
        "phone": order.phone,
        "note": order.note,
        "assumed": list(order.assumed),
    }
    if order.change:
        shown |= {"change": order.change.value, "dropped": list(order.dropped)}
    return shown
