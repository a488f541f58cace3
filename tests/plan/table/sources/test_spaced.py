"""Columns set with spaces."""

from pathlib import Path

import pytest

from reporting.errors import InputRefused

from ...builders import read

SPACED = """\
某市2024年任务分解表
序号  目标任务          进度安排            责任领导  牵头单位    配合单位
1     修桥一座，其中城  一季度，开工。      张　三    市甲局      市乙局
      区一座。          三季度，完工。                            市丙局
2     修路一条。        二季度，开工。                市丁局      /
注：按季调度。
"""


def test_columns_set_with_spaces(tmp_path: Path) -> None:
    """Each text belongs below the word that heads it, also where a cell is empty."""
    plan = read(tmp_path, SPACED)
    assert plan.title == "某市2024年任务分解表"
    assert [(t.goal, t.schedule) for t in plan.tasks] == [
        ("修桥一座，其中城区一座。", "一季度，开工。\n三季度，完工。"),
        ("修路一条。", "二季度，开工。"),
    ]
    assert [(t.leaders, t.lead_units) for t in plan.tasks] == [
        (("张三",), ("市甲局",)),
        ((), ("市丁局",)),
    ]
    assert [s.unit for s in plan.tasks[0].supporting_units] == ["市乙局", "市丙局"]
    assert [f.found for f in plan.findings if f.code == "PLAN-LEFTOVER"] == ["注：按季调度。"]


def test_spaces_that_set_no_columns_are_refused(tmp_path: Path) -> None:
    """Where a text runs into the next column, nobody can tell the cells."""
    with pytest.raises(InputRefused, match="各格没有分隔符"):
        read(tmp_path, SPACED.replace("修路一条。        二", "修路一条路八条桥九座。  二"))
