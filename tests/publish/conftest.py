"""A project in a folder: the small city, whose words stand in text files, and quick workers."""

import hashlib
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from assess.rating_samples import OTHER, UNIT, milestone, plan, rated, returns, row, task

from reporting.assess.values import Assessment
from reporting.project.params import Params
from reporting.publish.options import Options
from reporting.publish.pool.pool import Pool
from reporting.publish.pool.workers import Job, Made
from reporting.publish.run import Outcome, publish

ROOT = Path(__file__).parents[2]


def small_city(root: Path, params: Params, quarter: int, **_: object) -> Assessment:
    """Assess two units with a task each and one in common, on what their files say."""
    folder = root / params.status / f"Q{quarter}"
    said = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}
    tasks = [task(1), task(2, units=(OTHER,), leaders=("李四",))]
    rows = [
        row(progress=said[unit], unit=unit, quarter=quarter, task_id=f"2023-{number:03}",
            milestone_id=f"2023-{number:03}-01", file=f"{unit}.xlsx")
        for number, unit in ((1, UNIT), (2, OTHER)) if unit in said
    ]  # fmt: skip
    a_plan = plan(tasks, [milestone(n, 1, (quarter,)) for n in (1, 2)])
    return rated(a_plan, returns(rows, quarter=quarter))


@dataclass
class Project:
    """A project's folder, the reports that were made in it, and those that shall fail."""

    root: Path
    made: list[str] = field(default_factory=list)
    failing: set[str] = field(default_factory=set)
    jobs: dict[str, Job] = field(default_factory=dict)

    @property
    def pack(self) -> Path:
        return self.root / "outputs/2023/Q3"

    @property
    def manifest(self) -> dict[str, Any]:
        content = json.loads((self.pack / "manifest.json").read_bytes())
        assert isinstance(content, dict)
        return content

    def say(self, unit: str, words: str) -> None:
        """Let a unit report something."""
        path = self.root / f"data/2023/status/Q3/{unit}.txt"
        path.write_text(words, encoding="utf-8")

    def declare(self, text: str) -> None:
        """Add to the parameters which files the notebooks read besides their slices."""
        path = self.root / "params/2023.yml"
        plain = path.read_text(encoding="utf-8").partition("\ninputs:")[0]
        path.write_text(f"{plain.rstrip()}\ninputs: {text}\n", encoding="utf-8")

    def publish(self, **options: object) -> Outcome:
        self.made.clear()
        return publish(self.root, Options.model_validate({"year": 2023, "quarter": 3, **options}))

    def files(self) -> dict[str, bytes]:
        """Read everything in the pack."""
        return {
            path.relative_to(self.pack).as_posix(): path.read_bytes()
            for path in sorted(self.pack.rglob("*"))
            if path.is_file()
        }

    def work(self, job: Job) -> Made:
        """Stand in for a worker: files that tell what they were made from."""
        self.made.append(job.report_id)
        self.jobs[job.report_id] = job
        if job.report_id in self.failing:
            return Made(job.report_id, error="第3格出错。", failed_notebook=b"{}")
        told = f"{job.name} {job.period_label} {hashlib.sha256(job.slice_json).hexdigest()}"
        return Made(job.report_id, {s: f"{s} {told}".encode() for s in ("ipynb", *job.formats)})


def make_project(root: Path) -> Path:
    """Make a folder with what a run reads."""
    shutil.copytree(ROOT / "params", root / "params")
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    shutil.copy(ROOT / "requirements.lock", root)
    (root / "data/2023").mkdir(parents=True)
    (root / "data/2023/task_table.txt").write_text("任务分解表", encoding="utf-8")
    for quarter in (1, 2, 3, 4):
        (root / f"data/2023/status/Q{quarter}").mkdir(parents=True)
    return root


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Make a project whose reports are made at once, by the test's own process."""
    made = Project(make_project(tmp_path / "office"))
    made.say(UNIT, "召开协调会3次。")
    made.say(OTHER, "完成招标。")
    pipeline = ModuleType("reporting.pipeline")
    monkeypatch.setattr(pipeline, "assess_period", small_city, raising=False)
    monkeypatch.setitem(sys.modules, "reporting.pipeline", pipeline)
    monkeypatch.setattr("reporting.publish.resolve.expect_notebooks", lambda *_: None)
    monkeypatch.setattr("reporting.publish.pool.make.local_pool", inline_pool(made.work))
    monkeypatch.setattr("reporting.publish.pool.pool.preparing", nullcontext)
    return made


def inline_pool(work: Callable[[Job], Made]) -> Callable[[int], AbstractContextManager[Pool]]:
    @contextmanager
    def pool(size: int) -> Iterator[Pool]:
        with ThreadPoolExecutor(1) as executor:
            yield Pool(executor.submit, lambda: 1, work=work)

    return pool


@pytest.fixture(scope="session")
def office(warm_kernels: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish the small real project once, in every format, with two processes."""
    from commanding import run_command

    from publish.real_office import make_office

    root = make_office(tmp_path_factory.mktemp("one") / "office")
    formats = [
        word for name in ("html", "pdf", "docx", "pptx", "xlsx") for word in ("--format", name)
    ]
    done = run_command(root, "report", "-q", "3", "--jobs", "2", *formats)
    assert done.returncode == 0, done.stdout + done.stderr
    return root


@pytest.fixture(scope="session")
def scheduler() -> Iterator[str]:
    """Start a Dask scheduler and two worker processes on this computer; gives the address."""
    from distributed import LocalCluster

    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1",
        dashboard_address=":0",
    ) as cluster:  # fmt: skip
        yield str(cluster.scheduler_address)
