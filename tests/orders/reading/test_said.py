"""Message times, as chat apps copy them."""

from datetime import datetime

import pytest

from groupbuy.shared.clock import at
from orders.reading.said import said_times
from tests.factories import DAY, NOON


def clock(moment: datetime | None) -> str:
    return moment.strftime("%m-%d %H:%M") if moment else ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2022/4/11 9:58 张三: 3-502 A2", "04-11 09:58"),
        ("2022-04-11 09:58:12 3-502 A2", "04-11 09:58"),
        ("4月10日 21:05 张三：3-502 A2", "04-10 21:05"),
        ("[11:30] 3-502 A2", "04-11 11:30"),
        ("张三 11:30", "04-11 11:30"),
        ("3-502 A2", ""),
        ("3-502 A2 6:30前送", ""),
        ("17:00 3-502 A2", ""),  # not yet: no message time
        ("2022/4/31 9:00 3-502", ""),
    ],
)
def test_a_time_in_front_or_alone_is_the_message_s(text: str, said: str) -> None:
    ((number, moment),) = said_times([(7, text)], NOON)
    assert (number, clock(moment)) == (7, said)


def test_a_name_and_time_head_the_lines_below() -> None:
    lines = ["张三 9:10", "3-502 A2", "李四 9:45", "3-601 A1"]

    found = dict(said_times(enumerate(lines, 1), NOON))

    assert found[2] == at(DAY, found[1].time())
    assert [clock(found[n])[-5:] for n in (2, 4)] == ["09:10", "09:45"]
