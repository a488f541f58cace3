"""Text that units type, made safe to look at: nothing invisible, nothing that reorders."""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# Letters, marks and symbols that draw nothing although their category says otherwise:
# fillers, joiners and selectors.
_BLANK_RANGES = (
    (0x034F, 0x034F),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x2800, 0x2800),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFFA0, 0xFFA0),
    (0xE0100, 0xE01EF),
)


def is_hidden(character: str) -> bool:
    """Tell whether a character draws nothing, reorders its neighbours or has no meaning."""
    if character == "\n":
        return False
    point = ord(character)
    blank = any(low <= point <= high for low, high in _BLANK_RANGES)
    return blank or unicodedata.category(character) in _HIDDEN_CATEGORIES


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
    if text.isprintable() and text.isascii():
        return text
    return "".join(code_label(c) if is_hidden(c) else c for c in text)
