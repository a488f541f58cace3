"""The command that says where a rating comes from."""

from pathlib import Path
from typing import Annotated

import typer

from reporting.cli.app import app
from reporting.cli.project import Quarter, Year, open_project
from reporting.cli.replies.command import Answering, Json
from reporting.cli.replies.output import OUT, say


@app.command(cls=Answering)
def why(
    quarter: Quarter,
    task: Annotated[str, typer.Option("--task", "-t", help="Number or id of the task.")],
    year: Year = 2023,
    as_json: Json = False,
) -> None:
    """Say why a task is rated as it is, down to the cells that its figures stand in."""
    from reporting.exhibits.tasks.why import find_task, why_lines
    from reporting.pipeline import assess_period

    root, params = open_project(year, quarter)
    city = assess_period(root, params, quarter)
    found = find_task(city.plan, task)
    for line in why_lines(city, found, lambda file: _digest(root / file)):
        say(line)
    rating = next((one for one in city.task_ratings() if one.task_id == found.task_id), None)
    OUT.give(
        year=year, quarter=quarter, task_id=found.task_id,
        grade=rating.grade.word if rating else None, rule=rating.rule if rating else None,
    )  # fmt: skip


def _digest(path: Path) -> str:
    from reporting.system.digests import digest

    return digest(path.read_bytes()) if path.is_file() else ""
