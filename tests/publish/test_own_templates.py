"""The project's own templates: in the keys of what is made with them, and in the manifest."""

from pathlib import Path

import pytest

from publish.conftest import Project, inline_pool
from reporting.documents.assets import template_text
from reporting.errors import FaultsFound, PublishError
from reporting.project.kept import declared_before
from reporting.publish.pool.workers import Job, Made

STYLE, PAPER = "report/report.css", "report.typ"


def write(project: Project, name: str, more: str) -> None:
    path = project.root / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(template_text(name) + more, encoding="utf-8")


def reasons(project: Project) -> set[str]:
    return {report.reason for report in project.publish(dry_run=True).reports}


def test_template_remakes_what_is_made_with_it(project: Project) -> None:
    """One that comes, changes and goes, in its format alone; an equal text is none."""
    project.publish(formats=("html", "pdf"))
    every = set(project.made)
    write(project, STYLE, "")
    assert {r.reason for r in project.publish(formats=("html", "pdf"), dry_run=True).reports} == {
        "未变"
    }
    for name, suffix in ((STYLE, "html"), (PAPER, "pdf")):
        write(project, name, "\n")
        assert reasons(project) == {f"模板有变：{name}"}
        project.publish(formats=("html", "pdf"))
        assert set(project.made) == every
        assert {job.formats for job in project.jobs.values()} == {(suffix,)}
        assert all(job.executed for job in project.jobs.values())
    own = {f"templates/{STYLE}", f"templates/{PAPER}"}
    assert all(set(job.templates) == own for job in project.jobs.values())
    assert own <= {item["path"] for item in project.manifest["inputs"]}
    for name in (STYLE, PAPER):
        (project.root / "templates" / name).unlink()
    assert reasons(project) == {"未变"}


def test_wrong_template_leaves_the_pack(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of an unknown name stops before anything is made, a failing one before it is placed."""
    project.publish()
    before = project.files()
    write(project, STYLE, "\n")
    stray = project.root / "templates/reprt.css"
    stray.write_text("", encoding="utf-8")
    with pytest.raises(FaultsFound, match=r"相近的有 report/report.css"):
        project.publish()
    stray.unlink()

    def fail(job: Job) -> Made:
        return Made(job.report_id, error="模板出错。", stops=True)

    monkeypatch.setattr("reporting.publish.pool.make.local_pool", inline_pool(fail))
    with pytest.raises(PublishError, match=r"模板出错。本次成果没有发布，原有成果未动。"):
        project.publish()
    assert project.files() == before


def test_template_is_frozen_with_the_edition_before(tmp_path: Path) -> None:
    """The next edition is told against it."""
    path = tmp_path / "templates/report.typ"
    path.parent.mkdir()
    path.write_text("", encoding="utf-8")
    assert declared_before(tmp_path, 2023) == [path]
