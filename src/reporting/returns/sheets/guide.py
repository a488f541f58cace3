"""What the instructions of a return workbook say, and the lines above its tables."""

from reporting.periods import full_date
from reporting.project.params import Params
from reporting.returns.layout import FIGURES, OVERDUE, PROGRESS, PROMISES, SAMPLE_NOTE, Asked

HINTS = {
    PROGRESS: "白色格由单位填写，灰色格为任务分解表原文，请勿改动。带 * 的必填；"
    "填报人、审定人、填报日期与上一行相同的可以不填。",
    PROMISES: "以前季度所报的下一步措施，请逐项填写办理结果：完成的填完成日期；申请延期的"
    "填延期至何日，经批准后生效；未完成、申请延期或者不再实施的请说明情况。",
    FIGURES: "请在白色格中只填数字，计量单位见“单位”一列；计划时点为本季度末的必填，其余有数即填。",
}
_NAMES = {PROGRESS: "任务进展", FIGURES: "量化指标", PROMISES: "承诺措施办理情况"}
FIRST_LINE = 4
_STATIC = (
    ("单位自评", "从下拉列表中选一项，共六项：已完成、达到序时进度……暂缓或调整。"),
    ("本季度进展", "先用一句话说明状态，再写所做工作和结果；不要照抄上季度。"),
    ("指标数值", "只填数字，按表中所列计量单位填写；“累计”口径从1月1日起算，不得低于上季度。"),
    ("滞后事项", "未达序时进度、严重滞后、未启动的，须写明问题、原因、下一步措施和时限。"),
    ("暂缓或调整", "须写明原因及批准依据，不要再填写100%等完成情况。"),
    ("签审", "填报人、审定人、填报日期每个单位至少填写一行，以下各行与上一行相同的可以不填。"),
    ("请勿改动", "灰色格为任务分解表原文，已经锁定；请不要增删行列、合并单元格或改动表名。"),
    ("键盘操作", "Tab 键移到下一个可填的格，Alt+↓ 打开下拉列表，Alt+Enter 在格内换行。"),
)  # fmt: skip


def sheet_title(questions: Asked, name: str) -> str:
    """Return the title of a sheet of questions."""
    return f"{questions.unit}　{questions.period.label}{_NAMES[name]}"


def guide_lines(questions: Asked, params: Params) -> tuple[tuple[str, str], ...]:
    """Return the instructions as topic and text, the header first."""
    due = params.calendar[questions.quarter].due
    when = f"请于{full_date(due)}前报送，逾期的将在通报中注明。"
    late = sum(row.overdue for row in questions.rows)
    scope = f"本季度到期或正在推进的事项共{len(questions.rows) - late}行，见“{PROGRESS}”表；"
    if late:
        scope += f"以前季度到期尚未办结的事项{late}行，注明“{OVERDUE}”，请填写办理情况；"
    day = f"按“{due.isoformat()}”的格式填写。"
    return (
        ("事项", "说明"),
        ("报送时间", when),
        ("填报范围", scope + _figures_line(questions)),
        *_STATIC[:5],
        ("日期", day),
        *_STATIC[5:],
    )


def _figures_line(questions: Asked) -> str:
    count = len(questions.promises)
    promised = f"以前季度承诺的措施{count}项，见“{PROMISES}”表。" if count else ""
    if not questions.targets:
        return f"本季度没有需要填报的量化指标，“{FIGURES}”表为空。{promised}"
    return f"量化指标{len(questions.targets)}项，见“{FIGURES}”表。{promised}"


def guide_cells(questions: Asked, params: Params) -> dict[tuple[int, int], str]:
    """Return every text of the instructions sheet by row and column."""
    cells = {
        (1, 1): f"{questions.period.label}重点任务进展报送表",
        (2, 1): f"报送单位：{questions.unit}",
        (3, 1): SAMPLE_NOTE,
    }
    for row, (topic, text) in enumerate(guide_lines(questions, params), FIRST_LINE):
        cells |= {(row, 1): topic, (row, 2): text}
    return cells
