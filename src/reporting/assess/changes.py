"""What changed between two assessments of one quarter: facts, and the ratings they moved."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from reporting.assess.rating.targets import plan_text
from reporting.assess.values import Assessment, Change, Edition, Move, ReturnState
from reporting.findings import Finding
from reporting.language.numerals import quantity
from reporting.periods import full_date
from reporting.plan.values import Plan, Target, Task
from reporting.returns.promises.values import PromiseAnswer
from reporting.returns.values import ProgressRow

T = TypeVar("T")

_TASK_FIELDS = {
    "heading": "总体要求",
    "goal": "年度目标及工作内容",
    "schedule": "季度进度安排",
    "leaders": "责任领导",
    "lead_units": "牵头单位",
    "coordinating_unit": "协调督促单位",
    "host_unit": "设立单位",
    "supporting_units": "协助单位",
}
_PARTY_FIELDS = frozenset({"leaders", "lead_units", "supporting_units"})
"""Fields that decide whose reports a task stands in."""

_ROW_FIELDS = {
    "self_rating": "单位自评",
    "progress": "本季度进展",
    "problem": "存在问题",
    "cause": "原因",
    "next_step": "下一步措施",
    "due_date": "完成时限",
    "coordination": "需协调事项",
    "evidence": "佐证材料",
    "reporter": "填报人",
    "approver": "审定人",
    "reported_on": "填报日期",
}

_ANSWER_FIELDS = {
    "outcome": "承诺措施办理结果", "on": "承诺措施完成或延期日期", "note": "承诺措施办理说明",
}  # fmt: skip


def with_editions(
    assessment: Assessment,
    frozen: Assessment | None,
    further: Iterable[Change] = (),
    *,
    number: int | None = None,
) -> Assessment:
    """Say what changed since the last frozen edition of the quarter.

    Parameters
    ----------
    frozen : Assessment or None
        The last frozen edition's; None before the first, which has nothing to correct.
    further : iterable of Change
        Changes that no assessment knows of, such as an edited notebook.
    number : int, optional
        Number of the edition to come; by default the one after that in which facts last
        changed, which is wrong where an edition was frozen without a change of facts.
    """
    if frozen is None:
        return assessment
    changes = (*facts(frozen, assessment), *further)
    moves = tuple(moves_between(frozen, assessment))
    if not changes and not moves:
        return assessment.model_copy(update={"editions": frozen.editions})
    number = number or frozen.edition_number + 1
    edition = Edition(number=number, changes=changes, moves=moves)
    return assessment.model_copy(update={"editions": (*frozen.editions, edition)})


def facts(old: Assessment, new: Assessment) -> tuple[Change, ...]:
    """List every fact that differs: of the table, of the returns, of what is printed anyway.

    What was noticed of the data (findings) is a consequence and no fact; it is listed only where
    nothing else explains it.
    """
    arrivals = list(_arrivals(old, new))
    # A return that came or went says why all its rows did; any other state follows from them.
    moves = [change for change in arrivals if _came_or_went(change)]
    found = [
        *_general(old, new),
        *_tasks(old.plan, new.plan),
        *moves,
        *_rows(old, new),
        *_answers(old, new),
        *(change for change in arrivals if change not in moves),
    ]
    explained = {(change.unit, change.task_id) for change in found}
    units = {change.unit for change in found if change.unit}
    found += [
        change
        for change in _remarks(old, new)
        if (change.unit, change.task_id) not in explained and change.unit not in units
    ]
    return tuple(found)


def _paired(
    old: Iterable[T], new: Iterable[T], key: Callable[[T], Hashable]
) -> Iterator[tuple[T | None, T | None]]:
    """Pair values of one key, in the order of the new ones; what is gone comes last."""
    before: Mapping[Hashable, T] = {key(item): item for item in old}
    after: Mapping[Hashable, T] = {key(item): item for item in new}
    for name, item in after.items():
        yield before.get(name), item
    for name, item in before.items():
        if name not in after:
            yield item, None


def _general(old: Assessment, new: Assessment) -> Iterator[Change]:
    for was, is_now in _paired(old.rule, new.rule, lambda clause: clause.code):
        clause = is_now or was
        assert clause is not None
        if was != is_now:
            yield Change(
                field=f"核定规则{clause.code}", old=was.text if was else "",
                new=is_now.text if is_now else "",
            )  # fmt: skip
    if (before := _head(old)) != (after := _head(new)):
        yield Change(field="文头和印发日期", old=before, new=after)


def _head(assessment: Assessment) -> str:
    head = assessment.masthead
    day = full_date(head.publish_date)
    return "，".join((head.issuing_office, head.title, head.issue_number, day))


def _tasks(old: Plan, new: Plan) -> Iterator[Change]:
    for before, after in _paired(old.tasks, new.tasks, lambda task: task.task_id):
        if before is None or after is None:
            task = before or after
            assert task is not None
            words = [t.goal if t else "" for t in (before, after)]
            yield Change(
                task_id=task.task_id, field="任务", old=words[0], new=words[1],
                parties=_parties(task),
            )  # fmt: skip
            continue
        differing = list(_task_fields(before, after))
        yield from differing
        if not {change.field for change in differing} & {"季度进度安排", "年度目标及工作内容"}:
            yield from _targets(before.task_id, old, new)


def _task_fields(before: Task, after: Task) -> Iterator[Change]:
    for name, label in _TASK_FIELDS.items():
        was, is_now = _words(getattr(before, name)), _words(getattr(after, name))
        if was != is_now:
            yield Change(
                task_id=after.task_id, field=label, old=was, new=is_now,
                old_where=_line(before), new_where=_line(after),
                parties=_parties(before) if name in _PARTY_FIELDS else (),
            )  # fmt: skip


def _parties(task: Task) -> tuple[str, ...]:
    supporting = (support.unit for support in task.supporting_units)
    return tuple(dict.fromkeys([*task.lead_units, *task.leaders, *supporting]))


def _line(task: Task) -> str:
    return f"任务分解表第{task.line}行" if task.line is not None else "任务分解表"


def _targets(task_id: str, old: Plan, new: Plan) -> Iterator[Change]:
    """List targets that are read otherwise although the table's words are the same."""
    for before, after in _paired(
        old.targets_of(task_id), new.targets_of(task_id), lambda target: target.target_id
    ):
        was, is_now = _target(before), _target(after)
        if was != is_now:
            yield Change(task_id=task_id, field="量化指标", old=was, new=is_now)


def _target(target: Target | None) -> str:
    return f"{target.measure}{plan_text(target)}" if target else ""


def _rows(old: Assessment, new: Assessment) -> Iterator[Change]:
    measures = {t.target_id: t for t in (*old.plan.targets, *new.plan.targets)}
    for before, after in _paired(
        old.progress, new.progress, lambda row: (row.unit, row.quarter, row.milestone_id)
    ):
        row = after or before
        assert row is not None
        for field, was, is_now, name in _row_facts(before, after, measures):
            if was != is_now:
                yield Change(
                    task_id=row.task_id, unit=row.unit, quarter=row.quarter, field=field,
                    old=was, new=is_now, old_where=_cell(before, name),
                    new_where=_cell(after, name),
                )  # fmt: skip


def _answers(old: Assessment, new: Assessment) -> Iterator[Change]:
    """List what is said otherwise of promised steps."""
    for before, after in _paired(
        old.answers, new.answers, lambda one: (one.unit, one.quarter, one.promise_id)
    ):
        answer = after or before
        assert answer is not None
        for name, label in _ANSWER_FIELDS.items():
            was, is_now = (_words(getattr(a, name)) if a else "" for a in (before, after))
            if was != is_now:
                yield Change(
                    task_id=answer.task_id, unit=answer.unit, quarter=answer.quarter, field=label,
                    old=was, new=is_now, old_where=_answer_cell(before, name),
                    new_where=_answer_cell(after, name),
                )  # fmt: skip


def _answer_cell(answer: PromiseAnswer | None, name: str) -> str:
    cell = answer.cells.get(name, "") if answer else ""
    return f"{answer.file.rsplit('/', 1)[-1]}“{answer.sheet}”表 {cell}" if answer and cell else ""


def _row_facts(
    before: ProgressRow | None, after: ProgressRow | None, targets: Mapping[str, Target]
) -> Iterator[tuple[str, str, str, str]]:
    """Give label, old words, new words and the cell's key of everything a row says."""
    for name, label in _ROW_FIELDS.items():
        was, is_now = (_words(getattr(row, name)) if row else "" for row in (before, after))
        yield label, was, is_now, name
    figures = [{a.target_id: a for a in row.actuals} if row else {} for row in (before, after)]
    for target_id in dict.fromkeys([*figures[1], *figures[0]]):
        target = targets.get(target_id)
        measure = target.measure if target else target_id
        unit = target.unit if target else ""
        values = [found.get(target_id) for found in figures]
        words = [quantity(v.value, unit) if v and v.value is not None else "" for v in values]
        yield f"实际值（{measure}）", words[0], words[1], target_id


def _cell(row: ProgressRow | None, name: str) -> str:
    """Say where a field stands; empty when the cell was empty."""
    if row is None:
        return ""
    cell = row.cells.get(name, "")
    if not cell:
        return ""
    sheet, _, address = cell.rpartition("!")
    return f"{row.file.rsplit('/', 1)[-1]}“{sheet or row.sheet}”表 {address}"


def _arrivals(old: Assessment, new: Assessment) -> Iterator[Change]:
    for before, after in _paired(
        old.return_status, new.return_status, lambda status: (status.unit, status.quarter)
    ):
        status = after or before
        assert status is not None
        was, is_now = (str(s.state) if s else "" for s in (before, after))
        if was != is_now:
            yield Change(
                unit=status.unit, quarter=status.quarter, field="报送情况", old=was, new=is_now
            )


def outward(old: Assessment, new: Assessment) -> Iterator[Change]:
    """List what differs of the returns beside their facts: names of files, places of cells.

    No edition corrects anything by it, but reports quote where a figure stands.
    """
    for was, is_now in _paired(
        old.return_status, new.return_status, lambda status: (status.unit, status.quarter)
    ):
        if was and is_now and was.file and is_now.file and was.file != is_now.file:
            yield Change(
                unit=is_now.unit, quarter=is_now.quarter, field="报表文件名",
                old=was.file, new=is_now.file,
            )  # fmt: skip
    for before, after in _paired(
        old.progress, new.progress, lambda row: (row.unit, row.quarter, row.milestone_id)
    ):
        if before and after and _have_moved(before.cells, after.cells):
            yield Change(
                task_id=after.task_id, unit=after.unit, quarter=after.quarter, field="所在单元格"
            )


def _have_moved(before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Tell whether something that was filled stands elsewhere now."""
    return any(after.get(name, place) != place for name, place in before.items())


def _came_or_went(arrival: Change) -> bool:
    return not {arrival.old, arrival.new}.isdisjoint({"", ReturnState.MISSING})


def _remarks(old: Assessment, new: Assessment) -> Iterator[Change]:
    was, is_now = (_counted(assessment.findings) for assessment in (old, new))
    for one, other in _paired(was, is_now, lambda counted: counted[0]):
        if one is None or other is None:
            before, after = one and one[1], other and other[1]
            finding = before or after
            assert finding is not None
            yield Change(
                task_id=finding.task_id, unit=finding.unit, field="数据核对",
                old=before.message if before else "", new=after.message if after else "",
                old_where=before.where if before else "", new_where=after.where if after else "",
            )  # fmt: skip


def _counted(findings: Iterable[Finding]) -> Iterator[tuple[Hashable, Finding]]:
    """Give each finding with what it says, and which of its like it is.

    Where it stands does not count: a renamed file or a row moved down corrects nothing.
    """
    seen: Counter[str] = Counter()
    for finding in findings:
        said = finding.model_dump_json(exclude={"file", "sheet", "cell", "line"})
        seen[said] += 1
        yield (said, seen[said]), finding


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return full_date(value)
    if isinstance(value, tuple):
        return "、".join(map(_words, value))
    if hasattr(value, "scope"):
        return f"{value.unit}（{value.scope}）" if value.scope else str(value.unit)
    return str(value)


def moves_between(old: Assessment, new: Assessment) -> Iterator[Move]:
    """List the ratings of tasks in the period's quarter that are not what they were."""
    before = {_key(r): r for r in old.ratings if _counts(r, old)}
    for rating in new.ratings:
        if not _counts(rating, new):
            continue
        was = before.get(_key(rating))
        if was is None or was.grade is not rating.grade:
            yield Move(
                task_id=rating.task_id, unit=rating.unit,
                old=was.grade if was else None, new=rating.grade,
            )  # fmt: skip


def _key(rating: Any) -> tuple[str, str | None]:
    return rating.subject_id, rating.unit


def _counts(rating: Any, assessment: Assessment) -> bool:
    return bool(rating.level == "task" and rating.quarter == assessment.quarter)
