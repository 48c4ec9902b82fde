"""The head of a building: its own pages counted, its lines as large as their place allows."""

import re
from dataclasses import replace

import pytest

from delivery.documents.pdf import render
from delivery.documents.shapes import DOORS, PACKAGES, UNLOADING, ListData
from tests.delivery.documents.poppler import pages_of, run, size_of
from tests.delivery.documents.sample import building, gate, homes, pickup_list

# Points; what is beyond is in the margin, but for the empty half of a last （）.
RIGHT_EDGE = (210 - 12) / 25.4 * 72 + 13 / 2


def right_ends(pdf: bytes) -> list[float]:
    boxes = run("pdftotext", "-bbox", "-", "-", pdf=pdf)
    return [float(x) for x in re.findall(r'xMax="([\d.]+)"', boxes)]


def named(name: str) -> ListData:
    return replace(pickup_list(gate(building("1", *homes(9)))), compound=name)


@pytest.mark.parametrize("part", [DOORS, PACKAGES])
def test_a_building_says_which_of_its_own_pages_this_is(part: str) -> None:
    large, small = building("1", *homes(100)), building("2", *homes(3))
    data = pickup_list(gate(large, small)).with_parts(part)

    pages = pages_of(render("list", data).content)

    own = [re.findall(r"本楼(\d+/\d+)页", page) for page in pages]
    last = len(pages) - 1
    assert own == [[f"{i}/{last}"] for i in range(1, last + 1)] + [["1/1"]]


@pytest.mark.parametrize("part", [DOORS, PACKAGES, UNLOADING])
@pytest.mark.parametrize("name", ["品质苑", "W" * 40, "苑" * 20, "1/2 3:4" * 5])
def test_a_head_of_any_letters_stays_within_the_paper(part: str, name: str) -> None:
    pdf = render("list", named(name).with_parts(part)).content

    assert max(right_ends(pdf)) <= RIGHT_EDGE + 0.1


def test_a_line_that_does_not_fit_is_set_smaller_and_no_other() -> None:
    short, long = (
        size_of("南门", render("list", named(name).with_parts(DOORS)).content)
        for name in ("品质苑", "品质苑北区一二")
    )

    assert long < short
