"""Why tasks are not on schedule, by what the units' words are about; counted and quoted."""

from collections.abc import Sequence

from reporting.assess.values import Assessment, StatedCause
from reporting.documents.blocks import Link, Muted, Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.exhibits.building import Cell, exhibit, number, paragraph, text
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.naming import anchor
from reporting.exhibits.origins.steps import CAUSES, counted, ids_of, leads
from reporting.grades import TO_EXPLAIN
from reporting.language.causes import Matter
from reporting.language.visible import in_quotes
from reporting.plan.values import Task

UNSAID = "未说明原因"
_MOST_QUOTES = 2


@in_labels
def causes(assessment: Assessment) -> Exhibit:
    """Count the lagging and paused tasks by the causes stated; nothing where there are none."""
    tasks = to_explain(assessment)
    if not tasks:
        return exhibit()
    groups = causes_of(assessment, tasks)
    return exhibit(
        paragraph(_sentence(groups, len(tasks)), origin=leads(CAUSES)),
        Table(
            columns=(
                text("cause", "原因", 0.9), number("count", "任务数（项）", 0.7),
                text("tasks", "任务号", 1.6), text("quotes", "填报原文（各举一二）", 4),
            ),
            rows=tuple(
                Row(
                    cells=(label, str(len(found)), _numbers(found), _quotes(assessment, label)),
                    origin=(counted(f"所报原因为{label}", ids_of(found), column="count"),),
                )
                for label, found in groups
            ),
            caption="滞后和暂缓的原因",
        ),
    )  # fmt: skip


def causes_sentence(assessment: Assessment) -> str:
    """Count the tasks by cause in a sentence; empty where there is nothing to explain."""
    tasks = to_explain(assessment)
    return _sentence(causes_of(assessment, tasks), len(tasks)) if tasks else ""


def to_explain(assessment: Assessment) -> list[Task]:
    """Give the tasks whose causes are asked for."""
    found = (r for r in assessment.task_ratings() if r.grade in TO_EXPLAIN)
    return [assessment.plan.task(rating.task_id) for rating in found]


def causes_of(assessment: Assessment, tasks: Sequence[Task]) -> list[tuple[str, tuple[Task, ...]]]:
    """Give the tasks of each class of cause, most first, 其他 and those without one last."""
    stated: dict[str, set[str]] = {}
    for one in assessment.causes:
        for matter in one.matters or (UNSAID,):
            stated.setdefault(str(matter), set()).add(one.task_id)
    # A task of which no row came, or none that is to be explained, has no cause stated either.
    told = {one.task_id for one in assessment.causes}
    silent = {task.task_id for task in tasks} - told
    stated[UNSAID] = stated.get(UNSAID, set()) | silent
    groups = [
        (label, tuple(t for t in tasks if t.task_id in stated.get(label, ())))
        for label in (*map(str, Matter), UNSAID)
    ]
    last = (str(Matter.OTHER), UNSAID)
    groups.sort(key=lambda group: (group[0] in last, group[0] == UNSAID, -len(group[1])))
    return [group for group in groups if group[1]]


def _sentence(groups: Sequence[tuple[str, tuple[Task, ...]]], every: int) -> str:
    parts = "、".join(f"{label}{len(found)}项" for label, found in groups)
    shared = sum(len(found) for _, found in groups) > every
    note = "；一项任务有几类原因的，分别计入" if shared else ""
    return f"滞后和暂缓的任务{every}项，按所报原因：{parts}{note}。"


def _numbers(tasks: Sequence[Task]) -> Cell:
    parts: list[Cell] = []
    for task in tasks:
        parts += ["、"] if parts else []
        parts.append(Link(text=task.label, anchor=anchor(task)))
    return tuple(parts)


def _quotes(assessment: Assessment, label: str) -> Cell:
    """Quote the words, each once with the unit that first used them."""
    found: dict[str, StatedCause] = {}
    for one in assessment.causes:
        if label in one.matters and one.words:
            found.setdefault(one.words, one)
    parts: list[Cell] = []
    for words, one in list(found.items())[:_MOST_QUOTES]:
        parts += ["\n"] if parts else []
        label = assessment.plan.task(one.task_id).label
        parts += [in_quotes(words), Muted(text=f"（任务{label}，{one.unit}）")]
    return tuple(parts) or "—"
