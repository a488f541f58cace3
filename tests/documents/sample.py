"""A small report with every kind of block, as an executed notebook."""

from datetime import date
from decimal import Decimal
from typing import Any

import nbformat

from reporting.documents.blocks import (
    Annex,
    Block,
    BulletList,
    Card,
    Column,
    Contents,
    Cover,
    Fields,
    Figure,
    Heading,
    Link,
    Muted,
    Notice,
    Paragraph,
    Quote,
    Row,
    Strong,
    Table,
)
from reporting.documents.exhibit import Exhibit
from reporting.exhibits.charts import QuarterPoint, plan_actual_chart
from reporting.grades import Grade

Notebook = dict[str, Any]


def exhibit_cell(*blocks: Block) -> Any:
    """Make a code cell as papermill leaves it after showing an exhibit."""
    data = Exhibit(blocks=blocks)._repr_mimebundle_()
    output = nbformat.v4.new_output("execute_result", data=data, execution_count=1)  # type: ignore[no-untyped-call]
    return nbformat.v4.new_code_cell("secret_input()", outputs=[output])  # type: ignore[no-untyped-call]


def notebook_of(*cells: Any) -> Notebook:
    """Put cells together; a string is a Markdown cell, a tuple of blocks an exhibit."""
    made = [
        nbformat.v4.new_markdown_cell(cell)  # type: ignore[no-untyped-call]
        if isinstance(cell, str)
        else exhibit_cell(*cell)
        if isinstance(cell, tuple)
        else cell
        for cell in cells
    ]
    for number, cell in enumerate(made):
        cell["id"] = f"cell-{number}"
    return dict(nbformat.v4.new_notebook(cells=made))  # type: ignore[no-untyped-call]


def cover(*, full_page: bool = False, is_sample: bool = True) -> Cover:
    """Make the cover of the sample report."""
    return Cover(
        issuing_office="东莞市人民政府办公室",
        title="《政府工作报告》任务进展通报",
        issue_number="2023年第3期",
        subject_name="市商务局",
        period_label="2023年第三季度",
        publish_date=date(2023, 10, 30),
        is_sample=is_sample,
        full_page=full_page,
    )


def rating_table() -> Table:
    """Make a table that sorts and filters, with a total."""
    rows = [
        Row(cells=(Link(text="1", anchor="task-1"), "优化消费环境", Grade.BEHIND, "12.5")),
        Row(cells=("2", "扩大对外贸易", Grade.DONE, "0.0")),
        Row(cells=("3", "办好加博会", Grade.FAR_BEHIND, "—")),
        Row(cells=("4", "培育跨境电商", Grade.ON_SCHEDULE, "3.0")),
        Row(cells=("合计", "4项", "", ""), total=True),
    ]
    columns = (
        Column(key="number", label="序号", align="center", share=1),
        Column(key="goal", label="年度目标", share=6),
        Column(key="grade", label="核定", share=2),
        Column(key="gap", label="差距\n（百分点）", share=2, numeric=True),
    )
    return Table(
        columns=columns, rows=tuple(rows), caption="表1　评价一览", anchor="ratings",
        sortable=True, filterable=True,
    )  # fmt: skip


def chart() -> Figure:
    """Make a chart of plan and actual."""
    points = [
        QuarterPoint(quarter=1, plan=Decimal(50), actual=Decimal("52.3")),
        QuarterPoint(quarter=2, plan=Decimal(120), actual=Decimal(118)),
        QuarterPoint(quarter=3, plan=Decimal(200)),
    ]
    return plan_actual_chart(points, measure="固定资产投资", unit="亿元", annual=Decimal(300))


def task_card() -> Card:
    """Make a card with fields, a chart and a quotation."""
    fields = Fields(
        rows=(
            ("年度目标", "新增上市和过会企业10家以上。"),
            ("核定评价", (Grade.BEHIND, "\n", Muted(text="依据见下"))),
        )
    )
    quote = Quote(text="受报批影响，\n部分项目延期。", source="市商务局.xlsx“进展”表 K7")
    return Card(
        heading=Heading(level=2, text="（一）优化消费环境", anchor="task-1"),
        marks=Grade.BEHIND,
        blocks=(fields, chart(), quote),
    )


def annex_table() -> Table:
    """Make a landscape table of several pages."""
    text = "一季度，组织各镇街开展走访调研；二季度，出台扶持政策；三、四季度，全面推进实施。" * 3
    columns = (
        Column(key="number", label="序号", share=1),
        Column(key="goal", label="年度目标及工作内容", share=5),
        Column(key="schedule", label="季度进度安排", share=8),
        Column(key="unit", label="牵头单位", share=3),
    )
    rows = tuple((str(n), "推动重点产业链建设鳒鰜。", text, "市商务局") for n in range(1, 26))
    return Table(columns=columns, rows=rows, landscape=True)


def sample_notebook() -> Notebook:
    """Make the sample report."""
    prose = (
        "截至2023年9月底，市商务局牵头的",
        Strong(text="4项"),
        "任务中，已完成1项，占25.0%。",
    ) * 3
    return notebook_of(
        (cover(), Contents()),
        "## 一、总体情况",
        (Paragraph(inlines=prose), Notice(tone="warning", inlines="报送材料不及时。")),
        "## 二、任务一览",
        (rating_table(),),
        "## 三、各项任务进展\n\n见[任务1](#task-1)和[没有的任务](#task-99)。",
        (task_card(), BulletList(items=("第一项。", ("第二", Strong(text="重点"))), ordered=True)),
        (Annex(label="附件1", title="全部任务一览表", landscape=True), annex_table()),
    )  # fmt: skip
