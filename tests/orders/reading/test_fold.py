"""A day of one chain, paste after paste: what is new, what asks, and what stays quiet."""

from dataclasses import replace

import pytest

from orders.reading.fold import Entry, Fold, Held, Kind, Wanted, after, fold, key
from orders.reading.shapes import Change

H501, H502, H601 = ("", "501"), ("", "502"), ("", "601")
AT_NINE = [Entry(1, H501, {"A": 1}), Entry(2, H502, {"B": 2}, note="现金")]
HELD = {H501: Held({"A": 1}), H502: Held({"B": 2}, "现金")}


def kinds(found: Fold) -> dict[str, Kind]:
    return {home.home[1]: home.kind for home in found.homes}


def of(found: Fold, room: str) -> Wanted:
    return next(home for home in found.homes if home.home[1] == room)


def test_the_first_paste_is_new_and_goes_by_itself() -> None:
    found = fold(AT_NINE, {}, {})

    assert kinds(found) == {"501": Kind.NEW, "502": Kind.NEW}
    assert [home.home for home in found.ready] == [H501, H502]
    assert found.taps == []


def test_the_same_paste_again_changes_nothing_and_asks_nothing() -> None:
    done = [replace(entry, done=True) for entry in AT_NINE]

    found = fold(done, HELD, {})

    assert kinds(found) == {"501": Kind.UNCHANGED, "502": Kind.UNCHANGED}
    assert (found.ready, found.taps) == ([], [])


def test_by_noon_one_is_new_one_edited_one_gone() -> None:
    noon = [Entry(1, H501, {"A": 2}), Entry(2, H601, {"B": 1})]

    found = fold(noon, HELD, {})

    assert kinds(found) == {
        "501": Kind.CHANGED,
        "601": Kind.NEW,
        "502": Kind.VANISHED,
    }
    assert [home.home for home in found.ready] == [H601]
    assert [home.home for home in found.taps] == [H501, H502]


def test_a_tap_agrees_to_what_was_seen_and_to_nothing_else() -> None:
    agreed = {key(H501): {"items": {"A": 2}, "note": ""}}

    seen = fold([Entry(1, H501, {"A": 2})], HELD, agreed)
    edited_again = fold([Entry(1, H501, {"A": 5})], HELD, agreed)

    assert of(seen, "501").is_ready
    assert of(edited_again, "501").needs_tap


def test_an_undecided_line_keeps_its_home_back_and_the_others_go() -> None:
    found = fold([*AT_NINE, Entry(3, H501, {"A": 3}, sets=True, waits=True)], {}, {})

    assert of(found, "501").doubts == [3]
    assert [home.home for home in found.ready] == [H502]
    assert found.taps == []


def test_an_unread_line_of_a_home_is_no_vanishing() -> None:
    found = fold([Entry(1, H501, waits=True)], {H501: Held({"A": 1})}, {})

    assert of(found, "501").doubts == [1]
    assert found.taps == []


def test_a_decided_change_holds_until_the_entry_above_is_edited() -> None:
    change = Entry(2, H501, {"A": 3}, sets=True, base={"A": 1})

    decided = fold([Entry(1, H501, {"A": 1}), change], {}, {})
    edited = fold([Entry(1, H501, {"A": 1, "B": 1}), change], {}, {})

    assert of(decided, "501").items == {"A": 3}
    assert of(edited, "501").doubts == [2]
    assert edited.reopened([2]) == {2}


def test_a_change_without_an_entry_above_is_not_applied_twice() -> None:
    """ "502 再加A1" was decided as A2 in all; its next paste still means A2."""
    change = Entry(1, H502, {"A": 2}, sets=True, base=None, done=True)

    assert kinds(fold([change], {H502: Held({"A": 2})}, {})) == {"502": Kind.UNCHANGED}


def test_a_cancellation_is_not_a_vanishing() -> None:
    lines = [Entry(1, H501, {"A": 1}), Entry(2, H501, {}, sets=True, base={"A": 1})]

    assert kinds(fold(lines, {H501: Held({"A": 1})}, {})) == {"501": Kind.CANCELLED}
    assert kinds(fold(lines, {}, {})) == {"501": Kind.NOTHING}


def test_two_entries_of_one_home_are_summed_only_by_a_person() -> None:
    found = fold([Entry(1, H501, {"A": 1}), Entry(9, H501, {"A": 2})], {}, {})

    assert of(found, "501").items == {"A": 3}
    assert of(found, "501").needs_tap


def test_two_parts_of_one_line_for_one_home_are_one_wish() -> None:
    found = fold([Entry(1, H501, {"A": 1}), Entry(1, H501, {"B": 1})], {}, {})

    assert of(found, "501").items == {"A": 1, "B": 1}
    assert of(found, "501").is_ready


def test_an_order_that_staff_ended_does_not_come_back_by_itself() -> None:
    found = fold([Entry(1, H501, {"A": 1}, done=True)], {}, {})

    assert of(found, "501").needs_tap


def test_what_the_head_ordered_beside_the_chain_does_not_vanish() -> None:
    found = fold([], {H501: Held({"A": 1}, in_chain=False)}, {})

    assert kinds(found) == {"501": Kind.APART}
    assert found.taps == []


def test_another_remark_is_a_change_and_no_remark_is_none() -> None:
    said = fold([Entry(1, H502, {"B": 2}, note="放门口")], HELD, {})
    silent = fold([Entry(1, H502, {"B": 2})], HELD, {})

    assert of(said, "502").kind == Kind.CHANGED
    assert of(silent, "502").kind == Kind.UNCHANGED


@pytest.mark.parametrize(
    ("change", "items", "dropped", "comes_to"),
    [
        (Change.SET, {"A": 3}, (), {"A": 3}),
        (Change.ADD, {"A": 1, "C": 1}, (), {"A": 3, "B": 1, "C": 1}),
        (Change.DROP, {"B": 0}, (), {"A": 2}),
        (Change.DROP, {"A": 1}, (), {"A": 1, "B": 1}),
        (Change.DROP, {}, ("B",), {"A": 2}),
        (Change.SWAP, {"C": 2}, ("A",), {"B": 1, "C": 2}),
        (Change.PLACE, {}, (), {"A": 2, "B": 1}),
    ],
)
def test_what_a_change_comes_to(
    change: Change,
    items: dict[str, int],
    dropped: tuple[str, ...],
    comes_to: dict[str, int],
) -> None:
    assert after(change, items, dropped, {"A": 2, "B": 1}) == comes_to
