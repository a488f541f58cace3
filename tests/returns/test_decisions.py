"""What is doubtful is held until the unit or the office has settled it."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reporting.assess.assess import assess
from reporting.assess.values import Rating
from reporting.errors import InputRefused
from reporting.findings import Severity
from reporting.grades import Grade
from reporting.periods import Period
from reporting.project.decisions import (
    COLUMNS,
    Decision,
    Verdict,
    decisions_file,
    digest_of_typed,
    parse_decisions,
    read_decisions,
    write_decisions,
)
from reporting.returns.check import take_decisions, write_check
from reporting.returns.layout import FIGURES, OPINION
from reporting.returns.sheets.sendback import annotate
from reporting.returns.values import Actual, Returns

from .toy import OTHER, PARAMS, PLAN, UNIT, did, filled, read

INVEST, TURN, YEAR_GOAL = "2023-001-T04", "2023-001-T03", "2023-001-T01"
COVER = "2023-002-T01"


def given(
    folder: Path, before: tuple[Returns, ...], other: bytes, figures: dict[str, object],
    answers: dict[str, str] | None = None,
) -> Returns:  # fmt: skip
    """Read a good third quarter in which some figures are other ones, and some are answered."""
    sheet = filled(UNIT, 3, before)
    for row_id, value in figures.items():
        sheet.put(row_id, "actual", value)
    for row_id, words in (answers or {}).items():
        sheet.put(row_id, "answer", words)
    return read(folder, 3, {UNIT: sheet, OTHER: other}, before)


def figure(returns: Returns, target_id: str) -> Actual:
    return next(a for row in returns.rows for a in row.actuals if a.target_id == target_id)


def codes(returns: Returns) -> list[str]:
    return [f.code for f in returns.all_findings]


def rating(returns: Returns, before: tuple[Returns, ...], target_id: str) -> Rating:
    city = assess(PLAN, [*before, returns], PARAMS, Period(year=2023, quarter=3))
    found = city.rating(target_id, unit=UNIT)
    assert found is not None
    return found


def decision(verdict: Verdict = Verdict.ACCEPT, typed: str = "820", **more: object) -> Decision:
    fields = {
        "quarter": 3, "unit": UNIT, "row_id": INVEST, "digest": digest_of_typed(typed),
        "typed": typed, "decision": verdict, "reason": "新增重大项目", "by": "张三",
        "on": date(2023, 10, 25),
    }  # fmt: skip
    return Decision.model_validate(fields | more)


@pytest.mark.parametrize(
    ("row_id", "typed", "code"),
    [
        (INVEST, 820, "RET-ACTUAL-FAR"),  # 73 times the plan of 11.3
        (INVEST, 1130, "RET-ACTUAL-FAR"),  # a hundred times
        (COVER, 1, "RET-ACTUAL-PERCENT"),  # 1 or 100 per cent
        (COVER, 0.5, "RET-ACTUAL-PERCENT"),  # 0.5 or 50 per cent
        (COVER, 0.95, "RET-ACTUAL-PERCENT"),
    ],
)
def test_what_is_unlikely_is_held_and_not_judged(
    row_id: str, typed: float, code: str,
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes,
) -> None:  # fmt: skip
    """The figure is asked about, is no value any more, and its rating says that it waits."""
    returns = given(tmp_path, second_quarter, other_return, {row_id: typed})
    assert codes(returns) == [code]
    assert returns.all_findings[0].severity is Severity.CONFIRM
    held = figure(returns, row_id)
    assert (held.value, held.held) == (None, Decimal(str(typed)))
    if row_id == INVEST:
        found = rating(returns, second_quarter, INVEST)
        assert (found.grade, found.actual) == (Grade.UNDECIDED, None)
        assert "待确认：计划11.3亿元，实为" in found.reason


def test_doubtful_figure_that_is_due_is_not_called_empty_as_well(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """A rough figure stands in its cell; that it is rough is all there is to say."""
    returns = given(tmp_path, second_quarter, other_return, {INVEST: "11.5左右", TURN: "约820"})
    assert codes(returns) == ["RET-ACTUAL-ROUGH", "RET-ACTUAL-ROUGH"]


def test_unit_settles_a_doubt_with_a_reason(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """已核实无误 with a reason makes the figure count, and the reason is told."""
    returns = given(
        tmp_path, second_quarter, other_return, {INVEST: 820}, {INVEST: "已核实无误：新增重大项目"}
    )
    assert codes(returns) == ["RET-CONFIRMED"]
    assert returns.all_findings[0].message == "原列“远超计划”，单位答复已核实无误：新增重大项目"
    assert figure(returns, INVEST).value == 820
    assert rating(returns, second_quarter, INVEST).grade == Grade.ON_SCHEDULE


@pytest.mark.parametrize("words", ["已核实无误", "无误。", "请放心", "已核实无误："])
def test_answer_without_a_reason_settles_nothing(
    words: str, tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """Whoever only repeats the figure is asked again."""
    returns = given(tmp_path, second_quarter, other_return, {INVEST: 820}, {INVEST: words})
    assert sorted(codes(returns)) == ["RET-ACTUAL-FAR", "RET-ANSWER"]
    assert figure(returns, INVEST).value is None


def test_unit_answers_with_another_figure(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """A new value stands in place of the one asked about, and is held to the same checks."""
    returns = given(tmp_path, second_quarter, other_return, {INVEST: 820}, {INVEST: "应为11.5亿元"})
    assert codes(returns) == ["RET-REPLY"]
    assert figure(returns, INVEST).value == Decimal("11.5")
    again = given(tmp_path, second_quarter, other_return, {INVEST: 820}, {INVEST: "8200"})
    assert "RET-ACTUAL-FAR" in codes(again)
    assert figure(again, INVEST).value is None


def test_unit_answers_on_the_copy_that_was_sent_back(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """The answer beside the finding counts as one beside the figure."""
    sheet = filled(UNIT, 3, second_quarter)
    sheet.put(INVEST, "actual", 820)
    found = read(tmp_path, 3, {UNIT: sheet}, second_quarter).returns[0].findings
    book = load_workbook(io.BytesIO(annotate(sheet.save(), found, Period(year=2023, quarter=3))))
    page = book[OPINION]
    head = next(n for n in range(1, 9) if page.cell(n, 1).value == "序号")
    assert page.cell(head + 1, 4).value == sheet.address(INVEST, "actual")
    page.cell(head + 1, 7).value = "已核实无误，新增重大项目"
    target = io.BytesIO()
    book.save(target)
    back = read(tmp_path, 3, {UNIT: target.getvalue(), OTHER: other_return}, second_quarter)
    assert codes(back) == ["RET-CONFIRMED"]
    assert figure(back, INVEST).value == 820


@pytest.mark.parametrize(
    ("made", "value", "words"),
    [
        (decision(), "820", "采用填报的820亿元。"),
        (decision(Verdict.SET, value="8.2"), "8.2", "改按8.2亿元计（原填“820”）。"),
        (
            decision(row_id="", file="市科技局.xlsx", sheet=FIGURES, cell="M5"),
            "820", "采用填报的820亿元。",
        ),
    ],
)  # fmt: skip
def test_office_settles_a_doubt(
    made: Decision, value: str, words: str,
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes,
) -> None:  # fmt: skip
    """The decision is applied, and told with its reason, who made it and when."""
    write_decisions(tmp_path, PARAMS, [made])
    returns = given(tmp_path, second_quarter, other_return, {INVEST: 820})
    (note,) = returns.all_findings
    assert (note.code, note.severity) == ("RET-DECIDED", Severity.NOTE)
    assert note.message == f"经核实，{words}理由：新增重大项目（张三，2023年10月25日）"
    assert figure(returns, INVEST).value == Decimal(value)


def test_office_rates_a_figure_and_a_row(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """A grade that was decided is the rating, by a clause of its own."""
    words = did("2023-003-01", 3)
    write_decisions(tmp_path, PARAMS, [
        decision(Verdict.RATE, value="未达序时进度"),
        decision(Verdict.RATE, words, row_id="2023-003-01", field="progress", value="严重滞后"),
    ])  # fmt: skip
    returns = given(tmp_path, second_quarter, other_return, {INVEST: 820})
    found = rating(returns, second_quarter, INVEST)
    assert (found.grade, found.rule) == (Grade.BEHIND, "R13")
    assert found.reason.startswith("经核实，核定为“未达序时进度”。理由：新增重大项目（张三，")
    fair = rating(returns, second_quarter, "2023-003-01")
    assert (fair.grade, fair.rule) == (Grade.FAR_BEHIND, "R13")


def test_decision_is_void_when_the_cell_changes(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """Another figure is asked about anew; the decision that fell away is named."""
    write_decisions(tmp_path, PARAMS, [decision()])
    returns = given(tmp_path, second_quarter, other_return, {INVEST: 830})
    assert codes(returns) == ["RET-ACTUAL-FAR", "RET-DECISION-VOID"]
    assert returns.all_findings[1].message == (
        "单元格内容已改动，原决定“采用，新增重大项目（张三，2023年10月25日）”不再适用，请重新核实。"
    )
    assert figure(returns, INVEST).value is None


GOOD = "3,市科技局,2023-001-T04,,,,,abcd,820,accept,,有据可查,张三,2023-10-25"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (GOOD.replace("accept", "ok"), "第2行决定应为 accept、set、rate 或 refuse，实为“ok”"),
        (GOOD.replace("accept,", "set,约8"), "第2行决定为 set 的取值应为数字，实为“约8”"),
        (GOOD.replace("accept,", "rate,还行"), "第2行决定为 rate 的取值应为已完成、"),
        (GOOD.replace("accept,", "accept,8"), "第2行决定为 accept 的不填取值，实为“8”"),
        (GOOD.replace("有据可查", ""), "第2行缺理由"),
        (GOOD.replace("张三,2023-10-25", ","), "第2行缺决定人、日期"),
        (GOOD.replace("2023-10-25", "昨天"), "第2行日期应如 2023-10-25，实为“昨天”"),
        (GOOD.replace("3,", "5,", 1), "第2行季度应为 1 至 4，实为“5”"),
        (GOOD.replace("2023-001-T04", ""), "第2行应写明行标识，或者文件、工作表和单元格"),
        (GOOD + ",多一列", "第2行应有14列"),
        (f"{GOOD}\n{GOOD}", "第3行与第2行是对同一内容的两个决定"),
    ],
)
def test_bad_file_of_decisions_is_one_sentence_and_applies_nothing(line: str, words: str) -> None:
    """The sentence names the line, and says that none was taken."""
    text = f"{','.join(COLUMNS)}\n{line}\n"
    with pytest.raises(InputRefused) as caught:
        parse_decisions(text, "data/2023/decisions.csv")
    assert words in str(caught.value)
    assert str(caught.value).endswith("决定均未采用。")
    assert len(parse_decisions(f"{','.join(COLUMNS)}\n{GOOD}\n", "x")) == 1


def test_file_of_another_encoding_or_head_is_refused(tmp_path: Path) -> None:
    """What a spreadsheet saved in another encoding is not guessed at."""
    path = decisions_file(tmp_path, PARAMS)
    path.parent.mkdir(parents=True)
    path.write_bytes("季度,单位".encode("gb18030"))
    with pytest.raises(InputRefused, match="应为 UTF-8 编码，实际不是，决定均未采用。"):
        read_decisions(tmp_path, PARAMS)
    path.write_text("quarter,unit\n3,市科技局\n", encoding="utf-8")
    with pytest.raises(InputRefused, match="第1行应为表头，缺row_id、"):
        read_decisions(tmp_path, PARAMS)


def test_office_decides_in_the_workbook_of_findings(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """What is filled into 核对结果.xlsx is taken by the next check and kept in the year's file."""
    returns = given(tmp_path, second_quarter, other_return, {INVEST: 820})
    write_check(tmp_path, PARAMS, PLAN, returns, tmp_path / "out")
    path = tmp_path / "out" / "sendback" / "核对结果.xlsx"
    book = load_workbook(path)
    sheet = book["核对结果"]
    heads = {sheet.cell(3, n).value: n for n in range(1, sheet.max_column + 1)}
    assert sheet.cell(4, heads["填报内容"]).value == "820"
    choices = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    assert '"采用,改值,核定,不同意"' in choices
    filled_in: dict[str, str | float | date] = {
        "决定": "改值", "取值": 8.2, "理由": "多填两位", "决定人": "李四",
        "日期": date(2023, 10, 24),
    }  # fmt: skip
    for label, value in filled_in.items():
        sheet.cell(4, heads[label]).value = value
    book.save(path)
    assert take_decisions(tmp_path, PARAMS, 3, tmp_path / "out") == 1
    again = given(tmp_path, second_quarter, other_return, {INVEST: 820})
    assert codes(again) == ["RET-DECIDED"]
    assert figure(again, INVEST).value == Decimal("8.2")
    (kept,) = read_decisions(tmp_path, PARAMS)
    assert (kept.by, kept.on, kept.row_id) == ("李四", date(2023, 10, 24), INVEST)


def test_row_filled_by_halves_is_refused(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """A decision without its reason is none, and nothing of the workbook is taken."""
    returns = given(tmp_path, second_quarter, other_return, {INVEST: 820})
    write_check(tmp_path, PARAMS, PLAN, returns, tmp_path / "out")
    path = tmp_path / "out" / "sendback" / "核对结果.xlsx"
    book = load_workbook(path)
    book["核对结果"]["J4"] = "采用"
    book.save(path)
    with pytest.raises(
        InputRefused, match=r"核对结果\.xlsx 第4行缺理由、决定人、日期，决定均未采用"
    ):
        take_decisions(tmp_path, PARAMS, 3, tmp_path / "out")
    assert read_decisions(tmp_path, PARAMS) == ()
