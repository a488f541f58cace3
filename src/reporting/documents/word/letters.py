"""Rare letters in Word: each in the font that has it, by its name; the others are named."""

import copy
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn

from reporting.language.visible import code_label
from reporting.system.fonts import (
    RARE,
    bold_file,
    characters_of,
    family_of,
    rare_letters,
    sans_file,
    serif_file,
)

_PARTS = re.compile(f"({RARE}+)")


def set_letters(body: Any, own: Sequence[Path] = ()) -> None:
    """Set the rare letters below an element in fonts that have them; other text stays as it is."""
    for words in list(body.iter(qn("w:t"))):
        run = words.getparent()
        if rare_letters(words.text or "") and run.tag == qn("w:r"):
            for part, family in _parted(words.text, own):
                run.addprevious(_run(run, words, part, family))
            run.remove(words)
            if not [child for child in run if child.tag != qn("w:rPr")]:
                run.getparent().remove(run)


def _parted(text: str, own: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Part a text where the font changes; gives each part, and its family or nothing."""
    files = (serif_file(), sans_file(), bold_file(), *own)
    for part in filter(None, _PARTS.split(text)):
        if not rare_letters(part):
            yield part, ""
            continue
        for letter in part:
            path = next((path for path in files if ord(letter) in characters_of(path)), None)
            yield (letter, family_of(path)) if path else (code_label(letter), "")


def _run(run: Any, words: Any, text: str, family: str) -> Any:
    made = copy.deepcopy(run)
    for child in list(made):
        if child.tag != qn("w:rPr"):
            made.remove(child)
    part = copy.deepcopy(words)
    part.text = text
    part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.append(part)
    if family:
        fonts = made.get_or_add_rPr().get_or_add_rFonts()
        for name in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{name}"), family)
    return made
