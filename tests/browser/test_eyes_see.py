"""Each measure of ``eyes.js`` finds what is planted, and nothing on a page that is good."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.eyes import look
from tests.house.source import ROOT

pytestmark = pytest.mark.browser
GOOD = """<main><p>早上好</p><p>下午好</p>
<p class=field><label>房号 <input></label></p>
<a class="button main" href="#x">去下单</a></main>
<footer class=help><a class="button call" href="tel:021">021-64091111</a></footer>"""
PLANTED = {
    "small_text": '<small style="font-size:17px">小字</small>',
    "base": '<style>main{font-size:19px}</style>',
    "tight_lines": '<div style="width:3em;line-height:1.2">挤在一起的两行字</div>',
    "pale_text": '<b style="color:#767676">灰字</b>',
    "pale_edges": '<input style="border:1px solid #ccc">',
    "small_targets": '<button style="min-height:0;height:44px">按</button>',
    "crowded_targets": '<button>甲</button><button>乙</button>',
    "too_wide": '<div style="width:500px">宽</div>',
    "cut_text": '<div style="width:3em;overflow:hidden;white-space:nowrap">看不见的字</div>',
    "lost_focus": '<button style="outline:0">按</button>',
    "in_the_way": '<div style="position:fixed;bottom:0">下载应用</div>',
    "puzzles": "<label>请输入验证码</label>",
    "no_help": "<style>.help{display:none}</style>",
}  # fmt: skip


@pytest.fixture
def page(browser: Browser) -> Page:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    styles = ROOT / "groupbuy" / "static"
    page.set_content(f'<html class="size-20"><body class="residents">{GOOD}')
    for name in ("base.css", "residents.css"):
        page.add_style_tag(content=(styles / name).read_text(encoding="utf-8"))
    return page


def plant(page: Page, html: str) -> None:
    page.evaluate(
        "(html) => document.querySelector('main').insertAdjacentHTML('beforeend', html)",
        html,
    )


@pytest.mark.parametrize("measure", PLANTED)
def test_a_planted_fault_is_seen(page: Page, measure: str) -> None:
    assert look(page, measure, 20) == []

    plant(page, PLANTED[measure])

    assert look(page, measure, 20) != []
    page.context.close()


@pytest.mark.parametrize("change", ["twice", "spread"])
def test_text_that_grows_out_of_its_box_is_seen(page: Page, change: str) -> None:
    box = "display:inline-block;width:7.5em;font-size:20px;overflow:hidden"
    plant(page, f'<div style="width:160px;overflow:hidden;white-space:nowrap">'
                f'<b style="{box}">楼栋和房号 ab</b></div>')  # fmt: skip
    assert look(page, "cut_text") == []

    look(page, change)

    assert look(page, "cut_text") != []
    page.context.close()
