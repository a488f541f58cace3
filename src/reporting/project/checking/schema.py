"""The JSON schema of the parameters, for editors that complete and mark as one types."""

import json
from typing import Any

from reporting.grades import BANDS, Kind
from reporting.project.checking.rules import FONT_ROLES
from reporting.project.params import Params
from reporting.project.reports import COLUMNS, PAGES, PARTIES

_DRAFT = "http://json-schema.org/draft-07/schema#"
_TITLE = "年度参数"
_UNSEEN = {"PlanChange": ("line",)}
"""Fields of the values that no file has."""
_QUARTER = {"type": "integer", "minimum": 1, "maximum": 4}
_OTHERWISE: dict[tuple[str, str], dict[str, Any]] = {
    ("Params", "calendar"): {
        "propertyNames": {"enum": ["1", "2", "3", "4"]},
        "required": ["1", "2", "3", "4"],
    },
    ("Params", "fonts"): {"propertyNames": {"enum": list(FONT_ROLES)}},
    ("RatingRule", "grades"): {"propertyNames": {"enum": [kind.value for kind in Kind]}},
    ("BandParams", "counts_as"): {"enum": [kind.value for kind in BANDS]},
    ("Declaration", "each"): {
        "anyOf": [
            {"enum": [*PARTIES, *COLUMNS, *PARTIES.values(), *COLUMNS.values()]},
            {"enum": ["lead_units", "leaders", "supporting_units"]},
            {"type": "array", "items": {"type": "string"}, "minItems": 1},
        ],
    },
    ("Limits", "minutes"): {"minimum": 1, "maximum": 1440},
    ("Limits", "memory_gb"): {"minimum": 1, "maximum": 1024},
    ("Declaration", "formats"): {"items": {"enum": list(PAGES)}},
    ("Declaration", "quarters"): {"anyOf": [_QUARTER, {"type": "array", "items": _QUARTER}]},
    ("PlanChange", "from"): {"anyOf": [_QUARTER, {"type": "string", "format": "date"}]},
}
"""What a field takes where its own type says more or less than its reader does."""


def schema_text() -> str:
    """Write the schema, as ``params/schema.json`` has it."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def schema() -> dict[str, Any]:
    """Make the schema from the model, with what each field is for in Chinese."""
    made = Params.model_json_schema(by_alias=True)
    parts = made.pop("$defs")
    whole = {"$schema": _DRAFT, "title": _TITLE, **_told("Params", made)}
    return whole | {"$defs": {name: _told(name, part) for name, part in parts.items()}}


def _told(model: str, part: dict[str, Any]) -> dict[str, Any]:
    """Describe a model and its fields in Chinese; the English docstrings are for developers."""
    told = {name: value for name, value in part.items() if name not in ("title", "description")}
    if "properties" in told:
        told["properties"] = {
            name: _field(model, name, field)
            for name, field in told["properties"].items()
            if name not in _UNSEEN.get(model, ())
        }
    return told


def _field(model: str, name: str, field: dict[str, Any]) -> dict[str, Any]:
    other = _OTHERWISE.get((model, name), {})
    dropped = {"title", "type", "items"} if "anyOf" in other else {"title"}
    kept = {key: value for key, value in field.items() if key not in dropped}
    return {"description": described(model, name), **kept, **other}


def described(model: str, name: str) -> str:
    """Say in Chinese what a field is for.

    Raises
    ------
    KeyError
        Nobody has written it down.
    """
    return _DESCRIBED[model][name]


_DESCRIBED = {
    "Params": {
        "year": "年份，与文件名一致",
        "table": "任务分解表，从项目文件夹算起的路径",
        "status": "报送表文件夹，下分 Q1 至 Q4",
        "calendar": "各季度的报送、印发日期，四个季度都要写",
        "masthead": "文头",
        "contact": "联系人和报送地址，印在发出的报表中",
        "task_numbers": "任务号用什么：printed 原表印出的编号，order 行序",
        "holidays": "星期六、星期日以外的休息日",
        "workdays": "调休上班的星期六、星期日",
        "rating": "核定规则的界线",
        "people": "任务表写明以前已知的领导姓名，用于分开连写的姓名",
        "aliases": "单位的其他名称: 规范名称",
        "headers": "列: 这一列表头的其他写法",
        "words": "词语: 它的类别等，补充词表",
        "corrections": "更正任务表的读法",
        "checklist": "办公室填好的核对表；不写的为 data/年份/核对表.xlsx",
        "changes": "年度中间对任务的调整，make change 会代写",
        "reports": "自己另加的报告",
        "formats": "各份材料的格式",
        "renderer": "排版引擎",
        "remind_before": "截止前几天提醒",
        "recipients": "牵头单位: 邮箱",
        "fonts": "各部分的字体，排在前面、已安装的先用",
        "public": "公开版另外不公开的内容",
        "inputs": "笔记本的文件名: 它要读的其他文件",
        "limits": "一份笔记本运行时的限制",
        "returns": "报送表另外要填的内容",
        "labels": "表头、栏目、评价、图例用什么文字：zh 中文，en 英文",
    },
    "ReturnsParams": {
        "columns": "“进展”表另加的列，排在填报日期之后",
    },
    "ExtraColumn": {
        "name": "列名，不与报送表自有的列相同",
        "kind": "填什么：number 数字，text 文字，date 日期，choice 从 choices 中选一项",
        "unit": "数字的计量单位，写在表头",
        "required": "是否必填",
        "help": "填写要求，写在填报说明和单元格的提示里",
        "choices": "kind: choice 时可选的各项",
        "en": "labels: en 时印出的英文列名",
    },
    "QuarterDates": {
        "due": "报送截止日期",
        "publish": "印发日期，不早于报送截止日期",
        "editions": "第几版: 该版日期（从第2版起）",
        "supervise": "此后未报的列为督办",
        "as_of": "提醒按哪一天写",
    },
    "Limits": {
        "minutes": "最多运行几分钟，默认10",
        "memory_gb": "最多用几GB内存，默认2",
    },
    "RatingRule": {
        "tolerance": "差距不超过几个百分点的，核定为达到序时进度",
        "far_behind": "差距大于几个百分点的，核定为严重滞后；不小于 tolerance",
        "bands": "自定的各档，由小到大；写了就不再写 tolerance、far_behind",
        "grades": "核定结果的常用名称: 另外的名称、图形和颜色",
    },
    "BandParams": {
        "name": "这一档的名称",
        "up_to": "差距上限（百分点）；最后一档不写",
        "counts_as": "统计时算作哪一种核定结果",
        "shape": "图形",
        "colour": "颜色，六位十六进制数加引号",
        "tint": "底色，六位十六进制数加引号",
        "en": "英文名称",
    },
    "GradeLook": {
        "name": "名称",
        "shape": "图形",
        "colour": "颜色，六位十六进制数加引号",
        "tint": "底色，六位十六进制数加引号",
        "en": "英文名称",
    },
    "MastheadParams": {
        "city": "地方或单位的名称",
        "place": "“全”字后面的词：市、县、区、校等",
        "issuing_office": "印发机关",
        "title": "文件名称",
        "issue_number": "期号；{quarter} 处填季度",
    },
    "Contact": {
        "name": "联系人",
        "phone": "电话",
        "mail": "邮箱",
        "send_to": "报送到哪里",
    },
    "PublicParams": {
        "withhold": "不公开的任务号、任务编号、单位全称，或者字段名",
        "words": "公开版中不得出现的词",
    },
    "Quote": {
        "source": "在哪里：goal 年度目标，schedule 季度进度安排",
        "words": "原文的几个字",
        "occurrence": "第几处",
        "of": "共几处",
    },
    "Correction": {
        "task_id": "任务编号，如 2023-012",
        "field": "更正哪一项",
        "value": "更正为",
        "reason": "原因",
        "target": "引用指标处的原文",
        "milestone": "引用节点处的原文",
        "by": "核对人",
        "on": "核对日期",
    },
    "PlanChange": {
        "kind": "调整的类别",
        "from": "自哪个季度（1至4）或哪一天起",
        "decision": "依据：文号、会议纪要等",
        "reason": "原因",
        "task": "任务编号",
        "tasks": "只调整其中几项的，任务编号",
        "unit": "原来的单位",
        "units": "合并的各单位",
        "to": "调整后的单位或者领导",
        "parts": "分设出的单位: 划给它的任务编号",
        "leader": "原来的责任领导",
        "target": "指标名称里的词，或者指标编号",
        "was": "原来的数值；延期的写原来在第几季度完成",
        "value": "调整后的数值",
        "quarter": "延至第几季度",
        "milestone": "只延其中一个节点的，节点编号",
    },
    "Declaration": {
        "notebook": "notebooks 文件夹中的笔记本",
        "each": "给谁各出一份，或者名单",
        "title": "标题，可以写 {name}、{city}、{year}、{quarter}、{period}",
        "formats": "与其他材料不同的格式",
        "quarters": "只在哪几个季度出",
        "folder": "成果的文件夹",
    },
}
"""What each field is for, by model."""
