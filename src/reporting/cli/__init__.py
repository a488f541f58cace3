"""The ``reporting`` command: it parses arguments and calls; it holds no logic.

The modules are many because each step has one to itself; each imports what it needs when it
runs, so that ``--help`` and an unchanged pack stay fast.
"""

import atexit
import io
import os
import signal
import sys

from reporting.errors import ReportingError
from reporting.language.visible import visible
from reporting.project.roots import choose_project


def main() -> None:
    """Run the command; a fault is one sentence on standard error and an exit code."""
    _speak_utf8()
    from reporting.cli import change, plan, province, release, report, returns, schema, verify, why  # noqa: F401  (each registers)
    from reporting.cli.app import DEBUG, app
    from reporting.cli.usage import run

    try:
        raise SystemExit(run(app))
    except ReportingError as error:
        if DEBUG["on"]:
            raise
        for line in error.sentences:
            print(f"错误：{visible(line)}", file=sys.stderr)
        raise SystemExit(error.exit_code) from None
    finally:
        choose_project(None)
        # All is done and said: Ctrl-C while Python takes itself down would kill it, and its exit
        # code would deny what it has done. Registered last, it comes before all else.
        atexit.register(signal.signal, signal.SIGINT, signal.SIG_IGN)


def _speak_utf8() -> None:
    """Start again in UTF-8 where the locale has no Chinese, as ``LANG=C`` has not.

    Python names files in the encoding it was started with, so there is no other way.
    """
    if os.name == "posix" and sys.getfilesystemencoding() != "utf-8":
        # What was asked for on Python's own command line would win over the environment.
        words, given = [], iter(sys.orig_argv[1:])
        for word in given:
            if word == "-X":
                words += [word, option] if not (option := next(given)).startswith("utf8") else []
            elif not word.startswith("-Xutf8"):
                words.append(word)
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *words])
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
