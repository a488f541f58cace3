"""Write the page to be signed: task and plan beside each answer, on A4, kept up by formulas."""

from collections.abc import Sequence

from openpyxl.styles import Alignment, Border, PatternFill, Side
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.worksheet import Worksheet

from reporting.project.asked.columns import ExtraColumn
from reporting.returns.layout import (
    FIGURES,
    PROGRESS,
    PROMISES,
    Asked,
    AskedPromise,
    AskedRow,
    AskedTarget,
)
from reporting.returns.sheets.selfcheck.formulas import is_shown_as, literal
from reporting.returns.sheets.selfcheck.lines import typed_at
from reporting.values import Value
from reporting.workbooks.cells import address
from reporting.workbooks.columns import FIRST_ROW, HEADER_ROW, HINT_ROW, TITLE_ROW
from reporting.workbooks.heights import row_height, text_lines
from reporting.workbooks.style import (
    cell_at,
    dress_block,
    dress_list,
    font,
    lock,
    put,
    when,
    whole_or_text,
)

WIDTHS = (6, 40, 12, 46, 22, 22)
_HEADS = {
    PROGRESS: (
        "任务号", "任务和本季度计划", "单位自评", "本季度进展", "存在问题、原因",
        "下一步措施、时限",
    ),
    FIGURES: ("任务号", "量化指标", "计划", "本季度实际值", "上季度实际值", "答复"),
    PROMISES: ("任务号", "所报措施", "承诺时限", "办理说明", "办理结果", "日期"),
}  # fmt: skip
_SHORT = {FIGURES: "指标", PROMISES: "措施"}
_UNFILLED, _WRONG = "（未填）", "（单元格出错）"
_LEAST_LINES = {PROGRESS: 6, FIGURES: 2, PROMISES: 2}
"""Lines that a row has room for, whatever its plan takes: answers are yet to come."""
_TIGHT_FILL = PatternFill("solid", bgColor="FFF0C9")
_HINT = (
    "内容由各表自动带出，请勿在此填写。打印前核对：底色为黄的格文字较多，如显示不全，请拉高该行。"
)
_SIGN_HEIGHT = 36.0


class Printed(Value):
    """A row of the page: what was asked, and the formulas of what is answered."""

    number: str
    texts: tuple[str, ...]


def write_sign_off(sheet: Worksheet, questions: Asked) -> None:
    """Write the page of a workbook."""
    put(cell_at(sheet, TITLE_ROW, 1), _title(questions))
    put(cell_at(sheet, HINT_ROW, 1), _HINT)
    row = HEADER_ROW
    blocks = (
        (
            PROGRESS,
            [_of_row(q, at, questions.extras) for at, q in enumerate(questions.rows, FIRST_ROW)],
        ),
        (FIGURES, [_of_target(q, at) for at, q in enumerate(questions.figures, FIRST_ROW)]),
        (PROMISES, [_of_promise(q, at) for at, q in enumerate(questions.promises, FIRST_ROW)]),
    )
    dress_list(sheet, WIDTHS, 0)
    for name, printed in blocks:
        if printed or name == PROGRESS:
            row = _write_block(sheet, row, name, printed, questions.extras)
    heads = _heads(PROGRESS, questions.extras)
    _head_every_page(sheet, heads, [name for name, printed in blocks if printed])
    last = _write_signatures(sheet, row + 1, questions)
    sheet.print_area = f"A{HEADER_ROW}:{address(last, len(WIDTHS))}"
    _set_paper(sheet, questions)
    lock(sheet)


def _shown(place: str, otherwise: str = "") -> str:
    """Show what is typed into a cell; a formula would show an empty one as 0."""
    return f'IF(ISERROR({place}),"{_WRONG}",IF(LEN({place})=0,"{otherwise}",{place}))'


def _shown_day(place: str, lead: str = "") -> str:
    day = f'IF(ISNUMBER({place}),TEXT({place},"yyyy-mm-dd"),{place})'
    return f'IF(ISERROR({place}),"{_WRONG}",IF(LEN({place})=0,"","{lead}"&{day}))'


def _joined(first: str, second: str, lead: str) -> str:
    """Show two cells, one below the other; the second with a word before it."""
    one = _shown(first)
    two = f'IF(ISERROR({second}),"",IF(LEN({second})=0,"","{lead}"&{second}))'
    return f'={one}&IF(LEN({two})=0,"",IF(LEN({one})=0,"",CHAR(10))&{two})'


def _shown_extra(column: ExtraColumn, place: str) -> str:
    """Show what stands in a column of the office's own, on a line of its own with its name."""
    if column.kind == "date":
        shown = f'IF(ISNUMBER({place}),TEXT({place},"yyyy-mm-dd"),{place})'
    elif column.kind == "number":
        shown = f'IF({is_shown_as(place, "P")},TEXT({place},"0.##%"),{place})'
    else:
        shown = place
    lead = f"CHAR(10)&{literal(f'{column.label}：')}&"
    empty = f'{lead}"{_UNFILLED}"' if column.required else '""'
    return f'IF(ISERROR({place}),{lead}"{_WRONG}",IF(LEN({place})=0,{empty},{lead}{shown}))'


def _of_row(question: AskedRow, at: int, extras: Sequence[ExtraColumn]) -> Printed:
    def typed(name: str) -> str:
        return typed_at(PROGRESS, name, at, extras)

    asked = f"{question.when}：{question.text}"
    if question.workstream:
        asked = f"{question.workstream}　{asked}"
    step, day = _shown(typed("next_step")), _shown_day(typed("due_date"), "时限：")
    return Printed(
        number=question.number,
        texts=(
            asked if question.text == question.goal else f"{question.goal}\n{asked}",
            f"={_shown(typed('self_rating'), _UNFILLED)}",
            "&".join(
                (
                    f"={_shown(typed('progress'), _UNFILLED)}",
                    *(_shown_extra(column, typed(column.field)) for column in extras),
                )
            ),
            _joined(typed("problem"), typed("cause"), "原因："),
            f'={step}&IF(OR(LEN({step})=0,LEN({day})=0),"",CHAR(10))&{day}',
        ),
    )


def _of_target(question: AskedTarget, at: int) -> Printed:
    words, place = question.printed, typed_at(FIGURES, "actual", at)
    name = words["measure"] + (f"（{question.workstream}）" if question.workstream else "")
    unit = words["unit"].replace('"', '""')
    shown = f'IF({is_shown_as(place, "P")},TEXT({place},"0.##%"),{place}&"{unit}")'
    empty = f'IF(LEN({place})=0,"{_UNFILLED}",{shown})'
    last = typed_at(FIGURES, "last_actual", at)
    return Printed(
        number=question.number,
        texts=(
            f"{name}\n{question.quote}",
            f"{words['due']}\n{words['comparator']}{words['plan']}{words['unit']}",
            f'=IF(ISERROR({place}),"{_WRONG}",{empty})',
            f'=IF(LEN({last})=0,"",{last}&"{unit}")',
            f"={_shown(typed_at(FIGURES, 'answer', at))}",
        ),
    )


def _of_promise(question: AskedPromise, at: int) -> Printed:
    def typed(name: str) -> str:
        return typed_at(PROMISES, name, at)

    return Printed(
        number=question.number,
        texts=(
            question.text,
            question.printed["due"],
            f"={_shown(typed('note'))}",
            f"={_shown(typed('outcome'), _UNFILLED)}",
            f"={_shown_day(typed('on'))}",
        ),
    )


def _heads(name: str, extras: Sequence[ExtraColumn]) -> tuple[str, ...]:
    """Give the heads of a block; beside the progress stands what else was filled in."""
    heads = _HEADS[name]
    if name != PROGRESS or not extras:
        return heads
    return (*heads[:3], f"{heads[3]}、另加各列", *heads[4:])


def _write_block(
    sheet: Worksheet,
    header: int,
    name: str,
    printed: list[Printed],
    extras: Sequence[ExtraColumn],
) -> int:
    """Write the rows of one sheet under their head; return the row after them."""
    for column, head in enumerate(_heads(name, extras), 1):
        put(cell_at(sheet, header, column), head)
    for row, item in enumerate(printed, header + 1):
        put(cell_at(sheet, row, 1), whole_or_text(item.number))
        for column, text in enumerate(item.texts, 2):
            cell = cell_at(sheet, row, column)
            if text.startswith("="):
                cell.value = text
            else:
                put(cell, text)
    dress_block(sheet, header, WIDTHS, len(printed))
    for row, item in enumerate(printed, header + 1):
        _fit(sheet, row, item, _LEAST_LINES[name] + (len(extras) if name == PROGRESS else 0))
    return header + len(printed) + 1


def _head_every_page(sheet: Worksheet, heads: Sequence[str], names: Sequence[str]) -> None:
    """Say in the first head, which every page repeats, what its columns hold of other tables."""
    tallest = 1
    for at, head in enumerate(heads):
        others = [f"{_SHORT[name]}：{_HEADS[name][at]}" for name in names if name in _SHORT]
        if at > 1:
            head = "\n".join((head, *others))
        put(cell_at(sheet, HEADER_ROW, at + 1), head)
        tallest = max(tallest, text_lines(head, WIDTHS[at]))
    sheet.row_dimensions[HEADER_ROW].height = row_height(tallest, padding=9.5)


def _fit(sheet: Worksheet, row: int, item: Printed, least: int) -> None:
    """Give a row room for its plan and some lines of answer; mark answers that need more."""
    lines = max(least, text_lines(item.texts[0], WIDTHS[1]), text_lines(item.texts[1], WIDTHS[2])
                if not item.texts[1].startswith("=") else 0)  # fmt: skip
    sheet.row_dimensions[row].height = row_height(lines, padding=6)
    for column in range(4, len(WIDTHS) + 1):
        place = address(row, column)
        room = int(lines * (WIDTHS[column - 1] - 0.8) / 1.9)
        sheet.conditional_formatting.add(place, when(f"LEN({place})>{room}", _TIGHT_FILL))


def _write_signatures(sheet: Worksheet, row: int, questions: Asked) -> int:
    """Write the lines to be signed; return the last row."""
    count = len(questions.rows)
    lines = (
        (_signer("填报人", "reporter", count), _signer("审核人", "approver", count)),
        ("单位负责人（签字）：", "单位（盖章）："),
        ("", "日期：　　　　年　　　月　　　日"),
    )
    line = Side(style="thin", color="8A949E")
    for at, (left, right) in enumerate(lines, row):
        for column, text in ((2, left), (4, right)):
            cell = cell_at(sheet, at, column)
            if text.startswith("="):
                cell.value = text
            else:
                put(cell, text)
            cell.font = font(size=12)
            cell.alignment = Alignment(vertical="bottom")
        if at < row + len(lines) - 1:
            for column in (2, 4, 5):
                cell_at(sheet, at, column).border = Border(bottom=line)
        sheet.row_dimensions[at].height = _SIGN_HEIGHT
    return row + len(lines) - 1


def _signer(title: str, name: str, count: int) -> str:
    """Name who is typed first, 等 where there are others, and leave room to sign."""
    if not count:
        return f"{title}（签字）："
    first = typed_at(PROGRESS, name, FIRST_ROW)
    area = f"{first}:{typed_at(PROGRESS, name, FIRST_ROW + count - 1).rpartition('!')[2]}"
    others = f"COUNTIF({area},{first})+COUNTBLANK({area})<{count}"
    typed = f'IF(ISERROR({first}),"",IF(LEN({first})=0,"",{first}&IF({others},"等","")))'
    return f'="{title}："&{typed}&"　　（签字）"'


def _set_paper(sheet: Worksheet, questions: Asked) -> None:
    title = _title(questions).replace("&", "&&")
    sheet.oddHeader = HeaderFooterItem(left=_HeaderFooterPart(text=title, size=12))


def _title(questions: Asked) -> str:
    return f"{questions.unit}　{questions.period.label}报送签审页"
