"""The public's report: sentences that add up, columns that have something to tell."""

from typing import Any

from exhibits.public.samples import KEPT, OTHER, QUOTED, UNIT, public
from reporting.documents.blocks import Table, text_of
from reporting.documents.document import words
from reporting.documents.exhibit import Exhibit
from reporting.exhibits.public.report import (
    about_public,
    public_next,
    public_summary,
    public_targets,
)
from reporting.exhibits.public.tasks import public_tasks


def table(shown: Exhibit) -> Any:
    """Give the rows of an exhibit's table as dictionaries by label."""
    (found,) = [block for block in shown.blocks if isinstance(block, Table)]
    labels = [column.label for column in found.columns]
    return [dict(zip(labels, map(text_of, row.cells), strict=True)) for row in found.rows]


def test_summary_counts_what_is_told() -> None:
    """One grade is no sum; what is counted apart is named as such."""
    assert words(public_summary(public()).blocks) == (
        "2023年第一季度，全市公开进展的《政府工作报告》任务3项。"
        "\n本季度有到期或者在办事项的2项中，达到序时进度1项，占50.0%。"
    )
    none = words(public_summary(public(UNIT)).blocks)
    assert none.endswith("没有已完成或者达到序时进度的任务。")


def test_figure_of_the_year_stands_against_year_and_plan() -> None:
    """The quarter of the figure is said, and what the plan asked for by then."""
    assert table(public_targets(public())) == [
        {"任务号": "1", "指标（计量单位）": "新增企业（家）", "牵头单位": UNIT, "全年目标": "400",
         "截至": "第一季度", "实际": "120", "同期计划": "100", "占全年": "30.0%"}
    ]  # fmt: skip
    assert "同期计划" not in table(public_targets(public("schedule")))[0]
    assert words(public_targets(public("actuals")).blocks) == "没有公开的年度指标数据。"


def test_task_tells_what_was_done_and_what_comes() -> None:
    """Of one that lags only the grade; the plan's own words of next quarter."""
    first, second, third = table(public_tasks(public()))
    assert first["本季度进展（摘录）"] == QUOTED
    assert first["第二季度安排"] == "事项2"
    assert (second["牵头单位\n（协助单位）"], second["本季度进展（摘录）"]) == (OTHER, "—")
    assert second["责任领导"] == "—"
    assert third["进度"].endswith("本季度无到期事项")
    assert KEPT not in words(public_tasks(public()).blocks)


def test_column_that_nothing_fills_is_left_out() -> None:
    """Withheld fields leave no empty columns."""
    (every, *_) = table(public_tasks(public("progress", "leaders", "schedule")))
    assert list(every) == ["任务号", "年度目标及工作内容", "牵头单位\n（协助单位）", "进度"]


def test_what_comes_next_is_counted() -> None:
    """Where the schedule is withheld there is nothing to count."""
    assert words(public_next(public()).blocks) == "第二季度应推进的任务2项，共有事项2个。"
    assert words(public_next(public("schedule")).blocks) == "第二季度没有公开的安排。"


def test_what_is_left_out_is_said_by_number() -> None:
    """Tasks, figures, texts; nothing where nothing is."""
    said = words(about_public(public(3, "actuals")).blocks)
    assert "另有1项任务按规定不予公开，不在统计之内。" in said
    assert "公开的任务中，指标数据2个、进展文字1段没有列出，为" in said
    assert "不予公开，不在" not in words(about_public(public()).blocks)
