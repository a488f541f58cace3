"""The command itself: what every subcommand registers with, and the options of them all."""

from typing import Annotated

import typer

from reporting import __version__

app = typer.Typer(
    name="reporting",
    help="Quarterly briefing packs from a government task table.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

DEBUG = {"on": False}


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"reporting {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", callback=_tell_version, is_eager=True),
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False,
) -> None:
    """Quarterly briefing packs from a government task table."""
    DEBUG["on"] = debug
