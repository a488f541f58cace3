"""How tasks, units, leaders and quotes are named, the same in every exhibit."""

from collections.abc import Iterable, Sequence

from reporting.assess.rating import rule
from reporting.assess.values import Assessment, Evidence, Rating, SubjectKind
from reporting.documents.blocks import Column, Link, Muted
from reporting.exhibits.building import Cell, text
from reporting.exhibits.sentences import clipped
from reporting.language.visible import in_quotes
from reporting.plan.values import Plan, Task
from reporting.project.register import number_of
from reporting.returns.values import ProgressRow


def anchor(task: Task) -> str:
    """Name the place of a task in a document."""
    return f"task-{task.number:03d}"


def task_link(task: Task, length: int = 42) -> Cell:
    """Name a task in few words, leading to where all of it stands."""
    return Link(text=clipped(task.goal, length), anchor=anchor(task))


def label_of(plan: Plan, task_id: str) -> str:
    """Give the number that a task is called by; one that left the table goes by its place."""
    labels = {task.task_id: task.label for task in plan.tasks}
    place = "序" if any(task.by_printed for task in plan.tasks) else ""
    return labels.get(task_id) or f"{place}{number_of(task_id)}"


def numbered(task: Task) -> Cell:
    """Give the number that a task is called by, and beside it its place where they differ."""
    beside = task.reference.removeprefix(task.label)
    return (task.label, Muted(text=f"\n{beside}")) if beside else task.label


def units_of(task: Task) -> str:
    """Name the lead units of a task."""
    return "、".join(task.lead_units)


def leaders_of(task: Task) -> str:
    """Name the leaders of a task."""
    return "、".join(task.leaders) or "未明确"


def owner_column(assessment: Assessment, share: float = 1.2) -> Column:
    """Make the column that says whose a task is: a unit's own report names the leader."""
    own = assessment.subject.kind is SubjectKind.UNIT
    return text("party", "责任领导" if own else "牵头单位", share)


def owner_of(assessment: Assessment, task: Task) -> str:
    """Fill that column."""
    own = assessment.subject.kind is SubjectKind.UNIT
    return leaders_of(task) if own else units_of(task)


def apart_mark(rating: Rating) -> Muted | None:
    """Say below the grade of a task that it is counted apart, as nothing of it is due."""
    return Muted(text=f"\n{rule.NOTHING_DUE}") if rule.is_nothing_due(rating) else None


def place(evidence: Evidence) -> str:
    """Say where a quote stands: sheet and cell, and the quarter of an earlier return."""
    sheet = f"“{evidence.sheet}”表" if evidence.sheet else ""
    return f"{evidence.earlier_return}{sheet}{evidence.cell}".strip()


def evidence_cell(rating: Rating, most: int = 2) -> Cell:
    """Quote what a rating rests on, with its place; a dash when it rests on no return."""
    parts: list[Cell] = []
    for evidence in rating.evidence[:most]:
        if parts:
            parts.append("\n")
        parts += [in_quotes(evidence.quote), Muted(text=f"（{place(evidence)}）")]
    return tuple(parts) or "—"


def reported_words(rows: Iterable[ProgressRow], field: str, units: Sequence[str]) -> str:
    """Collect a field of rows, each once; the unit is named where several report."""
    found: dict[str, None] = {}
    for row in rows:
        words = str(getattr(row, field)).strip()
        if words:
            found[f"{row.unit}：{words}" if len(units) > 1 else words] = None
    return "\n".join(found)
