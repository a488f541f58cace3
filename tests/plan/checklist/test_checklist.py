"""The 核对表: written, filled in, read back, never lost, never of another table."""

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from plan.builders import led
from reporting.errors import UsageError
from reporting.plan.checklist.keep import find_filled
from reporting.plan.checklist.layout import TICK
from reporting.plan.read import read_checked, read_plan
from reporting.plan.values import Basis, Check, Subject
from reporting.workbooks.book import open_book
from reporting.workbooks.cells import column_letters

from .filling import DAY, ROWS, Office, column_of


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path)
    made.make_plan()
    return made


def shown(office: Office, name: str, column: int) -> list[str]:
    sheet = open_book(office.written.read_bytes()).sheet(name)
    assert sheet is not None
    return [sheet.value(row, column) for row in range(4, sheet.last_row + 1)]


def test_each_reading_has_a_row_doubtful_ones_first(office: Office) -> None:
    """The second task has no leader, which is noted, so it comes first."""
    book = load_workbook(office.written)
    assert book.sheetnames == ["说明", "任务", "节点", "指标", "增补", "标识"]
    assert shown(office, "任务", 1) == ["2", "1"]
    assert sorted(shown(office, "节点", 1)) == ["1", "1", "1", "1", "2", "2"]
    understood = shown(office, "指标", column_of("指标", "understood"))
    assert "第二季度末累计达到50家，越多越好" in understood
    assert book["标识"].sheet_state == "veryHidden"


def test_choices_are_lists_and_the_plan_is_locked(office: Office) -> None:
    """What can be chosen is chosen, what was read is locked, what is filled is open."""
    sheet = load_workbook(office.written)["指标"]
    rules = {str(rule.sqref)[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    letters = {
        field: column_letters(column_of("指标", field))
        for field in ("checked", "quarter", "basis", "comparator", "drop")
    }
    assert rules[letters["checked"]] == f'"{TICK}"'
    assert rules[letters["quarter"]] == '"第一季度,第二季度,第三季度,第四季度"'
    assert rules[letters["basis"]] == '"累计,当季,时点"'
    assert rules[letters["comparator"]] == '"不少于,超过,达到,不超过,区间"'
    assert rules[letters["drop"]] == '"不是指标"'
    locked = {
        spec: sheet.cell(4, column_of("指标", spec)).protection.locked
        for spec in ("quote", "understood", "basis", "reason")
    }
    assert locked == {"quote": True, "understood": True, "basis": False, "reason": False}


def test_the_same_plan_gives_the_same_bytes(office: Office) -> None:
    """Nothing of the time or the place gets into the workbook; an unedited one is replaced."""
    before = office.written.read_bytes()
    office.make_plan()
    assert office.written.read_bytes() == before
    assert not office.kept.exists()


def test_corrections_and_ticks_are_read_back(office: Office) -> None:
    """Each carries who and when; the person who signs a row signs it alone."""
    office.fill(
        ("指标", "50家", {"basis": "当季", "value": 45, "reason": "核对原件"}),
        ("指标", "9场", {"drop": "不是指标", "reason": "会议不计", "by": "赵六",
                       "on": date(2024, 3, 9)}),
        ("任务", "新增企业100家。", {"supporting_units": "一期：市科技局、市财政局",
                              "leaders": "李四", "reason": "分工调整"}),
        ("节点", "完工。", {"quarters": "第三、四季度", "workstream": "危桥", "reason": "漏读"}),
        ("任务", "修缮危桥", {"checked": TICK}),
        ("增补", "", {"number": 2, "source": "季度进度安排", "words": "检测两处", "measure": "检测",
                    "quarter": "第三季度", "basis": "当季", "comparator": "达到",
                    "direction": "越高越好", "value": 2,
                    "unit": "处", "reason": "漏读"}),
    )  # fmt: skip
    plan = office.make_plan()
    target = next(t for t in plan.targets if t.target_id == "2024-001-T03")
    assert (target.basis, target.value) == (Basis.IN_QUARTER, Decimal(45))
    assert not any(t.unit == "场" for t in plan.targets)
    assert plan.tasks[0].leaders == ("李四",)
    assert [(s.scope, s.unit) for s in plan.tasks[0].supporting_units] == [
        ("一期", "市科技局"), (None, "市财政局"),
    ]  # fmt: skip
    last = plan.milestones_of("2024-002")[-1]
    assert (last.quarters, last.workstream) == ((3, 4), "危桥")
    assert [(t.value, t.unit) for t in plan.targets_of("2024-002")][-1] == (Decimal(2), "处")
    assert {(c.by, c.on) for c in plan.corrections if c.field != "drop"} == {("王五", DAY)}
    assert {(c.by, c.on) for c in plan.corrections if c.field == "drop"} == {
        ("赵六", date(2024, 3, 9))
    }
    assert {c.source for c in plan.corrections} == {"data/2024/核对表.xlsx"}
    assert plan.checks == (
        Check(task_id="2024-002", subject=Subject.TASK, subject_id="2024-002", by="王五", on=DAY),
    )  # fmt: skip
    assert plan.task("2024-001").schedule == ROWS[0][2]


def test_what_was_filled_in_stands_in_the_next_one(office: Office) -> None:
    """Ticks and corrections are kept, checked rows come last, and no second run changes it."""
    office.fill(
        ("任务", "修缮危桥", {"checked": TICK}),
        ("指标", "50家", {"basis": "当季", "reason": "核对原件"}),
    )
    plan = office.make_plan()
    assert shown(office, "任务", 1) == ["1", "2"]
    assert shown(office, "任务", column_of("任务", "checked"))[-1] == TICK
    assert shown(office, "指标", column_of("指标", "basis"))[-1] == "当季"
    assert shown(office, "指标", column_of("指标", "understood"))[-1].startswith("第二季度当季")
    written = office.written.read_bytes()
    assert office.make_plan() == plan
    assert office.written.read_bytes() == written


def test_a_filled_one_in_the_outputs_is_kept_with_the_one_before(office: Office) -> None:
    """It is copied to where it is kept; what lay there stays beside it."""
    office.fill(("任务", "修缮危桥", {"checked": TICK}))
    filled = office.written.read_bytes()
    office.make_plan()
    assert office.kept.read_bytes() == filled
    office.fill(("任务", "修缮危桥", {"checked": None}))
    assert office.make_plan().checks == ()
    assert office.kept.with_stem("核对表（上一份）").read_bytes() == filled


def test_one_that_lies_where_it_is_kept_is_read_by_every_command(office: Office) -> None:
    """The office may fill a copy and put it there itself."""
    office.fill(("指标", "50家", {"unit": "户", "reason": "核对原件"}), path=_copied(office))
    plan = read_plan(office.root, office.params)
    assert [t.unit for t in plan.targets if t.value == 50] == ["户"]
    assert office.make_plan() == plan


def _copied(office: Office) -> Path:
    office.kept.parent.mkdir(parents=True, exist_ok=True)
    office.kept.write_bytes(office.written.read_bytes())
    return office.kept


def test_two_that_were_both_filled_in_are_refused(office: Office) -> None:
    """Neither is written over."""
    office.fill(("指标", "50家", {"unit": "户", "reason": "甲"}), path=_copied(office))
    office.fill(("指标", "50家", {"unit": "个", "reason": "乙"}))
    before = (office.kept.read_bytes(), office.written.read_bytes())
    with pytest.raises(UsageError, match="在上次运行后都改过，不知以哪份为准"):
        office.make_plan()
    assert (office.kept.read_bytes(), office.written.read_bytes()) == before


def test_a_filled_one_is_not_written_over_by_another_table(office: Office) -> None:
    """--table reads no 核对表, and writes none over one that was filled in."""
    office.fill(("任务", "修缮危桥", {"checked": TICK}))
    with pytest.raises(UsageError, match="填有核对内容，不能覆盖；本次读取的不是参数中的任务表"):
        find_filled(office.kept, office.out, may_move=False)
    other = office.root / "别.txt"
    other.write_text(led([ROWS[1]]), encoding="utf-8")
    office.make_plan()
    assert read_checked(office.root, office.params, table=other).plan.checks == ()


def test_a_file_of_that_name_that_is_none_is_not_written_over(office: Office) -> None:
    """Whatever lies there stays."""
    office.written.write_bytes(b"mine")
    with pytest.raises(UsageError, match="应为核对表工作簿，不能读取"):
        office.make_plan()
    assert office.written.read_bytes() == b"mine"


def test_a_faulty_one_in_the_outputs_stays_where_it_is(office: Office) -> None:
    """What cannot be applied is neither kept nor written over."""
    office.fill(("指标", "50家", {"basis": "全部", "reason": "甲"}))
    before = office.written.read_bytes()
    with pytest.raises(UsageError, match="应为 累计、当季、时点 之一，实为“全部”"):
        office.make_plan()
    assert office.written.read_bytes() == before
    assert not office.kept.exists()


def test_ticks_of_a_changed_text_are_void_and_told(office: Office) -> None:
    """The reading that was ticked is not the one that stands now."""
    office.fill(("任务", "修缮危桥", {"checked": TICK}), ("节点", "完工。", {"checked": TICK}))
    office.make_plan()
    changed = (*ROWS[1][:2], "三季度，完成检测两处。四季度，全面完工。", *ROWS[1][3:])
    office.put_table([ROWS[0], changed])
    plan = office.make_plan()
    assert plan.checks == ()
    told = [f.message for f in plan.findings if f.code == "PLAN-CHECK-VOID"]
    assert len(told) == 2
    assert told[0].startswith(
        "核对后原文或读法有变，“已核对”作废，请重新核对：核对表.xlsx“任务”表 "
    )


def test_corrections_of_a_changed_text_are_refused(office: Office) -> None:
    """Words may stand in the new text that meant something else in the old one."""
    office.fill(("指标", "50家", {"unit": "户", "reason": "甲"}))
    office.make_plan()
    changed = (ROWS[0][0], "1. 新增企业120家。", *ROWS[0][2:])
    office.put_table([changed, ROWS[1]])
    with pytest.raises(
        UsageError, match=r"核对表\.xlsx“指标”表 \w+：任务 2024-001 的原文已与核对时"
    ):
        office.make_plan()


def test_one_of_another_table_or_year_is_refused(office: Office) -> None:
    """None of its tasks is this table's."""
    office.fill(("任务", "修缮危桥", {"checked": TICK}))
    office.make_plan()
    office.put_table([(row[0], f"{row[1]}另加", *row[2:]) for row in ROWS])
    with pytest.raises(UsageError, match=r"核对表\.xlsx“标识”表：这是另一张任务分解表的核对表"):
        office.make_plan()
    book = load_workbook(office.kept)
    book["标识"]["B1"] = "2022"
    book.save(office.kept)
    with pytest.raises(UsageError, match="“标识”表 B1：应为2024年的核对表，实为“2022”年的"):
        office.make_plan()


def test_a_correction_that_params_make_too_is_refused(office: Office) -> None:
    """Both places are named."""
    office.fill(("指标", "50家", {"unit": "户", "reason": "甲"}))
    office.put_params(
        corrections=[{"task_id": "2024-001", "target": {"words": "企业50家"}, "field": "unit",
                      "value": "个", "reason": "乙"}]
    )  # fmt: skip
    with pytest.raises(
        UsageError,
        match=r"核对表\.xlsx“指标”表 \w+：2024-001-T03 已由“params/2024.yml corrections 第1条”更正",
    ):
        office.make_plan()


@pytest.mark.parametrize(
    ("name", "words", "values", "match"),
    [
        ("指标", "50家", {"unit": "户"}, "“指标”表 [A-Z]+6：有更正的行应填原因，实为空"),
        ("指标", "50家", {"reason": "甲"}, "填了原因或签名，却没有更正，也没有打“已核对”"),
        ("指标", "50家", {"value": "五十", "reason": "甲"}, "计划值应只填数字，.*实为“五十”"),
        ("指标", "50家", {"value": "=2+3", "reason": "甲"}, "应直接填写内容，不用公式"),
        ("指标", "50家", {"checked": "对"}, f"应为 {TICK} 之一，实为“对”"),
        ("指标", "50家", {"checked": TICK, "on": "三月"}, "应为日期，如 .*，实为“三月”"),
        ("指标", "50家", {"measure": "改", "understood": "全年累计50家", "reason": "甲"},
         "“指标”表 第6行：灰底的单元格被改动"),
        ("指标", "50家", {"comparator": "区间", "reason": "甲"}, "应有上限值，实际没有"),
        ("节点", "完工。", {"quarters": "下半年", "reason": "甲"}, "应为 .* 之一，实为“下半年”"),
        ("增补", "", {"number": 9, "source": "年度目标", "words": "甲", "reason": "甲"},
         "“增补”表 A4：表中没有任务“9”"),
        ("增补", "", {"number": 2, "source": "年度目标", "words": "甲", "reason": "甲"},
         "“增补”表 第4行：2024-002 的年度目标中没有“甲”"),
        ("增补", "", {"number": 2, "reason": "甲"}, "“增补”表 B4：应填原文所在，实为空"),
        ("增补", "", {"number": 2, "source": "季度进度安排", "words": "检测两处", "reason": "甲"},
         "增补的指标应写明指标名称、计划时点、口径、比较、方向、计划值、计量单位"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_meant_is_refused(
    office: Office, name: str, words: str, values: dict[str, Any], match: str
) -> None:
    """One sentence with sheet and cell, and nothing is applied by halves."""
    before = office.make_plan()
    office.fill((name, words, values))
    with pytest.raises(UsageError, match=match) as stopped:
        office.make_plan()
    assert str(stopped.value).startswith("核对表.xlsx“")
    assert "\n" not in str(stopped.value)
    assert read_plan(office.root, office.params) == before


@pytest.mark.parametrize(("by", "on", "what"), [("", DAY, "核对人"), ("王五", None, "日期")])
def test_an_unsigned_row_is_refused(office: Office, by: str, on: date | None, what: str) -> None:
    """Whoever checks says who and when."""
    office.fill(("任务", "修缮危桥", {"checked": TICK}), by=by, on=on)
    with pytest.raises(UsageError, match=f"应填{what}（或在“说明”表统一填写），实为空"):
        office.make_plan()


def test_a_row_that_was_copied_or_added_is_refused(office: Office) -> None:
    """A row has its name, once."""
    book = load_workbook(office.written)
    sheet = book["任务"]
    for column in range(1, sheet.max_column + 1):
        sheet.cell(6, column).value = sheet.cell(5, column).value
    book.save(office.written)
    with pytest.raises(UsageError, match="“任务”表 第6行：与第5行是同一行，请删去其中一行"):
        office.make_plan()
    sheet.delete_rows(6)
    sheet.cell(6, 1).value = "3"
    book.save(office.written)
    with pytest.raises(UsageError, match="“任务”表 第6行：该行不是核对表原有的行"):
        office.make_plan()


def test_struck_text_is_refused(office: Office) -> None:
    """A value that is crossed out may or may not hold."""
    from openpyxl.styles import Font

    office.fill(("指标", "50家", {"unit": "户", "reason": "甲"}))
    book = load_workbook(office.written)
    for cell in book["指标"][office.row(book["指标"], "50家")]:
        cell.font = Font(strike=True)
    book.save(office.written)
    with pytest.raises(UsageError, match="有删除线或上下标，不知以何为准"):
        office.make_plan()


def test_rows_may_be_sorted_and_dates_typed_as_text(office: Office) -> None:
    """A row goes by its hidden name; a date may be written in any usual way."""
    office.fill(
        ("指标", "50家", {"unit": "户", "reason": "甲", "on": "2024年3月8日"}),
    )
    book = load_workbook(office.written)
    sheet = book["指标"]
    sheet.move_range(f"A4:{sheet.cell(4, sheet.max_column).coordinate}", rows=20)
    book.save(office.written)
    (made,) = office.make_plan().corrections
    assert (made.after, made.on) == ("户", date(2024, 3, 8))


def test_tables_hold_corrections_and_checks(office: Office) -> None:
    """CSV files say who changed what, when and why."""
    office.fill(
        ("指标", "50家", {"unit": "户", "reason": "核对原件"}),
        ("任务", "修缮危桥", {"checked": TICK}),
    )
    office.make_plan()
    rows = [
        next(csv.DictReader(io.StringIO((office.out / name).read_text(encoding="utf-8"))))
        for name in ("corrections.csv", "checks.csv")
    ]
    made, check = rows
    assert (made["subject_id"], made["words"], made["before"], made["after"]) == (
        "2024-001-T03", "50家", "家", "户",
    )  # fmt: skip
    assert (made["reason"], made["by"], made["on"]) == ("核对原件", "王五", "2024-03-05")
    assert (check["subject_id"], check["by"]) == ("2024-002", "王五")
