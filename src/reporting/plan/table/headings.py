"""Headings (总体要求): their printed number, and the action, focus and theme they name."""

import re
from typing import NamedTuple

from reporting.language.phrases import table_words

# A narrow cell breaks its words anywhere.
_NARROW = re.compile(r"(?<=[^\s\x00-\x7f])[^\S\n]*\n\s*(?=[^\s\x00-\x7f])")


class Heading(NamedTuple):
    """A heading without its number; parts it does not have are None."""

    text: str
    action: str | None = None
    focus: str | None = None
    theme: str | None = None


def strip_number(text: str) -> tuple[str, str]:
    """Split a cell into the number printed before its text, and the text.

    Examples
    --------
    >>> strip_number("（4） 打造平台。")
    ('（4）', '打造平台。')
    >>> strip_number("23. ")
    ('23.', '')
    >>> strip_number("2023年目标")
    ('', '2023年目标')
    """
    match = table_words.NUMBER.match(text)
    if match is None:
        bare = text.strip()
        return (bare, "") if bare.isdigit() else ("", bare)
    return match[0].strip(), text[match.end() :].strip()


def split_heading(text: str) -> Heading:
    """Split a heading into its 行动, what that aims at, and the field of work.

    Examples
    --------
    >>> split_heading("实施绿色转型行动，着力促进人与自然和谐发展。推进绿美生态建设。")[1:]
    ('绿色转型行动', '着力促进人与自然和谐发展', '推进绿美生态建设')
    """
    text = " ".join(_NARROW.sub("", text).split())
    match = table_words.ACTION.match(text)
    if match is None:
        return Heading(text)
    rest = text[match.end() :]
    focus = table_words.FOCUS.match(rest)
    if focus is not None:
        rest = rest[focus.end() :]
    theme = rest.strip("，,。；;：: ")
    return Heading(text, match[1], focus[1] if focus else None, theme or None)
