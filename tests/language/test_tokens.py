"""Texts taken apart: levelled sign by sign, words of the lexicon found, places kept."""

import pytest

from reporting.language.tokens import END, level, tokens_of


@pytest.mark.parametrize(
    ("written", "levelled"),
    [
        ("１－９月，完成％", "1-9月,完成%"),
        ("１．５（亿元）", "1.5(亿元)"),
        ("Ⅲ季度—Ⅳ季度", "Ⅲ季度-Ⅳ季度"),
        ("贰拾家", "二十家"),
        ("80¹亿元，5m²", "80¹亿元,5m²"),
    ],
)
def test_signs_are_levelled_one_by_one(written: str, levelled: str) -> None:
    """Each sign has one form; the length stays, and a raised digit stays raised."""
    assert level(written) == levelled
    assert len(level(written)) == len(written)


def test_tokens_give_back_the_text() -> None:
    """Tokens, and what the lexicon does not know between them, follow each other in place."""
    text = "截至 ９月底，PM2.5浓度降至45微克。"
    tokens = tokens_of(text)
    kinds = [(token.kind, text[token.start : token.end]) for token in tokens.items]
    assert kinds == [
        ("until", "截至"), ("number", "９"), ("month", "月"), ("point", "底"), ("mark", "，"),
        ("measure", "PM2.5"), ("measure", "浓度"), ("act", "降"), ("to", "至"), ("number", "45"),
        ("gap", "微克"), ("mark", "。"),
    ]  # fmt: skip


def test_longest_word_wins() -> None:
    """前期 is no 前, and 全年度 one word."""
    assert [token.text for token in tokens_of("前期全年度").items] == ["前期", "全年度"]


def test_places_of_tokens() -> None:
    """A token is found by where it begins, blanks before it skipped, or by what it covers."""
    tokens = tokens_of("建成 三季度")
    assert tokens.begins_at(3) == tokens.begins_at(2) == 1
    assert tokens.begins_at(5) is None
    assert tokens.covering(5).text == "季度"
    assert tokens.covering(3) is END
    assert tokens.at(99) is END
