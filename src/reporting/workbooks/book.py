"""Read the cells of an xlsx workbook in one bounded pass over its XML.

Why not openpyxl here: it reads either formulas or their cached values, forgets hidden rows in
its streaming mode, and builds an object for each of 200,000 empty formatted rows. This reads
values, formulas, merges, hidden rows and the rest at once, keeps filled cells only, and stops
at fixed limits, so that no file takes more than bounded time and memory.
"""

import io
import re
import zipfile
import zlib
from decimal import Decimal
from functools import cached_property
from xml.parsers import expat

from reporting.language.runs import Run, RunKind, is_marked, merged
from reporting.workbooks.cells import Book, BookRefused, Cell, Sheet, address, split_address
from reporting.workbooks.extras import Extras
from reporting.workbooks.formats.read import built_in_kind, format_kind
from reporting.workbooks.parts import (
    MAX_COLUMNS,
    MAX_PARTS,
    MAX_ROW,
    Budget,
    Plain,
    local_name,
    parse_part,
    parse_stream,
    read_relations,
)

MAX_FILE = 40 * 2**20
MAX_UNPACKED = 200 * 2**20
MAX_MERGES = 1_000
MAX_STRINGS = 200_000
MAX_FORMATS = 65_490
MAX_FORMAT_CODE = 255
MAX_SHEETS = 100
MAX_TEXT = 32_767
MAX_PIECES = 40_000
_LONGEST = 8 * MAX_TEXT
"""Letters of a text before its escapes are undone, each of which has seven."""
_PICTURE_WITHIN = 40
OWN_NAMES = "reporting_"
_LONGEST_NAME = 200
_USUAL = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ALIGNED = {"superscript": RunKind.RAISED, "subscript": RunKind.LOWERED}


def open_book(data: bytes) -> Book:
    """Read a workbook from its bytes.

    Raises
    ------
    BookRefused
        The bytes are no workbook, are protected or damaged, or exceed a limit.
    """
    _check_container(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_sizes(archive)
            return _read_book(archive)
    except BookRefused:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, OSError) as error:
        raise BookRefused("RET-FILE-DAMAGED", f"压缩包损坏（{type(error).__name__}）") from None
    except (expat.ExpatError, LookupError, ValueError, NotImplementedError) as error:
        raise BookRefused("RET-FILE-DAMAGED", f"内容损坏（{type(error).__name__}）") from None
    except RuntimeError:  # zipfile asks for a password
        raise BookRefused("RET-FILE-PROTECTED", "压缩包已加密") from None


def _check_container(data: bytes) -> None:
    if not data:
        raise BookRefused("RET-FILE-EMPTY", "0 字节")
    if len(data) > MAX_FILE:
        raise BookRefused("RET-FILE-HUGE", f"{len(data) // 2**20} MB")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise BookRefused("RET-FILE-PROTECTED", "设有打开密码")
        raise BookRefused("RET-FILE-XLS", "旧版 .xls 格式")
    if data.count(b"PK\x01\x02") > 2 * MAX_PARTS:
        # Counted before the archive is opened, which keeps an object for each.
        raise BookRefused("RET-FILE-HUGE", "压缩包中的部件过多")
    if not data.startswith(b"PK"):
        raise BookRefused("RET-FILE-NOT-BOOK", f"开头为“{_peek(data)}”的文件")


def _peek(data: bytes) -> str:
    text = data[:12].decode("utf-8", "replace")
    return "".join(c if c.isprintable() else "□" for c in text)


def check_sizes(archive: zipfile.ZipFile) -> None:
    """Refuse an archive that unpacks into more than is read, or is packed as none is."""
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise BookRefused("RET-FILE-PROTECTED", "压缩包已加密")
    if any(entry.compress_type not in _USUAL for entry in entries):
        # Others unpack a few bytes into any number at once.
        raise BookRefused("RET-FILE-DAMAGED", "压缩方式不是表格软件所用")
    total = sum(entry.file_size for entry in entries)
    if total > MAX_UNPACKED or len(entries) > MAX_PARTS:
        raise BookRefused("RET-FILE-HUGE", f"解压后 {total // 2**20} MB、{len(entries)} 个部件")


def _read_book(archive: zipfile.ZipFile) -> Book:
    names = set(archive.namelist())
    main = _main_part(archive, names)
    described = _Workbook()
    parse_part(archive, main, described)
    if not described.sheets:
        raise BookRefused("RET-FILE-NOT-BOOK", "没有工作表的文件")
    relations = read_relations(archive, main, names)
    formats = _read_formats(archive, relations, names)
    strings = _read_strings(archive, relations, names)
    budget = Budget()
    extras = Extras(archive)
    sheets = []
    for name, relation, hidden in described.sheets:
        sheet = Sheet(name, hidden)
        part = relations.get(relation, ("", ""))[1]
        if part in names:
            # A part is read once: many sheets of one part would multiply the work.
            names.discard(part)
            cells = _Cells(sheet, strings, formats, budget)
            parse_stream(archive, part, cells, budget)
            extras.read_sheet(name, part, cells.pictures)
        sheets.append(sheet)
    return Book(
        sheets=tuple(sheets),
        date1904=described.date1904,
        has_macros=any(name.endswith("vbaProject.bin") for name in names),
        has_links=any("/externalLinks/" in name for name in names),
        extras=extras.found,
        oddities=tuple(formats.oddities),
        names=described.names,
    )


def _main_part(archive: zipfile.ZipFile, names: set[str]) -> str:
    for kind, part in read_relations(archive, "", names).values():
        if kind.endswith("/officeDocument") and part in names:
            return part
    if "xl/workbook.xml" in names:
        return "xl/workbook.xml"
    raise BookRefused("RET-FILE-NOT-BOOK", "不含工作簿的压缩包")


def _part_of(relations: dict[str, tuple[str, str]], kind: str, names: set[str]) -> str | None:
    return next((p for k, p in relations.values() if k.endswith(kind) and p in names), None)


def _read_strings(
    archive: zipfile.ZipFile, relations: dict[str, tuple[str, str]], names: set[str]
) -> "_Strings":
    part = _part_of(relations, "/sharedStrings", names)
    strings = _Strings()
    if part:
        parse_part(archive, part, strings)
    return strings


def _read_formats(
    archive: zipfile.ZipFile, relations: dict[str, tuple[str, str]], names: set[str]
) -> "_Formats":
    part = _part_of(relations, "/styles", names)
    formats = _Formats()
    if part:
        parse_part(archive, part, formats)
    return formats


class _Workbook(Plain):
    """Sheets in order, and the date system."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, bool]] = []
        self.date1904 = False
        self.names: dict[str, str] = {}
        self._named = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "workbookPr":
            self.date1904 = attributes.get("date1904") in ("1", "true")
        elif tag == "sheet":
            relation = next((v for k, v in attributes.items() if local_name(k) == "id"), "")
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), relation, hidden))
            if len(self.sheets) > MAX_SHEETS:
                raise BookRefused("RET-FILE-HUGE", f"工作表超过 {MAX_SHEETS} 张")
        elif tag == "definedName":
            name = attributes.get("name", "")
            self._named = name if name.startswith(OWN_NAMES) and len(self.names) < 10 else ""

    def end(self, tag: str) -> None:
        self._named = ""

    def text(self, data: str) -> None:
        if self._named:
            self.names[self._named] = (self.names.get(self._named, "") + data)[:_LONGEST_NAME]


class _RunKinds:
    """The kinds of a text's runs, by what the properties of each say."""

    def __init__(self) -> None:
        self.parts: list[Run] = []
        self._kind = RunKind.PLAIN

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "r":
            self._kind = RunKind.PLAIN
        elif tag == "strike" and _is_on(attributes):
            self._kind = RunKind.STRUCK
        elif tag == "vertAlign" and self._kind is not RunKind.STRUCK:
            self._kind = _ALIGNED.get(attributes.get("val", ""), self._kind)

    def add(self, text: str) -> None:
        self.parts.append(Run(text, self._kind))

    def marked(self) -> tuple[Run, ...]:
        """Return the runs where any of the text is not plain, else none."""
        runs = tuple(Run(unescape(run.text), run.kind) for run in merged(self.parts))
        return runs if is_marked(runs) else ()


class _Strings(Plain):
    """The shared strings, phonetic hints left out; ``runs`` of those that are not plain."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.runs: dict[int, tuple[Run, ...]] = {}
        self._kinds = _RunKinds()
        self._length = 0
        self._reading = False
        self._phonetic = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._kinds.start(tag, attributes)
        if tag == "si":
            self._kinds, self._length = _RunKinds(), 0
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "t":
            self._reading = not self._phonetic

    def end(self, tag: str) -> None:
        if tag == "si":
            if runs := self._kinds.marked():
                self.runs[len(self.found)] = runs
            self.found.append(unescape("".join(run.text for run in self._kinds.parts)))
            if len(self.found) > MAX_STRINGS:
                raise BookRefused("RET-FILE-HUGE", f"文字超过 {MAX_STRINGS} 条")
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "t":
            self._reading = False

    def text(self, data: str) -> None:
        if self._reading:
            self._kinds.add(data)
            self._length += len(data)
            if self._length > _LONGEST or len(self._kinds.parts) > MAX_PIECES:
                raise BookRefused("RET-FILE-HUGE", "一个单元格的内容过长")


class _Formats(Plain):
    """Which cell formats show dates or percentages, and which cross their cell out."""

    def __init__(self) -> None:
        super().__init__()
        self._codes: dict[int, str] = {}
        self.oddities: list[str] = []
        self._cells: list[tuple[int, int]] = []
        self._fonts = 0
        self._struck_fonts: set[int] = set()
        self._inside = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            code = attributes.get("formatCode", "")
            self._codes[int(attributes.get("numFmtId", -1))] = code
            if len(code) > MAX_FORMAT_CODE and not self.oddities:
                self.oddities.append(f"一个长达 {len(code)} 字的数字格式")
            if len(self._codes) > MAX_FORMATS:
                raise BookRefused("RET-FILE-HUGE", f"数字格式超过 {MAX_FORMATS} 种")
        elif tag in ("cellXfs", "fonts"):
            self._inside = tag
        elif tag == "xf" and self._inside == "cellXfs":
            number, font = attributes.get("numFmtId", 0), attributes.get("fontId", 0)
            self._cells.append((int(number), int(font)))
            if len(self._cells) > MAX_FORMATS:
                raise BookRefused("RET-FILE-HUGE", f"单元格格式超过 {MAX_FORMATS} 种")
        elif tag == "font" and self._inside == "fonts":
            self._fonts += 1
        elif tag == "strike" and self._inside == "fonts" and _is_on(attributes):
            self._struck_fonts.add(self._fonts - 1)

    def end(self, tag: str) -> None:
        if tag in ("cellXfs", "fonts"):
            self._inside = ""

    @cached_property
    def kinds(self) -> list[str]:
        """What each cell format shows: ``date``, ``month``, ``percent`` or nothing special."""
        known = {number: format_kind(code) for number, code in self._codes.items()}
        return [
            known[number] if number in known else built_in_kind(number) for number, _ in self._cells
        ]

    def is_struck(self, style: int) -> bool:
        """Tell whether a cell format crosses its cell out."""
        return bool(self._cells) and self._cells[style][1] in self._struck_fonts


class _Cells(Plain):
    """The filled cells of a sheet, its merges and hidden rows."""

    def __init__(self, sheet: Sheet, strings: _Strings, formats: _Formats, budget: Budget) -> None:
        super().__init__()
        self._sheet, self._strings, self._formats = sheet, strings, formats
        self._budget = budget
        self._row = self._column = 0
        self._row_hidden = self._row_folded = False
        self._length = 0
        self._attributes: dict[str, str] = {}
        self._value: list[str] = []
        self._formula: list[str] | None = None
        self._into: list[str] | None = None
        self._phonetic = False
        self._kinds = _RunKinds()
        self.pictures: list[str] = []
        """Addresses of the cells that hold a picture instead of a value."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._kinds.start(tag, attributes)
        if tag == "c":
            self._begin_cell(attributes)
        elif tag == "row":
            self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
            if not 0 < self._row <= MAX_ROW:
                raise ValueError(self._row)
            self._row_hidden = attributes.get("hidden") in ("1", "true")
            self._row_folded = attributes.get("outlineLevel", "0") != "0"
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            # Widths of columns may be given one by one, but no more often than there are columns.
            if self._budget.hidden_columns > 0:
                self._budget.hidden_columns -= 1
                span = int(attributes["min"]), int(attributes["max"])
                self._sheet.hidden_columns.append(span)
        elif tag == "v" or (tag == "t" and not self._phonetic):
            self._into = self._value
        elif tag == "f":
            self._formula = self._into = []
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "filterColumn":
            self._sheet.filtered = True
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._attributes = attributes
        if "r" in attributes:
            row, self._column = place_of(attributes["r"])
            if row != self._row:
                self._row, self._row_hidden = row, False
        else:
            self._column += 1
        self._value, self._formula, self._length = [], None, 0
        self._kinds = _RunKinds()

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        top, left = place_of(first)
        bottom, right = place_of(last or first)
        if len(self._sheet.merges) >= MAX_MERGES:
            raise BookRefused("RET-FILE-HUGE", f"合并单元格超过 {MAX_MERGES} 处")
        self._sheet.merges.append((top, left, bottom, right))

    def end(self, tag: str) -> None:
        if tag == "c":
            if self._value or self._formula is not None:
                self._keep()
        elif tag in ("v", "t", "f"):
            self._into = None
        elif tag == "rPh":
            self._phonetic = False

    def text(self, data: str) -> None:
        if self._into is not None:
            self._into.append(data)
            if self._into is self._value:
                self._kinds.add(data)
            self._length += len(data)
            if self._length > _LONGEST or len(self._into) > MAX_PIECES:
                raise BookRefused("RET-FILE-HUGE", "一个单元格的内容过长")

    def _keep(self) -> None:
        kind = self._attributes.get("t", "n")
        value = "".join(self._value)
        runs = self._kinds.marked()
        if kind == "s":
            runs = self._strings.runs.get(int(value), ()) if value else ()
            value = self._strings.found[int(value)] if value else ""
        elif kind in ("str", "inlineStr"):
            value = unescape(value)
        elif kind == "b":
            value = "TRUE" if value in ("1", "true") else "FALSE"
        formula = None if self._formula is None else "".join(self._formula)
        if not value.strip() and formula is None:
            return
        if self._is_picture(kind, formula or value):
            self._note_picture()
            return
        if kind == "n" and value:
            value = normal_number(value)
        if len(value) > MAX_TEXT:
            # No spreadsheet program writes so much into one cell, so nothing is cut off unsaid.
            raise BookRefused("RET-FILE-HUGE", f"有单元格超过 {MAX_TEXT} 字")
        style, kinds = int(self._attributes.get("s", 0)), self._formats.kinds
        if self._formats.is_struck(style):
            runs = (Run(value, RunKind.STRUCK),)
        self._budget.take_cell(len(value) + len(formula or ""))
        if self._row_hidden:
            self._sheet.hidden_rows.add(self._row)
            if self._row_folded:
                self._sheet.folded_rows.add(self._row)
        self._sheet.cells[self._row, self._column] = Cell(
            row=self._row,
            column=self._column,
            value=value,
            numeric=kind == "n" and value != "",
            style="date" if kind == "d" else kinds[style] if kinds else "",
            formula=formula,
            error=kind == "e",
            runs=runs,
        )

    def _is_picture(self, kind: str, text: str) -> bool:
        """Tell a picture in a cell: WPS writes it as a function, Excel as an error of a kind."""
        name = text[:_PICTURE_WITHIN].lstrip(" =").upper().removeprefix("_XLFN.")
        return name.startswith("DISPIMG(") or (kind == "e" and "vm" in self._attributes)

    def _note_picture(self) -> None:
        self._budget.take_cell(0)
        self.pictures.append(address(self._row, self._column))


def place_of(reference: str) -> tuple[int, int]:
    """Read the address of a cell that a sheet can have."""
    row, column = split_address(reference)
    if not (0 < row <= MAX_ROW and column <= MAX_COLUMNS):
        raise BookRefused("RET-FILE-DAMAGED", f"含有超出表格范围的单元格 {reference}")
    return row, column


def _is_on(attributes: dict[str, str]) -> bool:
    """Tell whether a property of text that may be switched off is on."""
    return attributes.get("val", "1") not in ("0", "false")


def normal_number(text: str) -> str:
    """Write a stored number with the 15 digits that spreadsheets show.

    Examples
    --------
    >>> normal_number("91.59999999999999"), normal_number("800"), normal_number("1E3")
    ('91.6', '800', '1000')
    """
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) < 16:
        return text
    try:
        number = Decimal(format(float(text), ".15g"))
    except (ValueError, ArithmeticError):
        return text
    return format(number, "f") if number.is_finite() and abs(number) < 10**18 else text


def unescape(text: str) -> str:
    """Turn the ``_x000D_`` of spreadsheet texts into the characters meant."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
        # Half a character is none: it becomes the sign for what cannot be read.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")
