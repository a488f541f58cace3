"""An office's own reports in the pack: resolved, selected, placed, listed like the others."""

import json
import re
import shutil
from pathlib import Path

import pytest
from assess.rating_samples import OTHER, UNIT

from publish.conftest import Project
from reporting.errors import UsageError
from reporting.project.reports import COLUMNS
from reporting.publish.reports import artifact_path
from reporting.tables.rows import tables

ACTION = "消费提振行动"
ALWAYS = ["briefing", "leader/张三", "leader/李四", f"unit/{UNIT}", f"unit/{OTHER}"]
DECLARED = "[{notebook: examples/action_report.ipynb, each: action}]"


def declare(project: Project, text: str) -> None:
    """Write the office's own reports into the parameters."""
    path = project.root / "params/2023.yml"
    plain = path.read_text(encoding="utf-8").partition("\nreports:")[0]
    path.write_text(f"{plain.rstrip()}\nreports: {text}\n", encoding="utf-8")


def own(project: Project, name: str = "own") -> str:
    """Put a notebook of the office's own beside the others; gives its name."""
    notebooks = project.root / "notebooks"
    shutil.copy(notebooks / "examples/action_report.ipynb", notebooks / f"{name}.ipynb")
    return f"{name}.ipynb"


@pytest.fixture
def declared(project: Project) -> Project:
    declare(project, DECLARED)
    return project


def ids(project: Project, **options: object) -> list[str]:
    return [report.report_id for report in project.publish(dry_run=True, **options).reports]


def test_own_reports_stand_after_the_others(declared: Project) -> None:
    """With the parameters of their notebook, in a folder of their own, by their declared name."""
    *others, report = declared.publish(dry_run=True).reports
    assert [one.report_id for one in others] == ALWAYS
    assert report.report_id == f"action_report/{ACTION}"
    assert report.parameters == {"year": 2023, "quarter": 3, "action": ACTION}
    assert report.notebook == report.assets[0] == "notebooks/examples/action_report.ipynb"
    place = f"reports/action_report/{ACTION}"
    assert report.artifacts == (f"notebooks/{place}.ipynb", f"{place}.html", f"{place}.pdf")


def test_own_reports_are_made_reused_and_taken_away(declared: Project) -> None:
    """Declaring one remakes no other; once it is undeclared its files are gone."""
    declare(declared, "[]")
    declared.publish()
    assert declared.made == ALWAYS
    declare(declared, DECLARED)
    declared.publish()
    assert declared.made == [f"action_report/{ACTION}"]
    declared.publish()
    assert declared.made == []
    place = f"reports/action_report/{ACTION}.html"
    assert place in declared.files()
    told = {r["report_id"]: r for r in declared.manifest["reports"]}[f"action_report/{ACTION}"]
    assert (told["kind"], told["column"], told["report"]) == ("group", "action", "action_report")
    assert told["title"] == f"{ACTION}2023年第三季度任务进展情况"
    assert place in {item["path"] for item in declared.manifest["artifacts"]}
    declare(declared, "[]")
    declared.publish()
    assert declared.made == []
    assert not (declared.pack / "reports").exists()


def test_corrected_return_remakes_the_groups_that_it_touches(project: Project) -> None:
    """A report by label is of one task; the other unit's stays."""
    declare(project, f"[{{notebook: {own(project)}, each: label}}]")
    project.publish()
    project.say(OTHER, "招标结束。")
    project.publish()
    assert "own/2" in project.made
    assert "own/1" not in project.made


def test_edited_own_notebook_remakes_its_reports_only(declared: Project) -> None:
    """The others do not depend on it."""
    declared.publish()
    path = declared.root / "notebooks/examples/action_report.ipynb"
    content = json.loads(path.read_bytes())
    cell = next(cell for cell in content["cells"] if cell["id"] == "corrections")
    cell["source"] = "show.summary(assessment)"
    path.write_text(json.dumps(content), encoding="utf-8")
    outcome = declared.publish()
    assert declared.made == [f"action_report/{ACTION}"]
    assert outcome.reports[-1].reason == "notebook 有变"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"reports": ("action_report",)}, [f"action_report/{ACTION}"]),
        ({"reports": ("action_report",), "each": (ACTION,)}, [f"action_report/{ACTION}"]),
        ({"reports": (f"unit/{UNIT}", "briefing")}, ["briefing", f"unit/{UNIT}"]),
        ({"reports": ("leader_report",), "each": ("李 四",)}, ["leader/李四"]),
        ({"reports": ("unit_report",), "each": (UNIT, OTHER)}, [f"unit/{UNIT}", f"unit/{OTHER}"]),
        ({"reports": ("action_report",), "units": (UNIT,)},
         [f"unit/{UNIT}", f"action_report/{ACTION}"]),
    ],
)  # fmt: skip
def test_reports_are_selected_by_what_they_are_called(
    declared: Project, options: dict[str, object], expected: list[str]
) -> None:
    """By folder, notebook or id; of those the ones for the names given; beside units."""
    assert ids(declared, **options) == expected


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"reports": ("action",)},
         "本季度没有报告“action”，现有：briefing_pack、leader_report、unit_report、action_report。"),
        ({"reports": ("action_report",), "each": ("消费",)},
         "报告“action_report”中没有“消费”，相近的有：消费提振行动。"),
        ({"each": (ACTION,)}, "EACH（--each）要与 REPORT（--report）一同指定。"),
        ({"reports": ("action_report",), "audience": "public"},
         "公开版只有全体单位的一份，不能指定单位、责任领导或者其他报告。"),
    ],
)  # fmt: skip
def test_wrong_selection_is_one_sentence(
    declared: Project, options: dict[str, object], said: str
) -> None:
    """What there is, or what comes closest."""
    with pytest.raises(UsageError, match=re.escape(said)):
        declared.publish(**options)


def test_missing_notebook_is_one_sentence(project: Project) -> None:
    """With the notebooks that stand there; nothing is made."""
    declare(project, "[{notebook: acton_report.ipynb, each: action}]")
    said = "没有 notebook：应有 notebooks/acton_report.ipynb，实际没有；该文件夹中有 briefing_pack"
    with pytest.raises(UsageError, match=re.escape(said)):
        project.publish()
    assert not project.pack.exists()


def test_undeclared_notebook_is_named(project: Project) -> None:
    """In the summary, and only there: the pack is made; examples in their folder are no fault."""
    assert project.publish().remarks == ()
    names = own(project, "Untitled"), own(project, "第四份")
    outcome = project.publish()
    assert outcome.remarks == (
        "notebooks/Untitled.ipynb、notebooks/第四份.ipynb 没有在 params/2023.yml 的 reports "
        "中声明，不出报告；不用的请移出 notebooks 文件夹。",
    )
    assert outcome.exit_code == 0
    declare(project, str([{"notebook": name, "each": "unit"} for name in names]))
    assert project.publish().remarks == ()


def test_report_of_the_city_stands_by_itself(project: Project) -> None:
    """One file by its name; on the front page beside the briefing, by its title."""
    declare(project, f"[{{notebook: {own(project)}, each: city, title: '{{city}}{{period}}专报'}}]")
    project.publish()
    report = project.publish(dry_run=True).reports[-1]
    assert (report.report_id, report.parameters) == ("own", {"year": 2023, "quarter": 3})
    assert report.artifacts == (
        "notebooks/reports/own.ipynb",
        "reports/own.html",
        "reports/own.pdf",
    )
    page = project.files()["index.html"].decode()
    group = page.partition("全市通报</h2>")[2].partition("</section>")[0]
    assert '<a href="briefing_pack.html">东莞市通报</a>' in group
    assert '<a href="reports/own.html">东莞市2023年第三季度专报</a>' in group


def test_front_page_lists_own_reports_by_whom_they_are_for(project: Project) -> None:
    """With their tasks counted; two of a kind are told apart by what they are called."""
    names = own(project, "one"), own(project, "two")
    declare(
        project,
        f"[{{notebook: {names[0]}, each: action}}, {{notebook: {names[1]}, each: unit}}]",
    )
    project.publish()
    page = project.files()["index.html"].decode()
    titles = re.findall(r'<h2 id="group-\d+">(.*?)</h2>', page)
    assert titles == ["全市通报", "责任领导", "牵头单位", "专项行动", "牵头单位（two）", "数据"]
    group = page.partition("专项行动</h2>")[2].partition("</section>")[0]
    assert '<span class="of">项任务</span>' in group
    units = page.partition("牵头单位</h2>")[2].partition("</section>")[0]
    assert "reports/two/" not in units
    tasks = page.partition("全部任务</h2>")[2]
    assert "#task-001" in tasks
    assert "reports/two/" not in tasks


def test_formats_are_those_declared_unless_asked(project: Project) -> None:
    """The others have the pack's; what a run asks for goes before."""
    declare(project, f"[{{notebook: {own(project)}, each: action, formats: [docx]}}]")
    project.publish()
    found = [path for path in project.files() if path.startswith("reports/")]
    assert found == [f"reports/own/{ACTION}.docx"]
    assert f"units/{UNIT}.docx" not in project.files()
    assert project.manifest["formats"] == ["html", "pdf", "docx", "xlsx"]
    project.publish(reports=("own",), formats=("html",))
    found = [path for path in project.files() if path.startswith("reports/")]
    assert found == [f"reports/own/{ACTION}.html"]


def test_quarters_that_a_report_is_not_for_have_none(project: Project) -> None:
    """Neither made nor missed."""
    declare(project, f"[{{notebook: {own(project)}, each: city, quarters: 4}}]")
    assert ids(project) == ALWAYS
    assert project.publish().remarks == ()
    with pytest.raises(UsageError, match="本季度没有报告“own”，现有：briefing_pack、"):
        project.publish(reports=("own",))


def test_what_is_in_no_report_is_told(project: Project) -> None:
    """Tasks without the column, and a declaration that comes to nothing; a sentence each."""
    names = own(project, "host"), own(project, "helpers")
    declare(
        project,
        f"[{{notebook: {names[0]}, each: host_unit}}, "
        f"{{notebook: {names[1]}, each: supporting_unit}}]",
    )
    assert project.publish().remarks == (
        "报告“host”一份也没有：任务表中没有“办公室所在单位”的内容。",
        "报告“helpers”一份也没有：任务表中没有“协助单位”的内容。",
    )


def test_wrong_list_stops_before_anything_is_made(project: Project) -> None:
    """Which declaration, which name, what comes closest."""
    declare(project, f"[{{notebook: {own(project)}, each: [商务局]}}]")
    with pytest.raises(UsageError, match=r"“own”：没有叫“商务局”的.*，相近的有：市商务局。"):
        project.publish()
    assert not project.pack.exists()


def test_names_of_groups_are_safe_and_apart(project: Project) -> None:
    """Names that no file system takes, or that only capitals tell apart, become two files."""
    declare(project, f"[{{notebook: {own(project)}, each: heading}}]")
    subject = project.publish(dry_run=True).reports[-1].subject
    names = ("a/b", "../x", "甲。\n乙", "TCL行动", "tcl行动", "aux", "长" * 200)
    paths = [artifact_path(subject.model_copy(update={"name": name}), "html") for name in names]
    assert len({path.casefold() for path in paths}) == len(names)
    assert all(re.fullmatch(r"reports/own/[^/\\\n]+\.html", path) for path in paths)
    assert all(".." not in Path(path).parts for path in paths)


def test_inputs_are_declared_for_own_notebooks_too(declared: Project) -> None:
    """By the stem of the notebook, wherever it stands."""
    (declared.root / "notebooks/往年.csv").write_text("年,数\n", encoding="utf-8")
    declared.declare("{action_report: [notebooks/往年.csv]}")
    declared.publish()
    assert set(declared.jobs[f"action_report/{ACTION}"].inputs) == {"notebooks/往年.csv"}


def test_columns_are_those_of_the_table_of_tasks(declared: Project) -> None:
    """What tasks are grouped by is called as in the pack's table, where that has it."""
    from publish.conftest import small_city
    from reporting.project.params import read_params

    city = small_city(declared.root, read_params(declared.root, 2023), 3)
    labels = {field.name: field.label for field in tables(city)[0].fields}
    shared = {name: label for name, label in COLUMNS.items() if name in labels}
    assert shared == {name: labels[name] for name in shared}
    assert set(COLUMNS) - set(shared) == {"focus", "theme", "coordinating_unit", "host_unit"}
