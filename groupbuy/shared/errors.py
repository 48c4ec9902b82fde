"""The two errors that are meant for people; anything else is a fault and crashes loudly."""


class Refused(Exception):  # noqa: N818 - reads better than RefusedError
    """A rule says no. Carries one clear sentence for the person who asked.

    ``field`` names the form field it belongs beside ("" for the whole form), ``code`` is a
    stable word for machines (the API, ``simulate``).
    """

    def __init__(
        self, sentence: str, *, field: str = "", code: str = "refused"
    ) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.field = field
        self.code = code


class NotAllowed(Exception):  # noqa: N818
    """This person may not do this. Doors answer 403, or 404 where existence is a secret."""
