"""The plan as it stood in a quarter, whether the table was edited already or not."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError
from returns.toy import OTHER, PLAN, UNIT

from reporting.plan.changes import plan_at, unit_at, with_cancelled
from reporting.plan.values import Plan
from reporting.project.changes import PlanChange

NEW = "市科学技术委"


def change(kind: str, since: object = 2, **more: Any) -> PlanChange:
    """Make a change as the parameter file has it."""
    words = {"decision": "府办〔2023〕8号", "reason": "机构改革"}
    return PlanChange.model_validate({"kind": kind, "from": since, **words, **more})


def leads(plan: Plan) -> list[tuple[str, ...]]:
    """Give the lead units of the tasks in order."""
    return [task.lead_units for task in plan.tasks]


RENAME = change("rename", unit=UNIT, to=NEW)
EDITED = plan_at(PLAN, [RENAME], 4)
"""The table as the office edits it after the rename."""


@pytest.mark.parametrize("table", [PLAN, EDITED], ids=["unedited", "edited"])
def test_renamed_unit_has_its_old_name_before(table: Plan) -> None:
    """From its quarter on the new name, before it the old one, whatever the table says."""
    assert leads(plan_at(table, [RENAME], 1)) == [(UNIT,), (UNIT,), (UNIT, OTHER)]
    now = plan_at(table, [RENAME], 2)
    assert leads(now) == [(NEW,), (NEW,), (NEW, OTHER)]
    (unit,) = [unit for unit in now.units if unit.name == NEW]
    assert UNIT in unit.aliases
    assert unit.leads == 3


def test_merged_units_answer_as_one() -> None:
    """Two lead units of one task become one, named once."""
    merge = change("merge", units=[UNIT, OTHER], to=NEW)
    assert leads(plan_at(PLAN, [merge], 1)) == leads(PLAN)
    assert leads(plan_at(PLAN, [merge], 2)) == [(NEW,), (NEW,), (NEW,)]


def test_parted_unit_leaves_each_its_tasks() -> None:
    """What is not handed over stays where it was."""
    part = change("part", 3, unit=UNIT, parts={NEW: ["2023-002"]})
    assert leads(plan_at(PLAN, [part], 2)) == leads(PLAN)
    assert leads(plan_at(PLAN, [part], 3)) == [(UNIT,), (NEW,), (UNIT, OTHER)]


def test_moved_task_has_its_new_unit_from_then_on() -> None:
    """Only that task moves."""
    move = change("move", "2023-08-15", task="2023-001", unit=UNIT, to=OTHER)
    assert leads(plan_at(PLAN, [move], 2))[0] == (UNIT,)
    assert leads(plan_at(PLAN, [move], 3)) == [(OTHER,), (UNIT,), (UNIT, OTHER)]


def test_replaced_leader_stays_in_earlier_quarters() -> None:
    """Q1 and Q2 keep the predecessor."""
    new = change("leader", 3, leader="甲", to="乙")
    assert plan_at(PLAN, [new], 2).leaders == ("甲",)
    assert plan_at(PLAN, [new], 3).leaders == ("乙",)
    edited = plan_at(PLAN, [new], 3)
    assert plan_at(edited, [new], 2).leaders == ("甲",)


def test_cancelled_task_is_gone_from_then_on() -> None:
    """And an added one was not there before."""
    cancel, add = change("cancel", task="2023-002"), change("add", 3, task="2023-003")
    ids = {q: [t.task_id for t in plan_at(PLAN, [cancel, add], q).tasks] for q in (1, 2, 3)}
    assert ids == {
        1: ["2023-001", "2023-002"], 2: ["2023-001"], 3: ["2023-001", "2023-003"],
    }  # fmt: skip


def test_lowered_target_was_higher_before() -> None:
    """The step and the figures equal to it change together; other figures do not."""
    lower = change("target", 3, task="2023-001", target="数字化转型", was=800, value=700)
    values = {q: [t.value for t in plan_at(PLAN, [lower], q).targets_of("2023-001")]
              for q in (2, 3)}  # fmt: skip
    assert values[2] == [1000, 500, 800, Decimal("11.3")]
    assert values[3] == [1000, 500, 700, Decimal("11.3")]
    edited = plan_at(PLAN, [lower], 3)
    assert plan_at(edited, [lower], 2).targets == PLAN.targets


def test_a_figure_may_be_named_with_the_verb_that_led_to_it() -> None:
    """A change that was entered by an older program's name still finds its figure."""
    named, bare = (
        change("target", 3, task="2023-001", target=words, was=800, value=700)
        for words in ("数字化转型完成", "数字化转型")
    )
    assert plan_at(PLAN, [named], 3) != PLAN
    values = [[t.value for t in plan_at(PLAN, [c], 3).targets] for c in (named, bare)]
    assert values[0] == values[1]


def test_how_a_changed_figure_is_judged_is_said_of_the_new_one() -> None:
    """What a unit reads before it answers is what it is rated by, and who decided it."""
    lower = change("target", 3, task="2023-001", target="数字化转型", was=800, value=700)
    later = change("postpone", 3, task="2023-001", was=3, quarter=4, milestone="2023-001-02")
    said = {
        kind: plan_at(PLAN, entries, 3).targets_of("2023-001")[2].understood
        for kind, entries in (("lower", [lower]), ("later", [later]), ("both", [lower, later]))
    }
    assert said["lower"] == (
        "第三季度末累计不少于700家，越多越好（依据府办〔2023〕8号，数字化转型由800调整为700）"
    )
    assert said["later"] == (
        "第四季度末累计不少于800家，越多越好（依据府办〔2023〕8号，完成时限由第3季度延至第4季度）"
    )
    assert said["both"].startswith("第四季度末累计不少于700家，越多越好（")
    edited = plan_at(PLAN, [lower], 3)
    assert plan_at(edited, [lower], 3) == edited
    assert plan_at(edited, [lower], 2).targets == PLAN.targets


def test_two_figures_of_one_measure_may_change_together() -> None:
    """The step and the year's: no contradiction; the same figure twice is one."""
    step = change("target", 3, task="2023-001", target="数字化转型", was=800, value=700)
    year = change("target", 3, task="2023-001", target="数字化转型", was=1000, value=900)
    values = [t.value for t in plan_at(PLAN, [step, year], 3).targets_of("2023-001")]
    assert values == [900, 500, 700, Decimal("11.3")]


TWICE = [
    change("target", 3, task="2023-001", target="数字化转型", was=700, value=600),
    change("target", 2, task="2023-001", target="数字化转型", was=800, value=700),
]


@pytest.mark.parametrize("shown", [1, 2, 3])
def test_figure_lowered_twice_is_followed_in_order(shown: int) -> None:
    """800, from the second quarter 700, from the third 600; whichever of them the table shows."""
    table = plan_at(PLAN, TWICE, shown)
    values = [plan_at(table, TWICE, q).targets_of("2023-001")[2].value for q in (1, 2, 3, 4)]
    assert values == [800, 700, 600, 600]


@pytest.mark.parametrize("shown", [1, 2, 3])
def test_unit_renamed_twice_is_followed_in_order(shown: int) -> None:
    """One name in the first quarter, another in the second, a third from then on."""
    twice = [change("rename", 3, unit=NEW, to="市创新局"), RENAME]
    table = plan_at(PLAN, twice, shown)
    names = [plan_at(table, twice, q).tasks[0].lead_units for q in (1, 2, 3)]
    assert names == [(UNIT,), (NEW,), ("市创新局",)]


def test_task_left_to_the_other_of_two_units_was_led_by_both() -> None:
    """The table that names both is as it was before."""
    move = change("move", 3, task="2023-003", unit=UNIT, to=OTHER)
    assert leads(plan_at(PLAN, [move], 2))[2] == (UNIT, OTHER)
    assert leads(plan_at(PLAN, [move], 3))[2] == (OTHER,)


def test_postponed_milestone_runs_on() -> None:
    """What was due in Q3 is due in Q4 with its figures, and is in progress until then."""
    later = change("postpone", 3, task="2023-001", was=3, quarter=4, milestone="2023-001-02")
    plan = plan_at(PLAN, [later], 3)
    (milestone,) = [m for m in plan.milestones if m.milestone_id == "2023-001-02"]
    assert milestone.quarters == (3, 4)
    assert {t.quarter for t in plan.targets if t.milestone_id == "2023-001-02"} == {4}
    assert plan_at(PLAN, [later], 2) == PLAN


def test_history_goes_with_the_task() -> None:
    """Who answers today for what a unit answered for in an earlier quarter."""
    changes = [
        RENAME,
        change("move", 3, task="2023-002", unit=NEW, to=OTHER),
        change("part", 4, unit=NEW, parts={"市数据局": ["2023-001"]}),
    ]
    then = [unit_at(UNIT, task, changes, 2023, 1, 4) for task in ("2023-001", "2023-002")]
    assert then == ["市数据局", OTHER]
    assert unit_at(UNIT, "2023-003", changes, 2023, 1, 2) == NEW
    assert unit_at(UNIT, "2023-003", changes, 2023, 2, 2) == UNIT


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"kind": "rename", "unit": UNIT}, "单位更名（rename）应写明 to"),
        ({"kind": "cancel", "task": "2023-001", "to": NEW}, "取消任务（cancel）不应写 to"),
        ({"kind": "cancel", "task": "2023-001", "from": 7}, "from 应为季度 1 至 4 或日期，实为 7"),
        ({"kind": "postpone", "task": "2023-001", "was": 3, "quarter": 2},
         "的 quarter 应在 was 之后，实为第3季度延至第2季度"),
        ({"kind": "postpone", "task": "2023-001", "was": 7, "quarter": 4},
         "的 was 应为季度 1 至 4，实为 7"),
        ({"kind": "target", "task": "2023-001", "target": "税收", "was": 8, "value": 8},
         "的 was 和 value 应不同，实际都是 8"),
        ({"kind": "rename", "unit": UNIT, "to": UNIT}, f"的 to 应与原来的不同，实际都是{UNIT}"),
        ({"kind": "part", "unit": UNIT, "parts": {NEW: ["2023-001"], OTHER: ["2023-001"]}},
         "把每项任务只划给一个单位，2023-001 划给了两个"),
    ],
)  # fmt: skip
def test_entry_that_is_not_complete_is_refused(entry: dict[str, Any], said: str) -> None:
    """What is missing, what is too much, a quarter that is none."""
    with pytest.raises(ValidationError, match=said):
        change(entry.pop("kind"), entry.pop("from", 2), **entry)


def test_task_that_left_the_table_stays_in_the_quarters_before() -> None:
    """Cancelled from the third quarter, its row deleted: the second's edition still knows it."""
    cancel = change("cancel", 3, task="2023-002")
    left = PLAN.restricted(frozenset({"2023-001", "2023-003"}))
    for quarter in (1, 2):
        assert with_cancelled(left, PLAN, [cancel], quarter).tasks == PLAN.tasks
    back = with_cancelled(left, PLAN, [cancel], 2)
    assert back.targets_of("2023-002") == PLAN.targets_of("2023-002")
    assert back.milestones_of("2023-002") == PLAN.milestones_of("2023-002")
    assert with_cancelled(left, PLAN, [cancel], 3) == left
    assert with_cancelled(PLAN, PLAN, [cancel], 2) == PLAN


def test_deleted_row_without_a_decision_stays_away() -> None:
    """Only a cancellation says that a task was there until then."""
    left = PLAN.restricted(frozenset({"2023-001", "2023-003"}))
    assert with_cancelled(left, PLAN, [], 2) == left
