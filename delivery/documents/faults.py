"""What goes wrong with paper is a fault of ours, never of the person who ordered."""


class DocumentFault(RuntimeError):  # noqa: N818 - a fault, as the field says it
    """A document that must not be printed: a warning, a missing glyph, a dead renderer."""
