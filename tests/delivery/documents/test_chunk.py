"""Many documents at once, in processes of their own: one bad job stays one."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from delivery.documents import cut
from delivery.documents.chunk import ROOT, Job, render_many
from delivery.documents.faults import DocumentFault
from delivery.documents.shapes import ListData
from delivery.documents.typeset import Pdf
from tests.delivery.documents.poppler import text_of
from tests.delivery.documents.sample import building, gate, home, homes, pickup_list


@pytest.fixture(autouse=True)
def own_temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Temporary folders are made here, where a forgotten one is seen."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def one_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    """All jobs in one press, so that it can die with some behind it and some before it."""
    monkeypatch.setattr(cut, "LEAST", 10**9)


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A press for each job."""
    monkeypatch.setattr(cut, "LEAST", 1)
    monkeypatch.setattr(cut, "MOST", 1)


def compound(name: str, count: int = 3) -> ListData:
    return replace(pickup_list(gate(building("1", *homes(count)))), compound=name)


def is_press(pid: str) -> bool:
    return b"documents.press" in Path(f"/proc/{pid}/cmdline").read_bytes()


def children() -> list[str]:
    lists = [task / "children" for task in Path("/proc/self/task").iterdir()]
    return [pid for one in lists for pid in one.read_text().split()]


def presses() -> list[int]:
    """Renderers that this process has running."""
    return [int(pid) for pid in children() if is_press(pid)]


@pytest.mark.usefixtures("small_chunks")
def test_every_job_comes_back_once_with_its_own_document(own_temp: Path) -> None:
    jobs = [Job(i, "list", compound(f"小区{i}")) for i in range(7)]

    made = dict(render_many(iter(jobs), processes=2))

    assert sorted(made) == list(range(7))
    for i, pdf in made.items():
        assert isinstance(pdf, Pdf)
        assert pdf.pages == 4
        assert f"小区{i}" in text_of(pdf.content)
    assert presses() == []
    assert list(own_temp.iterdir()) == []


def test_a_poisoned_job_is_a_fault_and_the_others_are_printed() -> None:
    broken = replace(compound("x"), volunteer_url=None)  # type: ignore[arg-type]
    jobs = [
        Job("first", "list", compound("a")),
        Job("unprintable", "list", compound("𪚥苑")),
        Job("broken", "list", broken),
        Job("empty", "list", pickup_list()),
        Job("unknown", "nothing", compound("b")),
        Job("last", "slips", compound("c")),
    ]

    made = dict(render_many(jobs, processes=1))

    assert [key for key, pdf in made.items() if isinstance(pdf, Pdf)] == [
        "first",
        "last",
    ]
    assert all(
        isinstance(made[key], DocumentFault)
        for key in ("unprintable", "broken", "empty", "unknown")
    )
    assert "𪚥" in str(made["unprintable"])


def test_a_fault_of_the_template_stays_with_its_job() -> None:
    unpaid = home("201", due_cents=None)
    unfit = replace(compound("a"), gates=(gate(building("1", unpaid)),))
    jobs = [Job(1, "list", unfit), Job(2, "list", compound("b"))]

    made = dict(render_many(jobs, processes=1))

    assert isinstance(made[1], DocumentFault)
    assert isinstance(made[2], Pdf)


def large(count: int) -> Iterator[Job]:
    for i in range(count):
        yield Job(i, "list", compound(f"小区{i}", 100))


@pytest.mark.usefixtures("one_chunk")
def test_a_killed_renderer_costs_one_job() -> None:
    run = render_many(large(5), processes=1)
    made = dict([next(run)])

    for pid in presses():
        os.kill(pid, signal.SIGKILL)
    made |= dict(run)

    faults = [pdf for pdf in made.values() if isinstance(pdf, DocumentFault)]
    assert sorted(made) == list(range(5))
    assert len(faults) == 1
    assert "died (-9)" in str(faults[0])


@pytest.mark.usefixtures("one_chunk")
def test_a_renderer_that_hangs_costs_one_job() -> None:
    run = render_many(large(4), processes=1, seconds=5)
    made = dict([next(run)])

    for pid in presses():
        os.kill(pid, signal.SIGSTOP)
    made |= dict(run)

    faults = [pdf for pdf in made.values() if isinstance(pdf, DocumentFault)]
    assert sorted(made) == list(range(4))
    assert len(faults) == 1
    assert "took over 5 s" in str(faults[0])


@pytest.mark.usefixtures("small_chunks")
def test_every_press_works_before_the_first_has_said_anything() -> None:
    others, running = len(children()), []

    def jobs() -> Iterator[Job]:
        for job in large(3):
            running.append(len(children()) - others)  # one just born has no name yet
            yield job

    next(render_many(jobs(), processes=2))

    assert running == [0, 1, 2]


def test_a_run_that_is_left_early_leaves_nothing_behind(own_temp: Path) -> None:
    run = render_many(large(5), processes=2)
    next(run)

    run.close()

    assert presses() == []
    assert list(own_temp.iterdir()) == []


def test_characters_that_print_as_a_box_are_told() -> None:
    data = pickup_list(gate(building("1", home("201", who="王𪚥"))))

    ((_, pdf),) = render_many([Job(1, "list", data)])

    assert isinstance(pdf, Pdf)
    assert pdf.missing == {"𪚥"}


def test_a_renderer_loads_no_django_and_no_font_tables() -> None:
    code = "import sys, delivery.documents.press; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    assert not {"django", "fontTools", "segno", "xlsxwriter"} & set(loaded)


FROM_A_DAEMON = """
import multiprocessing, sys
from delivery.documents.chunk import render_many
from tests.delivery.documents.test_chunk import large

def work(queue):
    queue.put([pdf.pages > 1 for _, pdf in render_many(large(2))])

if __name__ == "__main__":
    queue = multiprocessing.Queue()
    child = multiprocessing.Process(target=work, args=(queue,), daemon=True)
    child.start()
    print(queue.get(timeout=100))
    child.join()
"""


def test_it_works_inside_a_daemonic_child_such_as_a_celery_worker(
    tmp_path: Path,
) -> None:
    script = tmp_path / "daemon.py"
    script.write_text(FROM_A_DAEMON)

    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.strip() == "[True, True]", done.stderr
