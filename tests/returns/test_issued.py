"""A table that changes while sheets are out: answers reach their question, or none."""

from decimal import Decimal
from pathlib import Path

import pytest

from reporting.assess.assess import assess
from reporting.findings import Severity
from reporting.grades import Grade
from reporting.language.comparators import Comparator
from reporting.periods import Period
from reporting.plan.values import Basis, Plan, Target
from reporting.returns.issued import issued_path, keep_all_issued, read_issued
from reporting.returns.layout import asked
from reporting.returns.reading.read import read_returns
from reporting.returns.values import Returns
from returns.toy import OTHER, PARAMS, PLAN, UNIT, Sheet, filled


def returned(
    folder: Path, plan: Plan, *, issued: bool = True, sheet: Sheet | None = None
) -> Returns:
    """Send sheets out by the toy plan, change the plan, and read what comes back."""
    if issued:
        keep_all_issued(folder, PLAN, 3)
    target = folder / "status" / "Q3"
    target.mkdir(parents=True, exist_ok=True)
    (target / "甲.xlsx").write_bytes((sheet or filled(UNIT, 3)).save())
    (target / "乙.xlsx").write_bytes(filled(OTHER, 3).save())
    return read_returns(folder, PARAMS, plan, 3)


def codes(returns: Returns, unit: str = UNIT) -> dict[str, list[str]]:
    """Give the tasks of the findings of a unit's return by code, the edition's note aside."""
    found: dict[str, list[str]] = {}
    for item in returns.returns:
        for one in item.findings:
            if item.unit == unit and one.code != "RET-EDITION":
                found.setdefault(one.code, []).append(one.task_id)
    return found


def without(task_id: str) -> Plan:
    """Take a task out of the plan."""
    return PLAN.restricted(frozenset(t.task_id for t in PLAN.tasks) - {task_id})


def reworded(task_id: str, **fields: str) -> Plan:
    """Change words of a task, and of the milestones that hold them."""
    task = PLAN.task(task_id).model_copy(update=fields)
    return PLAN.model_copy(
        update={"tasks": tuple(task if t.task_id == task_id else t for t in PLAN.tasks)}
    )


def test_answer_of_a_task_that_is_gone_is_noted_and_the_others_stay(tmp_path: Path) -> None:
    """The unit did nothing wrong: a note, no error, and no other task gets the answer."""
    returns = returned(tmp_path, without("2023-002"))
    assert codes(returns) == {"RET-TASK-DROPPED": ["2023-002"]}
    (item,) = [item for item in returns.returns if item.unit == UNIT]
    assert [row.task_id for row in item.rows] == ["2023-001", "2023-003", "2023-003"]
    assert not any(f.severity is Severity.ERROR for f in item.findings)
    (dropped,) = [f for f in item.findings if f.code == "RET-TASK-DROPPED"]
    assert "2023-002-01已转入总结" in dropped.found


def test_reworded_goal_keeps_the_answer(tmp_path: Path) -> None:
    """The plan's words are those that were asked, so is the answer; nobody altered anything."""
    returns = returned(tmp_path, reworded("2023-002", goal="数字化覆盖率达到八成五以上。"))
    assert codes(returns) == {}
    assert [row.task_id for row in returns.rows if row.unit == UNIT].count("2023-002") == 1


def test_lowered_target_keeps_the_figure(tmp_path: Path) -> None:
    """800 became 700: the figure that was given counts the same thing."""
    lowered = tuple(
        t.model_copy(update={"value": Decimal(700)}) if t.target_id == "2023-001-T03" else t
        for t in PLAN.targets
    )
    returns = returned(tmp_path, PLAN.model_copy(update={"targets": lowered}))
    assert codes(returns) == {}
    (figure,) = [a for r in returns.rows for a in r.actuals if a.target_id == "2023-001-T03"]
    assert figure.value == 820


def renamed(target_id: str, measure: str) -> Plan:
    """Name a figure otherwise, as a later program may."""
    targets = tuple(
        t.model_copy(update={"measure": measure}) if t.target_id == target_id else t
        for t in PLAN.targets
    )
    return PLAN.model_copy(update={"targets": targets})


def test_target_of_another_name_keeps_the_figure(tmp_path: Path) -> None:
    """The table's words are the same, so the figure is, whatever the program calls it."""
    returns = returned(tmp_path, renamed("2023-001-T03", "别的叫法"))
    assert codes(returns) == {}
    (figure,) = [a for r in returns.rows for a in r.actuals if a.target_id == "2023-001-T03"]
    assert figure.value == 820


def test_new_target_waits_to_be_asked(tmp_path: Path) -> None:
    """The office put a figure in after sending: it waits, and the unit is on time."""
    target = Target(
        target_id="2023-003-T01", task_id="2023-003", milestone_id="2023-003-01", quarter=3,
        measure="展会", comparator=Comparator.AT_LEAST, value=Decimal(3), unit="场",
        basis=Basis.CUMULATIVE, start=4, end=6, source="schedule",
    )  # fmt: skip
    plan = PLAN.model_copy(update={"targets": (*PLAN.targets, target)})
    returns = returned(tmp_path, plan)
    assert codes(returns) == {"RET-TARGET-CHANGED": ["2023-003"]}
    city = assess(plan, [returns], PARAMS, Period(year=2023, quarter=3))
    rating = city.rating("2023-003", unit=UNIT)
    assert rating is not None
    assert rating.grade == Grade.UNDECIDED
    assert "任务表调整，待补报" in rating.reason
    assert all(str(s.state) == "按时报送" for s in city.return_status)


def test_milestone_of_other_words_takes_no_answer(tmp_path: Path) -> None:
    """Goal and plan both became something else: the id alone leads nothing."""
    plan = reworded("2023-002", goal="建成数据中心1座。", schedule="一季度，完成选址。")
    milestones = tuple(
        m.model_copy(update={"text": "完成数据中心选址，开工建设。"})
        if m.task_id == "2023-002"
        else m
        for m in plan.milestones
    )
    returns = returned(tmp_path, plan.model_copy(update={"milestones": milestones}))
    assert codes(returns) == {
        "RET-TASK-DROPPED": ["2023-002"], "RET-TASK-CHANGED": ["2023-002"],
    }  # fmt: skip


@pytest.mark.parametrize("issued", [True, False])
def test_row_of_other_words_is_not_read(issued: bool, tmp_path: Path) -> None:
    """A row whose goal and plan are another's, whatever its id says: an error, and no answer."""
    sheet = filled(UNIT, 3)
    sheet.put("2023-002-01", "goal", "改造公厕20座。")
    sheet.put("2023-002-01", "text", "三季度，改造公厕15座。")
    returns = returned(tmp_path, PLAN, issued=issued, sheet=sheet)
    assert codes(returns)["RET-ROW-OTHER"] == ["2023-002"]
    assert "RET-ROW-MISSING" not in codes(returns)
    assert not any(row.task_id == "2023-002" for row in returns.rows)


def test_row_that_goes_by_its_text_must_show_its_task_too(tmp_path: Path) -> None:
    """Number and plan are the question's, the hidden id and the goal are not: tasks share plans."""
    sheet = filled(UNIT, 3)
    sheet.put("2023-003-01", "goal", "改造公厕20座。")
    sheet.put("2023-003-01", "row_id", "2023-009-01")
    returns = returned(tmp_path, PLAN, issued=False, sheet=sheet)
    assert "2023-003" in codes(returns)["RET-ROW-OTHER"]
    assert "2023-003-01" not in {row.milestone_id for row in returns.rows if row.unit == UNIT}


def test_name_that_an_older_program_printed_is_no_altered_text(tmp_path: Path) -> None:
    """A sheet that says 碧道建设完成 of what is 碧道建设 now was not touched by its unit."""
    measure = next(t.measure for t in PLAN.targets if t.target_id == "2023-001-T03")
    sheet = filled(UNIT, 3)
    sheet.put("2023-001-T03", "measure", f"{measure}完成")
    returns = returned(tmp_path, PLAN, issued=False, sheet=sheet)
    assert "RET-PLAN-ALTERED" not in codes(returns)


def test_slip_in_a_locked_text_is_no_other_task(tmp_path: Path) -> None:
    """A unit that retypes a word still answers the question."""
    sheet = filled(UNIT, 3)
    sheet.put("2023-002-01", "goal", "数字化覆盖率达90%。")
    sheet.put("2023-002-01", "text", "全年持续推进平台建设，做好服务保障工作。")
    returns = returned(tmp_path, PLAN, sheet=sheet)
    assert "RET-ROW-OTHER" not in codes(returns)
    assert codes(returns)["RET-PLAN-ALTERED"] == ["2023-002", "2023-002"]


def test_issued_questions_are_read_back_by_their_digest(tmp_path: Path) -> None:
    """A damaged or altered file is as good as none; a name that is no digest opens nothing."""
    keep_all_issued(tmp_path, PLAN, 3)
    questions = asked(PLAN, UNIT, 3)
    assert read_issued(tmp_path, 2023, questions.edition) == questions
    path = issued_path(tmp_path, 2023, questions.edition)
    path.write_text(path.read_text(encoding="utf-8").replace("800", "900"), encoding="utf-8")
    assert read_issued(tmp_path, 2023, questions.edition) is None
    path.write_text("{", encoding="utf-8")
    assert read_issued(tmp_path, 2023, questions.edition) is None
    assert read_issued(tmp_path, 2023, "../../x") is None
