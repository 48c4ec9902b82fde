"""The drill (T28): a backup in the rush, restored elsewhere; what it lost has a name."""

import itertools
import stat
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from delivery.models import Paperwork, Sheet
from groupbuy.community.models import Heartbeat, LogEntry, Town
from groupbuy.roof.backup.after import has_another_key
from groupbuy.shared.db import changed, rows
from orders.models import Order
from tests import factories
from tests.delivery.days import built_day
from tests.factories import DAY, NOON
from tests.races.conftest import Rush, rush  # noqa: F401 - pytest finds it by its name
from tests.roof.backup.drill import fresh, here
from tests.services import postgres

NUMBERS = "SELECT number FROM orders_order"


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor == "postgresql":
        monkeypatch.setenv("PG_BIN", str(postgres.programs()))


def numbers() -> set[str]:
    return set(Order.objects.values_list("number", flat=True))


def far_ahead(rush: Rush) -> None:  # noqa: F811
    """Real clocks run in the other processes: the day must not be over for them."""
    much = timedelta(days=365 * 200)
    for name in ("until_link", "until_heads"):
        setattr(rush.batch, name, getattr(rush.batch, name) + much)
    rush.batch.delivery_on += much
    rush.batch.save()


def test_a_backup_in_the_rush_holds_every_order_of_before(
    rush: Rush,  # noqa: F811
    tmp_path: Path,
) -> None:
    far_ahead(rush)
    for home in range(5):
        rush.place(home)
    before, done, placed = numbers(), threading.Event(), []

    def crowd() -> None:
        for n in itertools.count(5):
            if done.is_set() or n == 60:
                break
            placed.append(rush.place(n).order.number)
            time.sleep(0.02)
        connection.close()

    ordering = threading.Thread(target=crowd)
    ordering.start()
    file = tmp_path / "night.backup"
    call_command("backup", file)
    in_the_rush = len(placed)
    done.set()
    ordering.join()

    with fresh(tmp_path) as elsewhere:
        said = elsewhere.manage("restore", file)
        there = set(elsewhere.rows(NUMBERS))
    assert in_the_rush > 0, "orders went on coming in meanwhile"
    assert said.returncode == 0, said.stdout + said.stderr
    assert "all rules hold" in said.stdout
    assert "LOST" not in said.stdout, "an empty database had nothing to lose"
    assert before <= there <= before | set(placed)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert Heartbeat.objects.filter(name="backup").exists()
    assert LogEntry.objects.filter(verb="backup").count() == Town.objects.count()


def test_what_was_ordered_after_the_backup_is_named(
    rush: Rush,  # noqa: F811
    tmp_path: Path,
) -> None:
    far_ahead(rush)
    rush.place(1)
    call_command("backup", tmp_path / "night.backup")
    kept = numbers()
    later = {rush.place(home).order.number for home in (2, 3)}
    connection.close()

    said = here(tmp_path).manage("restore", tmp_path / "night.backup", "--force")

    assert said.returncode == 0, said.stdout + said.stderr
    assert numbers() == kept
    [line] = [line for line in said.stdout.splitlines() if "LOST" in line]
    assert set(line.partition(": ")[2].split(", ")) == later
    assert LogEntry.objects.get(verb="restore").data == {"lost": 2}


def test_a_town_in_use_is_replaced_by_force_only(
    transactional_db: None, tmp_path: Path
) -> None:
    town = factories.make_town()
    call_command("backup", tmp_path / "b")
    connection.close()

    said = here(tmp_path).manage("restore", tmp_path / "b")

    assert said.returncode == 1
    assert "--force" in said.stderr
    assert Town.objects.get() == town


@pytest.mark.parametrize("spoilt", ["cut", "other"])
def test_a_bad_file_changes_nothing(
    transactional_db: None, tmp_path: Path, spoilt: str
) -> None:
    town = factories.make_town()
    call_command("backup", tmp_path / "b")
    whole = (tmp_path / "b").read_bytes()
    cut = whole[: len(whole) // 2] if spoilt == "cut" else b"-- INSERT INTO town" * 99
    (tmp_path / "bad").write_bytes(cut)
    connection.close()

    said = here(tmp_path).manage("restore", tmp_path / "bad", "--force")

    assert said.returncode == 1
    assert "Traceback" not in said.stderr
    assert Town.objects.get() == town


def test_a_backup_replaces_no_file_and_leaves_no_half(
    transactional_db: None, tmp_path: Path
) -> None:
    (tmp_path / "b").write_text("yesterday's")
    with pytest.raises(CommandError):
        call_command("backup", tmp_path / "b")
    with pytest.raises(CommandError):
        call_command("backup", tmp_path / "no such folder" / "b")

    assert (tmp_path / "b").read_text() == "yesterday's"
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_what_was_forgotten_since_is_forgotten_again(
    transactional_db: None, tmp_path: Path, settings: object
) -> None:
    """The day is of 2022, the other process's clock is today's: all of it is overdue."""
    settings.MEDIA_ROOT = tmp_path / "sheets"  # type: ignore[attr-defined]
    day = built_day()
    leave = {"batch": day.batch, "version": 1, "made_at": NOON}
    Sheet.objects.create(
        kind="doors", compound=day.compound, file="1/gone.pdf", **leave
    )
    Sheet.objects.create(kind="supply", file="1/supply-gone.pdf", **leave)
    Paperwork.objects.update(rendered_at=NOON)
    later = default_storage.save("1/doors-later.pdf", ContentFile(b"%PDF 3-502"))
    call_command("backup", tmp_path / "b")
    connection.close()

    here(tmp_path).manage("restore", tmp_path / "b", "--force")

    assert set(Order.objects.values_list("phone", "name", "room")) == {("", "", "")}
    assert not default_storage.exists(later), "no row knew it: nobody would shred it"
    assert not Sheet.objects.exists()
    assert Paperwork.objects.get().rendered_at is None, "supply orders come again"
    assert day.batch.delivery_on == DAY + timedelta(days=1)


def test_another_secret_key_is_noticed(db: None, settings: object) -> None:
    assert not has_another_key(), "no link, nothing to say"
    built_day()
    assert not has_another_key()
    settings.SECRET_KEY = "somebody else's"  # type: ignore[attr-defined]
    assert has_another_key()


@pytest.mark.postgres
def test_a_restore_that_was_killed_is_done_again(
    rush: Rush,  # noqa: F811
    tmp_path: Path,
) -> None:
    """Killed after the old tables were put aside: they are still there, and not for long."""
    far_ahead(rush)
    rush.place(1)
    call_command("backup", tmp_path / "b")
    changed("ALTER SCHEMA public RENAME TO before_restore")
    changed("CREATE SCHEMA public")
    connection.close()

    said = here(tmp_path).manage("restore", tmp_path / "b")

    assert said.returncode == 0, said.stdout + said.stderr
    assert len(numbers()) == 1
    assert rows("SELECT 1 FROM pg_namespace WHERE nspname = 'before_restore'") == []
