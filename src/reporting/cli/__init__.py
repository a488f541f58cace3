"""The ``reporting`` command: it parses arguments and calls; it holds no logic.

Each command's module imports what it needs when it runs, so that ``--help`` and an unchanged
pack stay fast.
"""

import sys
from typing import Annotated

import typer

from reporting.errors import ReportingError

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


def main() -> None:
    """Run the command; a fault is one sentence on standard error and an exit code."""
    from reporting.cli import plan, release, report, returns  # noqa: F401  (each registers)

    try:
        app()
    except ReportingError as error:
        if DEBUG["on"]:
            raise
        print(f"错误：{error}", file=sys.stderr)
        raise SystemExit(error.exit_code) from None
