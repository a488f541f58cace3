"""Why a task is rated as it is, as lines of text: from the grade down to the cells it rests on."""

from collections.abc import Callable, Iterator

from reporting.assess.values import Assessment, Rating
from reporting.errors import UsageError
from reporting.exhibits.facts import rating_units, rows_of
from reporting.exhibits.naming import leaders_of, place, units_of
from reporting.exhibits.sentences import amount
from reporting.language.visible import in_quotes
from reporting.periods import full_date, quarter_label
from reporting.plan.figures.told import completion_text, gap_text
from reporting.plan.values import Plan, Target, Task
from reporting.plan.wording import BASIS_WORDS, COMPARATOR_WORDS, clause_of
from reporting.returns.layout import PROGRESS_COLUMNS
from reporting.returns.values import Actual, ProgressRow

_FIELDS = {spec.field: spec.label for spec in PROGRESS_COLUMNS if spec.fill}

Digest = Callable[[str], str]
"""Gives the SHA-256 of a file of the project by its path; empty when it is not there."""


def find_task(plan: Plan, name: str) -> Task:
    """Find a task by what documents call it, or by its id.

    Raises
    ------
    UsageError
        None is called so.
    """
    wanted = name.removeprefix("任务").strip()
    for one in plan.tasks:
        if wanted in (one.label, one.reference, one.task_id):
            return one
    labels = [one.label for one in plan.tasks]
    raise UsageError(
        f"没有任务“{name}”：应为通报所用的任务号（{labels[0]}至{labels[-1]}）或者编号"
        f"（如 {plan.tasks[0].task_id}）。"
        if labels
        else "任务分解表没有任务。"
    )


def why_lines(assessment: Assessment, task: Task, digest: Digest) -> Iterator[str]:
    """Say how a task is rated, by which clause, and what every figure of it rests on.

    Parameters
    ----------
    digest : callable
        What the files named can be held against.
    """
    yield f"任务{task.reference}：{task.goal}"
    yield f"牵头单位：{units_of(task)}　责任领导：{leaders_of(task)}"
    rating = next((r for r in assessment.task_ratings() if r.task_id == task.task_id), None)
    if rating is None:
        yield "本季度没有核定结果。"
        return
    yield from _rated(assessment, rating, "核定结果")
    rows = {(row.unit, row.milestone_id): row for row in rows_of(assessment, task.task_id)}
    for unit in rating_units(assessment, task):
        own = assessment.rating(task.task_id, unit=unit)
        if own is not None and own != rating and len(task.lead_units) > 1:
            yield from _rated(assessment, own, f"{unit}的核定结果")
        for row in rows.values():
            if row.unit == unit:
                yield from _row(assessment, task, row)
    yield from _files(assessment, task, digest)


def _rated(assessment: Assessment, rating: Rating, label: str) -> Iterator[str]:
    before = f"（上季度{rating.previous}）" if rating.previous else ""
    yield f"{label}：{rating.grade}{before}"
    yield f"  理由：{rating.reason}"
    clause = next((c for c in assessment.rule if c.code == rating.rule), None)
    if clause is not None:
        yield f"  条款{clause.code}：{clause.text}"
    for one in rating.evidence:
        yield f"  依据：{in_quotes(one.quote)} ← {one.file} {place(one)}".rstrip()


def _row(assessment: Assessment, task: Task, row: ProgressRow) -> Iterator[str]:
    """Quote a row of a return, each field with its cell."""
    milestones = {m.milestone_id: m for m in assessment.plan.milestones_of(task.task_id)}
    milestone = milestones.get(row.milestone_id)
    when = f"（{quarter_label(milestone.quarters)}）" if milestone else ""
    asked = milestone.text.strip() if milestone else task.goal
    line = f"任务分解表第{task.line}行" if task.line is not None else "任务分解表"
    yield f"事项{when}：{asked} ← {line}"
    yield f"  填报单位：{row.unit}　{row.file}“{row.sheet}”表"
    rating = assessment.rating(row.milestone_id, unit=row.unit, quarter=row.quarter)
    if rating is not None:
        yield f"  核定：{rating.grade}〔{rating.rule}〕{rating.reason}"
    for name, label in _FIELDS.items():
        if name in row.cells and (words := _written(row, name)):
            yield f"  {label}：{words} ← {row.cells[name]}"
    targets = {t.target_id: t for t in assessment.plan.targets_of(task.task_id)}
    for actual in row.actuals:
        if actual.target_id in targets:
            yield from _figure(assessment, task, row, targets[actual.target_id], actual)


def _written(row: ProgressRow, name: str) -> str:
    value = getattr(row, name)
    if value is None or value == "":
        return ""
    return full_date(value) if name in ("due_date", "reported_on") else str(value)


def _figure(
    assessment: Assessment, task: Task, row: ProgressRow, target: Target, actual: Actual
) -> Iterator[str]:
    """Say what was planned in which words, what was typed where, and what follows of both."""
    plan = f"{COMPARATOR_WORDS[target.comparator]}{amount(target.value)}"
    if target.value_high is not None:
        plan = f"{amount(target.value)}～{amount(target.value_high)}"
    due = f"{quarter_label((target.quarter,))}末，{BASIS_WORDS[target.basis]}"
    yield f"  指标“{target.measure}”（{target.unit}）"
    yield f"    计划：{plan}（{due}）← {in_quotes(clause_of(task, target))}"
    if actual.value is None:
        typed = f"填报{in_quotes(actual.typed)}，没有可用的数" if actual.typed else "没有填报"
        yield f"    实际：{typed}"
        return
    cell = f"{actual.sheet or row.sheet}!{actual.cell}"
    yield f"    实际：{amount(actual.value)} ← {cell}（填报{in_quotes(actual.typed)}）"
    if rate := completion_text(target, actual.value):
        yield f"    完成率：{rate} ＝ {amount(actual.value)} ÷ {amount(target.value)}"
    rating = assessment.rating(target.target_id, unit=row.unit, quarter=row.quarter)
    if rating is not None:
        yield f"    核定：{rating.grade}〔{rating.rule}〕{gap_text(target, actual.value)}"


def _files(assessment: Assessment, task: Task, digest: Digest) -> Iterator[str]:
    """Name the files with what they can be held against; one that is gone is said to be."""
    named = {row.file: None for row in rows_of(assessment, task.task_id) if row.file}
    arrived = {s.file: s for s in assessment.return_status if s.file}
    for file in named:
        sha256, status = digest(file), arrived.get(file)
        came = f"　{status.state}" if status else ""
        came += f"（{full_date(status.day)}）" if status and status.day else ""
        yield f"来源文件：{file}{came}"
        yield f"  SHA-256：{sha256}" if sha256 else "  现已不在原处，请到已定版的存档中查看。"
