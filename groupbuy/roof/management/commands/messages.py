"""``manage.py messages``: find, keep and compile the interface's Chinese."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from groupbuy.roof import catalogue


class Command(BaseCommand):
    help = "Update the translation catalogue from the sources and compile it."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="Change nothing; list what is missing or untranslated, exit 1 if any.",
        )
        parser.add_argument(
            "--merge",
            nargs="+",
            type=Path,
            default=[],
            metavar="FILE",
            help="Take translations from these .po files, too; the later wins.",
        )

    def handle(self, *, check: bool, merge: list[Path], **_options: object) -> None:
        if not check:
            count = len(catalogue.update(merge))
            catalogue.compile_if_needed()
            self.stdout.write(f"{count} strings in {catalogue.PO.name}, compiled.")
        lines = catalogue.faults()
        for line in lines:
            self.stderr.write(line)
        if check and lines:
            raise CommandError(f"{len(lines)} strings need a translator.")
        self.stdout.write(f"{len(lines)} strings need a translator.")
