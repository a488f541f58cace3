"""Invented tables of other offices, and the tool that scores how they are read."""

import io
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from tools.styles.__main__ import main
from tools.styles.files import make_file, runs
from tools.styles.score import Score, report, score
from tools.styles.written import Written, parse_figure, read_tables

STYLES = Path(__file__).parent / "styles"
TABLES = read_tables(STYLES)
PLAIN = """
style: plain
form: text
text: |
  某县2024年任务表
  |目标任务|进度安排|牵头单位|
  |新增学位500个|二季度新增学位200个；四季度新增学位300个|县教育局|
tasks:
- says: 学位500个
  lead: [县教育局]
  quarters: '24'
  figures:
"""
RIGHT = (
    "goal Q4 = 500 个 cumulative higher",
    "schedule Q2 = 200 个 in_quarter|cumulative higher",
    "schedule Q4 = 300 个 in_quarter higher",
)


def _scored(folder: Path, *figures: str) -> Score:
    lines = "".join(f"  - {line}\n" for line in figures)
    (folder / "plain.yml").write_text(PLAIN.lstrip() + lines, encoding="utf-8")
    return score(read_tables(folder))


def _words(table: Written) -> list[str]:
    """Return what each row says; a table of text is one piece."""
    rows = ["".join(map(str, row)) for part in table.parts for row in part.grid]
    return [*rows, *table.text.split("\n")]


def test_list_is_worth_its_name() -> None:
    """The list has tables of every form, and enough of them and of figures."""
    figures = [f for table in TABLES for task in table.tasks for f in task.figures]
    assert {table.form for table in TABLES} == {"xlsx", "docx", "html", "led", "tabs", "text"}
    assert len(TABLES) >= 22
    assert len([f for f in figures if not f.optional]) >= 400
    assert len([f for f in figures if f.uncertain]) >= 10


@pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])
def test_each_task_is_told_by_words_of_its_own(table: Written) -> None:
    """The words that tell a task stand in one row only, and no two tasks share them."""
    for asked in table.tasks:
        assert sum(asked.says in row for row in _words(table)) == 1, asked.says


def test_figures_that_are_read_right(tmp_path: Path) -> None:
    """What agrees with the list counts for precision and recall."""
    found = _scored(tmp_path, *RIGHT)
    assert [v.kind for v in found.verdicts] == ["right"] * 3
    assert (found.precision, found.recall, found.facts, found.wrong) == (1, 1, (), ())


def test_figure_that_is_read_otherwise(tmp_path: Path) -> None:
    """A field that differs is named with both sides."""
    found = _scored(tmp_path, *RIGHT[:2], "schedule Q4 = 300 个 level higher")
    assert [v.differences for v in found.wrong] == [("basis level read in_quarter",)]
    assert "1  wrong basis" in report(found)
    assert (found.precision, found.recall) == (2 / 3, 2 / 3)


def test_figure_where_asking_is_right(tmp_path: Path) -> None:
    """What is stated where nothing decides is a guess, and wrong."""
    found = _scored(tmp_path, *RIGHT[:2], "schedule Q4 ? 300 个 ? ? uncertain")
    assert [v.kind for v in found.wrong] == ["guessed"]
    assert (found.precision, found.recall) == (2 / 3, 1)


def test_figures_too_many_and_too_few(tmp_path: Path) -> None:
    """A figure that the list does not have is extra; one that is not read is missed."""
    found = _scored(tmp_path, *RIGHT[:2], "goal Q4 = 77 家 cumulative higher")
    assert [(v.kind, v.figure) for v in found.of("extra", "missed")] == [
        ("missed", "goal Q4 = 77 家 cumulative higher"),
        ("extra", "schedule Q4 = 300 个 in_quarter 新增学位"),
    ]
    assert "missed in silence            1" in report(found)


def test_optional_figure_counts_neither_way(tmp_path: Path) -> None:
    """What may be read or left out moves no share."""
    found = _scored(tmp_path, *RIGHT[:2], f"{RIGHT[2]} optional", f"{RIGHT[2]} optional")
    assert [v.kind for v in found.verdicts] == ["right", "right"]


def test_units_are_compared(tmp_path: Path) -> None:
    """A unit that is not the list's is told beside the figures."""
    _scored(tmp_path, *RIGHT)
    written = tmp_path / "plain.yml"
    written.write_text(written.read_text("utf-8").replace("[县教育局]", "[县财政局]"), "utf-8")
    assert score(read_tables(tmp_path)).facts == (
        "  plain 学位500个: lead expected 县财政局, found 县教育局",
    )


def test_hidden_row_needs_a_warning(tmp_path: Path) -> None:
    """Figures of a row that was dropped are wrong where nobody is warned of it."""
    written = tmp_path / "plain.yml"
    written.write_text(PLAIN.lstrip().replace("  figures:\n", "  cancelled: true\n"), "utf-8")
    assert [v.kind for v in score(read_tables(tmp_path)).verdicts] == ["extra"] * 3


def test_command_prints_the_shares(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints precision and recall, and fails when a figure is wrong."""
    _scored(tmp_path, *RIGHT[:2], "schedule Q4 = 300 个 level higher")
    assert main([str(tmp_path)]) == 1
    assert "precision        0.667\nrecall           0.667" in capsys.readouterr().out
    _scored(tmp_path, *RIGHT)
    assert main([str(tmp_path)]) == 0


def test_figure_with_a_word_nobody_knows() -> None:
    """A misspelt word in the list is refused by name."""
    with pytest.raises(ValueError, match=r"unknown words \['uncertian'\]"):
        parse_figure("goal Q4 = 1 个 cumulative higher uncertian")


def test_marks_become_runs() -> None:
    """Raised and struck text is parted from what stands around it."""
    assert runs("投资80<raised>1</raised>亿元<struck>旧</struck>") == [
        ("", "投资80"), ("raised", "1"), ("", "亿元"), ("struck", "旧"),
    ]  # fmt: skip


def test_word_file_holds_raised_and_struck_text() -> None:
    """A mark in a Word table is the run's own format, merged cells are one."""
    table = next(table for table in TABLES if table.name == "03_time_limit_only")
    rows = Document(io.BytesIO(make_file(table)[1])).tables[0].rows
    assert [run.text for run in rows[1].cells[1].paragraphs[0].runs if run.font.superscript] == [
        "1"
    ]
    assert [run.text for run in rows[2].cells[1].paragraphs[0].runs if run.font.strike] == ["30场"]
    assert rows[2].cells[0].text == "就业创业"


def test_workbook_holds_hidden_rows_and_columns() -> None:
    """What the list says is hidden is hidden in the sheet."""
    for name, row, column in (("02_month_columns", 6, None), ("09_hidden_column", None, "F")):
        table = next(table for table in TABLES if table.name == name)
        sheet = openpyxl.load_workbook(io.BytesIO(make_file(table)[1])).worksheets[-1]
        assert [at for at, d in sheet.row_dimensions.items() if d.hidden] == [row] * bool(row)
        assert [at for at, d in sheet.column_dimensions.items() if d.hidden] == [column] * bool(
            column
        )


def test_no_figure_of_another_office_is_wrong_without_a_mark() -> None:
    """What the tables do not say plainly is marked uncertain, and what is stated is right."""
    found = score(TABLES)
    told = [f"{v.table} {v.says}: {v.figure} {v.differences}" for v in found.wrong]
    assert told == [], report(found)


def test_no_figure_of_another_office_is_missed_in_silence() -> None:
    """A figure that is not read is named by a finding."""
    found = score(TABLES)
    assert [f"{v.table} {v.says}: {v.figure}" for v in found.of("missed")] == [], report(found)
