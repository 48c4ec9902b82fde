"""A page split at its marks and joined again."""

from orders.views.link_cache import Kept
from orders.views.pieces import Pieces


def test_each_reader_has_the_page_with_the_own_words() -> None:
    pieces = Pieces("NAME, 你好! NAME.NUMBER".encode(), ["NAME", "NUMBER"])
    assert pieces.joined({"NAME": "魏", "NUMBER": "7"}).decode() == "魏, 你好! 魏.7"
    assert pieces.joined({"NUMBER": "8", "NAME": ""}) == ", 你好! .8".encode()


def test_a_word_that_is_itself_a_mark_opens_nothing() -> None:
    """Nobody can guess one; if somebody did, it would be a word like any other."""
    pieces = Pieces(b"<p>NAME</p><i>KEY</i>", ["NAME", "KEY"])
    assert pieces.joined({"NAME": "KEY", "KEY": "k"}) == b"<p>KEY</p><i>k</i>"


def test_a_part_is_new_when_a_word_of_it_is() -> None:
    """A compound may be renamed while the page around its name stays the same."""
    values = [{"A": "1", "B": "23"}, {"A": "12", "B": "3"}, {"A": "1", "B": "23"}]
    frames = [Kept(b"[A] B", 0), Kept(b"[A] B", 0), Kept(b"(A) B", 0)]
    parts = [
        frame.part("key", lambda own=own: own)
        for frame, own in zip(frames, values, strict=True)
    ]
    assert [part.body for part in parts] == [b"[1] 23", b"[12] 3", b"(1) 23"]
    assert len({part.etag for part in parts}) == 3
