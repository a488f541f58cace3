"""Whether what a unit says of its progress may be quoted outside."""

import re
from collections.abc import Iterable, Iterator

from reporting.assess.public.withheld import Field, Withheld
from reporting.assess.values import Assessment
from reporting.grades import GOOD
from reporting.returns.values import ProgressRow

_CLAUSE_END = re.compile(r"[，,。；;：:！!？?\s]+")
_NAME_END = re.compile(r"[\W\d_]+")
_PHONE = re.compile(r"(?<!\d)(?:1\d{10}|0\d{2,3}[-－— ]?\d{7,8})(?!\d)")
_LEAST_CLAUSE, _LEAST_NAME = 3, 2
"""Shorter ones are words that stand in any text."""


def people_of(city: Assessment) -> frozenset[str]:
    """Give the names of all who reported and approved, whatever else their cells say."""
    cells = {cell for row in city.progress for cell in (row.reporter, row.approver)}
    names = (name for cell in cells for name in _NAME_END.split(cell))
    return frozenset(name for name in names if len(name) >= _LEAST_NAME)


def is_quotable(
    city: Assessment, row: ProgressRow, withheld: Withheld, people: Iterable[str]
) -> bool:
    """Tell whether its progress is rated good, beyond doubt, and repeats nothing withheld.

    What a unit wrote into its problem, cause, next step or request as well is withheld clause by
    clause; so are the names of those who report, and telephone numbers.
    """
    rating = city.rating(row.milestone_id, unit=row.unit, quarter=row.quarter)
    if withheld.hides(Field.PROGRESS) or rating is None or rating.grade not in GOOD:
        return False
    if (row.file, row.sheet, row.cells.get("progress", "")) in city.faulty_cells:
        return False
    if withheld.is_named_in(row.progress) or _PHONE.search(row.progress):
        return False
    repeated = (*_clauses(city, row, withheld), *people)
    return not any(words in row.progress for words in repeated)


def _clauses(city: Assessment, row: ProgressRow, withheld: Withheld) -> Iterator[str]:
    """Give the clauses of what stays within the offices of the row.

    Materials are named in any text (工作简报); only the whole of that cell would be one repeated.
    """
    if row.evidence:
        yield row.evidence
    kept = [row.problem, row.cause, row.next_step, row.coordination]
    if withheld.hides(Field.SCHEDULE):
        kept += [m.text for m in city.plan.milestones if m.milestone_id == row.milestone_id]
    for text in kept:
        yield from (c for c in _CLAUSE_END.split(text) if len(c) >= _LEAST_CLAUSE)
