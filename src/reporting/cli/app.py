"""The command itself: what every subcommand registers with, and the options of them all."""

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from reporting import __version__
from reporting.errors import ExitCode, UsageError
from reporting.project.roots import VARIABLE, choose_project, other_project


class ProjectGroup(TyperGroup):
    """The command with its subcommands, each of which takes ``--project`` as well."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        (option,) = (one for one in self.params if one.name == "project")
        for command in self.commands.values():
            command.params.append(option)


def _choose(context: typer.Context, folder: str | None) -> None:
    """Take the folder of either place; before the subcommand it is read first."""
    before = context.parent.meta.get(VARIABLE) if context.parent else None
    if None not in (folder, before) and folder != before:
        raise UsageError(f"--project 写了两个不同的文件夹：“{before}”和“{folder}”。")
    context.meta[VARIABLE] = chosen = before if folder is None else folder
    choose_project(chosen)
    if context.parent and not context.resilient_parsing and (note := other_project()):
        typer.echo(f"提示：{note}", err=True)


_MEANINGS = {
    ExitCode.DONE: "done",
    ExitCode.FAILED: "a report failed, returns have errors, an edition is not proved or refused",
    ExitCode.USAGE: "called wrongly, or nothing to work on",
    ExitCode.BUSY: "another run is at work on it; --wait waits",
    ExitCode.INTERRUPTED: "interrupted",
}

app = typer.Typer(
    name="reporting",
    cls=ProjectGroup,
    help="Quarterly briefing packs from a government task table.",
    epilog="Exit codes: " + "; ".join(f"{code:d} {told}" for code, told in _MEANINGS.items()) + ".",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
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
    project: Annotated[
        str | None,
        typer.Option(
            "--project",
            metavar="DIR",
            help=f"Project's folder, from anywhere; else {VARIABLE}, else from here upwards.",
            callback=_choose,
            expose_value=False,
        ),
    ] = None,
) -> None:
    """Quarterly briefing packs from a government task table."""
    DEBUG["on"] = debug
