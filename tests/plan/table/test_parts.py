"""Where a table's header stands, and whether a table goes on."""

from pathlib import Path

import pytest

from reporting.errors import InputRefused

from ..builders import read
from .made import NUMBERED, TASKS, html_row


def test_table_of_something_else_of_the_same_width(tmp_path: Path) -> None:
    """Without a header, rows whose numbers and units are none are no tasks; 1.1 is a number."""
    more = [("3.1", *TASKS[2][1:])]
    people = [
        ("姓名", "职务", "电话", "邮箱", "住址", "备注"),
        ("赵六", "科长", "1", "2", "3", "4"),
    ]
    tables = ([NUMBERED, *TASKS[:2]], more, people)
    html = "".join(f"<table>{''.join(map(html_row, rows))}</table>" for rows in tables)
    plan = read(tmp_path, html, "t.html")
    assert [t.goal for t in plan.tasks] == [row[1] for row in TASKS]
    told = [f.found.split() for f in plan.findings if f.code == "PLAN-TABLE-OTHER"]
    assert told == [[text for row in people for text in row]]


def test_header_alone_in_its_table(tmp_path: Path) -> None:
    """A table of the header only goes on in the next; alone it is refused in a sentence."""
    header = f"<table>{html_row(NUMBERED)}</table>"
    assert len(read(tmp_path, f"{header}<table>{html_row(TASKS[0])}</table>", "t.html").tasks) == 1
    with pytest.raises(InputRefused, match="表头之下应有任务，实际一行也没有"):
        read(tmp_path, header, "t.html")


def test_header_again_after_rows_below_a_page_break(tmp_path: Path) -> None:
    """Rows above a header are tasks when they go on with the table before it."""
    section = f"<tr><td colspan=6>二、社会事业</td></tr>{html_row(TASKS[1])}"
    first = f"<table>{html_row(NUMBERED)}{html_row(TASKS[0])}</table>"
    second = f"<table>{section}{html_row(NUMBERED)}{html_row(TASKS[2])}</table>"
    plan = read(tmp_path, first + second, "t.html")
    assert [(t.goal, t.heading) for t in plan.tasks] == [
        ("修桥一座。", ""), ("修路一条。", "社会事业"), ("办学一所。", "社会事业"),
    ]  # fmt: skip
    plan = read(tmp_path, f"<table>{html_row(NUMBERED)}</table>{second}", "t.html")
    assert [t.goal for t in plan.tasks] == ["修路一条。", "办学一所。"]
