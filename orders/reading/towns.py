"""District and town before a road: 上海市闵行区马桥镇紫龙路, of which only the road counts."""

import re

_HAN = "[\u4e00-\u9fff]"
_TOWN = re.compile(
    rf"(?<!{_HAN})(?:{_HAN}{{2,3}}[省市])?(?:{_HAN}{{2,4}}[区县])?"
    rf"(?:{_HAN}{{2,4}}(?:镇|乡|街道))?(?={_HAN}{{1,5}}(?:路|街|大道)[\d一二三四五六七八九百千])"
)
# Characters that no place is called with, and that may turn what stands before it.
_TURNS = frozenset("不没别勿取消改换退加减送放代帮替给到从转或要订买是和跟")


def town(text: str) -> tuple[int, int]:
    """Where it stands in the text; (0, 0) where there is none."""
    if "路" not in text and "街" not in text and "大道" not in text:
        return 0, 0
    for found in _TOWN.finditer(text):
        if found[0]:
            turns = any(c in _TURNS for c in found[0])
            return (0, 0) if turns else found.span()
    return 0, 0
