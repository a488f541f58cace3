"""The command as a user types it: in this process, where all is loaded, or in one of its own."""

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from reporting.cli import main

COMMAND = "from reporting.cli import main; main()"


def run_command(
    root: Path, *arguments: str, **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Run the command in a folder: here, with warm kernels, unless it is given an environment.

    Only what is about processes, or about what they are started with, needs one of its own.
    """
    if not environment:
        return _run_here(root, arguments)
    return subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments],
        cwd=root,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        encoding="utf-8",
    )


def _run_here(root: Path, arguments: tuple[str, ...]) -> "subprocess.CompletedProcess[str]":
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.chdir(root)
        patch.setattr(sys, "argv", ["reporting", *arguments])
        code = _exit_code()
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


def _exit_code() -> int:
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0
