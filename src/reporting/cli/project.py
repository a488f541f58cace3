"""What commands of several steps share: their options, and opening the project."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from reporting.params import Params

Quarter = Annotated[int, typer.Option("--quarter", "-q", help="Quarter, 1 to 4.")]
Year = Annotated[int, typer.Option("--year", help="Year of the plan.")]


def open_project(year: int, quarter: int | None = None) -> "tuple[Path, Params]":
    """Find the project and read the year's parameters, once the quarter is known to be one."""
    from reporting.params import find_root, read_params
    from reporting.periods import expect_quarter

    if quarter is not None:
        expect_quarter(quarter)
    root = find_root()
    return root, read_params(root, year)


def pack_folder(root: Path, year: int, quarter: int) -> Path:
    """Return the folder of a quarter's pack."""
    return root / "outputs" / str(year) / f"Q{quarter}"
