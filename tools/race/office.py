"""A project of one unit and one task, whose return changes and whose commands run side by side."""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from reporting.periods import Period
from reporting.project.editions import frozen_numbers
from reporting.project.params import read_params
from reporting.system.files import write_whole
from tools.soak.project import Duty, filled_book, write_project

PERIOD = Period(year=2023, quarter=1)
UNIT = "市甲局"
DUTY = Duty(goal="建成服务站40个以上。", unit=UNIT, leader="张三", steps=(10, 20, 30, 40))
PATIENCE = 300
"""Seconds after which a command counts as hung."""
_COMMAND = "from reporting.cli import main; main()"
_FORMATS = re.compile(r"^formats:.*\n", re.MULTILINE)
_FIRST_DAY = date(2023, 5, 4)


@dataclass(frozen=True)
class Office:
    """The project in a folder, and what is done in it."""

    root: Path

    def build(self, home: Path) -> None:
        """Make the project, which publishes pages alone, to be quick."""
        self.root.mkdir()
        write_project(self.root, home, [DUTY], _Answer("first"), quarter=PERIOD.quarter)
        path = self.root / f"params/{PERIOD.year}.yml"
        text = _FORMATS.sub("", path.read_text(encoding="utf-8"))
        path.write_text(f"{text}formats: [html]\n", encoding="utf-8")

    def send(self, mark: str) -> None:
        """Put another return of the unit in place, as whoever receives it does."""
        from reporting.plan.read import read_plan

        params = read_params(self.root, PERIOD.year)
        plan = read_plan(self.root, params)
        data = filled_book(plan, params, UNIT, PERIOD.quarter, (), _Answer(mark))
        write_whole(self.root / params.status / f"Q{PERIOD.quarter}" / f"{UNIT}.xlsx", data)

    def report(self) -> "subprocess.Popen[str]":
        """Start publishing; what is published for another edition gets that edition's day."""
        number = max(frozen_numbers(self.root, PERIOD), default=0)
        day = (_FIRST_DAY + timedelta(days=number)).isoformat()
        return self._start(["report", "--jobs", "1", *(["--date", day] if number else [])])

    def release(self) -> "subprocess.Popen[str]":
        """Start freezing."""
        return self._start(["release", "--jobs", "1", "--accept", "并发试验"])

    def _start(self, words: Sequence[str]) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-c", _COMMAND, *words, "--quarter", str(PERIOD.quarter)],
            cwd=self.root, env={**os.environ, "PYTHONUTF8": "1"}, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
        )  # fmt: skip


@dataclass(frozen=True)
class _Answer:
    """What the unit says, with a mark that no other return has."""

    mark: str

    def __call__(self, unit: str, quarter: int, row_id: str, field: str) -> str:
        """Answer one cell."""
        return "已完成" if field == "self_rating" else f"建成服务站。记录{self.mark}。"


def finish(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """Wait for a command; give its exit code and what it said."""
    try:
        said, _ = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return -9, "hung"
    return process.returncode, said
