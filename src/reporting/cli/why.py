"""The command that says where a rating comes from."""

from pathlib import Path
from typing import Annotated

import typer

from reporting.cli.app import app
from reporting.cli.project import Quarter, Year, open_project


@app.command()
def why(
    quarter: Quarter,
    task: Annotated[str, typer.Option("--task", "-t", help="Number or id of the task.")],
    year: Year = 2023,
) -> None:
    """Say why a task is rated as it is, down to the cells that its figures stand in."""
    from reporting.exhibits.tasks.why import find_task, why_lines
    from reporting.pipeline import assess_period

    root, params = open_project(year, quarter)
    city = assess_period(root, params, quarter)
    for line in why_lines(city, find_task(city.plan, task), lambda file: _digest(root / file)):
        typer.echo(line)


def _digest(path: Path) -> str:
    from reporting.system.digests import digest

    return digest(path.read_bytes()) if path.is_file() else ""
