"""The targets of a task: the quantities its goal and its milestones promise."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reporting.findings import Finding
from reporting.plan.codes import finding
from reporting.plan.measures import (
    CHANGE_ONLY,
    OBTAINS,
    Unpaired,
    alike,
    bare_words,
    by_own_act,
    compared_alike,
    deed_of,
    in_turn,
    is_step_to,
    measure_of,
    paired,
    restated,
    without_number,
    without_time,
)
from reporting.plan.plain import Plain, plain
from reporting.plan.quantities import (
    Quantity,
    find_bare,
    find_quantities,
    find_unread,
    unit_announced,
)
from reporting.plan.quantities_context import clause_of
from reporting.plan.quantities_units import NUMBER, SHARES, UNIT
from reporting.plan.targets_basis import (
    FAR_BEYOND,
    Reading,
    basis_of,
    is_for_the_year,
    is_running,
    is_whole_year,
    leads_to,
    quarters_of,
    repeats,
    sentence_before,
    settle_bases,
)
from reporting.plan.values import Basis, Comparator, Milestone, MilestoneKind, Target, Task
from reporting.plan.workstreams import is_introduction

_PART = re.compile("其中|(?<!包)含(?!量)|包括")
_UNTIL = re.compile("(?:^|[\n：:。；;，,、.．）)])(?:截[至止]|[到至])")
# 6月底前, 二季度末, 3月31日前: the label names a point in time.
_POINT = re.compile("(?:[末底]|前|[0-9０-９][日号])[）)】]?[^\\w]*$")
# 年底前全部完工 completes what was to be done by points; 四季度全部验收 adds nothing.
_ALL = re.compile(
    "(?:全部|全面)[^，。；验收]{0,4}(?:完成|完工|竣工|建成|开工|到位|交付)(?![^，。；]{0,4}(?:验收|评估|结算))"
    "|完成(?:全年|年度)"
)
_REST = re.compile("剩余|其余|余下")
_WISH = re.compile("力争|争取")
_ANY_YEAR = re.compile("[到至]?20\\d\\d年(?:底|末)?(?:之?前)?")
_CHANGED = re.compile("(?:提高|提升|增长|下降|增加|减少)$")
_REACHED = re.compile("(?<=..)(?:完成|实现|达到?)$")
# 公厕（牵头单位：市甲局）: who does it is no part of what is counted.
_DUTY = re.compile("[（(][^（()）]*(?:单位|部门|牵头|负责)[^（()）]*[）)]")
_RATE = re.compile("(?:提升|提高|确保|保持|推动|加快|实现)([一-龥“”]{1,10}率)$")
_OF_PLAN = re.compile("(任务|目标|计划|工程量|工作量|任务量)的?(?:约|达到?)?$")
_SHARE_DONE = re.compile("完成(?:约|达到?)?$")
_PACE = re.compile("按照?|的?进度(?:要求)?(?:推进|实施)?$")
_SHORT_NAME = "[^，。；：,;:0-9０-９]{2,20}"
_BY_MONTH = re.compile("(?<![0-9])(1[0-2]|[1-9])月(?:底|末|份|中旬|上旬|下旬)?(?:之?前)?")
_DEADLINE = re.compile(
    "(?<![0-9至到-])(1[0-2]|[1-9])月(?:底|末|[0-9]{1,2}日)(?:之?前)?[^，。；0-9]*$"
)
# 40个村6月底前完成: the deadline may stand behind what is counted.
_LISTED = re.compile("[一二三四1-4季度Q](?:[、,，和及与至到—－~～-]|季度)+第?[一二三四1-4Q]")
_MONTHS_FIGURE = re.compile(
    "(?<![0-9至到—–~～-])(1[0-2]|[1-9])月份?(?![底末初中上下前至到—–~～-])"
    f"[^，。；、：\\d（()）底末前]{{0,8}}{NUMBER}(?:{UNIT})"
)
_DEADLINE_BEHIND = re.compile(
    "[^，。；：、（）()0-9]{0,12}(1[0-2]|[1-9])月(?:底|末|[0-9]{1,2}日)之?前"
)
_BY_QUARTER = re.compile("(?<!年)前([两二三123])个?季度|上半年")
_MOST_OF_IT = Decimal("0.9")
_FEW = {"两": 2, "二": 2, "三": 3, "1": 1, "2": 2, "3": 3}
_MOST = 40
# Figures are held against each other in pairs; no earnest task has so many.
_MOST_LINKED = 300


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
    found = _read(task.goal, None, year, [], findings, task.goal)
    alone = _alone(milestones)
    listed = _listed_labels(task.schedule, milestones)
    for milestone in milestones:
        found += _read(
            milestone.text, milestone, year, found, findings, task.goal, listed=milestone in listed
        )
    found = _with_points(found, task.schedule, milestones)
    running = _running_labels(task.schedule, milestones)
    found = [
        item.model_copy(update={"basis": Basis.CUMULATIVE, "stated": True, "running": True})
        if item.milestone in running and item.basis is Basis.IN_QUARTER
        else item
        for item in found
    ]
    found = [
        item.model_copy(update={"basis": Basis.CUMULATIVE})
        if item.milestone in alone and item.basis is Basis.IN_QUARTER and not item.stated
        else item
        for item in found
    ]
    if len(found) > _MOST_LINKED:
        told = str(len(found))
        findings.append(finding("PLAN-TARGET-MANY", expected=str(_MOST_LINKED), found=told))
    else:
        found = settle_bases(found)
    if monthly := _by_months(task.schedule):
        findings.append(finding("PLAN-TARGET-MONTHS", found="、".join(monthly)))
    placed = tuple(item.model_copy(update={"task_id": task.task_id}) for item in findings)
    return tuple(_targets(task, found)), placed


def _by_months(schedule: str) -> list[str]:
    """Give the figures of a schedule that months of one quarter have each: 1月2家，2月3家."""
    found = [(m[0], (int(m[1]) + 2) // 3) for m in _MONTHS_FIGURE.finditer(schedule)]
    often = Counter(quarter for _, quarter in found)
    return [words for words, quarter in found if often[quarter] > 1]


def _alone(milestones: Sequence[Milestone]) -> list[Milestone]:
    """Give the milestones of the year's end that no other leads to: they are the whole year's."""
    chains = Counter(milestone.workstream for milestone in milestones)
    ends = (m for m in milestones if m.kind is MilestoneKind.QUARTER and m.due_quarter == 4)
    return [m for m in ends if chains[m.workstream] == 1]


def _running_labels(schedule: str, milestones: Sequence[Milestone]) -> list[Milestone]:
    """Give the milestones whose label says that figures count on up to it: 截至二季度末."""
    ends = [0, *(milestone.end for milestone in milestones)]
    return [
        milestone
        for end, milestone in zip(ends, milestones, strict=False)
        if _UNTIL.search(schedule[end : milestone.start])
    ]


def _listed_labels(schedule: str, milestones: Sequence[Milestone]) -> list[Milestone]:
    """Give the milestones whose label lists its quarters: 一、二季度, not 上半年."""
    ends = [0, *(milestone.end for milestone in milestones)]
    return [
        milestone
        for end, milestone in zip(ends, milestones, strict=False)
        if _LISTED.search(schedule[end : milestone.start])
    ]


def _with_points(
    found: Sequence[Reading], schedule: str, milestones: Sequence[Milestone]
) -> list[Reading]:
    """Mark the figures whose label names a point in time, and those before 年底前全部完成."""
    ends = [0, *(milestone.end for milestone in milestones)]
    points = [
        milestone.milestone_id
        for end, milestone in zip(ends, milestones, strict=False)
        if _POINT.search(schedule[end : milestone.start])
    ]
    counted = {item.milestone.milestone_id for item in found if item.milestone}
    bare = [milestone for milestone in milestones if milestone.milestone_id not in counted]
    marked = []
    for item in found:
        if item.milestone:
            by_point = item.milestone.milestone_id in points
            words = [
                later.text for later in bare
                if later.workstream == item.workstream and later.due_quarter > item.quarter
            ]  # fmt: skip
            rest = any(_REST.search(text) or (by_point and _ALL.search(text)) for text in words)
            item = item.model_copy(update={"by_point": by_point, "then_all": rest})
        marked.append(item)
    return marked


def _read(
    text: str,
    milestone: Milestone | None,
    year: int,
    earlier: Sequence[Reading],
    findings: list[Finding],
    goal: str,
    *,
    listed: bool = False,
) -> list[Reading]:
    quantities = compared_alike(text, find_quantities(text, year))
    bare = find_bare(text, unit_announced(goal), alone=milestone is not None)
    quantities += bare
    names, unpaired = paired(text, quantities)
    turns = in_turn(text, quantities)
    for run in unpaired:
        if milestone and listed and _is_by_quarters(run, milestone):
            turns |= dict(zip(run.figures, milestone.quarters, strict=True))
        elif like := _goals_in_order(run, quantities, milestone, earlier):
            names |= dict(zip(run.figures, like, strict=True))
    read = turns.keys() | names.keys()
    unpaired = [run for run in unpaired if not read & set(run.figures)]
    findings += [
        finding("PLAN-TARGET-PAIRING", expected=str(run.items), found=run.words) for run in unpaired
    ]
    findings += [
        finding("PLAN-TARGET-UNREAD", expected=item.why, found=item.words)
        for item in find_unread(text, year)
        if not bare
    ]
    left = {at for run in unpaired for at in run.figures}
    found: list[Reading] = []
    for quantity in quantities:
        if quantity.at in left:
            continue
        measure = names.get(quantity.at) or measure_of(text, quantity)
        if CHANGE_ONLY.fullmatch(measure):
            changed = _changed(text, found, quantity)
            whole = _REACHED.sub("", changed.measure) + measure if changed else ""
            measure = whole or _changing(measure, milestone, earlier) or measure
        measure = measure or _restated(text, quantity, found)
        measure = measure or _borrowed(text, quantity, milestone, [*earlier, *found], goal)
        spanned = milestone.quarters if milestone else None
        named = quarters_of(text, quantity, year)
        basis, stated = basis_of(text, quantity, named or spanned, measure, dated=bool(named))
        if quantity.at in turns and basis is not Basis.LEVEL and not is_running(text, quantity):
            basis, stated = Basis.IN_QUARTER, False
        found.append(
            Reading(
                milestone=milestone, measure=measure,
                quarter=turns.get(quantity.at) or _due(text, quantity, milestone, year),
                quantity=quantity, offset=milestone.start if milestone else 0, basis=basis,
                stated=stated, running=is_running(text, quantity),
                aspirational=_is_wish(text, quantity), part=_is_part(text, quantity),
                of_plan=_is_of_plan(text, quantity),
            )
        )  # fmt: skip
    return found


def _goals_in_order(
    run: Unpaired,
    quantities: Sequence[Quantity],
    milestone: Milestone | None,
    earlier: Sequence[Reading],
) -> list[str]:
    """Name a quarter's list under 分别 that has no items by the goal's figures of its unit.

    甲增长12%、乙增长15%, then 一季度分别增长8%、10%.
    """
    if milestone is None or run.items > 1:
        return []
    units = {item.base_unit for item in quantities if item.at in run.figures}
    goals = [f for f in earlier if not f.milestone and not f.part]
    same = [f.measure for f in goals if {f.quantity.base_unit} == units]
    return same if len(same) == len(run.figures) else []


def _is_by_quarters(run: Unpaired, milestone: Milestone) -> bool:
    """Tell whether a list under 分别 gives one figure for each of the label's quarters."""
    labelled = milestone.kind is MilestoneKind.QUARTER
    return labelled and run.items < 2 and len(run.figures) == len(milestone.quarters)


def _restated(text: str, quantity: Quantity, found: Sequence[Reading]) -> str:
    """Name a figure in brackets as the one right before it: 完成60%（3万亩）."""
    clause = clause_of(text, quantity.start)
    behind = bool(found) and found[-1].quantity.end == clause - 1
    return found[-1].measure if behind and text[clause - 1] in "（(" else ""


def _changed(text: str, found: Sequence[Reading], quantity: Quantity) -> Reading | None:
    """Give the figure before a change that is its own: 收入20亿元（其中税收9亿元），增长5%."""
    for before in reversed(found):
        between = text[before.quantity.end : quantity.start]
        if between.count("）") + between.count(")") > between.count("（") + between.count("("):
            continue
        points = quantity.unit.endswith("百分点") and before.quantity.unit == "%"
        same = points or before.basis is not Basis.LEVEL
        return before if same and not re.search("[。；;\n]", between) else None
    return None


def _changing(change: str, milestone: Milestone | None, earlier: Sequence[Reading]) -> str:
    """Name a bare 增长 as the only thing that grows in the quarters before, or in the goal."""
    workstream = milestone.workstream if milestone else None
    grown = [f for f in earlier if f.measure.endswith(change) and len(f.measure) > len(change)]
    chain = [f.measure for f in grown if f.milestone and f.workstream == workstream]
    names = set(chain or [f.measure for f in grown if not f.milestone])
    return names.pop() if milestone and len(names) == 1 else ""


def _borrowed(
    text: str,
    quantity: Quantity,
    milestone: Milestone | None,
    earlier: Sequence[Reading],
    goal: str,
) -> str:
    """Name what a bare figure counts.

    As its chain does, as the sentence before it does, the workstream, or the goal.
    """
    workstream = milestone.workstream if milestone else None
    near = [*earlier[:_MOST_LINKED], *earlier[max(_MOST_LINKED, len(earlier) - _MOST_LINKED) :]]
    same = [f for f in reversed(near) if f.quantity.base_unit == quantity.base_unit]
    chain = [f for f in same if f.milestone and f.workstream == workstream and not f.part]
    goals = [f for f in same if not f.milestone and not f.part]
    own = bare_words(text, quantity)
    if quantity.unit in SHARES and (rate := _rate_before(text, quantity)):
        return rate
    if item := _item_before(text, quantity):
        return f"{item}{own}"
    counted = [f for f in near if not f.milestone and not f.part and f.basis is not Basis.LEVEL]
    explicit = _OF_PLAN.search(text[quantity.clause : quantity.start])
    if _is_of_plan(text, quantity) and (counted or explicit):
        own += explicit[1].removeprefix(own[-2:]) if explicit else ""
        return _share_of_plan(own, workstream, [f for f in chain if f.of_plan], counted, goal)
    if acted := by_own_act(own, [f.measure for f in same if not f.part]):
        return acted
    if milestone and (goal_of_deed := _by_goals_deed(own, chain, goals)):
        return goal_of_deed
    if milestone and (chained := _as_in_chain(own, chain, has_goal=len(goals) == 1)):
        return chained
    named = _subject(text, quantity, milestone)
    if named is None and workstream:
        name = _DUTY.sub("", workstream)
        inner = find_quantities(name, 0)
        named = measure_of(name, inner[0]) if inner else name
    if named is None and milestone:
        alone = goals if len(goals) == 1 else [f for f in goals if own and own in f.measure]
        named = alone[0].measure if len(alone) == 1 else None
    if named is None:
        named = _first_phrase(goal or text)
        if quantity.unit not in SHARES:
            named = _CHANGED.sub("", named) or named
        whole = next((f.measure for f in earlier if not f.milestone), "")
        if named and whole.startswith(named) and not _CHANGED.fullmatch(whole, len(named)):
            named = whole
    own = _PACE.sub("", own)
    if own.endswith(named):
        return own
    repeated = named.startswith(own) or named.endswith(own)
    return named if repeated else f"{named}{own}"


def _first_phrase(goal: str) -> str:
    """Return what a goal begins with, up to its first figure."""
    ends = "[，。；0-9０-９\n（(]" if unit_announced(goal) else "[，。；0-9０-９]"
    first = re.split(ends, _ANY_YEAR.sub("", goal))[0]
    named = re.sub(
        "(?:不低于|不少于|不超过|(?:控制|稳定|保持|维持)在|达到?|超过?|突破|约|为)$", "", first
    )
    return without_time(without_number(named[:_MOST]))


def _is_of_plan(text: str, quantity: Quantity) -> bool:
    """Tell whether a figure is a share of what is to be done: 完成25%, 完成全年任务的25%."""
    words = text[quantity.clause : quantity.start]
    return quantity.unit == "%" and bool(_OF_PLAN.search(words) or _SHARE_DONE.search(words))


def _share_of_plan(
    own: str,
    workstream: str | None,
    chain: Sequence[Reading],
    counted: Sequence[Reading],
    goal: str,
) -> str:
    """Name a share of what is to be done: never by a rate or a growth that the goal has, too.

    完成全年任务的25% is of the workstream, of the only thing the goal counts, or of all of it.
    """
    if chain:
        return chain[0].measure
    if workstream or len(counted) == 1:
        named = _REACHED.sub("", _DUTY.sub("", workstream) if workstream else counted[0].measure)
        return named if named.endswith(own) else f"{named}{own}"
    return own if _OF_PLAN.search(own) else f"{_first_phrase(goal)}{own}"


def _rate_before(text: str, quantity: Quantity) -> str:
    """Return the rate that the clause before speaks of: 逐季提升化解率，一季度达到80%."""
    for clause in reversed(re.split("[，,：:]", sentence_before(text, quantity.clause))):
        if rate := _RATE.search(clause):
            return rate[1]
        if re.search("[0-9０-９]", clause) is None and clause.strip():
            return ""
    return ""


def _item_before(text: str, quantity: Quantity) -> str:
    """Return the name of the item whose colon stands right before a figure: （1）甲线：完成30%."""
    words = sentence_before(text, quantity.clause).rstrip()
    name = without_number(words.rstrip("：:"))
    marked = words.endswith(("：", ":")) and not is_introduction(f"{name}：")
    return name if marked and re.fullmatch(_SHORT_NAME, name) else ""


def _by_goals_deed(own: str, chain: Sequence[Reading], goals: Sequence[Reading]) -> str:
    """Name a figure with a verb alone as the goal that has the verb, where the chain has not.

    转移24万人，培训4000人 is not of 转移 where a goal says 开展职业技能培训1.5万人.
    """
    if len(own) < 2 or not chain or own in chain[0].measure:
        return ""
    named = [goal.measure for goal in goals if own in goal.measure]
    others = [item.measure for item in chain if own in item.measure and item.measure not in named]
    return named[0] if len(named) == 1 and len(goals) > 1 and not others else ""


def _as_in_chain(own: str, chain: Sequence[Reading], *, has_goal: bool) -> str | None:
    """Name a bare figure as the last of its chain to which the same is done.

    Where something else is done to it (开工5所, then 建成3所), it goes by the goal instead.
    """
    if not chain or not own:
        return chain[0].measure if chain else None
    like = next((f for f in chain if deed_of(f.measure) == deed_of(own)), None)
    if like is None and not has_goal:
        return restated(chain[0].measure, own)
    return like.measure if like else None


def _subject(text: str, quantity: Quantity, milestone: Milestone | None) -> str | None:
    """Return what the clauses before speak of, the nearest that does not look back.

    In a schedule only a clause with a figure of the same unit speaks of the same thing.
    """
    words = sentence_before(text, quantity.clause)
    for clause in reversed([part.strip() for part in re.split("[，,：:]", words)]):
        if milestone and not re.search(f"[0-9０-９]{re.escape(quantity.unit)}", clause):
            continue
        named = re.split("[0-9０-９]", clause)[0].rstrip("约近超达至不少于")
        named = _CHANGED.sub("", without_number(named))
        if len(without_time(named)) > 3 and not re.search("截至|目前|同比", clause):
            return without_time(named)
    return None


def _is_part(text: str, quantity: Quantity) -> bool:
    """Tell whether a figure counts only some of what the one before counts."""
    clause = clause_of(text, quantity.start)
    bracketed = text[clause - 1 : clause] in ("（", "(")
    return bracketed or bool(_PART.search(text[clause : quantity.start]))


def _is_wish(text: str, quantity: Quantity) -> bool:
    clause = text[clause_of(text, quantity.start) : quantity.at]
    return bool(_WISH.search(OBTAINS.sub("", clause)))


def _due(text: str, quantity: Quantity, milestone: Milestone | None, year: int) -> int:
    """Return the quarter by which it is due; a deadline in its sentence binds year-round text."""
    if quarters := quarters_of(text, quantity, year):
        return quarters[-1]
    if is_for_the_year(text, quantity):
        return 4
    if behind := _DEADLINE_BEHIND.match(text, quantity.end, quantity.stop):
        return (int(behind[1]) + 2) // 3
    own = text[clause_of(text, quantity.start) : quantity.start]
    if deadline := _DEADLINE.search(own):
        return (int(deadline[1]) + 2) // 3
    if milestone is None:
        return 4
    if len(milestone.quarters) < 4:
        return milestone.due_quarter
    words = sentence_before(text, quantity.at)
    months = [int(m) for m in _BY_MONTH.findall(words)]
    if months:
        return (months[-1] + 2) // 3
    if early := _BY_QUARTER.search(words):
        return _FEW[early[1]] if early[1] else 2
    return milestone.due_quarter


def _targets(task: Task, found: Sequence[Reading]) -> Iterator[Target]:
    goals: list[tuple[str, Reading]] = []
    for number, item in enumerate(found, 1):
        target_id = f"{task.task_id}-T{number:02d}"
        annual = None
        if is_whole_year(item):
            goals.append((target_id, item))
        elif len(found) <= _MOST_LINKED:
            annual = _annual(item, goals, found)
        yield _target(task, target_id, item, annual)


def _annual(
    item: Reading, goals: Sequence[tuple[str, Reading]], found: Sequence[Reading]
) -> str | None:
    """Find the goal's target that a quarterly one leads to; none where it is not clear which."""
    same = [
        (name, goal) for name, goal in goals
        if goal.quantity.base_unit == item.quantity.base_unit
        and not _exceeds(item, goal) and not _ends_short(item, goal, found)
        and not _stands_behind(item, goal, found)
    ]  # fmt: skip
    close = [(name, goal) for name, goal in same if alike(item.measure, goal.measure)]
    close = [(name, goal) for name, goal in close if not is_step_to(item.measure, goal.measure)]
    if item.of_plan:
        same = [(name, goal) for name, goal in same if goal.of_plan]
    close = close or [(name, goal) for name, goal in same if repeats(item, goal)]
    if item.basis is Basis.CUMULATIVE:
        close = close or [
            (name, goal) for name, goal in same
            if leads_to(item, goal, found) and not is_step_to(item.measure, goal.measure)
        ]  # fmt: skip
    if len(close) == 1 and _is_of_several(item, close[0][1], goals, found):
        return None
    workstream = item.milestone.workstream if item.milestone else None
    if len(close) > 1 and workstream:
        close = [(name, goal) for name, goal in close if alike(workstream, goal.measure)]
    return close[0][0] if len(close) == 1 else None


def _is_of_several(
    item: Reading, goal: Reading, goals: Sequence[tuple[str, Reading]], found: Sequence[Reading]
) -> bool:
    """Tell whether a chain goes far beyond a goal because it counts for another one, too.

    新增学位4800个 and 2400个 are those of the goals' 小学 and 中学 together.
    """
    rivals = [
        other for _, other in goals
        if other is not goal and other.quantity.base_unit == item.quantity.base_unit
        and alike(other.measure, item.measure)
    ]  # fmt: skip
    chain = [other for other in found if other is item or item.in_chain_of(other)]
    return bool(rivals) and _reached(chain) > goal.quantity.highest * FAR_BEYOND


def _exceeds(item: Reading, goal: Reading) -> bool:
    """Tell whether a figure is more than the whole year's, so that it counts something else."""
    limit = goal.quantity.comparator is Comparator.AT_MOST
    return not limit and item.quantity.amount > goal.quantity.highest


def _stands_behind(item: Reading, goal: Reading, found: Sequence[Reading]) -> bool:
    """Tell whether a figure in 亩 stands beside one in the goal's own 万亩, which leads to it."""
    unit = goal.quantity.unit
    return item.quantity.unit != unit and any(
        other.milestone is item.milestone and other.quantity.unit == unit
        and alike(other.measure, goal.measure)
        for other in found
    )  # fmt: skip


def _ends_short(item: Reading, goal: Reading, found: Sequence[Reading]) -> bool:
    """Tell whether the year's last figure of a chain leaves the goal far off.

    The goal then counts something else, such as the length of all that was ever to be built.
    """
    if item.basis is Basis.LEVEL or goal.quantity.comparator is Comparator.AT_MOST:
        return False
    chain = [other for other in found if other is item or item.in_chain_of(other)]
    if max(other.quarter for other in chain) < 4:
        return False
    return _reached(chain) < goal.quantity.amount * _MOST_OF_IT


def _reached(chain: Sequence[Reading]) -> Decimal:
    """Give what a chain comes to: a running total and what the quarters after it add."""
    reached = Decimal()
    for item in sorted(chain, key=lambda item: item.quarter):
        amount = item.quantity.amount
        if item.basis is Basis.IN_QUARTER:
            reached += amount
        else:
            reached = max(reached, amount)
    return reached


def _target(task: Task, target_id: str, item: Reading, annual: str | None) -> Target:
    quantity = item.quantity
    return Target(
        target_id=target_id, task_id=task.task_id,
        milestone_id=item.milestone.milestone_id if item.milestone else None,
        quarter=item.quarter, measure=item.measure, comparator=quantity.comparator,
        value=quantity.value,
        value_high=quantity.value_high if quantity.comparator is Comparator.RANGE else None,
        unit=quantity.unit, basis=item.basis, aspirational=item.aspirational,
        start=item.offset + quantity.start, end=item.offset + quantity.end,
        source="schedule" if item.milestone else "goal", annual_target_id=annual,
    )  # fmt: skip
