"""The milestones of a task: what its schedule asks for by a quarter, or all year."""

from reporting.findings import Finding
from reporting.plan.codes import finding
from reporting.plan.schedule import Piece, PieceKind, Schedule, parse_schedule
from reporting.plan.values import Milestone, MilestoneKind, Task

_ALL = (1, 2, 3, 4)


def make_milestones(task: Task, year: int) -> tuple[tuple[Milestone, ...], tuple[Finding, ...]]:
    """Make the milestones of a task, in the order of its schedule.

    Returns
    -------
    milestones, findings
        An empty schedule has no milestone.
    """
    schedule = parse_schedule(task.schedule)
    milestones = tuple(
        _milestone(task, number, piece, schedule) for number, piece in enumerate(schedule.texts, 1)
    )
    return milestones, tuple(_findings(task, schedule))


def _milestone(task: Task, number: int, piece: Piece, schedule: Schedule) -> Milestone:
    return Milestone(
        milestone_id=f"{task.task_id}-{number:02d}",
        task_id=task.task_id,
        workstream=piece.workstream,
        quarters=_ALL if piece.yearly else piece.quarters,
        kind=MilestoneKind.YEAR if piece.yearly else MilestoneKind.QUARTER,
        text=schedule.words(piece),
        start=piece.start,
        end=piece.end,
    )


def _findings(task: Task, schedule: Schedule) -> list[Finding]:
    found = [
        finding("PLAN-LABEL-MISPRINT", task_id=task.task_id, found=schedule.words(piece),
                expected="、".join("一二三四"[q - 1] for q in piece.quarters) + "季度")
        for piece in schedule.pieces
        if piece.kind is PieceKind.LABEL and piece.misprint
    ]  # fmt: skip
    chains: dict[str | None, set[int]] = {}
    for piece in schedule.texts:
        quarters = _ALL if piece.yearly else piece.quarters
        chains.setdefault(piece.workstream, set()).update(quarters)
    for name, covered in chains.items():
        gaps = [q for q in _ALL if q not in covered]
        if gaps:
            found.append(
                finding(
                    "PLAN-QUARTER-GAP", task_id=task.task_id,
                    found="、".join(f"第{'一二三四'[q - 1]}季度" for q in gaps),
                    expected=f"子项“{name}”" if name else "季度进度安排",
                )
            )  # fmt: skip
    return found
