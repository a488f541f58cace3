"""The words of a plan's fields, as officials read and choose them."""

from reporting.language.comparators import Comparator, Direction
from reporting.plan.values import Basis, MilestoneKind, Target, Task

_ENDS = "。；;\n"

COMPARATOR_WORDS = {
    Comparator.AT_LEAST: "不少于",
    Comparator.MORE_THAN: "超过",
    Comparator.EQUAL: "达到",
    Comparator.AT_MOST: "不超过",
    Comparator.RANGE: "区间",
}
BASIS_WORDS = {Basis.CUMULATIVE: "累计", Basis.IN_QUARTER: "当季", Basis.LEVEL: "时点"}
KIND_WORDS = {MilestoneKind.QUARTER: "分季度", MilestoneKind.YEAR: "全年"}
DIRECTION_WORDS = {Direction.HIGHER: "越高越好", Direction.LOWER: "越低越好"}

TASK_FIELDS = {
    "source_number": "印出编号",
    "heading": "总体要求",
    "action": "行动",
    "focus": "着力点",
    "theme": "领域",
    "goal": "年度目标及工作内容",
    "schedule": "季度进度安排",
    "leaders": "责任领导",
    "lead_units": "牵头单位",
    "coordinating_unit": "协调督促单位",
    "host_unit": "设立单位",
    "supporting_units": "协助单位",
}
MILESTONE_FIELDS = {"quarters": "时段", "kind": "类别", "workstream": "子项"}
TARGET_FIELDS = {
    "measure": "指标名称",
    "quarter": "计划时点",
    "basis": "口径",
    "comparator": "比较",
    "value": "计划值",
    "value_high": "上限值",
    "unit": "计量单位",
    "direction": "方向",
}


def words_of(task: Task, target: Target) -> str:
    """Return the words of the table that a target's figure stands in."""
    return _text(task, target)[target.start : target.end]


def clause_of(task: Task, target: Target) -> str:
    """Return the clause of the table that holds a target's figure."""
    text = _text(task, target)
    left = max((text.rfind(mark, 0, target.start) for mark in _ENDS), default=-1) + 1
    stops = [at for mark in _ENDS if (at := text.find(mark, target.end)) >= 0]
    return text[left : min(stops, default=len(text))].strip()


def _text(task: Task, target: Target) -> str:
    return task.goal if target.source == "goal" else task.schedule
