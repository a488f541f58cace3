"""Spans beyond any table."""

from pathlib import Path

import pytest

from reporting.errors import InputRefused

from ...builders import read


def test_spans_without_end(tmp_path: Path) -> None:
    """A page with absurd spans is refused, or cut to the table."""
    cells = "<td>目标任务</td><td>牵头单位</td>"
    wide = f"<table><tr>{cells}</tr>" + "<tr><td colspan=99999999>甲</td></tr>" * 900 + "</table>"
    with pytest.raises(InputRefused, match="表格应在 400000 格以内"):
        read(tmp_path, wide, "t.html")
    row = "<tr><td rowspan=9999999>修路十里长</td><td>市甲局</td></tr>"
    tall = f"<table><tr>{cells}</tr>{row}</table>"
    assert [t.goal for t in read(tmp_path, tall, "t.html").tasks] == ["修路十里长"]
