"""Add a change to a year's parameters, and say whom it touches."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from reporting.assess.continuity import expect_not_rewritten
from reporting.assess.history import Published, read_published
from reporting.errors import UsageError
from reporting.periods import Period
from reporting.plan.changes import plan_at
from reporting.plan.read import read_plan
from reporting.plan.values import Milestone, Plan, Target, Task
from reporting.project.changes import PlanChange
from reporting.project.checking.source import decoded
from reporting.project.entries import entry_text, with_entry
from reporting.project.params import Params, parse_params
from reporting.returns.issued import issued_of
from reporting.returns.layout import asked
from reporting.system.files import write_whole
from reporting.values import Value

_SHOWN = 20
"""Characters of a goal by which a task is known."""


class QuarterTouched(Value):
    """What a change does to the sheets of a quarter.

    ``again`` are the units that are asked something else, ``gone`` those that are asked nothing
    any more; ``issued`` tells whether sheets of the quarter are out.
    """

    quarter: int
    again: tuple[str, ...]
    gone: tuple[str, ...]
    issued: bool


class Amendment(Value):
    """A change that may be written down: the new text of the file, and what it touches.

    ``original`` is the text that it was made from.
    """

    path: str
    original: str
    text: str
    entry: str
    change: PlanChange
    tasks: tuple[Task, ...]
    quarters: tuple[QuarterTouched, ...]

    def told(self) -> Iterator[str]:
        """Say whom the change touches, one line a matter."""
        named = "、".join(f"{t.task_id}“{_short(t.goal)}”" for t in self.tasks)
        yield f"涉及任务{len(self.tasks)}项：{named or '无'}"
        units = dict.fromkeys(u for q in self.quarters for u in (*q.gone, *q.again))
        yield f"涉及报送单位{len(units)}个：{'、'.join(units) or '无'}"
        yield from (_told(one) for one in self.quarters if one.again or one.gone)


def _short(goal: str) -> str:
    return goal if len(goal) <= _SHOWN else f"{goal[:_SHOWN]}…"


def _told(one: QuarterTouched) -> str:
    matters = []
    if one.again:
        word = "须重新发出" if one.issued else "须发出"
        matters.append(f"{word}{len(one.again)}份：{'、'.join(one.again)}")
    if one.gone:
        matters.append(f"不再需要{len(one.gone)}份：{'、'.join(one.gone)}")
    state = "已经发出" if one.issued else "尚未发出"
    return f"第{one.quarter}季度空白表{state}，{'；'.join(matters)}（make sheets Q={one.quarter}）"


def draft(root: Path, year: int, entry: Mapping[str, Any]) -> Amendment:
    """Hold an entry of ``changes:`` against the parameters, the plan and the editions.

    Nothing is written.

    Raises
    ------
    UsageError
        The entry is not complete, names nothing, contradicts another or dates before an edition.
    InputRefused
        The table cannot be read.
    """
    path = root / "params" / f"{year}.yml"
    if not path.is_file():
        raise UsageError(f"没有{year}年的参数文件：需要 params/{year}.yml，请先建立该文件。")
    text = decoded(path.read_bytes(), f"params/{year}.yml")
    before = parse_params(text, year)
    try:
        return _draft(root, before, text, entry)
    except UsageError as error:
        raise UsageError(f"{str(error).removesuffix('。')}；这项调整没有写入。") from None


def _draft(root: Path, before: Params, text: str, entry: Mapping[str, Any]) -> Amendment:
    made = with_entry(text, "changes", entry)
    if made is None:
        raise UsageError(
            f"params/{before.year}.yml 的写法不便添加，请在 changes 下自行加一行："
            f"- {entry_text(entry)}"
        )
    after = parse_params(made, before.year)
    change = after.changes[-1]
    _expect_new(change, before)
    plan = read_plan(root, after)
    published = expect_changes_stand(root, after)
    since = change.quarter_in(before.year)
    open_quarters = [q for q in range(since, 5) if q not in published]
    then, now = (plan_at(plan, p.changes, since) for p in (before, after))
    return Amendment(
        path=f"params/{before.year}.yml", original=text, text=made, entry=entry_text(entry),
        change=change, tasks=tuple(_tasks(then, now, change)),
        quarters=tuple(_quarter(root, plan, before, after, q) for q in open_quarters),
    )  # fmt: skip


def expect_changes_stand(root: Path, params: Params) -> Published:
    """Expect no change to date before an edition without it, and give the editions.

    Raises
    ------
    UsageError
        One does; the text names it.
    """
    published = read_published(root, params.year, 5)
    expect_not_rewritten(params.changes, published)
    return published


def _expect_new(change: PlanChange, before: Params) -> None:
    for number, known in enumerate(before.changes, 1):
        if known.model_dump() == change.model_dump():
            raise UsageError(f"changes 第{number}项（第{known.line}行）已是这项调整")
    if change.quarter_in(before.year) > 4:
        raise UsageError(f"from 应在{before.year}年之内，实为 {change.since}")


def _tasks(then: Plan, now: Plan, change: PlanChange) -> Iterator[Task]:
    """Give the tasks that a change names or makes other."""
    before = {task.task_id: task for task in then.tasks}
    after = {task.task_id: task for task in now.tasks}
    for task_id, task in (before | after).items():
        is_other = _content(then, before.get(task_id)) != _content(now, after.get(task_id))
        if is_other or task_id in change.task_ids:
            yield task


def _content(
    plan: Plan, task: Task | None
) -> tuple[Task, tuple[Milestone, ...], tuple[Target, ...]] | None:
    if task is None:
        return None
    return task, plan.milestones_of(task.task_id), plan.targets_of(task.task_id)


def _quarter(root: Path, plan: Plan, before: Params, after: Params, quarter: int) -> QuarterTouched:
    then, now = (plan_at(plan, params.changes, quarter) for params in (before, after))
    again = [
        unit for unit in now.lead_units
        if unit not in then.lead_units or asked(then, unit, quarter) != asked(now, unit, quarter)
    ]  # fmt: skip
    gone = [unit for unit in then.lead_units if unit not in now.lead_units]
    issued = any(issued_of(root, plan.year, unit, quarter) for unit in _all(then, now))
    return QuarterTouched(quarter=quarter, again=tuple(again), gone=tuple(gone), issued=issued)


def _all(*plans: Plan) -> Iterable[str]:
    return dict.fromkeys(unit for plan in plans for unit in plan.lead_units)


def write_amendment(root: Path, amendment: Amendment) -> int:
    """Write a change down, and return the line on which it stands.

    Raises
    ------
    UsageError
        The file was changed while the change was being written down.
    """
    path = root / amendment.path
    if path.read_bytes().decode("utf-8") != amendment.original:
        raise UsageError(f"{amendment.path} 刚才有改动，这项调整没有写入，请再运行一次。")
    write_whole(path, amendment.text.encode())
    return amendment.change.line


def label_of(year: int, change: PlanChange) -> str:
    """Say what a change is and from when."""
    since = Period(year=year, quarter=change.quarter_in(year)).label
    return f"{change.kind.label}：{change.content}，自{since}起"
