"""Every document once: how many pages, what stands on them, and what never may."""

import re
from pathlib import Path

import pytest

from delivery.documents import typeset
from delivery.documents.faults import DocumentFault
from delivery.documents.pdf import render
from delivery.documents.shapes import DOORS, GATE, PACKAGES, UNLOADING, HomeRow
from tests.delivery.documents.poppler import (
    pages_of,
    rows_of,
    run,
    size_of,
    squeezed,
    text_of,
)
from tests.delivery.documents.sample import (
    building,
    gate,
    home,
    homes,
    notice,
    pickup_list,
    supply,
)

CANARY = "13798765432"


def small(*more: HomeRow, **data: int):
    rooms = (home("201", ("A", 1), ("B", 2)), home("1701", ("C", 1)), *more)
    return pickup_list(
        gate(building("3", *rooms), building("6", *rooms), building("12", *rooms)),
        **data,
    )


def test_a_small_list_has_its_gate_sheet_and_three_orders() -> None:
    pages = pages_of(render("list", small()).content)

    assert len(pages) == 4
    assert "到货单" in pages[0]
    assert "分楼堆放" in pages[0]
    assert [
        word in page
        for word, page in zip(("上门单", "按套餐分", "卸货单"), pages[1:], strict=True)
    ] == [True] * 3
    assert "第4页/共4页" in pages[3]


def test_pages_are_counted_as_the_reader_counts_them() -> None:
    pdf = render("list", pickup_list(gate(building("1", *homes(100)))))

    assert pdf.pages == len(pages_of(pdf.content)) > 4


def test_the_order_given_is_the_order_printed() -> None:
    data = pickup_list(
        gate(
            building("3", home("201"), home("1701")),
            building("6", home("101")),
            building("6甲", home("102")),
            building("12", home("103")),
        )
    )

    text = text_of(render("list", data.with_parts(DOORS)).content)

    places = [
        text.index(word)
        for word in ("3号楼", "201", "1701", "6号楼", "6甲号楼", "12号楼")
    ]
    assert places == sorted(places)


def test_the_quantity_stands_beside_the_room() -> None:
    rows = rows_of(render("list", small().with_parts(DOORS)).content)

    assert re.search(r"201\s+A\s?×1\s+B\s*×2", rows)


@pytest.mark.parametrize("part", [DOORS, PACKAGES, UNLOADING])
def test_a_room_is_set_in_16_points_or_more(part: str) -> None:
    assert size_of("1701", render("list", small().with_parts(part)).content) >= 16


def test_thirty_homes_fit_on_a_page_and_no_home_is_lost_after_it() -> None:
    one_page = pickup_list(gate(building("1", *homes(30)))).with_parts(DOORS)
    more = pickup_list(gate(building("1", *homes(100)))).with_parts(DOORS)

    assert render("list", one_page).pages == 1
    pdf = render("list", more)
    pages = pages_of(pdf.content)
    assert ["1号楼" in page for page in pages] == [True] * 4
    assert "本楼4/4页" in pages[3]
    words = rows_of(pdf.content).split()
    assert [words.count(h.room) for h in homes(100)] == [1] * 100


def test_small_buildings_share_a_page_and_are_cut_apart() -> None:
    pages = pages_of(render("list", small().with_parts(DOORS)).content)

    assert len(pages) == 1
    assert pages[0].count("沿虚线剪开") == 2


def test_the_gate_sheet_adds_up() -> None:
    rows = rows_of(render("list", small().with_parts(GATE)).content)

    assert re.search(r"3号楼\s+1\s+2\s+1\s+4", rows)
    assert re.search(r"合计\s+3\s+6\s+3\s+12", rows)
    assert rows.count("送货签字") == rows.count("接收签字") == 2, (
        "one for each supplier"
    )


def test_marks_notes_and_money_are_on_the_door_list() -> None:
    data = small(
        home(
            "1801",
            note="放门口",
            who="李𠮷",
            bring_to_door=True,
            due_cents=4990,
            same_home_count=2,
        )
    )

    text = text_of(render("list", data.with_parts(DOORS)).content)

    for word in ("送上门", "2单合一", "放门口", "李𠮷", "收49.90元"):
        assert word in text


def test_two_gates_are_two_sections() -> None:
    data = pickup_list(
        gate(building("1", *homes(3)), name="东门"),
        gate(building("7", *homes(3)), name="西门"),
    )

    pages = pages_of(render("list", data).content)

    assert ["东门" in page for page in pages] == [True] * 4 + [False] * 4
    assert ["7号楼" in page for page in pages] == [False] * 4 + [True] * 4


def test_a_later_version_says_that_the_old_one_is_void() -> None:
    assert "旧版作废" in text_of(render("list", small(version=2)).content)
    assert "旧版作废" not in text_of(render("list", small()).content)


@pytest.mark.parametrize("template", ["list", "slips"])
def test_no_phone_of_a_resident_reaches_paper(template: str) -> None:
    data = small(
        home(
            "1801",
            who=f"王{CANARY}",
            note=f"打 {CANARY[:3]} {CANARY[3:7]} {CANARY[7:]}",
        )
    )

    pdf = render(template, data).content

    assert "137****5432" in text_of(pdf)
    assert CANARY not in text_of(pdf)
    assert re.search(r"\d{11}", rows_of(pdf)) is None


@pytest.mark.parametrize(
    "text", ["#panic()", "*粗* $x$ #{", "{{7*7}}%s", "<script>", "\\u{1}"]
)
def test_text_is_never_markup(text: str) -> None:
    pdf = render("list", small(home("1801", note=text)).with_parts(DOORS))

    assert squeezed(text) in text_of(pdf.content)


def test_a_blank_of_a_resident_is_told_and_printed_as_a_box() -> None:
    pdf = render("list", small(home("1801", who="王𪚥")).with_parts(DOORS))

    assert pdf.missing == {"𪚥"}
    assert "王□" in text_of(pdf.content)


def test_slips_count_over_all_and_in_the_building() -> None:
    pdf = render("slips", small())

    assert pdf.pages == 1
    text = text_of(pdf.content)
    assert text.count("本楼") == 6
    assert "总3/6本楼1/2" in text
    assert "总6/6本楼2/2" in text


def test_a_home_with_many_kinds_gets_a_second_slip() -> None:
    many = [("A", 1), ("B", 1), ("C", 1), ("D", 1), ("E", 9)]
    text = text_of(render("slips", pickup_list(gate_of(many))).content)

    assert "第2张/共2张" in text
    assert text.count("总1/1") == 2
    assert text.count("13份") == 2


def gate_of(items):
    section = gate(building("1"))
    return type(section)(
        section.name,
        section.address,
        section.expected,
        (building("1", home("201", *items)),),
    )


def test_a_supply_order_says_the_grand_total_and_every_gate() -> None:
    pdf = render("supply", supply(40))
    text = text_of(pdf.content)

    assert "1680" in pages_of(pdf.content)[0]
    assert text.count("紫龙路500弄") == 40
    assert text.count("13:00–14:30") == 40


def test_a_supply_order_that_does_not_add_up_is_not_printed() -> None:
    wrong = supply()
    with pytest.raises(DocumentFault, match="not the sum"):
        render(
            "supply",
            type(wrong)(
                **{f: getattr(wrong, f) for f in wrong.__slots__}
                | {"stops": wrong.stops[:1]}
            ),
        )


def test_a_notice_is_one_page_in_big_type() -> None:
    pdf = render("notice", notice())
    text = text_of(pdf.content)

    assert pdf.pages == 1
    for word in (
        "古藤马桥：蔬菜、肉、奶",
        "30元至138.50元",
        "4月20日（星期三）下午5点",
        "青山4827",
    ):
        assert word in text
    assert size_of("021-54330000", pdf.content) >= 28
    assert size_of("tuan.example", pdf.content) >= 22


def test_a_notice_of_any_title_stays_one_page() -> None:
    assert render("notice", notice("很长的标题" * 30)).pages == 1


def test_english_paper_has_no_chinese_words_of_ours() -> None:
    text = text_of(render("list", small(), language="en").content)

    assert "Gatesheet" in text
    assert "Page1of4" in text
    assert "到货" not in text


def test_chinese_fonts_are_embedded() -> None:
    fonts = run(
        "pdffonts", "-", pdf=render("list", small(home("9", who="李𠮷"))).content
    )

    assert "NotoSansSC" in fonts
    assert [line.split()[-5] for line in fonts.splitlines()[2:]] == ["yes"] * (
        len(fonts.splitlines()) - 2
    )


def test_an_empty_list_is_a_fault_and_not_blank_paper() -> None:
    with pytest.raises(DocumentFault, match="no home"):
        render("list", pickup_list(gate(building("1"))))


def test_a_warning_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "odd.typ").write_text('#set text(font: "No Such Font")\nHello')
    monkeypatch.setattr(typeset, "TEMPLATES", tmp_path)

    with pytest.raises(DocumentFault, match="no such font"):
        typeset.typeset("odd", {})
