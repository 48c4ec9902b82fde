"""Bring compounds or a roster of homes in from a CSV file: all of it or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from groupbuy.community.actions.import_places import IMPORTS
from groupbuy.community.models import SYSTEM, Town
from groupbuy.community.reading.places import BadRows, kind_of
from groupbuy.shared.errors import Refused


class Command(BaseCommand):
    """Exit status 1, with every wrong row on stderr, when nothing was brought in."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--town", required=True, metavar="SLUG")
        parser.add_argument(
            "--kind", choices=sorted(IMPORTS), help="told by the columns when left out"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        town = Town.objects.filter(slug=options["town"]).first()
        if town is None:
            raise CommandError(f"No town {options['town']!r}.")
        try:
            data = options["file"].read_bytes()
            run = IMPORTS[options["kind"] or kind_of(data)]
            result = run(town, data=data, by=SYSTEM, now=timezone.now())
        except OSError as fault:
            raise CommandError(str(fault)) from fault
        except BadRows as refusal:
            lines = [f"row {number}: {reason}" for number, reason in refusal.rows]
            raise CommandError("\n".join([refusal.sentence, *lines])) from refusal
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(
            f"{result.rows} rows; new: {result.made}; changed: {result.changed}"
        )
