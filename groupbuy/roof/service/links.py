"""What to open once the site is up; the demo knows."""

from collections.abc import Iterator


def printed(url: str) -> Iterator[str]:
    """Lines for a terminal: the site's address, then the demo's links and sign-ins."""
    yield f"The site is up: {url}"
