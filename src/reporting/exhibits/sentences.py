"""Sentences of the reports, built from values; right for none, one and many."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from reporting.assess.followup.points import OpenPoint, Outcome
from reporting.assess.outlook import Outlook
from reporting.assess.rating import rule
from reporting.assess.rollups import RollUp, by_unit, shown
from reporting.assess.values import Assessment, Rating, ReturnState, ReturnStatus, SubjectKind
from reporting.grades import GOOD, OPEN, Grade
from reporting.language.clip import clip
from reporting.language.numerals import figure, rounded
from reporting.periods import full_date

_STOPS = "。；;！？\n"


def day(value: date | None) -> str:
    """Write a date in full without leading zeros; ``—`` for none."""
    return "—" if value is None else full_date(value)


def day_in(value: date | None, year: int) -> str:
    """Write a date for a narrow column: without its year where that is the report's own."""
    return f"{value.month}月{value.day}日" if value and value.year == year else day(value)


def clipped(text: str, length: int = 42) -> str:
    """Shorten a goal to its first sentence, or to a length with ``……``."""
    words = text.strip()
    end = min((at for mark in _STOPS if (at := words.find(mark)) > 0), default=len(words))
    words = words[:end]
    return clip(words, length)


def joined(parts: Iterable[str]) -> str:
    """Join clauses into one sentence."""
    return "；".join(parts) + "。"


def change(now: int, before: int, unit: str = "项") -> str:
    """Say how a count changed since last quarter.

    Examples
    --------
    >>> change(5, 3), change(3, 3)
    ('较上季度增加2项', '与上季度持平')
    """
    if now == before:
        return "与上季度持平"
    return f"较上季度{'增加' if now > before else '减少'}{abs(now - before)}{unit}"


def signed(number: int) -> str:
    """Write a change for a table: ``+2``, ``-1``, ``0``."""
    return f"{number:+d}" if number else "0"


def who(assessment: Assessment) -> str:
    """Name the tasks that are spoken of."""
    match assessment.subject.kind:
        case SubjectKind.UNIT:
            return f"{assessment.subject.name}牵头"
        case SubjectKind.LEADER:
            return f"{assessment.subject.name}同志负责"
        case SubjectKind.BRIEFING | SubjectKind.PUBLIC | SubjectKind.PROVINCE:
            return f"{assessment.masthead.whole}共有"
        case SubjectKind.GROUP:
            return f"“{assessment.subject.name}”共有"
        case SubjectKind.SUPPORTING:
            return f"{assessment.subject.name}协助"


def whose(assessment: Assessment) -> str:
    """Name the tasks that are spoken of, where more is said of them than how many they are."""
    return who(assessment).removesuffix("共有")


def counts_sentence(assessment: Assessment, now: RollUp) -> str:
    """Say how many tasks keep to the plan, which do not, and with whom they are."""
    head = f"{assessment.period.short_label}，{who(assessment)}"
    if assessment.subject.kind is SubjectKind.SUPPORTING:
        return f"{head}任务{len(assessment.supported)}项，进展情况由牵头单位报送。"
    present = shown([now])
    if not now.total:
        return f"{head}任务0项。"
    every = "均" if now.total > 1 else ""
    if not now.due:
        return f"{head}任务{now.total}项，{every}属“{rule.NOTHING_DUE}”{_finished(now)}。"
    graded = _graded(now, present) + _gathered(assessment, now)
    # One task is no share of anything.
    if not now.nothing_due:
        within = "，其中" if len(present) > 1 else "，"
        return f"{head}任务{now.total}项{within}{graded}。"
    within = "中，" if len(present) > 1 else "，"
    apart = f"其中属“{rule.NOTHING_DUE}”的{now.nothing_due}项{_finished(now)}，单列统计"
    return f"{head}任务{now.total}项，{apart}；其余{now.due}项{within}{graded}。"


def _finished(now: RollUp) -> str:
    return f"（含此前已完成的{now.finished}项）" if now.finished else ""


def _graded(now: RollUp, present: Sequence[Grade]) -> str:
    """Say which tasks that have something due keep to the plan (达序), and which do not."""
    if len(present) == 1:
        return f"{'均' if now.due > 1 else ''}核定为“{present[0]}”"
    parts = []
    for word, grades in (("达序", GOOD), ("未达序", OPEN)):
        counted = "、".join(f"“{g}”{now.count(g)}项" for g in present if g in grades)
        if counted:
            share = f"，占{now.share(grades)}" if grades is GOOD and now.has_rate else ""
            parts.append(f"{word}{now.count(grades)}项（{counted}）{share}")
    return "；".join(parts)


_MOST_NAMED = 3


def _gathered(assessment: Assessment, now: RollUp) -> str:
    """Name the lead units that have most of what does not keep to the plan."""
    if assessment.subject.kind is SubjectKind.UNIT or now.count(OPEN) < _FEW:
        return ""
    counts = {group.label: group.count(OPEN) for group in by_unit(assessment)}
    ranked = sorted((c for c in counts.values() if c > 1), reverse=True)
    # Of units that have as many none is named for another.
    least = next((c for c in ranked[:_MOST_NAMED][::-1] if ranked.count(c) and
                  sum(one >= c for one in ranked) <= _MOST_NAMED), None)  # fmt: skip
    if least is None:
        return ""
    named = sorted((u for u, c in counts.items() if c >= least), key=lambda u: -counts[u])
    most = sum(counts[u] for u in named) * 2 >= sum(counts.values())
    words = "、".join(f"{unit}{counts[unit]}项" for unit in named)
    return f"，{'集中在' if most else '较多的是'}{words}"


_FEW = 4
"""Of fewer tasks it says nothing with whom most of them are."""


def progress_sentence(now: RollUp, before: RollUp) -> str:
    """Compare the tasks on schedule or done with last quarter's."""
    return f"达序任务{change(now.count(GOOD), before.count(GOOD))}。"


def movement_sentence(ratings: Iterable[Rating]) -> str:
    """Say how many tasks moved up or down since last quarter, of those judged in both."""
    pairs = [(r.grade, r.previous) for r in ratings if r.previous is not None]
    moves = [rule.moved(then, now) for now, then in pairs]
    up, down = moves.count(1), moves.count(-1)
    if not up and not down:
        return "各项任务的核定结果与上季度相同。" if all(n is t for n, t in pairs) and pairs else ""
    words = [f"有所好转的{up}项"] if up else []
    words += [f"有所下滑的{down}项"] if down else []
    return f"与上季度相比，核定结果{'，'.join(words)}。"


def disagreement_sentence(ratings: Iterable[Rating]) -> str:
    """Say how often the office's rating differs from the units' own."""
    rated = [r for r in ratings if r.self_rating is not None]
    differing = [r for r in rated if rule.differs(r)]
    if not differing:
        return "核定结果与单位自评没有不一致的情况。" if rated else ""
    lower = sum(rule.weight(r.grade) < rule.weight(r.self_rating or r.grade) for r in differing)
    words = f"核定结果与单位自评不一致的{len(differing)}项"
    return words + (f"，其中低于自评的{lower}项。" if lower else "。")


def returns_sentence(statuses: Sequence[ReturnStatus], name: str | None = None) -> str:
    """Say how the returns arrived, of all units or of the one named."""
    if name is not None and len(statuses) == 1:
        return f"{name}本季度报表：{_state_words(statuses[0])}。"
    counts = {state: sum(s.state is state for s in statuses) for state in ReturnState}
    on_time = counts.pop(ReturnState.ON_TIME)
    head, every = f"应报送的{len(statuses)}个牵头单位", "均" if len(statuses) > 1 else ""
    if on_time == len(statuses):
        return f"{head}{every}按时报送。"
    present = [state for state, count in counts.items() if count]
    if not on_time and len(present) == 1:
        return f"{head}{every}{_of_all(present[0])}。"
    rest = "，".join(f"{state}的{counts[state]}个" for state in present)
    if not on_time:
        return f"{head}均未按时按要求报送，其中{rest}。"
    return f"{head}中，按时报送的{on_time}个，{rest}。"


def _of_all(state: ReturnState) -> str:
    """Turn a state into what can be said of units: 报送材料不及时 has a subject of its own."""
    return "未按时报送" if state is ReturnState.LATE else str(state)


def _state_words(status: ReturnStatus) -> str:
    if status.reported_on is None:
        return str(status.state)
    return f"{status.state}（填报日期{day(status.reported_on)}）"


def followup_sentence(found: Sequence[OpenPoint]) -> str:
    """Say what became of last quarter's open points."""
    if not found:
        return "上季度没有需要跟踪的任务。"
    counts = {o: sum(point.outcome is o for point in found) for o in Outcome}
    words = [f"{o}{count}项" for o, count in counts.items() if count]
    if len(found) == 1:
        return f"上季度未达序、列为跟踪的任务1项，本季度{found[0].outcome}。"
    return f"上季度未达序、列为跟踪的任务{len(found)}项，本季度{'、'.join(words)}。"


def outlook_sentence(found: Sequence[Outlook]) -> str:
    """Say how many cumulative targets will reach the year's value on the plan's path."""
    if not found:
        return "本季度没有可以推算全年完成情况的累计指标。"
    short = sum(o.gap > 0 for o in found)
    head = f"可以推算全年完成情况的累计指标{len(found)}项"
    if short in (0, len(found)):
        every = "" if len(found) == 1 else "均"
        return f"{head}，预计{every}{'不能' if short else '能'}达到全年目标。"
    met = len(found) - short
    return f"{head}，其中预计能达到全年目标的{met}项，预计不能达到的{short}项。"


def forecast(item: Outlook) -> str:
    """Write where a figure will stand at the year's end: of whole things about how many."""
    if item.is_rounded:
        return f"约{figure(rounded(item.year_end, 0))}"
    return amount(item.year_end, places=1)


def amount(value: Decimal | None, unit: str = "", places: int = 2) -> str:
    """Write a figure for a table, rounded to some places; ``—`` for none."""
    if value is None:
        return "—"
    exact = value if -value.as_tuple().exponent <= places else rounded(value, places)  # type: ignore[operator]
    return figure(exact) + unit


def previous_words(rating: Rating) -> str:
    """Say how a rating compares with last quarter's."""
    if rating.previous is None:
        return "上季度没有核定结果"
    if rating.previous == rating.grade:
        return f"与上季度相同，均为“{rating.grade}”"
    verdict = {1: "，有所好转", -1: "，有所下滑", 0: ""}[rule.moved(rating.previous, rating.grade)]
    return f"上季度为“{rating.previous}”{verdict}"
