"""What commands of several steps share: their options, and opening the project."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reporting.cli.replies.output import OUT, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reporting.findings import Finding
    from reporting.periods import Period
    from reporting.project.params import Params

Quarter = Annotated[int, typer.Option("--quarter", "-q", help="Quarter, 1 to 4.")]
Wait = Annotated[bool, typer.Option("--wait", help="Wait while another run is at work on it.")]
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


def open_period(year: int, quarter: int) -> "tuple[Path, Params, Period]":
    """Find the project, the year's parameters and the quarter itself."""
    from reporting.periods import Period

    root, params = open_project(year, quarter)
    return root, params, Period(year=year, quarter=quarter)


def shown(path: Path, root: Path) -> Path:
    """Write a path of the project as whoever works at its root would; whole from elsewhere."""
    at_root = Path.cwd().resolve() == root.resolve()
    return path.relative_to(root) if at_root and path.is_relative_to(root) else path


def tell_waiting(words: str) -> None:
    """Say what a command waits for, apart from what it is asked for."""
    typer.echo(words, err=True)


def print_findings(findings: "Iterable[Finding]") -> None:
    """Print findings, a line each; a reply has them as they are."""
    if OUT.as_json:
        OUT.found(findings)
        return
    for finding in findings:
        # A file of the pack is told by its path; a place in a return or table as the check does.
        place = finding.where if finding.sheet or finding.line is not None else finding.file
        told = " ".join(part for part in (finding.severity.label, finding.unit, place) if part)
        say(f"{told}：{finding.message}")
