"""One small city whose units type everything there is, published once by the real command."""

import os
import random
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from publish.conftest import project  # noqa: F401

from reporting.grades import Grade
from reporting.plan.values import Plan
from reporting.project.params import Params, read_params
from tools.soak.project import YEAR, Duty, random_answers, write_project
from tools.soak.texts import HOSTILE

collect_ignore = ["elsewhere"]
"""Who loads what lies there loses half of the system: not the process that runs the tests."""

HOME = Path(__file__).parents[2]
QUARTER = 2
FORMATS = ("html", "pdf", "docx", "pptx", "xlsx")
NAMES = ("=cmd|x<b>局", '*甲*[乙]`丙`#d$e$"_x0041_局')
"""Names of the units: formula and element; Markdown, Typst, a quote, an escape of OOXML."""

MARK = " 见"
"""Stands between a text and the name of its cell."""

TOWN_WORDS = ["report", "--quarter", "1", "--jobs", "2", "--format", "html", "--format", "pdf",
         "--format", "docx", "--format", "xlsx"]  # fmt: skip
"""How the small town is published."""

COMMAND = "from reporting.cli import main; main()"


@dataclass(frozen=True)
class Town:
    """A project with hostile returns, and what its rows were told to say."""

    root: Path
    plan: Plan
    params: Params
    typed: Mapping[tuple[str, str], str]

    @property
    def pack(self) -> Path:
        return self.root / f"outputs/{YEAR}/Q{QUARTER}"

    def files(self) -> dict[str, bytes]:
        """Read everything in the pack."""
        found = (path for path in sorted(self.pack.rglob("*")) if path.is_file())
        return {path.relative_to(self.pack).as_posix(): path.read_bytes() for path in found}


def duties() -> tuple[Duty, ...]:
    """Give each unit half of the tasks: one for each text."""
    count = len(HOSTILE)
    return tuple(
        Duty(
            # One figure is enough: charts take their time.
            goal="建成服务站80个以上。" if n == 1 else f"做好实事{'甲乙丙丁'[n % 4] * n}。",
            unit=NAMES[n % 2],
            leader="",
            steps=(20, 40, 60, 80) if n == 1 else (),
        )
        for n in range(1, count + 1)
    )


def build(root: Path) -> Town:
    """Let the row of each task say one text in all of its cells, told apart by their field."""
    typed: dict[tuple[str, str], str] = {}
    texts = list(HOSTILE.values())

    def answer(unit: str, quarter: int, row_id: str, field: str) -> str:
        if field == "self_rating":
            return str(Grade.BEHIND)
        text = texts[int(row_id.split("-")[1]) - 1] + f"{MARK}{field}{row_id[5:8]}{quarter}"
        if quarter == QUARTER:
            typed[row_id, field] = text
        return text

    root.mkdir(parents=True)
    plan = write_project(root, HOME, duties(), answer, quarter=QUARTER)
    return Town(root, plan, read_params(root, YEAR), typed)


def run(
    root: Path, words: Sequence[str], *, environment: Mapping[str, str] | None = None,
    python: Sequence[str] = (),
) -> "subprocess.CompletedProcess[bytes]":  # fmt: skip
    """Run the command in a process of its own, its output to a pipe."""
    return subprocess.run(
        [sys.executable, *python, "-c", COMMAND, *words],
        cwd=root,
        env={**os.environ, **(environment or {})},
        capture_output=True,
    )


def report_words() -> list[str]:
    formats = [word for name in FORMATS for word in ("--format", name)]
    return ["report", "--quarter", str(QUARTER), "--jobs", "2", *formats]


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """Publish the city."""
    made = build(tmp_path_factory.mktemp("hostile") / "town")
    done = run(made.root, report_words(), environment={"PYTHONIOENCODING": "utf-8"})
    assert done.returncode == 0, done.stderr.decode()
    return made


def small_town(root: Path) -> Path:
    """Make a project of one unit and three tasks."""
    root.mkdir(parents=True)
    duties = [
        Duty(goal=f"建成服务站{count}个以上。", unit="市甲局", leader="责任领导甲",
             steps=(count // 4, count // 2, count * 3 // 4, count))
        for count in (40, 80)
    ]  # fmt: skip
    duties.append(Duty(goal="做好实事。", unit="市甲局", leader="责任领导甲"))
    answers = random_answers(random.Random(5), {"a": "进展顺利。", "b": "受用地影响，推进缓慢。"})
    write_project(root, HOME, duties, answers, quarter=1)
    return root


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish the project as it is done every day; what was said is kept beside it."""
    root = small_town(tmp_path_factory.mktemp("surroundings") / "a")
    done = run(root, TOWN_WORDS, environment={"PYTHONIOENCODING": "utf-8"})
    assert done.returncode == 0, done.stderr.decode()
    (root / "said").write_bytes(done.stdout)
    return root
