"""The soak itself: minute after minute, each a day of the town."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from tests.chaos.ground import Ground
from tests.chaos.rows.clockwork import send
from tests.chaos.rows.replies import expect_clock
from tests.chaos.site import until
from tests.soak.crew import Desk, Head, Volunteers
from tests.soak.meter import Meter
from tests.soak.minute import Kept, Minute, growth, tail_of
from tests.soak.people import Residents, Tally, at_work

FIRST = 3000  # orders of the day that is due when the first minute begins
MINUTE = 60.0
LAST_CALL = 1.0  # seconds of a minute that come after its day's cutoff
VERIFY_AT = 40.0
CREW_PAUSE = 3.0
PRINTED_WITHIN = 180.0
QUIET = 30.0
ORDERS = (
    "SELECT number, home_key, state, revision FROM orders_order WHERE batch_id = %s"
)
BY_HEAD = """
SELECT count(*) FROM orders_order
WHERE batch_id = %s AND channel = 'head' AND state = 'standing'
"""
TIMES = """
SELECT extract(epoch FROM b.closed_at - b.until_heads),
  extract(epoch FROM p.rendered_at - b.until_heads)
FROM catalog_batch b LEFT JOIN delivery_paperwork p ON p.batch_id = b.id WHERE b.id = %s
"""


class Soak:
    """``run`` goes through the minutes; ``end`` through all that was seen, once more."""

    def __init__(self, ground: Ground, minutes: int) -> None:
        self.ground, self.count = ground, minutes
        self.meter, self.tally = Meter(ground), Tally()
        self.head = Head(ground, self.tally)
        self.volunteers = Volunteers(ground, self.tally)
        self.desk = Desk(ground, self.tally)
        self.days: list[Residents] = []
        self.minutes: list[Minute] = []

    def run(self, tell: Callable[[Minute], object]) -> None:
        """One day is due as it begins, so that the first minute, too, closes and prints one."""
        town = self.ground.town
        self.before = town.full_day(
            FIRST, compounds=len(town.world.compounds), offers=4
        ).pk
        town.move_back(self.before, timedelta(0))
        town.end(self.before)
        send("verify")  # the next would come in ten minutes
        crew = (self.head.work, self.volunteers.work, self.desk.work)
        with at_work(self.tally, *crew, pause=CREW_PAUSE):
            for number in range(1, self.count + 1):
                self.minutes.append(self.minute(number))
                tell(self.minutes[-1])

    def minute(self, number: int) -> Minute:
        minute = Minute(str(number), "a day is ordered for, the one before is closed")
        began = time.monotonic()
        day = self.ground.day()
        left = began + MINUTE - LAST_CALL - time.monotonic()
        cutoff = self.ground.shut(day, -left)
        self.head.begin(day, cutoff)
        self.desk.day = day
        kind = partial(Residents, tally=self.tally, until=cutoff)
        with (
            self.meter.watching() as minute.sessions,
            self.ground.ordering(day, minute, kind=kind) as crowd,
        ):
            time.sleep(VERIFY_AT)
            self.verify(minute)
            time.sleep(max(began + MINUTE - time.monotonic(), 0))
        self.ground.town.end(day.batch)
        self.days.append(crowd)
        self.judge(minute, crowd)
        self.before = day.batch
        return minute

    def verify(self, minute: Minute) -> None:
        began = time.monotonic()
        minute.expect_books(self.ground.site.manage("verify"))
        minute.verified = time.monotonic() - began

    def judge(self, minute: Minute, crowd: Residents) -> None:
        """What can be said while the next day begins."""
        minute.reading = self.meter.read()
        minute.acts, wrong = self.tally.taken()
        minute.tail = tail_of(crowd.accepted)
        self.read_times(minute)
        minute.judge_words(wrong)
        minute.judge_sessions()
        minute.judge_day_before()
        expect_clock(minute, crowd, crowd.until)
        self.judge_orders(minute, crowd)

    def read_times(self, minute: Minute) -> None:
        """When the day before was closed and printed."""
        ((closed, printed),) = self.ground.cluster.rows(TIMES, [self.before])
        minute.closed = None if closed is None else float(closed)
        minute.printed = None if printed is None else float(printed)

    def judge_orders(self, minute: Minute, crowd: Residents) -> None:
        """Residents' and the head's of one day, by the database."""
        batch = crowd.day.batch
        kept = [Kept(*row) for row in self.ground.cluster.rows(ORDERS, [batch])]
        minute.judge_orders(crowd.seen, kept, crowd.changed, crowd.cancelled)
        ((there,),) = self.ground.cluster.rows(BY_HEAD, [batch])
        handed = self.head.handed[batch]
        minute.expect(there >= handed, f"of {handed} homes handed in {there} are there")

    def end(self) -> Minute:
        """The last day, too, is on paper; then everything that anybody saw, once more."""
        end = Minute(
            "end", "the last day is closed and printed; all days are judged again"
        )
        try:
            until(self.is_printed, "the last day was not printed", PRINTED_WITHIN)
            until(lambda: not self.meter.queue(), "the queue was not empty", QUIET)
        except TimeoutError as fault:
            end.faults.append(str(fault))
        self.read_times(end)
        end.reading = self.meter.read()
        end.faults += growth(self.minutes[0].reading, end.reading)
        self.verify(end)
        for crowd in self.days:
            self.judge_orders(end, crowd)
            end.faults += self.paper(crowd)
        return end

    def is_printed(self) -> bool:
        rows = self.ground.cluster.rows(TIMES, [self.before])
        return rows[0][1] is not None

    def paper(self, crowd: Residents) -> list[str]:
        """Closed and built once; each order that stands is on a list."""
        town, batch = self.ground.town, crowd.day.batch
        standing = {one.number for one in crowd.seen} - crowd.cancelled
        left = standing - town.listed(batch)
        faults = town.closings(batch)
        return faults + ([f"{len(left)} orders are on no list"] if left else [])
