"""The notebooks: thin, clean, and running under plain papermill."""

import ast
from pathlib import Path
from typing import Any

import nbformat
import pytest

from exhibits.conftest import Run
from reporting.assess.slices import slice_for
from reporting.assess.values import Assessment, Subject, SubjectKind
from reporting.documents.blocks import Cover
from reporting.documents.document import read_document, words

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
EXAMPLES = ("examples/action_report", "examples/year_report")
PROVINCE = "province_report"
NAMES = ("unit_report", "leader_report", "briefing_pack", "public_report", PROVINCE, *EXAMPLES)


def read(name: str) -> Any:
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("name", NAMES)
def test_notebook_is_thin(name: str) -> None:
    """No definitions, no cell over 15 lines, nothing but calls and fixed prose."""
    for cell in read(name).cells:
        assert len(cell.source.splitlines()) <= 15
        if cell.cell_type == "code":
            nodes = list(ast.walk(ast.parse(cell.source)))
            banned = (ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While)
            assert not [node for node in nodes if isinstance(node, banned)]


@pytest.mark.parametrize("name", NAMES)
def test_notebook_is_clean(name: str) -> None:
    """No outputs, steady ids, one parameters cell of plain literals, the plain kernel, a title."""
    book = read(name)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in code)
    ids = [cell.id for cell in book.cells]
    assert len(ids) == len(set(ids))
    assert all(part.isalpha() for name in ids for part in name.split("-"))
    tagged = [cell for cell in code if "parameters" in cell.metadata.get("tags", ())]
    assert len(tagged) == 1
    for statement in ast.parse(tagged[0].source).body:
        assert isinstance(statement, ast.Assign)
        ast.literal_eval(statement.value)
    assert book.metadata.kernelspec.name == "python3"
    # What pages of other tools show: no code.
    assert book.metadata.title
    assert all("remove-input" in cell.metadata.get("tags", ()) for cell in code)


@pytest.mark.parametrize("name", NAMES)
def test_notebook_imports_public_rooms_only(name: str) -> None:
    """A notebook knows how to load, what to show, and the grades' names."""
    own = ("reporting.province.load", "reporting.exhibits.province") if name == PROVINCE else ()
    for cell in read(name).cells:
        if cell.cell_type == "code":
            for node in ast.walk(ast.parse(cell.source)):
                if isinstance(node, ast.ImportFrom):
                    assert node.module in (
                        "reporting", "reporting.notebook", "reporting.exhibits",
                        "reporting.grades", *own,
                    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "parameters", "title"),
    [
        (
            "unit_report",
            {"unit": "市商务局"},
            "市商务局2023年第三季度任务交办单",
        ),
        ("leader_report", {"leader": "张三"}, "张三同志负责任务2023年第三季度进展情况"),
        ("briefing_pack", {}, "东莞市2023年第三季度《政府工作报告》任务进展情况"),
    ],
)
def test_notebook_runs_on_a_slice(
    name: str,
    parameters: dict[str, str],
    title: str,
    run: Run,
    request: pytest.FixtureRequest,
) -> None:
    """Papermill runs it from anywhere; cover, headings and task stand in the document."""
    fixture = {"unit_report": "unit_slice", "leader_report": "leader_slice"}.get(name, "city")
    assessment: Assessment = request.getfixturevalue(fixture)
    document = read_document(run(name, assessment, parameters))
    assert document.title == title
    assert isinstance(document.blocks[0], Cover)
    said = words(document.blocks)
    assert "一、总体情况" in said
    assert "目标1" in said
    assert "R12" in said
    assert ("密级文字" in said) is (name != "unit_report")


def test_examples_are_all_looked_at() -> None:
    """What is shipped beside the notebooks of every pack is held to the same."""
    found = {path.stem for path in (NOTEBOOKS / "examples").glob("*.ipynb")}
    assert {f"examples/{name}" for name in found} == set(EXAMPLES)


@pytest.mark.long
def test_example_of_an_action_shows_its_tasks(run: Run, city: Assessment) -> None:
    """Under its name, with the returns of all who lead them."""
    group = Subject(kind=SubjectKind.GROUP, name="消费提振行动", column="action")
    own = slice_for(city, group)
    document = read_document(run("examples/action_report", own, {"action": "消费提振行动"}))
    assert document.title == "消费提振行动2023年第三季度任务进展情况"
    said = words(document.blocks)
    assert "第三季度，“消费提振行动”共有任务3项" in said
    assert "没有完成的指标，差距大的在前" in said
    assert "密级文字" in said


@pytest.mark.long
def test_example_of_the_year_has_the_declared_title(run: Run, city: Assessment) -> None:
    """Its figures of the year and what the year leaves open."""
    titled = city.model_copy(update={"title": "东莞市2023年完成情况（2023年第三季度）"})
    document = read_document(run("examples/year_report", titled, {}))
    assert document.title == titled.title
    said = words(document.blocks)
    assert "二、年度指标完成情况" in said
    assert "三、年末结转事项" in said
