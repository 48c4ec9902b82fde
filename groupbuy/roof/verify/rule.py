"""What one rule is: a sentence, what it looks at, and the rows that break it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """``broken`` selects the ids of rows that break the rule; none means it holds.

    ``subject`` selects one row if there is anything to check at all. Both may use the named
    parameters ``%(now)s``, ``%(today)s``, ``%(five_minutes_ago)s``, ``%(erase_before)s`` and
    ``%(beat_after)s``. The text is the same for both databases.
    """

    name: str
    says: str
    subject: str
    broken: str
