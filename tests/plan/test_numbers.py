"""What documents call a task by: the number printed in the table, or its place."""

from pathlib import Path

import pytest

from reporting.plan.values import Plan
from reporting.project.params import TaskNumbers

from .builders import Row, led, read

ROW: Row = ("（1） 实施甲行动。", "", "一季度，开工。", "孙八", "市甲局", "市乙局")


def named(plan: Plan) -> list[tuple[str, str, str]]:
    return [(task.task_id, task.label, task.reference) for task in plan.tasks]


def rows(*goals: str) -> list[Row]:
    return [(ROW[0] if at == 0 else "", goal, *ROW[2:]) for at, goal in enumerate(goals)]


def test_printed_numbers_name_the_tasks(tmp_path: Path) -> None:
    """The place stands beside where it is another number; the id goes by the place."""
    plan = read(tmp_path, led(rows("2. 甲任务要完成。", "7. 乙任务要完成。", "3. 丙任务要完成。")))
    assert named(plan) == [
        ("2024-001", "2", "2（序1）"), ("2024-002", "7", "7（序2）"), ("2024-003", "3", "3"),
    ]  # fmt: skip


def test_task_without_a_number_goes_by_its_place(tmp_path: Path) -> None:
    """Its label cannot be taken for the printed number of another task."""
    plan = read(tmp_path, led(rows("5. 甲任务要完成。", "乙任务要完成。", "2. 丙任务要完成。")))
    assert [task.label for task in plan.tasks] == ["5", "序2", "2"]
    assert [task.reference for task in plan.tasks] == ["5（序1）", "序2", "2（序3）"]


@pytest.mark.parametrize("numbers", [("1", "2", "2"), ("1", "1", "2"), ("4", "", "4")])
def test_numbers_printed_twice_name_nothing(tmp_path: Path, numbers: tuple[str, ...]) -> None:
    """One number that two tasks share makes all go by their places, and is told."""
    goals = (
        f"{n}. {w}任务要完成。" if n else f"{w}任务要完成。"
        for n, w in zip(numbers, "甲乙丙", strict=True)
    )
    plan = read(tmp_path, led(rows(*goals)))
    assert [task.label for task in plan.tasks] == ["1", "2", "3"]
    (told,) = [f for f in plan.findings if f.code == "PLAN-NUMBER-UNUSED"]
    twice = next(n for n in numbers if n and numbers.count(n) > 1)
    assert told.message == f"印出的编号{twice}不止一次使用，通报和报送表按行序称任务号。"


def test_table_without_numbers_goes_by_places(tmp_path: Path) -> None:
    """Nothing is told: there is nothing else to call its tasks by."""
    plan = read(tmp_path, led(rows("甲任务要完成。", "乙任务要完成。")))
    assert [task.label for task in plan.tasks] == ["1", "2"]
    assert not [f for f in plan.findings if f.code.startswith("PLAN-NUMBER")]


def test_real_table_prints_each_number_once(real_plan: Plan) -> None:
    """All 188 tasks are called as the office's own table prints them."""
    labels = [task.label for task in real_plan.tasks]
    assert labels == [str(task.source_number) for task in real_plan.tasks]
    assert len(set(labels)) == 188


def test_office_may_choose_places(tmp_path: Path) -> None:
    """Then printed numbers are kept as a reference, and name nothing."""
    table = led(rows("5. 甲任务要完成。", "7. 乙任务要完成。"))
    plan = read(tmp_path, table, task_numbers=TaskNumbers.ORDER)
    assert [(task.label, task.source_number) for task in plan.tasks] == [("1", 5), ("2", 7)]
