"""What holds for any text at all, and for every well-formed order in whatever spelling."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from orders.reading.shapes import Line, Verdict
from tests.orders.reading.spelling import lines

PARTS = {
    "building",
    "unit",
    "room",
    "item",
    "quantity",
    "name",
    "phone",
    "note",
    "word",
}
CHARACTERS = st.sampled_from(
    list(
        "0123456789ABCabcDX３５０２Ａ-—－+＋*×/、，,;；:：.。=()（）[]【】#?？!~ 　\t\n@'"
    )
    + list(
        "号楼栋幢座室单元弄路甲亭子间别墅一二三五零两俩廿卅百各份套餐个改成加取消不要了共合计例或半几"
    )
    + list("王阿姨张三现金放门口备注尾号点前岁元牛奶有吗①②🙏❌➕\u200b\u202e\ud7ff")
)
TEXTS = st.text() | st.text(CHARACTERS, max_size=60)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_any_text_gets_one_verdict_a_line_with_spans_inside_it(text: str) -> None:
    found = lines(text)

    wanted = [n for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    assert [line.number for line in found] == wanted
    for line in found:
        assert isinstance(line.verdict, Verdict)
        for span in line.spans:
            assert 0 <= span.start < span.end <= len(line.text)
            assert span.part in PARTS
        ends = [0, *(span.end for span in line.spans)]
        starts = [span.start for span in line.spans]
        assert all(a <= b for a, b in zip(ends, starts, strict=False))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_what_is_accepted_is_whole_and_within_limits(text: str) -> None:
    sums: Counter[tuple[str, ...]] = Counter()
    for line in lines(text):
        if line.verdict is not Verdict.ORDER:
            continue
        assert line.orders
        for order in line.orders:
            assert order.building
            assert order.room
            assert order.items
            for code, count in order.items.items():
                sums[order.building, order.unit, order.room, code] += count
                assert count >= 1
    assert all(count <= 5 for count in sums.values())


CHINESE = "零一二三四五六七八九"
BUILDINGS = st.integers(1, 99).map(str)
ROOMS = st.builds(
    lambda floor, flat: f"{floor}{flat:02}", st.integers(1, 28), st.integers(1, 8)
)


@st.composite
def homes(draw: st.DrawFn) -> tuple[str, str, str]:
    """Building, room and one way to write them."""
    building, room = draw(BUILDINGS), draw(ROOMS)
    word = draw(st.sampled_from(["号", "号楼", "栋", "幢", "座", "#"]))
    behind = draw(st.sampled_from(["", "室"]))
    between = draw(st.sampled_from(["", "", " ", "-"]))
    short = draw(st.sampled_from(["-", "—", "–", "－"]))
    spelt = draw(
        st.sampled_from(
            [
                f"{building}{word}{between}{room}{behind}",
                f"{building}{short}{room}{behind}",
                f"{building}号{''.join(CHINESE[int(c)] for c in room)}室",
            ]
        )
    )
    return building, room, draw(st.sampled_from([spelt, _wide(spelt)]))


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "0" <= c <= "Z" else c for c in text)


@st.composite
def baskets(draw: st.DrawFn) -> tuple[dict[str, int], str]:
    """Quantities by code, and one way to write them."""
    codes = draw(st.lists(st.sampled_from("ABC"), min_size=1, max_size=3, unique=True))
    items = {code: draw(st.integers(1, 5)) for code in sorted(codes)}
    counted = draw(
        st.sampled_from(
            [
                lambda c, n: f"{c}{n}",
                lambda c, n: f"{c}{n}份",
                lambda c, n: f"{c}套餐{n}份",
                lambda c, n: f"{c.lower()}套餐{n}",
                lambda c, n: f"{c}*{n}",
                lambda c, n: f"{c}×{n}",
                lambda c, n: f"{c}({n})",
                lambda c, n: f"{c}：{n}",
                lambda c, n: f"{c}{'零一二三四五'[n]}份",
                lambda c, n: f"{n}份{c}",
                lambda c, n: f"{'零一两三四五'[n]}份{c}套餐",
            ]
        )
    )
    joint = draw(st.sampled_from([" ", "，", "、", "； "]))
    return items, joint.join(counted(code, n) for code, n in items.items())


NAMES = st.sampled_from(["", "王阿姨", "李建国", "张三", "陈老师", "欧阳女士"])
REMARKS = st.sampled_from(["", "现金", "放门口", "尾号8000", "6点前", "备注：不要香菜"])
PHONES = st.sampled_from(["", "13800138000", "138 0013 8000", "电话13800138000"])
SERIALS = st.sampled_from(["", "1. ", "12、", "3）", "⑤"])


@st.composite
def orders(draw: st.DrawFn) -> tuple[str, str, dict[str, int], str]:
    building, room, home = draw(homes())
    items, basket = draw(baskets())
    name, phone, remark = draw(NAMES), draw(PHONES), draw(REMARKS)
    front = draw(st.sampled_from([[home, name, basket], [home, basket, name]]))
    parts = [*front, phone, remark]
    return building, room, items, draw(SERIALS) + " ".join(filter(None, parts))


@given(orders())
@settings(max_examples=400, deadline=None)
def test_a_well_formed_order_is_read_back_exactly(
    order: tuple[str, str, dict[str, int], str],
) -> None:
    building, room, items, text = order

    (line,) = lines(text)

    assert line.verdict is Verdict.ORDER, (text, line.why)
    read = [(o.building, o.unit, o.room, dict(o.items)) for o in line.orders]
    assert read == [(building, "", room, items)], text


@given(orders(), CHARACTERS, st.integers(0, 60))
@settings(max_examples=400, deadline=None)
def test_one_character_more_never_makes_a_wilder_order(
    order: tuple[str, str, dict[str, int], str], noise: str, at: int
) -> None:
    """A digit or letter put in may rightly read as another room or count, a dash may part a
    flat from its room, a # is a word for a building, a stop may end a list number; nothing else may change what is
    accepted."""
    building, room, items, text = order
    at = min(at, len(text))
    changed = text[:at] + noise + text[at:]
    meant = noise.isalnum() or noise in "\n-—－–#＃"
    meant = meant or (at < 3 and noise in ".、:：)）】]。")

    for line in lines(changed):
        if line.verdict is Verdict.ORDER and not meant:
            assert _said(line) == [(building, room, items)], changed


def _said(line: Line) -> list[tuple[str, str, dict[str, int]]]:
    return [(o.building, o.room, dict(o.items)) for o in line.orders]
