"""A small office: the first tasks of the demonstration's table, with returns of their own."""

import re
import shutil
from pathlib import Path

from reporting.plan.read import read_plan
from reporting.project.params import Params, read_params
from tools.sample.books import write_samples

ROOT = Path(__file__).parents[2]
YEAR = 2023
QUARTER = 3
TASKS = 12

_BLANK = "\n\t\n"
"""Stands before each task of the table but those that begin an action."""


def lay_out(root: Path) -> Params:
    """Write the office's project into an empty folder; give its parameters."""
    for name in ("params", "notebooks"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "requirements.lock", root)
    params = read_params(root, YEAR)
    table = root / params.table
    table.parent.mkdir(parents=True)
    table.write_text(first_tasks((ROOT / params.table).read_text(encoding="utf-8")), "utf-8")
    write_samples(root, read_plan(root, params), params)
    return params


def first_tasks(table: str, count: int = TASKS) -> str:
    """Cut a table off before the row of the next task."""
    following = re.search(rf"^\t{count + 1}\. ", table, re.MULTILINE)
    if following is None:
        raise ValueError(f"the table has no task {count + 1}")
    return table[: following.start()].removesuffix(_BLANK[1:]).rstrip("\n") + "\n"
