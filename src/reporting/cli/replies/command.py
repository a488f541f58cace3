"""A command that can answer another program: one JSON document, whatever becomes of it."""

from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from reporting.cli.replies.output import OUT
from reporting.errors import ExitCode, ReportingError

_OPTION = "--json"
_MISSING, _UNKNOWN = "MissingParameter", "NoSuchOption"

Json = Annotated[
    bool,
    typer.Option(_OPTION, help="Print one JSON document and nothing else; ask nothing."),
]
"""Every command's parameter ``as_json``, which `Answering` reads."""


class Answering(TyperCommand):
    """Runs a command; with ``--json`` its reply is all that is printed, of a fault as well."""

    def make_context(self, info_name: str | None, args: list[str], *rest: Any, **extra: Any) -> Any:
        """Read the words of the command."""
        as_json = _OPTION in args
        try:
            return super().make_context(info_name, args, *rest, **extra)
        except (typer.Exit, typer.Abort):
            raise
        except typer.TyperException as error:
            if not as_json:
                raise
            OUT.begin(str(self.name), as_json=True)
            OUT.error = _usage(error)
            raise _answered(ExitCode.USAGE) from None

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        OUT.begin(str(self.name), as_json=bool(ctx.params["as_json"]))
        if not OUT.as_json:
            return self._asking(ctx)
        try:
            super().invoke(ctx)
        except typer.Exit as ended:
            raise _answered(ended.exit_code) from None
        except ReportingError as error:
            OUT.refuse(error)
            raise _answered(error.exit_code) from None
        raise _answered(ExitCode.DONE)

    def _asking(self, ctx: Any) -> Any:
        """Run a command that may ask; nothing is written before the last answer."""
        try:
            return super().invoke(ctx)
        except typer.Abort:
            typer.echo("\n没有回答，已停止，什么也没有写入。", err=True)
            raise typer.Exit(ExitCode.INTERRUPTED) from None


def _answered(code: int) -> typer.Exit:
    typer.echo(OUT.reply(code))
    return typer.Exit(code)


def _usage(error: Exception) -> str:
    kind, name = type(error).__name__, getattr(error, "option_name", "")
    parameter = getattr(error, "param", None)
    if kind == _MISSING and parameter is not None:
        return f"命令缺少 {'/'.join(parameter.opts)}，用法见 --help。"
    if kind == _UNKNOWN and name:
        return f"命令没有选项 {name}，用法见 --help。"
    return f"命令写法不对（{error}），用法见 --help。"
