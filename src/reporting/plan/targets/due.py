"""When a figure is due: by its own words, its deadline, or the label above it."""

import re
from collections import Counter
from collections.abc import Sequence

from reporting.language.periods import ALL_QUARTERS, Mention, read_period, times_in
from reporting.language.phrases import counting
from reporting.language.quantities import (
    Quantity,
)
from reporting.periods import quarter_of_month
from reporting.plan.targets.basis import Reading, is_for_the_year, sentence_before, time_of
from reporting.plan.values import Milestone, MilestoneKind

# What stands between a figure and the limit behind it.
_BETWEEN = re.compile("[^，。；：、（）()0-9]{0,12}[（(]?")
_LONGEST_TIME = 40


def figures_by_month(schedule: str) -> list[str]:
    """Give the figures of a schedule that months of one quarter have each: 1月2家，2月3家."""
    found = [(m[0], quarter_of_month(int(m[1]))) for m in counting.MONTHS_FIGURE.finditer(schedule)]
    often = Counter(quarter for _, quarter in found)
    return [words for words, quarter in found if often[quarter] > 1]


def alone_at_year_end(milestones: Sequence[Milestone]) -> list[Milestone]:
    """Give the milestones of the year's end that no other leads to: they are the whole year's."""
    chains = Counter(milestone.workstream for milestone in milestones)
    ends = (m for m in milestones if m.kind is MilestoneKind.QUARTER and m.due_quarter == 4)
    return [m for m in ends if chains[m.workstream] == 1]


def running_labels(schedule: str, milestones: Sequence[Milestone]) -> list[Milestone]:
    """Give the milestones whose label says that figures count on up to it: 截至二季度末."""
    return _labelled(counting.UNTIL, schedule, milestones)


def later_months(schedule: str, milestones: Sequence[Milestone]) -> list[Milestone]:
    """Give the milestones whose months do not count from January: 3-5月 behind 1-2月."""
    first: dict[str | None, Milestone] = {}
    for milestone in milestones:
        first.setdefault(milestone.workstream, milestone)
    later = _labelled(counting.LATER_MONTHS, schedule, milestones)
    return [one for one in later if first[one.workstream] is not one]


def listed_labels(schedule: str, milestones: Sequence[Milestone]) -> list[Milestone]:
    """Give the milestones whose label lists its quarters: 一、二季度, not 上半年."""
    return _labelled(counting.LISTED, schedule, milestones)


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
    points = [one.milestone_id for one in _labelled(counting.POINT, schedule, milestones)]
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
            rest = any(
                counting.REST.search(text) or (by_point and counting.ALL.search(text))
                for text in words
            )
            item = item.model_copy(update={"by_point": by_point, "then_all": rest})
        marked.append(item)
    return marked


def goal_due(milestones: Sequence[Milestone], year: int) -> int:
    """Return the quarter a goal is due by when it does not say.

    That is the year's end, but where the schedule is nothing but one time limit (9月底前,
    10月建成) the goal is due by it.
    """
    if len(milestones) != 1:
        return 4
    text = milestones[0].text.strip()
    if milestones[0].kind is MilestoneKind.YEAR:
        return _limit_beside_reports(text, year) or 4
    finished = is_time_alone(text, year) or counting.FINISHED.fullmatch(text)
    return milestones[0].due_quarter if finished else 4


def _limit_beside_reports(text: str, year: int) -> int | None:
    """Return the quarter of a limit beside how often it is told of: 每月调度，8月底前完成."""
    times = times_in(text, year)
    if len(times) < 2 or times[0].start or times[0].period.rule != "every":
        return None
    limit = times[-1]
    finished = len(times) == 2 and counting.FINISHED.fullmatch(text[limit.end :])
    return limit.period.quarters[-1] if finished else None


def is_time_alone(text: str, year: int) -> bool:
    """Tell whether a text names a time and nothing else: 9月底前, 2024.6."""
    if len(text) > _LONGEST_TIME:
        return False
    period = read_period(text.strip(), 0, year)
    return period is not None and not text.strip()[period.end :].strip("。；; ")


def due_quarter(
    text: str, quantity: Quantity, milestone: Milestone | None, year: int, otherwise: int = 4
) -> int:
    """Return the quarter by which it is due; a deadline in its sentence binds year-round text.

    ``otherwise`` is when a goal is due that says nothing of it.
    """
    if time := time_of(text, quantity, milestone, year):
        return time.quarters[-1]
    if is_for_the_year(text, quantity):
        return 4
    times = times_in(text, year)
    if behind := _named_behind(text, quantity, times):
        return behind
    if milestone is None:
        return otherwise
    if len(milestone.quarters) < len(ALL_QUARTERS):
        return milestone.due_quarter
    sentence = quantity.at - len(sentence_before(text, quantity.at))
    named = [t for t in times if sentence <= t.start < t.end <= quantity.at]
    quarters = [t.period.quarters for t in named if not t.period.yearly]
    return quarters[-1][-1] if quarters else milestone.due_quarter


def _named_behind(text: str, quantity: Quantity, times: Sequence[Mention]) -> int | None:
    """Return the quarter of a limit that stands behind what is counted.

    So it is in 40个村6月底前完成, and in 造林3万亩（4月底前）.
    """
    for time in times:
        if not quantity.end <= time.start or time.period.yearly:
            continue
        between = _BETWEEN.fullmatch(text, quantity.end, time.start)
        if between is None:
            return None
        bracketed = between[0].endswith(("（", "("))
        limit = time.end <= quantity.stop and text[time.end - 1] == "前"
        if counting.CLOSES.match(text, time.end) if bracketed else limit:
            return time.period.quarters[-1]
    return None
