"""The command itself: what every subcommand registers with, and the options of them all."""

from typing import Annotated

import typer

app = typer.Typer(
    name="reporting",
    help="Quarterly briefing packs from a government task table.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

DEBUG = {"on": False}


@app.callback()
def options(
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False,
) -> None:
    """Quarterly briefing packs from a government task table."""
    DEBUG["on"] = debug
