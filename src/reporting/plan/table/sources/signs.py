"""Signs that a reader cannot tell from others, or cannot see: names must not differ by them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from reporting.language.visible import code_label, hidden_in
from reporting.plan.table.grid import GridRow, Source, Unseen

# Soft hyphens, joiners, marks of direction and of byte order, fillers and selectors of variants,
# which Word and web pages leave.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
# Radicals and doubles of characters, which copying from a PDF puts in their place.
_ALIKE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
# Unicode names the characters of most radicals, but not of these short forms.
_SHORT = dict(
    zip(
        "⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰",
        "民西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙",
        strict=True,
    )
)
_MOST = 5


def plain_signs(source: Source) -> Source:
    """Leave unseen signs out, and read look-alikes as the characters they show; both are told."""
    alike: dict[str, str] = {}

    def plain(text: str) -> str:
        if text.isascii():
            return text
        found = {sign: _shown(sign) for sign in _ALIKE.findall(text)}
        alike.update((sign, read) for sign, read in found.items() if sign != read)
        return _ALIKE.sub(lambda match: found[match[0]], _UNSEEN.sub("", text))

    def plain_row(row: GridRow) -> GridRow:
        cells = tuple(replace(cell, text=plain(cell.text)) for cell in row.cells)
        return replace(row, cells=cells)

    loose = {id(line): replace(line, text=plain(line.text)) for line in source.loose}
    grids = tuple(
        replace(grid, rows=tuple(map(plain_row, grid.rows)), above=loose.get(id(grid.above)))
        for grid in source.grids
    )
    notes = (*source.notes, _note(alike)) if alike else source.notes
    return replace(
        source, grids=grids, loose=tuple(loose.values()), notes=notes, unseen=tuple(_unseen(source))
    )


def _unseen(source: Source) -> Iterator[Unseen]:
    """Tell of each cell and line that holds signs which nobody sees."""
    own = (cell for grid in source.grids for row in grid.rows for cell in row.cells if cell.own)
    for text, line, place in (
        *((line.text, line.line, "") for line in source.loose),
        *((cell.text, cell.line, cell.at) for cell in own),
    ):
        if hidden := hidden_in(text):
            gone = {code_label(sign) for sign in _UNSEEN.findall(text)}
            kept = tuple(code for code in hidden if code not in gone)
            yield Unseen(line, place, tuple(code for code in hidden if code in gone), kept)


def _shown(sign: str) -> str:
    return _SHORT.get(sign) or unicodedata.normalize("NFKC", sign)


def _note(alike: dict[str, str]) -> str:
    told = [f"{sign}（U+{ord(sign):04X}）读作{read}" for sign, read in alike.items()]
    return f"形近：{'、'.join(told[:_MOST])}" + ("等" if len(told) > _MOST else "")
