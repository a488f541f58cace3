"""The reports that declarations ask for: their subjects, their slices, and what is in none."""

from collections.abc import Iterator

from reporting.assess.slices import slice_for, values_of
from reporting.assess.subjects.named import any_subject, supporting_units, values_in
from reporting.assess.values import Assessment, Subject, SubjectKind
from reporting.errors import UsageError
from reporting.periods import Period
from reporting.plan.values import Task
from reporting.project.reports import CITY, COLUMNS, LEADER, SUPPORTING, UNIT, Declaration


def subjects_of(city: Assessment, declaration: Declaration) -> tuple[Subject, ...]:
    """List whom the reports of a declaration are about, in the order of table or list.

    In the pack of another quarter than those declared it is nobody.

    Raises
    ------
    UsageError
        A list names nobody, or somebody twice.
    """
    if not declaration.is_made_in(city.quarter):
        return ()
    found = tuple(_subjects(city, declaration))
    if declaration.is_own:
        found = tuple(one.model_copy(update={"report": declaration.report}) for one in found)
    twice = [one.name for at, one in enumerate(found) if one.report_id in _ids(found[:at])]
    if twice:
        raise UsageError(f"{_where(declaration)}名单中有两处指的是“{twice[0]}”，请删去一处。")
    return found


def _ids(subjects: tuple[Subject, ...]) -> set[str]:
    return {one.report_id for one in subjects}


def _subjects(city: Assessment, declaration: Declaration) -> Iterator[Subject]:
    each = declaration.each
    if not isinstance(each, str):
        yield from (_of_list(city, declaration, name) for name in each)
    elif each == CITY:
        yield city.subject
    elif each == UNIT:
        yield from (Subject(kind=SubjectKind.UNIT, name=name) for name in city.plan.lead_units)
    elif each == LEADER:
        yield from (Subject(kind=SubjectKind.LEADER, name=name) for name in city.plan.leaders)
    elif each == SUPPORTING:
        for name in supporting_units(city):
            yield Subject(kind=SubjectKind.SUPPORTING, name=name)
    else:
        for name in values_in(city, each):
            yield Subject(kind=SubjectKind.GROUP, name=name, column=each)


def _of_list(city: Assessment, declaration: Declaration, name: str) -> Subject:
    try:
        return any_subject(city, name)
    except UsageError as error:
        raise UsageError(f"{_where(declaration)}{error}") from None


def _where(declaration: Declaration) -> str:
    return f"参数 reports 中“{declaration.report}”："


def without_report(city: Assessment, declaration: Declaration) -> tuple[Task, ...]:
    """List the tasks that are in no report of a declaration because their column is empty."""
    column = declaration.each
    if not isinstance(column, str) or column not in COLUMNS:
        return ()
    return tuple(task for task in city.plan.tasks if not values_of(city, task, column))


def slice_of(city: Assessment, declaration: Declaration, subject: Subject) -> Assessment:
    """Cut what one report may know, under the headline that its declaration gives it."""
    sliced = slice_for(city, subject)
    title = title_of(city, declaration, subject)
    return sliced.model_copy(update={"title": title}) if title else sliced


def title_of(city: Assessment, declaration: Declaration, subject: Subject) -> str:
    """Give the headline of a report; empty for the usual one of a report of every pack."""
    if declaration.title:
        return filled_title(declaration, subject.name, city.masthead.city, city.period)
    return usual_title(city, subject) if declaration.is_own else ""


def filled_title(declaration: Declaration, name: str, city: str, period: Period) -> str:
    """Fill in a declared title.

    Every report names its subject and its quarter: a title that does not is completed.
    """
    title = declaration.titled({
        "name": name, "city": city, "year": period.year, "quarter": period.quarter,
        "period": period.label,
    })  # fmt: skip
    missing = [words for words in (name, period.label) if words not in title]
    return title + (f"（{'，'.join(missing)}）" if missing else "")


def usual_title(city: Assessment, subject: Subject) -> str:
    """Give the headline of an office's own report for which none is declared."""
    label = city.period.label
    match subject.kind:
        case SubjectKind.SUPPORTING:
            return f"{subject.name}{label}协助任务"
        case SubjectKind.LEADER:
            return f"{subject.name}同志负责任务{label}进展情况"
        case SubjectKind.UNIT | SubjectKind.GROUP:
            return f"{subject.name}{label}任务进展情况"
        case _:
            return f"{city.masthead.city}{label}任务进展情况"
