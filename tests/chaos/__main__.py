"""``python -m tests.chaos [names]``: break it, print one table, write ``var/chaos.json``."""

import os
import shutil
import sys
import time
from contextlib import suppress

from tests.chaos import apart, faketime, table
from tests.chaos.ground import Ground, standing
from tests.chaos.row import Row
from tests.chaos.rows import ROWS
from tests.chaos.told import Skip, Told
from tests.roof.service.running import ROOT

SETTINGS = "tests.chaos.settings"
OUTCOME = ROOT / "var" / "chaos.json"


def main(arguments: list[str]) -> int:
    """1 if any row failed; rows that this machine does not permit are said, loudly."""
    try:
        rows = chosen(arguments)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    faketime.find()  # before this process leaves the machine's network
    isolation = apart.step_apart("tests.chaos", arguments)
    if isolation:
        say(f"!!! NOT ISOLATED from this machine's network: {isolation}")
    began = time.monotonic()
    try:
        told = run(rows)
    finally:
        faketime.forget()
    write(table.lines(told))
    write(table.end(told, time.monotonic() - began, isolation))
    table.save(told, OUTCOME)
    return table.status(told)


def chosen(names: list[str]) -> list[Row]:
    """All rows, or those named, in the table's order. Raises ValueError with the names."""
    if unknown := set(names) - set(ROWS):
        known = ", ".join(ROWS)
        raise ValueError(
            f"no such fault: {', '.join(sorted(unknown))}; there are: {known}"
        )
    return [row for name, row in ROWS.items() if not names or name in names]


def run(rows: list[Row]) -> list[Told]:
    """What was told so far even if somebody stops it."""
    told: list[Told] = []
    say("building the town")
    with standing("chaos-", settings=SETTINGS) as ground, suppress(KeyboardInterrupt):
        for row in rows:
            say(f"{row.name}: {row.done}")
            told.append(one(ground, row))
            say("".join(f"\n{line}" for line in table.lines(told[-1:])[2:]))
    return told


def one(ground: Ground, row: Row) -> Told:
    told, began = Told(row.name, row.done), time.monotonic()
    try:
        row.run(ground, told)
        ground.after(told)
    except Skip as reason:
        told.skipped = str(reason)
        ground.mend()
    except Exception as fault:  # noqa: BLE001 - it is the row's, and the table goes on
        told.faults.append(f"{type(fault).__name__}: {fault}")
        keep_logs(ground, row)
        ground.mend()
    told.seconds = time.monotonic() - began
    return told


def keep_logs(ground: Ground, row: Row) -> None:
    """What the site said, for whoever looks for the reason."""
    kept = OUTCOME.parent / f"chaos-{row.name}.log"
    kept.parent.mkdir(exist_ok=True)
    shutil.copy(ground.site.log, kept)
    say(f"the site's log is kept in {kept}")


def say(text: str) -> None:
    """What is going on, for whoever waits."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def write(lines: list[str]) -> None:
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
