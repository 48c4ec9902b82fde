"""Contents as people write them, one item a line."""

import pytest

from catalog.reading.items import Item, read_item, read_items, written
from catalog.reading.weights import grams, in_words, together
from groupbuy.shared.errors import Refused


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("土鸡蛋 10枚", Item("土鸡蛋", "10枚")),
        ("土鸡蛋10枚", Item("土鸡蛋", "10枚")),
        ("· 东北大米　５公斤", Item("东北大米", "5公斤")),
        ("八宝粥3罐", Item("八宝粥", "3罐")),
        ("千张百叶2张", Item("千张百叶", "2张")),
        ("三文鱼一包", Item("三文鱼", "一包")),
        ("菠菜若干", Item("菠菜", "若干")),
        ("蔬菜5种 共2.5公斤", Item("蔬菜5种", "共2.5公斤")),
        ("午餐肉 340克×3罐", Item("午餐肉", "340克×3罐")),
        ("西红柿(大)2斤", Item("西红柿(大)", "2斤")),
        (
            "时令菜 1公斤（菠菜/上海青/鸡毛菜）",
            Item("时令菜", "1公斤", "菠菜/上海青/鸡毛菜"),
        ),
        (
            "时令菜（菠菜、上海青或鸡毛菜）1公斤",
            Item("时令菜", "1公斤", "菠菜/上海青/鸡毛菜"),
        ),
        ("肉(冷鲜) 2斤（小排/蹄髈(半只)）", Item("肉(冷鲜)", "2斤", "小排/蹄髈(半只)")),
        ("菠菜", None),
        ("10枚", None),
        ("东北 五常大米", None),
        ("菜" * 61 + " 1斤", None),
    ],
)
def test_name_first_quantity_last_possible_in_brackets(line, item):
    assert read_item(line) == item


def test_a_line_read_and_written_reads_the_same_again():
    text = "土鸡蛋 10枚\n时令菜 1公斤（菠菜/上海青）\n鲜奶 950毫升×2盒"

    items = read_items(text)

    assert written(items) == text
    assert read_items(written(items)) == items


def test_blank_lines_do_not_count_as_items_but_as_lines():
    with pytest.raises(Refused, match="3"):
        read_items("土鸡蛋 10枚\n\n菠菜")


def test_every_wrong_line_is_named_at_once():
    with pytest.raises(Refused) as refusal:
        read_items("菠菜\n土鸡蛋 10枚\n生菜")

    assert "菠菜" in refusal.value.sentence
    assert "生菜" in refusal.value.sentence
    assert "土鸡蛋" not in refusal.value.sentence


@pytest.mark.parametrize("text", ["", " \n ", "\n".join(["蛋 1枚"] * 61)])
def test_an_empty_or_endless_list_is_refused(text):
    with pytest.raises(Refused):
        read_items(text)


def test_markup_is_text():
    assert read_item("<b>蛋</b> 1枚").name == "<b>蛋</b>"


@pytest.mark.parametrize(
    ("text", "weight"),
    [("6斤", 3000), ("2.5公斤", 2500), ("５００克", 500), ("0.5KG", 500), ("1两", 50)],
)
def test_weights(text, weight):
    assert grams(text) == weight


@pytest.mark.parametrize("text", ["", "3", "很重", "0斤", "-1斤", "1斤2两", "9999公斤"])
def test_what_is_not_one_weight(text):
    assert grams(text) is None


def test_weights_are_added_up_only_when_all_are_weights():
    assert together(["6斤", "500克"]) == 3500
    assert together(["6斤", "10枚"]) is None
    assert together([]) is None


@pytest.mark.parametrize(
    ("weight", "words"),
    [
        (None, ""),
        (450, "450克"),
        (3000, "3公斤"),
        (20000, "20公斤"),
        (1250, "1.25公斤"),
    ],
)
def test_weights_in_words(weight, words):
    assert in_words(weight) == words
