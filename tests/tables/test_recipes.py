"""The recipes of the guide for analysts, each run as it stands there."""

import ast
import re
import shutil
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import reporting
from reporting.assess.rollups import by_heading, by_unit, total
from reporting.assess.values import Assessment
from reporting.documents.blocks import Table
from reporting.documents.exhibit import Exhibit
from reporting.grades import GOOD, Kind

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/recipes.zh-CN.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs/user-guide.zh-CN.md").read_text(encoding="utf-8")
HEAD, *RECIPES = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def project(
    real_years: dict[int, Assessment], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Give the notebooks' folder of a project whose table and returns have been read already."""
    (tmp_path / "params").mkdir()
    shutil.copy(ROOT / "params/2023.yml", tmp_path / "params")
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    (own,) = re.findall(r"^```csv\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    (notebooks / "往年.csv").write_text(own, encoding="utf-8")
    monkeypatch.chdir(notebooks)
    monkeypatch.setattr(
        "reporting.pipeline.assess_period", lambda root, params, quarter: real_years[quarter]
    )
    plt.switch_backend("agg")
    return notebooks


def ran(source: str) -> Any:
    """Run the first cell and a recipe; give what its last line gives."""
    *statements, last = ast.parse(HEAD + source).body
    space: dict[str, Any] = {}
    exec(compile(ast.Module(statements, []), "recipe", "exec"), space)
    if isinstance(last, ast.Expr):
        return eval(compile(ast.Expression(last.value), "recipe", "eval"), space)
    exec(compile(ast.Module([last], []), "recipe", "exec"), space)
    return None


def recipe(words: str) -> Any:
    """Run the first block below a heading that has these words."""
    section = PAGE.partition(words)[2]
    block = re.search(r"^```python\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    assert block
    return ran(block[1])


@pytest.mark.parametrize("source", RECIPES, ids=range(1, len(RECIPES) + 1))
def test_recipe_runs_and_has_something_to_show(project: Path, source: str) -> None:
    """Each by itself, on the real table: no recipe gives an empty table."""
    shown = ran(source)
    if isinstance(shown, Exhibit):
        assert isinstance(shown.blocks[0], Table)
        assert all(row.origin for row in shown.blocks[0].rows)
    elif shown is not None and not (isinstance(shown, list) and not shown):
        assert isinstance(shown, pd.DataFrame | pd.Series)
        assert len(shown)
    plt.close("all")


def test_the_guides_own_example_runs(project: Path) -> None:
    """What the user guide shows of DataFrames, before it leads here."""
    chapter = GUIDE.partition("\n### 用 pandas 取数\n")[2].partition("\n### ")[0]
    (source,) = re.findall(r"^```python\n(.*?)^```$", chapter, re.MULTILINE | re.DOTALL)
    shown = ran(source)
    assert isinstance(shown, Exhibit)
    assert "(recipes.zh-CN.md)" in chapter


def test_counts_are_those_of_the_reports(project: Path, real_city: Assessment) -> None:
    """By grade, by unit and grade, by heading and grade."""
    now = total(real_city)
    counts = recipe("### 1. ")
    assert counts.to_dict() == {str(g): n for g, n in now.counts.items() if n}
    for words, groups in (("### 2. ", by_unit(real_city)), ("### 3. ", by_heading(real_city))):
        table = recipe(words)
        expected = {
            g.label: {str(grade): n for grade, n in g.counts.items()} for g in groups if g.due
        }
        assert set(table.index) == set(expected)
        for label, row in table.iterrows():
            own = {grade: n for grade, n in expected[label].items() if n}
            assert row[row > 0].to_dict() == own, label


def test_every_quarters_counts_are_those_of_the_reports(
    project: Path, real_city: Assessment
) -> None:
    table = recipe("### 12. ")
    for quarter in (1, 2, 3):
        counts = {str(g): n for g, n in total(real_city, quarter).counts.items() if n}
        row = table.loc[quarter]
        assert row[row > 0].to_dict() == counts


def test_undecided_tasks_are_told_with_their_reason(project: Path, real_city: Assessment) -> None:
    wanted = [r.reason for r in real_city.task_ratings() if r.grade.kind is Kind.UNDECIDED]
    assert list(recipe("### 8. ").reason) == wanted


def test_overdue_milestones_are_the_units_own(project: Path, real_city: Assessment) -> None:
    found = recipe("### 6. ")
    due = {m.milestone_id: m.text.strip() for m in real_city.plan.milestones if m.due_quarter <= 3}
    wanted = [
        due[r.subject_id]
        for r in real_city.ratings
        if r.unit == "市商务局" and r.quarter == 3 and r.subject_id in due and r.grade not in GOOD
    ]
    assert sorted(found.text) == sorted(wanted)
    assert wanted


def test_own_file_is_joined_to_its_targets(project: Path) -> None:
    found = recipe("### 14. ")
    assert set(found["往年完成数"]) == {655, 12.5}


def test_exported_workbook_holds_the_late_tasks(project: Path) -> None:
    recipe("### 15. ")
    sheet = pd.read_excel(project / "滞后任务.xlsx", engine="openpyxl")
    late = ran('tasks[tasks.grade >= "未达序时进度"]\n')
    assert list(sheet.task_id) == list(late.task_id)
    assert list(sheet.lead_units) == ["、".join(units) for units in late.lead_units]


def test_page_names_what_the_package_names() -> None:
    """The table of public names is `__all__`, and no name is missing or private."""
    section = PAGE.partition("| 名称 | 是什么 |")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == set(reporting.__all__)


def test_page_has_the_recipes_that_its_title_counts() -> None:
    numbers = re.findall(r"^### (\d+)\. ", PAGE, re.MULTILINE)
    assert numbers == [str(n) for n in range(1, 21)]
    assert PAGE.startswith("# 用 pandas 取数：做法二十例\n")
