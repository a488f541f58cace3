"""Styles added to a workbook's own; those it has keep their numbers."""

from collections.abc import Collection
from copy import deepcopy

from lxml import etree

from reporting.workbooks.editing.package import local, made

_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs",
    "tableStyles", "colors", "extLst",
)  # fmt: skip
_SIDES = ("left", "right", "top", "bottom")
_FIRST_OWN_FORMAT = 164
MAIN_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
EMPTY = f'<styleSheet xmlns="{MAIN_SPACE}"/>'.encode()


class Styles:
    """The style sheet of a workbook, while styles are added to it."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self._marked: dict[tuple[int, str, str], int] = {}
        self._parts: dict[tuple[str, str], int] = {}
        formats = self._group("cellXfs")
        if not len(formats):
            self._append("fonts", made(root, "font"))
            for pattern in ("none", "gray125"):
                self._append("fills", _filled(root, pattern))
            self._append("borders", made(root, "border"))
            self._append("cellXfs", _plain_format(root))

    def marked(self, base: int, fill: str, frame: str) -> int:
        """Return the number of a style like another with a fill and a frame in some colours."""
        key = base, fill, frame
        if key not in self._marked:
            style = deepcopy(self._format(base))
            style.set("fillId", str(self._part("fills", fill)))
            style.set("borderId", str(self._part("borders", frame)))
            style.set("applyFill", "1")
            style.set("applyBorder", "1")
            self._marked[key] = self._append("cellXfs", style)
        return self._marked[key]

    def unmarked(self, style: int, fills: Collection[str]) -> int:
        """Return the style that a marked one was made of: one that differs in its mark only."""
        current = self._format(style)
        if not self._is_marked(current, fills):
            return style
        for number, other in enumerate(self._group("cellXfs")):
            if _likeness(other) == _likeness(current) and not self._is_marked(other, fills):
                return number
        plain = deepcopy(current)
        plain.set("fillId", "0")
        return self._append("cellXfs", plain)

    def grafted(self, other: etree._Element) -> list[int]:
        """Add the cell styles of another sheet of styles; return their numbers here."""
        groups = {local(group): list(group) for group in other}
        moved = {
            name: [self._append(name, self._adopted(item)) for item in groups.get(name, ())]
            for name in ("fonts", "fills", "borders")
        }
        codes = self._codes(groups.get("numFmts", []))
        numbers = []
        for item in groups["cellXfs"]:
            style = self._adopted(item)
            for part in ("font", "fill", "border"):
                number = int(item.get(f"{part}Id", "0"))
                style.set(f"{part}Id", str(moved[f"{part}s"][number]))
                style.set(f"apply{part.title()}", "1")
            code = item.get("numFmtId", "0")
            style.set("numFmtId", codes.get(code, code))
            style.set("xfId", "0")
            numbers.append(self._append("cellXfs", style))
        return numbers

    def _codes(self, formats: list[etree._Element]) -> dict[str, str]:
        taken = [int(item.get("numFmtId", "0")) for item in self._group("numFmts")]
        free = max([_FIRST_OWN_FORMAT - 1, *taken]) + 1
        codes = {}
        for at, item in enumerate(formats):
            codes[item.get("numFmtId", "")] = str(free + at)
            new = self._adopted(item)
            new.set("numFmtId", str(free + at))
            self._append("numFmts", new)
        return codes

    def _adopted(self, item: etree._Element) -> etree._Element:
        """Copy an element into the namespace of this style sheet."""
        copy = made(self.root, local(item), **{str(k): str(v) for k, v in item.attrib.items()})
        for child in item:
            copy.append(self._adopted(child))
        return copy

    def _format(self, style: int) -> etree._Element:
        formats = self._group("cellXfs")
        return formats[style] if 0 <= style < len(formats) else formats[0]

    def _is_marked(self, style: etree._Element, fills: Collection[str]) -> bool:
        group, number = self._group("fills"), int(style.get("fillId", "0"))
        if not 0 <= number < len(group):
            return False
        colours = [e.get("rgb", "")[-6:] for e in group[number].iter() if local(e) == "fgColor"]
        return any(colour in fills for colour in colours)

    def _part(self, name: str, colour: str) -> int:
        key = name, colour
        if key not in self._parts:
            make = _filled if name == "fills" else _framed
            self._parts[key] = self._append(name, make(self.root, "solid", colour))
        return self._parts[key]

    def _group(self, name: str) -> etree._Element:
        found = next((group for group in self.root if local(group) == name), None)
        if found is None:
            found = made(self.root, name)
            rank = _ORDER.index(name)
            at = sum(local(g) in _ORDER and _ORDER.index(local(g)) < rank for g in self.root)
            self.root.insert(at, found)
        return found

    def _append(self, name: str, item: etree._Element) -> int:
        group = self._group(name)
        group.append(item)
        group.set("count", str(len(group)))
        return len(group) - 1


def _plain_format(root: etree._Element) -> etree._Element:
    return made(root, "xf", numFmtId="0", fontId="0", fillId="0", borderId="0")


def _filled(root: etree._Element, pattern: str, colour: str = "") -> etree._Element:
    fill, inner = made(root, "fill"), made(root, "patternFill", patternType=pattern)
    if colour:
        inner.append(made(root, "fgColor", rgb=f"FF{colour}"))
    fill.append(inner)
    return fill


def _framed(root: etree._Element, _: str, colour: str) -> etree._Element:
    border = made(root, "border")
    for name in _SIDES:
        side = made(root, name, style="medium")
        side.append(made(root, "color", rgb=f"FF{colour}"))
        border.append(side)
    return border


def _likeness(style: etree._Element) -> tuple[object, ...]:
    inner = tuple(sorted((local(e), tuple(sorted(e.attrib.items()))) for e in style))
    return (*(style.get(name, "0") for name in ("numFmtId", "fontId", "xfId")), inner)
