"""The project's own files, as the house rules see them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("groupbuy", "catalog", "orders", "delivery")


def python_files(*tops: str) -> Iterator[Path]:
    """Every Python file below these folders but migrations, which are made by a tool."""
    for top in tops or (*APPS, "tests"):
        for path in sorted((ROOT / top).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def tests_in(path: Path) -> set[str]:
    """Names of the test functions at the top of a file."""
    return {
        node.name
        for node in tree_of(path).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def lines_in(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())
