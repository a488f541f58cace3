"""What each row of a task table is: told once, with the reason, before any cell is read.

The tests stand in their order: the first that gives a reason tells the kind. What none of them
tells is a task, or goes on with the task above.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from typing import NamedTuple

from reporting.findings import Finding
from reporting.language.row_words import (
    is_continued,
    is_count,
    is_note,
    is_page_number,
    is_sum,
)
from reporting.language.titles import CHAPTER, promises
from reporting.plan.codes import finding
from reporting.plan.table.align import align
from reporting.plan.table.columns import Columns, Vocabulary, normal
from reporting.plan.table.grid import GridCell, GridRow
from reporting.plan.table.parts import FEW, Parts


class RowKind(StrEnum):
    """The kinds of rows, by the name that findings give them."""

    TITLE = "标题行"
    HEADER = "表头"
    BLANK = "空行"
    REMARK = "说明行"
    REPEATED_HEAD = "重复表头"
    OTHER_HEAD = "另一种表头"
    SUM = "合计行"
    SECTION = "分节行"
    JOINED = "合并的行"
    CONTINUATION = "续行"
    TASK = "任务行"


@dataclass(frozen=True)
class ClassifiedRow:
    """A row with its kind, and why it is of that kind.

    ``row`` has a cell in every column where the kind is a task or goes on with one;
    ``findings`` tell how its cells came to their columns.
    """

    kind: RowKind
    why: str
    row: GridRow
    findings: tuple[Finding, ...] = ()

    @property
    def label(self) -> str:
        """Kind and reason, as a finding says them."""
        return f"{self.kind}：{self.why}"


class Place(NamedTuple):
    """What a table's rows are told by, besides their own cells.

    ``titles`` are the lines above the table; ``has_task`` tells that a task stands above its
    first row; ``name`` and ``trimmed`` are those of the source.
    """

    columns: Columns
    words: Vocabulary
    titles: frozenset[str]
    has_task: bool
    name: str
    trimmed: bool


class _Neighbours(NamedTuple):
    """The kind of the last row that was not blank, and the row below."""

    before: RowKind | None
    below: GridRow | None


def classify_rows(parts: Parts, place: Place) -> tuple[ClassifiedRow, ...]:
    """Tell what each row of a grid is, in order.

    Raises
    ------
    InputRefused
        A row that must be a task has too few or too many cells to tell its goal.
    """
    rows = parts.body
    whole = [row for row in rows if len(row.cells) == place.columns.width]
    told = [ClassifiedRow(RowKind.TITLE, "在表头之上", row) for row in parts.above]
    told += [ClassifiedRow(RowKind.HEADER, "说明各列", row) for row in parts.head]
    before: RowKind | None = None
    has_task = place.has_task
    for row, below in zip_longest(rows, rows[1:]):
        one = _apart(row, _Neighbours(before, below), place)
        if one is None:
            one = _task(_in_columns(row, whole, place), place.columns, has_task=has_task)
            has_task = True
        before = before if one.kind is RowKind.BLANK else one.kind
        told.append(one)
    return tuple(told)


def _apart(row: GridRow, near: _Neighbours, place: Place) -> ClassifiedRow | None:
    """Tell the kind of a row that is no part of a task, by the first test that has a reason."""
    for kind, test in _TESTS:
        if why := test(row, near, place):
            return ClassifiedRow(kind, why, row)
    return None


def _task(
    fitted: tuple[GridRow, tuple[Finding, ...]], columns: Columns, *, has_task: bool
) -> ClassifiedRow:
    """Tell a task from what goes on with the task above."""
    row, findings = fitted
    if has_task and (why := _merged_goal(row, columns)):
        return ClassifiedRow(RowKind.JOINED, why, row, findings)
    if has_task and (why := _goes_on(row, columns)):
        return ClassifiedRow(RowKind.CONTINUATION, why, row, findings)
    return ClassifiedRow(RowKind.TASK, "不属于其他各类", row, findings)


def _in_columns(
    row: GridRow, whole: Sequence[GridRow], place: Place
) -> tuple[GridRow, tuple[Finding, ...]]:
    """Give a row a cell in every column; tell where its own cells were too few or too many."""
    width = place.columns.width
    if len(row.cells) == width:
        return row, ()
    if len(row.cells) > width and not any(cell.text.strip() for cell in row.cells[width:]):
        return GridRow(row.cells[:width]), ()
    aligned, rest = align(row, place.columns, whole, place.name, trimmed=place.trimmed)
    found = f"{len(row.cells)}格"
    found += f"，未能认定：{'｜'.join(rest)}" if rest else "，已按各列内容对应，请核对。"
    expected = str(width)
    told = finding("PLAN-ROW-CELLS", file=place.name, line=row.line, expected=expected, found=found)
    return aligned, (told,)


def _is_blank(row: GridRow, near: _Neighbours, place: Place) -> str:
    return "没有文字" if row.is_blank else ""


def _is_remark(row: GridRow, near: _Neighbours, place: Place) -> str:
    """Tell a row of remarks, signatures or a page number from a task.

    A remark may fill several cells (填表人：某甲 and 审核人：某乙), of which none is a task's; one
    that is numbered goes on in the next rows.
    """
    filled = _filled(row)
    if len(filled) == 1 and is_page_number(filled[0].text):
        return "只有页码" if _alone(row, place.columns) is not None else ""
    if any(cell.above and cell.text.strip() for cell in row.cells):
        return ""
    short = len(row.cells) < place.columns.width // 2 + 1
    if filled and is_note(filled[0].text):
        alone = len(filled) == 1 or short or all(is_note(cell.text) for cell in filled)
        return "以说明或签署的字样开头" if alone else ""
    titled = any(CHAPTER.match(cell.text) for cell in filled[:1])
    goes_on = near.before is RowKind.REMARK and not titled and (short or len(filled) == 1)
    return "接上一行的说明" if goes_on else ""


def _is_repeated_head(row: GridRow, near: _Neighbours, place: Place) -> str:
    """Tell what a page's head says again, and the row that numbers the columns."""
    if repeats(row, place.columns, place.words):
        return "与表头相同"
    if _is_repeated_title(row, place.titles):
        return "与标题相同或为续表"
    texts = [normal(text).strip("()") for text in row.texts]
    numbers = len(texts) > 2 and texts == [str(at) for at in range(1, len(texts) + 1)]
    return "各格依次为列号" if numbers else ""


def _is_other_head(row: GridRow, near: _Neighbours, place: Place) -> str:
    """Tell another header: below it the columns mean something else."""
    names = [normal(text) for text in row.texts if text.strip()]
    known = len(set(names)) > FEW and all(place.words.kind(name) for name in names)
    return f"各列为{'、'.join(names)}" if known else ""


def repeats(row: GridRow, columns: Columns, words: Vocabulary) -> bool:
    """Tell whether a row is the header again, or one of its rows, perhaps in other words."""
    header = [normal(name) for name in columns.names]
    own = [normal(text) for text in row.texts]
    if own == header or tuple(own) in columns.upper:
        return True
    filled = [(a, b) for a, b in zip(own, header, strict=False) if a]
    if len(filled) > 1 and all(a == b for a, b in filled):
        return True
    # 牵头部门 on one page and 牵头单位 on another head the same column.
    kinds = tuple(map(words.kind, row.texts))
    return sum(kind is not None for kind in kinds) > FEW and kinds == columns.kinds


def _is_repeated_title(row: GridRow, titles: frozenset[str]) -> bool:
    """Tell a row that says 续表, or the title again, at the head of a page."""
    words = {normal(cell.text) for cell in row.cells if cell.own} - {""}
    if len(words) != 1:
        return False
    (only,) = words
    return only in titles or is_continued(only)


def _is_sum(row: GridRow, near: _Neighbours, place: Place) -> str:
    """Tell a row that adds the others up from a task: it says so, and has no goal."""
    if not any(is_sum(normal(cell.text)) for cell in row.cells if cell.own):
        return ""
    places = place.columns.fields["goal"]
    goals = [row.cells[at] for at in places if at < len(row.cells)]
    said = [normal(cell.text) for cell in goals if cell.own]
    empty = all(is_sum(text) or is_count(text) for text in said)
    return "有合计字样而没有目标" if empty else ""


def _is_section(row: GridRow, near: _Neighbours, place: Place) -> str:
    """Tell the title of a section: all that its row says, or beside a number that divides."""
    columns = place.columns
    if (alone := _alone(row, columns)) is not None:
        return "" if promises(alone.text) else "只有一段文字"
    filled = [at for at, cell in enumerate(row.cells) if cell.own and cell.text.strip()]
    if any(cell.above for cell in row.cells) or not 1 <= len(filled) <= 2:
        return ""
    numbers = columns.fields.get("number", ())
    before = [at for at in filled if at in numbers and len(filled) > 1]
    *others, at = [at for at in filled if at not in before]
    if others or at not in (*columns.fields.get("heading", ()), *columns.fields["goal"]):
        return ""
    if not before:
        # A title below the word that heads the titles; elsewhere its number tells it.
        heads = at in columns.fields.get("heading", ())
        if promises(row.cells[at].text):
            return ""
        return "只有标题" if heads or CHAPTER.match(row.cells[at].text) else ""
    number = row.cells[before[0]].text.strip()
    if CHAPTER.match(f"{number}、"):
        return "编号为中文数字且只有标题"
    return "下一行的编号是其分项" if _divides(number, near.below, before[0]) else ""


def title_of(row: GridRow, columns: Columns) -> str:
    """Return the title of a section's row: its last text that is no number."""
    numbers = columns.fields.get("number", ()) if len(_filled(row)) > 1 else ()
    texts = [
        cell.text
        for at, cell in enumerate(row.cells)
        if cell.own and cell.text.strip() and at not in numbers
    ]
    return texts[-1]


def _divides(number: str, below: GridRow | None, at: int) -> bool:
    """Tell whether the next row's number is a part of this one: 1 and 1.1."""
    if below is None or at >= len(below.cells) or not number:
        return False
    return re.match(rf"{re.escape(number)}[.．-]\d", below.cells[at].text.strip()) is not None


def _alone(row: GridRow, columns: Columns) -> GridCell | None:
    """Return the only text of a row when it is no task: it spans the row or stands first."""
    filled = _filled(row)
    if len(filled) != 1:
        return None
    at = row.cells.index(filled[0])
    goal = columns.fields["goal"][0]
    if any(cell.above for cell in row.cells):
        return None
    spans = at < goal < len(row.cells) and row.cells[goal].left
    wide = at + 1 < len(row.cells) and row.cells[-1].left
    first = at == 0 and at != goal
    return filled[0] if spans or wide or first or len(row.cells) == 1 else None


def _filled(row: GridRow) -> list[GridCell]:
    return [cell for cell in row.cells if cell.own and cell.text.strip()]


def _merged_goal(row: GridRow, columns: Columns) -> str:
    """Tell a row whose goal is that of the row above, in one cell with it."""
    goals = [row.cells[at] for at in columns.fields["goal"]]
    merged = all(cell.above for cell in goals) and goals[0].text.strip()
    return "目标与上一行合并" if merged else ""


def _goes_on(row: GridRow, columns: Columns) -> str:
    """Tell the rest of a row that a page break cut: it has neither number, heading nor goal.

    With a unit and a schedule of its own it may be a task whose goal was forgotten.
    """

    def says(*names: str) -> bool:
        places = [at for name in names for at in columns.fields.get(name, ())]
        return any(row.cells[at].own and row.cells[at].text.strip() for at in places)

    cut = not says("number", "heading", "goal") and not (says("lead") and says("schedule"))
    return "没有编号、总体要求和目标" if cut else ""


_TESTS: tuple[tuple[RowKind, Callable[[GridRow, _Neighbours, Place], str]], ...] = (
    (RowKind.BLANK, _is_blank),
    (RowKind.REMARK, _is_remark),
    (RowKind.REPEATED_HEAD, _is_repeated_head),
    (RowKind.OTHER_HEAD, _is_other_head),
    (RowKind.SUM, _is_sum),
    (RowKind.SECTION, _is_section),
)
