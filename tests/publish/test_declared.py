"""Files that notebooks read besides their slices: declared, in the key, told of when wrong."""

from pathlib import Path

import pytest
from assess.rating_samples import OTHER, UNIT

from publish.conftest import Project
from reporting.errors import PublishError, UsageError
from reporting.publish.pool.workers import Job, Made

BY_UNITS = {f"unit/{UNIT}", f"unit/{OTHER}"}


@pytest.fixture
def declaring(project: Project) -> Project:
    """Declare a file for the units' notebook, and the same and another for the city's."""
    for name, text in {"notebooks/往年.csv": "年,数\n", "data/2023/人口.csv": "1\n"}.items():
        (project.root / name).write_text(text, encoding="utf-8")
    project.declare(
        "{unit_report: [notebooks/往年.csv], "
        "briefing_pack: [notebooks/往年.csv, data/2023/人口.csv]}"
    )
    project.publish()
    return project


def test_declared_files_travel_with_the_reports_of_their_notebook(declaring: Project) -> None:
    """Each report gets what its notebook declares, and no more."""
    both = {"notebooks/往年.csv": "年,数\n".encode(), "data/2023/人口.csv": b"1\n"}
    only = {"notebooks/往年.csv": both["notebooks/往年.csv"]}
    given = {name: job.inputs for name, job in declaring.jobs.items()}
    assert given["briefing"] == both
    assert all(given[name] == only for name in BY_UNITS)
    assert given["leader/张三"] == {}


def test_changed_file_remakes_the_reports_that_declare_it(declaring: Project) -> None:
    """Exactly those, and the reason names what differs."""
    (declaring.root / "data/2023/人口.csv").write_text("2\n", encoding="utf-8")
    reports = {r.report_id: r.reason for r in declaring.publish().reports}
    assert declaring.made == ["briefing"]
    assert reports["briefing"] == "声明的输入文件有变"
    (declaring.root / "notebooks/往年.csv").write_text("年,数\n2022,1\n", encoding="utf-8")
    declaring.publish()
    assert set(declaring.made) == {"briefing", *BY_UNITS}
    declaring.publish()
    assert declaring.made == []


def test_manifest_names_declared_files(declaring: Project) -> None:
    """So that an edition freezes them: each once, with its hash."""
    named = [item["path"] for item in declaring.manifest["inputs"]]
    assert [named.count(n) for n in ("notebooks/往年.csv", "data/2023/人口.csv")] == [1, 1]


WRONG = {
    "{unit: [a.csv]}": "“unit”：没有这个笔记本，应为 briefing_pack、leader_report、unit_report",
    "{unit_report: [notebooks/a.csv]}": "“unit_report”：应有文件“notebooks/a.csv”，实际没有。",
    "{unit_report: [notebooks/*.csv]}": "实际没有，不能用通配符，请逐个写出。",
    "{unit_report: [notebooks/b.csv, notebooks/../notebooks/b.csv]}": (
        "“unit_report”：文件 notebooks/b.csv 写了两次，每个文件只能写一次。"
    ),
    "{unit_report: [../b.csv]}": "文件应在项目文件夹内，实为“../b.csv”，请先复制进来。",
    "{unit_report: [link.csv]}": "文件应在项目文件夹内，实为“link.csv”",
    "{unit_report: [notebooks]}": "应为文件，实为文件夹“notebooks”",
    "{unit_report: [outputs/2023/a.csv]}": "文件不应是软件自己生成的，实为“outputs/2023/a.csv”",
    "{unit_report: a.csv}": "的 inputs.unit_report：应为列表，实为“a.csv”。",
}


@pytest.mark.parametrize("text", WRONG)
def test_wrong_declaration_is_told_in_a_sentence(text: str, project: Project) -> None:
    """Where, what was expected, what was found; nothing is made."""
    (project.root / "notebooks/b.csv").write_text("1\n", encoding="utf-8")
    outside = project.root.parent / "b.csv"
    outside.write_text("1\n", encoding="utf-8")
    (project.root / "link.csv").symlink_to(outside)
    project.declare(text)
    with pytest.raises(UsageError) as caught:
        project.publish()
    assert "params/2023.yml" in str(caught.value)
    assert WRONG[text] in str(caught.value)
    assert not project.pack.exists()


def test_file_that_changes_while_reports_are_made_stops_the_run(
    declaring: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stood before still does, and the sentence names the file."""
    before = declaring.files()
    path: Path = declaring.root / "notebooks/往年.csv"
    path.write_text("年,数\n2021,1\n", encoding="utf-8")
    work = declaring.work

    def changing(job: Job) -> Made:
        path.write_text("年,数\n2020,1\n2019,1\n", encoding="utf-8")
        return work(job)

    from publish.conftest import inline_pool

    monkeypatch.setattr("reporting.publish.pool.make.local_pool", inline_pool(changing))
    with pytest.raises(PublishError, match=r"生成期间输入文件被改动：notebooks/往年\.csv，"):
        declaring.publish()
    assert declaring.files() == before
