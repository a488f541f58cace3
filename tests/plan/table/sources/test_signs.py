"""Signs that cannot be seen or told apart."""

from pathlib import Path

from ...builders import read, tabbed
from ..made import NUMBERED, TASKS


def test_signs_that_cannot_be_seen_or_told_apart(tmp_path: Path) -> None:
    """Names do not differ by unseen signs, nor by radicals copied from a PDF."""
    rows = [
        TASKS[0],
        ("2", "修\u00ad路一条。", "\u2f06季度，开⼯。", "张三\u200b", "\ufeff市甲局", "市⼄局"),
    ]
    plan = read(tmp_path, tabbed(rows, NUMBERED))
    task = plan.tasks[1]
    assert (task.goal, task.schedule) == ("修路一条。", "二季度，开工。")
    assert (task.leaders, task.lead_units) == (("张三",), ("市甲局",))
    assert {unit.name for unit in plan.units} == {"市甲局", "市乙局"}
    told = [f.found for f in plan.findings if f.code == "PLAN-LOOKALIKE"]
    assert told == ["⼆（U+2F06）读作二、⼯（U+2F2F）读作工、⼄（U+2F04）读作乙"]
