"""One minute of the soak, which is one day of the town, and what condemns it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field

from tests.chaos.judge import Seen, judge
from tests.chaos.told import Told
from tests.soak.meter import Reading, Sessions

GROWTH = 1.2  # at the end, beside the first minute
LATE, BUSY = "late", "503"
MOST = 5  # faults of one kind that are told
IDLE_MOST = 5.0  # seconds; the site itself ends a session that was idle for 60
WAIT_MOST = 5.0  # seconds for a lock; a page's patience is 1.5, three times
CLOSED_WITHIN = 30.0  # seconds after the cutoff: 5 of grace, a beat of 15, and some


@dataclass(frozen=True)
class Kept:
    """An order's row."""

    number: str
    home: str
    state: str
    revision: int


@dataclass
class Minute(Told):
    """``Told`` of its residents' orders, and beside it what else was seen in it.

    ``closed`` and ``printed`` are of the day before: seconds after its cutoff, None if not yet.
    """

    acts: Counter[str] = field(default_factory=Counter)
    tail: float = 0.0  # of twenty orders nineteen were quicker, seconds
    sessions: Sessions = field(default_factory=Sessions)
    reading: Reading = field(default_factory=Reading)
    verified: float = 0.0  # seconds that ``verify`` took
    closed: float | None = None
    printed: float | None = None

    def judge_words(self, wrong: Iterable[str]) -> None:
        """Only being late and the busy page are excused; nothing was broken."""
        odd = {w: n for w, n in self.refused.items() if w not in {LATE, BUSY}}
        self.expect(not odd, f"orders were answered {odd}")
        self.expect(not self.lost, f"{self.lost} orders were not answered")
        self.faults += list(wrong)[:MOST]

    def judge_orders(
        self,
        seen: Iterable[Seen],
        kept: list[Kept],
        changed: Set[str] = frozenset(),
        cancelled: Set[str] = frozenset(),
    ) -> None:
        """Each that was seen is there exactly once, and as its resident left it."""
        found = judge(seen, [Seen(one.number, one.home) for one in kept])
        self.faults += (found + changes(kept, changed, cancelled))[:MOST]

    def judge_sessions(self) -> None:
        idle, waiting = self.sessions.idle, self.sessions.waiting
        self.expect(idle <= IDLE_MOST, f"a transaction was idle for {idle:.0f} s")
        self.expect(waiting <= WAIT_MOST, f"a lock was waited for {waiting:.0f} s")

    def judge_day_before(self) -> None:
        closed = self.closed
        in_time = closed is not None and closed <= CLOSED_WITHIN
        self.expect(in_time, f"the day before was closed after {closed} s")


def changes(kept: Iterable[Kept], changed: Set[str], cancelled: Set[str]) -> list[str]:
    """Orders that are not as their residents left them."""
    by_number = {one.number: one for one in kept}
    unchanged = [
        f"order {number} was changed and is as before"
        for number in changed
        if (one := by_number.get(number)) and one.revision < 2
    ]
    return unchanged + [
        f"order {one.number} is {one.state}"
        for one in by_number.values()
        if (one.state == "cancelled") != (one.number in cancelled)
    ]


def growth(first: Reading, last: Reading) -> list[str]:
    """What the site holds more of than it should, or in another process than before."""
    faults = []
    for name, (pid, mb) in last.memory.items():
        then, was = first.memory.get(name, (0, 0.0))
        if then != pid:
            faults.append(f"{name} was started anew")
        elif mb > GROWTH * was:
            faults.append(f"{name} grew from {was:.0f} to {mb:.0f} MB")
    faults += [f"{name} is gone" for name in first.memory.keys() - last.memory.keys()]
    if last.sessions > GROWTH * first.sessions:
        faults.append(f"from {first.sessions} to {last.sessions} database sessions")
    if last.queue:
        faults.append(f"{last.queue} messages are left in the queue")
    return faults


def ratios(first: Reading, last: Reading) -> Mapping[str, tuple[float, float]]:
    """Process → MB after the first minute and at the end."""
    return {
        name: (first.memory.get(name, (0, 0.0))[1], mb)
        for name, (_pid, mb) in last.memory.items()
    }


def tail_of(seconds: Iterable[float]) -> float:
    """Nineteen of twenty were no slower."""
    ordered = sorted(seconds)
    return ordered[len(ordered) * 19 // 20] if ordered else 0.0
