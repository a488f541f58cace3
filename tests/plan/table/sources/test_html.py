"""Web pages: captions, nested tables, short rows."""

from pathlib import Path

import pytest

from ...builders import HEADER, codes, read
from ..made import NUMBERED, ROWS, TASKS, html_row


def test_caption_of_a_page_is_the_title(tmp_path: Path) -> None:
    """What stands in a table's caption is read."""
    html = (
        f"<table><caption>某市任务分解表</caption>{html_row(NUMBERED)}{html_row(TASKS[0])}</table>"
    )
    assert read(tmp_path, html, "t.html").title == "某市任务分解表"


def test_small_table_in_a_cell_of_a_page(tmp_path: Path) -> None:
    """It is the text of its cell; a table that only lays out another is passed over."""
    small = "<table><tr><td>一季度，选址</td></tr><tr><td>二季度，开工</td></tr></table>"
    rows = [html_row(NUMBERED), *map(html_row, TASKS)]
    rows[1] = rows[1].replace("一季度，开工。", small)
    inner = f"<table>{''.join(rows)}</table>"
    for html in (inner, f"<table><tr><td>{inner}</td></tr></table>"):
        plan = read(tmp_path, html, "t.html")
        assert [t.goal for t in plan.tasks] == [row[1] for row in TASKS]
        assert plan.tasks[0].schedule == "一季度，选址\n二季度，开工"


def test_empty_column_of_a_page_is_a_column(tmp_path: Path) -> None:
    """Below a page break no task may have a leader or a helper; the columns are there."""
    bare = (*TASKS[1][:3], "", TASKS[1][4], "")
    html = f"<table>{html_row(NUMBERED)}{html_row(TASKS[0])}</table><table>{html_row(bare)}</table>"
    plan = read(tmp_path, html, "t.html")
    assert [(t.leaders, t.lead_units) for t in plan.tasks] == [
        (("张三",), ("市甲局",)),
        ((), ("市丙局",)),
    ]


def test_page_with_a_row_short_of_a_cell(tmp_path: Path) -> None:
    """Cells of a short row do not slip into the columns to their left."""
    short = ["", "2. 建成桥梁一座。", "二季度，完工。", "市丙局", "市乙局"]
    html = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>"
        for row in (HEADER, ROWS[0], short)
    )
    plan = read(tmp_path, f"<table>{html}</table>", "t.html")
    assert (plan.tasks[1].leaders, plan.tasks[1].lead_units) == ((), ("市丙局",))
    assert [f.line for f in plan.findings if f.code == "PLAN-ROW-CELLS"] == [3]


@pytest.mark.parametrize(
    ("goal", "read_as", "code"),
    [
        ("投资80<sup>1</sup>亿元", "投资80亿元", "MARK"),
        ("引进<s>10家</s>15家", "引进15家", "STRUCK"),
        ("引进<del>10<b>家</b></del>15家", "引进15家", "STRUCK"),
        ("引进<strike>10家</strike>15家", "引进15家", "STRUCK"),
        ("引进<span hidden>10家</span>15家", "引进15家", "HIDDEN"),
        ('引进<span style="color:red; display: none">10家</span>15家', "引进15家", "HIDDEN"),
        ("绿化500m<sup>2</sup>", "绿化500m²", "RAISED"),
        ("CO<sub>2</sub>减排5吨", "CO2减排5吨", None),
    ],
)
def test_runs_of_a_page(tmp_path: Path, goal: str, read_as: str, code: str | None) -> None:
    """A raised mark is no digit; what is struck or hidden is told and not read."""
    row = ("1", goal, *TASKS[0][2:])
    plan = read(tmp_path, f"<table>{html_row(NUMBERED)}{html_row(row)}</table>", "t.html")
    assert [task.goal for task in plan.tasks] == [read_as]
    told = {one for one in codes(plan) if one.startswith("PLAN-TEXT")}
    assert told == ({f"PLAN-TEXT-{code}"} if code else set())


def test_hidden_cells_and_rows_of_a_page(tmp_path: Path) -> None:
    """A hidden column never competes with a visible one, and a hidden row is no task."""
    aside = "<td style='display:none'>{}</td>"
    header = html_row(NUMBERED).replace("<td>牵头", aside.format("原牵头单位") + "<td>牵头")
    first = html_row(TASKS[0]).replace("<td>市甲局", aside.format("市旧局") + "<td>市甲局")
    second = html_row(TASKS[1]).replace("<tr>", "<tr hidden>")
    plan = read(tmp_path, f"<table>{header}{first}{second}</table>", "t.html")
    assert [(task.goal, task.lead_units) for task in plan.tasks] == [("修桥一座。", ("市甲局",))]
    hidden = ("PLAN-TEXT-HIDDEN", "PLAN-ROW-GONE")
    told = [(f.code, f.line) for f in plan.findings if f.code in hidden]
    assert told == [(hidden[0], 1), (hidden[0], 2), (hidden[1], 3)]
