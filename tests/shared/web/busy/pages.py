"""What every page for a busy moment has."""

import re

from catalog.models import Batch, Stock

TYPED = {"name": "魏<b>女士", "note": "放门口 & 敲门", "phone": "13800138000"}


def row(batch: Batch, code: str = "A") -> Stock:
    return batch.stock.get(code=code)


def busy(answer: object) -> str:
    """The page's text, after a look at what every such page has."""
    assert answer.status_code == 503, answer.content.decode()[:500]
    assert int(answer["Retry-After"]) > 0
    assert answer["Cache-Control"] == "no-store"
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    text = answer.content.decode()
    assert 'lang="zh-hans"' in text
    assert 'lang="en"' in text
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", text)
    return text
