"""One document, here and now; many at once are `chunk.render_many`."""

from typing import Any

from delivery.documents.prepare import prepared
from delivery.documents.typeset import Pdf, typeset

__all__ = ["Pdf", "render"]


def render(template: str, data: Any, *, language: str = "zh") -> Pdf:
    """Print `data` with its template: list, slips, supply or notice.

    Raises DocumentFault when it would print wrong. Memory grows with every call
    (typst remembers), so long-lived processes use `render_many`.
    """
    payload, missing = prepared(template, data, language)
    return typeset(template, payload)._replace(missing=frozenset(missing))
