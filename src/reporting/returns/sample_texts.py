"""Words of the demonstration returns: what a unit might write of a milestone."""

import re
from collections.abc import Sequence

from reporting.grades import Grade
from reporting.returns.chance import draw, pick
from reporting.values import Value

_MONTH_ENDS = {1: "3月底", 2: "6月底", 3: "9月底", 4: "12月底"}
_LEADING = re.compile(
    r"^(?:\d+[.．、)）]|[（(]\d+[)）]|[一二三四五六七八九十]+、|是|力争|争取|计划|拟|将|并)+"
)
_VERBS = (
    "推动", "推进", "组织", "开展", "出台", "印发", "完成", "制定", "制订", "建立", "举办", "启动",
    "召开", "编制", "修订", "认定", "指导", "落实", "实施", "打造", "建设", "引进", "新增", "培育",
    "研究", "梳理", "形成", "联合", "发布", "开工", "建成", "支持", "加强", "优化", "提升", "筛选",
    "部署", "收集", "遴选", "签署", "对接", "申报", "选取", "探索", "承办", "设立", "明确", "分解",
    "做好", "协调", "协助", "配合", "跟进", "督促", "统筹", "整治", "改造", "新建", "筹集", "供给",
    "完善", "总结", "推广", "选取", "招引", "构建", "健全", "强化", "举行", "筹备", "策划", "发放",
)  # fmt: skip

_OPENINGS: dict[Grade, tuple[str, ...]] = {
    Grade.DONE: ("已完成。", "已完成，达到预期目标。", "已办结。"),
    Grade.ON_SCHEDULE: ("达到序时进度。", "按计划推进。", "顺利推进。", "正常推进。"),
    Grade.BEHIND: ("未达序时进度。", "部分工作进展滞后。", "推进缓慢。"),
    Grade.FAR_BEHIND: ("严重滞后。", "严重滞后，与计划有较大差距。"),
    Grade.NOT_STARTED: ("尚未启动。", "未启动。"),
    Grade.PAUSED: ("暂缓。", "暂缓，待上级明确后调整。"),
}
_AS_VERB: dict[Grade, tuple[str, ...]] = {
    Grade.DONE: ("已{0}", "已{0}，相关工作办结"),
    Grade.ON_SCHEDULE: ("已{0}", "正在{0}", "正在{0}，各环节衔接有序"),
    Grade.BEHIND: ("正在{0}，进度慢于计划", "正在{0}，部分环节未按期完成"),
    Grade.FAR_BEHIND: ("“{0}”进展明显慢于计划", "“{0}”仅完成前期工作"),
    Grade.NOT_STARTED: ("“{0}”仍处于前期准备阶段",),
    Grade.PAUSED: ("“{0}”经研究暂缓实施",),
}
_AS_NOUN: dict[Grade, tuple[str, ...]] = {
    Grade.DONE: ("“{0}”已按要求完成", "围绕“{0}”，各项工作已落实到位"),
    Grade.ON_SCHEDULE: ("围绕“{0}”，各项工作按计划开展", "“{0}”阶段性工作已完成"),
    Grade.BEHIND: ("“{0}”未按计划完成，正在加紧推进", "“{0}”进度慢于计划"),
    Grade.FAR_BEHIND: ("“{0}”仅完成前期工作",),
    Grade.NOT_STARTED: ("“{0}”仍处于前期准备阶段",),
    Grade.PAUSED: ("“{0}”经研究暂缓实施",),
}
_WORK: dict[Grade, tuple[str, ...]] = {
    Grade.DONE: ("会同{units}总结经验做法，形成长效机制", "完成验收和资料归档", "成果已投入使用"),
    Grade.ON_SCHEDULE: (
        "会同{units}召开调度会{count}次",
        "建立工作台账，实行每月调度",
        "组织实地督导{count}次，协调解决问题{more}个",
        "与{units}建立联络机制，定期会商",
        "下一步按年度目标抓好落实",
    ),
    Grade.BEHIND: ("已召开协调会{count}次，倒排工期", "已会同{units}梳理堵点", "已约谈责任单位"),
    Grade.FAR_BEHIND: ("已提请分管领导专题研究", "已成立专班，实行每周调度"),
    Grade.NOT_STARTED: ("已完成资料收集和初步调研", "正与{units}沟通启动条件"),
    Grade.PAUSED: ("已向分管领导报告", "待上级政策明确后另行报批调整方案"),
}  # fmt: skip


class Trouble(Value):
    """Why something is behind: problem, cause, next step and what is wished of others."""

    words: str
    problem: str
    cause: str
    step: str
    wish: str


_TROUBLES: tuple[Trouble, ...] = (
    Trouble(
        words="用地|土地|地块|选址|征地|收储|拆迁",
        problem="部分用地尚未完成报批和移交。",
        cause="用地涉及权属核查和规划调整，审批环节较多。",
        step="倒排用地报批时间表，逐宗落实责任人。",
        wish="请市自然资源局加快用地报批。",
    ),
    Trouble(
        words="工程|建设|开工|动工|竣工|改造|公路|道路|地铁|管网|污水|投产",
        problem="部分项目开工时间晚于计划，实物工作量不足。",
        cause="前期手续办理时间较长，雨季影响施工。",
        step="增加施工班组，实行周调度，力争追回工期。",
        wish="请属地镇街（园区）协助解决施工场地问题。",
    ),
    Trouble(
        words="投资|资金|融资|基金|贷款|奖补|补贴",
        problem="资金到位和投资完成进度偏慢。",
        cause="项目单位付款周期较长，部分资金仍在审批。",
        step="逐项核对资金需求，加快审核拨付。",
        wish="请市财政局支持加快资金拨付。",
    ),
    Trouble(
        words="企业|招商|引进|产业|上市|升规|项目",
        problem="企业投资和申报意愿不足，签约落地数量低于预期。",
        cause="市场需求恢复不及预期，企业决策周期延长。",
        step="建立企业走访清单，逐家对接服务。",
        wish="请各镇街（园区）提供重点企业线索。",
    ),
    Trouble(
        words="方案|办法|政策|措施|规划|条例|意见|规定|标准",
        problem="文件起草进度晚于计划，尚未提请审定。",
        cause="上级配套文件未正式印发，各单位意见有待统一。",
        step="加快征求意见和合法性审查，尽快提请审定。",
        wish="请市司法局提前介入合法性审查。",
    ),
    Trouble(
        words="活动|大赛|展|会议|论坛|培训|宣传|演出|赛事",
        problem="部分活动场次未按原定时间举办。",
        cause="场地和主办方档期调整。",
        step="重新确定活动时间，做好筹备和安全预案。",
        wish="请市公安局协助做好活动安全保障。",
    ),
    Trouble(
        words="",
        problem="部分环节衔接不畅，工作进度慢于计划。",
        cause="涉及单位较多，前期统筹不够。",
        step="细化任务分工，明确时间节点，按月通报。",
        wish="请市政府办公室协调有关单位加快办理。",
    ),
)
_EVIDENCE = (
    "会议纪要、工作台账",
    "印发文件",
    "项目进度表",
    "统计报表",
    "签约协议、现场照片",
    "验收材料",
)


def phrases(text: str, most: int = 2, longest: int = 46) -> list[str]:
    """Cut a plan's text into short phrases in its own words."""
    found = []
    for part in re.split(r"[；;。\n]", text):
        phrase = _LEADING.sub("", part.strip().strip("：:，,"))
        while len(phrase) > longest and re.search(r"[，,、：:]", phrase[6:]):
            phrase = phrase[: max(phrase.rfind(mark) for mark in "，,、：:")]
        phrase = _balanced(phrase.strip("，,、：: "))
        if 4 <= len(phrase) <= 2 * longest:
            found.append(phrase)
    return found[:most] or [_balanced(text.strip()[:longest])]


def _balanced(phrase: str) -> str:
    """Cut a phrase before a bracket that its shortening left open."""
    for left, right in ("（）", "《》", "()", "“”"):
        if phrase.count(left) != phrase.count(right):
            phrase = phrase[: phrase.rfind(left)] if left in phrase else phrase.replace(right, "")
    return phrase.strip("，,、：: ")


def opening(grade: Grade, *seed: object) -> str:
    """Return the status sentence."""
    return pick(_OPENINGS[grade], "opening", *seed)


def progress_text(
    grade: Grade,
    text: str,
    figures: Sequence[str],
    partners: Sequence[str],
    quarter: int,
    *seed: object,
) -> str:
    """Write a unit's progress: a status sentence, what was done, the figures, the work."""
    done = [_clause(grade, phrase, at, *seed) for at, phrase in enumerate(phrases(text))]
    parts = [opening(grade, quarter, *seed) + ("；".join(done) + "。" if done else "")]
    if figures:
        parts.append(f"截至{_MONTH_ENDS[quarter]}，{'；'.join(figures)}。")
    work = pick(_WORK[grade], "work", quarter, *seed)
    count = 1 + int(draw("count", quarter, *seed) * 4)
    units = "、".join([name for name in partners if len(name) < 14][:2]) or "有关单位"
    parts.append(work.format(units=units, count=count, more=count * 2 + 1) + "。")
    return "".join(parts)


def _clause(grade: Grade, phrase: str, at: int, *seed: object) -> str:
    forms = _AS_VERB[grade] if phrase.startswith(_VERBS) else _AS_NOUN[grade]
    form = pick(forms, "clause", at, *seed)
    if "“" in form:
        phrase = phrase.replace("“", "‘").replace("”", "’")
    return form.format(phrase)


def trouble_with(text: str, *seed: object) -> Trouble:
    """Return a trouble that fits what the plan speaks of."""
    fitting = [t for t in _TROUBLES if t.words and re.search(t.words, text)]
    return pick(fitting, "trouble", *seed) if fitting else _TROUBLES[-1]


def evidence_for(*seed: object) -> str:
    """Return what a unit might attach."""
    return pick(_EVIDENCE, "evidence", *seed)
