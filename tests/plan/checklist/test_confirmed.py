"""A figure that nothing decides is rated once somebody held it against the table."""

from pathlib import Path

from openpyxl import load_workbook

from plan.builders import led, read
from reporting.language.comparators import Certainty
from reporting.plan.values import Plan, Target

from .filling import Office, column_of

ROWS = [
    ("（1）实施甲行动。", "1. 发布网格故事。",
     "一季度，发布5篇。二季度，发布10篇。三季度，发布18篇。四季度，发布30篇。", "张三",
     "市商务局", "/"),
]  # fmt: skip


def asked(plan: Plan) -> list[Target]:
    """Give the targets that are still asked about."""
    return [target for target in plan.targets if target.certainty is Certainty.UNCERTAIN]


def codes(plan: Plan) -> int:
    """Count the questions."""
    return sum(f.code == "PLAN-TARGET-UNCERTAIN" for f in plan.findings)


def test_correction_answers_the_question(tmp_path: Path) -> None:
    """A basis that is given settles that figure, and no other."""
    entry = {
        "task_id": "2024-001", "target": {"source": "schedule", "words": "10篇"},
        "field": "basis", "value": "累计", "reason": "问过市商务局",
    }  # fmt: skip
    before = read(tmp_path, led(ROWS))
    plan = read(tmp_path, led(ROWS), corrections=[entry])
    assert [len(asked(one)) for one in (before, plan)] == [3, 2]
    assert [codes(one) for one in (before, plan)] == [3, 2]
    (target,) = [t for t in plan.targets if t.value == 10]
    assert target.understood == "第二季度末累计达到10篇，越多越好"
    assert (target.certainty, target.rule) == (Certainty.STATED, "corrected")


def test_question_stands_beside_the_figure_it_is_about(tmp_path: Path) -> None:
    """The doubtful figures come first, each with what is not known of it."""
    office = Office(tmp_path)
    office.put_table(ROWS)
    office.make_plan()
    sheet = load_workbook(office.written)["指标"]
    shown = [
        (sheet.cell(row, column_of("指标", "words")).value,
         sheet.cell(row, column_of("指标", "doubt")).value)
        for row in range(4, 8)
    ]  # fmt: skip
    why = "提醒：读法待核对（是当季数还是累计数，原文没有写明）"
    assert shown == [("10篇", why), ("18篇", why), ("30篇", why), ("5篇", "按规则推断")]


def test_tick_answers_the_question(tmp_path: Path) -> None:
    """已核对 says that the figure is read as it should be: it is asked about no more."""
    office = Office(tmp_path)
    office.put_table(ROWS)
    office.make_plan()
    office.fill(("指标", "18篇", {"checked": "✓"}))
    plan = office.make_plan()
    assert [str(target.value) for target in asked(plan)] == ["10", "30"]
    assert codes(plan) == 2
