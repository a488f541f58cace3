"""The targets of a task: the quantities its goal and its milestones promise."""

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reporting.findings import Finding
from reporting.plan.codes import finding
from reporting.plan.measures import alike, measure_of, paired
from reporting.plan.quantities import Quantity, find_quantities
from reporting.plan.quantities_context import clause_of
from reporting.plan.values import Basis, Comparator, Milestone, Target, Task
from reporting.values import Value

_STOPS = "。；;\n"
_LEVEL_UNITS = frozenset({"%", "‰", "百分点", "个百分点"})
_LEVEL_WORDS = re.compile(
    "(?:率|覆盖面|总市值|总量|总数|保有量|存量|在校生|在册|余额|占比|比例|比重|密度|人口|市场主体)"
    "[^，。；]{0,6}$"
)
_YEARS_SUM = re.compile(
    "(?:总额|产值|规模|货值|贸易额|营业额|销售额|投资额|营业收入)[^，。；]{0,3}$"
)
_CUMULATIVE = re.compile("累计|截至|全年|年内|今年|年度|年底")
_REACHED = (Comparator.AT_LEAST, Comparator.MORE_THAN)
_WISH = re.compile("力争|争取|力促")
_BY_MONTH = re.compile("(1[0-2]|[1-9])月(?:底|末|份|中旬|上旬|下旬)?(?:之?前)?")
_BY_QUARTER = re.compile("(?<!年)前([两二三123])个?季度|上半年")
_MOST = 30
_FEW = {"两": 2, "二": 2, "三": 3, "1": 1, "2": 2, "3": 3}


class _Found(Value):
    """A quantity with its reading, before ids and links."""

    source: str
    milestone: Milestone | None
    quarter: int
    measure: str
    quantity: Quantity
    offset: int
    basis: Basis
    stated: bool
    aspirational: bool


def make_targets(
    task: Task, milestones: Sequence[Milestone]
) -> tuple[tuple[Target, ...], tuple[Finding, ...]]:
    """Make the targets of a task, the goal's own first, then in the schedule's order.

    Returns
    -------
    targets, findings
        A list under 分别 whose figures do not pair with its items is a finding; its figures are
        kept with the measure of the whole list.
    """
    year = int(task.task_id.partition("-")[0])
    findings: list[Finding] = []
    found = list(_read(task.goal, None, 0, year, task, findings, []))
    goals = tuple(found)
    for milestone in milestones:
        found += _read(milestone.text, milestone, milestone.start, year, task, findings, found)
    settled = _settle_bases(found, goals)
    return tuple(_targets(task, settled)), tuple(findings)


def _read(
    text: str,
    milestone: Milestone | None,
    offset: int,
    year: int,
    task: Task,
    findings: list[Finding],
    earlier: Sequence[_Found],
) -> list[_Found]:
    quantities = find_quantities(text, year)
    names, unpaired = paired(text, quantities)
    findings += [
        finding("PLAN-TARGET-PAIRING", task_id=task.task_id, expected=expected, found=words)
        for expected, words in unpaired
    ]
    found: list[_Found] = []
    for quantity in quantities:
        measure = names.get(quantity.at) or measure_of(text, quantity)
        measure = measure or _borrowed(text, quantity, milestone, [*earlier, *found])
        basis, stated = _basis(text, quantity, milestone)
        found.append(
            _Found(
                source="schedule" if milestone else "goal", milestone=milestone,
                quarter=_due(text, quantity, milestone), measure=measure, quantity=quantity,
                offset=offset, basis=basis, stated=stated,
                aspirational=_is_wish(text, quantity),
            )
        )  # fmt: skip
    return found


def _borrowed(
    text: str, quantity: Quantity, milestone: Milestone | None, earlier: Sequence[_Found]
) -> str:
    """Name what a bare figure counts: as its chain does, the workstream, the clause before."""
    same = [f for f in earlier if f.quantity.unit == quantity.unit]
    workstream = milestone.workstream if milestone else None
    chain = [f for f in same if f.milestone and f.milestone.workstream == workstream]
    if milestone and chain:
        return chain[-1].measure
    if workstream:
        return workstream
    if milestone and same:
        return same[0].measure
    sentence = _sentence(text, quantity.clause)
    clauses = [clause.strip() for clause in re.split("[，,：:]", sentence) if clause.strip()]
    return clauses[-1][:_MOST] if clauses else text.strip("。")[:_MOST]


def _sentence(text: str, at: int) -> str:
    """Return the words of the sentence before a place."""
    start = max(text.rfind(stop, 0, at) for stop in _STOPS) + 1
    return text[start:at]


def _is_wish(text: str, quantity: Quantity) -> bool:
    clause = text[clause_of(text, quantity.start) : quantity.at]
    return bool(_WISH.search(clause))


def _due(text: str, quantity: Quantity, milestone: Milestone | None) -> int:
    """Return the quarter by which it is due; a deadline in its sentence binds year-round text."""
    if milestone is None:
        return 4
    if len(milestone.quarters) < 4:
        return milestone.due_quarter
    words = _sentence(text, quantity.at)
    months = [int(m) for m in _BY_MONTH.findall(words)]
    if months:
        return (months[-1] + 2) // 3
    if early := _BY_QUARTER.search(words):
        return _FEW[early[1]] if early[1] else 2
    return milestone.due_quarter


def _basis(text: str, quantity: Quantity, milestone: Milestone | None) -> tuple[Basis, bool]:
    """Tell what a value counts, and whether the words say so."""
    words = _sentence(text, quantity.start)
    clause = text[clause_of(text, quantity.start) : quantity.start]
    if quantity.unit in _LEVEL_UNITS or _LEVEL_WORDS.search(clause):
        return Basis.LEVEL, True
    if milestone is None:
        return Basis.CUMULATIVE, True
    if _CUMULATIVE.search(words) or (_YEARS_SUM.search(clause) and quantity.comparator in _REACHED):
        return Basis.CUMULATIVE, True
    if len(milestone.quarters) == 4:
        return Basis.CUMULATIVE, True
    return Basis.IN_QUARTER, False


def _settle_bases(found: Sequence[_Found], goals: Sequence[_Found]) -> list[_Found]:
    """Let the year's goal decide where the words leave open what a quarter's figure counts."""
    settled = list(found)
    for goal in goals:
        for chain in _chains(settled, goal, goals):
            if _is_running_total([settled[at] for at in chain], goal):
                for at in chain:
                    settled[at] = settled[at].model_copy(update={"basis": Basis.CUMULATIVE})
    return _follow_stated(settled)


def _chains(found: Sequence[_Found], goal: _Found, goals: Sequence[_Found]) -> Iterator[list[int]]:
    """Give the open figures that may lead to a goal: by what they count, or by unit alone.

    The unit alone does where no other goal has it; the figures of a workstream belong together.
    """
    only = sum(g.quantity.unit == goal.quantity.unit for g in goals) == 1
    groups: dict[str | None, list[int]] = {}
    for at, item in enumerate(found):
        if item.milestone is None or item.stated or item.quantity.unit != goal.quantity.unit:
            continue
        if only or alike(item.measure, goal.measure) or _repeats(item, goal):
            groups.setdefault(item.milestone.workstream, []).append(at)
    for chain in groups.values():
        named = [at for at in chain if alike(found[at].measure, goal.measure)]
        yield named or chain


def _repeats(item: _Found, goal: _Found) -> bool:
    """Tell whether a last quarter's figure is the goal's own."""
    return item.quarter == 4 and item.quantity.value == goal.quantity.value


def _is_running_total(chain: Sequence[_Found], goal: _Found) -> bool:
    values = [item.quantity.value for item in chain]
    total = goal.quantity.value
    if sum(values, Decimal()) == total and len(values) > 1:
        return False
    rising = all(a <= b for a, b in itertools.pairwise(values))
    return rising and values[-1] == total


def _follow_stated(found: list[_Found]) -> list[_Found]:
    """Read the first figure of a chain that goes on with 累计 as the start of that count."""
    settled = list(found)
    for at, item in enumerate(found):
        if item.milestone is None or item.stated:
            continue
        later = [
            other for other in found[at + 1 :]
            if other.milestone and other.quantity.unit == item.quantity.unit
            and other.milestone.workstream == item.milestone.workstream
            and alike(other.measure, item.measure)
        ]  # fmt: skip
        if later and later[0].stated and later[0].basis is Basis.CUMULATIVE:
            settled[at] = item.model_copy(update={"basis": Basis.CUMULATIVE})
    return settled


def _targets(task: Task, found: Sequence[_Found]) -> Iterator[Target]:
    goals: list[tuple[str, _Found]] = []
    for number, item in enumerate(found, 1):
        target_id = f"{task.task_id}-T{number:02d}"
        annual = None
        if item.milestone is None:
            goals.append((target_id, item))
        else:
            annual = _annual(item, goals)
        yield _target(task, target_id, item, annual)


def _annual(item: _Found, goals: Sequence[tuple[str, _Found]]) -> str | None:
    """Find the goal's target that a quarterly one leads to; none where it is not clear which."""
    same = [(name, goal) for name, goal in goals if goal.quantity.unit == item.quantity.unit]
    close = [name for name, goal in same if alike(item.measure, goal.measure)]
    close = close or [name for name, goal in same if _repeats(item, goal)]
    return close[0] if len(close) == 1 else None


def _target(task: Task, target_id: str, item: _Found, annual: str | None) -> Target:
    quantity = item.quantity
    return Target(
        target_id=target_id, task_id=task.task_id,
        milestone_id=item.milestone.milestone_id if item.milestone else None,
        quarter=item.quarter, measure=item.measure, comparator=quantity.comparator,
        value=quantity.value,
        value_high=quantity.value_high if quantity.comparator is Comparator.RANGE else None,
        unit=quantity.unit, basis=item.basis, aspirational=item.aspirational,
        start=item.offset + quantity.start, end=item.offset + quantity.end,
        source=item.source, annual_target_id=annual,
    )  # fmt: skip
