"""``manage.py who_was_on SHEET``: whom to tell after a sheet was seen where it should not be."""

import getpass
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from delivery.actions.who_was_on import OnSheet, who_was_on
from delivery.models import Sheet
from delivery.queries.words import sheet_title
from delivery.states import SheetKind
from groupbuy.community.models import SYSTEM
from groupbuy.shared.errors import Refused
from orders.queries.desk.history import takings
from orders.queries.desk.openings import openings


class Command(BaseCommand):
    help = (
        "List the homes that were on a sheet, with the phones still known, who took it out"
        " and who had its homes on the screen. SHEET is the number in its address, or COMPOUND/DATE as printed at its foot"
        " (品质苑/2022-04-12). The question is written into the log."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sheet", metavar="SHEET")
        parser.add_argument("--version-printed", type=int, metavar="N")
        parser.add_argument(
            "--reason", required=True, help="for the log: what happened"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        sheet = found(options["sheet"], options["version_printed"])
        try:
            homes = who_was_on(
                sheet,
                reason=options["reason"],
                asked_by=getpass.getuser(),
                by=SYSTEM,
                now=timezone.now(),
            )
        except Refused as refusal:
            raise CommandError(refusal.sentence) from None
        self._print(sheet, homes)

    def _print(self, sheet: Sheet, homes: list[OnSheet]) -> None:
        self.stdout.write(f"# {sheet_title(sheet, SheetKind(sheet.kind))}")
        for one in homes:
            self.stdout.write("\t".join((one.compound, one.home, one.phone)).rstrip())
        known = sum(1 for one in homes if one.phone)
        self.stdout.write(f"# {len(homes)} orders, {known} with a phone still known")
        for entry in takings(sheet.batch):
            moment = timezone.localtime(entry.at)
            said = (f"{moment:%F %T}", entry.who, str(entry.did), entry.detail)
            self.stdout.write("# " + " · ".join(filter(None, said)))
        for look in openings(sheet.batch, compound_id=sheet.compound_id):
            first, last = map(timezone.localtime, (look.first, look.last))
            span = f"{first:%F %T}–{last:%T}" if look.hours > 1 else f"{first:%F %T}"
            told = (span, look.who, look.what, look.where, f"{look.homes} homes seen")
            self.stdout.write("# " + " · ".join(filter(None, told)))


def found(asked: str, version: int | None) -> Sheet:
    """A stored document. Raises CommandError when there is none, or are several."""
    if asked.isdecimal():
        sheets = Sheet.objects.filter(pk=int(asked))
    else:
        name, _, day = asked.rpartition("/")
        try:
            on = date.fromisoformat(day)
        except ValueError:
            raise CommandError("SHEET: a number, or COMPOUND/YYYY-MM-DD") from None
        sheets = Sheet.objects.filter(compound__name=name, batch__delivery_on=on)
        sheets = sheets.filter(kind=SheetKind.DOORS)
    if version is not None:
        sheets = sheets.filter(version=version)
    several = list(sheets.select_related("batch__group_buy", "compound", "supplier"))
    if not several:
        raise CommandError(
            "No such sheet, or it was shredded: its homes are forgotten."
        )
    if len(several) > 1:
        kept = ", ".join(f"{one.pk} (version {one.version})" for one in several)
        raise CommandError(f"Several sheets fit; give one's number: {kept}")
    return several[0]
