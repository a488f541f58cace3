"""Commands of the returns step."""

from typing import Annotated

import typer

from reporting.cli import app

Quarter = Annotated[int, typer.Option("--quarter", "-q", help="Quarter, 1 to 4.")]
Year = Annotated[int, typer.Option("--year", help="Year of the plan.")]


@app.command()
def sample(year: Year = 2023) -> None:
    """Write the demonstration returns of all quarters."""
    from reporting.params import find_root, read_params
    from reporting.plan.read import read_plan
    from reporting.returns.sample_books import write_samples

    root = find_root()
    params = read_params(root, year)
    written = write_samples(root, read_plan(root, params), params)
    typer.echo(f"已写入演示报送表 {len(written)} 份：{params.status}")
