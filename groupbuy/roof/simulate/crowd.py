"""Many phones at once, never more than allowed, and what came of it all."""

import queue
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from groupbuy.roof.simulate.phone import Phone
from groupbuy.roof.simulate.residents import Resident


@dataclass
class Summary:
    """Counts by word, seconds of every order's POST, and how long it took in all."""

    accepted: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    took: list[float] = field(default_factory=list)

    @property
    def asked(self) -> int:
        return self.accepted + self.refused.total() + self.errors.total()

    def add(self, word: str, took: float) -> None:
        self.took.append(took)
        if word == "accepted":
            self.accepted += 1
        elif word.startswith("error"):
            self.errors[word] += 1
        else:
            self.refused[word] += 1

    def percentile(self, percent: float) -> float:
        """Milliseconds that ``percent`` of the orders' POSTs stayed within."""
        if not self.took:
            return 0.0
        ordered = sorted(self.took)
        return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]

    def as_dict(self) -> dict[str, object]:
        return {
            "orders": self.asked,
            "accepted": self.accepted,
            "refused": dict(self.refused),
            "errors": dict(self.errors),
            "seconds": round(self.seconds, 2),
            "orders_per_second": round(self.asked / self.seconds, 1)
            if self.seconds
            else 0,
            "p50_ms": round(self.percentile(50), 1),
            "p99_ms": round(self.percentile(99), 1),
        }


def order_all(
    crowd: Iterable[Resident],
    *,
    base_url: str,
    token: str,
    concurrency: int,
    progress: Callable[[Summary], None] = lambda summary: None,
) -> Summary:
    """Let every resident order once; ``progress`` is called after each, by one thread."""
    waiting: queue.SimpleQueue[Resident | None] = queue.SimpleQueue()
    answers: queue.SimpleQueue[tuple[str, float]] = queue.SimpleQueue()
    count = 0
    for resident in crowd:
        waiting.put(resident)
        count += 1
    for _ in range(concurrency):
        waiting.put(None)
    started, summary = time.perf_counter(), Summary()
    given = (waiting, answers, base_url, token)
    threads = [
        threading.Thread(target=_work, args=given, daemon=True)
        for _ in range(concurrency)
    ]
    for thread in threads:
        thread.start()
    for _ in range(count):
        summary.add(*answers.get())
        summary.seconds = time.perf_counter() - started
        progress(summary)
    for thread in threads:
        thread.join()  # they only hang up now
    return summary


def _work(
    waiting: "queue.SimpleQueue[Resident | None]",
    answers: "queue.SimpleQueue[tuple[str, float]]",
    base_url: str,
    token: str,
) -> None:
    phone = Phone(base_url)
    while (resident := waiting.get()) is not None:
        try:
            answers.put(phone.order(resident, token))
        except Exception as fault:  # noqa: BLE001 - counted, and the crowd goes on
            phone.hang_up()
            answers.put((f"error {type(fault).__name__}", 0.0))
    phone.hang_up()
