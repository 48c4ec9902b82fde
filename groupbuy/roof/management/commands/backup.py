"""``manage.py backup FILE``: the whole database into one file, while orders go on."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from groupbuy.community.actions.log import log
from groupbuy.community.models import SYSTEM, Town
from groupbuy.roof.backup import copier
from groupbuy.roof.backup.faults import Unusable
from groupbuy.roof.tick import beat


class Command(BaseCommand):
    help = (
        "Write the database to FILE (0600), while the site runs. The sheets are not in it"
        " (they are made anew), nor the secret key: keep that apart."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        if file.exists():
            raise CommandError(f"{file} is there already; a backup never replaces one.")
        size = self._save(file)
        beat(f"{size} bytes", name="backup")
        now = timezone.now()
        for town in Town.objects.all():
            log("backup", town, town_id=town.pk, by=SYSTEM, now=now)
        self.stdout.write(f"{file}: {size} bytes")

    def _save(self, file: Path) -> int:
        """Under another name until it is whole and on the disk."""
        part = file.with_name(f"{file.name}.part")
        part.unlink(missing_ok=True)
        try:
            os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            copier().save(part)
            to_disk(part)
            part.rename(file)
            to_disk(file.parent)
        except (OSError, Unusable) as error:
            part.unlink(missing_ok=True)
            raise CommandError(str(error)) from error
        return file.stat().st_size


def to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
