"""Words of the demonstration returns: what a unit might write of a milestone."""

import re
from collections.abc import Callable, Sequence
from functools import partial

from reporting.grades import Grade
from reporting.values import Value
from tools.sample.chance import draw, pick
from tools.sample.kinds import Kind, detail

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
_FRAME = re.compile(r"截至|截止|(?:在|根据).*(?:前提下|基础上|基础下)$")
"""What only says when or on what condition, and is no work of its own."""
_DANGLING = re.compile("[，,、]?(?:按照|根据|通过|以及)$")
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
    Grade.DONE: (
        "会同{units}总结经验做法，形成长效机制", "相关资料已归档", "成果已投入使用",
        "后续转入日常管理，由专人负责",
    ),
    Grade.ON_SCHEDULE: (
        "会同{units}召开调度会{count}次",
        "建立工作台账，实行每月调度",
        "组织实地督导{count}次，协调解决问题{more}个",
        "与{units}建立联络机制，定期会商",
        "分管负责同志到现场督导{count}次，议定事项均已交办",
        "已将任务分解到科室，按周核对、按月小结",
        "下一步按年度目标抓好落实",
    ),
    Grade.BEHIND: (
        "已召开协调会{count}次，倒排工期", "已会同{units}梳理堵点", "已约谈责任单位",
        "已制定追赶计划，每周核对完成情况",
    ),
    Grade.FAR_BEHIND: (
        "已提请分管领导专题研究", "已成立专班，实行每周调度", "已会同{units}逐项列出堵点清单",
    ),
    Grade.NOT_STARTED: ("已完成资料收集和初步调研", "正与{units}沟通启动条件"),
    Grade.PAUSED: ("已向分管领导报告", "待上级政策明确后另行报批调整方案"),
}  # fmt: skip


class Told(Value):
    """What a progress text is to say.

    ``quantities`` are the plan's own words for what is to be reached (``不少于20个``): the
    clauses they stand in are told by ``figures`` instead.
    """

    grade: Grade
    text: str
    kind: Kind = Kind.OTHER
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
    return _DANGLING.sub("", phrase.strip("，,、：: "))


def opening(grade: Grade, *seed: object) -> str:
    """Return the status sentence."""
    return pick(_OPENINGS[grade], "opening", *seed)


def progress_text(told: Told, *seed: object) -> str:
    """Write a unit's progress: its status, what was done, parts of it, the figures, the work."""
    seed = (told.quarter, *seed)
    plain_words = phrases(told.text, without=partial(_told_otherwise, told))
    done = [_clause(told, phrase, at, *seed) for at, phrase in enumerate(plain_words)]
    units = "、".join([name for name in told.partners if len(name) < 14][:2]) or "有关单位"
    told_of = [detail(told.kind, told.grade, units, *seed)]
    if told.figures:
        figures = f"截至{_MONTH_ENDS[told.quarter]}，{'；'.join(told.figures)}"
        told_of.insert(int(draw("figures first", *seed) * 2), figures)
    count = 1 + int(draw("count", *seed) * 4)
    work = pick(_WORK[told.grade], "work", *seed)
    told_of.append(work.format(units=units, count=count, more=count * 2 + 1))
    head = opening(told.grade, *seed) + ("；".join(done) + "。" if done else "")
    return head + "".join(f"{sentence}。" for sentence in told_of)


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
