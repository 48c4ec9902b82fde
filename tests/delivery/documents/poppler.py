"""Read a PDF back with poppler's programs; without them the test is skipped, loudly."""

import re
import shutil
import subprocess

import pytest


def run(program: str, *arguments: str, pdf: bytes) -> str:
    if shutil.which(program) is None:
        pytest.skip(f"POPPLER IS MISSING ({program}): printed text was NOT checked")
    command = [program, *arguments]
    return subprocess.run(
        command, input=pdf, capture_output=True, check=True
    ).stdout.decode()


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def pages_of(pdf: bytes) -> list[str]:
    """The text of every page, without white space (a sheet's gaps are layout)."""
    return [squeezed(page) for page in run("pdftotext", "-", "-", pdf=pdf).split("\f")][
        :-1
    ]


def text_of(pdf: bytes) -> str:
    """All text, without white space."""
    return "".join(pages_of(pdf))


def rows_of(pdf: bytes) -> str:
    """All text with what stands on one line in one line."""
    return run("pdftotext", "-layout", "-", "-", pdf=pdf)


def size_of(word: str, pdf: bytes) -> float:
    """The largest type size, in points, in which a word is set (a box is as high)."""
    boxes = run("pdftotext", "-bbox", "-", "-", pdf=pdf)
    found = re.findall(rf'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">{word}<', boxes)
    assert found, f"{word} is not on paper"
    return max(float(bottom) - float(top) for top, bottom in found)
