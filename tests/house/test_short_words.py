"""Residents read short Chinese: no sentence of more than 20 characters, no code, no jargon.

Counted are Chinese characters, and each inserted value as one. What stands here longer says why.
"""

import re
from collections.abc import Iterator

from groupbuy.roof import catalogue

MOST = 20
RESIDENTS = re.compile(  # 403 is for those with an account
    r"templates/(residents/|guides/|404|500|busy|refused|reading)"
    r"|orders/(forms|views/[a-z_]+\.py"
    r"|actions/(basket|placing|place_order|change_order|cancel_order|leave_demand|gate))"
)
END = re.compile(r"[。！？；\n!?]")
VALUE = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
JARGON = re.compile(
    r"提交失败|参数|服务器|非法|异常|系统错误|token|(?<![a-z])id\b|\b[45]\d\d\b", re.I
)
LONGER: dict[str, str] = {}  # a sentence: why it cannot be two


def sentences() -> Iterator[tuple[str, str]]:
    """Each sentence that a resident may read, with the message it belongs to."""
    known = catalogue.kept(catalogue.PO)
    for key, files in catalogue.found().items():
        if key in known and any(RESIDENTS.match(name) for name in files):
            for sentence in END.split(known[key].msgstr):
                yield sentence.strip(), key[1]


def length(sentence: str) -> int:
    return len(re.findall(r"[\u4e00-\u9fff]", sentence)) + len(VALUE.findall(sentence))


def long(found: Iterator[tuple[str, str]]) -> list[str]:
    return [
        f"{length(s)}: {s}" for s, _key in found if length(s) > MOST and s not in LONGER
    ]


def test_residents_sentences_are_short() -> None:
    found = list(sentences())
    assert len(found) > 150, "the pattern still finds residents' strings"
    assert long(iter(found)) == []


def test_residents_read_no_jargon() -> None:
    assert [s for s, _key in sentences() if JARGON.search(s)] == []


def test_a_long_sentence_and_jargon_are_found() -> None:
    said = "您所选择的套餐因为库存不足的原因暂时不能够为您下单%(x)s"
    assert long(iter([(said, "x")])) != []
    assert JARGON.search("提交失败(400)")


def test_every_exception_is_still_needed() -> None:
    assert LONGER.keys() <= {s for s, _key in sentences() if length(s) > MOST}
