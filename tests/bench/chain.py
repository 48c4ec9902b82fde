"""Ten thousand lines of building heads' chains, as people write them."""

import time

from orders.reading.chain import read
from orders.reading.shapes import Offer, Setting
from tests.orders.reading.test_speed import chain

SETTING = Setting(tuple(Offer(code, "", 0, 5) for code in "ABC"))


def seconds() -> float:
    text = chain(10_000)
    started = time.perf_counter()
    assert len(read(text, SETTING)) == 10_000
    return time.perf_counter() - started
