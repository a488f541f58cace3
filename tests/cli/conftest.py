"""A small office whose reports are made at once, and all that its commands answer."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from commanding import run_command
from province.editions import name_offices
from publish.conftest import Project, inline_pool
from publish.real_office import make_office
from publish.test_locks import held_elsewhere

from reporting.periods import Period
from reporting.project.roots import STATE
from reporting.publish.locks import RELEASE, claims_of

THIRD = Period(year=2023, quarter=3)


@dataclass(frozen=True)
class Answer:
    """What a command answered with ``--json``."""

    command: str
    code: int
    out: str
    err: str

    @property
    def reply(self) -> dict[str, Any]:
        content = json.loads(self.out)
        assert isinstance(content, dict)
        return content


Answers = dict[str, Answer]


@pytest.fixture(scope="session")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """Go once through a quarter with every command, and through what can go wrong."""
    root = make_office(tmp_path_factory.mktemp("answers") / "office")
    with pytest.MonkeyPatch.context() as patch, ExitStack() as kept:
        project = Project(root)
        patch.setattr("reporting.publish.resolve.expect_notebooks", lambda *_: None)
        patch.setattr("reporting.publish.pool.make.local_pool", inline_pool(project.work))
        patch.setattr("reporting.publish.pool.pool.preparing", nullcontext)
        inline = inline_pool(project.work)
        patch.setattr("reporting.publish.pool.pool.process_pool", lambda size, _: inline(size))
        patch.setattr("reporting.watching.watch.saves", lambda *_: iter(()))
        # What is patched is so for these commands, not for the tests of other rooms that follow.
        return dict(_answers(project, kept))


def _answers(project: Project, kept: ExitStack) -> Iterator[tuple[str, Answer]]:
    root = project.root

    def ask(name: str, *words: str) -> tuple[str, Answer]:
        done = run_command(root, *words, "--json")
        return name, Answer(words[0], done.returncode, done.stdout, done.stderr)

    third = ("--quarter", "3")
    yield ask("plan", "plan", "--out", "read")
    yield ask("plan again", "plan", "--out", "read")
    yield ask("plan, no year", "plan", "--out", "read", "--year", "2031")
    yield ask("params", "params", "--check")
    yield ask("params, unasked", "params")
    yield ask("sheets", "sheets", "--quarter", "4")
    yield ask("sheets, no quarter", "sheets", "--quarter", "5")
    yield ask("check", "check", *third)
    yield ask("decide", "decide", *third)
    yield ask("decide, no cell", "decide", *third, "--unit", "市统计局", "--cell", "指标!Z9")
    yield ask("backtest, none", "backtest")
    yield ask("distribute, none", "distribute", *third)
    project.failing = {"unit/市统计局"}
    yield ask("report, failed", "report", *third)
    project.failing = set()
    yield ask("report", "report", *third)
    yield ask("report, dry", "report", *third, "--dry-run")
    yield ask("report, no quarter", "report")
    yield ask("report, no option", "report", *third, "--quartal")
    yield ask("report, no number", "report", "--quarter", "三")
    yield ask("watch", "watch", *third, "--port", "0")
    yield ask("watch, no port", "watch", *third, "--port", "70000")
    yield ask("why", "why", *third, "--task", "2")
    yield ask("why, no task", "why", *third, "--task", "99")
    with held_elsewhere(root / STATE, *claims_of(THIRD, project.pack)):
        yield ask("report, busy", "report", *third)
    with held_elsewhere(root / STATE, RELEASE):
        yield ask("release, busy", "release", *third)
    yield ask("release, public", "release", *third, "--audience", "public")
    yield ask("release", "release", *third, "--accept", "演示数据", "--zip")
    yield ask("release again", "release", *third, "--accept", "演示数据")
    yield ask("export-edition", "export-edition", *third)
    yield ask("export-edition, none", "export-edition", *third, "--edition", "9")
    yield ask("diff", "diff", *third, "--from", "1")
    yield ask("diff, none", "diff", *third, "--from", "9")
    yield ask("distribute", "distribute", *third)
    yield ask("verify", "verify", *third)
    yield ask("verify, looked at", "verify", *third, "--integrity")
    yield ask("verify, none", "verify", *third, "--edition", "9")
    yield ask("backtest", "backtest")
    name_offices(root, [{"name": "东莞市", "folder": "."}])
    yield ask("province", "province", *third)
    yield ask("province, no quarter", "province", "--quarter", "4")
    _damage(root / "editions/2023/Q3/1/pack/index.html")
    yield ask("province, damaged", "province", *third)
    yield ask("verify, damaged", "verify", *third)
    yield ask("verify, damaged, looked at", "verify", *third, "--integrity")
    yield ask("backtest, damaged", "backtest")
    (root / "data/2023/status/Q4/市统计局.xlsx").write_bytes(b"no workbook")
    yield ask("check, errors", "check", "--quarter", "4")
    came = root / "came.xlsx"
    came.write_bytes((root / "data/2023/status/Q3/市统计局.xlsx").read_bytes())
    yield ask("receive", "receive", "came.xlsx", *third, "--received", "2023-10-18")
    yield ask("receive, no day", "receive", "came.xlsx", *third, "--received", "昨天")
    yield ask("change, unasked", "change")
    given = ("--from", "4", "--unit", "市统计局", "--to", "市数据局")
    why = ("--decision", "府办〔2023〕8号", "--reason", "机构改革")
    yield ask("change", "change", "--kind", "rename", *given, *why)
    table = ("--table", "data/2023/task_table.txt")
    yield ask("init", "init", *table, "--year", "2024", "--city", "甲市")
    yield ask("init, again", "init", *table, "--year", "2024", "--city", "甲市")
    yield ask("template", "template", "report/report.css")
    yield ask("template, again", "template", "report/report.css")


def _damage(path: Path) -> None:
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b" ")
