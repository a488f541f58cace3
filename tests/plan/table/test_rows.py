"""From grids to rows: sections, titles and cells that moved."""

import io
from pathlib import Path

from openpyxl import Workbook

from ..builders import codes, read, xlsx
from .made import NUMBERED, TASKS, document, html_row, word_row


def test_titles_above_the_tables_are_their_headings(tmp_path: Path) -> None:
    """A numbered line above each table heads its tasks, whose numbers begin again."""
    first, second = TASKS[:2], [("1", *TASKS[2][1:])]
    parts = (("一、城市建设", first), ("（二）社会事业", second))
    html = "<h1>某市任务分解表</h1>" + "".join(
        f"<h2>{title}</h2><table>{''.join(map(html_row, (NUMBERED, *rows)))}</table>"
        for title, rows in parts
    )
    book = Workbook()
    for title, rows in parts:
        sheet = book.create_sheet(title[2:].lstrip("）"))
        for row in (NUMBERED, *rows):
            sheet.append(list(row))
    target = io.BytesIO()
    book.save(target)
    titles = [title for title, _ in parts]
    word = document(
        *([word_row(*row) for row in (NUMBERED, *rows)] for _, rows in parts), above=titles
    )
    files = ((html, "t.html"), (target.getvalue(), "t.xlsx"), (word, "t.docx"))
    for plan in (read(tmp_path, *file) for file in files):
        assert [t.heading for t in plan.tasks] == ["城市建设", "城市建设", "社会事业"]
        assert [t.source_number for t in plan.tasks] == [1, 2, 1]
        told = {"PLAN-LEFTOVER", "PLAN-NUMBER-DUPLICATE", "PLAN-SECTION-ABOVE"}
        assert codes(plan) & told == {"PLAN-SECTION-ABOVE"}


def test_section_over_a_page_break(tmp_path: Path) -> None:
    """A section's title heads the tasks below the break, also when it is the last row above."""
    title = "<tr><td colspan=6>二、民生</td></tr>"
    first = f"<table>{html_row(NUMBERED)}{html_row(TASKS[0])}{title}</table>"
    second = f"<table>{html_row(NUMBERED)}{html_row(TASKS[1])}</table>"
    plan = read(tmp_path, first + second, "t.html")
    assert [t.heading for t in plan.tasks] == ["", "民生"]


def test_title_of_a_section_above_the_header(tmp_path: Path) -> None:
    """In the first row of each table it heads that table's tasks."""
    html = "".join(
        f"<table><tr><td colspan=6>{title}</td></tr>{html_row(NUMBERED)}{html_row(task)}</table>"
        for title, task in (("一、城建", TASKS[0]), ("二、民生", TASKS[1]))
    )
    plan = read(tmp_path, html, "t.html")
    assert [t.heading for t in plan.tasks] == ["城建", "民生"]
    assert "PLAN-LEFTOVER" not in codes(plan)


def test_cells_that_moved_by_one_are_told(tmp_path: Path) -> None:
    """A lead unit under 四季度 shows that a cell was taken out of the row."""
    header = ("任务", "三季度", "四季度", "牵头单位", "配合单位", "备注")
    rows = [
        ("修桥", "开工", "完工", "市甲局", "市乙局", ""),
        ("修路", "开工", "市甲局", "市丙局", "", ""),
    ]
    plan = read(tmp_path, xlsx(rows, [], header), "t.xlsx")
    told = [(f.line, f.expected, f.found) for f in plan.findings if f.code == "PLAN-CELL-MISPLACED"]
    assert told == [(3, "四季度", "市甲局")]


def test_text_in_the_column_of_numbers_is_told(tmp_path: Path) -> None:
    """A number before the goal does not hide what stands where its number should."""
    rows = [("市乙局", "3. 修桥一座。", "市甲局")]
    plan = read(tmp_path, xlsx(rows, [], ("序号", "目标任务", "牵头单位")), "t.xlsx")
    assert plan.tasks[0].source_number == 3
    assert [f.found for f in plan.findings if f.code == "PLAN-LEFTOVER"] == ["市乙局"]


def test_quarters_under_the_goal_are_told(tmp_path: Path) -> None:
    """Where the goal names the quarters and the schedule none, the cells have moved."""
    rows = [
        ("城建", "修桥", "一季度，开工。", "市甲局", "市乙局"),
        ("修路", "一季度，开工。\n四季度，完工。", "市丙局", "市丁局", ""),
    ]
    header = ("类别", "目标任务", "进度安排", "牵头单位", "配合单位")
    plan = read(tmp_path, xlsx(rows, [], header), "t.xlsx")
    told = [(f.line, f.expected, f.found) for f in plan.findings if f.code == "PLAN-CELL-MISPLACED"]
    assert told == [(3, "目标任务", "一季度，开工。 四季度，完工。")]
