"""Changes that fit the plan and each other, and those that do not: each is one sentence."""

from pathlib import Path
from typing import Any

import pytest
from returns.toy import OTHER, PLAN, UNIT

from plan.builders import Row, params, tabbed
from plan.test_changes import EDITED, NEW, RENAME, TWICE, change
from reporting.errors import UsageError
from reporting.plan.changes import plan_at
from reporting.plan.fit.changes import expect_changes_fit
from reporting.plan.read import read_checked, read_plan
from reporting.plan.values import Plan
from reporting.plan.write import register_tasks
from reporting.project.changes import PlanChange

MERGE = change("merge", units=[UNIT, OTHER], to=NEW)
LOWER = change("target", 3, task="2023-001", target="数字化转型", was=800, value=700)


def later(kind: str, since: int, **more: Any) -> PlanChange:
    """Make a change that the file has on its line 50."""
    return change(kind, since, **more).model_copy(update={"line": 50})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([change("cancel", task="2023-002"),
          later("move", 2, task="2023-044", unit=UNIT, to=OTHER)],
         "params/2023.yml 第50行的 changes 第2项（牵头单位调整）："
         "应为任务表中的任务，没有“2023-044”。"),
        ([change("rename", unit="市无局", to=NEW)],
         "的 changes 第1项（单位更名）：应为任务表中的单位，没有“市无局”。"),
        ([change("merge", units=[UNIT, "市无局"], to=NEW)], "应为任务表中的单位，没有“市无局”。"),
        ([change("rename", unit=UNIT, to=OTHER)],
         f"“{UNIT}”和“{OTHER}”在任务表中是两个单位，不是更名；合并的应写 merge"),
        ([change("move", task="2023-001", unit=OTHER, to=NEW)],
         f"到第二季度时任务2023-001的牵头单位是{UNIT}，不是“{OTHER}”。"),
        ([change("part", unit=OTHER, parts={NEW: ["2023-001"]})],
         f"到第二季度时任务2023-001没有列“{OTHER}”，不能由它划出。"),
        ([change("leader", leader="丙", to="丁")], "应为任务表中的责任领导，没有“丙”。"),
        ([change("leader", leader="丙", to="甲", tasks=["2023-044"])],
         "应为任务表中的任务，没有“2023-044”。"),
        ([change("target", task="2023-001", target="税收", was=1, value=2)],
         "任务2023-001的指标“税收”应有且只有一个，实际没有。"),
        ([change("target", task="2023-001", target="2023-001-T03", was=1, value=2)],
         "任务2023-001的指标应为调整前后的数值之一，任务表实为800。"),
        ([change("postpone", 3, task="2023-002", was=2, quarter=3, milestone="2023-001-01")],
         "应为任务2023-002的节点，没有“2023-001-01”。"),
        ([change("postpone", 2, task="2023-001", was=1, quarter=2, milestone="2023-001-09")],
         "应为任务2023-001的节点，没有“2023-001-09”。"),
        ([change("postpone", 3, task="2023-001", was=2, quarter=4, milestone="2023-001-02")],
         "任务2023-001没有第二季度到期、可以延期的节点。"),
    ],
)  # fmt: skip
def test_change_that_names_nothing_is_refused(changes: list[PlanChange], said: str) -> None:
    """One sentence that names the entry and what there is none of."""
    with pytest.raises(UsageError) as refused:
        expect_changes_fit(PLAN, changes)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([RENAME, change("rename", unit=UNIT, to="市创新局")],
         "第1项和第2项对同一对象在同一季度有不同的单位更名：“市科技局更名为市科学技术委”和"
         "“市科技局更名为市创新局”，应只留一项。"),
        ([LOWER, later("target", 3, task="2023-001", target="数字化转型", was=800, value=650)],
         "第1项和第2项（第50行）对同一对象在同一季度有不同的指标调整"),
        ([later("rename", 3, unit=UNIT, to="市创新局"), RENAME],
         "第1项（第50行）和第2项互相矛盾：到第三季度时已没有单位“市科技局”。"),
        ([RENAME, later("move", 3, task="2023-001", unit=UNIT, to=OTHER)],
         "第1项和第2项（第50行）互相矛盾：到第三季度时任务2023-001的牵头单位是市科学技术委，"
         "不是“市科技局”。"),
        ([MERGE, later("move", 3, task="2023-001", unit=UNIT, to=OTHER)],
         "第1项和第2项（第50行）互相矛盾：到第三季度时任务2023-001的牵头单位是市科学技术委"),
        ([change("move", 2, task="2023-001", unit=UNIT, to=OTHER),
          later("move", 3, task="2023-001", unit=UNIT, to=NEW)],
         "互相矛盾：到第三季度时任务2023-001的牵头单位是市商务局，不是“市科技局”。"),
        ([LOWER, later("target", 4, task="2023-001", target="数字化转型", was=800, value=650)],
         "第1项和第2项（第50行）互相矛盾：到第四季度时任务2023-001的“数字化转型”是700，不是800。"),
        ([change("cancel", task="2023-001"),
          later("move", 3, task="2023-001", unit=UNIT, to=OTHER)],
         "互相矛盾：任务2023-001自第二季度起已取消，不能再有牵头单位调整。"),
        ([later("move", 2, task="2023-001", unit=UNIT, to=OTHER),
          change("add", 3, task="2023-001")],
         "互相矛盾：任务2023-001后来才新增，不能先有牵头单位调整。"),
        ([change("leader", 2, leader="甲", to="乙"), later("leader", 3, leader="甲", to="丙")],
         "互相矛盾：自第二季度起已由乙接替甲。"),
    ],
)  # fmt: skip
def test_changes_that_contradict_each_other_are_refused(
    changes: list[PlanChange], said: str
) -> None:
    """One sentence that names both entries, whatever their order in the file."""
    with pytest.raises(UsageError) as refused:
        expect_changes_fit(PLAN, changes)
    assert said in str(refused.value)
    assert "params/2023.yml 的 changes 第1项" in str(refused.value)


@pytest.mark.parametrize(
    "changes",
    [
        [RENAME, change("move", 3, task="2023-001", unit=NEW, to=OTHER)],
        [RENAME, change("rename", 3, unit=NEW, to="市创新局")],
        [MERGE, change("move", 3, task="2023-003", unit=NEW, to="市数据局")],
        [change("part", 2, unit=UNIT, parts={NEW: ["2023-002"]}),
         change("move", 3, task="2023-002", unit=NEW, to=OTHER)],
        [change("leader", 2, leader="甲", to="乙"), change("leader", 3, leader="乙", to="丙")],
        [change("leader", 2, leader="甲", to="乙", tasks=["2023-001"]),
         change("leader", 3, leader="甲", to="丙", tasks=["2023-002"])],
        [change("postpone", 2, task="2023-001", was=2, quarter=3, milestone="2023-001-01"),
         change("postpone", 3, task="2023-001", was=3, quarter=4, milestone="2023-001-01")],
        [change("add", 2, task="2023-003"), change("cancel", 4, task="2023-003")],
        TWICE,
    ],
)  # fmt: skip
@pytest.mark.parametrize("shown", [0, 2, 3])
def test_changes_that_follow_each_other_fit(changes: list[PlanChange], shown: int) -> None:
    """Whatever of them the table shows already."""
    kept = [c for c in changes if c.kind not in ("add", "cancel")]
    expect_changes_fit(plan_at(PLAN, kept, shown) if shown else PLAN, changes)


def test_edited_table_fits_the_change_that_edited_it() -> None:
    """The old names are nowhere in it."""
    expect_changes_fit(EDITED, [RENAME])
    expect_changes_fit(plan_at(PLAN, [MERGE], 2), [MERGE])
    into = change("merge", units=[UNIT, OTHER], to=UNIT)
    expect_changes_fit(plan_at(PLAN, [into], 2), [into])


ROWS: list[Row] = [
    ("实施甲行动。", "新建口袋公园6个。", "一季度，建成1个。二季度，累计建成3个。", "张三",
     "市城管局", "/"),
    ("", "改造公厕20座。", "一季度，改造5座。二季度，累计改造12座。", "张三", "市城管局", "/"),
]  # fmt: skip


def read(folder: Path, rows: list[Row], *changes: PlanChange) -> Plan:
    """Read a table by parameters with changes."""
    (folder / "table.txt").write_text(tabbed(rows), encoding="utf-8")
    return read_plan(folder, params(changes=changes))


def test_cancelled_task_may_have_left_the_table_but_was_once_there(tmp_path: Path) -> None:
    """The register knows it; an id that nobody ever had is refused."""
    read(tmp_path, ROWS)
    register_tasks(tmp_path, read_checked(tmp_path, params()))
    read(tmp_path, ROWS[:1], change("cancel", task="2024-002"))
    with pytest.raises(UsageError, match="第1项（取消任务）：应为任务表中的任务，没有“2024-009”。"):
        read(tmp_path, ROWS[:1], change("cancel", task="2024-009"))


def test_task_that_was_changed_before_it_was_cancelled_may_have_left_the_table() -> None:
    """Its figure was lowered, it was moved, then it went; the quarters before are as they were."""
    changes = [
        change("target", 2, task="2023-001", target="数字化转型", was=800, value=700),
        change("move", 2, task="2023-001", unit=UNIT, to=OTHER),
        change("postpone", 2, task="2023-001", was=2, quarter=3),
        change("cancel", 3, task="2023-001"),
    ]
    gone = PLAN.restricted(frozenset({"2023-002", "2023-003"}))
    expect_changes_fit(gone, changes)
    assert [task.task_id for task in plan_at(gone, changes, 3).tasks] == ["2023-002", "2023-003"]
    with pytest.raises(UsageError, match="没有“2023-001”"):
        expect_changes_fit(gone, changes[:3])


def test_another_table_is_read_without_the_changes_of_this_one(tmp_path: Path) -> None:
    """What is looked at by way of trial need not hold the tasks that are changed."""
    (tmp_path / "table.txt").write_text(tabbed(ROWS), encoding="utf-8")
    (tmp_path / "other.txt").write_text(tabbed(ROWS[:1]), encoding="utf-8")
    add = params(changes=[change("add", task="2024-002")])
    assert len(read_plan(tmp_path, add, table=tmp_path / "other.txt").tasks) == 1
