"""A text taken apart once: numbers, the words of the lexicon and marks, each with its place.

Widths, and signs that are written in several ways, are levelled first, character for character,
so that a place in the levelled text is the same place in the text as written.
"""

import re
import unicodedata
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from reporting.language.lexicon import Lexicon, Word, any_of, lexicon

NUMERALS = "零〇一二两三四五六七八九十百千万亿廿点"
_ROMAN = {"Ⅰ": "1", "Ⅱ": "2", "Ⅲ": "3", "Ⅳ": "4"}
_SAME = {
    "－": "-", "−": "-", "‐": "-", "‑": "-", "–": "-", "—": "-", "―": "-", "～": "~", "〜": "~",
    "∼": "~", "﹣": "-", "\xa0": " ", "　": " ", "壹": "一", "贰": "二", "叁": "三", "肆": "四",
    "伍": "五", "陆": "六", "柒": "七", "捌": "八", "玖": "九", "拾": "十", "佰": "百", "仟": "千",
}  # fmt: skip
_NUMBER = r"\d+(?:[,，]\d{3}(?!\d))*(?:\.\d+)?"
_BLANKS = " \t"


class Token(NamedTuple):
    """A token, with its place and its levelled text.

    ``kind`` is a class of the lexicon, or ``number``, ``numeral`` (in Chinese signs), ``roman``,
    ``letter``, ``mark``, or ``gap``: what the lexicon does not know.
    """

    kind: str
    start: int
    end: int
    text: str
    word: Word | None = None


END = Token("end", 0, 0, "")


class Tokens(NamedTuple):
    """A text's tokens in order, and the levelled text they were found in."""

    text: str
    items: tuple[Token, ...]
    starts: tuple[int, ...]

    def begins_at(self, place: int) -> int | None:
        """Return which token begins at a place, blanks skipped; None when none does."""
        found = bisect_left(self.starts, place)
        if found < len(self.items) and not self.text[place : self.starts[found]].strip(_BLANKS):
            return found
        return None

    def covering(self, place: int) -> Token:
        """Return the token that a place is inside of, or `END`."""
        found = bisect_left(self.starts, place) - 1
        token = self.items[found] if found >= 0 else END
        return token if place < token.end else END

    def at(self, index: int) -> Token:
        """Return a token, or `END` behind the last one."""
        return self.items[index] if index < len(self.items) else END


def level(text: str) -> str:
    """Write every sign in its one width and form; the length stays.

    Examples
    --------
    >>> level("１－９月，完成％")
    '1-9月,完成%'
    """
    return text.translate(_LEVEL)


class _Level(dict[int, str]):
    """Levels a sign when it is first met, so that no table of all signs is made."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        if "一" <= sign <= "龥" and sign not in _SAME:
            self[code] = sign
            return sign
        levelled = _SAME.get(sign) or unicodedata.normalize("NFKC", sign)
        # A sign that stands for several, and digits set high or low, stay as they are.
        kept = len(levelled) != 1 or (levelled.isdigit() and unicodedata.category(sign) != "Nd")
        self[code] = sign if kept or sign in _ROMAN else levelled
        return self[code]


_LEVEL = _Level()


def tokens_of(text: str) -> Tokens:
    """Take a text apart.

    Examples
    --------
    >>> [(token.kind, token.text) for token in tokens_of("前３季度累计").items]
    [('before_side', '前'), ('number', '3'), ('quarter', '季度'), ('act', '累计')]
    """
    return _tokens_of(text, lexicon())


@lru_cache(maxsize=8192)
def _tokens_of(text: str, known: Lexicon) -> Tokens:
    levelled = level(text)
    items: list[Token] = []
    words, last = known.words, 0
    for match in _pattern(known).finditer(levelled):
        start, end = match.span()
        if start > last and levelled[last:start].strip(_BLANKS):
            items.append(Token("gap", last, start, levelled[last:start]))
        kind, said = match.lastgroup or "mark", match[0]
        word = words.get(said) if kind == "word" else None
        items.append(Token(word.word_class if word else kind, start, end, said, word))
        last = end
    return Tokens(levelled, tuple(items), tuple(token.start for token in items))


def _of_plans(known: Lexicon) -> list[str]:
    """Give the words that task text is taken apart by: those of causes stand in returns."""
    return [word for word, entry in known.words.items() if entry.word_class != "cause"]


@lru_cache(maxsize=8)
def _pattern(known: Lexicon) -> re.Pattern[str]:
    return re.compile(
        f"(?P<number>{_NUMBER})|(?P<roman>[Ⅰ-Ⅳ]|(?<![A-Za-z])(?:I{{1,3}}|IV)(?=\\s*季))"
        f"|(?P<word>{any_of(_of_plans(known))})|(?P<numeral>[{NUMERALS}]+)"
        '|(?P<letter>[A-Za-z]+)|(?P<mark>[,，。;；:：!?！？()（）【】\\[\\]〔〕《》“”"\n])'
    )
