"""The one description of a return workbook, shared by its writer and its reader.

A workbook asks its unit one row a milestone (sheet 进展) and one row a target (sheet 指标), of
what is due or running, and once more of what was due earlier and is not settled.
Columns are found by their header when a return is read, so a moved column is no loss; rows by
the hidden id that travels with them.
"""

import hashlib
import json
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

from pydantic.main import IncEx

from reporting.grades import USUAL_SCALE, Scale
from reporting.language.numerals import figure
from reporting.periods import Period, quarter_label
from reporting.plan.figures.series import paths, repeated, series_keys
from reporting.plan.values import Basis, Label, Milestone, MilestoneKind, Plan, Target, Task
from reporting.plan.wording import BASIS_WORDS, COMPARATOR_WORDS, clause_of
from reporting.project.asked.columns import ExtraColumn
from reporting.returns.promises.values import NOTHING, Commitment, LeftOpen, Outcome
from reporting.values import Value
from reporting.workbooks.columns import ColumnSpec

GUIDE = "填报说明"
PROGRESS = "进展"
FIGURES = "指标"
PROMISES = "承诺"
"""Steps promised in earlier quarters; there is no such sheet where none is open."""
SELF_CHECK = "自查"
"""Formulas that show what is missing and will be asked; nothing of it is read."""
SIGN_OFF = "签审页"
"""The answers once more, to be printed and signed; nothing of it is read."""
AIDS = (SELF_CHECK, SIGN_OFF)
IDENTITY = "标识"
ID_COLUMN = 5
"""The column of the hidden sheet that holds the ids of what is asked."""
OPINION = "核对意见"
"""The summary in front of an annotated copy; of one that comes back only the answers are read."""
OPINION_COLUMNS = ("序号", "程度", "工作表", "单元格", "问题", "说明")
ANSWER = "答复"
"""The column beside the findings in which a unit answers them."""
ROUND_NAME = "reporting_round"
"""The hidden name in a copy sent back that says of which submission it is a copy."""
OPINION_AUTHOR = "督查室"
"""Who signs the comments of an annotated copy."""

SAMPLE_MARK = "示例数据"
SAMPLE_NOTE = "示例数据：本表内容为演示用的虚拟数据，不反映任何单位的真实工作。"


ROW_ID = ColumnSpec(field="row_id", label="行标识", wide=16, kind="id")

PROGRESS_COLUMNS: tuple[ColumnSpec, ...] = (
    ColumnSpec(field="number", label="任务号", wide=6.5, kind="number"),
    ColumnSpec(field="goal", label="任务/年度目标", wide=25),
    ColumnSpec(field="workstream", label="子项", wide=10),
    ColumnSpec(field="quarters", label="时段", wide=9),
    ColumnSpec(field="text", label="本季度计划（原文）", wide=36),
    ColumnSpec(field="last_rating", label="上季度自评", wide=12.5),
    ColumnSpec(field="last_progress", label="上季度进展", wide=26),
    ColumnSpec(
        field="self_rating",
        label="单位自评",
        wide=12.5,
        fill=True,
        must=True,
        kind="grade",
        choices=tuple(map(str, USUAL_SCALE.claimed)),
    ),
    ColumnSpec(field="progress", label="本季度进展", wide=34, fill=True, must=True),
    ColumnSpec(field="problem", label="存在问题", wide=16, fill=True),
    ColumnSpec(field="cause", label="原因", wide=14, fill=True),
    ColumnSpec(field="next_step", label="下一步措施", wide=17, fill=True),
    ColumnSpec(field="due_date", label="完成时限", wide=11, fill=True, kind="date"),
    ColumnSpec(field="coordination", label="需协调事项", wide=12, fill=True),
    ColumnSpec(field="evidence", label="佐证材料", wide=11, fill=True),
    ColumnSpec(field="reporter", label="填报人", wide=7.5, fill=True, must=True),
    ColumnSpec(field="approver", label="审定人", wide=7.5, fill=True, must=True),
    ColumnSpec(field="reported_on", label="填报日期", wide=11, fill=True, must=True, kind="date"),
    ROW_ID,
)

SIGNATURE = ("reporter", "approver", "reported_on")
"""Fields that, left empty, hold what the row above says (the sheet's instructions say so)."""

FIGURES_COLUMNS: tuple[ColumnSpec, ...] = (
    ColumnSpec(field="number", label="任务号", wide=6.5, kind="number"),
    ColumnSpec(field="workstream", label="子项", wide=12, added=True),
    ColumnSpec(field="measure", label="指标名称", wide=30),
    ColumnSpec(field="quote", label="计划原文", wide=44),
    ColumnSpec(field="due", label="计划时点", wide=11),
    ColumnSpec(field="basis", label="口径", wide=9),
    ColumnSpec(field="comparator", label="比较", wide=9),
    ColumnSpec(field="plan", label="计划值", wide=12, kind="number"),
    ColumnSpec(field="unit", label="单位", wide=9),
    ColumnSpec(field="path", label="全年计划", wide=16, added=True),
    ColumnSpec(field="understood", label="如何判定", wide=22, added=True),
    ColumnSpec(field="last_actual", label="上季度实际值", wide=13, kind="number"),
    ColumnSpec(field="actual", label="本季度实际值", wide=14, fill=True, kind="number"),
    ColumnSpec(field="answer", label="答复", wide=22, fill=True, added=True),
    ROW_ID,
)

PROMISES_COLUMNS: tuple[ColumnSpec, ...] = (
    ColumnSpec(field="number", label="任务号", wide=6.5, kind="number"),
    ColumnSpec(field="goal", label="所属任务", wide=30),
    ColumnSpec(field="text", label="所报措施", wide=44),
    ColumnSpec(field="made", label="提出季度", wide=10),
    ColumnSpec(field="due", label="承诺时限", wide=12, kind="date"),
    ColumnSpec(
        field="outcome",
        label="办理结果",
        wide=12,
        fill=True,
        must=True,
        kind="choice",
        choices=tuple(map(str, Outcome)),
    ),
    ColumnSpec(field="on", label="完成日期或延期至", wide=16, fill=True, kind="date"),
    ColumnSpec(field="note", label="办理说明", wide=40, fill=True),
    ROW_ID,
)

COLUMNS: dict[str, tuple[ColumnSpec, ...]] = {
    PROGRESS: PROGRESS_COLUMNS,
    FIGURES: FIGURES_COLUMNS,
    PROMISES: PROMISES_COLUMNS,
}


def columns_of(
    name: str, scale: Scale = USUAL_SCALE, extras: Sequence[ExtraColumn] = ()
) -> tuple[ColumnSpec, ...]:
    """Give the columns of a sheet of questions, with the office's own grades to choose from.

    Its own columns stand on the sheet 进展, after the usual ones.
    """
    words = tuple(map(str, scale.claimed))
    usual = tuple(
        spec.model_copy(update={"choices": words}) if spec.kind == "grade" else spec
        for spec in COLUMNS[name]
    )
    return usual if name != PROGRESS else (*usual[:-1], *map(_extra_spec, extras), usual[-1])


_EXTRA_WIDE = {"number": 12, "text": 18, "date": 11, "choice": 10}


def _extra_spec(column: ExtraColumn) -> ColumnSpec:
    """Describe a column of the office's own; workbooks sent out before have none."""
    wide = max(_EXTRA_WIDE[column.kind], min(20, len(column.label) + 1))
    return ColumnSpec(
        field=column.field, label=column.label, wide=wide, fill=True, must=column.required,
        kind=column.kind, choices=column.choices, added=True, exact=True, help=column.help,
    )  # fmt: skip


def _basis_words(target: Target) -> str:
    """Say what a value counts; of several quarters, which."""
    if target.counts_from is None:
        return BASIS_WORDS[target.basis]
    return f"{quarter_label(tuple(range(target.counts_from, target.quarter + 1)))}合计"


def _compared_words(target: Target) -> str:
    """Say how an actual is compared, and where less is better."""
    words = COMPARATOR_WORDS[target.comparator]
    return f"{words}，越低越好" if target.is_better_low else words


OVERDUE = "逾期"
"""What stands behind the quarters of a row that was due earlier and is not settled."""


class AskedRow(Value):
    """One question of the sheet 进展: a milestone, or a task as a whole when none runs.

    An ``overdue`` one was due in an earlier quarter and is asked until it is settled.
    """

    row_id: str
    task_id: str
    number: Label
    goal: str
    workstream: str
    quarters: tuple[int, ...]
    all_year: bool
    text: str
    overdue: bool = False

    @property
    def when(self) -> str:
        """The quarters in words."""
        label = "全年" if self.all_year else quarter_label(self.quarters)
        return f"{label}（{OVERDUE}）" if self.overdue else label

    @property
    def printed(self) -> dict[str, str]:
        """The texts of the locked cells by field."""
        return {
            "number": self.number,
            "goal": self.goal,
            "workstream": self.workstream,
            "quarters": self.when,
            "text": self.text,
        }


class AskedTarget(Value):
    """One question of the sheet 指标; ``row_id`` is the progress row its figure belongs to.

    ``path`` gives the plan values of its series by quarter. A target with ``same_as`` has no row
    of its own: the figure asked for the target of that id answers it too.
    """

    target: Target
    number: Label
    row_id: str
    quote: str
    workstream: str = ""
    overdue: bool = False
    path: tuple[tuple[int, Decimal], ...] = ()
    same_as: str = ""

    def falls_due(self, quarter: int) -> bool:
        """Tell whether a figure is owed in a quarter."""
        return self.overdue or self.target.quarter == quarter

    @property
    def plan_text(self) -> str:
        """The plan value as printed."""
        low = figure(self.target.value)
        high = self.target.value_high
        return low if high is None else f"{low}～{figure(high)}"

    @property
    def path_text(self) -> str:
        """The plan values by quarter, where the figure has more than one date."""
        if len(self.path) < 2:
            return ""
        dates = ((quarter_label((quarter,)), figure(value)) for quarter, value in self.path)
        return "，".join(f"{label}末{value}" for label, value in dates)

    @property
    def when(self) -> str:
        """By when the target is due."""
        return quarter_label((self.target.quarter,)) + "末"

    @property
    def printed(self) -> dict[str, str]:
        """The texts of the locked cells by field."""
        return {
            "number": self.number,
            "workstream": self.workstream,
            "measure": self.target.measure,
            "quote": self.quote,
            "due": self.when,
            "basis": _basis_words(self.target),
            "comparator": _compared_words(self.target),
            "plan": self.plan_text,
            "unit": self.target.unit,
            "path": self.path_text,
            "understood": self.target.understood,
        }


class AskedPromise(Value):
    """One question of the sheet 承诺: a step that the unit promised by a date."""

    row_id: str
    task_id: str
    number: Label
    goal: str
    text: str
    made_in: int
    due: date

    @property
    def printed(self) -> dict[str, str]:
        """The texts of the locked cells by field."""
        return {
            "number": self.number,
            "goal": self.goal,
            "text": self.text,
            "made": quarter_label((self.made_in,)),
            "due": self.due.isoformat(),
        }


class Asked(Value):
    """Everything one workbook asks: its unit, its quarter, the rows of its sheets."""

    unit: str
    year: int
    quarter: int
    rows: tuple[AskedRow, ...]
    targets: tuple[AskedTarget, ...]
    promises: tuple[AskedPromise, ...] = ()
    extras: tuple[ExtraColumn, ...] = ()

    @property
    def figures(self) -> tuple[AskedTarget, ...]:
        """The targets that have a row of their own on the sheet 指标."""
        return tuple(question for question in self.targets if not question.same_as)

    @property
    def period(self) -> Period:
        """The quarter asked about."""
        return Period(year=self.year, quarter=self.quarter)

    @property
    def edition(self) -> str:
        """Digest of what is asked; changes when the plan's relevant content does."""
        # The sub-project of a target is its milestone's; how surely it was read, and the sentence
        # that says so, may change while the question stays: the office has confirmed it. What
        # else its series promises follows from the other targets.
        words: IncEx = {"certainty", "rule", "understood"}
        told: IncEx = {"workstream": True, "path": True, "same_as": True, "target": words}
        content = self.model_dump(mode="json", exclude={"targets": {"__all__": told}})
        for question in (*content["rows"], *content["targets"]):
            if not question["overdue"]:
                del question["overdue"]
        if not self.promises:
            del content["promises"]
        if not self.extras:
            del content["extras"]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def asked(
    plan: Plan,
    unit: str,
    quarter: int,
    left: LeftOpen = NOTHING,
    extras: tuple[ExtraColumn, ...] = (),
) -> Asked:
    """Resolve what a unit is asked in a quarter, in the plan's order.

    What earlier quarters left open of the tasks that it leads is asked beside what is due or
    running. Of targets that one figure answers only one is asked for. ``extras`` are the columns
    of the office's own.
    """
    tasks = {task.task_id: task for task in plan.tasks if unit in task.lead_units}
    rows = tuple(_rows(plan, tasks, quarter, left.overdue))
    streams = {m.milestone_id: m.workstream or "" for m in plan.milestones}
    targets = tuple(
        AskedTarget(
            target=target,
            number=tasks[target.task_id].reference,
            row_id=row.row_id,
            quote=clause_of(tasks[target.task_id], target),
            workstream=streams.get(target.milestone_id or "", ""),
            overdue=row.overdue and target.quarter < quarter,
        )
        for target in plan.targets
        if target.task_id in tasks and (row := _row_of(target, rows, quarter)) is not None
    )
    return Asked(
        unit=unit, year=plan.year, quarter=quarter, rows=rows,
        # A series never leaves its task: those of other units need not be gone through.
        targets=_in_series(plan.restricted(frozenset(tasks)), targets, quarter),
        promises=tuple(_promise(tasks[p.task_id], p) for p in left.promises if p.task_id in tasks),
        extras=extras,
    )  # fmt: skip


def _in_series(plan: Plan, targets: Sequence[AskedTarget], quarter: int) -> tuple[AskedTarget, ...]:
    """Tell each target's path through the year, and which of them one figure answers."""
    keys, plans = series_keys(plan), paths(plan)
    same = repeated(plan, (question.target for question in targets), quarter)
    return tuple(
        question.model_copy(
            update={
                "path": tuple(sorted(plans[keys[question.target.target_id]].items())),
                "same_as": same.get(question.target.target_id, ""),
            }
        )
        for question in targets
    )


def _promise(task: Task, promise: Commitment) -> AskedPromise:
    return AskedPromise(
        row_id=promise.promise_id, task_id=task.task_id, number=task.reference, goal=task.goal,
        text=promise.text, made_in=promise.made_in, due=promise.due,
    )  # fmt: skip


def _row_of(target: Target, rows: Sequence[AskedRow], quarter: int) -> AskedRow | None:
    """Find the row beside which a figure is asked for; None where it is not."""
    own = next((row for row in rows if row.row_id == target.milestone_id), None)
    if own is not None and not own.overdue:
        return own
    if own is not None and target.quarter < quarter:
        return own if may_be_made_good(target) else None
    # What falls due is asked beside the task's first row when its own milestone is over.
    if not target.milestone_id or target.quarter == quarter:
        return next((row for row in rows if row.task_id == target.task_id), None)
    return None


def was_asked_whole(plan: Plan, task_id: str, quarter: int) -> bool:
    """Tell whether a goal fell due before a quarter, after the schedule had ended."""
    if any(m.due_quarter >= quarter for m in plan.milestones_of(task_id)):
        return False
    return any(plan.asks_by_goal(task_id, earlier) for earlier in range(1, quarter))


def may_be_made_good(target: Target) -> bool:
    """Tell whether a figure that was due can still be reached: of a quarter that is over, none."""
    return target.basis is not Basis.IN_QUARTER


def _rows(
    plan: Plan, tasks: dict[str, Task], quarter: int, overdue: Collection[str]
) -> Sequence[AskedRow]:
    by_task: dict[str, list[AskedRow]] = {task_id: [] for task_id in tasks}
    late: dict[str, list[AskedRow]] = {task_id: [] for task_id in tasks}
    for milestone in plan.milestones:
        if milestone.task_id not in tasks:
            continue
        task = tasks[milestone.task_id]
        if milestone.runs_in(quarter):
            by_task[task.task_id].append(_milestone(task, milestone))
        elif milestone.milestone_id in overdue and milestone.due_quarter < quarter:
            late[task.task_id].append(_milestone(task, milestone, overdue=True))
    for task in tasks.values():
        if plan.asks_by_goal(task.task_id, quarter):
            by_task[task.task_id].append(_whole_task(task))
        elif task.task_id in overdue and was_asked_whole(plan, task.task_id, quarter):
            late[task.task_id].append(_whole_task(task, overdue=True))
    return [row for task_id in tasks for row in (*by_task[task_id], *late[task_id])]


def _milestone(task: Task, milestone: Milestone, *, overdue: bool = False) -> AskedRow:
    """Ask for a task by one of its milestones."""
    return AskedRow(
        row_id=milestone.milestone_id,
        task_id=task.task_id,
        number=task.reference,
        goal=task.goal,
        workstream=milestone.workstream or "",
        quarters=milestone.quarters,
        all_year=milestone.kind is MilestoneKind.YEAR,
        text=milestone.text.strip(),
        overdue=overdue,
    )


def _whole_task(task: Task, *, overdue: bool = False) -> AskedRow:
    """Ask for a task by its goal."""
    return AskedRow(
        row_id=task.task_id,
        task_id=task.task_id,
        number=task.reference,
        goal=task.goal,
        workstream="",
        quarters=(1, 2, 3, 4),
        all_year=True,
        text=task.goal,
        overdue=overdue,
    )
