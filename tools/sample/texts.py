"""Words of the demonstration returns: what a unit might write of a milestone."""

import re
from collections.abc import Callable, Sequence
from functools import partial

from reporting.grades import GOOD, Grade
from reporting.values import Value
from tools.sample.chance import draw, pick

_MONTH_ENDS = {1: "3月底", 2: "6月底", 3: "9月底", 4: "12月底"}
_NUMBERING = re.compile(r"^(?:\d+[.．、)）]|[（(]\d+[)）]|[一二三四五六七八九十]+、)+")
_VERBS = (
    "推动", "推进", "组织", "开展", "出台", "印发", "完成", "制定", "制订", "建立", "举办", "启动",
    "召开", "编制", "修订", "认定", "指导", "落实", "实施", "打造", "建设", "引进", "新增", "培育",
    "研究", "梳理", "形成", "联合", "发布", "开工", "建成", "支持", "加强", "优化", "提升", "筛选",
    "部署", "收集", "遴选", "签署", "对接", "申报", "选取", "探索", "承办", "设立", "明确", "分解",
    "做好", "协调", "协助", "配合", "跟进", "督促", "统筹", "整治", "改造", "新建", "筹集", "供给",
    "完善", "总结", "推广", "招引", "构建", "健全", "强化", "举行", "筹备", "策划", "发放", "动员",
    "检查", "评估", "验收", "升级", "促进", "促成", "加快", "督查", "核查", "巩固", "深化",
)  # fmt: skip
_ENDING = (
    "完成", "印发", "出台", "建成", "形成", "认定", "开工", "签署", "发布", "召开", "举办", "设立",
    "明确", "启动", "引进", "新增", "举行", "发放", "促成", "验收", "成立",
)  # fmt: skip
"""Verbs of a single event: it happened or it did not, nothing is in the midst of it."""
_WISHES = re.compile(rf"^(?:是|力争|争取|计划|拟|将|并)+(?={'|'.join(_VERBS)})")
_FRAME = re.compile(r"截至|截止|在.*(?:前提|基础)下$")
"""What only says when or on what condition, and is no work of its own."""
_LATER_YEAR = re.compile(r"(20\d\d)年(?:第?[一二三四1-4]、?季度|\d{1,2}月|上半年|下半年|汛期|春)")

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
_OPEN_EVENT: dict[Grade, tuple[str, ...]] = {
    Grade.ON_SCHEDULE: ("正按计划推进“{0}”", "“{0}”前期工作进展顺利"),
    Grade.BEHIND: ("“{0}”进度慢于计划", "“{0}”未按计划完成，正在加紧推进"),
}
"""Of an event that is still to come."""
_AS_NOUN: dict[Grade, tuple[str, ...]] = {
    Grade.DONE: ("“{0}”已按要求完成", "“{0}”各项工作已落实到位"),
    Grade.ON_SCHEDULE: ("“{0}”各项工作按计划开展", "“{0}”阶段性工作已完成"),
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
        words="工程|施工|开工|动工|竣工|改造|公路|道路|地铁|管网|主体结构|基坑|装修|堤防|碧道|投产",
        problem="部分项目开工时间晚于计划，实物工作量不足。",
        cause="前期手续办理时间较长，雨季影响施工。",
        step="增加施工班组，实行周调度，力争追回工期。",
        wish="请属地镇街（园区）协助解决施工场地问题。",
    ),
    Trouble(
        words="完成投资|投资.{0,8}亿|资金|融资|基金|贷款|奖补",
        problem="资金到位和投资完成进度偏慢。",
        cause="项目单位付款周期较长，部分资金仍在审批。",
        step="逐项核对资金需求，加快审核拨付。",
        wish="请市财政局支持加快资金拨付。",
    ),
    Trouble(
        words="招商|引进|上市|升规|企业.{0,6}(?:申报|入库|签约|落户)",
        problem="企业投资和申报意愿不足，签约落地数量低于预期。",
        cause="市场需求恢复不及预期，企业决策周期延长。",
        step="建立企业走访清单，逐家对接服务。",
        wish="请各镇街（园区）提供重点企业线索。",
    ),
    Trouble(
        words="方案|办法|政策文件|若干措施|规划|条例|实施意见|规定|标准(?!化)|指南",
        problem="文件起草进度晚于计划，尚未提请审定。",
        cause="上级配套文件未正式印发，各单位意见有待统一。",
        step="加快征求意见和合法性审查，尽快提请审定。",
        wish="请市司法局提前介入合法性审查。",
    ),
    Trouble(
        words="活动|大赛|展会|展览|博览|论坛|培训|演出|赛事",
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
_EVIDENCE = ("会议纪要、工作台账", "印发文件", "项目进度表")
_EVIDENCE_OF_RESULTS = (*_EVIDENCE, "统计报表", "签约协议、现场照片", "验收材料")


class Told(Value):
    """What a progress text is to say.

    ``quantities`` are the plan's own words for what is to be reached (``不少于20个``): the
    clauses they stand in are told by ``figures`` instead.
    """

    grade: Grade
    text: str
    is_due: bool = True
    figures: tuple[str, ...] = ()
    quantities: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    year: int
    quarter: int


def phrases(
    text: str, most: int = 2, longest: int = 46, *, without: Callable[[str], bool] | None = None
) -> list[str]:
    """Cut a plan's text into short phrases in its own words, some clauses left out."""
    found = []
    for part in re.split(r"[；;。\n]", text):
        kept = part if without is None else _keep(part, without)
        phrase = _NUMBERING.sub("", kept.strip().strip("：:，,"))
        phrase = _WISHES.sub("", phrase.strip())
        while len(phrase) > longest and re.search(r"[，,、：:]", phrase[6:]):
            phrase = phrase[: max(phrase.rfind(mark) for mark in "，,、：:")]
        phrase = _balanced(phrase.strip("，,、：: "))
        if 4 <= len(phrase) <= 2 * longest and not _FRAME.match(phrase):
            found.append(phrase)
    return found[:most]


def _keep(part: str, without: Callable[[str], bool]) -> str:
    clauses = re.split(r"(?<=[，,：:])", part)
    return "".join(clause for clause in clauses if not without(clause))


def _balanced(phrase: str) -> str:
    """Cut a phrase before a bracket that its shortening left open."""
    for left, right in ("（）", "《》", "()", "“”"):
        if phrase.count(left) != phrase.count(right):
            phrase = phrase[: phrase.rfind(left)] if left in phrase else phrase.replace(right, "")
    return phrase.strip("，,、：: ")


def opening(grade: Grade, *seed: object) -> str:
    """Return the status sentence."""
    return pick(_OPENINGS[grade], "opening", *seed)


def progress_text(told: Told, *seed: object) -> str:
    """Write a unit's progress: a status sentence, what was done, the figures, the work."""
    seed = (told.quarter, *seed)
    plain_words = phrases(told.text, without=partial(_told_otherwise, told))
    done = [_clause(told, phrase, at, *seed) for at, phrase in enumerate(plain_words)]
    parts = [opening(told.grade, *seed) + ("；".join(done) + "。" if done else "")]
    if told.figures:
        parts.append(f"截至{_MONTH_ENDS[told.quarter]}，{'；'.join(told.figures)}。")
    work = pick(_WORK[told.grade], "work", *seed)
    count = 1 + int(draw("count", *seed) * 4)
    units = "、".join([name for name in told.partners if len(name) < 14][:2]) or "有关单位"
    parts.append(work.format(units=units, count=count, more=count * 2 + 1) + "。")
    return "".join(parts)


def _told_otherwise(told: Told, clause: str) -> bool:
    """Tell whether a clause promises a quantity that the figures tell, or a later year's work."""
    if any(int(year) > told.year for year in _LATER_YEAR.findall(clause)):
        return True
    return bool(told.figures) and any(words in clause for words in told.quantities)


def _clause(told: Told, phrase: str, at: int, *seed: object) -> str:
    form = pick(_forms(told, phrase), "clause", at, *seed)
    if "“" in form:
        phrase = phrase.replace("“", "‘").replace("”", "’")
    return form.format(phrase)


def _forms(told: Told, phrase: str) -> Sequence[str]:
    if not phrase.startswith(_VERBS):
        return _AS_NOUN[told.grade]
    if told.grade is Grade.ON_SCHEDULE and told.is_due and phrase.startswith(_ENDING):
        return ("已{0}",)
    if phrase.startswith(_ENDING) and told.grade in _OPEN_EVENT:
        return _OPEN_EVENT[told.grade]
    if told.grade is Grade.ON_SCHEDULE and not told.is_due:
        return _AS_VERB[told.grade][1:]
    return _AS_VERB[told.grade]


def trouble_with(text: str, goal: str, *seed: object) -> Trouble:
    """Return a trouble that fits what the plan speaks of, the milestone before the goal."""
    for words in (text, goal):
        fitting = [t for t in _TROUBLES if t.words and re.search(t.words, words)]
        if fitting:
            return pick(fitting, "trouble", *seed)
    return _TROUBLES[-1]


def evidence_for(grade: Grade, *seed: object) -> str:
    """Return what a unit might attach; results only where there are some."""
    has_results = grade in GOOD
    return pick(_EVIDENCE_OF_RESULTS if has_results else _EVIDENCE, "evidence", *seed)
