"""Rows with too few cells."""

from pathlib import Path

from ..builders import read
from .made import NUMBERED, TASKS, html_row


def test_rows_without_their_last_empty_cells(tmp_path: Path) -> None:
    """Editors drop tabs at the end of a line; the other cells keep their places."""
    header = ("序号", "类别", "目标任务", "牵头单位", "配合单位", "备注")
    lines = ["1\t城建\t新建桥梁一座\t市甲局", "2\t民生\t新建学校一所\t市乙局", ""]
    plan = read(tmp_path, "\n".join(("\t".join(header), *lines)))
    assert [(t.source_number, t.heading, t.lead_units) for t in plan.tasks] == [
        (1, "城建", ("市甲局",)),
        (2, "民生", ("市乙局",)),
    ]
    assert [t.supporting_units for t in plan.tasks] == [(), ()]
    assert [f.line for f in plan.findings if f.code == "PLAN-ROW-CELLS"] == [2, 3]


def test_row_that_lacks_a_leader_under_plain_headings(tmp_path: Path) -> None:
    """Headings need no number to be told from names and units."""
    header = ("序号", "类别", *NUMBERED[1:])
    rows = [(row[0], "城市建设", *row[1:]) for row in TASKS]
    html = "".join(map(html_row, (header, *rows)))
    html = html.replace("<td>李四</td>", "").replace("修路一条", "新修道路一条")
    plan = read(tmp_path, f"<table>{html}</table>", "t.html")
    task = plan.tasks[1]
    assert (task.heading, task.goal) == ("城市建设", "新修道路一条。")
    assert (task.leaders, task.lead_units) == ((), ("市丙局",))
