"""The tables as far as no quarter matters: names, titles and columns."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from reporting.assess.rating.rule import NOTHING_DUE
from reporting.values import Value

Datum = str | int | Decimal | date | None
"""What a table cell may hold."""


class Field(Value):
    """A column: its name in the CSV file, its words in the workbook, its width in characters.

    ``kind`` is its type where its name does not tell it.
    """

    name: str
    label: str
    wide: float = 12
    kind: str = ""

    @property
    def type(self) -> str:
        """Its type in the words of Frictionless; text where none is told."""
        return self.kind or TYPES.get(self.name, "string")


class DataTable(Value):
    """One table; rows have a value for each field."""

    name: str
    title: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Datum, ...], ...]


def _columns(*columns: tuple[str, str, float]) -> tuple[Field, ...]:
    return tuple(Field(name=name, label=label, wide=wide) for name, label, wide in columns)


RATED = (
    ("self_rating", "单位自评", 14),
    ("grade", "核定结果", 14),
    ("previous", "上季度核定", 14),
    ("gap", "差距（百分点）", 12),
    ("rule", "条款", 7),
    ("reason", "核定理由", 50),
    ("evidence", "核定依据", 50),
    ("evidence_cell", "依据位置", 14),
)
REPORTED = (
    ("progress", "本季度进展", 60),
    ("problem", "存在问题", 30),
    ("cause", "原因", 30),
    ("next_step", "下一步措施", 30),
    ("due_date", "完成时限", 14),
    ("coordination", "需协调事项", 30),
)
TYPES = {
    "report_year": "integer",
    "report_quarter": "integer",
    "number": "integer",
    "source_number": "integer",
    "quarter": "integer",
    "tasks": "integer",
    "line": "integer",
    "gap": "number",
    "plan": "number",
    "plan_high": "number",
    "actual": "number",
    "due_date": "date",
    "reported_on": "date",
    "edition": "integer",
    "source_quarter": "integer",
    "submission": "integer",
    "issued_on": "date",
    "source_on": "date",
    "received_on": "date",
    "figure": "number",
    "day": "date",
}
"""Frictionless types of the columns that are no text."""

PERIOD = _columns(("report_year", "报告年度", 9), ("report_quarter", "报告季度", 9))
_TASKS = _columns(
    ("task_id", "任务编号", 11), ("label", "任务号", 8), ("number", "行序", 7),
    ("source_number", "原表编号", 9),
    ("action", "专项行动", 22), ("heading", "总体要求", 40), ("goal", "年度目标及工作内容", 50),
    ("leaders", "责任领导", 12), ("lead_units", "牵头单位", 22), *RATED,
    ("nothing_due", NOTHING_DUE, 12),
)  # fmt: skip
_MILESTONES = _columns(
    ("milestone_id", "事项编号", 14), ("task_id", "任务编号", 11), ("unit", "填报单位", 20),
    ("workstream", "工作子项", 18), ("quarters", "时段（季度）", 11),
    ("text", "计划原文", 50), *RATED, *REPORTED,
)  # fmt: skip
_TARGETS = _columns(
    ("target_id", "指标编号", 14), ("task_id", "任务编号", 11), ("unit", "填报单位", 20),
    ("measure", "指标名称", 30), ("quarter", "应完成季度", 11), ("comparator", "比较方式", 9),
    ("plan", "计划值", 12), ("plan_high", "计划值上限", 12), ("actual", "实际值", 12),
    ("measure_unit", "计量单位", 10), ("basis", "口径", 11), ("actual_file", "实际值所在文件", 30),
    ("actual_cell", "实际值位置", 14), *RATED,
)  # fmt: skip
_UNITS = _columns(
    ("unit", "牵头单位", 22), ("state", "报送情况", 16), ("reported_on", "填报日期", 14),
    ("tasks", "任务数", 9), ("file", "报表文件", 30),
)  # fmt: skip
_FINDINGS = _columns(
    ("code", "代码", 22), ("severity", "类别", 9), ("unit", "单位", 20),
    ("task_id", "任务编号", 11),
    ("file", "文件", 30), ("sheet", "工作表", 10), ("cell", "单元格", 9), ("line", "行", 7),
    ("message", "情况", 60), ("expected", "应为", 24), ("found", "实为", 24),
)  # fmt: skip
EXTRA = "extra"
_EXTRA = _columns(
    ("quarter", "报表季度", 9), ("unit", "填报单位", 20), ("task_id", "任务编号", 11),
    ("milestone_id", "事项编号", 14), ("column", "列名", 16), ("measure_unit", "计量单位", 10),
    ("value", "所填内容", 30), ("figure", "数值", 12), ("day", "所填日期", 14),
    ("file", "报表文件", 30), ("sheet", "工作表", 10), ("cell", "单元格", 9),
)  # fmt: skip
TABLES: Mapping[str, tuple[str, tuple[Field, ...]]] = {
    "tasks": ("任务", _TASKS),
    "milestones": ("事项", _MILESTONES),
    "targets": ("指标", _TARGETS),
    "units": ("单位", _UNITS),
    "findings": ("数据说明", _FINDINGS),
}
"""Title and columns of each table that a pack has as a file."""

_PROGRESS = _columns(
    ("quarter", "报表季度", 9), ("unit", "填报单位", 20), ("task_id", "任务编号", 11),
    ("milestone_id", "事项编号", 14), ("self_rating", "单位自评", 14), *REPORTED,
    ("proof", "佐证材料", 20), ("reporter", "填报人", 10), ("approver", "审定人", 10),
    ("reported_on", "填报日期", 14), ("file", "报表文件", 30), ("sheet", "工作表", 10),
    ("progress_cell", "进展所在单元格", 9),
)  # fmt: skip
_RATINGS = _columns(
    ("level", "层级", 9), ("subject_id", "对象编号", 14), ("task_id", "任务编号", 11),
    ("unit", "填报单位", 20), ("quarter", "核定季度", 9), ("plan", "计划值", 12),
    ("actual", "实际值", 12), *RATED, ("nothing_due", NOTHING_DUE, 12),
)  # fmt: skip
_CHANGES = _columns(
    ("edition", "版次", 7), ("issued_on", "该版日期", 14), ("kind", "性质", 9),
    ("task_id", "任务编号", 11), ("label", "任务号", 8), ("unit", "单位", 20),
    ("quarter", "所涉季度", 9), ("field", "更正内容", 20), ("old", "原为", 30), ("new", "改为", 30),
    ("old_where", "原文位置", 24), ("new_where", "现文位置", 24), ("reason", "依据或者原因", 30),
    ("source_on", "来源日期", 14),
)  # fmt: skip
_SOURCES = _columns(
    ("level", "层级", 9), ("subject_id", "对象编号", 14), ("task_id", "任务编号", 11),
    ("unit", "填报单位", 20), ("quarter", "核定季度", 9), ("quote", "依据原文", 50),
    ("source_quarter", "依据所在季度", 9), ("file", "文件", 30), ("sheet", "工作表", 10),
    ("cell", "单元格", 9), ("sha256", "校验码", 30), ("submission", "第几次报送", 9),
    ("received_on", "收到日期", 14),
)  # fmt: skip
FURTHER: Mapping[str, tuple[str, tuple[Field, ...]]] = {
    "progress": ("报表各行", _PROGRESS),
    EXTRA: ("另加的列", _EXTRA),
    "ratings": ("核定结果", _RATINGS),
    "changes": ("更正", _CHANGES),
    "sources": ("依据", _SOURCES),
}
"""Title and columns of each table that only notebooks have.

A pack has `EXTRA` as well where its return sheets have columns of the office's own.
"""
