"""Where commands say things: printed at once, or collected for the one reply of ``--json``."""

import json
from collections.abc import Iterable
from typing import Any

import typer

from reporting.errors import ExitCode, InputRefused
from reporting.findings import Finding
from reporting.language.visible import visible


class Output:
    """What one command says; each command begins anew."""

    def __init__(self) -> None:
        self.begin("", as_json=False)

    def begin(self, command: str, *, as_json: bool) -> None:
        """Begin a command."""
        self.command, self.as_json = command, as_json
        self.error = ""
        self._lines: list[str] = []
        self._findings: list[Finding] = []
        self._result: dict[str, Any] | None = None
        self._beside: dict[str, Any] = {}

    def say(self, line: str) -> None:
        """Say a line."""
        if self.as_json:
            self._lines.append(line)
        else:
            typer.echo(line)

    def found(self, findings: Iterable[Finding]) -> None:
        """Take findings into the reply; whoever prints them does so elsewhere."""
        self._findings += findings

    def give(self, **fields: Any) -> None:
        """Give the command's result by field, as `reporting.cli.replies.values` has it."""
        self._result = fields

    def give_beside(self, **fields: Any) -> None:
        """Give what a reply has beside its result."""
        self._beside = fields

    def refuse(self, error: Exception) -> None:
        """Say why the command stops."""
        if isinstance(error, InputRefused):
            self.found(error.findings)
        self.error = visible(str(error))
        if not self.as_json:
            typer.echo(f"错误：{self.error}", err=True)

    def reply(self, code: int) -> str:
        """Write the reply down."""
        from reporting.cli.replies.values import REPLIES

        reply = REPLIES[self.command].model_validate(
            {
                **self._beside, "command": self.command, "ok": code == ExitCode.DONE,
                "exit_code": code, "error": self.error, "lines": self._lines,
                "findings": self._findings, "result": self._result,
            }
        )  # fmt: skip
        return json.dumps(reply.model_dump(mode="json"), ensure_ascii=False, indent=2)


OUT = Output()
say = OUT.say
