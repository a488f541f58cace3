"""What deserves a look first: readings in doubt, unchecked ones before those that were checked."""

from collections.abc import Iterable
from functools import cached_property

from reporting.findings import Finding, Severity
from reporting.language.comparators import Certainty
from reporting.periods import full_date
from reporting.plan.codes import RULES
from reporting.plan.values import (
    AppliedCorrection,
    Check,
    Milestone,
    Plan,
    Subject,
    Target,
    Task,
)

_ASKED = "PLAN-TARGET-UNCERTAIN"
INFERRED = "按规则推断"
"""Words for what the text of the table does not say by itself."""
_SURELY = (Certainty.UNCERTAIN, Certainty.INFERRED, Certainty.STATED)
_NO_DOUBT = len(Severity)
_SETTLED = frozenset({"PLAN-CORRECTION"})
"""Findings that tell of no doubt, but of one that was settled."""


class Doubts:
    """The doubts about a plan's readings, and whether somebody has looked at them."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._findings: dict[str, list[Finding]] = {}
        for item in plan.findings:
            if item.code not in _SETTLED:
                self._findings.setdefault(item.task_id, []).append(item)

    def is_checked(self, value: Task | Milestone | Target) -> bool:
        """Tell whether somebody has ticked or corrected a reading."""
        return subject_of(value) in self._signatures

    def signed(self, value: Task | Milestone | Target) -> str:
        """Say who looked at a reading and when; empty when nobody did."""
        found = self._signatures.get(subject_of(value))
        return "已核对" + (f"（{found}）" if found else "") if found is not None else ""

    @cached_property
    def _signatures(self) -> dict[tuple[Subject, str], str]:
        made: Iterable[AppliedCorrection | Check] = (*self._plan.corrections, *self._plan.checks)
        return {(one.subject, one.subject_id): _signature(one) for one in made}

    def rank(self, value: Task | Milestone | Target) -> tuple[bool, int, int]:
        """Sort readings: unchecked before checked, the gravest doubt first, then the inferred."""
        surely = _SURELY.index(value.certainty) if isinstance(value, Target) else 0
        return self.is_checked(value), _gravest(self._about(value)), surely

    def words(self, value: Task | Milestone | Target) -> str:
        """Name the doubts about a reading, gravest first."""
        order = list(Severity)
        found = sorted(self._about(value), key=lambda f: order.index(f.severity))
        inferred = isinstance(value, Target) and value.certainty is Certainty.INFERRED
        said = [*map(_title, found), *([INFERRED] if inferred else [])]
        return "\n".join(dict.fromkeys(said))

    def _about(self, value: Task | Milestone | Target) -> list[Finding]:
        found = self._findings.get(value.task_id, [])
        if isinstance(value, Milestone):
            return [f for f in found if f.code.startswith(("PLAN-LABEL", "PLAN-QUARTER"))]
        if isinstance(value, Target):
            own = [f for f in found if f.code.startswith("PLAN-TARGET")]
            asked = value.certainty is Certainty.UNCERTAIN
            return [f for f in own if asked or f.code != _ASKED]
        return found

    def count_checked(self, values: Iterable[Task | Milestone | Target]) -> int:
        """Count the readings somebody has looked at."""
        return sum(map(self.is_checked, values))


def subject_of(value: Task | Milestone | Target) -> tuple[Subject, str]:
    """Name what is read."""
    if isinstance(value, Target):
        return Subject.TARGET, value.target_id
    if isinstance(value, Milestone):
        return Subject.MILESTONE, value.milestone_id
    return Subject.TASK, value.task_id


def _signature(made: AppliedCorrection | Check) -> str:
    day = full_date(made.on) if made.on else ""
    return "，".join(filter(None, (made.by, day)))


def _gravest(findings: Iterable[Finding]) -> int:
    order = list(Severity)
    return min((order.index(item.severity) for item in findings), default=_NO_DOUBT)


def _title(item: Finding) -> str:
    title = RULES[item.code].title if item.code in RULES else item.code
    why = f"（{item.expected}）" if item.code == _ASKED else ""
    return f"{item.severity.label}：{title}{why}"
