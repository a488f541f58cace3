"""What commands of several steps share: their options, and opening the project."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from reporting.project.params import Params

Quarter = Annotated[int, typer.Option("--quarter", "-q", help="Quarter, 1 to 4.")]
Year = Annotated[int, typer.Option("--year", help="Year of the plan.")]


def open_project(year: int, quarter: int | None = None) -> "tuple[Path, Params]":
    """Find the project and read the year's parameters, once the quarter is known to be one."""
    from reporting.periods import expect_quarter
    from reporting.project.params import read_params
    from reporting.project.roots import find_root

    if quarter is not None:
        expect_quarter(quarter)
    root = find_root()
    return root, read_params(root, year)
