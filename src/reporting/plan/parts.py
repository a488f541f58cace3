"""What a task asks for: its milestones and targets, and what was noticed while reading them."""

from collections.abc import Sequence
from dataclasses import dataclass

from reporting.findings import Finding
from reporting.plan.schedules.milestones import make_milestones
from reporting.plan.targets.make import make_targets
from reporting.plan.values import Milestone, Target, Task


@dataclass(frozen=True)
class Parts:
    """The parts of one task; ``noticed`` is of its schedule, ``doubts`` of its figures."""

    milestones: tuple[Milestone, ...]
    targets: tuple[Target, ...]
    noticed: tuple[Finding, ...] = ()
    doubts: tuple[Finding, ...] = ()


def make_parts(task: Task, year: int) -> Parts:
    """Read a task's schedule and figures."""
    milestones, noticed = make_milestones(task, year)
    targets, doubts = make_targets(task, milestones)
    return Parts(tuple(milestones), targets, tuple(noticed), doubts)


def with_milestones(task: Task, parts: Parts, milestones: Sequence[Milestone]) -> Parts:
    """Read a task's figures again under other milestones."""
    targets, doubts = make_targets(task, milestones)
    return Parts(tuple(milestones), targets, parts.noticed, doubts)
