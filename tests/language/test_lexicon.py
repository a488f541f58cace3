"""The words: what comes with the package, what an office adds, and clashes between them."""

import re
from collections import Counter
from importlib.resources import files

import pytest
import yaml

from reporting.errors import InputRefused
from reporting.language.acts import act_before
from reporting.language.causes import Matter, matters
from reporting.language.lexicon import any_of, extended, lexicon, using
from reporting.language.periods import read_period


def test_office_adds_words() -> None:
    """An office's feast and verb are read while its words are in use, and only then."""
    words: dict[str, dict[str, object]] = {
        "荔枝节": {"class": "feast", "quarter": 2},
        "压落": {"class": "act", "change": "down"},
    }
    assert read_period("荔枝节前", 0, 2023) is None
    with using(words):
        period = read_period("荔枝节前", 0, 2023)
        act = act_before("能耗压落至")
    assert period is not None
    assert period.quarters == (2,)
    assert act is not None
    assert act.change == "down"
    assert read_period("荔枝节前", 0, 2023) is None


def test_clash_is_one_sentence() -> None:
    """A word that says otherwise than the package's is refused, with both."""
    with pytest.raises(InputRefused, match="“国庆”与词表不一致：应为class: feast、quarter: 3"):
        extended({"国庆": {"class": "feast", "quarter": 4}})
    same = {"降": {"class": "act", "change": "down"}}
    assert extended(same).words == lexicon().words


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"class": "feest"}, "“荔枝节”的class应为词表所用的值，实为：class: feest"),
        ({"class": "feast", "quarter": 5}, "“荔枝节”的quarter应为词表所用的值"),
        ({"class": "feast", "week": 3}, "“荔枝节”的week应为词表所用的值"),
        ({}, "“荔枝节”的class应为词表所用的值"),
    ],
)
def test_entry_that_is_none_is_refused(entry: dict[str, object], said: str) -> None:
    """A class or a field that does not exist is named with its word."""
    with pytest.raises(InputRefused, match=said):
        extended({"荔枝节": entry})


def test_words_are_tried_longest_first() -> None:
    """A pattern of words takes the longest that fits."""
    assert any_of(["降", "降低", "增"]) == "(?:增|降(?:低)?)"
    pattern = lexicon().pattern("^{}$", "comparator", compares=">=")
    assert pattern.match("不少于")
    assert not pattern.match("不超过")


def test_each_word_stands_once() -> None:
    """A second entry would take the meaning of the first away without a word."""
    text = files("reporting.language").joinpath("words.yml").read_text(encoding="utf-8")
    heads = re.findall(r"(?m)^([^#\s][^:\n]*):\s", text)
    assert [word for word, count in Counter(heads).items() if count > 1] == []
    assert len(heads) == len(yaml.safe_load(text))


def test_word_of_plans_may_say_what_a_cause_is_about() -> None:
    """经费 is still a figure whose direction nobody knows, and a cause that is about money."""
    word = lexicon().words["经费"]
    assert (word.word_class, word.better, word.matter) == ("measure", "none", "资金")
    assert matters("经费尚未到位。") == (Matter.FUNDS,)
