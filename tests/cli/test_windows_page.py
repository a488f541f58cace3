"""The page for Windows: what it says instead of make is there, and nothing is left out."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

from reporting.cli import change, plan, province, release, report, returns, verify, why  # noqa: F401
from reporting.cli.app import app

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/windows.zh-CN.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"`\.venv\\Scripts\\reporting (.+?)`", PAGE)
FOR_DEVELOPERS = {"help", "quarter", "setup-dev"}


@pytest.mark.parametrize("line", COMMANDS)
def test_command_has_the_options_it_is_given(line: str) -> None:
    """They are parsed as they stand; nothing is run."""
    group: Any = typer.main.get_command(app)
    name, *words = line.replace("\\", "/").split()
    with group.commands[name].make_context(name, words) as context:
        assert context.params


def test_every_target_of_the_work_has_its_command() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").partition("# --- development")[0]
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)) - FOR_DEVELOPERS
    assert targets <= set(re.findall(r"^\| `make ([a-z]+)", PAGE, re.MULTILINE))


def test_readme_leads_there() -> None:
    assert "(docs/windows.zh-CN.md)" in (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
