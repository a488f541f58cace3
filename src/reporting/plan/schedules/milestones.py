"""The milestones of a task: what its schedule asks for by a quarter, or all year."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from reporting.findings import Finding
from reporting.language.other_years import begins_in_other_year
from reporting.language.periods import ALL_QUARTERS
from reporting.language.phrases import table_words
from reporting.plan.codes import finding
from reporting.plan.schedules.schedule import Piece, Schedule, parse_schedule
from reporting.plan.values import Milestone, MilestoneKind, Task

_NUMERALS = "一二三四"


def make_milestones(task: Task, year: int) -> tuple[tuple[Milestone, ...], tuple[Finding, ...]]:
    """Make the milestones of a task, in the order of its schedule.

    Returns
    -------
    milestones, findings
        A schedule without a word of content has no milestone, nor what is due in another
        year. Findings tell of misprinted or
        doubtful labels, and of quarters that are missing, repeated, overlapping or out of
        order within a workstream; none of them drops a text.
    """
    schedule = parse_schedule(task.schedule, year)
    texts = [piece for piece in schedule.texts if not _is_of_other_year(piece, schedule, year)]
    milestones = tuple(
        _milestone(task, number, piece, schedule) for number, piece in enumerate(texts, 1)
    )
    others = [
        finding("PLAN-YEAR-OTHER", task_id=task.task_id, found=schedule.words(piece))
        for piece in schedule.texts
        if piece not in texts
    ]
    return milestones, (*_findings(task, schedule), *others)


def _is_of_other_year(piece: Piece, schedule: Schedule, year: int) -> bool:
    """Tell a text that no label of this year binds and that is due in another."""
    return piece.yearly and begins_in_other_year(schedule.words(piece), year)


def _milestone(task: Task, number: int, piece: Piece, schedule: Schedule) -> Milestone:
    return Milestone(
        milestone_id=f"{task.task_id}-{number:02d}",
        task_id=task.task_id,
        workstream=piece.workstream,
        quarters=_quarters(piece),
        kind=MilestoneKind.YEAR if piece.yearly else MilestoneKind.QUARTER,
        text=schedule.words(piece),
        start=piece.start,
        end=piece.end,
    )


def _quarters(piece: Piece) -> tuple[int, ...]:
    return ALL_QUARTERS if piece.yearly else piece.quarters


def _findings(task: Task, schedule: Schedule) -> Iterator[Finding]:
    if not schedule.texts and schedule.text.strip():
        yield finding("PLAN-SCHEDULE-BLANK", task_id=task.task_id, found=schedule.text.strip())
    mentioned = table_words.MENTION.search(schedule.text)
    if mentioned and all(piece.yearly for piece in schedule.texts):
        yield finding("PLAN-LABEL-NONE", task_id=task.task_id, found=mentioned[0])
    for label in schedule.labels:
        codes = {"PLAN-LABEL-MISPRINT": label.misprint, "PLAN-LABEL-DOUBTFUL": label.doubtful}
        for code, applies in codes.items():
            if applies:
                yield finding(
                    code,
                    task_id=task.task_id,
                    found=schedule.words(label),
                    expected=_named(label.quarters),
                )
    for name, chain in _chains(schedule).items():
        where = f"子项“{name}”" if name else "季度进度安排"
        for code, quarters in _faults(chain):
            yield finding(code, task_id=task.task_id, expected=where, found=_named(quarters))


def _chains(schedule: Schedule) -> dict[str | None, list[Piece]]:
    chains: dict[str | None, list[Piece]] = {}
    for piece in schedule.texts:
        chains.setdefault(piece.workstream, []).append(piece)
    return chains


def _faults(chain: Sequence[Piece]) -> Iterator[tuple[str, Sequence[int]]]:
    """Give what is odd about the quarters of a chain, each with the quarters it concerns.

    Deadlines are left out of the order: they name a day within a quarter's words.
    """
    bound = [piece.quarters for piece in chain if not piece.yearly and not piece.deadline]
    for before, after in pairwise(bound):
        shared = [quarter for quarter in after if quarter in before]
        if before == after:
            yield "PLAN-QUARTER-REPEATED", after
        elif shared:
            yield "PLAN-QUARTER-OVERLAP", shared
        elif after[0] < before[0]:
            yield "PLAN-QUARTER-ORDER", after
    covered = {quarter for piece in chain for quarter in _quarters(piece)}
    missing = [quarter for quarter in ALL_QUARTERS if quarter not in covered]
    if missing:
        yield "PLAN-QUARTER-GAP", missing


def _named(quarters: Sequence[int]) -> str:
    return "、".join(_NUMERALS[quarter - 1] for quarter in quarters) + "季度"
