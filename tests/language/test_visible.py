"""Text in which nothing is hidden."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.language.visible import hidden_in, visible


@given(st.text(st.characters()))
@settings(max_examples=100, deadline=None)
def test_visible_leaves_nothing_hidden(words: str) -> None:
    """No control, format or private character is left, and doing it twice changes nothing."""
    text = visible(words)
    assert visible(text) == text
    # Two planes are Han and nothing else: what this Python has no name for yet is a letter too.
    known = (c for c in text.replace("\n", "") if not 0x20000 <= ord(c) <= 0x3FFFD)
    categories = {unicodedata.category(c) for c in known}
    assert not categories & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def test_visible_names_code_points() -> None:
    """What reorders or hides text is printed as its code point."""
    assert visible("金额\u202e001\u200b") == "金额〔U+202E〕001〔U+200B〕"
    assert visible("一\r\n二\u2028三\t四") == "一\n二\n三 四"
    assert visible("\u3164\ufe0f") == "〔U+3164〕〔U+FE0F〕"


@pytest.mark.parametrize("letter", ["\U0002ae29", "\U0002ebe1", "\U00031350", "\U000323af"])
def test_han_letters_are_never_hidden(letter: str) -> None:
    """However new they are: whether a font has them is another matter."""
    assert visible(f"陈{letter}") == f"陈{letter}"
    assert hidden_in(f"陈{letter}\U0002fffe") == ("〔U+2FFFE〕",)
