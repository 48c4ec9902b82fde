"""The interface's Chinese: found in the sources, kept in one .po file, compiled without gettext.

Message ids are the English sentences, so English needs no catalogue. References name files
without line numbers: a string that moves within its file changes nothing here.

``python -m groupbuy.roof.catalogue`` compiles, without starting Django.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "groupbuy" / "locale" / "zh_Hans" / "LC_MESSAGES"
PO, MO = FOLDER / "django.po", FOLDER / "django.mo"
SOURCES = ("groupbuy", "catalog", "orders", "delivery", "templates")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_TEXT = r"""u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
_CALL = re.compile(
    rf"\b(npgettext|ngettext|pgettext|gettext|_)\(\s*({_TEXT}(?:\s*,\s*{_TEXT})*)"
)
_PLACE = re.compile(r"%\((\w+)\)[sd]|(%[sd])|\{(\w*)\}")

Key = tuple[str | None, str, str | None]  # context, message id, plural


def found() -> dict[Key, list[str]]:
    """Every string of the interface, with the files it stands in."""
    places: dict[Key, list[str]] = defaultdict(list)
    for top in SOURCES:
        for path in sorted((ROOT / top).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            for key in keys_of(path):
                if name not in places[key]:
                    places[key].append(name)
    return dict(places)


def keys_of(path: Path) -> Iterable[Key]:
    if path.suffix == ".py" and "migrations" not in path.parts:
        return python_keys(path)
    if path.suffix in {".html", ".txt"} and path.is_file():
        return template_keys(path)
    return ()


def python_keys(path: Path) -> Iterator[Key]:
    with path.open("rb") as file:
        for _line, messages, _comments, context in extract("python", file, KEYWORDS):
            texts = [messages] if isinstance(messages, str) else list(messages)
            if context is not None and len(texts) > 1 and texts[0] == context:
                texts = texts[1:]
            if texts[0]:
                yield context, texts[0], texts[1] if len(texts) > 1 else None


def template_keys(path: Path) -> Iterator[Key]:
    """Django turns a template into calls of gettext; those are read with ``ast``."""
    source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for call, arguments in _CALL.findall(source):
        texts = [str(ast.literal_eval(t)) for t in re.findall(_TEXT, arguments)]
        context = texts.pop(0) if call in {"pgettext", "npgettext"} else None
        plural = texts[1] if call in {"ngettext", "npgettext"} else None
        yield context, texts[0], plural


def kept(*paths: Path) -> dict[Key, polib.POEntry]:
    """The translations in these files; of two for one string the later wins."""
    entries = {}
    for path in paths:
        for entry in polib.pofile(str(path), encoding="utf-8"):
            if not entry.obsolete and (entry.translated() or entry.fuzzy):
                entries[key_of(entry)] = entry
    return entries


def key_of(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid, entry.msgid_plural or None


def update(fragments: Iterable[Path] = ()) -> polib.POFile:
    """Write the .po anew: what the sources say, with every translation that is known."""
    known = kept(*([PO] if PO.exists() else []), *fragments)
    catalogue = polib.POFile(wrapwidth=88)
    catalogue.metadata = {
        "Project-Id-Version": "groupbuy",
        "Language": "zh_Hans",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    places = found()
    for key in sorted(places, key=lambda k: (k[1], k[0] or "", k[2] or "")):
        catalogue.append(entry_for(key, places[key], known.get(key)))
    FOLDER.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(PO))
    return catalogue


def entry_for(key: Key, files: list[str], old: polib.POEntry | None) -> polib.POEntry:
    context, msgid, plural = key
    entry = polib.POEntry(
        msgctxt=context,
        msgid=msgid,
        msgid_plural=plural or "",
        occurrences=[(name, "") for name in files],
        flags=["python-format"] if "%(" in msgid else [],
    )
    if old and plural:
        entry.msgstr_plural = dict(old.msgstr_plural)
    elif old:
        entry.msgstr = old.msgstr
    if old and old.fuzzy:
        entry.flags.append("fuzzy")
    return entry


def faults() -> list[str]:
    """One line for each string that is missing, gone, untranslated, fuzzy or broken."""
    entries = polib.pofile(str(PO), encoding="utf-8") if PO.exists() else []
    have = {key_of(entry): entry for entry in entries if not entry.obsolete}
    need = found()
    lines = [
        f"not in the catalogue: {k[1]!r} ({need[k][0]})" for k in need if k not in have
    ]
    lines += [f"no longer in the sources: {k[1]!r}" for k in have if k not in need]
    for key, entry in have.items():
        if entry.fuzzy:
            lines.append(f"fuzzy: {key[1]!r}")
        elif not entry.translated():
            lines.append(f"untranslated: {key[1]!r} ({', '.join(need.get(key, []))})")
        elif places_in(key[1]) != places_in(entry.msgstr) and not key[2]:
            lines.append(f"placeholders differ: {key[1]!r} and {entry.msgstr!r}")
    return sorted(lines)


def places_in(text: str) -> set[str]:
    """The names that a sentence leaves open: ``%(left)s``, ``{left}``, ``%s``."""
    return {a or b or c for a, b, c in _PLACE.findall(text)}


def compile_if_needed() -> bool:
    """Write the .mo beside the .po if it is missing or older; says whether it did."""
    if not PO.exists() or (MO.exists() and MO.stat().st_mtime >= PO.stat().st_mtime):
        return False
    fresh = MO.with_suffix(".mo.new")  # renamed at the end: nobody reads half a file
    polib.pofile(str(PO), encoding="utf-8").save_as_mofile(str(fresh))
    fresh.replace(MO)
    return True


if __name__ == "__main__":
    compile_if_needed()
