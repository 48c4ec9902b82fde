"""Fifty bad inputs and faults, and which test shows what becomes of each.

Row by row: what comes | the tests that show what becomes of it | what of it is not done, or done
otherwise. A test that is named here must exist. Rows of ``chaos`` are run by ``make chaos``, all
others by ``make test``.
"""

import ast

import pytest

from tests.house.source import ROOT

ROWS = """
 1 the last unit, fifty at once | strangers/test_fifty_thumbs.py: one_reads_that_it_is_ordered_and_all_others_what_is_still_there; races/test_last_ones.py: fifty_buyers_get_exactly_the_quota, control_reading_first_oversells
 2 one of three sold out meanwhile | orders/views/test_ordering_refused.py: sold_out_in_between_offers_the_rest_in_one_tap
 3 submit tapped twenty times, reload, back | races/test_last_ones.py: one_form_sent_twenty_times_is_one_order; orders/views/test_ordering.py: the_same_form_twice_is_one_order; browser/test_resident_journey.py: a_form_sent_twice_by_a_nervous_thumb_is_one_order, the_back_button_loses_nothing
 4 the reply lost, tried again from a fresh page | orders/views/test_ordering.py: the_same_home_is_asked_only_on_the_phone_that_ordered; kills/test_one_text.py: the_reply_is_lost_on_its_way
 5 same key, other body | orders/views/test_ordering_refused.py: the_same_form_with_other_contents_is_told_so; orders/actions/test_place_order.py: the_same_key_with_other_contents_is_refused
 6 a POST that waits across the cutoff | strangers/test_across_the_cutoff.py: what_waited_for_a_lock_is_listed_or_refused; races/test_cutoff.py: each_is_in_or_refused_with_the_reason
 7 opened before, sent after the cutoff | orders/views/test_ordering_refused.py: too_late_keeps_the_basket_for_the_next_day, too_late_without_a_next_day_names_whom_to_call
 8 quantities that are none | orders/views/test_ordering_refused.py: a_number_that_is_none_is_refused_beside_its_field; orders/views/test_ordering.py: numbers_as_people_write_them; orders/actions/test_place_order.py: impossible_quantities_write_nothing; api/test_bad_input.py: a_wrong_value_is_told_beside_its_field
 9 two lines of one package | api/test_orders.py: lines_of_one_package_are_added_up
10 price or offer changed in the form | orders/views/test_ordering.py: the_servers_price_wins
11 an offer of another day, town, supplier | orders/views/test_ordering_refused.py: another_days_package_or_another_group_buys_day_is_not_there; api/test_orders.py: a_package_of_another_day_is_refused
12 telephone numbers | shared/test_phones.py: numbers_that_ring, numbers_that_do_not
13 rooms | strangers/test_hostile_input.py: a_room_is_found_as_the_roster_has_it, a_room_that_is_not_in_it_is_never_guessed, without_a_roster_it_is_kept_as_written; orders/views/test_ordering_refused.py: a_home_that_is_not_there_brings_the_nearest_three_to_tap
14 a compound of another town | strangers/test_hostile_input.py: a_compound_of_another_town_is_refused_beside_its_field
15 names that calculate | delivery/documents/test_excel.py: what_looks_like_a_formula_is_stored_as_typed_and_inert; strangers/test_hostile_input.py: a_name_loses_what_nobody_can_see_and_nothing_else
16 names with what nobody sees, or endless | strangers/test_hostile_input.py: a_name_that_is_none_is_refused_or_mended_never_a_crash; delivery/documents/test_ink.py: staff_must_mend_a_text_that_cannot_be_printed; api/test_bad_input.py: strange_text_is_taken_or_refused_in_words
17 notes that are code | orders/views/test_ordering.py: hostile_words_are_shown_as_typed; orders/views/test_link.py: hostile_text_stays_text
18 pastes without measure | strangers/test_hostile_input.py: a_paste_without_measure_is_refused_with_the_number_at_once, more_than_the_site_reads_at_all_is_refused_in_words; orders/reading/test_speed.py: a_line_made_to_be_slow_is_as_quick_as_its_length
19 pastes that take back, repeat, add up | orders/reading/test_taken_back.py: a_person_decides; orders/actions/test_chain.py: the_same_paste_is_kept_once_and_handed_in_once
20 files that are something else; a workbook is told to be a workbook and never unpacked | community/reading/test_table.py: a_file_that_cannot_be_read_is_refused_by_the_name_of_its_fault, every_way_to_save_it_reads_the_same; community/actions/test_import_places.py: one_wrong_row_at_the_end_and_nothing_is_brought_in
21 an import interrupted | community/actions/test_import_places.py: an_import_that_breaks_off_half_way_leaves_nothing, the_same_files_again_change_nothing
22 tokens that open nothing | strangers/test_hostile_input.py: whatever_does_not_open_is_the_same_page, a_cancelled_order_is_still_its_owners_to_see; delivery/views/test_volunteer.py: a_wrong_a_revoked_and_an_expired_token_are_the_same_404
23 next, Host, forwarding headers, methods | community/views/test_session.py: the_page_after_sign_in_is_never_another_site; strangers/test_hostile_input.py: another_hosts_name_is_refused, links_that_travel_are_made_from_the_setting_never_from_the_request; shared/web/test_address.py: without_a_proxy_the_header_is_a_lie; house/test_doors.py: other_methods_do_nothing
24 the CSRF cookie lost | orders/views/test_ordering.py: a_lost_csrf_cookie_costs_one_more_tap, another_sites_form_orders_nothing; shared/web/test_refusals.py: an_old_form_is_answered_in_both_languages
25 no cookies, no script, old phones, 320 px | orders/views/test_ordering.py: a_phone_without_cookies_orders_and_sees_its_order; browser/test_weight.py: an_order_needs_no_script; browser/test_old_eyes.py: nothing_is_in_the_way_of_old_eyes
26 a head pastes another building | orders/actions/test_chain.py: other_buildings_are_shown_and_never_handed_in
27 staff removed while signed in | community/views/test_session.py: a_role_taken_away_counts_from_the_next_request; delivery/test_leaving_in_person.py: the_right_is_looked_at_anew_when_the_file_is_fetched
28 no broker | strangers/test_faults_of_others.py: without_a_broker_the_day_is_ordered_closed_and_listed; api/test_orders.py: an_order_needs_no_session_no_cookie_and_no_broker; chaos/rows/redis.py: redis_absent, redis_killed
29 the broker hangs | strangers/test_faults_of_others.py: without_a_broker_the_day_is_ordered_closed_and_listed, the_control_a_broker_that_is_well_takes_a_word; chaos/rows/redis.py: redis_hung
30 the broker emptied | strangers/test_faults_of_others.py: a_broker_that_forgot_everything_shuts_nobody_out; community/views/test_idle.py: residents_pages_touch_no_session; chaos/rows/redis.py: redis_flushed
31 worker deaf, beat dead or doubled | roof/test_tick.py: four_clockworks_at_once_make_one_closing; roof/test_site_state.py: a_clockwork_that_stands_still_is_told_in_words_and_without_a_check; chaos/rows/clockwork.py: worker_deaf, beat_absent, beat_doubled
32 closing killed at any statement | kills/test_kill_matrix.py: a_death_at_any_step_leaves_all_of_it_or_nothing
33 closing slower than its message | roof/test_tick.py: two_renderers_and_the_foreground_make_each_sheet_once; orders/actions/test_close_and_call_off.py: closing_twice_is_closing_once
34 one day's data broken | roof/test_clocks.py: one_of_forty_is_poisoned_and_the_others_close; roof/test_tick.py: a_poisoned_batch_stops_no_other
35 down over the cutoff | roof/test_clocks.py: after_a_silence_all_that_is_due_closes_oldest_first | heads are not written to; what they could not hand in is let in by the town
36 clocks that jump | roof/test_clocks.py: a_clock_that_is_ahead_refuses_early_and_lets_nobody_in_late, a_clock_stepped_back_an_hour_reopens_nothing; roof/test_site_state.py: a_clock_that_differs_from_the_databases_is_told
37 the database restarts in the rush | shared/web/busy/test_orders_form.py: a_database_that_does_not_answer_is_waited_for_with_all_that_was_typed, a_session_that_is_killed_in_the_middle_is_one_order_after_all, what_may_be_done_already_is_looked_at_first; shared/web/busy/test_everybody_else.py: staff_hear_it_before_anybody_knows_who_they_are; kills/test_one_text.py: the_server_dies_inside_the_text_and_nothing_is_there; chaos/rows/postgres.py: pg_immediate, pg_killed
38 disk full, or the database may only be read | shared/web/busy/test_orders_form.py: a_full_disk_refuses_politely_and_can_be_read; chaos/rows/room.py: disk_full, database_read_only
39 deadlock, lock timeout | shared/web/busy/test_orders_form.py: a_deadlock_is_tried_again_before_anybody_hears_of_it, a_row_that_is_let_go_in_time_costs_nobody_a_tap, a_row_that_somebody_holds_costs_one_more_tap_and_nothing_typed; shared/web/busy/test_everybody_else.py: a_row_that_is_held_costs_staff_one_more_tap, a_machine_is_told_to_wait_in_its_own_shape; shared/test_patience.py: the_sites_own_connections_are_short_and_a_workers_are_not; races/test_cutoff.py: random_baskets_never_deadlock, control_locks_in_any_order_deadlock
40 pay notice thrice, late, wrong | | not in this release: money is taken in cash, no notice ever comes
41 pay notice never comes | | not in this release: money is taken in cash, nothing is held for a payment
42 the supplier's mail server | delivery/actions/test_handoffs.py: the_supplier_says_it_by_its_link_and_the_log_knows; delivery/actions/test_correct_list.py: sent_is_noted_once_by_the_town_only, a_new_version_is_handed_off_anew | the site sends no mail: staff send a link or file themselves and say so once
43 quota below what is ordered | orders/desk/test_rows.py: a_refused_quota_says_who_would_be_hit_and_where_they_are, a_quota_below_what_is_ordered_is_refused_beside_the_field
44 a supplier brings 180 of 200 | delivery/actions/test_correct_list.py: before_printing_a_void_order_makes_a_whole_new_version, after_printing_a_void_order_is_a_numbered_difference_and_the_sums_hold; delivery/documents/test_pdf.py: a_later_version_says_that_the_old_one_is_void; orders/actions/test_close_and_call_off.py: a_package_called_off_leaves_every_order | not in this release: sharing the rest out by rule; staff withdraw order by order, or, before closing, the package as a whole
45 volunteers tick offline, twice, out of order | delivery/actions/test_taps.py: the_last_tapping_counts_in_whatever_order_taps_come, who_tapped_earlier_is_told_what_counts_now, sent_again_after_a_lost_reply_it_changes_nothing, a_tick_of_before_does_not_undo_what_the_office_took_back; delivery/actions/test_take_back.py: only_the_tap_in_question_is_taken_back_and_only_once
46 two volunteers on one sheet | delivery/actions/test_arrivals.py: the_first_tap_at_the_gate_counts_and_keeps_its_time, all_orders_of_a_home_are_handed_over_together; delivery/actions/test_taps.py: who_tapped_earlier_is_told_what_counts_now | a link has no names: who taps later reads the time of the tap that counts, not whose it was
47 erase while the order is open | strangers/test_asked_to_forget.py: the_page_says_for_how_long_and_whom_to_ask, what_the_delivery_and_its_complaints_need_is_kept_until_then, then_the_person_goes_and_the_trade_stays, who_holds_the_order_corrects_a_name_without_asking_anybody; orders/actions/test_erase.py: forgotten_after_thirty_days_and_the_books_hold | nobody is erased earlier: the committee explains it
48 a thousand look-ups | strangers/test_tries.py: one_phone_that_asks_three_hundred_times_is_told_to_wait, nobody_can_lock_a_home_out_of_its_order
49 leap day, year's end, every three days; no day twice | strangers/test_one_day_once.py: eight_openers_at_once_make_one_day; catalog/queries/test_rhythm.py: every_three_days_crosses_the_leap_day_and_the_year_end, a_day_left_out_is_skipped_and_does_not_shift_the_rhythm
50 restored from last night | roof/backup/test_backup.py: what_was_ordered_after_the_backup_is_named
"""
LINES = [
    [part.strip() for part in line.split("|")] for line in ROWS.strip().splitlines()
]
ABSENT = {40, 41}  # nothing to test: money is taken in cash
PARTLY = {
    35,
    42,
    44,
    46,
    47,
}  # something that was asked for is done otherwise, or by people


def number(line: list[str]) -> int:
    return int(line[0].split()[0])


def names_in(path: str) -> set[str]:
    """Tests of a file; of the chaos table, its rows, which are functions, too."""
    tree = ast.parse((ROOT / "tests" / path).read_text(encoding="utf-8"))
    found = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    if path.startswith("chaos/rows/"):
        return found
    return {n.removeprefix("test_") for n in found if n.startswith("test_")}


def lost(shown: str) -> set[str]:
    """Tests that are named there and do not exist."""
    gone = set()
    for group in filter(None, shown.split(";")):
        path, names = (part.strip() for part in group.split(":"))
        named = {name.strip() for name in names.split(",")}
        there = names_in(path) if (ROOT / "tests" / path).exists() else set()
        gone |= {f"{path}: {name}" for name in named - there}
    return gone


def test_all_fifty_are_here() -> None:
    assert [number(line) for line in LINES] == list(range(1, 51))


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_a_row_is_shown_by_tests_that_exist(line: list[str]) -> None:
    assert lost(line[1]) == set()
    assert bool(line[1]) is (number(line) not in ABSENT)


def test_what_is_missing_says_so() -> None:
    assert {number(line) for line in LINES if len(line) > 2} == ABSENT | PARTLY
    assert all(
        line[2].startswith("not in this release")
        for line in LINES
        if number(line) in ABSENT
    )


def test_a_test_that_was_renamed_is_missed() -> None:
    assert lost("house/test_words.py: gone, no_script_or_style_stands_inside_a_page")
    assert lost("gone/test_gone.py: gone")
    assert not lost("chaos/rows/redis.py: redis_hung")
