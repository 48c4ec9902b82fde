"""The shared link and the guides may be found by searching, as any notice of a town; nothing
else may.

What stands behind a signed link or a form carries a home, a name or a building.
"""

import pytest

from tests.browser.town import built_town

PUBLIC = {"link", "link-compound", "guide-heads", "guide-volunteers"}
NOINDEX = '<meta name="robots" content="noindex">'


@pytest.mark.once
@pytest.mark.django_db
def test_only_the_shared_link_is_for_search_engines() -> None:
    town = built_town()
    stranger = town.client(None)
    pages = {
        sight.name: stranger.get(sight.path).content.decode()
        for sight in town.sights()
        if sight.user is None
    }

    assert {"order", "my-order", "head", "volunteer-building"} <= pages.keys()
    assert {name for name, page in pages.items() if NOINDEX not in page} == PUBLIC
    assert '<meta name="description"' in pages["link"]
