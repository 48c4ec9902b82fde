"""Set a prepared document with typst: bytes out, or a fault; never a page with a hole."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import typst

from delivery.documents.faces import FONTS
from delivery.documents.faults import DocumentFault

TEMPLATES = Path(__file__).parent / "templates"
PAGE = re.compile(rb"/Type\s*/Page\b")
ONE_PAGE = {"notice"}


class Pdf(NamedTuple):  # no dataclass: loading those takes a fifth of a press's start
    """A document ready to print. `missing` are characters that print as □: tell someone."""

    content: bytes
    pages: int
    missing: frozenset[str] = frozenset()


@cache
def fonts() -> typst.Fonts:
    """Our own fonts, read once in a process."""
    folders: list[Any] = [path.parent for path in FONTS]
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=folders
    )


def forget() -> None:
    """Give back what typst remembers: it drops what eleven compilations did not use."""
    empty = typst.Compiler(font_paths=fonts())
    for _ in range(11):
        empty.compile(input=b"", format="svg")


def typeset(template: str, payload: dict[str, Any]) -> Pdf:
    """Set `payload` (see `prepare.prepared`); raises DocumentFault on any warning.

    Data goes in as JSON through `sys.inputs`, so text is text and never markup.
    """
    compiler = typst.Compiler(root=TEMPLATES, font_paths=fonts())
    try:
        made, warnings = compiler.compile_with_warnings(
            input=TEMPLATES / f"{template}.typ",
            format="pdf",
            pdf_tags=False,
            sys_inputs={"data": json.dumps(payload, ensure_ascii=False)},
        )
    except typst.TypstError as error:
        raise DocumentFault(f"{template}: {error.message} {error.diagnostic}") from None
    if warnings:
        raise DocumentFault(f"{template}: " + "; ".join(w.message for w in warnings))
    if not isinstance(made, bytes):
        raise DocumentFault(f"{template}: no PDF came out")
    pages = len(PAGE.findall(made))
    if template in ONE_PAGE and pages != 1:
        raise DocumentFault(f"{template}: does not fit on one page, shorten its words")
    return Pdf(made, pages)
