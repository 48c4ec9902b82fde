"""``manage.py verify``: prove the day's books at any moment."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from groupbuy.roof.verify import Book, verify


class Command(BaseCommand):
    help = "Check every rule of the books in one snapshot; exits 1 if any is broken."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        book = verify(now=timezone.now())
        if options["json"]:
            self.stdout.write(json.dumps(asdict(book), ensure_ascii=False))
        else:
            self._print(book)
        if book.broken:
            raise SystemExit(1)

    def _print(self, book: Book) -> None:
        counted = ", ".join(f"{count} {name}" for name, count in book.checked.items())
        self.stdout.write(f"checked: {counted}")
        for name in book.nothing_to_check:
            self.stdout.write(f"nothing to check yet: {name}")
        for finding in book.broken:
            ids = ", ".join(map(str, finding.ids))
            self.stdout.write(
                f"BROKEN {finding.rule}: {finding.says} ({finding.count} rows: {ids})"
            )
        if not book.broken:
            self.stdout.write("all rules hold")
