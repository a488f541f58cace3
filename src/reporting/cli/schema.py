"""The command that describes the replies of the others."""

import json
from typing import Annotated

import typer

from reporting.cli.app import app


@app.command()
def schema(
    command: Annotated[str, typer.Argument(help="A command; all when left out.")] = "",
) -> None:
    """Print the JSON schema of what a command answers with --json."""
    from reporting.cli.replies.values import REPLIES
    from reporting.errors import UsageError

    if command and command not in REPLIES:
        raise UsageError(f"没有命令“{command}”，现有：{'、'.join(REPLIES)}。")
    told = {name: kind.model_json_schema(mode="serialization") for name, kind in REPLIES.items()}
    typer.echo(json.dumps(told[command] if command else told, ensure_ascii=False, indent=2))
