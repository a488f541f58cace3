"""What the instructions of a return workbook say, and the lines above its tables."""

import re
from collections.abc import Iterable, Iterator
from itertools import product

from reporting.grades import LAGGING, SLOW, Kind, Scale
from reporting.language.chinese_numbers import in_words
from reporting.periods import full_date
from reporting.plan.figures.gaps import GAP_WORDS, gap_clauses
from reporting.project.asked.columns import ExtraColumn
from reporting.project.params import Contact, Params
from reporting.returns.layout import FIGURES, OVERDUE, PROGRESS, PROMISES, SAMPLE_NOTE, Asked
from reporting.workbooks.cells import squeeze

HINTS = {
    PROGRESS: "白色格由单位填写，灰色格为任务分解表原文，请勿改动。带 * 的必填；"
    "填报人、审定人、填报日期与上一行相同的可以不填。",
    PROMISES: "以前季度所报的下一步措施，请逐项填写办理结果：完成的填完成日期；申请延期的"
    "填延期至何日，经批准后生效；未完成、申请延期或者不再实施的请说明情况。",
    FIGURES: "请在白色格中只填数字，计量单位见“单位”一列；计划时点为本季度末的必填，其余有数即填。",
}
_NAMES = {PROGRESS: "任务进展", FIGURES: "量化指标", PROMISES: "承诺措施办理情况"}
FIRST_LINE = 4
_DUE, _SCOPE, _DAY, _JUDGED = "报送时间", "填报范围", "日期", "指标核定"
_RUNNING = f"本季度到期或正在推进的事项共{{}}行，见“{PROGRESS}”表；"
_LATE = f"以前季度到期尚未办结的事项{{}}行，注明“{OVERDUE}”，请填写办理情况；"
_NO_FIGURES = f"本季度没有需要填报的量化指标，“{FIGURES}”表为空。"
_FIGURES = f"量化指标{{}}项，见“{FIGURES}”表。"
_PROMISED = f"以前季度承诺的措施{{}}项，见“{PROMISES}”表。"
"""What is to be filled in, by kind. Workbooks that hold no digests of their texts are known by
these words: whoever changes one keeps what it was."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_RATED, _LAGS, _SET_ASIDE = (
    "从下拉列表中选一项，共{count}项：{first}、{second}……{last}。",
    "{words}的，须写明问题、原因、下一步措施和时限。",
    "须写明原因及批准依据，不要再填写100%等完成情况。",
)
_STATIC = (
    ("本季度进展", "先用一句话说明状态，再写所做工作和结果；不要照抄上季度。"),
    ("指标数值", "只填数字，按表中所列计量单位填写；“累计”口径从1月1日起算，不得低于上季度。"),
    ("签审", "填报人、审定人、填报日期每个单位至少填写一行，以下各行与上一行相同的可以不填。"),
    ("请勿改动", "灰色格为任务分解表原文，已经锁定；请不要增删行列、合并单元格或改动表名。"),
    ("自查", "“自查”表随填随变，逐行列出待填、待核之处，点“转到”一栏即到该格；各表上方有总数。"),
    ("签审页", "“签审页”自动带出任务、计划和所填内容，供打印、签字、盖章，不用填写。"),
    ("键盘操作", "Tab 键移到下一个可填的格，Alt+↓ 打开下拉列表，Alt+Enter 在格内换行。"),
)  # fmt: skip


EXAMPLE = "填写示例"
_EXAMPLE_NOTE = "以下为虚构的填写样子，只供参照，不是填报内容。"
_EXAMPLES = (
    ("示例　单位自评", "{grade}"),
    ("示例　进展", "{grade}。截至9月底新增停车位430个，比计划少70个；另有2处已完成场地平整，"
     "正在划线。"),
    ("示例　存在问题", "2处地块的管线迁改未完成，影响70个车位。"),
    ("示例　原因", "管线产权单位的迁改方案8月才批复，比原定晚一个月。"),
    ("示例　措施", "10月底前完成迁改，11月底前全部划线并开放。"),
    ("示例　完成时限", "{year}-11-30"),
    ("示例　实际值", "430（计划值500，单位“个”：只填数字，不写“430个”、“约430”）"),
)  # fmt: skip
"""A row that lags, as it should be filled in: text a unit can model its own on."""


def sheet_title(questions: Asked, name: str) -> str:
    """Return the title of a sheet of questions."""
    return f"{questions.unit}　{questions.period.label}{_NAMES[name]}"


def hint(questions: Asked, name: str) -> str:
    """Return the line above the table of a sheet of questions."""
    return _NO_FIGURES if name == FIGURES and not questions.figures else HINTS[name]


def guide_lines(questions: Asked, params: Params) -> tuple[tuple[str, str], ...]:
    """Return the instructions as topic and text, the header first."""
    due, scale = params.calendar[questions.quarter].due, params.rating.scale
    when = f"请于{full_date(due)}前报送，逾期的将在通报中注明。"
    day = f"按“{due.isoformat()}”的格式填写。"
    return (
        ("事项", "说明"),
        (_DUE, when),
        (_SCOPE, _scope(questions)),
        *_graded(scale, _STATIC[:2]),
        (_DAY, day),
        *_STATIC[2:],
        *map(_of_extra, questions.extras),
        (_JUDGED, f"{GAP_WORDS}。{''.join(words for _, words in gap_clauses(scale))}"),
        *_contact_lines(params.contact),
        (EXAMPLE, _EXAMPLE_NOTE),
        *(
            (topic, text.format(year=questions.year, grade=scale.of(SLOW)[0]))
            for topic, text in _EXAMPLES
        ),
    )


_EXTRA = {
    "number": "只填数字{unit}",
    "text": "填文字",
    "date": "填日期",
    "choice": "从下拉列表中选一项：{choices}",
}


def _of_extra(column: ExtraColumn) -> tuple[str, str]:
    """Say what is to be filled in in a column of the office's own."""
    unit = f"，单位：{column.unit}" if column.unit else ""
    words = _EXTRA[column.kind].format(unit=unit, choices="、".join(column.choices))
    must = "必填，" if column.required else ""
    return column.label, f"{must}{words}。{column.help}"


def _graded(scale: Scale, others: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Say what to choose from, and what is owed of which grade; ``others`` stand between."""
    first, second, *_, last = scale.claimed
    count = in_words(len(scale.claimed))
    yield "单位自评", _RATED.format(count=count, first=first, second=second, last=last)
    yield from others
    yield "滞后事项", _LAGS.format(words="、".join(map(str, scale.of(LAGGING))))
    yield str(scale[Kind.PAUSED]), _SET_ASIDE


def _contact_lines(contact: Contact) -> Iterator[tuple[str, str]]:
    """Say whom to ask and where to send to, as far as the parameters know."""
    ways = (("", contact.name), ("电话：", contact.phone), ("邮箱：", contact.mail))
    if known := "，".join(lead + value for lead, value in ways if value):
        yield "联系人", known
    if contact.send_to:
        yield "报送至", contact.send_to


def _scope(questions: Asked) -> str:
    """Say how much is to be filled in, and where."""
    late = sum(row.overdue for row in questions.rows)
    parts = (
        _RUNNING.format(len(questions.rows) - late),
        _LATE.format(late) if late else "",
        _FIGURES.format(len(questions.figures)) if questions.figures else _NO_FIGURES,
        _PROMISED.format(len(questions.promises)) if questions.promises else "",
    )
    return "".join(parts)


def unnumbered(text: str) -> str:
    """Return a text with each number, of a date too, as 0."""
    return _NUMBER.sub("0", squeeze(text))


def guide_forms(questions: Asked, params: Params) -> frozenset[str]:
    """Return the instructions that hold days, counts or limits, as `unnumbered` gives them.

    Those of a day that was moved since, or of a table that had more rows or none of a kind, have
    the same words.
    """
    lines = dict(guide_lines(questions, params))
    kinds = ((_RUNNING,), (_LATE, ""), (_FIGURES, _NO_FIGURES), (_PROMISED, ""))
    scopes = ("".join(parts).format(*"0000") for parts in product(*kinds))
    return frozenset(map(unnumbered, (lines[_DUE], lines[_DAY], lines[_JUDGED], *scopes)))


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
