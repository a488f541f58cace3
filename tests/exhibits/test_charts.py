"""Charts: the same bytes for the same values, text as text, the message in words."""

import re
from decimal import Decimal

import pytest
from assess.rating_samples import roll
from measuring import growth

from reporting.documents.blocks import Figure
from reporting.exhibits.charts import (
    HeatCell,
    HeatRow,
    ProgressBar,
    QuarterPoint,
    heat_table,
    plan_actual_chart,
    rating_chart,
    target_progress_chart,
)
from reporting.grades import USUAL, Kind

POINTS = (
    QuarterPoint(quarter=1, plan=Decimal(50), actual=Decimal("52.30")),
    QuarterPoint(quarter=2, plan=Decimal(120)),
)


def words(figure: Figure) -> list[str]:
    """Give the texts of a chart."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", figure.data)


def test_plan_actual_says_its_figures() -> None:
    """Plan, actual and the year's target are labels and part of the message."""
    figure = plan_actual_chart(POINTS, measure="投资", unit="亿元", annual=Decimal(300))
    assert {"50", "52.3", "120", "全年目标", "300", "一季度"} <= set(words(figure))
    assert figure.alt == (
        "柱形图，投资：一季度计划50亿元、实际52.3亿元；二季度计划120亿元、无实际数；全年目标300亿元。"
    )


def test_quarter_without_figures_is_left_out() -> None:
    """An empty quarter has no place on the axis, the report's own has one and says why."""
    points = (*POINTS[:1], QuarterPoint(quarter=2), QuarterPoint(quarter=4, plan=Decimal(200)))
    figure = plan_actual_chart(points, measure="投资", unit="亿元", current=3)
    assert [word for word in words(figure) if word.endswith("季度")] == [
        "一季度", "三季度", "四季度",
    ]  # fmt: skip
    assert "无数据" in words(figure)
    assert figure.alt == (
        "柱形图，投资：一季度计划50亿元、实际52.3亿元；三季度无计划数、无实际数；"
        "四季度计划200亿元、尚未到期。"
    )


def test_missing_actual_is_said_beside_its_plan() -> None:
    """Up to the report's quarter a plan without an actual says so, later ones do not."""
    later = QuarterPoint(quarter=3, plan=Decimal(200))
    figure = plan_actual_chart((*POINTS, later), measure="投资", unit="亿元", current=2)
    assert words(figure).count("无实际数") == 1
    assert "二季度计划120亿元、无实际数；三季度计划200亿元、尚未到期" in figure.alt


def test_rating_chart_counts_and_changes() -> None:
    """Counts, shares and the change since last quarter stand beside the bars."""
    figure = rating_chart(roll(DONE=3, BEHIND=1), previous=roll(DONE=1))
    assert "3项，占75.0%，较上季度增加2项" in words(figure)
    assert "△ 未达序时进度" in words(figure)
    assert figure.alt.startswith("条形图，4项任务的评价：已完成3项")


@pytest.mark.parametrize("counts", [{}, {"DONE": 0}, {"UNDECIDED": 1}])
def test_rating_chart_of_nothing(counts: dict[str, int]) -> None:
    """No task, or one only, still gives a chart."""
    assert rating_chart(roll(**counts)).data.startswith("<svg")


def test_heat_table_shows_every_row() -> None:
    """Long tables stand in two blocks, without losing a row."""
    rows = [
        HeatRow(label=f"单位{n}", cells=(HeatCell(text="1/5", share=0.2), None)) for n in range(31)
    ]
    figure = heat_table(rows, message="两个季度")
    assert [word for word in words(figure) if word.endswith("季度")] == ["一季度", "二季度"] * 2
    assert {f"单位{n}" for n in range(31)} <= set(words(figure))
    assert words(figure).count("1/5") == 31


@pytest.mark.long
def test_heat_table_of_a_province_needs_little_memory() -> None:
    """Hundreds of rows are drawn without a bitmap for each."""
    before = """
from reporting.exhibits.charts import HeatCell, HeatRow, heat_table
def draw(count):
    cells = (HeatCell(text="1/5", share=0.2),)
    rows = [HeatRow(label=f"单位{n}", cells=cells) for n in range(count)]
    return heat_table(rows, columns=("一季度",), message="一个季度")
draw(2)
"""
    assert growth(before, "assert draw(550).data.count('>1/5<') == 550") < 200_000_000


def test_progress_without_actual() -> None:
    """A target without figures keeps its row and says so."""
    bars = [
        ProgressBar(
            label="投资", actual_pct=57.1, plan_pct=66.7, text="171.25亿元", plan_text="计划66.7%"
        ),
        ProgressBar(label="上市企业", actual_pct=None, plan_pct=None, text="未报送"),
    ]
    figure = target_progress_chart(bars)
    assert {"投资", "上市企业", "171.25亿元", "计划66.7%", "未报送"} <= set(words(figure))
    assert figure.alt == (
        "条形图，累计指标完成全年目标的比例：投资，计划66.7%、实际171.25亿元；"
        "上市企业，无计划数、未报送。"
    )


def test_chart_is_the_same_twice() -> None:
    """No date, no random id."""
    first, second = (plan_actual_chart(POINTS, measure="投资", unit="亿元") for _ in range(2))
    assert first == second
    assert "<metadata" not in first.data
    assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]*"', "", first.data)


def test_fingerprint_is_of_all_that_is_drawn() -> None:
    """Equal values, equal fingerprint; any other value, measure, unit or caption, another."""
    charts = [
        plan_actual_chart(POINTS, measure="投资", unit="亿元"),
        plan_actual_chart(POINTS[:1], measure="投资", unit="亿元"),
        plan_actual_chart(POINTS, measure="投产", unit="亿元"),
        plan_actual_chart(POINTS, measure="投资", unit="万元"),
        plan_actual_chart(POINTS, measure="投资", unit="亿元", annual=Decimal(300)),
        plan_actual_chart(POINTS, measure="投资", unit="亿元", annual=Decimal("300.5")),
        plan_actual_chart(POINTS, measure="投资", unit="亿元", caption="投资"),
        rating_chart(roll(DONE=3)),
        rating_chart(roll(DONE=3), previous=roll(DONE=3)),
        rating_chart(roll(BEHIND=3)),
    ]
    assert len({chart.fingerprint for chart in charts}) == len(charts)
    again = plan_actual_chart(list(POINTS), measure="投资", unit="亿元")
    assert again.fingerprint == charts[0].fingerprint


def test_labels_are_data() -> None:
    """Formulas, markup and characters without a glyph are shown as they are or by code point."""
    bar = ProgressBar(label="$x$<b>&\U0001f600", actual_pct=1, plan_pct=None, text="a_b$c$")
    figure = target_progress_chart([bar])
    assert "$x$&lt;b&gt;&amp;〔U+1F600〕" in words(figure)
    assert "a_b$c$" in words(figure)


def luminance(colour: str) -> float:
    """Relative luminance of a colour by WCAG."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_grades_can_be_read_without_colour() -> None:
    """Shapes differ, and words have contrast enough on white and on their ground."""
    assert len({grade.style.shape for grade in USUAL.values()}) == len(Kind)
    for style in (grade.style for grade in USUAL.values()):
        for ground in ("#ffffff", style.tint):
            ratio = (luminance(ground) + 0.05) / (luminance(style.colour) + 0.05)
            assert ratio >= 4.5, style
