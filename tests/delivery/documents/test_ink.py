"""What residents and staff type, on its way to paper."""

import pytest

from delivery.documents.faults import DocumentFault
from delivery.documents.glyphs import missing_characters
from delivery.documents.ink import Ink, without_phones

RARE = "𠮷㐂𣲗䶮镕"


def test_rare_characters_of_names_have_a_shape() -> None:
    assert missing_characters(RARE) == set()


def test_a_character_without_a_shape_is_named() -> None:
    assert missing_characters("王𪚥🙏") == {"𪚥", "🙏"}


def test_a_resident_never_stops_a_sheet_but_the_blank_is_reported() -> None:
    ink = Ink()

    assert ink.said("王𪚥") == "王□"
    assert ink.place("6𪚥") == "6□"
    assert ink.missing == {"𪚥"}


def test_an_emoji_is_dropped_without_alarm() -> None:
    ink = Ink()

    assert ink.said("放门口👨‍👩‍👧🙏🏽 谢谢5️⃣") == "放门口 谢谢5"
    assert ink.missing == set()


def test_staff_must_mend_a_text_that_cannot_be_printed() -> None:
    with pytest.raises(DocumentFault, match="𪚥"):
        Ink().staff("𪚥记菜场")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("王\u202e阿姨", "王阿姨"),
        ("王\u200b\x00阿\ud800姨", "王阿姨"),
        ("两行\n\t的话", "两行 的话"),
        ("２单元　门口，谢谢！", "2单元 门口，谢谢！"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
    ],
)
def test_a_note_is_printed_as_a_person_would_read_it(typed: str, printed: str) -> None:
    assert Ink().said(typed) == printed


def test_a_room_is_never_normalised() -> None:
    assert Ink().place("５０２室") == "５０２室"


def test_a_long_note_is_cut_where_it_shows() -> None:
    cut = Ink().said("很" * 2000)

    assert len(cut) == 40
    assert cut.endswith("…")


@pytest.mark.parametrize(
    "typed",
    [
        "打13812345678",
        "打138 1234 5678",
        "打138-1234-5678",
        "打+8613812345678",
        "打１３８１２３４５６７８",
        "打021-54331234",
        "打5433 1234",
    ],
)
def test_a_phone_typed_into_a_note_does_not_reach_paper(typed: str) -> None:
    printed = Ink().said(typed)

    assert "****" in printed
    assert "1234567" not in printed
    assert "5433" not in printed


@pytest.mark.parametrize(
    "typed",
    [
        "打1 3 8 1 2 3 4 5 6 7 8",
        "打138 - 1234 - 5678",
        "打138/1234/5678",
        "一三八一二三四五六七八",
        "打一三八 一二三四 五六七八",
        "打1381 2345 678",
    ],
)
def test_nor_does_one_that_is_written_to_be_read_aloud(typed: str) -> None:
    printed = Ink().said(typed)

    assert printed.count("*") == 4
    assert "1234" not in printed
    assert "一二三四" not in printed


@pytest.mark.parametrize("typed", ["交给1702，门禁#123456#", "送2101 2102"])
def test_rooms_and_door_codes_stay(typed: str) -> None:
    assert without_phones(typed) == typed
