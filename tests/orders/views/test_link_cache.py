"""The cache of look pages: fresh within two seconds, made by one thread, never growing."""

import threading

import pytest

from orders.views import link_cache
from orders.views.link_cache import LinkCache


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_page_is_made_once_until_it_is_stale() -> None:
    clock, made = Clock(), []
    cache = LinkCache(clock)

    def make() -> bytes:
        made.append(1)
        return b"page %d" % len(made)

    assert cache.get("k", make).body == b"page 1"
    clock.now = link_cache.SECONDS - 0.1
    assert cache.get("k", make).body == b"page 1"
    clock.now = link_cache.SECONDS
    assert cache.get("k", make).body == b"page 2"
    assert link_cache.SECONDS <= 2


def test_while_one_thread_makes_it_anew_others_get_the_stale_page() -> None:
    clock, cache = Clock(), None
    cache = LinkCache(clock)
    cache.get("k", lambda: b"old")
    clock.now = 9.0
    inside, go_on = threading.Event(), threading.Event()

    def slow() -> bytes:
        inside.set()
        assert go_on.wait(5)
        return b"new"

    maker = threading.Thread(target=cache.get, args=("k", slow))
    maker.start()
    assert inside.wait(5)
    assert cache.get("k", lambda: b"never").body == b"old"
    go_on.set()
    maker.join()
    assert cache.get("k", lambda: b"never").body == b"new"


def test_a_page_of_another_hour_is_waited_for() -> None:
    clock = Clock()
    cache = LinkCache(clock)
    cache.get("k", lambda: b"this morning's")
    clock.now = 3600.0
    inside, go_on, seen = threading.Event(), threading.Event(), []

    def slow() -> bytes:
        inside.set()
        assert go_on.wait(5)
        return b"this evening's"

    maker = threading.Thread(target=cache.get, args=("k", slow))
    maker.start()
    assert inside.wait(5)
    reader = threading.Thread(
        target=lambda: seen.append(cache.get("k", lambda: b"never").body)
    )
    reader.start()
    reader.join(0.2)
    assert seen == []
    go_on.set()
    maker.join()
    reader.join()
    assert seen == [b"this evening's"]


def test_a_page_that_is_no_more_is_forgotten() -> None:
    clock = Clock()
    cache = LinkCache(clock)
    cache.get("k", lambda: b"open")
    clock.now = 5.0

    def gone() -> bytes:
        raise LookupError

    with pytest.raises(LookupError):
        cache.get("k", gone)
    assert not cache._pages
    assert cache.get("k", lambda: b"made anew").body == b"made anew"


def test_a_crowd_at_the_first_look_makes_one_page() -> None:
    cache, made, start = LinkCache(), [], threading.Barrier(8)

    def look() -> None:
        start.wait()
        cache.get("k", lambda: made.append(1) or b"page")

    crowd = [threading.Thread(target=look) for _ in range(8)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert len(made) == 1


def test_guessed_addresses_leave_nothing_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cache = LinkCache()

    def missing() -> bytes:
        raise LookupError

    for guess in range(5):
        with pytest.raises(LookupError):
            cache.get(guess, missing)
    assert not cache._makers
    monkeypatch.setattr(link_cache, "MOST", 3)
    for key in range(9):
        cache.get(key, lambda: b"page")
    assert len(cache._pages) == 3
    assert len(cache._makers) == 3


def test_parts_of_stale_pages_are_let_go() -> None:
    """A page has fifty, and a reader may ask for all of every page once, never again."""
    clock = Clock()
    cache = LinkCache(clock)
    for number in range(9):
        clock.now += link_cache.SECONDS
        page = cache.get(number, lambda: b"frame")
        for part in range(link_cache.MOST_PARTS + 1):
            page.part(part, lambda: {"frame": "cut"})
    parts = [len(page.parts) for page in cache._pages.values()]
    assert parts == [0] * 8 + [link_cache.MOST_PARTS]
