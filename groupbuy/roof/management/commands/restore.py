"""``manage.py restore FILE``: a backup comes back, and what it does not know is named."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from groupbuy.roof.backup import copier
from groupbuy.roof.backup.after import broken, has_another_key, settle
from groupbuy.roof.backup.faults import Unusable
from groupbuy.roof.backup.loss import Known, closing_again, is_empty, known, lost
from groupbuy.roof.management.commands.serve import only_one
from groupbuy.roof.service.prepare import migrate_if_needed

SHOWN = 50  # numbers of lost orders


class Command(BaseCommand):
    help = (
        "Replace the database by the backup in FILE, while the site is stopped; says which"
        " orders are lost, forgets what is overdue, and checks the books (exit 1 if broken)."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--force", action="store_true", help="even over a database that is in use"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        with only_one(settings.VAR_DIR / "serve.lock"):
            if not options["force"] and not is_empty():
                raise CommandError(
                    "There is a town in this database. --force replaces all of it."
                )
            before = known()
            self._load(file)
            self._settle(before)

    def _load(self, file: Path) -> None:
        try:
            with file.open("rb") as opened:
                begins = opened.read(len(copier().MARK))
            if begins != copier().MARK:
                raise CommandError(f"{file} is no backup of this kind of database.")
            copier().load(file)
        except (OSError, Unusable) as error:
            raise CommandError(str(error)) from error

    def _settle(self, before: Known) -> None:
        now = timezone.now()
        migrate_if_needed()
        after = known()
        missing = lost(before, after)
        try:
            settle(now=now, lost=len(missing))
        except Unusable as fault:
            raise CommandError(str(fault)) from fault
        self._tell(after, missing)
        for batch in closing_again(now):
            self.stdout.write(f"closes again, void its paper: {batch} (id {batch.pk})")
        found = broken(now)
        for finding in found:
            self.stdout.write(f"BROKEN {finding.rule}: {finding.says}")
        if found:
            raise CommandError("The books of this backup do not add up.")
        self.stdout.write("all rules hold")

    def _tell(self, after: Known, missing: list[str]) -> None:
        until = f"{timezone.localtime(after.until):%F %T}" if after.until else "never"
        self.stdout.write(f"{len(after.orders)} orders; knows everything until {until}")
        if missing:
            more = f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else ""
            numbers = ", ".join(missing[:SHOWN])
            self.stdout.write(f"LOST, made or changed later: {numbers}{more}")
        if has_another_key():
            self.stderr.write(
                "The secret key is another one: all links and codes on paper are void."
            )
