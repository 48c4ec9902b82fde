"""State tables: one ``Flow`` per life, read by verbs, constraints and tests alike."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from groupbuy.shared.errors import Refused


@dataclass(frozen=True)
class Flow:
    """Which state may follow which; ``steps`` maps every state to its successors."""

    steps: Mapping[str, frozenset[str]]

    def allows(self, old: str, new: str) -> bool:
        return new in self.steps[old]

    def check(self, old: str, new: str) -> None:
        """Raises Refused unless ``new`` may follow ``old``."""
        if not self.allows(old, new):
            raise Refused(
                _("This is no longer possible: it has already been changed."),
                code="state",
            )
