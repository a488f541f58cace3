"""What exceeds its plan or is finished early, each with its figure; nothing else is a highlight."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from reporting.assess.rating import rule
from reporting.assess.rating.figures import is_doubtful
from reporting.assess.values import Assessment, Rating
from reporting.documents.blocks import Link, Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.documents.sources.values import Step
from reporting.exhibits.building import exhibit, nothing, number, paragraph, text
from reporting.exhibits.facts import target_ratings
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.naming import anchor, units_of
from reporting.exhibits.origins.steps import counted, stated
from reporting.exhibits.sentences import clipped
from reporting.grades import DONE, GOOD
from reporting.plan.values import Target
from reporting.values import Value

# What a mayor reads; the table of targets has them all.
_MOST, _GOAL = 8, 22
_EXCEEDED = 110
"""Per cent of the plan from which a target counts as exceeded."""
_LAST = 4


class Highlight(Value):
    """A task, what is to be said of it, and the rating of the figure that shows it."""

    task_id: str
    what: str
    figure: Rating


@in_labels
def highlights(assessment: Assessment) -> Exhibit:
    """List what was finished early or exceeded this quarter, most exceeded first."""
    found = highlighted(assessment)
    if not found:
        return exhibit(nothing("本季度没有指标超过计划一成以上或者提前达到全年目标的任务。"))
    shown = found[:_MOST]
    early = sum(one.what != _BEYOND for one in found)
    each = [f"提前完成的{early}项"] if early else []
    each += [f"超过计划一成以上的{len(found) - early}项"] if early < len(found) else []
    rest = f"，列出其中{len(shown)}项，其余见附件" if len(shown) < len(found) else ""
    return exhibit(
        paragraph(
            f"有指标数据、无待核实情形的亮点{len(found)}项：{'、'.join(each)}{rest}。",
            origin=tuple(_counts(found, len(shown))),
        ),
        Table(
            columns=(
                number("number", "任务号", 0.6), text("goal", "任务", 2.2),
                text("unit", "牵头单位", 1.4), text("what", "亮点", 1), text("figure", "指标", 3),
            ),
            rows=tuple(_row(assessment, one) for one in shown),
            caption="工作亮点",
            sortable=len(shown) > 5,
        ),
    )  # fmt: skip


def _counts(found: Sequence[Highlight], shown: int) -> Iterator[Step]:
    yield counted("亮点", [one.task_id for one in found])
    yield counted("提前完成", [one.task_id for one in found if one.what != _BEYOND])
    yield counted("超过计划一成以上", [one.task_id for one in found if one.what == _BEYOND])
    yield stated(f"列出其中：{shown}项")


_YEAR, _GOAL_EARLY, _BEYOND = "全年任务提前完成", "全年指标提前达到", "超过计划"


def highlighted(assessment: Assessment) -> list[Highlight]:
    """Give the finished tasks, then figures that reached the year's early, then what exceeds."""
    found: dict[str, Highlight] = {}
    good = [
        r for r in assessment.task_ratings()
        # What was carried forward was told last quarter, and nothing new was reported of it.
        if r.grade in GOOD and r.rule != rule.CARRIED
    ]  # fmt: skip
    for tell in (_finished, _reached, _exceeded):
        for one in sorted(tell(assessment, good), key=lambda one: -_share(one.figure)):
            found.setdefault(one.task_id, one)
    return list(found.values())


def _finished(assessment: Assessment, good: Iterable[Rating]) -> Iterator[Highlight]:
    for rating in good if assessment.quarter < _LAST else ():
        best = max(_met(assessment, rating), key=_share, default=None)
        is_new = rating.grade in DONE and rating.previous not in DONE
        if is_new and best is not None:
            yield Highlight(task_id=rating.task_id, what=_YEAR, figure=best)


def _reached(assessment: Assessment, good: Iterable[Rating]) -> Iterator[Highlight]:
    for rating in good if assessment.quarter < _LAST else ():
        early = [
            one for one in _met(assessment, rating)
            if one.rule == rule.REACHED and one.previous not in DONE
        ]  # fmt: skip
        if early:
            yield Highlight(task_id=rating.task_id, what=_GOAL_EARLY, figure=max(early, key=_share))


def _exceeded(assessment: Assessment, good: Iterable[Rating]) -> Iterator[Highlight]:
    for rating in good:
        best = max(_met(assessment, rating), key=_share, default=None)
        if best is not None and _share(best) >= _EXCEEDED:
            yield Highlight(task_id=rating.task_id, what=_BEYOND, figure=best)


def _met(assessment: Assessment, rating: Rating) -> list[Rating]:
    """Give the figures of a task that were met and may be praised; none where one is in doubt."""
    targets = {t.target_id: t for t in assessment.plan.targets_of(rating.task_id)}
    found = target_ratings(assessment, rating.task_id)
    if any(is_doubtful(targets[r.subject_id], r.actual) for r in found):
        return []
    return [
        r for r in found if r.grade in GOOD and _share(r) and _may_be_praised(targets[r.subject_id])
    ]


def _may_be_praised(target: Target) -> bool:
    """Tell whether more is better: to stay far below a limit is no feat that a share tells."""
    return not target.is_kept_low


def _share(rating: Rating) -> Decimal:
    """Return actual ÷ plan in per cent; 0 where there is none of either."""
    if not rating.plan or rating.actual is None:
        return Decimal(0)
    return rating.actual / rating.plan * 100


def _row(assessment: Assessment, one: Highlight) -> Row:
    task = assessment.plan.task(one.task_id)
    return Row(cells=(
        task.label, Link(text=clipped(task.goal, _GOAL), anchor=anchor(task)),
        units_of(task), one.what, one.figure.reason,
    ))  # fmt: skip
