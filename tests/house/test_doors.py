"""Every door against every role, in one table; a new address without a row fails.

Columns: nobody (not signed in), town staff of another town, staff of another committee of
the town, staff of the committee, town staff. ``in?`` sends to the sign-in, 404 hides that
there is anything, 405 says which method it wants, 409 and 422 answer the empty form.
"""

from typing import Any

import pytest

from catalog.queries import visible
from groupbuy.community.models import Town
from tests.house.doors import House, built_house, doors

TABLE = """
name                    | GET: nobody foreign neighbour committee town | the same for an empty POST
healthz                 | 200 200 200 200 200 | 200 200 200 200 200
close-due               | in? 405 405 405 405 | in? 302 404 404 302
site-state              | in? 200 404 404 200 | in? 405 404 404 405
sign-in                 | 200 302 302 302 302 | 200 302 302 302 302
sign-out                | 405 405 405 405 405 | in? in? in? in? in?
second-factor           | in? 200 200 200 200 | in? 200 200 200 200
recovery-codes          | in? 404 404 404 404 | in? 404 404 404 404
phone-lost              | in? 405 405 405 405 | in? 302 302 302 302
desk                    | in? 302 302 302 302 | in? 302 302 302 302
places                  | in? 200 404 404 200 | in? 200 404 404 200
places-import           | in? 200 404 404 200 | in? 200 404 404 200
places-sample           | in? 200 404 404 200 | in? 200 404 404 200
places-committee        | in? 404 404 404 200 | in? 404 404 404 200
suppliers               | in? 200 404 404 200 | in? 200 404 404 200
supplier-new            | in? 200 404 404 200 | in? 200 404 404 200
supplier                | in? 404 404 404 200 | in? 404 404 404 200
paper-new               | in? 405 404 404 405 | in? 404 404 404 422
paper-drop              | in? 405 404 404 405 | in? 404 404 404 302
supplier-suspend        | in? 405 404 404 405 | in? 404 404 404 422
supplier-resume         | in? 405 404 404 405 | in? 404 404 404 302
packages                | in? 200 404 404 200 | in? 200 404 404 200
package-new             | in? 200 404 404 200 | in? 200 404 404 200
package                 | in? 404 404 404 200 | in? 404 404 404 200
package-version         | in? 405 404 404 405 | in? 404 404 404 422
package-copy            | in? 405 404 404 405 | in? 404 404 404 422
group-buys              | in? 200 404 404 200 | in? 200 404 404 200
group-buy-new           | in? 200 404 404 200 | in? 200 404 404 200
group-buy               | in? 404 404 404 200 | in? 404 404 404 200
group-buy-edit          | in? 404 404 404 200 | in? 404 404 404 200
group-buy-publish       | in? 405 404 404 405 | in? 404 404 404 302
group-buy-end           | in? 405 404 404 405 | in? 404 404 404 302
group-buy-places        | in? 404 404 404 200 | in? 404 404 404 200
offer-new               | in? 404 404 404 200 | in? 404 404 404 200
offer                   | in? 404 404 404 200 | in? 404 404 404 200
offer-withdraw          | in? 405 404 404 405 | in? 404 404 404 302
offer-restore           | in? 405 404 404 405 | in? 404 404 404 302
group-buy-preview       | in? 404 404 404 200 | in? 404 404 404 200
group-buy-preview-page  | in? 404 404 404 200 | in? 405 404 404 405
home                    | 200 200 200 200 200 | 405 405 405 405 405
privacy                 | 200 200 200 200 200 | 405 405 405 405 405
link                    | 200 200 200 200 200 | 405 405 405 405 405
link-compound           | 200 200 200 200 200 | 405 405 405 405 405
order                   | 200 200 200 200 200 | 404 404 404 404 404
want                    | 405 405 405 405 405 | 200 200 200 200 200
my-order-link           | 404 404 404 404 404 | 405 405 405 405 405
mine                    | 200 200 200 200 200 | 405 405 405 405 405
my-order                | 404 404 404 404 404 | 405 405 405 405 405
my-order-code           | 404 404 404 404 404 | 405 405 405 405 405
my-order-change         | 404 404 404 404 404 | 404 404 404 404 404
my-order-cancel         | 404 404 404 404 404 | 404 404 404 404 404
head                    | 200 200 200 200 200 | 405 405 405 405 405
building                | in? 404 404 200 200 | in? 404 404 405 405
buildings               | in? 404 404 404 404 | in? 405 405 405 405
head-orders             | 200 200 200 200 200 | 405 405 405 405 405
building-orders         | in? 404 404 200 200 | in? 404 404 405 405
head-grid               | 200 200 200 200 200 | 302 302 302 302 302
heads                   | in? 404 404 200 200 | in? 405 405 405 405
building-add            | in? 405 405 405 405 | in? 404 404 302 302
heads-link-make         | in? 405 405 405 405 | in? 404 404 302 302
heads-link-revoke       | in? 405 405 405 405 | in? 404 404 302 302
handed-in               | in? 404 404 200 200 | in? 405 405 405 405
call-list               | in? 404 404 200 200 | in? 405 405 405 405
call-list-called        | in? 405 405 405 405 | in? 404 404 302 302
head-paste              | 200 200 200 200 200 | 409 409 409 409 409
building-paste          | in? 404 404 200 200 | in? 404 404 409 409
head-pasted             | 200 200 200 200 200 | 405 405 405 405 405
building-pasted         | in? 404 404 200 200 | in? 404 404 405 405
late-home               | in? 404 404 404 200 | in? 404 404 404 409
building-grid           | in? 404 404 200 200 | in? 404 404 302 302
today                   | in? 200 404 404 200 | in? 405 404 404 405
today-batch             | in? 404 404 404 200 | in? 405 404 404 405
today-live              | in? 404 404 404 200 | in? 405 404 404 405
today-cutoff            | in? 405 404 404 405 | in? 404 404 404 409
today-notice            | in? 405 404 404 405 | in? 404 404 404 302
close-now               | in? 404 404 404 200 | in? 404 404 404 302
call-off                | in? 404 404 404 200 | in? 404 404 404 409
row-quota               | in? 405 404 404 405 | in? 404 404 404 409
row-held                | in? 405 404 404 405 | in? 404 404 404 409
row-pause               | in? 405 404 404 405 | in? 404 404 404 302
row-resume              | in? 405 404 404 405 | in? 404 404 404 302
row-call-off            | in? 404 404 404 200 | in? 404 404 404 409
find-order              | in? 200 200 200 200 | in? 405 405 405 405
desk-order              | in? 404 404 200 200 | in? 405 405 405 405
desk-order-change       | in? 404 404 200 200 | in? 404 404 409 409
desk-order-cancel       | in? 405 405 405 405 | in? 404 404 302 302
desk-order-void         | in? 405 405 405 405 | in? 404 404 409 409
desk-order-paid         | in? 405 405 405 405 | in? 404 404 302 302
desk-order-phone        | in? 405 405 405 405 | in? 404 404 200 200
committee               | in? 200 200 302 302 | in? 405 405 405 405
committee-compound      | in? 404 404 200 200 | in? 405 405 405 405
committee-paid          | in? 405 405 405 405 | in? 404 404 302 302
batches                 | in? 200 200 200 200 | in? 405 405 405 405
batch                   | in? 404 404 200 200 | in? 405 405 405 405
batch-progress          | in? 404 404 200 200 | in? 405 405 405 405
print-all               | in? 405 404 404 405 | in? 404 404 404 302
late-order              | in? 404 404 404 200 | in? 404 404 404 409
withdraw-order          | in? 404 404 200 200 | in? 404 404 409 409
batch-compound          | in? 404 404 200 200 | in? 405 405 405 405
print-sheet             | in? 405 405 405 405 | in? 404 404 302 302
gate-not-arrived        | in? 405 405 405 405 | in? 404 404 302 302
building-not-done       | in? 405 405 405 405 | in? 404 404 302 302
batch-supplier          | in? 404 404 404 200 | in? 405 404 404 405
handoff-sent            | in? 405 404 404 405 | in? 404 404 404 302
handoff-received        | in? 405 404 404 405 | in? 404 404 404 302
revoke-link             | in? 405 405 405 405 | in? 404 404 302 302
sheet                   | in? 404 404 302 302 | in? 405 405 405 405
publishing-packs        | in? 404 404 200 200 | in? 405 405 405 405
publishing-pack         | in? 404 404 200 200 | in? 405 405 405 405
publishing-code-png     | in? 404 404 200 200 | in? 405 405 405 405
publishing-code-svg     | in? 404 404 200 200 | in? 405 405 405 405
publishing-notice       | in? 404 404 200 200 | in? 405 405 405 405
volunteer               | 200 200 200 200 200 | 405 405 405 405 405
volunteer-building      | 404 404 404 404 404 | 405 405 405 405 405
volunteer-done          | 405 405 405 405 405 | 302 302 302 302 302
volunteer-arrived       | 405 405 405 405 405 | 302 302 302 302 302
volunteer-not-arrived   | 405 405 405 405 405 | 302 302 302 302 302
volunteer-not-done      | 405 405 405 405 405 | 302 302 302 302 302
volunteer-phone         | 405 405 405 405 405 | 200 200 200 200 200
volunteer-home-done     | 405 405 405 405 405 | 302 302 302 302 302
volunteer-print         | 405 405 405 405 405 | 404 404 404 404 404
volunteer-sheet         | 302 302 302 302 302 | 405 405 405 405 405
supplier-link           | 200 200 200 200 200 | 405 405 405 405 405
supplier-received       | 405 405 405 405 405 | 302 302 302 302 302
supplier-paper          | 404 404 404 404 404 | 405 405 405 405 405
api-group-buys          | 200 200 200 200 200 | 405 405 405 405 405
api-group-buy           | 200 200 200 200 200 | 405 405 405 405 405
api-batch               | 200 200 200 200 200 | 405 405 405 405 405
api-place-order         | 405 405 405 405 405 | 415 415 415 415 415
api-order               | 401 401 401 401 401 | 401 401 401 401 401
api-pickup-lists        | 401 401 401 401 401 | 401 401 401 401 401
api-pickup-list         | 401 401 401 401 401 | 401 401 401 401 401
api-supply-orders       | 401 401 401 401 401 | 401 401 401 401 401
api-supply-order        | 401 401 401 401 401 | 401 401 401 401 401
api-schema              | 200 200 200 200 200 | 200 200 200 200 200
"""
ROWS = {
    name.strip(): (get.strip(), post.strip())
    for name, get, post in (line.split("|") for line in TABLE.strip().splitlines()[1:])
}
OWN_LISTS = {  # a stranger sees these, too: of the own town
    *("desk", "second-factor", "places", "places-import", "places-sample", "suppliers"),
    *("supplier-new", "packages", "package-new", "group-buys", "group-buy-new"),
    *("today", "find-order", "committee", "batches", "close-due", "phone-lost"),
    "site-state",
}


@pytest.fixture
def house(db: None) -> House:
    return built_house()


def test_every_door_has_its_row() -> None:
    assert {str(door.name) for door in doors()} == set(ROWS)


def test_every_door_answers_as_the_table_says(house: House) -> None:
    found = {str(door.name): house.answers(door) for door in doors()}
    assert {name: row for name, row in found.items() if row != ROWS[name]} == {}


def test_no_row_lets_a_stranger_in() -> None:
    """Behind the sign-in, whoever is of another town gets nowhere but to the own lists."""
    behind = {name for name, row in ROWS.items() if row[0].startswith("in?")}
    assert len(behind) > 60
    for name in behind - OWN_LISTS:
        strangers = {answers.split()[1] for answers in ROWS[name]}
        assert strangers <= {"404", "405"}, name


def test_the_table_finds_a_planted_leak(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def everything(user: Any) -> Any:
        return Town.objects.all()

    monkeypatch.setattr(visible, "towns_of", everything)
    door = next(door for door in doors() if door.name == "supplier")
    assert house.answers(door) != ROWS["supplier"]
