"""``python -m tests.soak [minutes]``: one table by minute, one verdict, ``var/soak.json``."""

import os
import shutil
import sys
import time

from tests.chaos import apart
from tests.chaos.__main__ import say, write
from tests.chaos.ground import standing
from tests.roof.service.running import ROOT
from tests.soak import table
from tests.soak.minute import Minute

SETTINGS = "groupbuy.settings"  # production's own
OUTCOME = ROOT / "var" / "soak.json"
LEAST, USUAL = 2, 3  # minutes
COMPOUNDS = 12  # 4,080 homes, each of which orders once a day


def main(arguments: list[str]) -> int:
    """1 if anything failed."""
    count = int(arguments[0]) if arguments else USUAL
    if count < LEAST:
        say(f"{LEAST} minutes at least: the last is held against the first")
        return 2
    isolation = apart.step_apart("tests.soak", arguments)
    began = time.monotonic()
    minutes = run(count)
    write(["", table.head(), *(x for m in minutes for x in table.lines(m))])
    write(table.memory(minutes[0], minutes[-1]))
    write(table.verdict(minutes, time.monotonic() - began, isolation))
    table.save(minutes, OUTCOME)
    return table.status(minutes)


def run(count: int) -> list[Minute]:
    """Every minute and the end; what breaks off is a fault of the end's."""
    say("building the town")
    with standing("soak-", settings=SETTINGS, compounds=COMPOUNDS) as ground:
        from tests.soak.story import Soak  # noqa: PLC0415 - needs settings

        soak = Soak(ground, count)
        say(table.head())
        try:
            soak.run(lambda minute: say("\n".join(table.lines(minute))))
            end = soak.end()
        except Exception as fault:  # noqa: BLE001 - told, and the minutes before it
            end = Minute(
                "end", "broke off", faults=[f"{type(fault).__name__}: {fault}"]
            )
        if table.status([*soak.minutes, end]):
            OUTCOME.parent.mkdir(exist_ok=True)
            shutil.copy(ground.site.log, OUTCOME.with_suffix(".log"))
    return [*soak.minutes, end]


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
