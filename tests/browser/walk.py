"""From page to page in one browser."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from playwright.sync_api import Browser, BrowserContext, Page

from groupbuy.community.models import User
from tests.browser.eyes import look
from tests.browser.resident import PHONE
from tests.browser.town import TOKEN, Sight, Town


def opened(
    sights: Iterable[Sight], town: Town, browser: Browser, url: str, lang: str
) -> Iterator[tuple[Sight, Page]]:
    """Every page, all that folds opened; one tab for each person. A dialogue ends the walk."""
    ordered = sorted(sights, key=lambda s: s.user.pk if s.user else 0)
    for user, group in groupby(ordered, key=lambda s: s.user):
        context = phone(town, browser, url, user, lang)
        page = context.new_page()
        popped: list[str] = []
        page.on("dialog", lambda d, popped=popped: popped.append(d.message))
        for sight in group:
            page.goto(sight.path)
            assert popped == [], sight.path
            look(page, "open")
            yield sight, page
        context.close()


def phone(
    town: Town, browser: Browser, url: str, user: User | None, lang: str
) -> BrowserContext:
    """It holds an order, and is signed in."""
    context = browser.new_context(viewport=PHONE, base_url=url)
    cookies = {"lang": lang, "orders": TOKEN}
    if user:
        cookies["sessionid"] = town.client(user).cookies["sessionid"].value
    context.add_cookies(
        [{"name": n, "value": v, "url": url} for n, v in cookies.items()]
    )
    return context
