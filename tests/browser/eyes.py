"""Looks at the page that is open with ``eyes.js``: its measures, by name."""

from pathlib import Path

from playwright.sync_api import Page

EYES = Path(__file__).with_name("eyes.js").read_text(encoding="utf-8")


def look(page: Page, measure: str, argument: int | None = None) -> list[str]:
    """What is wrong, in words; nothing if the page is good. Some change the page instead."""
    return page.evaluate(f"(a) => ({EYES})['{measure}'](a)", argument) or []
