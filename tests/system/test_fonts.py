"""Letters that fonts have, and those that none has."""

from pathlib import Path

import pytest

from reporting.system.fonts import coded, is_font, rare_letters, unprintable_letters
from reporting.system.own_fonts import font_files, fonts_having, unprintable, unusable

from .making import RARE, write_font


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("王小明，2023年（第3季度）完成95.5％", ""),
        ("王𬍛、䶮口镇、𡐓村、㙦塘、𫭼头、𠙶石桥、𠅤河", ""),
        ("修缮𰻞石桥", ""),
        (f"陈{RARE}、陈{RARE}", RARE),
        ("\U00031350村", "\U00031350"),
        ("进展\u202e顺利\u200b\ufe00", ""),
        ("完成😀①", ""),
        ("ᠮᠣᠩ旗", "ᠮᠣᠩ"),
        ("\ue000镇", ""),
        ("鿰\u4db6", "鿰\u4db6"),
    ],
)
def test_letters_that_no_font_has(text: str, missing: str) -> None:
    """Letters alone, each once: signs and what is hidden are told of elsewhere."""
    assert "".join(unprintable_letters(text)) == missing


def test_rare_letters_are_those_few_computers_have() -> None:
    assert rare_letters(f"甲{RARE}䶮𠅤乙{RARE}") == ("𠅤", RARE)
    assert rare_letters("王小明 䶮 abc 😀 \ue000") == ()
    assert coded(f"陈{RARE}") == "陈〔U+2AE29〕"


def test_own_font_has_what_others_lack(tmp_path: Path) -> None:
    """Font files of the project's folder count, and nothing else that lies there."""
    own = write_font(tmp_path / "fonts/own.ttf")
    (tmp_path / "fonts/说明.txt").write_text("说明", encoding="utf-8")
    (tmp_path / "fonts/._own.ttf").write_bytes(b"")
    (tmp_path / "fonts/里.otf").mkdir()
    assert font_files(tmp_path) == (own,)
    assert unprintable(f"陈{RARE}\U00031350", font_files(tmp_path)) == ("\U00031350",)
    assert font_files(tmp_path / "nowhere") == ()


def test_font_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    """What is broken, and what bears the name of another font, which it would stand in for."""
    good = write_font(tmp_path / "a.ttf")
    broken = tmp_path / "b.ttf"
    broken.write_bytes(good.read_bytes()[:300])
    same = write_font(tmp_path / "c.ttf", "\U00031350", "Noto Sans CJK SC")
    twice = write_font(tmp_path / "d.ttf")
    assert list(unusable((good, broken, same, twice))) == [
        (broken, "不是完好的字体文件"),
        (same, "字体名“Noto Sans CJK SC”与软件自带的字体相同"),
        (twice, "字体名“Own Rare”与a.ttf相同"),
    ]
    assert unprintable(f"{RARE}\U00031350", (broken, same)) == (RARE, "\U00031350")
    assert not is_font(broken)


def test_fonts_are_named_by_what_they_reach_to() -> None:
    assert fonts_having([RARE]) == "花园明朝、全字库、遍黑体"
    assert fonts_having(["\U00031350"]) == "遍黑体"
    assert fonts_having(["ᠮ"]) == "Noto Sans 中该文字的一种"
