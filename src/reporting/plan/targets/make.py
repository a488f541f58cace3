"""The targets of a task: the quantities its goal and its milestones promise."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reporting.findings import Finding
from reporting.language.acts import Judged, judge
from reporting.language.comparators import Certainty, Comparator
from reporting.language.numerals import quantity as quantity_words
from reporting.language.phrases import naming
from reporting.language.phrases.measures import (
    OBTAINS,
    Unpaired,
    bare_lists,
    compared_alike,
    in_turn,
    paired,
)
from reporting.language.plain import Plain, plain
from reporting.language.quantities import (
    Quantity,
    find_bare,
    find_quantities,
    find_unread,
    unit_announced,
)
from reporting.language.quantity_context import clause_of
from reporting.plan.codes import finding
from reporting.plan.figures.understood import understood
from reporting.plan.targets.annual import annual_of
from reporting.plan.targets.basis import (
    Counted,
    Reading,
    basis_of,
    is_running,
    is_whole_year,
    time_of,
)
from reporting.plan.targets.chains import settle_bases
from reporting.plan.targets.doubts import doubted
from reporting.plan.targets.due import (
    alone_at_year_end,
    due_quarter,
    figures_by_month,
    goal_due,
    is_time_alone,
    later_months,
    listed_labels,
    running_labels,
    with_points,
)
from reporting.plan.targets.names import (
    MOST_LINKED,
    goals_in_order,
    is_of_plan,
    name_of,
)
from reporting.plan.targets.shares import settled_shares
from reporting.plan.values import Basis, Milestone, MilestoneKind, Target, Task

_WHY_BASIS = "是当季数还是累计数，原文没有写明"
_WHY = {
    "rises-though-lower": "该指标通常越低越好，原文却写上升",
    "falls-to-at-least": "原文既写下降到，又写不低于",
    "low-measure-at-least": "该指标通常越低越好，原文却写不低于",
    "unknown-verb": "动词不在词表中，不知越高越好还是越低越好",
    "open-measure": "不知该指标越高越好还是越低越好",
    "share-of-a-time": "百分数是压减的幅度还是达到的水平，原文没有写明",
}


def make_targets(
    task: Task, milestones: Sequence[Milestone]
) -> tuple[tuple[Target, ...], tuple[Finding, ...]]:
    """Make the targets of a task, the goal's own first, then in the schedule's order.

    Returns
    -------
    targets, findings
        A list under 分别 whose figures do not pair with its items is a finding, and no target.
    """
    goal, schedule = plain(task.goal), plain(task.schedule)
    written = task.model_copy(update={"goal": goal.text, "schedule": schedule.text})
    targets, findings = _make(written, [_plainly(part, schedule) for part in milestones])
    origins = {"goal": goal, "schedule": schedule}
    return tuple(_as_written(item, origins[item.source]) for item in targets), findings


def _plainly(milestone: Milestone, schedule: Plain) -> Milestone:
    """Give a milestone as the plainly written schedule has it."""
    start, end = schedule.place(milestone.start), schedule.place(milestone.end)
    name = milestone.workstream and plain(milestone.workstream).text
    text = schedule.text[start:end]
    return milestone.model_copy(
        update={"start": start, "end": end, "text": text, "workstream": name}
    )


def _as_written(target: Target, text: Plain) -> Target:
    """Lead a target's place back to the text as it was written."""
    start, end = text.span(target.start, target.end)
    return target.model_copy(update={"start": start, "end": end})


def _make(
    task: Task, milestones: Sequence[Milestone]
) -> tuple[tuple[Target, ...], tuple[Finding, ...]]:
    year = int(task.task_id.partition("-")[0])
    findings: list[Finding] = []
    due = goal_due(milestones, year)
    found = _read(task.goal, None, year, [], findings, task.goal, due=due)
    listed = listed_labels(task.schedule, milestones)
    for milestone in milestones:
        if is_time_alone(milestone.text, year):
            continue
        found += _read(
            milestone.text, milestone, year, found, findings, task.goal, listed=milestone in listed
        )
    found = with_points(found, task.schedule, milestones)
    found = _settled_by_labels(found, task.schedule, milestones)
    if len(found) > MOST_LINKED:
        told = str(len(found))
        findings.append(finding("PLAN-TARGET-MANY", expected=str(MOST_LINKED), found=told))
    else:
        found = doubted(settle_bases(settled_shares(found)))
    if monthly := figures_by_month(task.schedule):
        findings.append(finding("PLAN-TARGET-MONTHS", found="、".join(monthly)))
    targets = tuple(_targets(task, found))
    placed = tuple(item.model_copy(update={"task_id": task.task_id}) for item in findings)
    return targets, placed


def uncertain(targets: Iterable[Target]) -> Iterator[Finding]:
    """Ask about the figures that were read without anything that decides."""
    for target in targets:
        if target.certainty is Certainty.UNCERTAIN:
            figure = quantity_words(target.value, target.unit)
            said = f"{target.measure}{figure}" if target.measure else figure
            why = _WHY.get(target.rule.partition(", ")[0]) or _WHY_BASIS
            asked = finding("PLAN-TARGET-UNCERTAIN", expected=why, found=said)
            yield asked.model_copy(update={"task_id": target.task_id})


def _settled_by_labels(
    found: Sequence[Reading], schedule: str, milestones: Sequence[Milestone]
) -> list[Reading]:
    """Give the figures the basis that their milestone's label says, if their own words do not."""
    running = running_labels(schedule, milestones)
    alone, later = alone_at_year_end(milestones), later_months(schedule, milestones)

    def settled(item: Reading) -> Reading:
        if item.milestone in running and item.basis is Basis.IN_QUARTER:
            update = {"basis": Basis.CUMULATIVE, "stated": True, "running": True}
            return item.model_copy(update=update)
        if item.stated:
            return item
        if item.milestone in later and item.basis is Basis.CUMULATIVE:
            return item.model_copy(update={"basis": Basis.IN_QUARTER})
        if item.milestone in alone and item.basis is Basis.IN_QUARTER:
            return item.model_copy(update={"basis": Basis.CUMULATIVE})
        return item

    return [settled(item) for item in found]


def _read(
    text: str,
    milestone: Milestone | None,
    year: int,
    earlier: Sequence[Reading],
    findings: list[Finding],
    goal: str,
    *,
    listed: bool = False,
    due: int = 4,
) -> list[Reading]:
    bare = find_bare(text, unit_announced(goal), alone=milestone is not None)
    quantities = [*compared_alike(text, find_quantities(text, year)), *bare]
    lists = _lists(text, quantities, milestone, earlier, year, listed=listed)
    findings += _unread(text, year, lists.unpaired, told=not bare)
    left = {at for run in lists.unpaired for at in run.figures}
    found: list[Reading] = []
    for quantity in quantities:
        if quantity.at in left:
            continue
        named = lists.names.get(quantity.at, "")
        measure = name_of(text, quantity, milestone, earlier, found, goal, named=named)
        turn = lists.turns.get(quantity.at)
        found.append(_reading(text, quantity, milestone, year, measure, turn, due))
    return found


class _Lists(NamedTuple):
    """What lists under 分别 say of figures, by the place of each: its name, its quarter."""

    names: dict[int, str]
    turns: dict[int, tuple[int, ...]]
    unpaired: list[Unpaired]


def _lists(
    text: str,
    quantities: Sequence[Quantity],
    milestone: Milestone | None,
    earlier: Sequence[Reading],
    year: int,
    *,
    listed: bool,
) -> _Lists:
    names, unpaired = paired(text, quantities, year)
    turns = in_turn(text, quantities, year)
    unpaired += bare_lists(text, quantities) if milestone else []
    for run in unpaired:
        if milestone and listed and _is_by_quarters(run, milestone):
            dues = ((quarter,) for quarter in milestone.quarters)
            turns |= dict(zip(run.figures, dues, strict=True))
        elif like := goals_in_order(run, quantities, milestone, earlier):
            names |= dict(zip(run.figures, like, strict=True))
    read = turns.keys() | names.keys()
    return _Lists(names, turns, [run for run in unpaired if not read & set(run.figures)])


def _unread(text: str, year: int, unpaired: Sequence[Unpaired], *, told: bool) -> Iterator[Finding]:
    """Tell the figures that become no target."""
    for run in unpaired:
        if "分别" in run.words:
            yield finding("PLAN-TARGET-PAIRING", expected=str(run.items), found=run.words)
        else:
            why = "并列的数字没有写明各指什么"
            yield finding("PLAN-TARGET-UNREAD", expected=why, found=run.words)
    for item in find_unread(text, year) if told else ():
        yield finding("PLAN-TARGET-UNREAD", expected=item.why, found=item.words)


def _reading(
    text: str,
    quantity: Quantity,
    milestone: Milestone | None,
    year: int,
    measure: str,
    turn: tuple[int, ...] | None,
    due: int,
) -> Reading:
    spanned = milestone.quarters if milestone else None
    time = time_of(text, quantity, milestone, year)
    counted = basis_of(text, quantity, spanned, measure, time)
    if turn and counted.basis is not Basis.LEVEL and not is_running(text, quantity):
        from_january = len(turn) > 1 and turn[0] == 1
        counted = Counted(Basis.CUMULATIVE if from_january else Basis.IN_QUARTER, False, "in-turn")
    judged = _judged(text, quantity, measure, level=counted.basis is Basis.LEVEL)
    return Reading(
        milestone=milestone, measure=measure,
        quarter=turn[-1] if turn else due_quarter(text, quantity, milestone, year, due),
        quantity=quantity._replace(comparator=judged.comparator),
        offset=milestone.start if milestone else 0, basis=counted.basis,
        stated=counted.stated, running=is_running(text, quantity),
        aspirational=_is_wish(text, quantity), part=_is_part(text, quantity),
        of_plan=is_of_plan(text, quantity), basis_rule=counted.rule,
        counts_from=counted.counts_from, direction=judged.direction,
        certainty=judged.certainty, direction_rule=judged.rule,
    )  # fmt: skip


def _judged(text: str, quantity: Quantity, measure: str, *, level: bool) -> Judged:
    """Judge which way is better by the words around a figure."""
    return judge(
        text[quantity.clause : quantity.start], text[quantity.end : quantity.stop], measure,
        quantity.comparator, text[quantity.start : quantity.at], unit=quantity.unit, level=level,
    )  # fmt: skip


def _is_by_quarters(run: Unpaired, milestone: Milestone) -> bool:
    """Tell whether a list under 分别 gives one figure for each of the label's quarters."""
    labelled = milestone.kind is MilestoneKind.QUARTER
    return labelled and run.items < 2 and len(run.figures) == len(milestone.quarters)


def _is_part(text: str, quantity: Quantity) -> bool:
    """Tell whether a figure counts only some of what the one before counts."""
    clause = clause_of(text, quantity.start)
    bracketed = text[clause - 1 : clause] in ("（", "(")
    return bracketed or bool(naming.PART.search(text[clause : quantity.start]))


def _is_wish(text: str, quantity: Quantity) -> bool:
    clause = text[clause_of(text, quantity.start) : quantity.at]
    return bool(naming.WISH.search(OBTAINS.sub("", clause)))


def _targets(task: Task, found: Sequence[Reading]) -> Iterator[Target]:
    goals: list[tuple[str, Reading]] = []
    for number, item in enumerate(found, 1):
        target_id = f"{task.task_id}-T{number:02d}"
        annual = None
        if is_whole_year(item):
            goals.append((target_id, item))
        elif len(found) <= MOST_LINKED:
            annual = annual_of(item, goals, found)
        yield _target(task, target_id, item, annual)


def _target(task: Task, target_id: str, item: Reading, annual: str | None) -> Target:
    quantity = item.quantity
    settled = item.basis is not Basis.IN_QUARTER
    target = Target(
        target_id=target_id, task_id=task.task_id,
        milestone_id=item.milestone.milestone_id if item.milestone else None,
        quarter=item.quarter, measure=item.measure, comparator=quantity.comparator,
        value=quantity.value,
        value_high=quantity.value_high if quantity.comparator is Comparator.RANGE else None,
        unit=quantity.unit, basis=item.basis, aspirational=item.aspirational,
        start=item.offset + quantity.start, end=item.offset + quantity.end,
        source="schedule" if item.milestone else "goal", annual_target_id=annual,
        counts_from=None if settled else item.counts_from, direction=item.direction,
        certainty=_certainty(item), rule=f"{item.direction_rule}, {item.basis_rule}",
    )  # fmt: skip
    return target.model_copy(update={"understood": understood(target)})


def _certainty(item: Reading) -> Certainty:
    """Tell how surely a figure was read: as surely as the least sure of its readings."""
    if Certainty.UNCERTAIN in (item.certainty, item.basis_certainty):
        return Certainty.UNCERTAIN
    stated = item.certainty is Certainty.STATED and item.stated
    return Certainty.STATED if stated else Certainty.INFERRED
