"""The words of task text as data: one entry a word, its class and what the class knows of it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any, Literal

import yaml
from pydantic import ValidationError, model_validator

from reporting.errors import InputRefused
from reporting.values import Value

Class = Literal[
    "quarter", "month", "half", "year_word", "year", "year_sign", "own_year", "ordinal",
    "first_quarter", "side", "before_side", "point", "day", "before", "during", "from_on", "until",
    "to", "every", "each", "feast", "feast_day", "other", "list", "range", "act", "measure",
    "comparator", "running", "planned", "works", "cause",
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
    compares
        Of a word before a number: how an actual is held against it.
    matter
        Of a word that may stand in a cause of delay: the class that it is counted under there.
    """

    word_class: Class
    quarter: Literal[1, 2, 3, 4] | None = None
    opens: bool = False
    change: Literal["down", "up", "reach", "limit"] | None = None
    better: Literal["lower", "higher", "none"] | None = None
    compares: Literal[">=", ">", "<="] | None = None
    matter: Literal["用地", "资金", "审批", "招标", "企业意愿"] | None = None

    @model_validator(mode="after")
    def _is_of_a_matter(self) -> "Word":
        if self.word_class == "cause" and self.matter is None:
            raise ValueError("matter")
        return self


class Lexicon:
    """The words in use. Patterns over them are made once."""

    def __init__(self, words: Mapping[str, Word]) -> None:
        self.words = words
        self._patterns: dict[tuple[str, ...], re.Pattern[str]] = {}

    def any_of(self, word_class: Class, **fields: str) -> str:
        """Write the words of a class, that have certain fields, as one pattern."""
        return any_of(
            word for word, entry in self.words.items()
            if entry.word_class == word_class
            and all(getattr(entry, name) == value for name, value in fields.items())
        )  # fmt: skip

    def pattern(self, template: str, word_class: Class, **fields: str) -> re.Pattern[str]:
        """Compile a pattern in which ``{}`` stands for any word of a class."""
        key = (template, word_class, *(f"{name}={value}" for name, value in fields.items()))
        if key not in self._patterns:
            words = self.any_of(word_class, **fields)
            self._patterns[key] = re.compile(template.replace("{}", words))
        return self._patterns[key]

    @cached_property
    def matters(self) -> re.Pattern[str]:
        """Any word that says what a cause of delay is about, whatever else it means in plans."""
        return re.compile(any_of(word for word, entry in self.words.items() if entry.matter))


def any_of(words: Iterable[str]) -> str:
    """Write words as one pattern that branches at each sign and takes the longest.

    Examples
    --------
    >>> any_of(["降", "降低", "增"])
    '(?:增|降(?:低)?)'
    """
    branches: dict[str, list[str]] = {}
    for word in words:
        branches.setdefault(word[0], []).append(word[1:])
    parts = []
    for sign, rests in sorted(branches.items()):
        longer = [rest for rest in rests if rest]
        tail = any_of(longer) if longer else ""
        parts.append(re.escape(sign) + (f"{tail}?" if tail and "" in rests else tail))
    return f"(?:{'|'.join(parts)})"


@lru_cache(maxsize=1)
def _own() -> Lexicon:
    """Load the words that come with the package."""
    text = files(__package__).joinpath("words.yml").read_text(encoding="utf-8")
    entries = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return Lexicon({word: _word(word, entry) for word, entry in entries.items()})


_in_use: ContextVar[Lexicon | None] = ContextVar("lexicon", default=None)


def lexicon() -> Lexicon:
    """Return the words in use."""
    return _in_use.get() or _own()


@contextmanager
def using(words: Mapping[str, Mapping[str, Any]]) -> Iterator[None]:
    """Read with an office's own words beside the package's.

    Raises
    ------
    InputRefused
        Where an entry says otherwise of a word than the lexicon does.
    """
    token = _in_use.set(extended(words) if words else None)
    try:
        yield
    finally:
        _in_use.reset(token)


def extended(words: Mapping[str, Mapping[str, Any]]) -> Lexicon:
    """Give the package's words with an office's own."""
    known = _own().words
    added = {word: _word(word, entry) for word, entry in words.items()}
    for word, entry in added.items():
        if word in known and known[word] != entry:
            ours, theirs = _said(known[word]), _said(entry)
            raise InputRefused(f"参数 words 中的“{word}”与词表不一致：应为{ours}，实为{theirs}。")
    return Lexicon({**known, **added})


def _word(word: str, entry: Mapping[str, Any]) -> Word:
    fields = dict(entry)
    try:
        return Word(word_class=fields.pop("class", ""), **fields)
    except ValidationError as error:
        said = "、".join(f"{key}: {value}" for key, value in entry.items())
        fault = "、".join(".".join(map(str, item["loc"])) for item in error.errors())
        fault = fault.replace("word_class", "class")
        raise InputRefused(
            f"参数 words 中“{word}”的{fault}应为词表所用的值，实为：{said}。"
        ) from None


def _said(word: Word) -> str:
    fields = word.model_dump(exclude_defaults=True)
    fields = {"class": fields.pop("word_class"), **fields}
    return "、".join(f"{key}: {value}" for key, value in fields.items())
