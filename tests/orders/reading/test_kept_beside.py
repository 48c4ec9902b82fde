"""Names, phones, remarks and places beside an order, and where each stands in the text."""

import pytest

from orders.reading.shapes import Change, Span, Understood
from tests.orders.reading.spelling import lines


def only(text: str, **known: object) -> Understood:
    (line,) = lines(text, **known)
    (order,) = line.orders
    return order


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("7号101王阿姨 A1", "王阿姨"),
        ("王阿姨（7-101）A1", "王阿姨"),
        ("7-101 张三 A1", "张三"),
        ("3. 豆豆妈 7-101 A1", "豆豆妈"),
        ("7-101 A1 欧阳女士", "欧阳女士"),
        ("7-101 A1", ""),
    ],
)
def test_a_name_is_kept(text: str, name: str) -> None:
    assert only(text).name == name


@pytest.mark.parametrize(
    "text",
    [
        "7-101 A1 13800138000",
        "7-101 A1 138 0013 8000",
        "7-101 A1 138-0013-8000",
        "7-101 A1 电话：13800138000",
        "13800138000 7-101 A1",
        "7-101 A1 +86 13800138000",
    ],
)
def test_a_phone_is_kept_in_plain_digits(text: str) -> None:
    assert only(text).phone == "13800138000"


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("7-101 A1 现金 放门口", "现金；放门口"),
        ("7-101 A1 尾号8000", "尾号8000"),
        ("7-101 A1 6点前", "6点前"),
        ("7-101 A*2 备注：不要土豆", "备注：不要土豆"),
        ("帮3-501张奶奶订A2 货放3-502", "货放3-502"),
    ],
)
def test_remarks_are_kept_as_they_were_written(text: str, note: str) -> None:
    assert only(text).note == note


def test_each_home_keeps_its_own() -> None:
    (line,) = lines("3-502 王阿姨 A2 现金；3-503 李叔叔 B1 13800138000")
    first, second = line.orders

    assert (first.name, first.phone, first.note) == ("王阿姨", "", "现金")
    assert (second.name, second.phone, second.note) == ("李叔叔", "13800138000", "")


def test_what_followed_from_elsewhere_is_said() -> None:
    assert only("502 A", building="3").assumed == ("building", "quantity")
    assert only("5-602 A1", homes=frozenset({("5", "1", "602")})).assumed == ("unit",)


def test_a_move_empties_one_home_and_fills_the_other() -> None:
    (line,) = lines("更正：刚才3-502写错了，是3-503 A2")
    old, new = line.orders

    assert (old.room, old.change, dict(old.items)) == ("502", Change.SET, {})
    assert (new.room, new.change, dict(new.items)) == ("503", Change.SET, {"A": 2})


def test_spans_point_into_the_line_as_it_was_typed() -> None:
    text = "１、 ３号５０２室\u200b王阿姨　Ａ套餐２份 现金"
    (line,) = lines(text)
    parts = {span.part: text[span.start : span.end] for span in line.spans}

    assert parts == {
        "building": "３号",
        "room": "５０２室",
        "name": "王阿姨",
        "item": "Ａ套餐２份",
        "note": "现金",
    }


def test_every_package_has_a_span_of_its_own() -> None:
    (line,) = lines("3-502 A2B1")

    assert [s for s in line.spans if s.part == "item"] == [
        Span(6, 8, "item"),
        Span(8, 10, "item"),
    ]
