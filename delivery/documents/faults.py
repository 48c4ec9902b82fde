"""What goes wrong with paper is a fault of ours, never of the person who ordered."""


class DocumentFault(RuntimeError):
    """A document that must not be printed: a warning, a missing glyph, a dead renderer."""
