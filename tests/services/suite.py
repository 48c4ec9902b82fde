"""``make test``: the suite on SQLite, then on PostgreSQL; the last lines say what ran.

What no database could change (the readers, paper, lints, how pages look) runs on SQLite only.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.services.report import Ran

RUNS = {"sqlite": [], "postgres": ["--again"]}


def main(arguments: list[str]) -> int:
    """0 only if both runs passed; further arguments go to pytest."""
    with tempfile.TemporaryDirectory() as folder:
        reports = {name: Path(folder) / f"{name}.json" for name in RUNS}
        codes = [
            run(name, reports[name], [*more, *arguments]) for name, more in RUNS.items()
        ]
        ran = [Ran.load(path) for path in reports.values() if path.exists()]
    print_end(ran)
    return max(codes)


def run(database: str, report: Path, arguments: list[str]) -> int:
    print(f"\n=== The suite on {database} ===", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal"]
    command += [f"--database={database}", *arguments]
    environment = {**os.environ, "SUITE_REPORT": str(report)}
    return subprocess.run(command, env=environment, check=False).returncode


def print_end(ran: list[Ran]) -> None:
    for one in ran:
        for line in one.skipped:
            print(f"!!! SKIPPED on {one.database}: {line}")
        for line in one.stragglers:
            print(f"!!! LEFT IN THE DATABASE {one.database}: {line}")
    counts = [one.told() for one in ran]
    brokers = sorted({one.broker for one in ran})
    print(f"databases: {', '.join([*counts, *brokers])}")
    passed, failed = sum(one.passed for one in ran), sum(one.failed for one in ran)
    skipped = sum(len(one.skipped) for one in ran)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
