"""No word of the log reaches a page untranslated."""

import ast
from pathlib import Path

from orders.queries.desk.history import DID

ROOT = Path(__file__).parents[3]
SUBJECTS = {"batch", "stock", "order"}


def logged_words() -> set[str]:
    """The first argument of every call of ``log`` about a batch, a stock row or an order."""
    words = set()
    for path in ROOT.glob("*/actions/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or len(node.args) < 2:
                continue
            name = getattr(node.func, "id", "")
            verb, subject = node.args[0], node.args[1]
            if name not in {"log", "log_id", "log_step", "_log", "_tell", "disclose"}:
                continue
            about = getattr(subject, "id", getattr(subject, "value", ""))
            if isinstance(verb, ast.Constant) and about in SUBJECTS:
                words.add(str(verb.value))
    return words


def test_every_word_of_the_log_has_its_reading() -> None:
    found = logged_words()

    assert {"place_order", "restock", "close_batch"} <= found
    assert found - DID.keys() == set()
