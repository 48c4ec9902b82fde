"""``manage.py close_due``: the whole tick once, in the foreground."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from groupbuy.roof.tick import left_due, tick


class Command(BaseCommand):
    help = "Open, close, build and render whatever is due; exits 1 if anything is left due."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--now", help="the instant to judge by (ISO 8601)")

    def handle(self, *args: Any, **options: Any) -> None:
        given = self._instant(options["now"])
        now = given or timezone.now()
        report = tick(now=now, closed_at=given)
        self.stdout.write(report.summary)
        if report.failed:
            raise CommandError("failed: " + ", ".join(report.failed))
        if left := left_due(now=now):
            raise CommandError("still due: " + ", ".join(left))

    def _instant(self, text: str | None) -> datetime | None:
        if not text:
            return None
        moment = parse_datetime(text)
        if moment is None:
            raise CommandError(
                "--now takes an instant such as 2022-04-10T17:00:05+08:00"
            )
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
