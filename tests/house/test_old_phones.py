"""Phone pages work in Chromium 61 and iOS 11: their styles, scripts and markup use only what
both know. The lists name what is tempting; the year says when the later of both learnt it.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import esprima
import pytest

from tests.house.source import ROOT, name_of, templates

STATIC = ROOT / "groupbuy" / "static"
OF_THE_DESK = {  # computers of a committee or a town, with a browser of these days
    *("desk.css", "day.css", "delivery.css", "heads_desk.css"),
    *("desk.js", "day.js"),
}

CSS = {
    r"(?<![-\w])(row-)?gap\s*:": "gap: in flex 2021, in grid as grid-gap only; margins",
    r"(?<![-\w])inset\s*:": "inset, 2021: top, right, bottom, left",
    r"(?<![-\w])aspect-ratio\s*:": "aspect-ratio, 2021",
    r"(?<![-\w])(accent-color|content-visibility|translate|rotate|scale)\s*:": "2022",
    r"(?<![-\w])(margin|padding|border)-(inline|block)": "logical sides, 2021",
    r"(?<![-\w])(backdrop-filter|scroll-snap-type|text-wrap)\s*:": "2018 and later",
    r"(?<![-\w])(min|max|clamp)\(": "min(), max(), clamp(), 2020",
    r"color-mix\(|(?<![-\w])(lab|lch|oklab|oklch|hwb|color)\(": "colours of 2022",
    r"rgba?\(\s*\d+\s+\d|hsla?\(\s*\d+\s+\d": "colours without commas, 2019",
    r"#[0-9a-f]{8}\b|#[0-9a-f]{4}\b": "#rrggbbaa, 2018 in Chromium 62",
    r":(is|where|has)\(|:not\([^)]*,": ":is, :where, :has, a list in :not",
    r":focus-visible": ":focus-visible, 2022: :focus",
    r"::marker|::backdrop|::part|:host": "parts of 2020",
    r"@(layer|container|property|scope|import|supports)\b": "at-rules",
    r"@media[^{]*[<>]": "ranges in @media, 2023",
    r"@media[^{]*prefers-contrast": "prefers-contrast, 2022",
    r"\b\d+(\.\d+)?(dvh|svh|lvh|dvw|cqw|cqi|lh|rlh)\b": "units of 2022",
    r"(?<![-\w])overflow(-[xy])?\s*:[^;}]*clip": "overflow: clip, 2022",
    r"(?<![-\w])(fit-content|subgrid)\b|min-content\(": "fit-content, subgrid",
    r"display\s*:\s*(flow-root|contents)": "display of 2018",
    r"(?<![-\w])position\s*:\s*sticky": "sticky: not without -webkit- on iOS 11",
    r"(?<![-\w])text-decoration-thickness\s*:\s*from-font": "2021",
}
IF_ANOTHER_STANDS_BEFORE = {"overflow-wrap": "anywhere", "word-break": "auto-phrase"}
ES5 = set(
    re.findall(
        r"\w+",
        """Program VariableDeclaration VariableDeclarator FunctionDeclaration FunctionExpression
    BlockStatement ExpressionStatement EmptyStatement ReturnStatement IfStatement
    ForStatement ForInStatement WhileStatement DoWhileStatement BreakStatement
    ContinueStatement ThrowStatement TryStatement CatchClause SwitchStatement SwitchCase
    CallExpression NewExpression MemberExpression StaticMemberExpression
    ComputedMemberExpression ThisExpression Identifier Literal RegexLiteral
    ArrayExpression ObjectExpression Property UnaryExpression UpdateExpression
    BinaryExpression LogicalExpression AssignmentExpression ConditionalExpression
    SequenceExpression Directive LabeledStatement""",
    )
)
NAMES = set(
    re.findall(
        r"\w+",
        """replaceAll flat flatMap matchAll at globalThis fromEntries allSettled any finally
    structuredClone queueMicrotask replaceChildren toggleAttribute requestSubmit showModal
    AbortController IntersectionObserver ResizeObserver BigInt WeakRef trimStart trimEnd
    Temporal FinalizationRegistry requestIdleCallback hasOwn groupBy toSorted
    checkVisibility showPicker findLast""",
    )
)
NEW_REGEX = re.compile(r"\(\?<|\\p\{")
MARKUP = (
    r"<dialog|<search\b|\bpopover\b|\binert\b|type=.module|\bnomodule\b|loading=.lazy"
)
ADDRESS = re.compile(r"(?:https?:)?//[a-z0-9][a-z0-9.-]*\.[a-z]{2,}[^\s\"')<]*", re.I)
NAMESPACES = ("http://www.w3.org/",)  # a name of SVG, never fetched


def phone_files(ending: str) -> list[Path]:
    return [p for p in sorted(STATIC.glob(f"*{ending}")) if p.name not in OF_THE_DESK]


def css_faults(text: str) -> Iterator[str]:
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    for pattern, why in CSS.items():
        for found in re.finditer(pattern, text, re.I):
            yield f"{found.group(0)} ({why})"
    for body in re.findall(r"\{([^{}]*)\}", text):
        for name, value in IF_ANOTHER_STANDS_BEFORE.items():
            values = re.findall(rf"(?<![-\w]){name}\s*:\s*([^;]*)", body)
            if values and values[0].strip() == value:
                yield f"{name}: {value} without another before it"
    yield from nested(text)


def nested(text: str) -> Iterator[str]:
    """A rule within a rule."""
    opened: list[str] = []
    for head, mark in re.findall(r"([^{};]*)([{};])", text):
        if mark == "{":
            if any(not outer.startswith("@") for outer in opened):
                yield f"nested: {head.strip()}"
            opened.append(head.strip())
        elif mark == "}" and opened:
            opened.pop()


def js_faults(text: str) -> Iterator[str]:
    try:
        program = esprima.parseScript(text, {"loc": True})
    except esprima.Error as error:
        yield str(error)
        return
    for node in nodes(program):
        for fault in newer_than_es5(node):
            yield f"line {node.loc.start.line}: {fault}"


def newer_than_es5(node: esprima.nodes.Node) -> Iterator[str]:
    if node.type not in ES5 or getattr(node, "isAsync", False):
        yield node.type
    if getattr(node, "kind", "") in {"let", "const"}:
        yield node.kind
    if getattr(node, "shorthand", False) or getattr(node, "method", False):
        yield "short property"
    if getattr(node, "operator", "") in {"**", "**="}:
        yield node.operator
    if node.type == "Identifier" and node.name in NAMES:
        yield node.name
    if node.type == "Literal" and node.regex and NEW_REGEX.search(node.regex.pattern):
        yield "a regular expression of 2018"


def nodes(node: object) -> Iterator[esprima.nodes.Node]:
    if isinstance(node, list):
        for one in node:
            yield from nodes(one)
    elif isinstance(node, esprima.nodes.Node):
        yield node
        for name, value in vars(node).items():
            if name not in {"loc", "range"}:
                yield from nodes(value)


def test_styles_use_what_old_phones_know() -> None:
    files = phone_files(".css")
    assert {"base.css", "residents.css", "volunteer.css"} <= {p.name for p in files}
    assert [f"{p.name}: {f}" for p in files for f in css_faults(p.read_text())] == []


def test_scripts_use_what_old_phones_know() -> None:
    files = phone_files(".js")
    assert {"residents.js", "heads.js"} <= {p.name for p in files}
    assert [f"{p.name}: {f}" for p in files for f in js_faults(p.read_text())] == []


def test_markup_uses_what_old_phones_know() -> None:
    assert [
        f"{name_of(path)}: {found}"
        for path in templates()
        for found in re.findall(MARKUP, path.read_text())
    ] == []


def test_no_file_names_an_address_elsewhere() -> None:
    files = [*templates(), *STATIC.glob("*.css"), *STATIC.glob("*.js")]
    assert [
        f"{name_of(path)}: {found}"
        for path in files
        for found in ADDRESS.findall(path.read_text())
        if not found.startswith(NAMESPACES)
    ] == []


@pytest.mark.parametrize(
    "line",
    [
        "a { display: flex; gap: 8px }", "a { inset: 0 }", "a { width: min(10px, 5vw) }",
        "a { color: color-mix(in srgb, red, blue) }", "a:is(b, c) { top: 0 }",
        "a { aspect-ratio: 1 }", "@layer x { a { top: 0 } }", "a { b { top: 0 } }",
        "@media (width > 300px) { a { top: 0 } }", "a:focus-visible { top: 0 }",
        "a { &:hover { top: 0 } }", "a { font-size: clamp(1rem, 2vw, 2rem) }",
        "a { color: rgb(0 0 0 / 50%) }", "a { overflow-wrap: anywhere }",
        "@container (min-width: 1px) { a { top: 0 } }", "a:has(b) { top: 0 }",
        "a { height: 100dvh }", "a { color: #12345678 }",
    ],
)  # fmt: skip
def test_a_planted_style_is_found(line: str) -> None:
    assert list(
        css_faults(f"b {{ top: 0; }}\n{line}\n@media print {{ c {{ top: 0 }} }}")
    )


@pytest.mark.parametrize(
    "line",
    [
        "a?.b;", "a ?? b;", "x = {...y};", "x = [...y];", "s.replaceAll('a', 'b');",
        "[1].flat();", "globalThis.x;", "import('x');", "class A { b = 1 }", "let a = 1;",
        "f = (a) => a;", "x = `a`;", "async function f() {}", "try { a(); } catch { b(); }",
        "var {a} = b;", "x = {a};", "a ** b;", "for (x of y) {}", "x = 1_000;",
        "/(?<=a)b/.test(c);", "new ResizeObserver(f);", "a ||= b;", "function f(a = 1) {}",
    ],
)  # fmt: skip
def test_a_planted_script_is_found(line: str) -> None:
    assert list(
        js_faults(f"(function () {{ 'use strict'; var ok = {{a: [1]}}; }}());\n{line}")
    )


@pytest.mark.parametrize(
    "line", ['<a href="//cdn.example.com/x.js">', "url(https://fonts.example.cn/a.css)"]
)
def test_a_planted_address_is_found(line: str) -> None:
    assert ADDRESS.findall(line)
