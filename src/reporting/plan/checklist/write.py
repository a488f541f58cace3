"""Write the 核对表 of a plan: doubtful readings first, what was filled in before kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Protection
from openpyxl.worksheet.worksheet import Worksheet

from reporting.periods import quarter_label
from reporting.plan.checklist.answers import Filled, shown_digest
from reporting.plan.checklist.layout import (
    ADDED,
    ADDED_ROWS,
    COLUMNS,
    DAY_CELL,
    FIGURES,
    GUIDE,
    IDENTITY,
    MARK,
    MILESTONES,
    ON,
    ROW_ID,
    SIGNER_CELL,
    TASKS,
    Key,
    milestone_key,
    reading_digest,
    target_key,
    task_key,
    text_digest,
)
from reporting.plan.corrections.entries import said
from reporting.plan.doubts import Doubts
from reporting.plan.parts import Parts
from reporting.plan.values import Milestone, Plan, Target, Task
from reporting.plan.wording import clause_of, words_of
from reporting.workbooks.columns import HEADER_ROW, HINT_ROW, TITLE_ROW, ColumnSpec
from reporting.workbooks.repeating import Content, Row
from reporting.workbooks.saving import save_book
from reporting.workbooks.style import (
    cell_at,
    dress_guide,
    dress_questions,
    fitted_height,
    put,
    shown,
    whole_or_text,
)

Cells = Mapping[str, str | int]
Places = Mapping[str, Mapping[str, str]]
_NO_CELLS: Cells = {}
_HINT = (
    "灰底为读取结果，请对照原文核对；无误的在“已核对”选✓，有误的在“更正为”各列填写，并写明原因。"
)
_HINTS = {
    TASKS: _HINT + "多个名称用顿号隔开；只协助某一子项的单位写作“子项：单位”；改为没有的写“无”。",
    MILESTONES: _HINT,
    FIGURES: _HINT,
    ADDED: "漏读的指标填在这里，一行一项；数字原文照抄原表中含该数字的文字，在该任务中应只有一处。",
}


def write_checklist(
    plan: Plan, tasks: Sequence[Task], parts: Mapping[str, Parts], filled: Filled, kept_at: str,
    places: Places | None = None,
) -> bytes:  # fmt: skip
    """Return the 核对表 of a plan; the same inputs give the same bytes.

    Parameters
    ----------
    tasks, parts
        What the table alone says, which names the rows.
    kept_at : str
        Where a filled one is kept, relative to the project.
    places : mapping, optional
        Addresses of the tasks' cells, by task and field.
    """
    book = Workbook()
    guide = book.worksheets[0]
    guide.title = GUIDE
    _write_guide(guide, plan, filled, kept_at)
    written: dict[str, list[Row]] = {}
    for name, listed in _Rows(plan, tasks, parts, places or {}).sheets():
        written[name] = _write_sheet(book.create_sheet(name), plan.year, listed, filled)
    written[ADDED] = _write_added(book.create_sheet(ADDED), plan.year, filled)
    _write_identity(book.create_sheet(IDENTITY), plan.year, tasks, filled)
    book.properties.title = f"{plan.year}年任务分解表核对表"
    book.properties.creator = None
    return save_book(book, {name: rows for name, rows in written.items() if rows})


class _Rows:
    """The rows of every sheet: the readings of the table, as corrected since."""

    def __init__(
        self, plan: Plan, tasks: Sequence[Task], parts: Mapping[str, Parts], places: Places
    ) -> None:
        self._plan, self._tasks, self._parts, self._places = plan, tasks, parts, places
        self._doubts = Doubts(plan)

    def sheets(self) -> Iterator[tuple[str, list[Cells]]]:
        """Give each sheet's rows, the doubtful ones first."""
        yield TASKS, self._ordered(self._task_rows())
        yield MILESTONES, self._ordered(self._milestone_rows())
        yield FIGURES, self._ordered(self._target_rows())

    def _ordered(self, rows: Iterable[tuple[Task | Milestone | Target, Cells]]) -> list[Cells]:
        return [cells for _, cells in sorted(rows, key=lambda row: self._doubts.rank(row[0]))]

    def _task_rows(self) -> Iterator[tuple[Task, Cells]]:
        for printed in self._tasks:
            task = self._plan.task(printed.task_id)
            cells = {
                "place": self._place(task),
                "heading": task.heading, "goal": task.goal, "schedule": task.schedule,
                "leaders": said(task.leaders), "lead_units": _lead(task),
                "supporting_units": said(task.supporting_units),
            }  # fmt: skip
            yield task, self._row(task, task_key(printed), printed, cells)

    def _place(self, task: Task) -> str:
        line = f"第{task.line}行" if task.line is not None else ""
        return self._places.get(task.task_id, {}).get("goal", line)

    def _milestone_rows(self) -> Iterator[tuple[Milestone, Cells]]:
        for task in self._tasks:
            now = {m.start: m for m in self._plan.milestones_of(task.task_id)}
            for printed in self._parts[task.task_id].milestones:
                item = now.get(printed.start, printed)
                cells = {
                    "workstream": item.workstream or "", "quarters": quarter_label(item.quarters),
                    "text": item.text.strip(),
                }  # fmt: skip
                yield item, self._row(item, milestone_key(task, printed), printed, cells)

    def _target_rows(self) -> Iterator[tuple[Target, Cells]]:
        for task in self._tasks:
            now = {(t.source, t.start): t for t in self._plan.targets_of(task.task_id)}
            for printed in self._parts[task.task_id].targets:
                item = now.get((printed.source, printed.start), printed)
                cells = {
                    "measure": item.measure, "quote": clause_of(task, item),
                    "words": words_of(task, item), "understood": item.understood,
                }  # fmt: skip
                yield item, self._row(item, target_key(task, printed), printed, cells)

    def _row(
        self, value: Task | Milestone | Target, key: Key, printed: Task | Milestone | Target,
        cells: Mapping[str, str],
    ) -> Cells:  # fmt: skip
        return {
            **cells,
            "number": whole_or_text(self._plan.task(value.task_id).reference),
            "doubt": self._doubts.words(value),
            ROW_ID: key.text,
            MARK: reading_digest(printed),
        }


def _lead(task: Task) -> str:
    lines = ["、".join(task.lead_units)]
    if task.coordinating_unit:
        lines.append(f"协调督促：{task.coordinating_unit}")
    if task.host_unit:
        lines.append(f"设在：{task.host_unit}")
    return "\n".join(lines)


def _write_sheet(sheet: Worksheet, year: int, rows: Sequence[Cells], filled: Filled) -> list[Row]:
    """Write all of a sheet but its rows, which are dressed as its first one and given back."""
    _write_head(sheet, year)
    specs, fills = COLUMNS[sheet.title], filled.cells.get(sheet.title, {})
    dress_questions(sheet, specs, len(rows), year=year, dressed=min(1, len(rows)))
    first = cell_at(sheet, HEADER_ROW, 1)
    bottom = cell_at(sheet, HEADER_ROW, len(specs)).column_letter
    sheet.auto_filter.ref = f"{first.coordinate}:{bottom}{HEADER_ROW + len(rows)}"
    written = []
    for cells in rows:
        mark = f"{cells[MARK]} {shown_digest(sheet.title, cells)}"
        written.append(_row({**cells, **fills.get(str(cells[ROW_ID]), {}), MARK: mark}, specs))
    return written


def _write_added(sheet: Worksheet, year: int, filled: Filled) -> list[Row]:
    _write_head(sheet, year)
    rows = [*filled.cells.get(ADDED, {}).values(), *[_NO_CELLS] * ADDED_ROWS]
    dress_questions(sheet, COLUMNS[ADDED], len(rows), year=year, dressed=1)
    return [_row(cells, COLUMNS[ADDED]) for cells in rows]


def _write_head(sheet: Worksheet, year: int) -> None:
    put(cell_at(sheet, TITLE_ROW, 1), f"{year}年任务分解表核对表：{sheet.title}")
    put(cell_at(sheet, HINT_ROW, 1), _HINTS[sheet.title])
    for column, spec in enumerate(COLUMNS[sheet.title], 1):
        put(cell_at(sheet, HEADER_ROW, column), spec.label)


def _row(cells: Cells, specs: Sequence[ColumnSpec]) -> Row:
    contents = [_content(spec.field, cells.get(spec.field)) for spec in specs]
    texts = ["" if value is None else str(value) for value in contents]
    return Row(contents, fitted_height(texts, specs))


def _content(field: str, value: str | int | None) -> Content:
    if not isinstance(value, str):
        return value
    if field == ON:
        return date.fromisoformat(value)
    if field == "number" and value.isdecimal():
        return int(value)
    return shown(value)


def _write_guide(sheet: Worksheet, plan: Plan, filled: Filled, kept_at: str) -> None:
    lines = {
        1: (f"{plan.year}年任务分解表核对表", ""),
        2: ("读取结果请逐项对照原文核对", ""),
        4: ("项目", "填写"),
        SIGNER_CELL[0]: ("核对人", filled.by),
        DAY_CELL[0]: ("日期", ""),
        7: ("签名", "上面两格填一次即可；某行由别人核对的，在该行另填。"),
        8: ("核对", f"“{TASKS}”“{MILESTONES}”“{FIGURES}”三表一行一项，有疑点的排在前面。无误的在"
            "“已核对”选✓；有误的在“更正为”各列只填要改的内容，并写明原因。灰底单元格不要改。"),
        9: ("不是指标", "不该读作指标（节点）的，在“处理”列选择；漏读的指标填入“增补”表。"),
        10: ("保存", f"填好后保存，放到 {kept_at}；也可直接存在原处，下次运行 make plan 时自动收到"
             "那里。"),
        11: ("生效", "再次运行 make plan：更正写入任务、节点、指标，列入读取核对页、空白报送表和"
             "报告，注明核对人、日期和原因；引用的原文一字不改。"),
    }  # fmt: skip
    for row, words in lines.items():
        for column, text in enumerate(words, 1):
            put(cell_at(sheet, row, column), text)
    dress_guide(sheet, last_row=max(lines))
    for row in (7, 8, 9, 10, 11):
        sheet.row_dimensions[row].height = 36
    for place in (SIGNER_CELL, DAY_CELL):
        cell_at(sheet, *place).protection = Protection(locked=False)
    day = cell_at(sheet, *DAY_CELL)
    day.number_format = "yyyy-mm-dd"
    day.value = filled.on


def _write_identity(sheet: Worksheet, year: int, tasks: Sequence[Task], filled: Filled) -> None:
    facts = {"year": str(year), "base": filled.digest}
    facts |= {task.task_id: text_digest(task) for task in tasks}
    for row, (name, value) in enumerate(facts.items(), 1):
        put(cell_at(sheet, row, 1), name)
        put(cell_at(sheet, row, 2), value)
    sheet.sheet_state = "veryHidden"
    sheet.protection.sheet = True
