"""What changed between two assessments of one quarter, fact by fact."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence

from reporting.assess.editions.of_plan import plan_facts
from reporting.assess.editions.of_returns import Arrivals, answer_facts, is_deadline, row_facts
from reporting.assess.editions.pairs import Successors, paired
from reporting.assess.history import DIFFERS
from reporting.assess.values import Assessment, Change, NoteKind
from reporting.findings import Finding
from reporting.periods import full_date

RULE, REMARK = "核定规则", "数据核对"

_PASSING = frozenset({
    DIFFERS, "PLAN-TASK-NEW", "PLAN-TASK-REWORDED", "PLAN-TASK-GONE", "PLAN-NUMBER-ORDER",
    "PLAN-NUMBER-DUPLICATE",
})  # fmt: skip
"""Remarks on where folder, register and rows stand at the moment: they correct nothing printed."""


def facts(old: Assessment, new: Assessment) -> tuple[Change, ...]:
    """List every fact that differs: of the table, of the returns, of what is printed anyway.

    What was noticed of the data (findings), and how a return is said to have come, is a
    consequence and no fact; it is listed only where nothing else explains it.
    """
    heirs = Successors(old, new)
    arrivals = Arrivals(old, new, heirs)
    found = [
        *_general(old, new),
        *arrivals.deadlines(),
        *plan_facts(old, new),
        *arrivals.came(),
        *row_facts(old, new, arrivals, heirs),
        *answer_facts(old, new, arrivals, heirs),
    ]
    found += list(arrivals.states(found))
    told = _Told(found, new)
    return (*found, *(remark for remark in _remarks(old, new) if not told.explains(remark)))


class _Told:
    """What the facts found explain of what was noticed."""

    def __init__(self, found: Sequence[Change], new: Assessment) -> None:
        self._places = {(change.unit, change.task_id) for change in found}
        tasks = {change.task_id for change in found if change.task_id and not change.unit}
        self._tasks = tasks
        self._units = {change.unit for change in found if change.unit}
        self._units |= {name for change in found if not change.unit for name in change.parties}
        # What is asked of a unit changed with the table: its workbook was made for the old one.
        self._units |= {
            unit for task in new.plan.tasks if task.task_id in tasks for unit in task.lead_units
        }
        self._returns = any(is_deadline(change) for change in found)

    def explains(self, remark: Change) -> bool:
        """Tell whether what was noticed follows from a fact."""
        return (
            (remark.unit, remark.task_id) in self._places
            or remark.task_id in self._tasks
            or remark.unit in self._units
            or (self._returns and bool(remark.unit))
        )


def _general(old: Assessment, new: Assessment) -> Iterator[Change]:
    for was, is_now in paired(old.rule, new.rule, lambda clause: clause.code):
        clause = is_now or was
        assert clause is not None
        if was != is_now:
            yield Change(
                kind=NoteKind.REVISED, field=f"{RULE}{clause.code}",
                old=was.text if was else "", new=is_now.text if is_now else "",
            )  # fmt: skip
    if (before := _head(old)) != (after := _head(new)):
        yield Change(field="文头和印发日期", old=before, new=after)


def _head(assessment: Assessment) -> str:
    head = assessment.masthead
    day = full_date(head.publish_date)
    return "，".join((head.issuing_office, head.title, head.issue_number, day))


def _remarks(old: Assessment, new: Assessment) -> Iterator[Change]:
    was, is_now = (_counted(assessment.findings) for assessment in (old, new))
    for one, other in paired(was, is_now, lambda counted: counted[0]):
        if one is None or other is None:
            before, after = one and one[1], other and other[1]
            finding = before or after
            assert finding is not None
            yield Change(
                task_id=finding.task_id, unit=finding.unit, field=REMARK,
                old=before.message if before else "", new=after.message if after else "",
                old_where=before.where if before else "", new_where=after.where if after else "",
            )  # fmt: skip


def _counted(findings: Iterable[Finding]) -> Iterator[tuple[Hashable, Finding]]:
    """Give each finding with what it says, and which of its like it is.

    Where it stands does not count: a renamed file or a row moved down corrects nothing.
    """
    seen: Counter[str] = Counter()
    for finding in findings:
        if finding.code in _PASSING:
            continue
        said = finding.model_dump_json(exclude={"file", "sheet", "cell", "line"})
        seen[said] += 1
        yield (said, seen[said]), finding
