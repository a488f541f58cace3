"""From grids to rows: sections, titles and cells that moved."""

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from reporting.errors import InputRefused

from ..builders import Row, codes, read, tabbed, xlsx
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


ANNEX = ("目标任务", "完成时限", "责任领导", "牵头单位")


@pytest.mark.parametrize("form", ["t.docx", "t.html", "t.xlsx"])
@pytest.mark.parametrize("alone", [True, False])
def test_annexes_are_sections(tmp_path: Path, form: str, alone: bool) -> None:
    """Each annex heads its own tasks, whose columns may differ; the first names the plan."""
    titles = ["附件1", "重点工作任务表"], ["附件2", "民生实事清单"]
    lines = titles if alone else [["：".join(title)] for title in titles]
    tables: list[list[Row]] = [
        [NUMBERED, TASKS[0]],
        [ANNEX, ("修渠一条。", "6月底前", "赵六", "市水利局")],
    ]
    plan = read(tmp_path, _annexes(form, lines, tables), form)
    assert [(t.goal, t.heading) for t in plan.tasks] == [
        ("修桥一座。", "重点工作任务表"),
        ("修渠一条。", "民生实事清单"),
    ]
    assert [(t.leaders, t.lead_units, t.schedule) for t in plan.tasks] == [
        (("张三",), ("市甲局",), "一季度，开工。"),
        (("赵六",), ("市水利局",), "6月底前"),
    ]


def _annexes(form: str, lines: Sequence[Sequence[str]], tables: Sequence[Sequence[Row]]) -> bytes:
    """Write tables under their lines of title: in a document, a page, or one sheet each."""
    pairs = list(zip(lines, tables, strict=True))
    if form == "t.xlsx":
        book = Workbook()
        book.remove(book.worksheets[0])
        for at, (above, rows) in enumerate(pairs, 1):
            sheet = book.create_sheet(f"Sheet{at}")
            for row in (*([line] for line in above), *rows):
                sheet.append(list(row))
        target = io.BytesIO()
        book.save(target)
        return target.getvalue()
    if form == "t.html":
        parts: list[str] = []
        for above, rows in pairs:
            parts += [*(f"<p>{line}</p>" for line in above), "<table>"]
            parts += [*map(html_row, rows), "</table>"]
        return "".join(parts).encode()
    made = [[word_row(*row) for row in rows] for _, rows in pairs]
    breaks = "</w:t></w:r></w:p><w:p><w:r><w:t>"
    return document(*made, above=[breaks.join(above) for above in lines])


def test_second_table_of_other_columns_that_is_no_annex_is_refused(tmp_path: Path) -> None:
    """Without a title of its own nobody can tell whether it is one table or two."""
    tables = [NUMBERED, TASKS[0]], [ANNEX, ("修渠一条。", "6月底前", "赵六", "市水利局")]
    data = document(*([word_row(*row) for row in rows] for rows in tables))
    with pytest.raises(InputRefused, match="各表的列应与首表相同"):
        read(tmp_path, data, "t.docx")


def test_lead_that_is_no_unit_beside_a_cell_that_moved(tmp_path: Path) -> None:
    """A row whose cells moved by one has a wrong unit, which no report may be made for."""
    header = ("序号", "目标任务", "一季度", "二季度", "牵头单位", "配合单位")
    rows = [
        ("1", "修桥一座。", "选址。", "开工。", "市甲局", "市乙局"),
        ("2", "修路一条。", "选址。", "市甲局", "张三丰", ""),
        ("3", "修渠一条。", "选址。", "市甲局", "市乙局", ""),
    ]
    plan = read(tmp_path, tabbed(rows, header))
    told = [
        (f.code, f.severity.value, f.line, f.found)
        for f in plan.findings
        if f.code.endswith("MISPLACED")
    ]
    assert told == [
        ("PLAN-CELL-MISPLACED", "warning", 3, "市甲局"),
        ("PLAN-LEAD-MISPLACED", "error", 3, "张三丰"),
        ("PLAN-CELL-MISPLACED", "warning", 4, "市甲局"),
    ]


def test_row_of_one_text_that_promises_a_quantity(tmp_path: Path) -> None:
    """新增就业5000人 across a row heads nothing: it is a task, and its unit is asked for."""
    rows = [
        html_row(TASKS[0]),
        "<tr><td colspan=6>新增城镇就业5000人。</td></tr>",
        "<tr><td colspan=6>二、抓好10件民生实事</td></tr>",
        html_row(TASKS[1]),
    ]
    plan = read(tmp_path, f"<table>{html_row(NUMBERED)}{''.join(rows)}</table>", "t.html")
    assert [(t.goal, t.heading) for t in plan.tasks] == [
        ("修桥一座。", ""),
        ("新增城镇就业5000人。", ""),
        ("修路一条。", "抓好10件民生实事"),
    ]
    assert [f.line for f in plan.findings if f.code == "PLAN-LEAD-NONE"] == [3]
    assert [str(target.value) for target in plan.targets_of(plan.tasks[1].task_id)] == ["5000"]


@pytest.mark.parametrize("column", ["heading", "number"])
def test_quantity_alone_in_the_first_column(tmp_path: Path, column: str) -> None:
    """It does not become the heading of the rows below."""
    header = ("工作类别", *NUMBERED) if column == "heading" else NUMBERED
    blank = ("",) if column == "heading" else ()
    alone = ("新增学位3000个。", *[""] * (len(header) - 1))
    rows = [(*blank, *TASKS[0]), alone, (*blank, *TASKS[1])]
    data = "".join(html_row(row) for row in (header, *rows))
    plan = read(tmp_path, f"<table>{data}</table>", "t.html")
    assert [(t.goal, t.heading) for t in plan.tasks] == [
        ("修桥一座。", ""),
        ("新增学位3000个。", ""),
        ("修路一条。", ""),
    ]
