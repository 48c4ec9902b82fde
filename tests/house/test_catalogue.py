"""Every sentence of the interface exists in Simplified Chinese."""

from pathlib import Path

import pytest

from groupbuy.roof import catalogue


def test_no_string_is_missing_untranslated_or_fuzzy() -> None:
    assert catalogue.faults() == []


def test_strings_are_found_in_code_and_templates(tmp_path: Path) -> None:
    code, page = tmp_path / "a.py", tmp_path / "a.html"
    code.write_text('x = _("Sold out")\ny = pgettext("gate", "Open")\n')
    page.write_text(
        '{% load i18n %}<p title="{% translate "It\'s late" %}">'
        "{% blocktranslate trimmed with n=left %}\n  {{ n }} left\n{% endblocktranslate %}"
        '{% translate "Open" context "shop" %}</p>'
    )

    found = {*catalogue.keys_of(code), *catalogue.keys_of(page)}

    assert found == {
        (None, "Sold out", None),
        ("gate", "Open", None),
        (None, "It's late", None),
        (None, "%(n)s left", None),
        ("shop", "Open", None),
    }


def test_a_lost_placeholder_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    po = tmp_path / "django.po"
    po.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "%(n)s left"\nmsgstr "还有"\n\nmsgid "Sold out"\nmsgstr ""\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(catalogue, "PO", po)
    monkeypatch.setattr(
        catalogue,
        "found",
        lambda: {(None, "%(n)s left", None): ["a"], (None, "Sold out", None): ["b"]},
    )

    assert catalogue.faults() == [
        "placeholders differ: '%(n)s left' and '还有'",
        "untranslated: 'Sold out' (b)",
    ]


def test_a_later_fragment_wins_and_the_rest_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    old, new = tmp_path / "django.po", tmp_path / "new.po"
    old.write_text(
        head
        + 'msgid "A"\nmsgstr "甲"\n\nmsgid "B"\nmsgstr "乙"\n\nmsgid "C"\nmsgstr "丙"\n'
    )
    new.write_text(head + 'msgid "A"\nmsgstr "子"\n')
    monkeypatch.setattr(catalogue, "PO", old)
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    monkeypatch.setattr(
        catalogue, "found", lambda: {(None, k, None): ["x.py"] for k in "AB"}
    )

    catalogue.update([new])

    kept = {key[1]: entry.msgstr for key, entry in catalogue.kept(old).items()}
    assert kept == {"A": "子", "B": "乙"}
