"""Structures of tables: what each column, row and file is, however an office lays it out."""

from pathlib import Path

import pytest

from .builders import read, tabbed


@pytest.mark.parametrize(
    "quarters",
    [
        "1—3月 4—6月 7—9月 10—12月",
        "1月至3月 4月至6月 7月至9月 10月至12月",
        "2024年一季度 2024年二季度 2024年三季度 2024年四季度",
        "3月底 6月底 9月底 12月底",
        "3月底前完成目标 6月底前完成目标 9月底前完成目标 年底",
        "首季 二季 三季 四季",
        "一季度进展目标 二季度进展目标 三季度进展目标 四季度进展目标",
    ],
)
def test_quarters_by_other_names(tmp_path: Path, quarters: str) -> None:
    """Quarters are told by every word that a schedule may name them by."""
    header = ("任务", "年度目标", *quarters.split(), "牵头单位")
    rows = [("公路", "修桥一座", "选址", "/", "开工", "完工", "市甲局")]
    plan = read(tmp_path, tabbed(rows, header))
    assert plan.tasks[0].schedule == "一季度，选址\n三季度，开工\n四季度，完工"
    assert plan.tasks[0].goal == "修桥一座"


def test_columns_that_count_on_from_january(tmp_path: Path) -> None:
    """A column of the whole year beside those of its parts keeps its label."""
    header = ("指标", "一季度", "上半年", "全年", "牵头单位")
    plan = read(tmp_path, tabbed([("修路", "1公里", "3公里", "9公里", "市甲局")], header))
    assert plan.tasks[0].schedule == "一季度，1公里\n上半年，3公里\n全年，9公里"


def test_columns_of_another_year_or_of_a_month(tmp_path: Path) -> None:
    """Last year's column is no quarter of this year; a month keeps its name."""
    header = ("指标", "2023年四季度", "5月", "6月份", "牵头单位")
    plan = read(tmp_path, tabbed([("修路", "1公里", "3公里", "9公里", "市甲局")], header))
    assert plan.tasks[0].schedule == "5月，3公里\n6月份，9公里"
    extra = [(f.expected, f.found) for f in plan.findings if f.code == "PLAN-COLUMN-EXTRA"]
    assert extra == [("2023年四季度", "1公里")]
