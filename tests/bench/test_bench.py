"""The bench measures what it says: all processes, the same pages, fair scaling."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from reporting.errors import UsageError
from reporting.plan.read import read_plan
from reporting.project.params import read_params
from reporting.returns.reading.read import read_returns
from tools.bench import floor
from tools.bench.bench import (
    CHAIN,
    CHECK,
    CHECK_AGAIN,
    CHECK_COLD,
    COLD,
    CORRECTED,
    FLOOR,
    LOOP,
    PLAN_AGAIN,
    PLAN_COLD,
    UNCHANGED,
    YARDSTICK,
    Result,
    scaled,
)
from tools.bench.bench import QUICK as SIZES
from tools.bench.cases import Case, Cases, correct_sheet, find_cases, sample
from tools.bench.measure import Cost
from tools.bench.project import make_units
from tools.bench.show import promises
from tools.bench.ways import Ours, Workspace, chain_commands

ROOT = Path(__file__).parents[2]
MEGABYTE = 1 << 20


def cost(seconds: float, peak: int = 0) -> Cost:
    return Cost(seconds=seconds, cpu_seconds=seconds, peak_bytes=peak)


def case(number: int, weight: int) -> Case:
    return Case(
        report_id=f"unit/{number}", notebook=Path("/p/notebooks/unit_report.ipynb"),
        parameters={"year": 2023, "quarter": 1, "unit": f"{number}局"},
        slice_file=Path(f"{number:04}.json"), weight=weight,
    )  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project") / "office"
    make_units(root, ROOT, 2)
    return root


def test_measure_counts_orphans_and_their_memory(tmp_path: Path) -> None:
    """A process that outlives its parent is waited for, and its time and memory count."""
    orphan = (
        "import subprocess, sys;"
        "subprocess.Popen([sys.executable, '-c', 'import time; b = bytearray(300 << 20);"
        "[hash(str(n)) for n in range(2_000_000)]; time.sleep(0.6)'])"
    )
    script = (
        "import sys; from pathlib import Path; from tools.bench.measure import measure;"
        f"command = [sys.executable, '-c', {orphan!r}];"
        f"print(measure(command, cwd=Path({str(tmp_path)!r}), env={{}}).model_dump_json())"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    found = Cost.model_validate_json(done.stdout)
    assert found.cpu_seconds > 0.3
    assert found.peak_bytes > 300 * MEGABYTE


@pytest.mark.long
def test_floor_makes_the_pages_that_the_pack_has(project: Path, tmp_path: Path) -> None:
    """The floor is a floor for the same work: its page is the pack's, byte for byte."""
    made = subprocess.run(
        [sys.executable, "-c", "from reporting.cli import main; main()", "report",
         "--quarter=1", "--unit=市甲甲甲局", "--format=html", f"--output={tmp_path / 'pack'}"],
        cwd=project, capture_output=True, check=False, encoding="utf-8",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    cases = find_cases(project, tmp_path / "cases", year=2023, quarter=1, formats=("html",))
    unit = next(c for c in cases.cases if c.parameters.get("unit") == "市甲甲甲局")
    files = tmp_path / "files.json"
    files.write_text(cases.model_copy(update={"cases": (unit,)}).model_dump_json())
    subprocess.run(
        [sys.executable, "-m", "tools.bench.floor", str(files), str(tmp_path)], check=True,
        capture_output=True,
    )  # fmt: skip
    page = tmp_path / "pack/units/市甲甲甲局.html"
    assert (tmp_path / f"{unit.stem}.html").read_bytes() == page.read_bytes()


def test_floor_leaves_nothing_behind(project: Path, tmp_path: Path) -> None:
    """Cells run with the parameters of their own report, and the slice is let go of."""
    cases = find_cases(project, tmp_path / "cases", year=2023, quarter=1, formats=("html",))
    for one in cases.cases[-2:]:
        notebook = floor.execute(one)
        shown = json.dumps([c.get("outputs") for c in notebook["cells"]], ensure_ascii=False)
        assert str(one.parameters["unit"]) in shown
    assert "REPORTING_SLICE" not in os.environ


def test_returns_are_read_in_a_process_of_its_own(project: Path, tmp_path: Path) -> None:
    """What is measured does run; a name that moved away would end the whole bench."""
    cases = Cases(root=project, year=2023, quarter=1, formats=(), cases=(case(1, 1),))
    # Not here: whoever measures waits for all its children, which other tests have as well.
    script = (
        "import sys; from pathlib import Path; from tools.bench.cases import Cases;"
        "from tools.bench.ways import Ours, Workspace;"
        "cases = Cases.model_validate_json(sys.argv[1]);"
        "print(Ours(Workspace(Path(sys.argv[2])), cases).check().seconds)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, cases.model_dump_json(), str(tmp_path / "workspace")],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    assert float(done.stdout) > 0


def test_corrected_sheet_is_read_as_corrected(project: Path) -> None:
    """The correction changes one unit's progress and makes no finding."""
    params = read_params(project, 2023)
    plan = read_plan(project, params)
    before = read_returns(project, params, plan, 1)
    correct_sheet(project, year=2023, quarter=1, words="更正1。")
    after = read_returns(project, params, plan, 1)
    changed = [n for n, (a, b) in enumerate(zip(before.rows, after.rows, strict=True)) if a != b]
    assert [after.rows[n].progress for n in changed] == [
        f"{before.rows[n].progress}更正1。" for n in changed
    ]
    assert len(changed) == 1
    assert len(after.findings) == len(before.findings)


def test_sample_stands_for_light_and_heavy_reports() -> None:
    """The middle of each part is taken, and no report twice."""
    cases = Cases(
        root=Path("/p"), year=2023, quarter=1, formats=("html",),
        cases=tuple(case(n, weight=100 - n) for n in range(9)),
    )  # fmt: skip
    assert [c.report_id for c in sample(cases, 3).cases] == ["unit/7", "unit/4", "unit/1"]
    assert sorted(c.report_id for c in sample(cases, 50).cases) == [f"unit/{n}" for n in range(9)]


def test_scaled_multiplies_only_what_grows() -> None:
    """Two seconds of setting out stay; three of reports become thirty."""
    assert scaled(cost(5), 3, 10).seconds == pytest.approx(32)
    assert scaled(cost(5), None, 10).seconds == pytest.approx(50)


def test_chain_types_a_command_for_each_step() -> None:
    """Papermill, nbconvert, and something that makes a PDF, in this order."""
    typed = [list(c) for c in chain_commands(case(1, 1), ("html", "pdf"), Path("/out"))]
    assert typed[0][:3] == ["papermill", "/p/notebooks/unit_report.ipynb", "/out/0001.ipynb"]
    assert typed[0][-3:] == ["-p", "unit", "1局"]
    assert typed[1] == ["jupyter", "nbconvert", "--to", "html", "/out/0001.ipynb"]
    assert any("typst" in word for word in typed[2])


def test_promises_are_broken_by_what_breaks_them() -> None:
    """Each promise looks at its own figures."""
    same = {CHECK_COLD: 10, PLAN_COLD: 2}
    costs = {
        COLD: 10,
        CORRECTED: 1.3,
        UNCHANGED: 1.6,
        FLOOR: 4,
        LOOP: 89,
        CHAIN: 319,
        CHECK: 5.1,
        YARDSTICK: 12,
    }
    costs |= same | {CHECK_AGAIN: 1.1, PLAN_AGAIN: 0.9}
    result = Result(
        reports=3,
        sizes=SIZES,
        costs={way: (cost(s, 2000 * MEGABYTE),) for way, s in costs.items()},
        made=dict.fromkeys(costs, 3),
        growth={55: cost(10), 550: cost(111)},
    )
    assert not any(promise.holds for promise in promises(result))
    better = {
        COLD: 10,
        CORRECTED: 1.1,
        UNCHANGED: 1.4,
        FLOOR: 6,
        LOOP: 91,
        CHAIN: 321,
        CHECK: 4.9,
        YARDSTICK: 13,
    }
    better |= same | {CHECK_AGAIN: 0.9, PLAN_AGAIN: 0.7}
    peaks = dict.fromkeys(better, 1000) | {CHECK: 299}
    result = result.model_copy(
        update={
            "costs": {way: (cost(s, peaks[way] * MEGABYTE),) for way, s in better.items()},
            "growth": {55: cost(10), 550: cost(109)},
        }
    )
    assert all(promise.holds for promise in promises(result))
    assert len([*promises(result)]) == 12
    assert any(promise.found == "0.09 (0.90 s)" for promise in promises(result))


def test_ways_that_did_other_work_are_not_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that should find everything there, and made a report, is refused."""
    workspace = Workspace(tmp_path / "workspace")
    monkeypatch.setattr(workspace, "run", lambda *_, **__: cost(1))
    log = tmp_path / "office/.reporting/log/1.jsonl"
    log.parent.mkdir(parents=True)
    cases = Cases(root=tmp_path / "office", year=2023, quarter=1, formats=(), cases=(case(1, 1),))
    log.write_text('{"step": "end", "made": 0}\n')
    assert Ours(workspace, cases).unchanged() == cost(1)
    log.write_text('{"step": "end", "made": 1}\n')
    with pytest.raises(UsageError, match="应生成0份报告，实际生成1份"):
        Ours(workspace, cases).unchanged()
    with pytest.raises(UsageError, match="reporting check 应说“与上次核对相比没有变化。”"):
        Ours(workspace, cases).check_unchanged()
