"""Rows written by hand, as the plan and the returns that they stand for."""

from collections.abc import Iterable
from decimal import Decimal

from reporting.findings import Finding, Severity
from reporting.grades import Grade
from reporting.language.comparators import Direction
from reporting.plan.figures.series import annual_values, paths, series_keys
from reporting.plan.values import Milestone, MilestoneKind, Plan, Target, Task, Unit
from reporting.returns.layout import asked
from reporting.returns.leads import compare_leads
from reporting.returns.reading.checks import run_checks
from reporting.returns.reading.context import ReadingContext
from reporting.returns.series import last_values
from reporting.returns.values import Actual, ProgressRow, Return
from reporting.workbooks.cells import Book
from tools.prose.written import YEAR, OtherRow, ProseRow, ProseTarget

TASK = f"{YEAR}-001"
_TOLD = frozenset({Severity.ERROR, Severity.CONFIRM, Severity.WARNING})
_NO_BOOK = Book((), False, False, False, (), ())
_COLUMNS = {"self_rating": "H", "progress": "I", "problem": "J", "cause": "K", "next_step": "L",
            "due_date": "M"}  # fmt: skip


def told(row: ProseRow) -> list[Finding]:
    """Read a row as a return is read, and give what its unit is told beyond mere notes."""
    plan = plan_of(row)
    found = _read(row, plan)
    others = [o for o in row.others if o.unit != row.unit]
    returns = [_return(row, plan, found), *(_return_of(row, other, plan) for other in others)]
    compared = compare_leads(plan, row.quarter, returns)
    return [f for f in compared[0].findings if f.severity in _TOLD]


def plan_of(row: ProseRow) -> Plan:
    """Give the plan of one task that asks what the row answers."""
    beside = [other for other in row.others if other.unit == row.unit]
    texts = [row.plan, *(other.plan for other in beside)]
    task = Task(
        task_id=TASK, number=1, source_number=1, heading_number=1, heading="总体要求",
        goal=row.goal, schedule="\n".join(texts), leaders=(),
        lead_units=tuple(dict.fromkeys((row.unit, *(other.unit for other in row.others)))),
    )  # fmt: skip
    targets = [t for n, said in enumerate(row.targets, 1) for t in _targets(row, n, said)]
    return Plan(
        year=YEAR, title="任务分解表", issued_by=None, issued_on=None, tasks=(task,),
        milestones=tuple(_milestones(texts, row.quarters)), targets=tuple(targets),
        units=tuple(Unit(name=unit, kind="bureau") for unit in task.lead_units),
    )  # fmt: skip


def _milestones(texts: Iterable[str], quarters: tuple[int, ...]) -> Iterable[Milestone]:
    start = 0
    for number, text in enumerate(texts, 1):
        yield Milestone(
            milestone_id=f"{TASK}-{number:02}", task_id=TASK, quarters=quarters,
            kind=MilestoneKind.QUARTER, text=text, start=start, end=start + len(text),
        )  # fmt: skip
        start += len(text) + 1


def _targets(row: ProseRow, number: int, said: ProseTarget) -> Iterable[Target]:
    direction = Direction.LOWER if said.direction.value == "down" else Direction.HIGHER
    at = max(row.plan.find(said.measure[:2]), 0)
    target = Target(
        target_id=f"{TASK}-T{number:02}", task_id=TASK, milestone_id=f"{TASK}-01",
        quarter=row.quarter, measure=said.measure, comparator=said.comparator, value=said.value,
        unit=said.unit, basis=said.basis, start=at, end=at + 1, source="schedule",
        annual_target_id=f"{TASK}-A{number:02}" if said.annual is not None else None,
        direction=direction,
    )  # fmt: skip
    yield target
    if said.annual is not None:
        yield target.model_copy(update={
            "target_id": f"{TASK}-A{number:02}", "milestone_id": None, "quarter": 4,
            "value": said.annual, "source": "goal", "start": 0, "end": 1,
            "annual_target_id": None,
        })  # fmt: skip


def _read(row: ProseRow, plan: Plan) -> ReadingContext:
    """Run every check of a return on the row; what is asked of the year is not answered twice."""
    questions = asked(plan, row.unit, row.quarter)
    own = tuple(t for t in questions.targets if t.target.milestone_id is not None)
    context = ReadingContext("return.xlsx", questions.model_copy(update={"targets": own}), _NO_BOOK)
    keys = series_keys(plan)
    before = (_last(row),) if row.last_progress or any(t.last for t in row.targets) else ()
    run_checks(
        context, _rows(row), before, keys, last_values(keys, before), _place, paths(plan),
        annual_values(plan),
    )  # fmt: skip
    return context


def _rows(row: ProseRow) -> tuple[ProgressRow, ...]:
    beside = [other for other in row.others if other.unit == row.unit]
    own = _progress(
        row, row.unit, 1, row.self_rating, row.progress,
        [t.actual for t in row.targets],
    ).model_copy(update={
        "problem": row.problem, "cause": row.cause, "next_step": row.next_step,
        "due_date": row.due_date,
    })  # fmt: skip
    return (own, *(
        _progress(row, row.unit, number, other.self_rating, other.progress, ())
        for number, other in enumerate(beside, 2)
    ))  # fmt: skip


def _progress(
    row: ProseRow,
    unit: str,
    number: int,
    rating: Grade | None,
    progress: str,
    actuals: Iterable[Decimal | None],
) -> ProgressRow:
    return ProgressRow(
        unit=unit, quarter=row.quarter, task_id=TASK, milestone_id=f"{TASK}-{number:02}",
        self_rating=rating, progress=progress, file=f"{unit}.xlsx", sheet="进展",
        cells={"progress": f"I{number + 3}"},
        actuals=tuple(
            Actual(target_id=f"{TASK}-T{at:02}", value=value, cell=f"K{at + 3}", sheet="指标")
            for at, value in enumerate(actuals, 1)
        ),
    )  # fmt: skip


def _last(row: ProseRow) -> ProgressRow:
    said = _progress(
        row, row.unit, 1, row.last_rating, row.last_progress, [t.last for t in row.targets]
    )
    return said.model_copy(update={"quarter": row.quarter - 1})


def _place(row: ProgressRow, name: str) -> str:
    return f"{_COLUMNS[name]}{int(row.milestone_id[-2:]) + 3}" if name in _COLUMNS else ""


def _return(row: ProseRow, plan: Plan, context: ReadingContext) -> Return:
    rows = _rows(row)
    return Return(
        unit=row.unit, quarter=row.quarter, file=rows[0].file, sha256="", is_sample=False,
        reported_on=None, rows=rows, findings=tuple(context.findings),
    )  # fmt: skip


def _return_of(row: ProseRow, other: OtherRow, plan: Plan) -> Return:
    said = _progress(row, other.unit, 1, other.self_rating, other.progress, other.actual)
    return Return(
        unit=other.unit, quarter=row.quarter, file=said.file, sha256="", is_sample=False,
        reported_on=None, rows=(said,),
    )  # fmt: skip
