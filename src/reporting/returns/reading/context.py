"""One return while it is read: where it is, what it was asked, what was noticed."""

from dataclasses import dataclass, field
from pathlib import Path

from reporting.findings import Finding, Severity
from reporting.grades import USUAL_SCALE, Scale
from reporting.project.asked.columns import ExtraColumn
from reporting.returns.layout import Asked, columns_of
from reporting.returns.reading.replies import Reply
from reporting.returns.reading.typed import is_nothing
from reporting.returns.rules import RULES, finding
from reporting.returns.sheets.printed import Printed
from reporting.system.own_fonts import fonts_having, letters_named, unprintable
from reporting.workbooks.cells import Book, Cell
from reporting.workbooks.columns import ColumnSpec
from reporting.workbooks.grid import Grid


@dataclass
class ReadingContext:
    """One return while it is read: where, what was found, what was noticed."""

    file: str
    questions: Asked
    book: Book
    scale: Scale = USUAL_SCALE
    """The grades of the office."""
    extras: tuple[ExtraColumn, ...] = ()
    """The office's own columns of today, whatever the workbook asked."""
    findings: list[Finding] = field(default_factory=list)
    blocked: set[tuple[str, int, int]] = field(default_factory=set)
    """Cells with a fault of their own or under a merge: not reported as empty as well."""
    fonts: tuple[Path, ...] = ()
    """The project's own fonts."""
    replies: dict[tuple[str, str], Reply] = field(default_factory=dict)
    """What the unit answers to what was asked of a sheet's cell."""
    summary: frozenset[str] = frozenset()
    """The cells of the summary of a copy sent back that are its own, or were read."""
    printed: Printed = field(default_factory=Printed)
    """What the workbook was sent out with besides its questions."""
    settled: set[tuple[str, str]] = field(default_factory=set)
    """Cells whose answer settled what was asked."""

    def columns(self, name: str) -> tuple[ColumnSpec, ...]:
        """Give the columns of a sheet of questions."""
        return columns_of(name, self.scale, self.extras)

    def note(
        self,
        code: str,
        *,
        sheet: str = "",
        cell: str = "",
        task_id: str = "",
        expected: str = "",
        found: str = "",
    ) -> None:
        """Add a finding at a place of this return.

        What the unit was asked to confirm and has confirmed, with a reason, is told as that.
        """
        if RULES[code].severity is Severity.CONFIRM and (reason := self._confirmed(sheet, cell)):
            code, expected, found = "RET-CONFIRMED", RULES[code].title, reason
        self.findings.append(
            finding(
                code,
                expected=expected,
                found=found,
                file=self.file,
                sheet=sheet,
                cell=cell,
                unit=self.questions.unit,
                task_id=task_id,
            )
        )

    def _confirmed(self, sheet: str, cell: str) -> str:
        """Return why a questioned figure is right, empty while the unit has not said so."""
        reply = self.replies.get((sheet, cell))
        if reply is None or not reply.reason:
            return ""
        self.settled.add((sheet, cell))
        return reply.reason


def taken(context: ReadingContext, grid: Grid, row: int, name: str, task_id: str) -> Cell | None:
    """Return an answer's cell; what stands against taking it is reported on the way."""
    cell = grid.cell(row, name)
    if cell is None or (cell.formula is None and not cell.error and not cell.struck):
        return cell
    place = {"sheet": grid.sheet.name.strip(), "cell": cell.address, "task_id": task_id}
    if cell.struck:
        # Which part was meant to stand is the sender's to say.
        context.note("RET-STRUCK", found=cell.value, **place)
    elif cell.error:
        context.note("RET-CELL-ERROR", found=cell.value, **place)
    elif cell.value.strip():
        context.note("RET-FORMULA", found=cell.value, **place)
        return cell
    else:
        context.note("RET-FORMULA-EMPTY", found=f"={cell.formula}", **place)
    context.blocked.add((place["sheet"], cell.row, cell.column))
    return None


def note_letters(context: ReadingContext, cell: Cell, sheet: str, task_id: str) -> None:
    """Tell of letters that no font of the project has: no page can show them."""
    if letters := unprintable(cell.value, context.fonts):
        found, having = letters_named(letters), fonts_having(letters)
        place = {"sheet": sheet, "cell": cell.address, "task_id": task_id}
        context.note("RET-LETTER", found=found, expected=having, **place)


def left_out(context: ReadingContext, cell: Cell, sheet: str, task_id: str) -> bool:
    """Tell whether a stroke or 无 was typed for nothing; it is noted, and read as left empty."""
    nothing = is_nothing(cell.value)
    if nothing:
        place = {"sheet": sheet, "cell": cell.address, "task_id": task_id}
        context.note("RET-LEFT-OUT", found=cell.value.strip(), **place)
    return nothing
