"""Paper speaks both languages, completely."""

import re

from delivery.documents.typeset import TEMPLATES
from delivery.documents.words import EN, ZH

PLACE = re.compile(r"{(\w+)}")


def test_both_languages_have_the_same_words_with_the_same_places() -> None:
    assert ZH.keys() == EN.keys()
    for key, chinese in ZH.items():
        assert set(PLACE.findall(chinese)) == set(PLACE.findall(EN[key])), key


def test_english_words_are_english() -> None:
    assert [word for word in EN.values() if re.search(r"[一-鿿]", word)] == []


def test_templates_ask_only_for_words_that_exist() -> None:
    templates = list(TEMPLATES.glob("*.typ"))

    assert templates
    for template in templates:
        asked = set(re.findall(r"\bw\.([a-z_]+)", template.read_text()))
        assert asked <= ZH.keys(), template.name


def test_templates_have_no_chinese_of_their_own() -> None:
    for template in TEMPLATES.glob("*.typ"):
        assert re.search(r"[一-鿿]", template.read_text()) is None, template.name
