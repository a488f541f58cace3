"""What formulas can see is written down rule by rule, and their words are those of the patterns."""

from hypothesis import given
from hypothesis import strategies as st

from reporting.language.phrases import answer_words, talk_words
from reporting.language.plain_lists import (
    BLANKS,
    FILLERS,
    LEAST_SAID,
    LETTERS,
    NOTHING,
    STROKES,
    VERIFIED,
)
from reporting.returns.reading.typed import is_nothing
from reporting.returns.rules import RULES
from reporting.returns.sheets.selfcheck.formulas import bare_text

from .sights import COVERED, SEEN, SEEN_OF_OWN, UNSEEN


def test_every_rule_is_seen_or_it_is_said_why_not() -> None:
    """A new rule of the check gets a column, or a reason why no formula sees it."""
    unseen = [code for codes in UNSEEN.values() for code in codes]
    told = [*SEEN, *SEEN_OF_OWN, *COVERED, *unseen]
    assert sorted(told) == sorted(set(told))
    assert set(told) == set(RULES)


def left_of(text: str, *lists: tuple[str, ...]) -> str:
    """Return what the formulas leave of a text."""
    left = bare_text(text).upper()
    for piece in (*LETTERS, *(piece for words in lists for piece in words)):
        left = left.replace(piece, "")
    return left


@given(st.from_regex(talk_words.NOTHING_NEW, fullmatch=True))
def test_what_says_nothing_new_is_left_with_no_word(text: str) -> None:
    """The formula finds at least what the pattern finds."""
    assert len(left_of(text, BLANKS, FILLERS)) < LEAST_SAID


@given(st.from_regex(answer_words.NOTHING, fullmatch=True))
def test_what_stands_for_an_empty_cell_is_listed(text: str) -> None:
    """A list of words and the strokes make up the pattern."""
    strokes = all(sign in STROKES for sign in text)
    assert strokes or text in NOTHING
    assert left_of(text, BLANKS) == ""


def test_listed_words_are_those_of_the_patterns() -> None:
    """None is more than a pattern says."""
    assert all(is_nothing(word) for word in NOTHING)
    assert all(answer_words.VERIFIED.match(word) for word in VERIFIED)


def test_a_short_report_of_work_is_left_with_its_words() -> None:
    """Formulas call no text empty that says what was done."""
    for text in ("已印发实施方案。", "完成投资3亿元。", "12家企业已开工。", "同步开展验收工作。"):
        assert len(left_of(text, BLANKS, FILLERS)) >= LEAST_SAID
