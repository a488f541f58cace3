"""What a unit answers to what it was asked: on the sheet itself, or on the copy sent back."""

from dataclasses import dataclass

from reporting.language.phrases import answer_words
from reporting.plan.values import Target
from reporting.returns.layout import ANSWER, OPINION, OPINION_COLUMNS
from reporting.returns.reading.typed import Typed, read_answer
from reporting.workbooks.cells import Book, Cell, Sheet, squeeze

_EDGE = "：:，,。；;、（）() "
_LEAST_REASON = 2


@dataclass(frozen=True)
class Reply:
    """An answer, and the sheet and cell it stands in."""

    text: str
    sheet: str
    cell: str

    @property
    def reason(self) -> str | None:
        """Why the figure is right after all; empty without one, None when it is not said.

        Examples
        --------
        >>> Reply("已核实无误：新口径含技改。", "指标", "L4").reason
        '新口径含技改'
        >>> Reply("核实属实", "", "").reason, Reply("15.3", "", "").reason
        ('', None)
        """
        said = self.text.strip()
        match = answer_words.VERIFIED.match(said)
        if match is None:
            return None
        rest = said[match.end() :].strip(_EDGE)
        return rest if len(rest) >= _LEAST_REASON else ""

    def value(self, target: Target) -> Typed:
        """Read the answer as a figure to stand in place of the one that was questioned."""
        return read_answer(answer_words.INSTEAD.sub("", self.text, count=1), target)


@dataclass(frozen=True)
class Summary:
    """The summary of a copy that came back: its own cells, and the answers beside it."""

    own: frozenset[str]
    replies: dict[tuple[str, str], Reply]


def read_summary(book: Book) -> Summary:
    """Read the answers of a copy sent back, by the sheet and cell they speak of."""
    sheet = book.sheet(OPINION)
    head = _head(sheet) if sheet else {}
    if sheet is None or ANSWER not in head:
        own = [c for c in sheet.cells.values() if c.column <= len(OPINION_COLUMNS)] if sheet else []
        return Summary(frozenset(c.address for c in own), {})
    column = head[ANSWER].column
    replies, own = {}, []
    for cell in sheet.cells.values():
        if cell.column != column or cell.row <= head[ANSWER].row:
            own += [cell] if cell.column <= column else []
            continue
        place = tuple(_text(sheet, cell.row, head, name) for name in ("工作表", "单元格"))
        if all(place):
            replies[place[0], place[1]] = Reply(cell.value, OPINION, cell.address)
            own.append(cell)
    return Summary(frozenset(c.address for c in own), replies)


def _head(sheet: Sheet) -> dict[str, Cell]:
    """Find the row of heads of the findings, and its cells by their words."""
    labels = {*OPINION_COLUMNS, ANSWER}
    found: dict[int, dict[str, Cell]] = {}
    for cell in sheet.cells.values():
        if (word := squeeze(cell.value)) in labels:
            found.setdefault(cell.row, {})[word] = cell
    return max(found.values(), key=len, default={})


def _text(sheet: Sheet, row: int, head: dict[str, Cell], name: str) -> str:
    cell = sheet.cells.get((row, head[name].column)) if name in head else None
    return cell.value.strip() if cell else ""
