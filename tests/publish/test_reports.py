"""The list of reports: complete, selectable by any name, with a reason for each."""

import json
from pathlib import Path

import pytest
from assess.rating_samples import OTHER, UNIT, plan, rated, returns, row

from publish.conftest import Project
from reporting.assess.values import Assessment
from reporting.errors import UsageError
from reporting.publish.resolve import differing_facts


def _reasons(project: Project, **options: object) -> dict[str, str]:
    outcome = project.publish(dry_run=True, **options)
    return {report.report_id: report.reason for report in outcome.reports}


ALL = ["briefing", "leader/张三", "leader/李四", f"unit/{UNIT}", f"unit/{OTHER}"]


def test_list_is_complete(project: Project) -> None:
    """The briefing, every leader, every lead unit; with parameters, inputs and outputs."""
    reports = project.publish(dry_run=True).reports
    assert [report.report_id for report in reports] == ALL
    unit = reports[3]
    assert unit.parameters == {"year": 2023, "quarter": 3, "unit": UNIT}
    assert unit.notebook == "notebooks/unit_report.ipynb"
    assert unit.assets[:3] == (unit.notebook, "params/2023.yml", "data/2023/task_table.txt")
    assert unit.artifacts == (
        f"notebooks/units/{UNIT}.ipynb", f"units/{UNIT}.html", f"units/{UNIT}.pdf",
    )  # fmt: skip
    assert not project.pack.exists()


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"units": (UNIT,)}, [f"unit/{UNIT}"]),
        ({"leaders": ("李 四",), "units": (OTHER,)}, ["leader/李四", f"unit/{OTHER}"]),
    ],
)
def test_selection(project: Project, options: dict[str, object], expected: list[str]) -> None:
    assert list(_reasons(project, **options)) == expected


def test_unknown_unit_is_named_with_the_closest(project: Project) -> None:
    with pytest.raises(UsageError, match=r"没有牵头单位“商务”，相近的有：市商务局"):
        project.publish(units=("商务",))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"quarter": 5}, "季度应为 1、2、3 或 4，收到的是“5”"),
        ({"formats": ("html", "odt")}, "格式应为 html、pdf、docx、pptx、xlsx 之一，收到的是“odt”"),
        ({"renderer": "latex"}, "排版引擎应为 typst、quarto 之一，收到的是“latex”"),
        ({"jobs": -1}, "并行数应为正整数"),
        ({"year": 2022}, "没有2022年的参数文件"),
    ],
)
def test_wrong_options_are_refused(
    project: Project, options: dict[str, object], words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        project.publish(**options)


def test_first_run_is_new_and_second_unchanged(project: Project) -> None:
    assert set(_reasons(project).values()) == {"新增"}
    project.publish()
    assert project.made == ALL
    assert set(_reasons(project).values()) == {"未变"}
    project.publish()
    assert project.made == []


def test_corrected_sheet_remakes_those_it_touches(project: Project) -> None:
    """Its unit's, its leader's and the city's; the reason names unit, task and fact."""
    project.publish()
    project.say(UNIT, "召开协调会4次。")
    reasons = _reasons(project)
    assert reasons[f"unit/{UNIT}"] == "数据有变：市商务局 第3季度 任务1 本季度进展"
    assert reasons["briefing"] == reasons["leader/张三"] == reasons[f"unit/{UNIT}"]
    assert reasons[f"unit/{OTHER}"] == reasons["leader/李四"] == "未变"
    project.publish()
    assert project.made == ["briefing", "leader/张三", f"unit/{UNIT}"]


def test_renamed_file_and_moved_row_are_reasons() -> None:
    """A report quotes the file and the cell, so that it is made again, and says why."""

    def said(file: str, cell: str) -> Assessment:
        one = returns([row(cells={"progress": cell}, file=file)])
        named = tuple(item.model_copy(update={"file": file}) for item in one.returns)
        return rated(plan(), one.model_copy(update={"returns": named}))

    slices = {
        "old": said("市商务局.xlsx", "I4"),
        "renamed": said("市商务局（二稿）.xlsx", "I4"),
        "moved": said("市商务局.xlsx", "I5"),
    }
    found = [differing_facts(slices, "old", name) for name in ("renamed", "moved")]  # type: ignore[arg-type]
    assert found == ["市商务局 第1季度 报表文件名", "市商务局 第1季度 任务1 所在单元格"]


def test_correction_taken_back_is_reused(project: Project) -> None:
    """What was made for the same inputs before is made no more."""
    project.publish()
    before = project.files()
    project.say(UNIT, "召开协调会4次。")
    project.publish()
    assert project.files() != before
    project.say(UNIT, "召开协调会3次。")
    project.publish()
    assert project.made == []
    assert project.files() == before


def _edit(project: Project, change: dict[str, object]) -> None:
    path = project.root / "notebooks/unit_report.ipynb"
    content = json.loads(path.read_bytes())
    cell = next(cell for cell in content["cells"] if cell["cell_type"] == "code")
    cell.update(change)
    path.write_text(json.dumps(content, indent=2), encoding="utf-8")


def test_edited_notebook_remakes_its_kind(project: Project) -> None:
    project.publish()
    _edit(project, {"source": "year = 2023\nquarter = 2\nunit = ''"})
    reasons = _reasons(project)
    assert reasons[f"unit/{UNIT}"] == reasons[f"unit/{OTHER}"] == "notebook 有变"
    assert reasons["briefing"] == reasons["leader/张三"] == "未变"


def test_outputs_and_layout_of_a_notebook_do_not_matter(project: Project) -> None:
    """Running a notebook by hand leaves outputs in it, and no reason to make anything."""
    project.publish()
    _edit(project, {"outputs": [{"output_type": "stream", "name": "stdout", "text": "x"}]})
    _edit(project, {"execution_count": 7})
    assert set(_reasons(project).values()) == {"未变"}


def test_lock_counts(project: Project) -> None:
    project.publish()
    lock = project.root / "requirements.lock"
    lock.write_text(lock.read_text(encoding="utf-8") + "# touched\n", encoding="utf-8")
    assert set(_reasons(project).values()) == {"锁定的依赖有变"}


def test_installed_versions_count(project: Project) -> None:
    """Another pandas than the locked one is told, and remakes everything."""
    project.publish()
    lock = project.root / "requirements.lock"
    text = lock.read_text(encoding="utf-8")
    lock.write_text(text.replace("\npandas==", "\npandas==0."), encoding="utf-8")
    assert set(_reasons(project).values()) == {"锁定的依赖有变；安装的依赖有变"}


def test_rule_in_the_parameters_counts(project: Project) -> None:
    """A parameter that a slice shows remakes; the reason says so in words."""
    project.publish()
    path = project.root / "params/2023.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{due: 2023-10-20", "{due: 2023-10-21"), encoding="utf-8")
    assert set(_reasons(project).values()) == {"未变"}


def test_another_format_is_added_without_executing(project: Project) -> None:
    """The notebook executed before is set in Word as well."""
    project.publish()
    assert _reasons(project, formats=("html", "pdf", "docx"))["briefing"] == "补充格式：docx"


def test_forced_run_makes_everything(project: Project) -> None:
    project.publish()
    assert set(_reasons(project, force=True).values()) == {"强制重做"}
    project.publish(force=True)
    assert project.made == ALL


def test_lost_artifact_comes_back_from_the_store(project: Project) -> None:
    """Deleted or damaged in the pack: put back, not made again."""
    project.publish()
    before = project.files()
    (project.pack / f"units/{UNIT}.html").unlink()
    (project.pack / f"units/{OTHER}.pdf").write_bytes(b"")
    project.publish()
    assert project.made == []
    assert project.files() == before


def test_artifact_lost_everywhere_is_made_again(project: Project) -> None:
    """Damaged in the pack and in the store: the reason says that it is gone."""
    project.publish()
    before = project.files()
    (project.pack / f"units/{UNIT}.html").write_bytes(b"damaged")
    for path in (project.root / ".reporting/store/objects").glob("*/*"):
        if path.read_bytes() == before[f"units/{UNIT}.html"]:
            path.write_bytes(b"damaged")
    assert _reasons(project)[f"unit/{UNIT}"] == "补充格式：html"
    project.publish()
    assert project.files() == before


def test_lost_slices_are_cut_again(project: Project) -> None:
    """A damaged store costs time, never a wrong report."""
    project.publish()
    before = project.files()
    for path in (project.root / ".reporting/store/objects").glob("*/*"):
        path.write_bytes(b"damaged")
    project.publish(force=True)
    assert project.files() == before


def test_missing_notebook_is_a_sentence(project: Project) -> None:
    (project.root / "notebooks/leader_report.ipynb").unlink()
    with pytest.raises(UsageError, match=r"没有 notebook：应有 notebooks/leader_report.ipynb"):
        project.publish()


def test_broken_notebook_is_a_sentence(project: Project) -> None:
    Path(project.root, "notebooks/leader_report.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(UsageError, match=r"leader_report.ipynb 不是有效的 notebook 文件"):
        project.publish()


def test_slides_are_the_citys_only(project: Project) -> None:
    """One meeting sees one deck; asked for of a unit or a leader, it is refused in words."""
    project.publish()
    reasons = _reasons(project, formats=("html", "pdf", "pptx"))
    assert reasons.pop("briefing") == "补充格式：pptx"
    assert set(reasons.values()) == {"未变"}
    for whom in ({"units": (UNIT,)}, {"leaders": ("张三",)}):
        with pytest.raises(UsageError, match="幻灯片（pptx）只有全体单位的一份"):
            project.publish(formats=("pptx",), **whom)
