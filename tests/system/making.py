"""Font files of a few letters, each a plain shape, for tests."""

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

RARE = "\U0002ae29"
"""陈𪸩's letter, which no font of the packages has."""


def write_font(path: Path, letters: str = RARE, family: str = "Own Rare") -> Path:
    """Write a font that has some letters, all drawn alike."""
    pen = TTGlyphPen(None)
    for points in (
        ((100, 0), (100, 200), (900, 200), (900, 0)),
        ((400, 200), (400, 800), (600, 800), (600, 200)),
    ):
        pen.moveTo(points[0])
        for point in points[1:]:
            pen.lineTo(point)
        pen.closePath()
    shape = pen.glyph()
    names = [".notdef", *(f"u{ord(letter):X}" for letter in letters)]
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap(dict(zip(map(ord, letters), names[1:], strict=True)))
    font.setupGlyf(dict.fromkeys(names, shape))
    font.setupHorizontalMetrics(dict.fromkeys(names, (1000, 100)))
    font.setupHorizontalHeader(ascent=880, descent=-120)
    font.setupNameTable(
        {"familyName": family, "styleName": "Regular", "psName": family.replace(" ", "")}
    )
    font.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    font.setupPost()
    font.font.recalcTimestamp = False
    font.font["head"].created = font.font["head"].modified = 0
    path.parent.mkdir(exist_ok=True)
    font.save(path)
    return path
