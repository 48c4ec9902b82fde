"""A renderer that dies at any step: the next tick finishes, and leaves nothing of the dead one."""

import contextlib
import io
import os
import re
import signal
import subprocess
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
from django.core.files.storage import default_storage

from delivery.actions.render import render_due
from delivery.actions.store import store_written
from delivery.documents.workshop import workshop
from delivery.models import Paperwork, Sheet
from delivery.queries.sheets import Coded, Wanted
from delivery.states import SheetKind
from groupbuy.roof.tick import tick
from tests.kills.killing import NEVER, killed_at
from tests.kills.matrix import broken
from tests.kills.stories import built
from tests.kills.world import LATER, World, books, shelf

pytestmark = pytest.mark.django_db(transaction=True)

DEATHS = 6  # each costs two renderers; KILLS=all dies at every step
ITS_OWN = re.compile(r"马桥镇\d+|居委会\d+|古藤马桥\d+|T\d{6}")  # a town's own names


@pytest.fixture
def folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: pytest.FixtureRequest
) -> Path:
    """The shelf and the renderers' own folder, where this story can look into them."""
    settings.MEDIA_ROOT = tmp_path / "shelf"  # type: ignore[attr-defined]
    workshop = tmp_path / "workshop"
    workshop.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(workshop))
    return workshop


def test_a_dead_renderer_is_followed_by_one_that_finishes(
    folders: Path, tmp_path: Path
) -> None:
    notes = tmp_path / "notes"
    honest = built()
    died, steps, _ = killed_at(NEVER, lambda: render_due(LATER), notes)
    assert not died
    whole, text = shelf(honest)[0], documents(honest)
    stride = 1 if os.environ.get("KILLS") == "all" else max(1, steps // DEATHS)

    for n in range(steps % stride or stride, steps + 1, stride):
        world = built()
        before = books(world)
        died, *_ = killed_at(n, lambda: render_due(LATER), notes)
        assert died
        keys, named, there = shelf(world)
        assert not keys - whole, f"step {n}: a document twice, or one nobody wants"
        assert named <= there, f"step {n}: a row without its file"
        assert gone(folders), f"step {n}: a renderer's child outlives it"

        for _ in range(2):
            assert tick(now=LATER).failed == []

        keys, named, there = shelf(world)
        assert keys == whole, f"step {n}"
        assert named == there, f"step {n}: left on the shelf: {there - named}"
        assert list(folders.iterdir()) == [], f"step {n}: left in the workshop"
        assert documents(world) == text, f"step {n}: other data on paper"
        assert books(world)["lists"] == before["lists"]
        paperwork = Paperwork.objects.get(batch=world.batch)
        assert paperwork.sheets_done == paperwork.sheets_total == len(whole)
        assert paperwork.rendered_at == LATER
        assert broken() == []


def test_a_folder_in_which_somebody_works_is_left_alone(folders: Path) -> None:
    """Two renderers share one machine; only the dead one's folder is cleared away."""
    dead = folders / "sheets-dead"
    dead.mkdir()
    (dead / "chunk-0.jsonl").write_text("3-502")
    with workshop() as mine, workshop() as other:
        assert mine != other
        assert mine.exists()
        assert sorted(folders.iterdir()) == sorted([mine, other])
    assert list(folders.iterdir()) == []


def test_a_zip_whose_writer_died_is_swept_from_the_shelf(
    folders: Path, tmp_path: Path
) -> None:
    world = built()
    assert tick(now=LATER).failed == []
    world.batch.sheets.filter(kind=SheetKind.ALL_PDF).delete()
    Paperwork.objects.filter(batch=world.batch).update(rendered_at=None)

    def half(file: IO[bytes]) -> None:
        file.write(b"PK")
        file.flush()
        os.kill(os.getpid(), signal.SIGKILL)

    made = Coded(Wanted(SheetKind.ALL_PDF, 1))
    died, *_ = killed_at(
        NEVER, lambda: store_written(world.batch, made, half, now=LATER), tmp_path / "n"
    )

    assert died
    _, named, there = shelf(world)
    assert len(there - named) == 2, "the one before it, whose row was deleted, and this"
    assert tick(now=LATER).failed == []
    _, named, there = shelf(world)
    assert named == there
    assert world.batch.sheets.filter(kind=SheetKind.ALL_PDF).count() == 1
    assert list(folders.iterdir()) == []


def gone(folder: Path) -> bool:
    """No process works in ``folder`` any more; a child may finish its page first."""
    for _ in range(200):
        if not any(bytes(folder) in command for command in commands()):
            return True
        time.sleep(0.05)
    return False


def commands() -> Iterator[bytes]:
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):  # it has just ended
            yield path.read_bytes()


def documents(world: World) -> Counter[tuple[str, str, str]]:
    """What is to be read on each stored document: words and numbers, not bytes."""
    sheets = Sheet.objects.filter(batch=world.batch).select_related("supplier")
    return Counter(
        (
            sheet.kind,
            str(sheet.supplier or ""),
            ITS_OWN.sub("·", " ".join(words(sheet).split())),
        )
        for sheet in sheets
    )


def words(sheet: Sheet) -> str:
    with default_storage.open(sheet.file.name, "rb") as file:
        content = file.read()
    if sheet.file.name.endswith(".xlsx"):
        return cells(content)
    if sheet.file.name.endswith(".zip"):
        return ""  # the PDFs above, packed
    told = subprocess.run(
        ["pdftotext", "-layout", "-", "-"],
        input=content,
        capture_output=True,
        check=True,
    )
    return told.stdout.decode()


def cells(workbook: bytes) -> str:
    """Its pages and their words; beside these a workbook says when it was written."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as pack:
        pages = [
            n for n in pack.namelist() if "worksheets" in n or "sharedStrings" in n
        ]
        return "".join(pack.read(name).decode() for name in sorted(pages))
