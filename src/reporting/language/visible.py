"""Text that units type, made safe to look at: nothing invisible, nothing that reorders."""

import re
import unicodedata
from typing import Annotated, Any

from pydantic import BeforeValidator

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# Letters, marks and symbols that draw nothing although their category says otherwise:
# fillers, joiners and selectors.
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]"
)

# Planes of nothing but Han, of which each Unicode names more: no Python may hide a new letter.
_IDEOGRAPHS = re.compile("[\U00020000-\U0002fffd\U00030000-\U0003fffd]")

COMMON = re.compile(
    "[\0-\u00ff\u2000-\u206f\u3000-\u30ff\u3400-\u4db5\u4e00-\u9fa5\uff01-\uff5e\\s]+"
)
"""What every font of the packages has: a text of nothing else needs no looking up."""


def is_hidden(character: str) -> bool:
    """Tell whether a character draws nothing, reorders its neighbours or has no meaning."""
    if character == "\n" or _IDEOGRAPHS.match(character):
        return False
    hidden = unicodedata.category(character) in _HIDDEN_CATEGORIES
    return hidden or _BLANK.match(character) is not None


def code_label(character: str) -> str:
    """Write a character as its code point: ``〔U+202E〕``."""
    return f"〔U+{ord(character):04X}〕"


def visible(text: str) -> str:
    r"""Replace what cannot be seen by its code point; line ends become ``\n``, tabs spaces.

    Applying it twice changes nothing more.

    Examples
    --------
    >>> visible("进展\u202e顺利")
    '进展〔U+202E〕顺利'
    """
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    if text.replace("\n", "").replace("\u3000", "").isprintable() and not _BLANK.search(text):
        return text
    return "".join(code_label(c) if is_hidden(c) else c for c in text)


def hidden_in(text: str) -> tuple[str, ...]:
    r"""List what a text hides, each code point once; ``\ufffd`` stands for what was no text.

    Examples
    --------
    >>> hidden_in("进展\u202e顺利\n\u202e")
    ('〔U+202E〕',)
    """
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    return tuple(dict.fromkeys(code_label(c) for c in text if is_hidden(c) or c == "\ufffd"))


def one_line(text: str) -> str:
    """Make a text visible on one line: file names and messages on a terminal or in a list."""
    return visible(text).replace("\n", code_label("\n"))


def in_quotes(text: str) -> str:
    """Set words in quotation marks; marks inside become single ones, as Chinese has it.

    Examples
    --------
    >>> in_quotes("围绕“链主”推进")
    '“围绕‘链主’推进”'
    """
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def _visible(value: Any) -> Any:
    return visible(value) if isinstance(value, str) else value


SafeText = Annotated[str, BeforeValidator(_visible)]
"""Text in which nothing is invisible (see `visible`)."""
