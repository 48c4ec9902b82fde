"""Codes to point a phone at: for the templates, and for publishing a link."""

import io
from functools import lru_cache

import segno

QUIET_ZONE = 4  # modules; readers ask for it, and a cut sheet needs it


def _code(url: str) -> segno.QRCode:
    return segno.make(url, error="m", micro=False, boost_error=True)


@lru_cache(maxsize=64)  # a compound's sheets, one after the other, carry the same code
def svg(url: str) -> str:
    """The code as SVG text, one unit a module: it scales to any size on paper."""
    out = io.BytesIO()
    _code(url).save(
        out, kind="svg", border=QUIET_ZONE, xmldecl=False, omitsize=True, nl=False
    )
    return out.getvalue().decode()


def png(url: str, *, pixels: int = 600) -> bytes:
    """The code as a PNG of at least `pixels` a side, for a chat group or a poster."""
    code = _code(url)
    modules = code.symbol_size(border=QUIET_ZONE)[0]
    out = io.BytesIO()
    code.save(out, kind="png", border=QUIET_ZONE, scale=-(-pixels // modules))
    return out.getvalue()
