"""Formulas that Excel since 2007, WPS and LibreOffice reckon alike, written piece by piece."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from reporting.language.plain_lists import SIGNS

_FIRST_DAY, _LAST_DAY = "36526", "73050"
"""The dates that are read as such: 2000 to 2099."""
_FULL_SPACE, _FIRM_SPACE = "\u3000", "\u00a0"


def literal(text: str) -> str:
    """Write a text as a formula holds it: its quotation marks are doubled."""
    return '"' + text.replace('"', '""') + '"'


def number(value: Decimal) -> str:
    """Write a number as a formula holds it."""
    return format(value, "f")


def listed(items: Iterable[str]) -> str:
    """Write texts as a list within a formula."""
    return "{" + ",".join(literal(item) for item in items) + "}"


def both(*conditions: str) -> str:
    """Hold when every condition does."""
    return conditions[0] if len(conditions) == 1 else f"AND({','.join(conditions)})"


def either(*conditions: str) -> str:
    """Hold when any condition does."""
    return conditions[0] if len(conditions) == 1 else f"OR({','.join(conditions)})"


def otherwise(condition: str) -> str:
    """Hold when a condition does not."""
    return f"NOT({condition})"


def trimmed(place: str) -> str:
    """Take what a cell shows, without white space at its ends; nothing of an error."""
    spaced = f'SUBSTITUTE(SUBSTITUTE({place},"{_FULL_SPACE}"," "),"{_FIRM_SPACE}"," ")'
    return f'IF(ISERROR({place}),"",TRIM(CLEAN({spaced})))'


def without(text: str, pieces: Iterable[str]) -> str:
    """Take pieces out of a text, one after another."""
    for piece in pieces:
        text = f'SUBSTITUTE({text},{literal(piece)},"")'
    return text


def bare(text: str) -> str:
    """Take a text without its spaces and signs."""
    return without(text, (" ", *SIGNS))


def bare_text(text: str) -> str:
    """Return a text as the formula of `bare` gives it."""
    for piece in (" ", "\n", "\t", _FULL_SPACE, _FIRM_SPACE, *SIGNS):
        text = text.replace(piece, "")
    return text


def is_empty(text: str) -> str:
    """Tell whether a trimmed text is empty."""
    return f"LEN({text})=0"


def is_filled(text: str) -> str:
    """Tell whether a trimmed text holds something."""
    return f"LEN({text})>0"


def is_one_of(text: str, words: Iterable[str]) -> str:
    """Tell whether a text is one of some words."""
    return f"SUMPRODUCT(--({text}={listed(words)}))>0"


def holds_one_of(text: str, words: Iterable[str]) -> str:
    """Tell whether one of some words stands in a text."""
    return f"SUMPRODUCT(--ISNUMBER(FIND({listed(words)},{text})))>0"


def begins_with(text: str, words: Iterable[str]) -> str:
    """Tell whether a text begins with one of some words."""
    lengths: dict[int, list[str]] = {}
    for word in words:
        lengths.setdefault(len(word), []).append(word)
    return either(*(is_one_of(f"LEFT({text},{n})", found) for n, found in lengths.items()))


def day(value: date) -> str:
    """Write a date."""
    return f"DATE({value.year},{value.month},{value.day})"


def is_day(place: str) -> str:
    """Tell whether a cell holds a date."""
    return f"IF(ISNUMBER({place}),AND({place}>={_FIRST_DAY},{place}<{_LAST_DAY}),FALSE)"


def is_shown_as(place: str, sign: str) -> str:
    """Tell whether a cell is shown as a percentage (``P``) or as a date (``D``)."""
    return f'LEFT(CELL("format",{place}),1)="{sign}"'


def tell(condition: str, message: str) -> str:
    """Give a message where a condition holds."""
    return f'IF({condition},{literal(f"；{message}")},"")'


def told_by(formula: str) -> str:
    """Return the message of a formula that tells of something."""
    _, _, message = formula.removesuffix('","")').partition(',"；')
    return message.replace('""', '"')


def of_number(place: str, then: str) -> str:
    """Reckon on only where a cell holds a number: to a formula, a text is more than any."""
    return f'IF(ISNUMBER({place}),{then},"")'
