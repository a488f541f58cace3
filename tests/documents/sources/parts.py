"""A page of a few figures with their sources."""

from reporting.documents.blocks import (
    Annex,
    Block,
    Card,
    Column,
    Fields,
    Heading,
    Link,
    Paragraph,
    Row,
    Table,
)
from reporting.documents.sources.values import (
    Source,
    SourceCell,
    SourceFile,
    SourceRow,
    Sources,
    Step,
)
from reporting.grades import Grade

FILE = "data/2023/status/Q3/市水务局.xlsx"
DIGEST = "ab" * 32


def sources() -> Sources:
    """Tell of two tasks, and of a third that nothing leads to."""
    figure = SourceRow(
        where="市水务局第三季度报表“指标”表", brief="第三季度“指标”", file=FILE,
        cells=(SourceCell(label="新建管网（公里）", place="M5", text="11"),),
    )  # fmt: skip
    progress = SourceRow(
        where="市水务局第三季度报表“进展”表", brief="第三季度“进展”", file=FILE,
        cells=(
            SourceCell(label="单位自评", place="H5", text="已完成"),
            SourceCell(label="本季度进展", place="I5", text="已建成11公里<b>，另有3处在建。"),
        ),
    )  # fmt: skip
    table = SourceRow(where="任务分解表第9行", cells=(SourceCell(label="任务号", text="18"),))
    reckoned = Step(words="完成率：11÷50＝22.0%")
    return Sources(
        files=(
            SourceFile(name=FILE, sha256=DIGEST, arrived="第1次报送"),
            SourceFile(name="data/2023/status/Q3/别处.xlsx", sha256="cd" * 32),
        ),
        sources=(
            Source(
                name="task-018", code="18", title="任务18：建管网", also=("lag-018",),
                steps=(reckoned,), rows=(table, figure, progress),
            ),
            Source(name="task-019", code="19", title="任务19：清淤"),
            Source(name="task-020", code="20", title="任务20：没有人问起"),
        ),
    )  # fmt: skip


def blocks() -> tuple[Block, ...]:
    """Give a paragraph that counts, a table about a task, a card of it, and the sources."""
    counted = Step(words="滞后的任务：2项", of=("task-018", "task-019"))
    return (
        Heading(level=1, text="一、情况"),
        Paragraph(inlines="滞后的任务2项，其中1件没有记录。", origin=(counted,)),
        Table(
            columns=(
                Column(key="number", label="任务号"), Column(key="goal", label="任务"),
                Column(key="actual", label="实际", numeric=True),
                Column(key="rate", label="完成率", numeric=True),
            ),
            rows=(
                Row(
                    cells=("18", Link(text="建管网", anchor="lag-018"), "11", "22.0%"),
                    origin=(Step(words="完成率：11÷50＝22.0%", column="rate"),),
                ),
            ),
            caption="指标", anchor="figures",
        ),
        Card(
            heading=Heading(level=2, text="（一）任务18：建管网", anchor="task-018"),
            marks=(Grade.BEHIND,), blocks=(Fields(rows=(("本季度进展", "已建成11公里"),)),),
        ),
        Card(
            heading=Heading(level=2, text="（二）任务19：清淤", anchor="lag-018"), blocks=(),
        ),
        Annex(label="附件1", title="数据来源"),
        sources(),
    )  # fmt: skip
