"""Pages that stand by themselves, and what all residents' pages have in common."""

import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from catalog.models import Batch
from tests.factories import make_batch, make_compound, make_group_buy, make_town

pytestmark = pytest.mark.django_db


def test_the_front_door_lists_invented_towns_only(batch: Batch) -> None:
    sample = make_town("样板镇", is_sample=True)
    make_batch(make_group_buy(sample, [make_compound(town=sample)], title="试试看"))
    text = Client().get("/").content.decode()
    assert "试试看" in text
    assert batch.group_buy.title not in text
    assert batch.group_buy.token not in text


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_privacy_is_told(lang: str) -> None:
    page = Client().get(f"/privacy/?lang={lang}")
    assert page.status_code == 200
    assert "30" in page.content.decode()


def test_a_wrong_address_is_answered_kindly() -> None:
    page = Client().get("/g/nothing/")
    assert page.status_code == 404
    assert 'href="/mine/"' in page.content.decode()


@pytest.mark.parametrize("path", ["/", "/privacy/", "/mine/", "/g/{}/", "/g/{}/order/"])
def test_no_page_needs_a_puzzle_a_script_inside_or_a_style_inside(
    batch: Batch, path: str
) -> None:
    text = Client().get(path.format(batch.group_buy.token)).content.decode()
    assert not re.search(r"<script(?! src)|<style|\sstyle=|\son\w+=|captcha", text)
    assert 'class="help"' in text
    assert text.count("<h1") == 1


@pytest.mark.parametrize(
    ("name", "too_new"),
    [
        ("residents.js", r"=>|\blet\b|\bconst\b|`|\?\.|\basync\b|\bfetch\("),
        (
            "residents.css",
            r"[^-]\bgap:|clamp\(|\bmin\(|\bmax\(|:focus-visible|\binset:",
        ),
        ("base.css", r"[^-]\bgap:|clamp\(|\bmin\(|\bmax\(|:focus-visible|\binset:"),
    ],
)
def test_old_phones_understand_it(name: str, too_new: str) -> None:
    """Chromium 61 and iOS 11 live on in old phones' chat apps."""
    text = Path(finders.find(name)).read_text()
    code = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    assert re.findall(too_new, code) == []


def test_a_first_visit_is_light(batch: Batch) -> None:
    page = Client().get(f"/g/{batch.group_buy.token}/", HTTP_ACCEPT_ENCODING="br")
    text = brotli.decompress(page.content).decode()
    files = re.findall(r'(?:href|src)="/static/([^"]+)"', text)
    files = [name for name in files if name.endswith((".css", ".js"))]
    assert len(files) <= 3
    bodies = [Path(finders.find(name)).read_bytes() for name in files]
    assert len(page.content) + sum(len(brotli.compress(b)) for b in bodies) < 35_000
