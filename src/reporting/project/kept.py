"""What a project keeps of a year beside its table and its returns, and reads with them."""

from pathlib import Path

from reporting.periods import Period
from reporting.project.edition_dates import NAME as DATES
from reporting.project.editions import ASSESSMENT, SEAL, edition_folder, frozen_numbers
from reporting.project.params import Params, checklist_path
from reporting.project.register import register_path
from reporting.project.reports import declared_beside
from reporting.system.own_fonts import font_files
from reporting.system.own_templates import template_files

PUBLISHED = ("pack/manifest.json", ASSESSMENT)
"""Files of an edition that later quarters read."""

_KEPT = ("decisions.csv", "receipts.csv", DATES, "issued/*.json")
"""Below ``data/<year>/``: what the office decided, received, dated and asked."""

CARRIED = "carried.csv"
"""Below ``data/<year>/``: what the year before left open."""


def sealed_before(root: Path, period: Period) -> list[Path]:
    """List where the editions of a quarter keep their seals, as far as they bear one."""
    numbers = frozen_numbers(root, period)
    paths = (edition_folder(root, period, number) / SEAL for number in numbers)
    return [path for path in paths if path.is_file()]


def declared_before(folder: Path, year: int) -> list[Path]:
    """List the parameters of an edition's inputs, what they name for notebooks, own templates."""
    names = [f"params/{year}.yml"]
    for declared in (declared_beside(folder, year) or {}).values():
        names += declared
    paths = [*(folder / name for name in dict.fromkeys(names)), *template_files(folder)]
    return [path for path in paths if path.is_file()]


def kept_files(root: Path, params: Params, quarter: int) -> list[Path]:
    """List the files that are there, in a fixed order.

    They are the register, the 核对表, what stands beside them, the project's own fonts, and of each
    earlier quarter that was released its last edition, with the seals of those before it.
    """
    folder = register_path(root, params.year).parent
    paths = [register_path(root, params.year), root / checklist_path(params), folder / CARRIED]
    for pattern in _KEPT:
        paths += sorted(folder.glob(pattern))
    paths += font_files(root)
    for number in range(1, quarter):
        period = Period(year=params.year, quarter=number)
        if numbers := frozen_numbers(root, period):
            edition = edition_folder(root, period, numbers[-1])
            paths += [edition / name for name in PUBLISHED]
            paths += sealed_before(root, period)
    return [path for path in paths if path.is_file()]
