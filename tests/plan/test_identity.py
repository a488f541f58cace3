"""A task keeps its id through a year of changes, and nothing else gets it."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan.builders import ROOT, Row, params, tabbed
from reporting.errors import InputRefused, UsageError
from reporting.language.likeness import likeness
from reporting.plan.identity import Kind, identify_tasks, registered
from reporting.plan.read import read_checked, read_plan
from reporting.plan.values import Plan, Task
from reporting.plan.write import register_tasks
from reporting.project.params import read_params
from reporting.project.register import Register, register_path

ROWS: list[Row] = [
    ("实施甲行动。", "新建口袋公园6个。", "一季度，建成1个。二季度，累计建成3个。", "张三",
     "市城管局", "/"),
    ("", "改造公厕20座。", "一季度，改造5座。二季度，累计改造12座。", "张三", "市城管局", "/"),
    ("", "加装电梯30部。", "一季度，加装8部。二季度，累计加装16部。", "李四", "市住建局", "/"),
    ("", "完成南环路改造，长3公里。", "一季度，开工。四季度，通车。", "李四", "市交通局", "/"),
    ("", "完成北环路改造，长5公里。", "一季度，开工。四季度，通车。", "李四", "市交通局", "/"),
]  # fmt: skip


def read(folder: Path, rows: Sequence[Row], decided: dict[int, str] | None = None) -> Plan:
    """Read rows as the table of a project."""
    (folder / "table.txt").write_text(tabbed(rows), encoding="utf-8")
    return read_plan(folder, params(), decided=decided)


def register(folder: Path, rows: Sequence[Row], **fields: object) -> Plan:
    """Read rows as the table of a project and keep them in its register."""
    (folder / "table.txt").write_text(tabbed(rows), encoding="utf-8")
    reading = read_checked(folder, params(**fields))
    register_tasks(folder, reading)
    return reading.plan


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a project whose register knows the five rows."""
    register(tmp_path, ROWS)
    return tmp_path


def goals(plan: Plan) -> dict[str, str]:
    """Give the goals by id."""
    return {task.task_id: task.goal for task in plan.tasks}


def under(rows: Sequence[Row]) -> list[Row]:
    """Put the heading on the first row, wherever the rows came from."""
    return [("实施甲行动。" if at == 0 else "", *row[1:]) for at, row in enumerate(rows)]


def test_first_reading_gives_ids_by_order(tmp_path: Path) -> None:
    """Without a register a row's number is its place."""
    assert list(goals(read(tmp_path, ROWS))) == [f"2024-00{n}" for n in range(1, 6)]


def test_deleted_row_moves_no_id(project: Path) -> None:
    """The four that stay keep ids and numbers; the one that is gone is named."""
    plan = read(project, under(ROWS[1:]))
    assert goals(plan)["2024-002"] == "改造公厕20座。"
    assert [task.number for task in plan.tasks] == [2, 3, 4, 5]
    (gone,) = [f for f in plan.findings if f.code == "PLAN-TASK-GONE"]
    assert (gone.task_id, gone.found) == ("2024-001", "新建口袋公园6个。")


def test_inserted_row_gets_a_new_id(project: Path) -> None:
    """A row put in the middle is the sixth task; the others stay what they were."""
    new = ("", "新增停车位900个。", "三季度，新增400个。", "张三", "市城管局", "/")
    plan = read(project, [*ROWS[:2], new, *ROWS[2:]])
    assert [t.task_id[-3:] for t in plan.tasks] == ["001", "002", "006", "003", "004", "005"]
    assert [f.task_id for f in plan.findings if f.code == "PLAN-TASK-NEW"] == ["2024-006"]


def test_swapped_rows_keep_their_ids(project: Path) -> None:
    """Order is no identity."""
    plan = read(project, under(ROWS[::-1]))
    assert [t.task_id[-3:] for t in plan.tasks] == ["005", "004", "003", "002", "001"]


def test_reworded_row_is_the_same_task(project: Path) -> None:
    """一批 made 15个, a figure lowered: the same task, and it is said."""
    rows: list[Row] = [*ROWS]
    rows[0] = ("实施甲行动。", "新建口袋公园5个。", *ROWS[0][2:])
    plan = read(project, rows)
    assert goals(plan)["2024-001"] == "新建口袋公园5个。"
    assert [f.task_id for f in plan.findings if f.code == "PLAN-TASK-REWORDED"] == ["2024-001"]


@pytest.mark.parametrize("goal", ["改造路灯20座。", "改造路灯400盏。", "建成集贸市场20座。"])
def test_row_of_another_goal_is_asked_about(project: Path, goal: str) -> None:
    """The schedule of a task that left is no proof: tasks of one kind share theirs."""
    rows = list(ROWS)
    rows[1] = (rows[1][0], goal, *rows[1][2:])
    with pytest.raises(InputRefused, match="1行与登记的任务相近，不能确认是否同一任务"):
        read(project, rows)


def test_number_of_a_task_that_left_is_not_given_again(project: Path) -> None:
    """After the last row went and another came, the new one is the sixth."""
    register(project, ROWS[:4])
    new = ("", "新增停车位900个。", "三季度，新增400个。", "张三", "市城管局", "/")
    plan = read(project, [*ROWS[:4], new])
    assert plan.tasks[-1].task_id == "2024-006"


def test_task_that_comes_back_is_itself(project: Path) -> None:
    """A row that left and returns has its old id."""
    register(project, ROWS[:4])
    assert read(project, ROWS).tasks[-1].task_id == "2024-005"


def test_two_of_a_kind_are_asked_about(project: Path) -> None:
    """One of two roads is rewritten and the other is gone: which it is cannot be known."""
    mixed = ("", "完成环路改造，长4公里。", "一季度，开工。四季度，通车。", "李四", "市交通局", "/")
    with pytest.raises(InputRefused, match="1行与登记的任务相近，不能确认是否同一任务") as refused:
        read(project, [*ROWS[:3], mixed])
    (doubt,) = refused.value.findings
    assert doubt.code == "PLAN-TASK-DOUBTFUL"
    assert "2024-004“完成南环路改造" in doubt.expected
    assert "2024-005“完成北环路改造" in doubt.expected
    line = doubt.line
    assert line is not None
    plan = read(project, [*ROWS[:3], mixed], {line: "2024-005"})
    assert goals(plan)["2024-005"] == "完成环路改造，长4公里。"
    assert read(project, [*ROWS[:3], mixed], {line: ""}).tasks[-1].task_id == "2024-006"


@pytest.mark.parametrize(
    ("decided", "said"),
    [
        ({99: "2024-001"}, "第99行不是"),
        ({2: "2024-077"}, "没有“2024-077”"),
        ({2: "2024-001", 3: "2024-001"}, "有两行指定了同一编号"),
    ],
)
def test_decision_that_fits_nothing_is_refused(
    decided: dict[int, str], said: str, project: Path
) -> None:
    """A line, a task, a task twice: one sentence each."""
    with pytest.raises(UsageError, match=said):
        read(project, ROWS, decided)


def test_register_of_another_table_is_refused(project: Path) -> None:
    """No row is known: no id is given, unless somebody says that the table is a new one."""
    others: list[Row] = [
        ("实施乙行动。", "举办招商推介会12场。", "二季度，举办6场。", "王五", "市商务局", "/"),
        ("", "培育专精特新企业80家。", "四季度，新增80家。", "王五", "市工信局", "/"),
    ]
    with pytest.raises(
        InputRefused, match=r"tasks\.csv）中的5项任务在任务表 table\.txt 里一项也没有"
    ):
        read(project, others)
    line = read(project, [ROWS[0]]).tasks[0].line
    assert line is not None
    assert list(goals(read(project, others, {line: ""}))) == ["2024-006", "2024-007"]


def test_two_registered_tasks_of_one_row_are_asked_about(tmp_path: Path) -> None:
    """Two tasks said the same; one row is left, and which of them it is cannot be known."""
    twice = [ROWS[0], ("", *ROWS[0][1:]), ROWS[1]]
    register(tmp_path, twice)
    with pytest.raises(InputRefused, match="任务表有1行与登记的任务相近") as refused:
        read(tmp_path, [ROWS[0], ROWS[1]])
    (doubt,) = refused.value.findings
    assert ("2024-001“" in doubt.expected, "2024-002“" in doubt.expected) == (True, True)


def test_rows_that_say_the_same_are_matched_in_order(tmp_path: Path) -> None:
    """Two rows of one text are two tasks, and stay so."""
    twice = [ROWS[0], ("", *ROWS[0][1:])]
    register(tmp_path, twice)
    assert list(goals(read(tmp_path, twice))) == ["2024-001", "2024-002"]


def test_real_table_is_matched_whole() -> None:
    """Every row of the real table is itself, in whatever order."""
    tasks, register = _real()
    found = identify_tasks(tasks[::-1], register, 2023)
    assert list(found.ids) == [task.task_id for task in tasks[::-1]]
    assert {match.kind for match in found.matches} == {Kind.SAME}


_EDITS = st.lists(
    st.tuples(st.sampled_from(["delete", "insert", "swap", "reword", "renumber"]),
              st.integers(0, 187), st.integers(0, 187)),
    min_size=1, max_size=8,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(edits=_EDITS)
def test_no_edit_leads_an_id_to_another_task(edits: list[tuple[str, int, int]]) -> None:
    """However a table is edited, an id stays with the words it was given for, or with none."""
    tasks, register = _real()
    rows = _edited(tasks, edits)
    found = identify_tasks(rows, register, 2023)
    known = {one.task_id: one for one in register}
    origin = {one.line: one.task_id for one in tasks}
    for row, task_id in zip(rows, found.ids, strict=True):
        if task_id in known:
            alike = likeness(row.goal, known[task_id].goal)
            assert task_id == origin.get(row.line) or alike > 0.9, (row.goal, known[task_id].goal)


@cache
def _real() -> tuple[tuple[Task, ...], Register]:
    tasks = read_plan(ROOT, read_params(ROOT, 2023)).tasks
    return tasks, registered(tasks, None)


def _edited(tasks: tuple[Task, ...], edits: list[tuple[str, int, int]]) -> list[Task]:
    """Edit rows; each keeps the line it came from, a new one has none of the table's."""
    rows = list(tasks)
    for kind, one, other in edits:
        at, to = one % len(rows), other % len(rows)
        if kind == "delete":
            del rows[at]
        elif kind == "insert":
            new = {
                "goal": f"新建第{one}号示范点{other + 2}处，完善管护机制。",
                "schedule": f"二季度，建成{other + 1}处。四季度，全部建成。",
                "line": 10_000 + one * 200 + other,
            }
            rows.insert(at, rows[to].model_copy(update=new))
        elif kind == "swap":
            rows[at], rows[to] = rows[to], rows[at]
        elif kind == "reword":
            goal = rows[at].goal.replace("1", "2").replace("推动", "加快推动")
            rows[at] = rows[at].model_copy(update={"goal": goal})
        else:
            rows = [row.model_copy(update={"source_number": n}) for n, row in enumerate(rows, 1)]
    return [row.model_copy(update={"task_id": f"x-{n:03}"}) for n, row in enumerate(rows, 1)]


def test_corrected_goal_is_registered_as_the_table_has_it(project: Path) -> None:
    """A reading that is corrected rewords nothing: the task is the same, the next time too."""
    goal = {"task_id": "2024-002", "field": "goal", "value": "改造公厕25座。", "reason": "原件"}
    before = register_path(project, 2024).read_bytes()
    for _ in range(2):
        plan = register(project, ROWS, corrections=[goal])
        assert goals(plan)["2024-002"] == "改造公厕25座。"
        assert [f.code for f in plan.findings if f.code.startswith("PLAN-TASK-")] == []
        assert [(c.task_id, c.before, c.after) for c in plan.corrections] == [
            ("2024-002", "改造公厕20座。", "改造公厕25座。")
        ]
        assert register_path(project, 2024).read_bytes() == before
