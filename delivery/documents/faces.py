"""The fonts we carry: a machine's own would make two machines print two things."""

from pathlib import Path

from pylopdf_fonts_jp import sans_path as japanese_sans
from pylopdf_fonts_zh_cn import sans_path as chinese_sans

FONTS: tuple[Path, ...] = (chinese_sans(), japanese_sans())
"""Noto Sans SC sets everything; Noto Sans JP only lends names such as 𠮷, which SC lacks."""
