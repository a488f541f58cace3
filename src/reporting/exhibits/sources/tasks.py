"""What is known of a task, as a source: its row of the table, its rows of returns, its ratings."""

from collections.abc import Iterator, Sequence

from reporting.assess.outlook import Outlook
from reporting.assess.rating.figures import measure_name
from reporting.assess.values import Assessment, Level, Rating, SupportedTask
from reporting.documents.sources.values import Source, SourceCell, SourceRow, Step
from reporting.exhibits import sentences
from reporting.exhibits.origins.steps import supported_name, task_name
from reporting.exhibits.tasks.parts import parts_words
from reporting.exhibits.tasks.promises import lag_words, state_words
from reporting.periods import full_date, quarter_label
from reporting.plan.figures.told import completion_text, gap_text
from reporting.plan.values import Target, Task
from reporting.plan.wording import BASIS_WORDS, COMPARATOR_WORDS, TASK_FIELDS
from reporting.returns.layout import COLUMNS, PROGRESS_COLUMNS, PROMISES
from reporting.returns.promises.values import PromiseAnswer
from reporting.returns.values import Actual, ProgressRow

_LABELS = {spec.field: spec.label for spec in PROGRESS_COLUMNS if spec.fill}
_ANSWERS = {spec.field: spec.label for spec in COLUMNS[PROMISES] if spec.fill}


def task_source(assessment: Assessment, task: Task, year_ends: Sequence[Outlook] = ()) -> Source:
    """Give all that the slice knows of a task, this quarter's first."""
    return Source(
        name=task_name(task.task_id),
        code=task.label,
        also=(f"lag-{task.number:03d}", f"late-{task.number:03d}"),
        title=f"任务{task.reference}：{sentences.clipped(task.goal, 20)}",
        steps=(*_steps(assessment, task), *map(_year_end, year_ends)),
        rows=(_table_row(task), *_return_rows(assessment, task), *_answers(assessment, task)),
    )


def supported_source(task: SupportedTask) -> Source:
    """Give what a unit may know of a task that it only supports: its row's name."""
    cells = [
        SourceCell(label="任务号", text=str(task.number)),
        SourceCell(label=TASK_FIELDS["goal"], text=task.goal),
        SourceCell(label=TASK_FIELDS["lead_units"], text="、".join(task.lead_units)),
    ]
    if task.scope:
        cells.append(SourceCell(label=TASK_FIELDS["supporting_units"], text=task.scope))
    row = SourceRow(where="任务分解表", cells=tuple(cells))
    return Source(name=supported_name(task.task_id), title=f"任务{task.number}", rows=(row,))


# --- the row of the table ---------------------------------------------------------------------


def _table_row(task: Task) -> SourceRow:
    where = "任务分解表" if task.line is None else f"任务分解表第{task.line}行"
    cells = [SourceCell(label="任务号", text=task.reference)]
    for name, label in TASK_FIELDS.items():
        if name != "source_number" and (text := _table_text(task, name)):
            cells.append(SourceCell(label=label, text=text))
    return SourceRow(where=where, cells=tuple(cells))


def _table_text(task: Task, name: str) -> str:
    value = getattr(task, name)
    if name == "supporting_units":
        return "、".join(f"{s.unit}（{s.scope}）" if s.scope else s.unit for s in value)
    return "、".join(value) if isinstance(value, tuple) else str(value or "")


# --- the rows of returns ----------------------------------------------------------------------


def _return_rows(assessment: Assessment, task: Task) -> Iterator[SourceRow]:
    rows = [row for row in assessment.progress if row.task_id == task.task_id]
    targets = {t.target_id: t for t in assessment.plan.targets_of(task.task_id)}
    for row in sorted(rows, key=lambda row: -row.quarter):
        cells = [
            SourceCell(label=label, place=row.cells[name], text=text)
            for name, label in _LABELS.items()
            if name in row.cells and (text := _written(row, name))
        ]
        cells += [SourceCell(label=x.name, place=x.cell, text=x.words) for x in row.extra]
        if cells:
            yield SourceRow(
                where=_where(row, row.sheet), brief=_brief(task, row, row.sheet), file=row.file,
                cells=tuple(cells),
            )  # fmt: skip
        figures: dict[str, list[SourceCell]] = {}
        for actual in row.actuals:
            if actual.cell and actual.typed and actual.target_id in targets:
                sheet = actual.sheet or row.sheet
                figures.setdefault(sheet, []).append(_figure_cell(actual, targets))
        for sheet, found in figures.items():
            yield SourceRow(
                where=_where(row, sheet), brief=_brief(task, row, sheet), file=row.file,
                cells=tuple(found),
            )  # fmt: skip


def _figure_cell(actual: Actual, targets: dict[str, Target]) -> SourceCell:
    target = targets[actual.target_id]
    label = f"{target.measure}（{target.unit}）"
    return SourceCell(label=label, place=actual.cell, text=actual.typed)


def _brief(task: Task, row: ProgressRow | PromiseAnswer, sheet: str) -> str:
    unit = row.unit if len(task.lead_units) > 1 else ""
    return f"{unit}{quarter_label((row.quarter,))}“{sheet}”"


def _where(row: ProgressRow, sheet: str) -> str:
    return f"{row.unit}{quarter_label((row.quarter,))}报表“{sheet}”表"


def _written(row: ProgressRow, name: str) -> str:
    value = getattr(row, name)
    if value is None or value == "":
        return ""
    return full_date(value) if name in ("due_date", "reported_on") else str(value)


def _answers(assessment: Assessment, task: Task) -> Iterator[SourceRow]:
    for answer in assessment.answers:
        if answer.task_id == task.task_id:
            cells = [
                SourceCell(label=label, place=answer.cells[name], text=text)
                for name, label in _ANSWERS.items()
                if name in answer.cells and (text := _answered(answer, name))
            ]
            where = f"{answer.unit}{quarter_label((answer.quarter,))}报表“{answer.sheet}”表"
            if cells:
                yield SourceRow(
                    where=where, brief=_brief(task, answer, answer.sheet), file=answer.file,
                    cells=tuple(cells),
                )  # fmt: skip


def _answered(answer: PromiseAnswer, name: str) -> str:
    value = getattr(answer, name, None)
    if name == "on":
        return full_date(answer.on) if answer.on else ""
    return "" if value is None else str(value)


# --- what was reckoned ------------------------------------------------------------------------


def _steps(assessment: Assessment, task: Task) -> Iterator[Step]:
    yield from _ratings(assessment, task)
    if parts := parts_words(assessment, task.task_id):
        yield Step(words=f"分项核定：{parts}")
    if since := lag_words(assessment, task.task_id):
        yield Step(words=f"滞后时间：{since}")
    yield from _figures(assessment, task)
    for one in assessment.commitments:
        if one.task_id == task.task_id:
            moved = f"（原定{full_date(one.first_due)}）" if one.first_due != one.due else ""
            yield Step(
                words=f"{one.unit}承诺“{one.text}”，时限{full_date(one.due)}{moved}："
                f"{state_words(assessment, one)}"
            )


def _ratings(assessment: Assessment, task: Task) -> Iterator[Step]:
    """Say of each part how it is rated and why, this quarter's first and the task as a whole."""
    order = {Level.TASK: 0, Level.MILESTONE: 1, Level.TARGET: 2}
    found = [
        r for r in assessment.ratings_of(task.task_id)
        if r.quarter == assessment.quarter and not _is_sole(task, r)
    ]  # fmt: skip
    said: set[tuple[str | None, str]] = set()
    for rating in sorted(found, key=lambda r: order[r.level]):
        # A task of one part is rated for that part's own reason.
        if (rating.unit, rating.reason) not in said:
            said.add((rating.unit, rating.reason))
            yield Step(words=_rated(assessment, rating))


def _is_sole(task: Task, rating: Rating) -> bool:
    """Tell whether a rating of the whole task says only what that of its one lead unit does."""
    return rating.level is Level.TASK and rating.unit is None and len(task.lead_units) == 1


def _rated(assessment: Assessment, rating: Rating) -> str:
    unit = rating.unit if rating.unit and assessment.rating_unit is None else ""
    before = f"（上季度{rating.previous}）" if rating.previous else ""
    return (
        f"{quarter_label((rating.quarter,))}{unit}核定“{rating.grade}”{before}"
        f"〔{rating.rule}〕：{rating.reason}"
    )


def _figures(assessment: Assessment, task: Task) -> Iterator[Step]:
    targets = {t.target_id: t for t in assessment.plan.targets_of(task.task_id)}
    for target in targets.values():
        yield Step(words=_planned(assessment, target))
    for row in assessment.progress:
        for actual in row.actuals:
            planned = targets.get(actual.target_id)
            if row.task_id == task.task_id and planned and actual.value is not None:
                yield Step(words=_reported(row, planned, actual))


def _planned(assessment: Assessment, target: Target) -> str:
    value = f"{COMPARATOR_WORDS[target.comparator]}{sentences.amount(target.value)}"
    if target.value_high is not None:
        value = f"{sentences.amount(target.value)}～{sentences.amount(target.value_high)}"
    due = f"{quarter_label((target.quarter,))}末{BASIS_WORDS[target.basis]}"
    return f"计划：{measure_name(assessment.plan, target)}{due}{value}{target.unit}"


def _reported(row: ProgressRow, target: Target, actual: Actual) -> str:
    assert actual.value is not None
    value, plan = sentences.amount(actual.value), sentences.amount(target.value)
    words = f"{row.unit}{quarter_label((row.quarter,))}实际：{target.measure}{value}{target.unit}"
    if rate := completion_text(target, actual.value):
        words += f"，完成率{rate}＝{value}÷{plan}"
    return f"{words}，{gap_text(target, actual.value)}"


def _year_end(one: Outlook) -> Step:
    return Step(
        words=f"{one.series.unit}{one.series.measure}年底预计"
        f"{sentences.forecast(one)}{one.series.measure_unit}"
        f"＝全年目标{sentences.amount(one.annual)}×累计实际{sentences.amount(one.actual)}"
        f"÷累计计划{sentences.amount(one.plan)}"
    )
