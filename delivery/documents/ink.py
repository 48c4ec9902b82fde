"""Text made fit for paper: nothing invisible, nothing endless, no phone number.

What staff wrote (titles, addresses) must print exactly, so a missing glyph is a
fault that they can mend. What residents wrote must never stop a whole compound's
sheet: a missing character prints as □ and is reported in `Ink.missing`.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from delivery.documents.faults import DocumentFault
from delivery.documents.glyphs import missing_characters
from groupbuy.shared.phones import hidden

BLANK = "□"
INVISIBLE = {"Cc", "Cf", "Cs", "Co"}  # not Cn: a character newer than Python is a name
ORNAMENTS = {"So", "Sk", "Mn", "Me"}  # emoji and their joiners: dropped without alarm

BETWEEN_STOPS = re.compile("[^，。！？：；（）～]+")  # NFKC would make them half-width


def normalised(text: str) -> str:
    """２ becomes 2, ㎏ becomes kg."""
    return unicodedata.normalize("NFKC", text)


def visible(text: str) -> str:
    """Without control, format and private characters; white space becomes one space."""
    if not text or text.isalnum():  # a room, most names: nothing to look for
        return text
    spaced = re.sub(r"\s+", " ", text)
    return "".join(
        c for c in spaced if unicodedata.category(c) not in INVISIBLE
    ).strip()


def columns(text: str) -> int:
    """The width in half-width columns: 2 for a Chinese character, 1 for a letter."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def shortened(text: str, limit: int) -> str:
    """At most as wide as `limit` Chinese characters; … shows where it was cut."""
    if len(text) <= limit or columns(text) <= 2 * limit:
        return text
    while columns(text) > 2 * limit - 2:
        text = text[:-1]
    return text + "…"


def without_phones(text: str) -> str:
    """Paper is forwarded in chats, so a number typed into a note leaves only its ends."""
    return hidden(text)


@dataclass(slots=True)
class Ink:
    """Cleans one document's texts and remembers what the fonts could not print."""

    missing: set[str] = field(default_factory=set)

    def staff(self, text: str, limit: int = 60) -> str:
        """A title or address; raises DocumentFault on a glyph that would be missing."""
        clean = shortened(visible(text), limit)
        if lost := missing_characters(clean):
            raise DocumentFault(f"no glyph for {sorted(lost)} in {clean!r}")
        return clean

    def place(self, text: str, limit: int = 10) -> str:
        """A building, unit or room as it stands on the door: never normalised."""
        return self._shown(shortened(visible(text), limit))

    def said(self, text: str, limit: int = 40) -> str:
        """A name or note in a resident's own words."""
        plain = BETWEEN_STOPS.sub(lambda m: normalised(m[0]), visible(text))
        return shortened(self._shown(without_phones(visible(plain))), limit)

    def _shown(self, text: str) -> str:
        lost = missing_characters(text)
        if not lost:
            return text
        gone = {c for c in lost if unicodedata.category(c) in ORNAMENTS}
        self.missing |= lost - gone
        marks = {c: "" if c in gone else BLANK for c in lost}
        return "".join(marks.get(c, c) for c in text).strip()
