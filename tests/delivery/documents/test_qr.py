"""Codes for paper and for publishing."""

import struct

from delivery.documents.qr import png, svg

URL = "https://tuan.example/g/3f9a0c71e5d24b68?c=12"


def test_svg_scales_and_has_its_quiet_zone() -> None:
    code = svg(URL)

    assert code.startswith("<svg")
    assert "viewBox" in code
    assert "width=" not in code


def test_png_is_as_large_as_asked() -> None:
    picture = png(URL, pixels=600)

    assert picture.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", picture[16:24])
    assert width == height >= 600


def test_another_link_is_another_code() -> None:
    assert svg(URL) != svg(URL + "1")
