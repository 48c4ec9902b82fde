"""What one row of the table has to tell."""

import statistics
import subprocess
from collections import Counter
from dataclasses import dataclass, field

OK, FAIL, SKIPPED = "ok", "FAIL", "SKIPPED"


class Skip(Exception):  # noqa: N818 - a row that cannot be run here, with the reason
    """Raised by a row that this machine does not permit."""


@dataclass
class Told:
    """Counts are of replies, as residents got them; ``back`` is seconds, None where nothing
    was away."""

    name: str
    done: str
    accepted: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    slowest: float = 0.0
    usual: float = 0.0
    back: float | None = None
    notes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    skipped: str = ""
    seconds: float = 0.0

    def expect(self, holds: object, otherwise: str) -> None:
        """A row goes on after what it did not find, so that one run shows all of it."""
        if not holds:
            self.faults.append(otherwise)

    def expect_books(self, verified: "subprocess.CompletedProcess[str]") -> None:
        """What ``manage.py verify`` said."""
        broken = [x for x in verified.stdout.splitlines() if x.startswith("BROKEN")]
        said = "; ".join(broken) or verified.stderr[-300:]
        self.expect(verified.returncode == 0, f"verify: {said}")

    def note(self, text: str) -> None:
        self.notes.append(text)

    def count(self, accepted: list[float], refused: Counter[str], lost: int) -> None:
        """Add one crowd's replies; ``accepted`` holds the seconds of each acceptance."""
        self.accepted += len(accepted)
        self.refused += refused
        self.lost += lost
        if accepted:
            self.slowest = max(self.slowest, *accepted)
            self.usual = statistics.median(accepted)

    @property
    def word(self) -> str:
        if self.skipped:
            return SKIPPED
        return FAIL if self.faults else OK
