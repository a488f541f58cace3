"""Rare letters on a page: the glyphs that it carries of those that a font has, the others named.

No computer of the office need have a font for them. What a page carries is a font of a few
glyphs, as it is and not packed: another compressor would make other bytes.
"""

import base64
import re
from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from reporting.language.visible import code_label
from reporting.system.fonts import (
    bold_file,
    characters_of,
    opened,
    rare_letters,
    sans_file,
    serif_file,
)

FAMILY = "report-letters"
_GENERIC = re.compile(r"\b(sans-serif|serif)(?=[;}])")
_REGULAR = {"wght": 400}


def shown_letters(page: str, own: Sequence[Path] = ()) -> tuple[str, str]:
    """Name the rare letters of a page that no font has; give the others' fonts as style rules.

    Parameters
    ----------
    own : sequence of Path, optional
        The project's own fonts.

    Returns
    -------
    tuple of str
        The page, and the rules that it has to carry; none where it holds no such letter.
    """
    letters = rare_letters(page)
    if not letters:
        return page, ""
    found = _found(letters, own)
    page = page.translate({ord(c): code_label(c) for c in letters if c not in found})
    return page, "".join(_face(path, letter) for letter, path in found.items())


def with_faces(css: str, faces: str) -> str:
    """Let a style sheet fall back on the letters' fonts."""
    return _GENERIC.sub(rf"\1, {FAMILY}", css) + f"\n{faces}"


def _found(letters: Sequence[str], own: Sequence[Path]) -> dict[str, Path]:
    """Find the first font that has a letter: pages are set in the sans."""
    files = (sans_file(), serif_file(), bold_file(), *own)
    pairs = ((letter, _first(files, letter)) for letter in letters)
    return {letter: path for letter, path in pairs if path is not None}


def _first(files: Sequence[Path], letter: str) -> Path | None:
    return next((path for path in files if ord(letter) in characters_of(path)), None)


def _face(path: Path, letter: str) -> str:
    data = base64.b64encode(_glyph_font(path, path.stat().st_mtime_ns, letter)).decode()
    return (
        f"@font-face{{font-family:{FAMILY};src:url(data:font/otf;base64,{data}) "
        f'format("opentype");unicode-range:U+{ord(letter):X}}}\n'
    )


@cache
def _glyph_font(path: Path, _: int, letter: str) -> bytes:
    """Make a font of one letter, out of the first face of a file that has it."""
    with opened(path) as faces:
        face, name = next(_having(faces, letter))
        glyphs = face.getGlyphSet(location=_REGULAR if "fvar" in face else None)
        return _built(face, {".notdef": glyphs[".notdef"], "letter": glyphs[name]}, glyphs, letter)


def _having(faces: Sequence[Any], letter: str) -> Iterator[tuple[Any, str]]:
    # Where a collection has a face for each region, that of the mainland.
    for face in sorted(
        faces, key=lambda face: not face["name"].getBestFamilyName().endswith(" SC")
    ):
        name = (face.getBestCmap() or {}).get(ord(letter))
        if name is not None:
            yield face, name


def _built(face: Any, drawn: dict[str, Any], glyphs: Any, letter: str) -> bytes:
    # Most pages hold common letters only, and no font is made.
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.t2CharStringPen import T2CharStringPen

    outlines = {}
    for name, glyph in drawn.items():
        pen = T2CharStringPen(glyph.width, glyphs)
        glyph.draw(pen)
        outlines[name] = pen.getCharString()
    font = FontBuilder(face["head"].unitsPerEm, isTTF=False)
    font.setupGlyphOrder(list(outlines))
    font.setupCharacterMap({ord(letter): "letter"})
    font.setupCFF("Letters", {}, outlines, {})
    font.setupHorizontalMetrics({name: (round(one.width), 0) for name, one in drawn.items()})
    font.setupHorizontalHeader(ascent=face["hhea"].ascent, descent=face["hhea"].descent)
    font.setupNameTable({"familyName": FAMILY, "styleName": "Regular"})
    font.setupOS2(
        sTypoAscender=face["OS/2"].sTypoAscender, sTypoDescender=face["OS/2"].sTypoDescender,
        usWinAscent=face["OS/2"].usWinAscent, usWinDescent=face["OS/2"].usWinDescent,
    )  # fmt: skip
    font.setupPost()
    # No time of its own: the same letter, the same bytes.
    font.font.recalcTimestamp = False
    font.font["head"].created = font.font["head"].modified = 0
    target = BytesIO()
    font.save(target)
    return target.getvalue()
