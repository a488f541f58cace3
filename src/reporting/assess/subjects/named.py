"""Find whom a report is about by what people call them."""

import difflib
from collections.abc import Sequence

from reporting.assess.slices import tasks_with, values_of
from reporting.assess.values import Assessment, Subject, SubjectKind
from reporting.errors import UsageError
from reporting.project.reports import CITY, COLUMNS, LEADER, LISTED, SUPPORTING, UNIT

_GROUPS = ("action", "heading")
"""Columns whose values a list may name."""


def subject_by(city: Assessment, by: str, name: str) -> Subject:
    """Find a subject by the parameter of its notebook: a party, a column, or ``name`` for any.

    Raises
    ------
    UsageError
        Nobody of that name, or nothing that subjects are told apart by.
    """
    if by == CITY:
        return city.subject
    if by == UNIT:
        return Subject(kind=SubjectKind.UNIT, name=_known_unit(city, name))
    if by == LEADER:
        plain = "".join(name.split())
        _expect(f"没有责任领导“{name}”", plain, city.plan.leaders)
        return Subject(kind=SubjectKind.LEADER, name=plain)
    if by == SUPPORTING:
        return Subject(kind=SubjectKind.SUPPORTING, name=_known_supporting(city, name))
    if by == LISTED:
        return any_subject(city, name)
    if by not in COLUMNS:
        known = "、".join((UNIT, LEADER, SUPPORTING, *COLUMNS, LISTED))
        raise UsageError(f"报告不能按“{by}”区分，应为 {known} 之一。")
    plain = name.strip()
    _expect(f"任务表的“{COLUMNS[by]}”中没有“{name}”", plain, values_in(city, by))
    return Subject(kind=SubjectKind.GROUP, name=plain, column=by)


def any_subject(city: Assessment, name: str) -> Subject:
    """Find whom or what a name means: a unit, a leader, an action, a heading.

    A unit that leads tasks and supports others is taken as the lead unit that it is: what it may
    know as such holds what it supports.

    Raises
    ------
    UsageError
        Nobody is called so, or several that are not the same.
    """
    plan, plain = city.plan, name.strip()
    found: list[Subject] = []
    lead = _lead_unit(city, plain)
    if lead or plain in supporting_units(city):
        kind = SubjectKind.UNIT if lead else SubjectKind.SUPPORTING
        found.append(Subject(kind=kind, name=lead or plain))
    if "".join(plain.split()) in plan.leaders:
        found.append(Subject(kind=SubjectKind.LEADER, name="".join(plain.split())))
    for column in _GROUPS:
        if tasks_with(city, column, plain):
            found.append(Subject(kind=SubjectKind.GROUP, name=plain, column=column))
    if len(found) > 1:
        raise UsageError(f"“{plain}”不止一种意思，请改用 each: unit、leader、action 等来写。")
    if not found:
        groups = (value for column in _GROUPS for value in values_in(city, column))
        known = (*plan.lead_units, *plan.leaders, *groups, *supporting_units(city))
        _expect(f"没有叫“{plain}”的单位、责任领导、专项行动或总体要求", plain, known)
    return found[0]


def is_there(city: Assessment, subject: Subject) -> bool:
    """Tell whether an assessment has anything that a report on a subject would be about."""
    match subject.kind:
        case SubjectKind.UNIT:
            return subject.name in city.plan.lead_units
        case SubjectKind.LEADER:
            return subject.name in city.plan.leaders
        case SubjectKind.SUPPORTING:
            return subject.name in supporting_units(city)
        case SubjectKind.GROUP:
            return bool(tasks_with(city, subject.column, subject.name))
        case _:
            return True


def supporting_units(city: Assessment) -> tuple[str, ...]:
    """List the units that support a task, in the order of the table."""
    named = (one.unit for task in city.plan.tasks for one in task.supporting_units)
    return tuple(dict.fromkeys(named))


def values_in(city: Assessment, column: str) -> tuple[str, ...]:
    """List the values of a column, in the order of the table."""
    found = (value for t in city.plan.tasks for value in values_of(city, t, column))
    return tuple(dict.fromkeys(found))


def _known_unit(city: Assessment, unit: str) -> str:
    name = unit.strip()
    if lead := _lead_unit(city, name):
        return lead
    if any(known.name == name for known in city.plan.units):
        raise UsageError(f"“{name}”没有牵头任务，只作为协助单位，不单独出报告。")
    raise UsageError(unknown(f"没有牵头单位“{unit}”", name, city.plan.lead_units))


def _lead_unit(city: Assessment, name: str) -> str:
    """Give the name of a lead unit by any of its names; empty where it leads nothing."""
    names = (unit.name for unit in city.plan.units if name in (unit.name, *unit.aliases))
    return next((found for found in (name, *names) if found in city.plan.lead_units), "")


def _known_supporting(city: Assessment, unit: str) -> str:
    name, known = unit.strip(), supporting_units(city)
    names = (one.name for one in city.plan.units if name in one.aliases)
    found = next((one for one in (name, *names) if one in known), name)
    _expect(f"没有协助单位“{unit}”", found, known)
    return found


def _expect(words: str, name: str, known: Sequence[str]) -> None:
    if name not in known:
        raise UsageError(unknown(words, name, known))


def unknown(words: str, name: str, known: Sequence[str]) -> str:
    """Say that there is nothing of a name, and what comes closest."""
    holding = [other for other in known if name and (name in other or other in name)]
    close = list(dict.fromkeys([*holding, *difflib.get_close_matches(name, known, 3, 0.4)]))[:3]
    if not known:
        return f"{words}，一个也没有。"
    hint = f"相近的有：{'、'.join(close)}" if close else f"可选的有：{'、'.join(known[:5])}等"
    # A heading ends in a stop of its own.
    return f"{words}，{hint.removesuffix('。')}。"
