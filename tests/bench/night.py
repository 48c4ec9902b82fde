"""After the cutoff: close, build, print; each beside the least it could cost.

The product's part runs in a process of its own, ``python -m tests.bench.night BATCH …``, so that
its memory can be read off; it answers with one line of JSON.
"""

import io
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import xlsxwriter

SUPPLY = """
INSERT INTO delivery_supplyorder (batch_id, supplier_id, version, packages, made_at)
SELECT %(batch)s, l.supplier_id, 9, SUM(l.quantity), now()
FROM delivery_pickuplist p JOIN delivery_pickupline l ON l.pickup_list_id = p.id
WHERE p.batch_id = %(batch)s AND p.version = 9 GROUP BY l.supplier_id;
INSERT INTO delivery_supplyline (supply_order_id, gate_id, stock_id, quantity)
SELECT so.id, l.gate_id, l.stock_id, SUM(l.quantity)
FROM delivery_pickuplist p JOIN delivery_pickupline l ON l.pickup_list_id = p.id
JOIN delivery_supplyorder so ON so.batch_id = p.batch_id AND so.version = 9
  AND so.supplier_id = l.supplier_id
WHERE p.batch_id = %(batch)s AND p.version = 9 GROUP BY so.id, l.gate_id, l.stock_id;
INSERT INTO delivery_handoff (batch_id, supplier_id, version)
SELECT batch_id, supplier_id, 9 FROM delivery_supplyorder
WHERE batch_id = %(batch)s AND version = 9
"""
BY_HAND = (
    """
SELECT id FROM catalog_stock WHERE batch_id = %(batch)s ORDER BY id FOR NO KEY UPDATE;
UPDATE catalog_batch SET state = 'closed', closed_at = now() WHERE id = %(batch)s;
UPDATE catalog_stock SET is_open = false WHERE batch_id = %(batch)s;
INSERT INTO delivery_pickuplist (batch_id, compound_id, version, homes, packages, made_at)
SELECT %(batch)s, o.compound_id, 9, count(DISTINCT o.id), SUM(l.quantity), now()
FROM orders_order o JOIN orders_orderline l ON l.order_id = o.id
WHERE o.batch_id = %(batch)s GROUP BY o.compound_id;
INSERT INTO delivery_pickupline (pickup_list_id, order_id, order_line_id, stock_id,
  supplier_id, gate_id, building, unit, room, building_sort, room_sort, home_key, code,
  quantity, note, bring_to_door)
SELECT p.id, o.id, l.id, s.id, s.supplier_id, b.gate_id, o.building, o.unit, o.room,
  o.building_sort, o.room_sort, o.home_key, s.code, l.quantity, o.note, o.bring_to_door
FROM orders_order o
JOIN orders_orderline l ON l.order_id = o.id
JOIN catalog_stock s ON s.id = l.stock_id
JOIN community_building b ON b.id = o.in_building_id
JOIN delivery_pickuplist p ON p.batch_id = %(batch)s AND p.version = 9
  AND p.compound_id = o.compound_id
WHERE o.batch_id = %(batch)s;
"""
    + SUPPLY
)


def by_hand(batch_id: int) -> float:
    """Seconds of hand-written SQL that makes the same rows; nothing of it stays."""
    from django.db import transaction  # noqa: PLC0415 - this module also runs without Django

    from groupbuy.shared import db  # noqa: PLC0415

    started = time.perf_counter()
    with transaction.atomic():
        db.changed(BY_HAND, {"batch": batch_id})
        db.changed("SET CONSTRAINTS ALL IMMEDIATE")  # foreign keys, as a commit would
        took = time.perf_counter() - started
        transaction.set_rollback(True)
    return took


def product(batch_id: int, *parts: str) -> dict[str, float]:
    """Seconds of each part in a fresh process, and the peaks of memory in MB."""
    command = [sys.executable, "-m", "tests.bench.night", str(batch_id), *parts]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    peaks = Peaks(process.pid)
    answer, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"the night's work failed with {process.returncode}")
    return json.loads(answer) | peaks.end()


class Peaks(threading.Thread):
    """Reads the high-water mark of a process and of its children while they live."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.process, self.high, self.over = psutil.Process(pid), {}, threading.Event()
        self.start()

    def run(self) -> None:
        while not self.over.wait(0.05):
            try:
                family = self.process.children(recursive=True)
                marks = {p.pid: high_water(p.pid) for p in [self.process, *family]}
            except (psutil.NoSuchProcess, OSError):
                continue
            for pid, mark in marks.items():
                self.high[pid] = max(mark, self.high.get(pid, 0.0))

    def end(self) -> dict[str, float]:
        self.over.set()
        self.join()
        own = self.high.pop(self.process.pid, 0.0)
        return {"own_mb": own, "child_mb": max(self.high.values(), default=0.0)}


def high_water(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0.0


def bare_sheets(jobs: list[bytes]) -> float:
    """Seconds of two bare renderers over the same documents, already as files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        halves = [folder / "0.jsonl", folder / "1.jsonl"]
        for n, half in enumerate(halves):
            half.write_bytes(b"\n".join(jobs[n::2]) + b"\n")
        started = time.perf_counter()
        running = []
        for half in halves:
            with half.open("rb") as work:
                command = [sys.executable, "-m", "delivery.documents.press", name]
                environment = os.environ | {"RAYON_NUM_THREADS": "1"}
                running.append(
                    subprocess.Popen(
                        command, stdin=work, stdout=subprocess.DEVNULL, env=environment
                    )
                )
        assert [process.wait() for process in running] == [0, 0]
        return time.perf_counter() - started


def bare_excel(rows: list[tuple[object, ...]]) -> float:
    """Seconds of xlsxwriter alone over the same cells."""
    started = time.perf_counter()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    book = xlsxwriter.Workbook(io.BytesIO(), options)
    page = book.add_worksheet()
    for n, row in enumerate(rows):
        for k, cell in enumerate(row):
            page.write(n, k, cell)
    book.close()
    return time.perf_counter() - started


def clocked(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main(batch_id: int, parts: list[str]) -> dict[str, float]:
    """The product's own verbs, part by part; "idle" does nothing, for its memory."""
    import django  # noqa: PLC0415

    django.setup()
    from django.urls import get_resolver  # noqa: PLC0415

    from tests.bench import product as verbs  # noqa: PLC0415

    assert get_resolver().url_patterns  # a worker that lives on loads them once
    return {
        part: clocked(lambda part=part: verbs.PARTS[part](batch_id)) for part in parts
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(int(sys.argv[1]), sys.argv[2:])))
