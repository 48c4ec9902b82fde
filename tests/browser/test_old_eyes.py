"""What old eyes and thumbs need, measured on every page that is opened on a phone.

Residents', heads', volunteers' and suppliers' pages are walked once, in Chinese in every
type size and in English in the widest; each test then says one thing about all of them.
"""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from orders.views.link import PAGES
from tests.browser.eyes import look
from tests.browser.resident import PHONE
from tests.browser.town import Town, built_town, phone_sights
from tests.browser.walk import opened

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
]
ONCE = ("pale_text", "pale_edges", "in_the_way", "puzzles", "no_help", "lost_focus")
NARROW = ("too_wide", "cut_text")
IN_EVERY_SIZE = (
    *("small_text", "tight_lines", "small_targets", "crowded_targets"),
    *NARROW,
)
LOOKS = [("zh-hans", (20, 24, 30)), ("en", (30,))]
NO_HELP = {
    "home",
    "privacy",
    "mine",
    "404",
    "guide-heads",
    "guide-volunteers",
}  # of no town yet: nobody's number is known

Found = dict[str, list[str]]
FOUND: Found = {}  # the walk's, for all tests of this module


@pytest.fixture
def found(browser: Browser, live_server: LiveServer) -> Found:
    """Measure → what is wrong, page by page."""
    if not FOUND:
        PAGES.clear()
        FOUND.update(walked(built_town(), browser, live_server))
    return FOUND


def walked(town: Town, browser: Browser, live_server: LiveServer) -> Found:
    found: Found = defaultdict(list)
    for lang, sizes in LOOKS:
        for sight, page in opened(
            phone_sights(town), town, browser, live_server.url, lang
        ):
            found["kinds"].append(sight.kind)
            for measure, at, said in measured(page, sizes):
                where = f"{sight.kind}, {sight.name}, {lang} {at}"
                found[measure] += [f"{where}: {one}" for one in said]
    return found


def measured(
    page: Page, sizes: tuple[int, ...]
) -> Iterator[tuple[str, str, list[str]]]:
    """Measure, at which size and width, what is wrong there."""
    for size in sizes:
        look(page, "size", size)
        yield "base", f"{size}", look(page, "base", size)
        for width in (320, 390):
            page.set_viewport_size({**PHONE, "width": width})
            for measure in IN_EVERY_SIZE:
                yield measure, f"{size}/{width}", look(page, measure, size)
    if len(sizes) > 1:
        for measure in ONCE:
            yield measure, f"{size}", look(page, measure)
        look(page, "size", 20)
        for change in ("spread", "twice"):
            look(page, change)
            for measure in NARROW:
                yield change, "20", look(page, measure)
            look(page, "undo")


def test_every_kind_of_phone_page_was_seen(found: Found) -> None:
    assert set(found["kinds"]) == {
        *("residents", "heads", "volunteers", "suppliers", "guides")
    }


@pytest.mark.parametrize("measure", ["base", *IN_EVERY_SIZE, "spread", "twice", *ONCE])
def test_nothing_is_in_the_way_of_old_eyes(found: Found, measure: str) -> None:
    said = found[measure]
    if measure == "no_help":
        said = [one for one in said if one.split(", ")[1] not in NO_HELP]
    assert not said, "\n".join(said)
