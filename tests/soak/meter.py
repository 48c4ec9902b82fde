"""What the site holds: memory by process, sessions of the database, transactions, the queue."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import psutil

from tests.chaos.ground import Ground
from tests.services import broker

MB = 1024 * 1024
EVERY = 2.0  # seconds between two looks at the sessions
QUEUES = ("celery", "render")
SESSIONS = """
SELECT count(*),
  max(extract(epoch FROM clock_timestamp() - state_change))
    FILTER (WHERE state LIKE 'idle in transaction%'),
  max(extract(epoch FROM clock_timestamp() - state_change))
    FILTER (WHERE wait_event_type = 'Lock')
FROM pg_stat_activity WHERE usename = 'groupbuy'
"""


@dataclass
class Sessions:
    """``count`` now; the longest seconds idle in a transaction, and waiting for a lock."""

    count: int = 0
    idle: float = 0.0
    waiting: float = 0.0


@dataclass
class Reading:
    """At the end of a minute: process → (its number, MB), sessions, messages waiting."""

    memory: Mapping[str, tuple[int, float]] = field(default_factory=dict)
    sessions: int = 0
    queue: int = 0

    @property
    def whole(self) -> float:
        return sum(mb for _pid, mb in self.memory.values())


class Meter:
    """``with meter:`` looks at the sessions every two seconds."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground

    @contextmanager
    def watching(self) -> Iterator[Sessions]:
        """The worst that was seen while the block ran."""
        worst, is_over = Sessions(), threading.Event()

        def watch() -> None:
            while not is_over.wait(EVERY):
                seen = self.sessions()
                worst.count = max(worst.count, seen.count)
                worst.idle = max(worst.idle, seen.idle)
                worst.waiting = max(worst.waiting, seen.waiting)

        thread = threading.Thread(target=watch, daemon=True)
        thread.start()
        try:
            yield worst
        finally:
            is_over.set()
            thread.join()

    def sessions(self) -> Sessions:
        ((count, idle, waiting),) = self.ground.cluster.rows(SESSIONS)
        return Sessions(count, float(idle or 0), float(waiting or 0))

    def read(self) -> Reading:
        return Reading(self.memory(), self.sessions().count, self.queue())

    def memory(self) -> dict[str, tuple[int, float]]:
        """Whatever lives as long as the site does; what sets type comes and goes."""
        site, found = self.ground.site, {"keeper": self.ground.site.process.pid}
        for name, program in (("web", "granian"), ("worker", "tick")):
            first, *others = site.pids(program)
            found[name] = first
            found |= {f"{name} {n}": pid for n, pid in enumerate(sorted(others), 1)}
        for program in ("render", "beat"):
            found[program] = site.pids(program)[0]
        found["broker"] = self.ground.broker.process.pid
        told = {name: (pid, resident(pid)) for name, pid in found.items()}
        return told | self.database()

    def database(self) -> dict[str, tuple[int, float]]:
        """The largest session by what is its own, for the shared buffers fill with use."""
        backends = self.ground.cluster.backends()
        largest = max(map(own, backends), default=0.0)
        return {"largest session": (0, largest)}

    def queue(self) -> int:
        """Messages that nobody has taken, and those taken and not done."""
        with broker.client(self.ground.broker.url) as server:
            waiting = sum(server.llen(name) for name in QUEUES)
            return int(waiting) + int(server.hlen("unacked"))


def resident(pid: int) -> float:
    """MB that the process holds; 0 for one that has just gone."""
    with suppress(psutil.NoSuchProcess):
        return float(psutil.Process(pid).memory_info().rss) / MB
    return 0.0


def own(pid: int) -> float:
    """MB that it shares with nobody."""
    with suppress(psutil.NoSuchProcess):
        return float(psutil.Process(pid).memory_full_info().uss) / MB
    return 0.0
