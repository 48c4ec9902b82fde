"""One file that holds the whole database as it was at one instant, and the way back from it.

What is in it: every table, nothing else; on SQLite a plain SQLite file, on PostgreSQL a custom
archive, so that either database's own tools read it without ours.

What is not, on purpose:

* the sheets' folder: its PDFs hold homes and are made anew from the lists, so one copy less of
  personal data lies about. ``restore`` has the clockwork make what is missing.
* the secret key: whoever had both could open every volunteers' link. Keep it apart, once
  (``SECRET_KEY`` in the environment file, or ``var/secret_key``); ``restore`` says if the
  key that it finds is another one.

A backup keeps phone numbers for as long as the file lies there: delete it after two weeks
(``deploy/`` does), encrypt the disk it goes to. ``restore`` forgets at once what is overdue.
"""

from pathlib import Path
from typing import Protocol

from django.db import connection

from groupbuy.roof.backup import postgres, sqlite


class Copier(Protocol):
    """What each database's module offers; both raise ``Unusable`` with a sentence."""

    MARK: bytes  # how its backups begin

    def save(self, path: Path) -> None: ...
    def load(self, path: Path) -> None: ...


def copier() -> Copier:
    """Of the database that the settings name."""
    return postgres if connection.vendor == "postgresql" else sqlite
