"""Read the cells of a workbook in the OpenDocument format (.ods)."""

import io
import zipfile
import zlib
from xml.parsers import expat

from reporting.language.runs import Run, RunKind
from reporting.workbooks.book import MAX_MERGES, MAX_PIECES, MAX_TEXT, check_sizes, normal_number
from reporting.workbooks.cells import Book, BookRefused, Cell, Extra, Sheet, address
from reporting.workbooks.parts import MAX_COLUMNS, MAX_ROW, Budget, Plain, parse_stream

_CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_NUMBERS = {"float": "", "currency": "", "percentage": "percent"}
_MOST_EXTRAS = 200
_ASIDE = frozenset({"annotation", "frame", "custom-shape", "rect", "object-ole"})
_FAULTS = (zipfile.BadZipFile, zlib.error, LookupError, OSError, ValueError, expat.ExpatError)


def is_opendocument(data: bytes) -> bool:
    """Tell a spreadsheet of the OpenDocument format by its first entry."""
    return data.startswith(b"PK") and b"opendocument.spreadsheet" in data[:200]


def open_opendocument(data: bytes) -> Book:
    """Read such a workbook from its bytes.

    Raises
    ------
    BookRefused
        The bytes are protected or damaged, or exceed a limit.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_sizes(archive)
            names = archive.namelist()
            if _MANIFEST in names and b"encryption-data" in archive.open(_MANIFEST).read(2**20):
                raise BookRefused("RET-FILE-PROTECTED", "设有打开密码")
            content, budget = _Content(Budget()), Budget()
            parse_stream(archive, _CONTENT, content, budget)
    except BookRefused:
        raise
    except _FAULTS as fault:
        raise BookRefused("RET-FILE-DAMAGED", f"内容损坏（{type(fault).__name__}）") from None
    return Book(
        tuple(content.sheets),
        date1904=False,
        has_macros=any(name.startswith("Basic/") for name in names),
        has_links=False,
        extras=tuple(content.extras),
    )


class _Content(Plain):
    """The sheets of a document, cell by cell; what is repeated is written out as far as filled."""

    def __init__(self, budget: Budget) -> None:
        super().__init__()
        self.sheets: list[Sheet] = []
        self.extras: list[Extra] = []
        self._budget = budget
        self._style = ""
        self._struck: set[str] = set()
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._row_hidden = False
        self._attributes: dict[str, str] = {}
        self._filled: list[tuple[int, str, dict[str, str], bool]] = []
        self._words: list[str] = []
        self._aside: list[str] = []
        self._inside = 0
        self._paragraphs = 0
        self._is_struck = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Answer the start of an element."""
        if tag == "style":
            self._style = attributes.get("style:name", "")
        elif tag == "text-properties":
            if attributes.get("style:text-line-through-style", "none") != "none":
                self._struck.add(self._style)
        elif tag == "table" and "table:name" in attributes:
            self.sheets.append(Sheet(attributes["table:name"], hidden=False))
            self._row = 0
        elif tag == "table-row":
            self._begin_row(attributes)
        elif tag in ("table-cell", "covered-table-cell"):
            self._begin_cell(attributes)
        elif tag in _ASIDE:
            self._inside += 1
        elif tag == "p":
            self._paragraphs += 1
            if self._paragraphs > 1:
                self._take("\n")
        elif tag in ("s", "tab", "line-break"):
            count = min(int(attributes.get("text:c", "1")), MAX_TEXT)
            self._take({"s": " ", "tab": "\t", "line-break": "\n"}[tag] * count)
        elif tag == "span" and not self._inside:
            self._is_struck |= attributes.get("text:style-name", "") in self._struck

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._row += 1
        self._rows = int(attributes.get("table:number-rows-repeated", "1"))
        self._row_hidden = attributes.get("table:visibility", "visible") != "visible"
        self._column, self._filled = 0, []

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._column += 1
        self._columns = int(attributes.get("table:number-columns-repeated", "1"))
        self._attributes, self._words, self._paragraphs = attributes, [], 0
        self._is_struck = attributes.get("table:style-name", "") in self._struck

    def text(self, data: str) -> None:
        """Answer a piece of text."""
        if self._paragraphs:
            self._take(data)

    def _take(self, words: str) -> None:
        into = self._aside if self._inside else self._words
        into.append(words)
        if len(into) > MAX_PIECES or sum(map(len, into[-100:])) > 8 * MAX_TEXT:
            raise BookRefused("RET-FILE-HUGE", "一个单元格的内容过长")

    def end(self, tag: str) -> None:
        """Answer the end of an element."""
        if tag in _ASIDE:
            self._end_aside(tag)
        elif tag in ("table-cell", "covered-table-cell"):
            self._end_cell()
        elif tag == "table-row":
            self._end_row()

    def _end_aside(self, tag: str) -> None:
        self._inside -= 1
        if self._inside or len(self.extras) >= _MOST_EXTRAS or not self.sheets:
            return
        words = "".join(self._aside).strip()
        self._aside, self._paragraphs = [], 0
        kind = "comment" if tag == "annotation" else "text" if words else "shape"
        place = address(self._row, self._column) if self._row and self._column else ""
        self.extras.append(Extra(kind, self.sheets[-1].name, place, words))

    def _end_cell(self) -> None:
        words = "".join(self._words)
        if words.strip() or self._attributes.get("table:formula"):
            last = min(self._column + self._columns - 1, MAX_COLUMNS)
            for column in range(self._column, last + 1):
                self._filled.append((column, words, self._attributes, self._is_struck))
        self._merge()
        self._column += self._columns - 1
        self._paragraphs = 0

    def _merge(self) -> None:
        across = int(self._attributes.get("table:number-columns-spanned", "1"))
        down = int(self._attributes.get("table:number-rows-spanned", "1"))
        if (across > 1 or down > 1) and self.sheets:
            merges = self.sheets[-1].merges
            if len(merges) >= MAX_MERGES:
                raise BookRefused("RET-FILE-HUGE", f"合并单元格超过 {MAX_MERGES} 处")
            low, right = self._row + down - 1, self._column + across - 1
            merges.append((self._row, self._column, min(low, MAX_ROW), min(right, MAX_COLUMNS)))

    def _end_row(self) -> None:
        if self._filled and self.sheets:
            sheet = self.sheets[-1]
            for row in range(self._row, min(self._row + self._rows - 1, MAX_ROW) + 1):
                for column, words, attributes, struck in self._filled:
                    self._budget.take_cell(len(words))
                    sheet.cells[row, column] = _cell(row, column, words, attributes, struck)
                if self._row_hidden:
                    sheet.hidden_rows.add(row)
        self._row += self._rows - 1


def _cell(row: int, column: int, words: str, attributes: dict[str, str], struck: bool) -> Cell:
    kind = attributes.get("office:value-type", "string")
    if len(words) > MAX_TEXT:
        raise BookRefused("RET-FILE-HUGE", f"有单元格超过 {MAX_TEXT} 字")
    numeric = kind in _NUMBERS
    value = normal_number(attributes.get("office:value", "")) if numeric else words
    if kind == "date":
        value = attributes.get("office:date-value", words)
    formula = attributes.get("table:formula")
    return Cell(
        row=row,
        column=column,
        value=value,
        numeric=numeric,
        style="date" if kind == "date" else _NUMBERS.get(kind, ""),
        formula=None if formula is None else formula.removeprefix("of:").removeprefix("="),
        error=words.startswith(("#", "Err:")) and formula is not None,
        runs=(Run(value, RunKind.STRUCK),) if struck else (),
    )
