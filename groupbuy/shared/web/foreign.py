"""Whether another site's page sent a form, as far as a browser tells."""

from urllib.parse import urlsplit

from django.http import HttpRequest


def foreign(request: HttpRequest) -> bool:
    """Whether the browser says that another site sent this.

    Browsers send ``Sec-Fetch-Site`` (since 2020-2023) or at least ``Origin`` with a form; a
    phone so old that it sends neither is taken at its word.
    """
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin", "null")
    return origin != "null" and urlsplit(origin).netloc != request.get_host()
