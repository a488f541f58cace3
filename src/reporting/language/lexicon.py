"""The words of task text as data: one entry a word, its class and what the class knows of it."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from reporting.errors import InputRefused
from reporting.values import Value

Class = Literal[
    "quarter", "month", "half", "year_word", "year", "year_sign", "own_year", "ordinal",
    "first_quarter", "side", "before_side", "point", "day", "before", "during", "from_on", "until", "to", "every",
    "each", "feast", "feast_day", "other", "list", "range", "act", "measure",
]  # fmt: skip


class Word(Value):
    """A word of the lexicon.

    Attributes
    ----------
    word_class : str
        What the word is to a reader.
    quarter, opens
        Of a feast: the quarter that the day before is in, and whether the day opens the next.
    change
        Of a verb: where 至 and 到 behind it lead (``down``, ``up``, ``reach``), or ``limit``.
    better
        Of a measure: whether ``lower`` or ``higher`` is better; ``none`` where it depends.
    """

    word_class: Class
    quarter: int | None = None
    opens: bool = False
    change: Literal["down", "up", "reach", "limit"] | None = None
    better: Literal["lower", "higher", "none"] | None = None


Lexicon = Mapping[str, Word]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Load the words that come with the package."""
    text = files(__package__).joinpath("words.yml").read_text(encoding="utf-8")
    return {word: _word(entry) for word, entry in yaml.safe_load(text).items()}


def extended(words: Mapping[str, Mapping[str, Any]]) -> Lexicon:
    """Give the lexicon with an office's own words.

    Raises
    ------
    InputRefused
        Where an entry says otherwise of a word than the lexicon does.
    """
    known = lexicon()
    added = {word: _word(entry) for word, entry in words.items()}
    for word, entry in added.items():
        if word in known and known[word] != entry:
            theirs, ours = _said(entry), _said(known[word])
            raise InputRefused(f"参数 words 中的“{word}”应为{ours}，实为{theirs}。")
    return {**known, **added}


def _word(entry: Mapping[str, Any]) -> Word:
    fields = dict(entry)
    return Word(word_class=fields.pop("class"), **fields)


def _said(word: Word) -> str:
    said = word.model_dump(exclude_defaults=True)
    return "、".join(f"{key}={value}" for key, value in said.items())
