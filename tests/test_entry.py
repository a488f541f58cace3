"""The way into the command."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from reporting import __version__

ROOT = Path(__file__).parents[1]
ENTRY = "from reporting.cli import main; main()"


@pytest.mark.parametrize("way", [("-c", ENTRY), ("-m", "reporting")])
def test_version_is_told(way: tuple[str, str]) -> None:
    """And nothing else is done; the package is run by its name as well."""
    command = [sys.executable, *way, "--version"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout) == (0, f"reporting {__version__}\n")


def test_shell_completes_commands_and_options() -> None:
    """As bash asks for it, once ``--install-completion`` was run."""
    for typed, offered in (("reporting pl", "plan"), ("reporting check --pro", "--project")):
        asked = {"COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
        done = subprocess.run(
            [sys.executable, "-c", f"import sys; sys.argv[0] = 'reporting'; {ENTRY}"],
            env=os.environ | asked | {"_REPORTING_COMPLETE": "complete_bash"},
            capture_output=True, encoding="utf-8",
        )  # fmt: skip
        assert done.stdout.split() == [offered], done.stderr


def test_version_is_the_one_that_the_changelog_explains() -> None:
    """One number everywhere; of each version what moves a figure stands first."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == __version__
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert next(name for name in versions if name != "Unreleased") == __version__
    newest = text.partition(f"## {__version__}\n")[2].partition("\n## ")[0]
    assert re.findall(r"^### (.+)$", newest, re.MULTILINE)[0] == "Ratings and figures"
