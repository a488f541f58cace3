"""Every fault that returns really have, planted alone and in pairs, is named in its cell."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from reporting.findings import Severity
from reporting.returns.layout import COLUMNS, FIGURES, GUIDE, IDENTITY, PROGRESS
from reporting.returns.values import Returns

from .accounts import accounted_cells, filled_cells
from .toy import OTHER, UNIT, Sheet, blank, filled, read, told

TURN, INVEST, COVER = "2023-001-T03", "2023-001-T04", "2023-002-T01"
FIRST, YEAR, FAIR, AFTER = "2023-001-02", "2023-002-01", "2023-003-01", "2023-003-02"
OLD = f"达到序时进度。第2季度已做好{YEAR}的各项工作。"


SEVERITIES = {
    **dict.fromkeys(
        (
            "RET-SIGNATURE", "RET-DATE-TEXT", "RET-DEADLINE-PAST", "RET-RATING-FIGURES",
            "RET-PAUSED-COMPLETE", "RET-NEXT-STEP", "RET-CAUSE", "RET-PROBLEM", "RET-DEADLINE",
            "RET-BASIS", "RET-PLAN-ALTERED",
            "RET-ROW-ADDED", "RET-CELL-STRAY", "RET-LATE", "RET-OWED-NOTHING",
            "RET-DAY-EARLY", "RET-ACTUAL-DIFFERS",
        ),
        Severity.WARNING,
    ),
    **dict.fromkeys(
        (
            "RET-ACTUAL-CONVERTED", "RET-DATE-YEAR", "RET-LAST-ALTERED",
            "RET-MERGED", "RET-ROW-BYTEXT", "RET-ROW-HIDDEN", "RET-SHEET-EXTRA",
            "RET-IDENTITY-MISSING", "RET-EDITION", "RET-LEFT-OUT",
            "RET-COMMENT", "RET-COLUMN-HIDDEN",
        ),
        Severity.NOTE,
    ),
    **dict.fromkeys(
        ("RET-ACTUAL-FAR", "RET-ACTUAL-LOWER", "RET-ACTUAL-PERCENT", "RET-RATING-TEXT"),
        Severity.CONFIRM,
    ),
}  # fmt: skip
"""What weighs less than an error."""


@dataclass(frozen=True)
class Fault:
    """A fault: what is done to a good sheet, the code that follows, and the cells touched."""

    name: str
    code: str
    plant: Callable[[Sheet], str]
    sheet: str = PROGRESS


def put(row_id: str, field: str, value: object, *, at: str = "") -> Callable[[Sheet], str]:
    """Type a value; the finding stands there, or in another field of the row."""

    def plant(sheet: Sheet) -> str:
        sheet.put(row_id, field, value)
        return sheet.address(row_id, at or field)

    return plant


def rating(row_id: str, word: str, at: str, **texts: object) -> Callable[[Sheet], str]:
    """Claim a rating with some texts; the finding stands in a field of the row."""

    def plant(sheet: Sheet) -> str:
        sheet.put(row_id, "self_rating", word)
        for field, value in texts.items():
            own = field == "progress" and value  # no two rows say the same
            sheet.put(row_id, field, f"{value}{row_id}" if own else value)
        return sheet.address(row_id, at)

    return plant


BASIS = "经市政府第10次常务会议同意，暂缓实施。"


def owing(**changed: object) -> dict[str, object]:
    """Give everything that a row owes that lags, but for what is changed."""
    given: dict[str, object] = {
        "progress": "推进缓慢，场地未落实。", "problem": "场地未落实。", "cause": "用地未批。",
        "next_step": "加快选址。", "due_date": date(2023, 12, 20),
    }  # fmt: skip
    return given | changed


def merge(row_id: str, first: str, last: str) -> Callable[[Sheet], str]:
    """Merge two cells of neighbouring rows or columns."""

    def plant(sheet: Sheet) -> str:
        area = f"{sheet.address(row_id, first)}:{sheet.address(row_id, last)}"
        sheet.book[PROGRESS].merge_cells(area)
        return area

    return plant


def _merge_numbers(sheet: Sheet) -> str:
    sheet.book[PROGRESS].merge_cells("A6:A7")
    return "A6:A7"


def put_paused(sheet: Sheet) -> str:
    """Claim a pause and completion at once."""
    return rating(AFTER, "暂缓", "progress", progress="暂缓。已100%完成布展。", cause=BASIS)(sheet)


def _drop_row(sheet: Sheet) -> str:
    sheet.book[PROGRESS].delete_rows(sheet.rows[AFTER])
    return ""


def _add_row(sheet: Sheet) -> str:
    sheet.book[PROGRESS].append([99, "另加的任务", None, None, "另加的内容"])
    return "A8:E8"


def _repeat_row(sheet: Sheet) -> str:
    source = sheet.book[PROGRESS][sheet.rows[FAIR]]
    sheet.book[PROGRESS].append([cell.value for cell in source])
    return "A8:S8"


def _lose_id(sheet: Sheet) -> str:
    sheet.put(FAIR, "row_id", None)
    return sheet.address(FAIR, "number")


def _hide_row(sheet: Sheet) -> str:
    sheet.book[PROGRESS].row_dimensions[sheet.rows[YEAR]].hidden = True
    return sheet.address(YEAR, "number")


def _hide_column(sheet: Sheet) -> str:
    sheet.sheet(FIGURES).column_dimensions["M"].hidden = True
    return "M3"


def _drop_column(sheet: Sheet) -> str:
    sheet.book[PROGRESS]["O3"] = None
    return ""


def _lose_identity(sheet: Sheet) -> str:
    del sheet.book[IDENTITY]
    return ""


def _other_edition(sheet: Sheet) -> str:
    sheet.book[IDENTITY]["B4"] = "0000000000000000"
    return ""


def _extra_sheet(sheet: Sheet) -> str:
    sheet.book.create_sheet("附件").append(["补充说明", "见此"])
    return "A1:B1"


def _second_sheet(sheet: Sheet) -> str:
    sheet.book.create_sheet(f"{PROGRESS} ").append(["达到序时进度"])
    return "A1"


def _scribble(sheet: Sheet) -> str:
    sheet.book[PROGRESS]["W2"] = "请领导阅示"
    return "W2"


def _scribble_in_guide(sheet: Sheet) -> str:
    sheet.book[GUIDE]["D6"] = "已阅"
    return "D6"


def _struck(old: str, new: str) -> CellRichText:
    """Cross out a part of a cell and write the new beside it."""
    return CellRichText(TextBlock(InlineFont(strike=True), old), TextBlock(InlineFont(), new))


def _footnote(text: str, mark: str) -> CellRichText:
    """Set the mark of a footnote behind a text."""
    raised = TextBlock(InlineFont(vertAlign="superscript"), mark)
    return CellRichText(TextBlock(InlineFont(), text), raised)


def _strike(sheet: Sheet, row_id: str, field: str) -> str:
    cell = sheet.book[PROGRESS][sheet.address(row_id, field)]
    cell.font = Font(strike=True)
    return str(cell.coordinate)


FAULTS = (
    Fault("自评为空", "RET-EMPTY", put(FIRST, "self_rating", None)),
    Fault("进展为空", "RET-EMPTY", put(YEAR, "progress", None)),
    Fault("指标为空", "RET-ACTUAL-EMPTY", put(TURN, "actual", None), FIGURES),
    Fault("审定人为空", "RET-SIGNATURE", put(FIRST, "approver", None)),
    Fault("自评用词", "RET-RATING-WORD", put(FAIR, "self_rating", "差不多")),
    Fault("数字格填文字", "RET-ACTUAL-TEXT", put(INVEST, "actual", "约十一亿"), FIGURES),
    Fault("元作亿元", "RET-ACTUAL-UNIT", put(INVEST, "actual", "11.3元"), FIGURES),
    Fault("万元作亿元", "RET-ACTUAL-UNIT", put(INVEST, "actual", 113000), FIGURES),
    Fault("万元已换算", "RET-ACTUAL-CONVERTED", put(INVEST, "actual", "115000万元"), FIGURES),
    Fault("百分数写作小数", "RET-ACTUAL-PERCENT", put(COVER, "actual", 0.95), FIGURES),
    Fault("覆盖率过百", "RET-ACTUAL-RANGE", put(COVER, "actual", 130), FIGURES),
    Fault("填错行", "RET-ACTUAL-FAR", put(INVEST, "actual", 820), FIGURES),
    Fault("企业半家", "RET-ACTUAL-RANGE", put(TURN, "actual", 820.5), FIGURES),
    Fault("负数", "RET-ACTUAL-RANGE", put(INVEST, "actual", -3), FIGURES),
    Fault("累计下降", "RET-ACTUAL-LOWER", lambda s: _fall(s), FIGURES),
    Fault("未到期填斜杠", "RET-LEFT-OUT", put(COVER, "actual", "/"), FIGURES),
    Fault("时限填无", "RET-LEFT-OUT", put(YEAR, "due_date", "无")),
    Fault("日期无法识别", "RET-DATE-TEXT", put(FAIR, "due_date", "长期坚持")),
    Fault("日期缺年", "RET-DATE-YEAR", put(FAIR, "due_date", "12月底")),
    Fault("时限只显月份", "RET-DATE-YEAR", lambda s: _show_month(s)),
    Fault("时限已过", "RET-DEADLINE-PAST", put(YEAR, "due_date", date(2023, 9, 1))),
    Fault("公式", "RET-FORMULA-EMPTY", put(INVEST, "actual", "=5+6.5"), FIGURES),
    Fault("错误值", "RET-CELL-ERROR", put(AFTER, "problem", "#REF!")),
    Fault("划去旧数", "RET-STRUCK", put(INVEST, "actual", _struck("1", "12")), FIGURES),
    Fault("数后脚注", "RET-ACTUAL-TEXT", put(INVEST, "actual", _footnote("11", "5")), FIGURES),
    Fault("整格划去", "RET-STRUCK", lambda s: _strike(s, AFTER, "self_rating")),
    Fault("照抄上季度", "RET-TEXT-STALE", put(YEAR, "progress", OLD)),
    Fault("照抄改标点", "RET-TEXT-STALE", put(YEAR, "progress", OLD.replace("。", "；"))),
    Fault("同上", "RET-TEXT-NOTHING", put(FAIR, "progress", "同上。")),
    Fault("详见附件", "RET-TEXT-NOTHING", put(AFTER, "progress", "（详见附件1）")),
    Fault("自评与指标", "RET-RATING-FIGURES", lambda s: _short_of_plan(s)),
    Fault("暂缓却完成", "RET-RATING-TEXT", put_paused),
    Fault("缺下一步", "RET-NEXT-STEP", put(AFTER, "problem", "场地未定。", at="next_step")),
    Fault("缺原因", "RET-CAUSE", rating(AFTER, "滞后", "cause", **owing(cause=None))),
    Fault("下一步为无", "RET-OWED-NOTHING", lambda s: _without_step(s, "无")),
    Fault("原因为无", "RET-OWED-NOTHING", rating(FAIR, "滞后", "cause", **owing(cause="/"))),
    Fault("缺问题", "RET-PROBLEM", rating(AFTER, "滞后", "problem", **owing(problem=None))),
    Fault("滞后缺措施", "RET-NEXT-STEP", lambda s: _lag(s, "next_step")),
    Fault("缺时限", "RET-DEADLINE", rating(AFTER, "滞后", "due_date", **owing(due_date=None))),
    Fault("暂缓缺原因", "RET-CAUSE", rating(AFTER, "暂缓", "cause", progress=f"暂缓。{BASIS}")),
    Fault("缺批准依据", "RET-BASIS", lambda s: _pause(s, "用地未定。")),
    Fault("文字否定自评", "RET-RATING-TEXT", put(AFTER, "progress", "严重滞后，尚未开工。")),
    Fault("改动原文", "RET-PLAN-ALTERED", put(YEAR, "text", "全年推进平台建设。")),
    Fault("改动计划值", "RET-PLAN-ALTERED", put(TURN, "plan", 700), FIGURES),
    Fault("改动上季度", "RET-LAST-ALTERED", put(YEAR, "last_rating", "已完成")),
    Fault("合并任务号", "RET-MERGED", _merge_numbers),
    Fault("合并填报格", "RET-MERGED-ANSWER", merge(AFTER, "problem", "next_step")),
    Fault("缺行", "RET-ROW-MISSING", _drop_row),
    Fault("多出的行", "RET-ROW-ADDED", _add_row),
    Fault("重复的行", "RET-ROW-REPEATED", _repeat_row),
    Fault("行标识缺失", "RET-ROW-BYTEXT", _lose_id),
    Fault("隐藏行", "RET-ROW-HIDDEN", _hide_row),
    Fault("隐藏列", "RET-COLUMN-HIDDEN", _hide_column, FIGURES),
    Fault("缺列", "RET-COLUMN-MISSING", _drop_column),
    Fault("表外内容", "RET-CELL-STRAY", _scribble),
    Fault("说明表涂写", "RET-CELL-STRAY", _scribble_in_guide, GUIDE),
    Fault("附加工作表", "RET-SHEET-EXTRA", _extra_sheet, "附件"),
    Fault("同名副本", "RET-SHEET-EXTRA", _second_sheet, f"{PROGRESS} "),
    Fault("批注", "RET-COMMENT", lambda s: _comment(s), FIGURES),
    Fault("标识缺失", "RET-IDENTITY-MISSING", _lose_identity, ""),
    Fault("版本不同", "RET-EDITION", _other_edition, ""),
    Fault("年份写错", "RET-DAY-EARLY", put(AFTER, "reported_on", date(2022, 10, 18))),
    Fault("逾期", "RET-LATE", put(AFTER, "reported_on", date(2023, 10, 27))),
)  # fmt: skip


def _short_of_plan(sheet: Sheet) -> str:
    sheet.put(TURN, "actual", 700)
    return sheet.address(FIRST, "self_rating")


def _lag(sheet: Sheet, field: str) -> str:
    """Lag, and leave one of the fields that are owed then empty."""
    return rating(AFTER, "滞后", field, **owing(**{field: None}))(sheet)


def _pause(sheet: Sheet, cause: str) -> str:
    """Pause for a cause that says nothing of who allowed it."""
    return rating(AFTER, "暂缓", "cause", progress="暂缓。", cause=cause)(sheet)


def _fall(sheet: Sheet) -> str:
    """Report fewer than last quarter, and say that it lags."""
    rating(FIRST, "滞后", "progress", **owing())(sheet)
    return put(TURN, "actual", 400)(sheet)


def _comment(sheet: Sheet) -> str:
    """Say in a comment what belongs into a cell."""
    sheet.sheet(FIGURES)["M5"].comment = Comment("此数为初步数", "填报人甲")
    return "M5"


def _show_month(sheet: Sheet) -> str:
    """Type a month, which a sheet keeps as its first day and shows as 2023年12月."""
    sheet.put(YEAR, "due_date", date(2023, 12, 1))
    cell = sheet.sheet(PROGRESS)[sheet.address(YEAR, "due_date")]
    cell.number_format = 'yyyy"年"m"月"'
    return str(cell.coordinate)


def _without_step(sheet: Sheet, typed: str) -> str:
    """Name a problem, and type something that is no step."""
    sheet.put(YEAR, "problem", "场地未定。")
    sheet.put(YEAR, "next_step", typed)
    return sheet.address(YEAR, "next_step")


# Faults that undo or hide one another when both are in one workbook.
_CLASHES = frozenset(
    frozenset(pair)
    for group in (
        ("缺行", "多出的行", "重复的行", "缺下一步", "缺原因"),
        ("缺行", "缺下一步", "缺原因", "缺问题", "滞后缺措施", "缺时限", "暂缓缺原因", "缺批准依据",
         "文字否定自评", "暂缓却完成", "详见附件", "整格划去", "错误值", "合并填报格"),
        ("缺行", "暂缓却完成", "逾期", "错误值", "合并填报格", "合并任务号"),
        ("元作亿元", "万元作亿元", "数字格填文字", "万元已换算", "负数", "公式", "划去旧数",
         "填错行", "数后脚注"),
        ("时限填无", "时限已过", "时限只显月份"),
        ("年份写错", "逾期", "缺行"),
        ("整格划去", "缺行", "缺原因", "暂缓却完成"),
        ("指标为空", "企业半家", "自评与指标", "累计下降"),
        ("累计下降", "自评为空", "缺行", "指标为空"),
        ("百分数写作小数", "覆盖率过百", "未到期填斜杠"),
        ("日期无法识别", "日期缺年"),
        ("进展为空", "照抄上季度", "照抄改标点"),
        ("标识缺失", "版本不同"),
        ("自评为空", "自评与指标"),
        ("行标识缺失", "重复的行"),
        ("合并填报格", "缺下一步", "缺原因"),
        ("暂缓却完成", "缺原因"),
        ("缺行", "详见附件"),
        ("暂缓却完成", "详见附件"),
        ("自评用词", "同上", "原因为无"),
        ("日期无法识别", "日期缺年", "原因为无"),
        ("错误值", "缺下一步"),
    )
    for pair in combinations(group, 2)
)  # fmt: skip


def _expected(fault: Fault, cell: str) -> tuple[str, str, str]:
    return fault.code, fault.sheet, cell


def _plant(
    folder: Path, before: tuple[Returns, ...], other: bytes, *faults: Fault
) -> tuple[Returns, list[tuple[str, str, str]]]:
    sheet = filled(UNIT, 3, before)
    expected = [_expected(fault, fault.plant(sheet)) for fault in faults]
    returns = read(folder, 3, {UNIT: sheet, OTHER: other}, before)
    return returns, expected


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_fault_alone_is_named_in_its_cell_and_nothing_else(
    fault: Fault, tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """One planted fault gives exactly one finding: its code, severity and cell."""
    returns, expected = _plant(tmp_path, second_quarter, other_return, fault)
    assert told(returns) == expected
    found = returns.all_findings[0]
    assert found.severity is SEVERITIES.get(fault.code, Severity.ERROR)
    assert found.unit == UNIT
    assert "{" not in found.message
    item = returns.returns[0]
    data = (tmp_path / item.file).read_bytes()
    form = blank(UNIT, 3, second_quarter).save()
    assert filled_cells(data, form) - accounted_cells(item) == set()


_MOST_AT_ONCE = 6


def _together() -> list[list[Fault]]:
    """Return groups of faults that leave one another be, so that each pair meets in one."""
    left = {pair for pair in combinations(FAULTS, 2) if _agree(*pair)}
    groups = []
    for pair in combinations(FAULTS, 2):
        if pair not in left:
            continue
        group = list(pair)
        while len(group) < _MOST_AT_ONCE:
            fitting = [f for f in FAULTS if f not in group and all(_agree(f, g) for g in group)]
            gains = [sum(_in_order(f, g) in left for g in group) for f in fitting]
            if not gains or not max(gains):
                break
            group.append(fitting[gains.index(max(gains))])
        left -= {_in_order(*two) for two in combinations(group, 2)}
        groups.append(sorted(group, key=FAULTS.index))
    return groups


def _agree(one: Fault, other: Fault) -> bool:
    return frozenset((one.name, other.name)) not in _CLASHES


def _in_order(one: Fault, other: Fault) -> tuple[Fault, Fault]:
    return (one, other) if FAULTS.index(one) < FAULTS.index(other) else (other, one)


@pytest.mark.long
def test_every_pair_of_faults_is_named_and_nothing_else(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """Faults planted together give exactly their own findings; each pair is together once."""
    groups = _together()
    met = {_in_order(*pair) for group in groups for pair in combinations(group, 2)}
    assert met == {pair for pair in combinations(FAULTS, 2) if _agree(*pair)}
    wrong = []
    for group in groups:
        returns, expected = _plant(tmp_path, second_quarter, other_return, *group)
        if sorted(told(returns)) != sorted(expected):
            wrong.append(([f.name for f in group], set(told(returns)) ^ set(expected)))
    assert wrong == []


FILE_FAULTS: dict[str, Callable[[tuple[Returns, ...]], dict[str, bytes | Sheet]]] = {
    "RET-MISSING": lambda before: {},
    "RET-UNIT-WRONG": lambda before: {UNIT: filled(OTHER, 3, before)},
    "RET-QUARTER-WRONG": lambda before: {UNIT: filled(UNIT, 2)},
    "RET-BLANK": lambda before: {UNIT: blank(UNIT, 3, before)},
    "RET-FILE-EMPTY": lambda before: {UNIT: b""},
    "RET-FILE-DAMAGED": lambda before: {UNIT: filled(UNIT, 3, before).save()[:3000]},
}


@pytest.mark.parametrize("code", FILE_FAULTS)
def test_fault_of_a_file_leaves_the_other_units_faults_alone(
    code: str, tmp_path: Path, second_quarter: tuple[Returns, ...]
) -> None:
    """One unit's file is at fault as a whole, another's in a cell: both are named, once."""
    other = filled(OTHER, 3, second_quarter)
    other.put(FAIR, "self_rating", "差不多")
    other.put(AFTER, "reported_on", date(2023, 10, 27))
    files = FILE_FAULTS[code](second_quarter) | {OTHER: other}
    returns = read(tmp_path, 3, files, second_quarter)
    found = [(f.code, f.unit, f.severity, f.cell) for f in returns.all_findings]
    assert sorted(found) == sorted(
        [
            (code, UNIT, Severity.ERROR, ""),
            ("RET-RATING-WORD", OTHER, Severity.ERROR, other.address(FAIR, "self_rating")),
            ("RET-LATE", OTHER, Severity.WARNING, other.address(AFTER, "reported_on")),
        ]
    )
    assert returns.missing == (UNIT,)


def test_copied_row_does_not_take_the_place_of_the_one_it_was_copied_from(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """A row copied above to report a part keeps the hidden id; the row that was asked holds."""
    sheet = filled(UNIT, 3, second_quarter)
    table, asked_at = sheet.sheet(FIGURES), sheet.rows[TURN]
    table.insert_rows(asked_at)
    for column in range(1, table.max_column + 1):
        value = table.cell(asked_at + 1, column).value
        table.cell(asked_at, column, "其中：制造业" if column == 3 else value)
    table.cell(asked_at, 13, 790)
    returns = read(tmp_path, 3, {UNIT: sheet, OTHER: other_return}, second_quarter)
    assert told(returns) == [("RET-ROW-REPEATED", FIGURES, f"A{asked_at}:O{asked_at}")]
    # The task has three rows here, of which the one that is there twice is named.
    assert returns.all_findings[0].message.startswith(
        "任务1（规上工业企业数字化转型）应只有一行，此行未读入：1 其中：制造业"
    )
    actual = next(a for row in returns.rows for a in row.actuals if a.target_id == TURN)
    assert (actual.value, actual.cell) == (Decimal(820), f"M{asked_at + 1}")


@pytest.mark.parametrize(
    ("unit", "typed", "value", "code"),
    [
        ("千万元", 115, Decimal("11.5"), "RET-ACTUAL-CONVERTED"),
        ("亿美元", 11.5, None, "RET-ACTUAL-UNIT"),
    ],
)
def test_figure_goes_by_the_unit_that_was_typed_beside_it(
    unit: str,
    typed: float,
    value: Decimal | None,
    code: str,
    tmp_path: Path,
    second_quarter: tuple[Returns, ...],
    other_return: bytes,
) -> None:
    """Where the locked unit of measure was changed, the figure is not one in the plan's."""
    sheet = filled(UNIT, 3, second_quarter)
    sheet.put(INVEST, "unit", unit)
    sheet.put(INVEST, "actual", typed)
    returns = read(tmp_path, 3, {UNIT: sheet, OTHER: other_return}, second_quarter)
    assert sorted(told(returns)) == [
        (code, FIGURES, sheet.address(INVEST, "actual")),
        ("RET-PLAN-ALTERED", FIGURES, sheet.address(INVEST, "unit")),
    ]
    actual = next(a for row in returns.rows for a in row.actuals if a.target_id == INVEST)
    assert actual.value == value


def test_row_of_another_task_is_quoted_whole(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """Where goal and plan are another's, the answers beside them stand in the finding."""
    sheet = filled(UNIT, 3, second_quarter)
    for name, text in (("goal", "建设公园2个。"), ("text", "完成绿化。")):
        sheet.put(YEAR, name, text)
    returns = read(tmp_path, 3, {UNIT: sheet, OTHER: other_return}, second_quarter)
    (found,) = (f for f in returns.all_findings if f.code == "RET-ROW-OTHER")
    row = sheet.rows[YEAR]
    assert found.cell == f"A{row}:S{row}"
    assert "完成绿化。" in found.message
    (item,) = (item for item in returns.returns if item.unit == UNIT)
    assert (PROGRESS, row, 9) in accounted_cells(item)


def test_figure_whose_row_was_deleted_is_reported(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """A figure stands for nothing where its row is gone from the other sheet; it is named."""
    sheet = filled(UNIT, 3, second_quarter)
    sheet.sheet(PROGRESS).delete_rows(sheet.rows[FIRST])
    returns = read(tmp_path, 3, {UNIT: sheet, OTHER: other_return}, second_quarter)
    alone = [
        ("RET-ACTUAL-ALONE", FIGURES, sheet.address(name, "actual")) for name in (TURN, INVEST)
    ]
    assert [t for t in told(returns) if t[0] != "RET-ROW-MISSING"] == alone
    assert returns.all_findings[-1].message == (
        "“进展”表应有所属的一行，实际缺失，11.5亿元未采用。"
    )


def test_column_that_is_there_twice_is_not_chosen_from(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """Of two columns of figures none is taken; both stand in findings."""
    sheet = filled(UNIT, 3, second_quarter)
    table = sheet.sheet(FIGURES)
    table["P3"], table["P5"] = "本季度实际值", 900
    returns = read(tmp_path, 3, {UNIT: sheet, OTHER: other_return}, second_quarter)
    assert told(returns)[0] == ("RET-COLUMN-TWICE", FIGURES, "P3")
    strays = [cell for code, _, cell in told(returns) if code == "RET-CELL-STRAY"]
    assert strays == ["M3", "P3", "M4", "M5", "P5", "M6"]
    assert not any(row.actuals for row in returns.returns[0].rows)


def test_figure_is_not_held_to_one_that_was_wrong_last_quarter(
    tmp_path: Path, other_return: bytes
) -> None:
    """A cumulative figure may be lower than what was reported as an error the quarter before."""
    wrong = filled(UNIT, 2)
    wrong.put("2023-001-T02", "actual", 520000)
    before = (read(tmp_path / "before", 2, {UNIT: wrong}),)
    assert [c for c, *_ in told(before[0]) if c != "RET-MISSING"] == ["RET-ACTUAL-RANGE"]
    files: dict[str, bytes | Sheet] = {UNIT: filled(UNIT, 3, before), OTHER: other_return}
    assert told(read(tmp_path, 3, files, before)) == []


def test_paused_row_owes_no_figure(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """A due figure may stay empty, or be a stroke, where the work is paused or not begun."""
    for typed, codes in ((None, []), ("/", ["RET-LEFT-OUT"])):
        sheet = filled(UNIT, 3, second_quarter)
        sheet.put(FIRST, "self_rating", "暂缓")
        sheet.put(FIRST, "progress", "暂缓实施。")
        sheet.put(FIRST, "cause", BASIS)
        sheet.put(TURN, "actual", typed)
        returns = read(tmp_path, 3, {UNIT: sheet, OTHER: other_return}, second_quarter)
        assert [code for code, *_ in told(returns)] == codes


def test_stroke_for_a_figure_that_is_owed_is_none(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """A stroke is read as an empty cell, which a figure due may not be: one advice, not two."""
    sheet = filled(UNIT, 3, second_quarter)
    sheet.put(TURN, "actual", "—")
    returns = read(tmp_path, 3, {UNIT: sheet, OTHER: other_return}, second_quarter)
    assert [code for code, *_ in told(returns)] == ["RET-ACTUAL-EMPTY"]
    assert returns.all_findings[0].message == ("到期指标应填实际值（计划800家），实际为“—”。")


def test_stroke_for_a_date_that_is_owed_is_one_advice(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """Who lags owes a date; that the cell may be left empty is not said beside it."""
    sheet = filled(UNIT, 3, second_quarter)
    rating(AFTER, "滞后", "due_date", **owing(due_date="无"))(sheet)
    returns = read(tmp_path, 3, {UNIT: sheet, OTHER: other_return}, second_quarter)
    assert [code for code, *_ in told(returns)] == ["RET-DEADLINE"]


def test_month_of_a_deadline_ends_with_its_last_day(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """The first day, which the sheet keeps but does not show, would be a deadline too early."""
    sheet = filled(UNIT, 3, second_quarter)
    _show_month(sheet)
    returns = read(tmp_path, 3, {UNIT: sheet, OTHER: other_return}, second_quarter)
    assert returns.all_findings[0].message == "日期应写全年月日，“2023年12月”读作2023年12月31日。"
    assert [r.due_date for r in returns.rows if r.milestone_id == YEAR] == [date(2023, 12, 31)]


def test_workbook_of_before_the_added_columns_is_read(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """A sheet sent out when it asked less is complete; figures are found by their header."""
    sheet = filled(UNIT, 3, second_quarter)
    table = sheet.sheet(FIGURES)
    added = [at for at, spec in enumerate(COLUMNS[FIGURES], 1) if spec.added]
    for column in reversed(added):
        table.delete_cols(column)
    assert added
    returns = read(tmp_path, 3, {UNIT: sheet, OTHER: other_return}, second_quarter)
    assert told(returns) == []
    actual = next(a for row in returns.rows for a in row.actuals if a.target_id == TURN)
    assert actual.value == Decimal(820)


def test_columns_of_last_quarter_are_read_in_the_first_as_well(tmp_path: Path) -> None:
    """There is nothing to show there, so what a unit typed there belongs somewhere else."""
    sheet = filled(UNIT, 1)
    sheet.put(YEAR, "last_progress", "已建成平台1个。")
    sheet.put(COVER, "last_actual", 25)
    returns = read(tmp_path, 1, {UNIT: sheet})
    assert [(f.code, f.cell, f.found) for f in returns.all_findings] == [
        ("RET-LAST-ALTERED", sheet.address(COVER, "last_actual"), "25"),
        ("RET-LAST-ALTERED", sheet.address(YEAR, "last_progress"), "已建成平台1个。"),
    ]
    assert returns.all_findings[0].message == "应为“（空）”，实为“25”，以上季度报送为准。"


def test_sheet_that_is_missing_is_looked_for(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """Where two sheets hold the table that is missing, neither is guessed to be the one."""
    for titles, said in (
        (("甲", "乙"), "，但“甲”、“乙”表有其表头，疑似改了表名，请改回“指标”"),
        ((), ""),
    ):
        sheet = filled(UNIT, 3, second_quarter)
        for title in titles:
            sheet.book.copy_worksheet(sheet.sheet(FIGURES)).title = title
        del sheet.book[FIGURES]
        returns = read(tmp_path, 3, {UNIT: sheet, OTHER: other_return}, second_quarter)
        (missing,) = (f for f in returns.all_findings if f.code == "RET-SHEET-MISSING")
        assert missing.message == f"应有“指标”表及其表头，实际未找到{said}。"
        assert not any(row.actuals for row in returns.rows)


def test_good_return_has_no_finding(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """What is filled well gives rows and no finding."""
    returns, _ = _plant(tmp_path, second_quarter, other_return)
    assert told(returns) == []
    assert [row.milestone_id for row in returns.returns[0].rows] == [FIRST, YEAR, FAIR, AFTER]
