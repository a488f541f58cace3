"""When a figure is due: by its own words, its deadline, or the label above it."""

import re
from collections import Counter
from collections.abc import Sequence

from reporting.language.periods import quarter_by, read_period
from reporting.language.quantities import (
    Quantity,
)
from reporting.language.quantity_context import clause_of
from reporting.language.quantity_units import NUMBER, UNIT
from reporting.periods import quarter_of_month
from reporting.plan.targets.basis import Reading, is_for_the_year, quarters_of, sentence_before
from reporting.plan.values import Milestone, MilestoneKind

_UNTIL = re.compile("(?:^|[\n：:。；;，,、.．）)])(?:截[至止]|[到至])")
# 6月底前, 二季度末, 3月31日前: the label names a point in time.
_POINT = re.compile("(?:[末底]|前|[0-9０-９][日号])[）)】]?[^\\w]*$")
# 年底前全部完工 completes what was to be done by points; 四季度全部验收 adds nothing.
_ALL = re.compile(
    "(?:全部|全面)[^，。；验收]{0,4}(?:完成|完工|竣工|建成|开工|到位|交付)(?![^，。；]{0,4}(?:验收|评估|结算))"
    "|完成(?:全年|年度)"
)
_REST = re.compile("剩余|其余|余下")
_BY_MONTH = re.compile("(?<![0-9])(1[0-2]|[1-9])月(?:底|末|份|中旬|上旬|下旬)?(?:之?前)?")
_DEADLINE = re.compile(
    "(?<![0-9至到-])(1[0-2]|[1-9])月(?:底|末|[0-9]{1,2}日)(?:之?前)?[^，。；0-9]*$"
)
_LISTED = re.compile("[一二三四1-4季度Q](?:[、,，和及与至到—－~～-]|季度)+第?[一二三四1-4Q]")
_LATER_MONTHS = re.compile("(?<![0-9])(?:[2-9]|1[0-2])月?份?(?:[-－—–~～]+|[至到])[0-9]{1,2}月")
_MONTHS_FIGURE = re.compile(
    "(?<![0-9至到—–~～-])(1[0-2]|[1-9])月份?(?![底末初中上下前至到—–~～-])"
    f"[^，。；、：\\d（()）底末前]{{0,8}}{NUMBER}(?:{UNIT})"
)
# 40个村6月底前完成: the deadline may stand behind what is counted.
_DEADLINE_BEHIND = re.compile(
    "[^，。；：、（）()0-9]{0,12}(1[0-2]|[1-9])月(?:底|末|[0-9]{1,2}日)之?前"
)
# 造林3万亩（4月底前）: what dates it may stand in brackets.
_BRACKETED_BEHIND = re.compile(
    "[^，。；：、（）()0-9]{0,12}[（(](?:截?[至到])?(1[0-2]|[1-9])月(?:底|末|份|[上中下]旬|[0-9]{1,2}日)?"
    "(?:[之以]?前)?(?:完成)?[）)]"
)
_BEFORE_THE_FIRST = re.compile("月1[日号][之以]?前")
_FINISHED = re.compile(
    "(?:[之以]?前)?(?:全部|全面|基本)?(?:完成|建成|竣工|完工|投用|投入使用|交付|交付使用|办结|落实)"
    "(?:任务|目标|使用)?[。；;]?"
)
_BY_QUARTER = re.compile("(?<!年)前([两二三123])个?季度|上半年")
_FEW = {"两": 2, "二": 2, "三": 3, "1": 1, "2": 2, "3": 3}


def figures_by_month(schedule: str) -> list[str]:
    """Give the figures of a schedule that months of one quarter have each: 1月2家，2月3家."""
    found = [(m[0], quarter_of_month(int(m[1]))) for m in _MONTHS_FIGURE.finditer(schedule)]
    often = Counter(quarter for _, quarter in found)
    return [words for words, quarter in found if often[quarter] > 1]


def alone_at_year_end(milestones: Sequence[Milestone]) -> list[Milestone]:
    """Give the milestones of the year's end that no other leads to: they are the whole year's."""
    chains = Counter(milestone.workstream for milestone in milestones)
    ends = (m for m in milestones if m.kind is MilestoneKind.QUARTER and m.due_quarter == 4)
    return [m for m in ends if chains[m.workstream] == 1]


def running_labels(schedule: str, milestones: Sequence[Milestone]) -> list[Milestone]:
    """Give the milestones whose label says that figures count on up to it: 截至二季度末."""
    return _labelled(_UNTIL, schedule, milestones)


def later_months(schedule: str, milestones: Sequence[Milestone]) -> list[Milestone]:
    """Give the milestones whose months do not count from January: 3-5月 behind 1-2月."""
    first: dict[str | None, Milestone] = {}
    for milestone in milestones:
        first.setdefault(milestone.workstream, milestone)
    later = _labelled(_LATER_MONTHS, schedule, milestones)
    return [one for one in later if first[one.workstream] is not one]


def listed_labels(schedule: str, milestones: Sequence[Milestone]) -> list[Milestone]:
    """Give the milestones whose label lists its quarters: 一、二季度, not 上半年."""
    return _labelled(_LISTED, schedule, milestones)


def _labelled(
    words: re.Pattern[str], schedule: str, milestones: Sequence[Milestone]
) -> list[Milestone]:
    """Give the milestones whose label, which stands before the text, has certain words."""
    ends = [0, *(milestone.end for milestone in milestones)]
    return [
        milestone
        for end, milestone in zip(ends, milestones, strict=False)
        if words.search(schedule[end : milestone.start])
    ]


def with_points(
    found: Sequence[Reading], schedule: str, milestones: Sequence[Milestone]
) -> list[Reading]:
    """Mark the figures whose label names a point in time, and those before 年底前全部完成."""
    points = [one.milestone_id for one in _labelled(_POINT, schedule, milestones)]
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


def goal_due(milestones: Sequence[Milestone], year: int) -> int:
    """Return the quarter a goal is due by when it does not say.

    That is the year's end, but where the schedule is nothing but one time limit (9月底前,
    10月建成) the goal is due by it.
    """
    if len(milestones) != 1 or milestones[0].kind is MilestoneKind.YEAR:
        return 4
    text = milestones[0].text.strip()
    finished = is_time_alone(text, year) or _FINISHED.fullmatch(text)
    return milestones[0].due_quarter if finished else 4


def is_time_alone(text: str, year: int) -> bool:
    """Tell whether a text names a time and nothing else: 9月底前, 2024.6."""
    period = read_period(text.strip(), 0, year)
    return period is not None and not text.strip()[period.end :].strip("。；; ")


def due_quarter(
    text: str, quantity: Quantity, milestone: Milestone | None, year: int, otherwise: int = 4
) -> int:
    """Return the quarter by which it is due; a deadline in its sentence binds year-round text.

    ``otherwise`` is when a goal is due that says nothing of it.
    """
    if quarters := quarters_of(text, quantity, year):
        return quarters[-1]
    if is_for_the_year(text, quantity):
        return 4
    for behind in (_DEADLINE_BEHIND, _BRACKETED_BEHIND):
        if deadline := behind.match(text, quantity.end, quantity.stop):
            return _quarter_by(deadline)
    own = text[clause_of(text, quantity.start) : quantity.start]
    if deadline := _DEADLINE.search(own):
        return _quarter_by(deadline)
    if milestone is None:
        return otherwise
    if len(milestone.quarters) < 4:
        return milestone.due_quarter
    words = sentence_before(text, quantity.at)
    months = list(_BY_MONTH.finditer(words))
    if months:
        return _quarter_by(months[-1])
    if early := _BY_QUARTER.search(words):
        return _FEW[early[1]] if early[1] else 2
    return milestone.due_quarter


def _quarter_by(deadline: re.Match[str]) -> int:
    """Return the quarter of a month that is named; what is done by 7月1日前 is done in June."""
    first = _BEFORE_THE_FIRST.match(deadline.string, deadline.end(1)) is not None
    return quarter_by(int(deadline[1]), before_the_first=first)
