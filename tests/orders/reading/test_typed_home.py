"""A home in two fields: what people write for building and room, with or without a unit."""

import pytest

from orders.reading.typed_home import clearest, ways

UNIT_1 = ("3", "1", "502")


@pytest.mark.parametrize(
    ("building", "room"),
    [
        ("3号楼1单元", "502"),
        ("３号楼 １单元", "５０２室"),
        ("3号1单元", "502"),
        ("3栋一单元", "502"),
        ("3#1单元", "502"),
        ("3-1", "502"),
        ("3－1单元", "502"),
        ("3 1", "502"),
        ("3-1", "1-502"),
        ("3号楼", "1-502"),
        ("3", "1单元502室"),
        ("3", "3-1-502"),
    ],
)
def test_a_unit_may_stand_in_either_field(building: str, room: str) -> None:
    assert UNIT_1 in ways(building, "", room)
    assert clearest(building, "", room, known=()) == UNIT_1


@pytest.mark.parametrize(
    ("building", "room", "kept"),
    [
        ("3", "502", ("3", "", "502")),
        ("6号甲", "101", ("6甲", "", "101")),
        ("21", "103-1", ("21", "", "103-1")),
        ("31", "502", ("31", "", "502")),
        ("3", "3-502", ("3", "", "3-502")),
        ("3单元", "502", ("3单元", "", "502")),
    ],
)
def test_what_could_be_two_things_stays_as_typed(
    building: str, room: str, kept: tuple[str, str, str]
) -> None:
    assert clearest(building, "", room, known=()) == kept
    assert ways(building, "", room)[0] == kept


def test_a_known_building_is_a_building() -> None:
    assert clearest("3-1", "", "502", known={"3-1"}) == ("3-1", "", "502")


def test_a_unit_that_was_given_is_not_looked_for() -> None:
    assert ways("3", "2单元", "1-502") == [("3", "2", "1-502")]
