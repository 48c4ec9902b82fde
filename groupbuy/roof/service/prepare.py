"""What must be done before the site can start; each step looks first whether it is needed."""

import hashlib
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from groupbuy.roof import catalogue
from groupbuy.roof.demo import load
from groupbuy.shared import db

WAIT = 1.0  # seconds a migration waits for a table, and lets others go first
TURNS = 60
DEMO = Path(__file__).resolve().parent.parent / "demo"


def prepare(say: Callable[[str], object]) -> None:
    """Translations, database, static files and, embedded only, the demo towns."""
    steps = {
        "translations": catalogue.compile_if_needed,
        "database": migrate_if_needed,
        "static files": collect_if_needed,
    }
    if not settings.PRODUCTION:
        steps["demo towns"] = load_demo_if_needed
    for name, step in steps.items():
        say(f"{name}: {'made' if step() else 'up to date'}")


def is_migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def migrate_if_needed() -> bool:
    if is_migrated():
        return False
    migrate_politely()
    return True


def migrate_politely() -> None:
    """Migrate while an older process still takes orders, without making it wait.

    A statement that needs a whole table queues behind the longest transaction, and everybody
    behind it. So it waits a second at most, gives way, and comes again: each migration is
    a transaction, and what is done stays done. Raises OperationalError in the end.
    """
    for left in reversed(range(TURNS)):
        try:
            with db.short_waits(WAIT):
                call_command("migrate", interactive=False, verbosity=0)
        except OperationalError as error:
            if not left or not db.gave_way(error):
                raise
            time.sleep(WAIT)
        else:
            return


def collect_if_needed() -> bool:
    """Collecting and compressing takes seconds: only when a file is new or changed."""
    mark = settings.STATIC_ROOT.parent / "static.mark"
    now = f"{version('django')} {mark_of(static_files())}"
    if (settings.STATIC_ROOT / "staticfiles.json").exists() and read(mark) == now:
        return False
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    mark.write_text(now)
    return True


def static_files() -> Iterator[Path]:
    for finder in get_finders():
        for path, storage in finder.list(["*.map"]):
            yield Path(storage.path(path))


def load_demo_if_needed() -> bool:
    """Once a day, for each version of its files, and again for an emptied database.

    Every day, so that somebody who comes back after a week finds an open group buy.
    """
    mark = settings.VAR_DIR / "demo.mark"
    files = mark_of(path for path in sorted(DEMO.rglob("*")) if path.suffix != ".pyc")
    now = f"{timezone.localdate()} {files}"
    if read(mark) == now and apps.get_model("community", "Town").objects.exists():
        return False
    load(timezone.now())
    mark.write_text(now)
    return True


def mark_of(paths: Iterator[Path]) -> str:
    """A short text that changes when one of these files does."""
    digest = hashlib.sha256()
    for path in paths:
        found = path.stat()
        digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def read(mark: Path) -> str:
    return mark.read_text() if mark.exists() else ""
