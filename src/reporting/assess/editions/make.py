"""The edition to come: what it changes of the last one, and the date that it bears."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from reporting.assess.editions.facts import facts
from reporting.assess.editions.moves import moves_between
from reporting.assess.slices import slice_for
from reporting.assess.subjects.declared import subjects_of
from reporting.assess.subjects.named import is_there
from reporting.assess.values import (
    Assessment,
    Change,
    Edition,
    Headline,
    Move,
)
from reporting.periods import full_date, quarter_label
from reporting.project.reports import OF_EVERY_PACK, Declaration

_Item = TypeVar("_Item", Change, Move)
Say = Callable[[Assessment], tuple[str, ...]]
"""Gives the sentences at the head of a report, each always in its own place."""


def say_nothing(assessment: Assessment) -> tuple[str, ...]:
    """Give no sentence: for who compares facts only."""
    return ()


def with_editions(
    assessment: Assessment,
    frozen: Assessment | None,
    further: Iterable[Change] = (),
    *,
    number: int | None = None,
    on: date | None = None,
    say: Say = say_nothing,
    reports: Iterable[Declaration] = OF_EVERY_PACK,
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
    on : date, optional
        The date that the edition bears.
    say : callable, optional
        Gives the sentences of a report that are told where they moved.
    reports : iterable of Declaration, optional
        The reports whose sentences are compared.
    """
    if frozen is None:
        return assessment
    changes = (*facts(frozen, assessment), *further)
    moves = tuple(moves_between(frozen, assessment))
    if not changes and not moves:
        return assessment.model_copy(update={"editions": frozen.editions})
    labels = task_labels(frozen, assessment)
    edition = Edition(
        number=number or frozen.edition_number + 1, on=on,
        changes=tuple(_labelled(change, labels) for change in changes),
        moves=tuple(_labelled(move, labels) for move in moves),
        headlines=tuple(_headlines(frozen, assessment, say, reports)),
    )  # fmt: skip
    return assessment.model_copy(update={"editions": (*frozen.editions, edition)})


def task_labels(before: Assessment, after: Assessment) -> dict[str, str]:
    """Give by id what the tasks of two assessments are called by, a lost one as it was."""
    return {task.task_id: task.label for one in (before, after) for task in one.plan.tasks}


def _labelled(item: _Item, labels: Mapping[str, str]) -> _Item:
    return item.model_copy(update={"label": labels.get(item.task_id, "")})


def _headlines(
    old: Assessment, new: Assessment, say: Say, reports: Iterable[Declaration]
) -> Iterator[Headline]:
    if say is say_nothing:
        return
    for subject in (one for declaration in reports for one in subjects_of(new, declaration)):
        if is_there(old, subject):
            sides = (say(slice_for(city, subject)) for city in (old, new))
            for was, is_now in zip(*sides, strict=True):
                if was != is_now:
                    yield Headline(subject=subject, old=was, new=is_now)


def fault_of_date(assessment: Assessment, last: int) -> str:
    """Say what is wrong with the date of the edition to come; empty when nothing is.

    Parameters
    ----------
    last : int
        Number of the last frozen edition, 0 before the first.
    """
    coming = assessment.editions[-1:]
    if not coming or coming[0].number <= last:
        return ""
    (edition,) = coming
    label = assessment.period.label
    if edition.on is None:
        quarter = assessment.quarter
        return (
            f"{label}已发布第{last}版，现有数据与其不同，应有第{edition.number}版自己的日期："
            f"请在命令中给出（make report Q={quarter} DATE=年-月-日），"
            f"或者写入参数 calendar 第{quarter}季度的 editions。"
        )
    for day, source in _sources(assessment, edition):
        if edition.on < day:
            return (
                f"{label}第{edition.number}版的日期应不早于{source}（{full_date(day)}），"
                f"实为{full_date(edition.on)}。"
            )
    return ""


def _sources(assessment: Assessment, edition: Edition) -> Iterator[tuple[date, str]]:
    """Give the days that an edition cannot be older than: its sources', the newest first."""
    quoted = [(c.on, _source(c)) for c in edition.changes if c.on is not None]
    yield from sorted(quoted, reverse=True)
    earlier = assessment.editions[:-1]
    before = next((e for e in reversed(earlier) if e.on is not None), None)
    yield (
        (assessment.masthead.publish_date, "第1版的日期")
        if before is None or before.on is None
        else (before.on, f"第{before.number}版的日期")
    )


def _source(change: Change) -> str:
    if change.unit and change.quarter:
        return f"所引用的{change.unit}{quarter_label((change.quarter,))}报表的日期"
    return f"所引用的{change.new_where or change.field}的日期"
