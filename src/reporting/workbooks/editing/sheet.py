"""Cells of a sheet given another style, in the sheet's own text: all else stays as it is."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from reporting.workbooks.cells import address, split_address
from reporting.workbooks.parts import local_name

Place = tuple[int, int]
Splice = tuple[int, int, bytes]
"""Where something begins and ends, and what stands there instead."""

_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_ATTRIBUTE = re.compile(rb"\s+([^\s=]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_DECLARED = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"'][^>]*\?>")
_AFTER_LEGACY = frozenset(
    {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
     "tableParts", "extLst", "AlternateContent"}
)  # fmt: skip
"""Elements of a sheet that stand behind the drawing of its comments."""


@dataclass
class SheetText:
    """A sheet's text, and where in it the things stand that may be edited."""

    text: bytes
    prefix: bytes = b""
    rows: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    data: tuple[int, int, int] = (-1, -1, -1)
    """Where the cells begin, where the tag that opens them ends, where they end."""
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    columns: list[tuple[int, int, int]] = field(default_factory=list)
    selected: list[int] = field(default_factory=list)
    legacy: str = ""
    legacy_goes: int = -1

    def home(self, row: int, column: int) -> Place:
        """Return a place, or the first of the merged ones it belongs to."""
        for top, left, bottom, right in self.merges:
            if top <= row <= bottom and left <= column <= right:
                return top, left
        return row, column


def read_sheet_text(content: bytes) -> SheetText:
    """Find what may be edited in a sheet; a text of another encoding becomes UTF-8.

    Raises
    ------
    ValueError
        The text is not that of a sheet.
    """
    found = SheetText(_in_utf8(content))
    parser = expat.ParserCreate()
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        name, at = local_name(tag), parser.CurrentByteIndex
        if name == "row":
            found.rows.append(int(attributes.get("r") or (found.rows[-1:] or [0])[0] + 1))
            found.starts.append(at)
        elif name == "sheetData":
            end = _tag_end(found.text, at)
            found.prefix = tag.encode()[: -len("sheetData")]
            found.data = (at, end, end)
        elif name == "mergeCell":
            found.merges.append(_area(attributes.get("ref", "")))
        elif name == "col" and attributes.get("style", "0") != "0":
            found.columns.append(
                (int(attributes["min"]), int(attributes["max"]), int(attributes["style"]))
            )
        elif name == "sheetView" and attributes.get("tabSelected") in ("1", "true"):
            found.selected.append(at)
        elif depth == 2 and name == "legacyDrawing":
            found.legacy = next((v for k, v in attributes.items() if local_name(k) == "id"), "")
        if depth == 2 and name in _AFTER_LEGACY and found.legacy_goes < 0 <= found.data[0]:
            found.legacy_goes = at

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        name, at = local_name(tag), parser.CurrentByteIndex
        if name == "sheetData" and at > found.data[0]:
            found.data = (*found.data[:2], at)
        elif depth == 0 and found.legacy_goes < 0:
            found.legacy_goes = at

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(found.text, True)
    if found.data[0] < 0 or found.legacy_goes < found.data[2]:
        raise ValueError("no sheet")
    return found


def edited_sheet(
    sheet: SheetText,
    restyle: Mapping[Place, Callable[[int], int]],
    *,
    legacy: str = "",
    unselect: bool = False,
) -> bytes:
    """Return a sheet's text with some cells in another style, which depends on their own.

    Parameters
    ----------
    legacy : str
        The relation to a drawing of comments, where the sheet had none.
    unselect : bool
        Whether the sheet is no longer the one that shows.
    """
    by_row: dict[int, dict[int, Callable[[int], int]]] = {}
    for (row, column), change in sorted(restyle.items()):
        by_row.setdefault(row, {})[column] = change
    splices = _row_splices(sheet, by_row)
    if legacy:
        tag = b'<%slegacyDrawing xmlns:r="%s" r:id="%s"/>'
        new = tag % (sheet.prefix, _KINDS.encode(), legacy.encode())
        splices.append((sheet.legacy_goes, sheet.legacy_goes, new))
    if unselect:
        splices += [_with_attribute(sheet.text, at, b"tabSelected", b"0") for at in sheet.selected]
    return spliced(sheet.text, splices)


def spliced(text: bytes, splices: Iterable[Splice]) -> bytes:
    """Put new pieces into a text; at one place they keep the order in which they were given."""
    pieces, at = [], 0
    for start, end, new in sorted(splices, key=lambda splice: splice[:2]):
        pieces += [text[at:start], new]
        at = end
    return b"".join([*pieces, text[at:]])


def _row_splices(
    sheet: SheetText, by_row: Mapping[int, Mapping[int, Callable[[int], int]]]
) -> list[Splice]:
    known = {row: at for at, row in reversed(list(enumerate(sheet.rows)))}
    splices: list[Splice] = []
    begin, opened, closed = sheet.data
    fresh = b""
    for row, changes in by_row.items():
        if row in known:
            at = known[row]
            end = sheet.starts[at + 1] if at + 1 < len(sheet.starts) else closed
            start = sheet.starts[at]
            splices.append((start, end, _edited_row(sheet, row, sheet.text[start:end], changes)))
            continue
        cells = b"".join(_new_cell(sheet, row, c, change, None) for c, change in changes.items())
        new = b'<%srow r="%d">%s</%srow>' % (sheet.prefix, row, cells, sheet.prefix)
        after = bisect_right(sheet.rows, row)
        if after < len(sheet.rows):
            splices.append((sheet.starts[after], sheet.starts[after], new))
        else:
            fresh += new
    if fresh and opened == closed and sheet.text[:opened].endswith(b"/>"):
        name = b"%ssheetData" % sheet.prefix
        splices.append((begin, opened, b"<%s>%s</%s>" % (name, fresh, name)))
    elif fresh:
        splices.append((closed, closed, fresh))
    return splices


def _edited_row(
    sheet: SheetText, row: int, text: bytes, changes: Mapping[int, Callable[[int], int]]
) -> bytes:
    cells: dict[int, tuple[int, int]] = {}
    own: list[int | None] = [None]
    close = [0]
    parser = expat.ParserCreate()
    depth = column = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, column
        depth += 1
        if depth == 1 and attributes.get("customFormat") in ("1", "true"):
            own[0] = int(attributes.get("s", "0"))
        elif depth == 2 and local_name(tag) == "c":
            column = split_address(attributes["r"])[1] if "r" in attributes else column + 1
            cells.setdefault(column, (parser.CurrentByteIndex, int(attributes.get("s", "0"))))

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        if depth == 0:
            close[0] = parser.CurrentByteIndex

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(text, True)
    splices: list[Splice] = []
    fresh = b""
    for wanted, change in changes.items():
        if wanted in cells:
            at, style = cells[wanted]
            splices.append(_with_attribute(text, at, b"s", b"%d" % change(style)))
            continue
        new = _new_cell(sheet, row, wanted, change, own[0])
        after = min((c for c in cells if c > wanted), default=None)
        if after is None:
            fresh += new
        else:
            splices.append((cells[after][0], cells[after][0], new))
    if fresh and close[0] == 0:  # a row without cells is closed where it is opened
        tag = text[: _tag_end(text, 0)]
        opened = tag[:-2].rstrip() + b">"
        splices.append((0, len(tag), b"%s%s</%srow>" % (opened, fresh, sheet.prefix)))
    elif fresh:
        splices.append((close[0], close[0], fresh))
    return spliced(text, splices)


def _new_cell(
    sheet: SheetText, row: int, column: int, change: Callable[[int], int], own: int | None
) -> bytes:
    """Write an empty cell; it looks as its row or its column did."""
    usual = next((style for low, high, style in sheet.columns if low <= column <= high), 0)
    style = change(usual if own is None else own)
    return b'<%sc r="%s" s="%d"/>' % (sheet.prefix, address(row, column).encode(), style)


def _with_attribute(text: bytes, at: int, name: bytes, value: bytes) -> Splice:
    """Give the tag at a place an attribute, or another value of it."""
    end = _tag_end(text, at)
    tag = text[at:end]
    for match in _ATTRIBUTE.finditer(tag):
        if match[1] == name:
            return at + match.start(2), at + match.end(2), b'"%s"' % value
    head = at + re.compile(rb"<[^\s/>]+").match(tag).end()  # type: ignore[union-attr]
    return head, head, b' %s="%s"' % (name, value)


def _tag_end(text: bytes, at: int) -> int:
    match = _TAG.match(text, at)
    if match is None:
        raise ValueError(at)
    return match.end()


def _area(reference: str) -> tuple[int, int, int, int]:
    first, _, last = reference.partition(":")
    return (*split_address(first), *split_address(last or first))


def _in_utf8(content: bytes) -> bytes:
    encoding = "utf-8"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif match := _DECLARED.match(content):
        encoding = match[1].decode().lower()
    if encoding in ("utf-8", "us-ascii", "ascii"):
        return content
    text = content.decode(encoding)
    return re.sub(r"^(<\?xml[^>]*?encoding\s*=\s*[\"'])[^\"']+", r"\g<1>UTF-8", text).encode()
