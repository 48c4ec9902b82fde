"""Reads whatever can be reached by links from a first page, files and headers as well."""

import html
import io
import re
import zipfile
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin, urlsplit

from django.http.response import HttpResponseBase
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.delivery.documents.poppler import run

LINK = re.compile(r"""\b(?:href|src|hx-get|data-src)="([^"#]+)""")
MOST = 400  # pages; a crawl that gets so far goes round in circles
NOT_FOLLOWED = ("/static/", "/sign-out/", "/admin/")


@dataclass
class Seen:
    path: str
    status: int
    text: str


@dataclass
class Crawl:
    """All that ``client`` gets to read; ``starts`` are typed in, the rest is followed."""

    client: Client
    seen: list[Seen] = field(default_factory=list)

    def of(self, *starts: str) -> "Crawl":
        waiting, known = deque(starts), set(starts)
        while waiting:
            assert len(known) < MOST, f"no end of pages: {list(known)[-5:]}"
            here = waiting.popleft()
            answer = self.client.get(here)
            for link in [*links(answer, here), answer.headers.get("Location", "")]:
                if link and link not in known and is_ours(link):
                    known.add(link)
                    waiting.append(link)
            self.seen.append(Seen(here, answer.status_code, everything_in(answer)))
        return self


def is_ours(link: str) -> bool:
    """The same page in another language, size or hour tells nothing new."""
    again = re.search(r"[?&](lang|size|hour)=", link)
    return link.startswith("/") and not link.startswith(NOT_FOLLOWED) and not again


def links(answer: HttpResponseBase, here: str) -> Iterator[str]:
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        for found in LINK.findall(answer.content.decode()):
            there = urlsplit(urljoin(here, html.unescape(found)))
            if not there.netloc and there.scheme == "":
                yield f"{there.path}?{there.query}".rstrip("?")


def everything_in(answer: HttpResponseBase) -> str:
    """Headers, cookies, the file's name, and the body as a person would read it."""
    said = "\n".join(f"{name}: {unquote(value)}" for name, value in answer.items())
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer.streaming:
        for close in answer._resource_closers:  # the file, but not the database
            close()
    return f"{said}\n{answer.cookies.output()}\n{text_of(body)}"


def text_of(body: bytes) -> str:
    if body.startswith(b"%PDF"):
        return run("pdftotext", "-layout", "-", "-", pdf=body)
    if body.startswith(b"PK"):
        return "\n".join(unpacked(body))
    return html.unescape(body.decode(errors="replace"))


def unpacked(archive: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(archive)) as pack:
        names = pack.namelist()
        if "xl/workbook.xml" in names:
            book = CalamineWorkbook.from_filelike(io.BytesIO(archive))
            for sheet in book.sheet_names:
                yield sheet
                yield from map(str, book.get_sheet_by_name(sheet).to_python())
        for name in names:
            yield name
            yield text_of(pack.read(name))
