"""A bold sans face for a Typst that sets none from a variable font.

Its outlines are the regular ones, which the template thickens by a stroke; its widths are the
bold ones, so that lines and pages break where they do in the built-in renderer.
"""

import io
import struct
from functools import cache

from fontTools.ttLib import TTFont
from fontTools.ttLib.sfnt import SFNTWriter
from fontTools.varLib.models import normalizeLocation, piecewiseLinearMap
from fontTools.varLib.varStore import VarStoreInstancer

from reporting.system.fonts import bold_file, sans_file

_BOLD = 700
_WEIGHT_AT = 4
"""Where the table OS/2 keeps its weight class."""
_IDEOGRAPHIC = 0x2E80
"""From here on characters are as wide in bold as in regular."""
_FAMILY = "Noto Sans CJK SC"


@cache
def bold_sans() -> bytes:
    """Make the face; once a process.

    Two tables are patched as bytes: compiling the outlines again would take a minute.
    """
    target = io.BytesIO()
    with TTFont(sans_file(), lazy=True) as font:
        tags = [tag for tag in font.reader.tables if tag != "DSIG"]
        writer = SFNTWriter(target, len(tags), font.sfntVersion)
        for tag in tags:
            table = bytearray(font.reader[tag])
            if tag == "hmtx":
                _set_widths(table, font)
            elif tag == "OS/2":
                struct.pack_into(">H", table, _WEIGHT_AT, _BOLD)
            writer[tag] = bytes(table)
        writer.close()
    return target.getvalue()


def _set_widths(table: bytearray, font: TTFont) -> None:
    count = font["hhea"].numberOfHMetrics
    widths = _bold_widths()
    for code, glyph in font.getBestCmap().items():
        number = font.getGlyphID(glyph)
        if code in widths and number < count:
            struct.pack_into(">H", table, 4 * number, widths[code])


def _bold_widths() -> dict[int, int]:
    """Read the bold advance widths of the variable font, by code point."""
    with TTFont(bold_file(), fontNumber=_font_number(), lazy=True) as font:
        axes = font["fvar"].axes
        place = normalizeLocation(
            {"wght": _BOLD}, {a.axisTag: (a.minValue, a.defaultValue, a.maxValue) for a in axes}
        )
        if "avar" in font:
            bends = font["avar"].segments
            place = {axis: piecewiseLinearMap(at, bends[axis]) for axis, at in place.items()}
        table = font["HVAR"].table
        deltas = VarStoreInstancer(table.VarStore, axes, place)
        base = font["hmtx"].metrics
        return {
            code: base[glyph][0] + round(deltas[_delta_index(font, table, glyph)])
            for code, glyph in font.getBestCmap().items()
            if code < _IDEOGRAPHIC
        }


def _delta_index(font: TTFont, table: object, glyph: str) -> int:
    mapping = getattr(table, "AdvWidthMap", None)
    return int(mapping.mapping[glyph] if mapping else font.getGlyphID(glyph))


@cache
def _font_number() -> int:
    """Find the family among those of the collection."""
    for number in range(16):
        with TTFont(bold_file(), fontNumber=number, lazy=True) as font:
            if font["name"].getDebugName(1) == _FAMILY:
                return number
    raise LookupError(f"no {_FAMILY} in {bold_file().name}")
