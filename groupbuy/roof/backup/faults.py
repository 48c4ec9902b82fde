"""Why a backup could not be made or put back: a sentence for the person at the terminal."""


class Unusable(Exception):  # noqa: N818 - read as a word: this backup is unusable
    """What was asked for could not be done."""
