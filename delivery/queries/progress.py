"""Where a batch's paper stands, in one word and one bar."""

from dataclasses import dataclass
from datetime import datetime

from catalog.models import Batch
from delivery.models import Paperwork
from groupbuy.community.models import Heartbeat

OPEN, CLOSING, BUILDING, RENDERING, READY, OFF = (
    "open",
    "closing",
    "building",
    "rendering",
    "ready",
    "off",
)


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` sheets; ``problem`` is a sentence for the office."""

    step: str
    done: int = 0
    total: int = 0
    problem: str = ""

    @property
    def goes_on(self) -> bool:
        """Whether the page should look again by itself."""
        return self.step in (CLOSING, BUILDING, RENDERING)


def build_note(batch_id: int) -> str:
    """The name under which a batch whose lists cannot be built leaves its reason."""
    return f"build:{batch_id}"


def progress(batch: Batch, now: datetime) -> Progress:
    """Two queries at most. ``batch`` may carry its paperwork."""
    if batch.state == Batch.State.CALLED_OFF:
        return Progress(OFF)
    if batch.state == Batch.State.OPEN:
        return Progress(CLOSING if now >= batch.until_last else OPEN)
    paperwork = getattr(batch, "paperwork", None)
    if paperwork is None:
        note = Heartbeat.objects.filter(name=build_note(batch.pk)).first()
        return Progress(BUILDING, problem=note.note if note else "")
    return of_paper(paperwork)


def of_paper(paperwork: Paperwork) -> Progress:
    return Progress(
        RENDERING if paperwork.rendered_at is None else READY,
        done=min(paperwork.sheets_done, paperwork.sheets_total),
        total=paperwork.sheets_total,
        problem=paperwork.problem,
    )
