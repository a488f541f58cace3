"""The way into the command."""

import subprocess
import sys

from reporting import __version__

ENTRY = "from reporting.cli import main; main()"


def test_version_is_told() -> None:
    """And nothing else is done."""
    command = [sys.executable, "-c", ENTRY, "--version"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout) == (0, f"reporting {__version__}\n")
