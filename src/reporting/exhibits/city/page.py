"""The page a mayor reads: what is wrong, who acts, by when, and what must be decided."""

from collections.abc import Iterator, Mapping, Sequence

from reporting.assess.followup.lag import lag
from reporting.assess.followup.requests import Request
from reporting.assess.rating import rule
from reporting.assess.rollups import RollUp, by_unit, worst_first
from reporting.assess.values import Assessment, Rating
from reporting.documents.blocks import Heading, Link, Page, Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.documents.sources.values import Step
from reporting.exhibits.building import Cell, exhibit, mark, number, text
from reporting.exhibits.city.numbers import four_numbers, year_path
from reporting.exhibits.city.ranked import unit_anchor
from reporting.exhibits.city.requests import by_addressee, decider, request_anchor, words_of
from reporting.exhibits.city.words import late_link, until_words, who_acts_briefly
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.origins.steps import ASKED, about, counted, leads, stated
from reporting.exhibits.sentences import clipped
from reporting.grades import LAGGING, OPEN
from reporting.language.clip import clip

_TASKS, _GROUPS, _UNITS, _LINKS = 10, 4, 8, 6
_GOAL, _UNIT, _ASK = 26, 11, 40
_HEADS: Mapping[str, str] = {"市": "市长", "县": "县长", "区": "区长", "镇": "镇长", "省": "省长"}
"""Who reads it, by the last sign of the place's name; elsewhere it has no reader's name."""


@in_labels
def mayor_page(assessment: Assessment) -> Exhibit:
    """Show on one page four numbers, the year's path, the worst tasks, decisions, and units."""
    blocks = (
        four_numbers(assessment), year_path(assessment), _worst(assessment),
        _decisions(assessment), _units(assessment),
    )  # fmt: skip
    reader = _HEADS.get(assessment.masthead.city[-1:], "")
    title = f"{reader}一页" if reader else "一页要情"
    return exhibit(
        Page(
            heading=Heading(level=1, text=title, anchor="brief"),
            blocks=tuple(block for block in blocks if block is not None),
        )
    )


def worst_tasks(assessment: Assessment, most: int = _TASKS) -> list[Rating]:
    """Give the ratings of the tasks that lag most, by the order of the rule."""
    found = [r for r in assessment.task_ratings() if r.grade in LAGGING]
    return sorted(found, key=rule.trouble)[:most]


def _worst(assessment: Assessment) -> Table | None:
    shown = worst_tasks(assessment)
    if not shown:
        return None
    return Table(
        columns=(
            number("number", "任务号", 0.6), text("goal", "任务", 3.4), mark("grade", "核定", 1),
            text("who", "牵头单位\n责任领导", 2.2), mark("until", "措施时限", 1),
            number("days", "逾期\n天数", 0.6), number("quarters", "连续\n滞后季数", 0.7),
        ),
        rows=tuple(_task_row(assessment, rating) for rating in shown),
        caption=f"最突出的{len(shown)}项滞后任务（按核定规则由差到好）",
        origin=(counted("所列滞后任务", [r.task_id for r in shown]),),
    )  # fmt: skip


def _task_row(assessment: Assessment, rating: Rating) -> Row:
    task = assessment.plan.task(rating.task_id)
    late = lag(assessment, task.task_id)
    return Row(cells=(
        task.label, late_link(task, _GOAL), rating.grade, who_acts_briefly(task, _UNIT),
        until_words(assessment, task), str(late.days or "—"), str(late.quarters),
    ), origin=(
        stated(f"到期未办结的事项最早的已逾期：{late.days}天", [task.task_id], column="days"),
        stated(f"连续滞后：{late.quarters}个季度", [task.task_id], column="quarters"),
    ))  # fmt: skip


def _decisions(assessment: Assessment) -> Table | None:
    """Show what others are asked to settle, the group of each addressee in a line."""
    groups = by_addressee(assessment)
    if not groups:
        return None
    rest = sum(map(len, groups[_GROUPS:]))
    more = f"，另有{rest}项见正文" if rest else ""
    return Table(
        columns=(text("whom", "请谁决定", 1.4), text("words", "需要决定的事项", 4),
                 text("tasks", "任务", 2)),
        rows=tuple(_group_row(found) for found in groups[:_GROUPS]),
        caption=f"需要决定的事项{sum(map(len, groups))}项{more}",
        origin=(*leads(ASKED), stated(f"另见正文：{rest}项")),
    )  # fmt: skip


def _group_row(found: Sequence[Request]) -> Row:
    words = clip(words_of(found), _ASK)
    steps = about(*(one.task for one in found))
    return Row(cells=(decider(found[0]), words, tuple(_ask_links(found))), origin=steps)


def _ask_links(found: Sequence[Request]) -> Iterator[Cell]:
    for at, one in enumerate(found[:_LINKS]):
        yield "、" if at else ""
        yield Link(text=one.task.label, anchor=request_anchor(one))
    if len(found) > _LINKS:
        yield f"等{len(found)}项"


def _units(assessment: Assessment) -> Table | None:
    groups = by_unit(assessment)
    ranked = worst_first(groups)
    silent = _silent(groups)
    rows = [
        Row(cells=(label, tuple(_unit_links(assessment, found, counted=counted))))
        for label, found, counted in (("由差到好", ranked, True), ("不参加排列", silent, False))
        if found
    ]
    if not rows:
        return None
    return Table(
        columns=(
            text("label", "单位", 0.9),
            text("units", "未达序／应办（项）", 6),
        ),
        rows=tuple(rows),
        caption=f"未达序的单位{sum(bool(g.count(OPEN)) for g in groups)}个",
        origin=tuple(_unit_steps(groups)),
    )


def _unit_steps(groups: Sequence[RollUp]) -> Iterator[Step]:
    late = [group for group in groups if group.count(OPEN)]
    yield stated(f"有任务未达序的单位：{len(late)}个")
    for group in late:
        yield stated(f"{group.label}：未达序{group.count(OPEN)}，应办{group.due}", group.ids(OPEN))
    for words, found in (("排列", worst_first(groups)), ("不参加排列", _silent(groups))):
        yield stated(f"{words}的单位：{len(found)}个")


def _silent(groups: Sequence[RollUp]) -> list[RollUp]:
    return [group for group in groups if group.unknown is not None]


def _unit_links(
    assessment: Assessment, found: Sequence[RollUp], *, counted: bool
) -> Iterator[Cell]:
    for at, group in enumerate(found[:_UNITS]):
        yield "、" if at else ""
        yield Link(text=clipped(group.label, _UNIT), anchor=unit_anchor(assessment, group.label))
        yield f"{group.count(OPEN)}/{group.due}" if counted else f"（{group.why_no_rate}）"
    if len(found) > _UNITS:
        yield f"；共{len(found)}个"
