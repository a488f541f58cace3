"""The sheet that checks itself agrees with the check, as LibreOffice reckons it."""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell

from reporting.findings import Finding, Severity
from reporting.plan.values import Plan
from reporting.returns.layout import COLUMNS, FIGURES, PROMISES, SELF_CHECK, SIGN_OFF, asked
from reporting.returns.promises.follow import commitments
from reporting.returns.promises.values import LeftOpen
from reporting.returns.reading.read import read_returns
from reporting.returns.sheets.blank import build_book, write_sheet
from reporting.returns.sheets.selfcheck.lines import MISSING, SHOWN, TOLD
from reporting.returns.values import Returns
from reporting.workbooks.book import open_book
from reporting.workbooks.cells import split_address
from reporting.workbooks.columns import FIRST_ROW, HEADER_ROW, HINT_ROW
from reporting.workbooks.saving import save_book

from .libreoffice import needs_office, recalculated
from .sights import SEEN, UNSEEN
from .test_faults import AFTER, BASIS, COVER, FAIR, FAULTS, FIRST, INVEST, TURN, YEAR, owing, rating
from .toy import GOOD, OTHER, PARAMS, PLAN, UNIT, Sheet, blank, did, filled, read

pytestmark = [pytest.mark.office, pytest.mark.long, needs_office]

_EARLY_PLAN: Plan = PLAN.model_copy(
    update={
        "targets": tuple(
            t.model_copy(update={"value": Decimal(300)}) if t.target_id == TURN else t
            for t in PLAN.targets
            if t.target_id != "2023-001-T02"
        )
    }
)
"""A plan whose third quarter has hardly begun on the year's 1000."""
_TWICE_PLAN: Plan = PLAN.model_copy(
    update={
        "targets": tuple(
            next(o for o in PLAN.targets if o.target_id == TURN).model_copy(
                update={"target_id": INVEST, "value": Decimal(790)}
            )
            if t.target_id == INVEST
            else t
            for t in PLAN.targets
        )
    }
)
"""A plan of which two values of one count fall due together, so that each is asked for."""


@dataclass(frozen=True)
class Case:
    """A sheet as it was typed; ``stricter`` where formulas ask about what the check reads."""

    name: str
    plant: Callable[[Sheet], object]
    stricter: bool = False
    plan: Plan = PLAN


def typing(*values: tuple[str, str, object]) -> Callable[[Sheet], None]:
    """Type values into fields of rows."""

    def plant(sheet: Sheet) -> None:
        for row_id, name, value in values:
            sheet.put(row_id, name, value)

    return plant


def shown(row_id: str, value: float, code: str) -> Callable[[Sheet], None]:
    """Type a figure into a cell of some format."""

    def plant(sheet: Sheet) -> None:
        sheet.put(row_id, "actual", value)
        sheet.sheet(FIGURES)[sheet.address(row_id, "actual")].number_format = code

    return plant


def progress(text: str) -> Callable[[Sheet], None]:
    """Type a progress text."""
    return typing((FAIR, "progress", text))


def all_progress(texts: Sequence[str]) -> Callable[[Sheet], None]:
    """Type a progress text into each row."""
    return typing(*(
        (row_id, "progress", text)
        for row_id, text in zip((FIRST, YEAR, FAIR, AFTER), texts, strict=False)
    ))  # fmt: skip


def batched(texts: Sequence[str], size: int) -> list[Sequence[str]]:
    """Part texts into groups."""
    return [texts[at : at + size] for at in range(0, len(texts), size)]


def both_turn(value: float) -> Callable[[Sheet], None]:
    """Type the same figure for what is counted twice."""
    return typing((TURN, "actual", value))


def _pause_what_is_whole(sheet: Sheet) -> None:
    rating(YEAR, "暂缓", "cause", progress="暂缓。", cause=BASIS)(sheet)
    sheet.put(COVER, "actual", 100)


def answered(value: float | None, text: str) -> Callable[[Sheet], None]:
    """Type a figure, where one is given, and an answer beside it."""
    figure = [] if value is None else [(INVEST, "actual", value)]
    return typing(*figure, (INVEST, "answer", text))


def idle(text: str) -> Callable[[Sheet], object]:
    """Say that something is not begun, with all that is owed then."""
    return rating(AFTER, "未启动", "progress", **owing(progress=text))


_KINDS_OF_NOTHING = (
    "？？？", "12345", "abc", "哈哈哈哈", "测试测试测试", "暂无进展", "目前暂无新的进展情况",
    "无变化", "同上季度", "与上季度一致", "同一季度。", "见第二季度所报", "待补充", "另行续报",
    "内容", "略", "无", "——", "不涉及", "暂无", "没有问题", "见附件", "详见材料1", "同上一行",
    "见上条", "同前", "另附",
    "本季度没有明显变化更新",
)  # fmt: skip

CASES = (
    *(Case(fault.name, fault.plant) for fault in FAULTS),
    Case("都好", lambda sheet: None),
    Case("较上季度猛增", both_turn(5200)),
    Case("两处所填不同", typing((INVEST, "actual", 830)), plan=_TWICE_PLAN),
    Case("过早达到", both_turn(1000), plan=_EARLY_PLAN),
    Case("照抄计划", typing((AFTER, "progress", "组织企业参展并做好总结。"))),
    Case(
        "两行相同",
        typing(
            (FAIR, "progress", "已逐家走访企业并验收。"),
            (AFTER, "progress", "已逐家走访企业，并验收。"),
        ),
    ),
    Case("暂缓已满", _pause_what_is_whole),
    Case("远超已核实", answered(820, "已核实无误：新口径含技改")),
    Case("答复不明", answered(820, "口径如此")),
    Case("答复改数", answered(None, "1200000")),
    Case("无理由", answered(820, "已核实无误。")),
    Case("百分数格式过百", shown(COVER, 1.3, "0%")),
    Case("百分数格式", shown(COVER, 0.953, "0.0%")),
    Case("金额作百分数", shown(INVEST, 0.98, "0%")),
    Case("金额作日期", shown(INVEST, 45210, "yyyy-mm-dd")),
    Case("小数近计划", typing((COVER, "actual", 0.5))),
    Case("百分数过小", typing((COVER, "actual", 0.001))),
    Case("错误的数", typing((INVEST, "actual", "#DIV/0!"))),
    Case("错误的自评", typing((FIRST, "self_rating", "#N/A"))),
    Case("全角空格", progress("　")),
    Case("不断行空格", progress("\u00a0 ")),
    Case("换行", progress("\n\n")),
    Case("自评带标点", typing((FAIR, "self_rating", " 达到序时进度。"))),
    Case("自评别名", typing((FAIR, "self_rating", "顺利推进"))),
    Case("自评星号", typing((FAIR, "self_rating", "*"))),
    Case("未启动", idle("暂无进展，场地未定")),
    Case("未启动只说没有", idle("暂无进展")),
    Case("未启动未写", rating(AFTER, "未启动", "progress", **owing(progress=None))),
    Case("问题为无", typing((FAIR, "problem", "无。"))),
    Case("问题为线", typing((FAIR, "problem", "——"))),
    Case("缺填报人", typing((FIRST, "reporter", None))),
    Case("缺日期", typing((FIRST, "reported_on", None))),
    Case("下行未签", typing((YEAR, "reporter", None), (FAIR, "approver", None))),
    Case("错误的措施", typing((AFTER, "next_step", "#REF!"))),
    Case("暂缓有会议", rating(AFTER, "暂缓", "cause", progress="暂缓。", cause="领导小组决定。")),
    Case("未到期不填", typing((COVER, "actual", None))),
    Case("差得远", typing((TURN, "actual", 0))),
    Case("千分之一", typing((INVEST, "actual", 0.0003))),
    Case("日期为数", typing((YEAR, "due_date", 20231220)), stricter=True),
    Case("日期为文字", typing((YEAR, "due_date", "2023年12月20日")), stricter=True),
    Case("全角数字", typing((INVEST, "actual", "１１．５")), stricter=True),
    Case("数带单位", typing((INVEST, "actual", "11.5亿元")), stricter=True),
    Case("过短", progress("已开工")  , stricter=True),
    *(Case(f"空话{texts[0]}", all_progress(texts)) for texts in batched(_KINDS_OF_NOTHING, 4)),
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What the sheet tells of one question: its total, and the rules it names."""

    count: int
    codes: frozenset[str]


@dataclass(frozen=True)
class Outcome:
    """A case as LibreOffice saved it: what the sheet tells by row, and what the check finds."""

    lines: Mapping[tuple[str, int], Told]
    total: str
    findings: tuple[Finding, ...]


def lines_in(path: Path) -> tuple[dict[tuple[str, int], Told], str]:
    """Read the sheet: what it tells by sheet and row, and its total."""
    sheet = open_book(path.read_bytes()).sheet(SELF_CHECK)
    assert sheet is not None
    heads = {cell.value: cell.column for cell in sheet.cells.values() if cell.row == HEADER_ROW}
    found = {}
    places = dict.fromkeys(COLUMNS, FIRST_ROW)
    for row in range(FIRST_ROW, sheet.last_row + 1):
        name = sheet.value(row, heads[SHOWN[1]])
        codes = [key.split()[0] for key in TOLD if sheet.value(row, heads[key])]
        count = sum(int(sheet.value(row, heads[key])) for key in ("missing", "asked"))
        assert count == len(codes)
        found[name, places[name]] = Told(count, frozenset(codes))
        places[name] += 1
    return found, sheet.value(HINT_ROW, 1)


def outcomes(
    files: Mapping[str, bytes], folder: Path, look: Callable[[str, Path], Iterable[Finding]]
) -> dict[str, Outcome]:
    """Reckon workbooks and check them as they were saved then."""
    found = {}
    for name, data in recalculated(files, folder).items():
        own = folder / "checked" / name
        path = own / f"status/Q3/{UNIT}.xlsx"
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
        lines, total = lines_in(path)
        found[name] = Outcome(lines, total, tuple(look(name, own)))
    return found


@pytest.fixture(scope="module")
def checked(
    tmp_path_factory: pytest.TempPathFactory, second_quarter: tuple[Returns, ...]
) -> dict[str, Outcome]:
    """Plant every case, reckon all workbooks in one run, and check them."""
    plans = {case.name: case.plan for case in CASES} | {"空白": PLAN}
    files = {case.name: _planted(case, second_quarter) for case in CASES}
    files["空白"] = blank(UNIT, 3, second_quarter).save()
    numbered = {f"{number:03}": name for number, name in enumerate(files)}

    def look(number: str, folder: Path) -> Iterable[Finding]:
        plan = plans[numbered[number]]
        returns = read_returns(folder, PARAMS, plan, 3, previous=second_quarter)
        return [f for f in returns.all_findings if f.unit == UNIT]

    folder = tmp_path_factory.mktemp("recalculated")
    found = outcomes({n: files[name] for n, name in numbered.items()}, folder, look)
    return {numbered[number]: outcome for number, outcome in found.items()}


def _planted(case: Case, before: tuple[Returns, ...]) -> bytes:
    sheet = _filled(case.plan, before)
    case.plant(sheet)
    return sheet.save()


def _filled(plan: Plan, before: tuple[Returns, ...]) -> Sheet:
    """Answer a plan like the toy plan well."""
    if plan is PLAN:
        return filled(UNIT, 3, before)
    sheet = Sheet(build_book(plan, PARAMS, UNIT, 3, before), UNIT, 3)
    questions = asked(plan, UNIT, 3)
    sheet.rows = {q.row_id: row for row, q in enumerate(questions.rows, FIRST_ROW)}
    sheet.rows |= {q.target.target_id: r for r, q in enumerate(questions.figures, FIRST_ROW)}
    for row_id in sheet.rows:
        if "-T" in row_id:
            is_count = row_id == INVEST and plan is _TWICE_PLAN
            sheet.put(row_id, "actual", GOOD[3][TURN if is_count else row_id])
        else:
            typing(
                (row_id, "self_rating", "达到序时进度"), (row_id, "progress", did(row_id, 3)),
                (row_id, "reporter", "甲"), (row_id, "approver", "乙"),
                (row_id, "reported_on", date(2023, 10, 18)),
            )(sheet)  # fmt: skip
    return sheet


def of_line(findings: Iterable[Finding], sheet: str, row: int) -> list[Finding]:
    """Return what the check found in a row."""
    return [
        f
        for f in findings
        if f.sheet == sheet and f.cell and split_address(f.cell.partition(":")[0])[0] == row
    ]


def test_every_rule_that_is_seen_was_planted(checked: dict[str, Outcome]) -> None:
    """The check finds each of them in some case, those of promises aside."""
    found = {f.code for outcome in checked.values() for f in outcome.findings}
    assert {code for code in SEEN if not code.startswith("RET-PROMISE")} - found == set()


def test_nothing_is_fine_that_the_check_finds(checked: dict[str, Outcome]) -> None:
    """What the check tells of a row, by a rule that a formula can see, the sheet tells as well."""
    missed = [
        (name, found.code, found.cell)
        for name, outcome in checked.items()
        for (sheet, row), told in outcome.lines.items()
        for found in of_line(outcome.findings, sheet, row)
        if found.code in SEEN and found.code not in told.codes
        if not _is_told_otherwise(found.code, told)
    ]
    assert missed == []


def _is_told_otherwise(code: str, told: Told) -> bool:
    """Tell whether the sheet asks for a number first, or for an answer that settles the figure."""
    if code == "RET-ACTUAL-TEXT":
        # LibreOffice tells no formula that a number is shown as a date; its size tells.
        return "RET-ACTUAL-UNIT" in told.codes
    return code.startswith("RET-ACTUAL") and bool(told.codes & {"RET-ACTUAL-TEXT", "RET-ANSWER"})


def test_no_error_of_the_check_is_left_without_a_word(checked: dict[str, Outcome]) -> None:
    """Where all lines are fine, the check has no error but of what no formula sees."""
    unseen = {code for codes in UNSEEN.values() for code in codes}
    silent = {
        name: sorted({f.code for f in outcome.findings if f.severity is Severity.ERROR} - unseen)
        for name, outcome in checked.items()
        if not any(told.count for told in outcome.lines.values())
    }
    assert {name: codes for name, codes in silent.items() if codes} == {}


def test_nothing_is_asked_that_the_check_lets_pass(checked: dict[str, Outcome]) -> None:
    """A row that the check finds nothing in is fine, but in the cases that say otherwise."""
    strict = {case.name for case in CASES if case.stricter}
    asked_ = {
        (name, sheet, row): sorted(told.codes)
        for name, outcome in checked.items()
        for (sheet, row), told in outcome.lines.items()
        if told.count and not of_line(outcome.findings, sheet, row) and name != "空白"
    }
    asked_ = {place: codes for place, codes in asked_.items() if not _is_known(place, codes)}
    assert {name for name, *_ in asked_} == strict, asked_


def _is_known(place: tuple[str, str, int], codes: list[str]) -> bool:
    """Tell what the check tells once, or of another row."""
    name, *_ = place
    # A row that is gone is told of its sheet, and a day that is late of the last one alone.
    return name == "缺行" or codes == ["RET-LATE"]


def test_total_is_nothing_when_all_is_well(checked: dict[str, Outcome]) -> None:
    """A sheet filled well says so; a blank one counts what is missing, and it alone."""
    assert checked["都好"].total == "没有待填、待核之处。公式看不出的，以办公室核对结果为准。"
    assert checked["空白"].total == "还有13处待填或者待核：待填13处，待核0处。"
    missing = {key.split()[0] for key in MISSING}
    assert all(told.codes <= missing for told in checked["空白"].lines.values())


def _saved(data: bytes) -> dict[tuple[str, int, int], object]:
    """Return the values that stand beside the formulas that are seen, by place."""
    book = load_workbook(io.BytesIO(data), data_only=True)
    kept = [name for name in (SELF_CHECK, *COLUMNS) if name in book.sheetnames]
    return {
        (name, cell.row, cell.column): cell.value
        for name in kept
        for row in book[name].iter_rows(max_col=len(SHOWN) if name == SELF_CHECK else None)
        for cell in row
        if cell.value
    }


def test_blank_sheet_is_saved_with_what_it_shows(tmp_path: Path) -> None:
    """What previews show without reckoning is what the formulas come to."""
    before, left = _promising(tmp_path / "before")
    files = {
        "1": write_sheet(PLAN, PARAMS, UNIT, 1),
        "3": write_sheet(PLAN, PARAMS, UNIT, 3),
        "4": write_sheet(PLAN, PARAMS, OTHER, 4, before, left),
    }
    for name, data in recalculated(files, tmp_path / "office").items():
        assert _saved(files[name]) == _saved(data)


PART = "2023-003-01"


def _promising(tmp_path: Path) -> tuple[tuple[Returns, ...], LeftOpen]:
    """Let a unit lag in the third quarter and promise a step by a day."""
    bad = filled(OTHER, 3)
    rating(PART, "严重滞后", "progress", **owing(due_date="2023-11-30"))(bad)
    before = (read(tmp_path, 3, {OTHER: bad}),)
    (promise,) = commitments(before[0].rows, (), (), 2023, 3)
    return before, LeftOpen(promises=(promise,))


_PROMISED: dict[tuple[object, ...], set[str]] = {
    (None, None, None): {"RET-PROMISE-OUTCOME"},
    ("差不多", None, None): {"RET-PROMISE-OUTCOME"},
    ("完成", None, None): {"RET-PROMISE-DAY"},
    ("未完成", None, None): {"RET-PROMISE-WHY"},
    ("申请延期", None, None): {"RET-PROMISE-DAY", "RET-PROMISE-WHY"},
    ("申请延期", date(2024, 3, 1), "场地已定。"): set(),
    ("完成", date(2023, 11, 28), None): set(),
    ("完成", "年底", None): {"RET-DATE-TEXT"},
    ("#N/A", None, None): {"RET-CELL-ERROR", "RET-PROMISE-OUTCOME"},
}
"""What is typed of a promised step: outcome, day, words; and what the sheet tells."""


def test_what_is_said_of_a_promise_is_told_like_the_check(tmp_path: Path) -> None:
    """Outcome, day and reason are asked for as the check asks for them."""
    before, left = _promising(tmp_path / "before")
    files = {str(number): _answering(typed, before, left) for number, typed in enumerate(_PROMISED)}
    saved = recalculated(files, tmp_path / "office")
    for data, codes in zip(saved.values(), _PROMISED.values(), strict=True):
        path = tmp_path / f"status/Q4/{OTHER}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        lines, _ = lines_in(path)
        assert lines[PROMISES, FIRST_ROW].codes == codes
        returns = read_returns(tmp_path, PARAMS, PLAN, 4, previous=before)
        found = {f.code for f in returns.all_findings if f.sheet == PROMISES}
        assert found - {"RET-PROMISE-PUT-OFF", "RET-DATE-YEAR"} <= codes
        assert not codes or found


def _answering(typed: Sequence[object], before: tuple[Returns, ...], left: LeftOpen) -> bytes:
    book = build_book(PLAN, PARAMS, OTHER, 4, before, left)
    sheet = Sheet(book, OTHER, 4, {AFTER: FIRST_ROW})
    typing((AFTER, "self_rating", "已完成"), (AFTER, "progress", "已组织12家企业参展。"))(sheet)
    for column, value in enumerate(typed, 6):
        cell = book[PROMISES].cell(FIRST_ROW, column)
        assert isinstance(cell, Cell)
        cell.value = value  # type: ignore[assignment]
    return save_book(book)


def test_page_to_sign_shows_what_was_typed(
    tmp_path: Path, second_quarter: tuple[Returns, ...]
) -> None:
    """Task and plan stand beside each answer, figures in their unit; a blank one says so."""
    sheet = filled(UNIT, 3, second_quarter)
    rating(AFTER, "滞后", "progress", **owing())(sheet)
    sheet.put(YEAR, "progress", None)
    shown(COVER, 0.953, "0.0%")(sheet)
    sheet.put(INVEST, "actual", None)
    (data,) = recalculated({"page": sheet.save()}, tmp_path).values()
    page = open_book(data).sheet(SIGN_OFF)
    assert page is not None
    rows = [[page.value(row, column) for column in range(1, 7)] for row in range(4, 13)]
    assert rows[1][1:4] == [
        "数字化覆盖率达到90%。\n全年：全年持续推进平台建设，做好服务保障。",
        "达到序时进度",
        "（未填）",
    ]
    assert rows[3][3:] == [
        f"推进缓慢，场地未落实。{AFTER}", "场地未落实。\n原因：用地未批。",
        "加快选址。\n时限：2023-12-20",
    ]  # fmt: skip
    assert [row[3] for row in rows[5:8]] == ["820家", "（未填）", "95.3%"]
    signed = {cell.value for cell in page.cells.values() if "签字" in cell.value}
    assert signed == {
        "填报人：填报人甲　　（签字）", "审核人：审定人甲　　（签字）", "单位负责人（签字）：",
    }  # fmt: skip
