"""Small pieces that several exhibits are made of."""

from collections.abc import Iterable, Sequence
from typing import Any

from reporting.assess.values import Assessment, Evidence, Rating, SubjectKind
from reporting.documents.blocks import Block, Column, Link, Muted, Notice, Paragraph
from reporting.documents.exhibit import Exhibit
from reporting.exhibits.prose import clipped
from reporting.language.visible import in_quotes
from reporting.plan.values import Task
from reporting.returns.values import ProgressRow

Cell = Any
"""What `Inlines` takes: a string, a grade, an inline, or a run of them."""


def exhibit(*blocks: Block | None) -> Exhibit:
    """Put blocks together; None is nothing."""
    return Exhibit(blocks=tuple(block for block in blocks if block is not None))


def paragraph(*parts: Cell) -> Paragraph | None:
    """Make a paragraph of what is not empty; nothing of nothing."""
    kept = tuple(part for part in parts if part)
    return Paragraph(inlines=kept) if kept else None


def nothing(words: str) -> Notice:
    """Say that there is nothing to show, rather than show nothing."""
    return Notice(inlines=words)


def text(key: str, label: str, share: float = 1) -> Column:
    """Make a column of words."""
    return Column(key=key, label=label, share=share)


def mark(key: str, label: str, share: float = 1) -> Column:
    """Make a column of grades or other short words."""
    return Column(key=key, label=label, share=share, align="center")


def number(key: str, label: str, share: float = 1) -> Column:
    """Make a column of figures."""
    return Column(key=key, label=label, share=share, align="right", numeric=True)


def anchor(task: Task) -> str:
    """Name the place of a task in a document."""
    return f"task-{task.number:03d}"


def task_link(task: Task, length: int = 42) -> Cell:
    """Name a task in few words, leading to where all of it stands."""
    return Link(text=clipped(task.goal, length), anchor=anchor(task))


def units_of(task: Task) -> str:
    """Name the lead units of a task."""
    return "、".join(task.lead_units)


def leaders_of(task: Task) -> str:
    """Name the leaders of a task."""
    return "、".join(task.leaders) or "未明确"


def party(assessment: Assessment, share: float = 1.2) -> Column:
    """Make the column that says whose a task is: a unit's own report names the leader."""
    own = assessment.subject.kind is SubjectKind.UNIT
    return text("party", "责任领导" if own else "牵头单位", share)


def party_of(assessment: Assessment, task: Task) -> str:
    """Fill that column."""
    own = assessment.subject.kind is SubjectKind.UNIT
    return leaders_of(task) if own else units_of(task)


def rating_units(assessment: Assessment, task: Task) -> tuple[str, ...]:
    """Name the lead units whose returns the slice holds."""
    if assessment.subject.kind is SubjectKind.UNIT:
        return (assessment.subject.name,)
    return task.lead_units


def rows_of(
    assessment: Assessment, task_id: str, quarter: int | None = None
) -> tuple[ProgressRow, ...]:
    """Return the rows of a task in a quarter, this one unless told."""
    wanted = quarter or assessment.quarter
    return tuple(r for r in assessment.progress if (r.task_id, r.quarter) == (task_id, wanted))


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


def said(rows: Iterable[ProgressRow], field: str, units: Sequence[str]) -> str:
    """Collect a field of rows, each once; the unit is named where several report."""
    found: dict[str, None] = {}
    for row in rows:
        words = str(getattr(row, field)).strip()
        if words:
            found[f"{row.unit}：{words}" if len(units) > 1 else words] = None
    return "\n".join(found)
