"""Charts of a report's last execution stand in its next one, and nowhere else."""

import json
from pathlib import Path
from typing import Any

import pytest
from assess.rating_samples import OTHER, UNIT
from exhibits.conftest import city, unit_slice  # noqa: F401

from publish.conftest import Project, inline_pool
from reporting.assess.values import Assessment
from reporting.documents.remembered import figures_of
from reporting.publish.keys.keys import artifact_key
from reporting.publish.keys.store import Store
from reporting.publish.pool.execute import execute_notebook
from reporting.publish.pool.workers import Job, Made
from reporting.publish.values import ARTIFACT, LAST

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "unit_report.ipynb"
PARAMETERS: dict[str, int | str] = {"year": 2023, "quarter": 3, "unit": "市商务局"}


def run(content: bytes, figures: dict[str, Any] | None = None) -> dict[str, Any]:
    charts = None if figures is None else json.dumps(figures).encode()
    return execute_notebook(NOTEBOOK, PARAMETERS, content, charts=charts)


def test_chart_of_the_same_values_is_not_drawn_again(unit_slice: Assessment) -> None:  # noqa: F811
    """The notebook is the same to the byte; that earlier figures are used shows in a mark."""
    content = unit_slice.model_dump_json().encode()
    first = run(content)
    figures = figures_of(first)
    assert len(figures) == json.dumps(first).count('"kind": "figure"') > 0
    assert run(content, figures) == first
    marked = {name: {**figure, "caption": "旧图"} for name, figure in figures.items()}
    captions = [figure["caption"] for figure in figures_of(run(content, marked)).values()]
    assert captions == ["旧图"] * len(figures)


def test_chart_of_other_values_is_drawn(unit_slice: Assessment) -> None:  # noqa: F811
    """Figures of the same report with other numbers are of no use to it."""
    content = unit_slice.model_dump_json().encode()
    first = run(content)
    strangers = {name[::-1]: figure for name, figure in figures_of(first).items()}
    assert run(content, strangers) == first


@pytest.fixture
def jobs(project: Project, monkeypatch: pytest.MonkeyPatch) -> list[Job]:
    """Keep the jobs that the project's worker is given."""
    seen: list[Job] = []

    def work(job: Job) -> Made:
        seen.append(job)
        return project.work(job)

    monkeypatch.setattr("reporting.publish.pool.make.local_pool", inline_pool(work))
    return seen


def test_each_report_gets_its_own_last_notebook(project: Project, jobs: list[Job]) -> None:
    """And nobody gets one at first, of another unit, when forced or when kernels are cold."""
    project.publish()
    assert [job.earlier for job in jobs] == [None] * len(jobs)
    made = project.files()
    jobs.clear()
    project.say(UNIT, "召开协调会4次。")
    project.publish()
    given = {job.report_id: job.earlier for job in jobs}
    assert given[f"unit/{UNIT}"] == made[f"notebooks/units/{UNIT}.ipynb"]
    assert given["briefing"] == made["notebooks/briefing_pack.ipynb"]
    assert f"unit/{OTHER}" not in given
    jobs.clear()
    project.publish(force=True)
    project.say(UNIT, "召开协调会5次。")
    project.publish(cold=True)
    assert [job.earlier for job in jobs] == [None] * len(jobs)


@pytest.mark.parametrize("part", ["code", "lock", "environment", "python", "fonts"])
def test_another_program_draws_its_own_charts(project: Project, jobs: list[Job], part: str) -> None:
    """What was drawn by another program, or in another font, may look different."""
    project.publish()
    store = Store(project.root / ".reporting/store")
    last = store.record(LAST, "2023Q3")
    for parts in last.values():
        executed = store.record(ARTIFACT, artifact_key(parts, "ipynb"))
        parts[part] = "another"
        store.write_record(ARTIFACT, artifact_key(parts, "ipynb"), executed)
    store.write_record(LAST, "2023Q3", last)
    jobs.clear()
    project.say(UNIT, "召开协调会4次。")
    project.publish()
    assert [job.earlier for job in jobs] == [None] * len(jobs)
