"""What each workbook asked when it was sent out: ``data/<year>/issued/<edition>.json``.

The table may change while a workbook is out. Its answers are then held against what it asked,
which is what the unit saw, and led from there to what is asked today.
"""

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from reporting.plan.values import Plan
from reporting.project.asked.columns import ExtraColumn
from reporting.returns.layout import Asked, asked
from reporting.returns.promises.values import NOTHING, LeftOpen
from reporting.system.files import read_if_there, write_whole


def issued_path(root: Path, year: int, edition: str) -> Path:
    """Return where the questions of an edition stand; it need not exist."""
    return root / "data" / str(year) / "issued" / f"{edition}.json"


def keep_issued(root: Path, questions: Asked) -> Path:
    """Keep what a workbook asks; what is there already is the same."""
    path = issued_path(root, questions.year, questions.edition)
    if not path.is_file():
        write_whole(path, questions.model_dump_json(indent=1).encode())
    return path


def keep_all_issued(
    root: Path,
    plan: Plan,
    quarter: int,
    left: Mapping[str, LeftOpen] | None = None,
    extras: tuple[ExtraColumn, ...] = (),
) -> None:
    """Keep what every lead unit's workbook of a quarter asks, and asks again."""
    for unit in plan.lead_units:
        keep_issued(root, asked(plan, unit, quarter, (left or {}).get(unit, NOTHING), extras))


def issued_of(root: Path, year: int, unit: str, quarter: int) -> tuple[Asked, ...]:
    """Read all that a unit's workbooks of a quarter asked; none where nothing was kept."""
    folder = issued_path(root, year, "x").parent
    found = (read_issued(root, year, path.stem) for path in sorted(folder.glob("*.json")))
    return tuple(one for one in found if one and (one.unit, one.quarter) == (unit, quarter))


def read_issued(root: Path, year: int, edition: str) -> Asked | None:
    """Read the questions of an edition; None where they were not kept or are damaged.

    The edition is the digest of the questions, so that what is read is what was asked.
    """
    if not edition.isalnum() or not edition.isascii():
        return None
    content = read_if_there(issued_path(root, year, edition))
    if content is None:
        return None
    try:
        questions = Asked.model_validate_json(content)
    except ValidationError:
        return None
    return questions if questions.edition == edition else None
