"""An office's own grades stand wherever a grade is printed, and the usual words nowhere."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from assess.rating_samples import OTHER, UNIT, milestone, params, plan, returns, row, target, task

from exhibits.cells import shown_by
from reporting.assess.assess import assess
from reporting.assess.public.cut import public_slice
from reporting.assess.public.withheld import withheld_from
from reporting.assess.rollups import rolled_up, total
from reporting.assess.rollups import shown as shown_grades
from reporting.assess.slices import slice_for
from reporting.assess.values import Assessment, Subject, SubjectKind
from reporting.documents.exhibit import Exhibit
from reporting.documents.html.write import to_html
from reporting.documents.word.pandoc import grade_style
from reporting.documents.word.reference import reference_docx
from reporting.exhibits import show
from reporting.grades import USUAL, Kind
from reporting.periods import Period
from reporting.project.rating import RatingRule
from reporting.publish.pack.xlsx import write_annex
from reporting.returns.sheets.blank import build_book
from reporting.tables.rows import tables
from reporting.workbooks.columns import FIRST_ROW

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
RULE = RatingRule.model_validate(
    {
        "bands": [
            {"name": "绿灯", "up_to": 0, "counts_as": "达到序时进度"},
            {"name": "黄灯", "up_to": 20, "counts_as": "未达序时进度"},
            {"name": "橙灯", "up_to": 30, "counts_as": "未达序时进度", "colour": "#8f3b00"},
            {"name": "红灯", "counts_as": "严重滞后"},
        ],
        "grades": {
            "未启动": {"name": "尚在酝酿"}, "暂缓或调整": {"name": "已缓办"},
            "未报送": {"name": "无回音"}, "无法判定": {"name": "待定级"},
        },
    }
)  # fmt: skip
SCALE = RULE.scale
RENAMED = [kind.value for kind in Kind if kind not in (Kind.DONE, Kind.NOT_REPORTED)]
"""Words that say nothing but the grade; 已完成 and 未报送 are plain words as well."""
PARAMS = params().model_copy(update={"rating": RULE})


@pytest.fixture(scope="module")
def own_city() -> Assessment:
    tasks = [task(1), task(2), task(3, units=(OTHER,)), task(4)]
    milestones = [milestone(n, 1, (1,)) for n in (1, 2, 3, 4)]
    targets = [
        target(
            target_id=f"2023-{n:03d}-T01", task_id=f"2023-{n:03d}", milestone_id=f"2023-{n:03d}-01"
        )
        for n in (1, 2)
    ]
    rows = [
        row(
            SCALE.grades[1], "工作有序开展，成果较多。", task_id=f"2023-{n:03d}",
            milestone_id=f"2023-{n:03d}-01", actuals={f"2023-{n:03d}-T01": value},
        )
        for n, value in ((1, "85"), (2, "75"))
    ]  # fmt: skip
    last = row(
        SCALE[Kind.FAR_BEHIND], "用地没有落实。", task_id="2023-004", milestone_id="2023-004-01"
    )
    period = Period(year=2023, quarter=1)
    answered = returns([*rows, last], missing=[OTHER])
    return assess(plan(tasks, milestones, targets), [answered], PARAMS, period)


def slices(city: Assessment) -> dict[str, Assessment]:
    """Give a slice for each notebook."""
    return {
        "briefing_pack": city,
        "unit_report": slice_for(city, Subject(kind=SubjectKind.UNIT, name=UNIT)),
        "leader_report": slice_for(city, Subject(kind=SubjectKind.LEADER, name="张三")),
        "public_report": public_slice(city, withheld_from(city.plan, (), ())),
    }


def pages(name: str, assessment: Assessment) -> str:
    """Show every cell of a notebook, as a page and as slides."""
    space: dict[str, Any] = {"show": show, "assessment": assessment}
    book = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))
    sources = ["".join(c["source"]) for c in book["cells"] if "show." in "".join(c["source"])]
    shown = [shown_by(source, space) for source in sources if "load(" not in source]
    texts = [to_html(one.blocks) if isinstance(one, Exhibit) else str(one) for one in shown if one]
    markdown = ["".join(c["source"]) for c in book["cells"] if c["cell_type"] == "markdown"]
    return "\n".join([*markdown, *texts])


def test_bands_of_one_kind_are_told_apart(own_city: Assessment) -> None:
    found = {rating.task_id: str(rating.grade) for rating in own_city.task_ratings()}
    assert found == {
        "2023-001": "黄灯", "2023-002": "橙灯", "2023-003": "无回音", "2023-004": "红灯",
    }  # fmt: skip
    assert Assessment.model_validate_json(own_city.model_dump_json()) == own_city


@pytest.mark.parametrize("name", ["briefing_pack", "unit_report", "leader_report", "public_report"])
def test_no_page_prints_a_usual_word(own_city: Assessment, name: str) -> None:
    text = pages(name, slices(own_city)[name])
    # The look of a grade is data of slides, whose kind goes by its usual word.
    printed = text.replace("kind=<Kind.", "")
    for word in RENAMED:
        assert word not in printed.replace(f": '{word}'>", ""), word
    assert "橙灯" in text


def test_no_table_prints_a_usual_word(own_city: Assessment) -> None:
    book = openpyxl.load_workbook(BytesIO(write_annex(own_city)))
    cells = [str(c.value) for sheet in book for line in sheet.iter_rows() for c in line if c.value]
    cells += [str(value) for table in tables(own_city) for line in table.rows for value in line]
    assert not [cell for cell in cells if any(word in cell for word in RENAMED)]
    assert "橙灯" in cells


def test_the_sheet_offers_the_words_and_understands_them() -> None:
    book = build_book(plan(), PARAMS, UNIT, 1)
    rules = [rule.formula1 for rule in book["进展"].data_validations.dataValidation]
    assert '"已完成,绿灯,黄灯,橙灯,红灯,尚在酝酿,已缓办"' in rules
    texts = [
        str(cell.value)
        for sheet in (book["填报说明"], book["进展"])
        for line in sheet.iter_rows()
        for cell in line
        if cell.value
    ]
    assert not [text for text in texts if any(word in text for word in RENAMED)]
    assert any("黄灯、橙灯、红灯、尚在酝酿的，须写明问题" in text for text in texts)
    assert any("共七项" in text for text in texts)
    checked = str(book["自查"].cell(FIRST_ROW, 1).value)
    assert checked


AS_DECLARED = ["已完成", "绿灯", "黄灯", "橙灯", "红灯", "尚在酝酿", "已缓办", "无回音", "待定级"]


def test_counts_stand_as_declared(own_city: Assessment) -> None:
    """The bands as the parameters list them, among the grades from best to not judged."""
    assert [str(grade) for grade in total(own_city).counts] == AS_DECLARED
    assert [str(grade) for grade in shown_grades([total(own_city)])] == [
        "黄灯", "橙灯", "红灯", "无回音",
    ]  # fmt: skip


def test_words_of_before_stand_behind_those_of_today(own_city: Assessment) -> None:
    """An office that renamed its grades within the year counts both, in one order every time."""
    old = [
        rating.model_copy(update={"grade": grade})
        for rating, grade in zip(own_city.ratings * 9, USUAL.values(), strict=False)
    ]
    assert [str(grade) for grade in rolled_up("合计", old, SCALE).counts] == [
        "已完成", "绿灯", "达到序时进度", "黄灯", "未达序时进度", "橙灯", "红灯", "严重滞后",
        "尚在酝酿", "未启动", "已缓办", "暂缓或调整", "无回音", "未报送", "待定级", "无法判定",
    ]  # fmt: skip


def test_word_has_a_style_for_each_grade() -> None:
    import docx

    styles = docx.Document(BytesIO(reference_docx(SCALE.grades))).styles
    assert {grade_style(grade) for grade in SCALE.grades} <= {style.name for style in styles}


def test_no_step_names_a_usual_grade() -> None:
    """A step that names one would print the usual word whatever the office says."""
    source = Path(__file__).parents[2] / "src" / "reporting"
    named = re.compile(r"(?<!`)\bGrade\.[A-Z]{3}")
    found = [
        path.name
        for path in source.rglob("*.py")
        if path.name not in ("grades.py", "blocks.py") and named.search(path.read_text("utf-8"))
    ]
    assert found == []
