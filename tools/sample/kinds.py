"""Kinds of work, and what a unit tells of each beside the plan's own words."""

import re
from collections.abc import Mapping
from enum import StrEnum

from reporting.grades import Grade
from tools.sample.chance import draw, pick


class Kind(StrEnum):
    """Kinds of work, in the order in which a text is held against them."""

    PAPER = "paper"
    EVENT = "event"
    PREPARING = "preparing"
    BUILDING = "building"
    MONEY = "money"
    COMPANIES = "companies"
    STATE = "state"
    OTHER = "other"


_PAPERS = "方案|办法|政策|措施|规划|条例|意见|规定|指南|大纲"
_WORDS: Mapping[Kind, str] = {
    Kind.PAPER: (
        rf"(?:制定|制订|出台|印发|编制|修订|起草|研究).{{0,30}}(?:{_PAPERS})"
        rf"|(?:{_PAPERS}).{{0,6}}(?:完成|印发|审定|送审)"
    ),
    Kind.EVENT: "活动|大赛|展会|展览|博览|论坛|培训|演出|赛事|招聘会|宣传",
    Kind.PREPARING: "设计|前期|招标|可行性|可研|立项|测绘|选址|环评|预审|勘察|用地报批",
    Kind.BUILDING: (
        "工程|施工|开工|动工|竣工|改造|公路|道路|地铁|管网|主体结构|基坑|装修|堤防|碧道|建成|封顶"
    ),
    Kind.MONEY: "完成投资|投资.{0,8}亿|资金|融资|基金|贷款|奖补|拨付",
    Kind.COMPANIES: "招商|引进|上市|升规|企业|入库|签约|落户|认定",
    Kind.STATE: "率|比例|检查|排查|监测|整治|执法|监管|安全",
}


def kind_of(text: str, goal: str) -> Kind:
    """Tell the kind of a row by what it asks, else by what its task is about."""
    for words in (text, goal):
        for kind, pattern in _WORDS.items():
            if re.search(pattern, words):
                return kind
    return Kind.OTHER


_PARTS: Mapping[Kind, tuple[tuple[str, str], ...]] = {
    Kind.PAPER: (("征求意见稿", "送审稿"), ("政策文本", "配套细则"), ("文件正文", "任务清单")),
    Kind.EVENT: (("主会场", "分会场"), ("启动仪式", "系列活动"), ("线上专场", "线下专场")),
    Kind.PREPARING: (
        ("初步设计", "施工图"), ("可行性研究", "用地预审"), ("勘察", "测绘"),
        ("设计招标", "监理招标"),
    ),
    Kind.BUILDING: (
        ("一标段", "二标段"), ("东段", "西段"), ("主体工程", "配套管线"), ("首批地块", "二批地块"),
        ("土建工程", "机电安装"), ("南区", "北区"),
    ),
    Kind.MONEY: (
        ("首批资金", "二批资金"), ("政府投资部分", "社会投资部分"), ("在建项目", "新开工项目"),
    ),
    Kind.COMPANIES: (
        ("重点企业", "中小企业"), ("制造业企业", "服务业企业"), ("存量项目", "增量项目"),
    ),
    Kind.STATE: (("重点区域", "一般区域"), ("镇街自查", "部门抽查"), ("整改事项", "巩固事项")),
    Kind.OTHER: (("市级层面", "镇街层面"), ("基础工作", "配套工作"), ("试点单位", "其余单位")),
}  # fmt: skip
"""Two parts of a work, as units call them where the plan names none."""

_DETAILS: Mapping[Kind, Mapping[Grade, tuple[str, ...]]] = {
    Kind.PAPER: {
        Grade.DONE: (
            "文件经{more}个单位会签、合法性审查和集体审议后印发，{b}同步公布",
            "其间征求{units}等{more}个单位意见，采纳意见{count}条，并做好政策解读",
        ),
        Grade.ON_SCHEDULE: (
            "{a}已征求{units}等{more}个单位意见，收到意见{count}条，逐条研究采纳",
            "已到{count}个镇街开展调研，{a}形成初稿，{b}正在起草",
            "{a}已完成公平竞争审查，与上级政策衔接的条款逐条核对",
        ),
        Grade.BEHIND: (
            "{a}已形成，{b}因意见分歧尚未定稿",
            "收到反馈意见{more}条，其中{count}条涉及部门职责分工，仍在协商",
        ),
        Grade.FAR_BEHIND: ("目前仅完成调研提纲和资料收集，{a}尚未形成",),
        Grade.NOT_STARTED: ("起草小组人员已明确，{a}的提纲待上级文件印发后拟定",),
        Grade.PAUSED: ("已完成的{a}留存备用",),
    },
    Kind.EVENT: {
        Grade.DONE: (
            "{a}和{b}均安全有序举办，{units}参加，媒体报道{more}篇次",
            "活动总结和影像资料已归档，收集群众意见{count}条并逐条答复",
        ),
        Grade.ON_SCHEDULE: (
            "{a}的场地、嘉宾和安全保障方案已落实，{b}进入招募报名阶段",
            "已召开筹备会{count}次，{a}按计划举办，现场秩序良好",
            "通过电视、报纸和新媒体发布信息{more}条，{b}同步推进",
        ),
        Grade.BEHIND: (
            "{a}已举办，{b}因场地档期调整顺延",
            "{a}报名人数少于预期，{b}的承办单位尚未确定",
        ),
        Grade.FAR_BEHIND: ("{a}和{b}的承办单位均未确定，仅完成策划方案初稿",),
        Grade.NOT_STARTED: ("场地和承办单位正在比选，{a}的策划方案处于构思阶段",),
        Grade.PAUSED: ("已与参加单位做好沟通解释",),
    },
    Kind.PREPARING: {
        Grade.DONE: (
            "{a}、{b}均通过评审，评审意见{count}条已修改到位",
            "{a}的成果经{units}审查同意，{b}资料同步移交",
        ),
        Grade.ON_SCHEDULE: (
            "{a}成果已形成，{b}按合同时间推进，已核对基础资料{more}份",
            "{a}已通过专家评审，评审意见{count}条正在落实",
            "已就{a}与{units}会商{count}次，{b}所需资料基本收齐",
        ),
        Grade.BEHIND: (
            "{a}已送审，{b}因评审意见较多仍在修改",
            "{a}的成果退回补正{count}次，{b}相应顺延",
        ),
        Grade.FAR_BEHIND: ("{a}的委托单位确定较晚，{b}尚未展开",),
        Grade.NOT_STARTED: ("{a}的委托手续正在办理，{b}的工作大纲待定",),
        Grade.PAUSED: ("{a}的已有成果已归档留存",),
    },
    Kind.BUILDING: {
        Grade.DONE: (
            "{a}、{b}先后通过验收，现场清理和资料移交同步办结",
            "{a}于季度内通过质量验收，{b}已交付使用，监理单位出具评估报告",
        ),
        Grade.ON_SCHEDULE: (
            "现场投入施工班组{more}个，{a}和{b}同步作业，质量安全总体受控",
            "{a}已完成基础施工，{b}进行管线迁改和材料进场",
            "{a}的施工图审查已通过，{b}的监理和检测单位进场",
            "监理例会每周召开，{a}按节点推进，{b}的甲供材料到货{count}批",
        ),
        Grade.BEHIND: (
            "{a}已进场施工，{b}因场地移交较晚没有全面铺开",
            "{a}施工受雨季影响，{b}的招标文件仍在修改",
            "{a}完成放线和围挡，{b}涉及{count}户的补偿协议仍在洽谈",
        ),
        Grade.FAR_BEHIND: (
            "目前仅{a}进场，{b}的前期手续仍在办理",
            "{a}停留在施工准备阶段，{b}用地移交{count}宗中仅有1宗办结",
        ),
        Grade.NOT_STARTED: ("{a}正在办理用地预审，{b}的初步设计在编",),
        Grade.PAUSED: ("{a}的场地已做好围挡和安全维护",),
    },
    Kind.MONEY: {
        Grade.DONE: (
            "{a}、{b}均已足额到位，绩效自评和台账归档同步办结",
            "{a}经{units}复核后拨付，{b}纳入年度决算",
        ),
        Grade.ON_SCHEDULE: (
            "{a}按合同节点支付，{b}进入审核环节，审核意见{count}条已反馈",
            "已组织项目单位对账{count}次，{a}入统资料齐全，{b}补充凭证{more}份",
            "{a}已下达，{b}的申报材料通过初审",
        ),
        Grade.BEHIND: (
            "{a}已下达，{b}因申报材料退回补正{count}次，仍在审核",
            "{a}支付到位，{b}的合同结算手续慢于计划",
        ),
        Grade.FAR_BEHIND: ("{a}仅下达计划，{b}尚未进入审核",),
        Grade.NOT_STARTED: ("资金安排计划正在编报，{a}的额度待核",),
        Grade.PAUSED: ("{a}已按规定收回统筹",),
    },
    Kind.COMPANIES: {
        Grade.DONE: (
            "走访{a}{more}家次，{b}的诉求{count}项全部办结答复",
            "名单经{units}复核并公示，公示期内收到咨询{count}件，均已答复",
        ),
        Grade.ON_SCHEDULE: (
            "走访{a}{more}家次，收集诉求{count}项，已办结答复",
            "{a}已建立“一企一档”，{b}按批次开展辅导，政策宣讲{count}场次",
            "在谈{b}实行专人跟进，{a}的申报材料完成预审{more}份",
        ),
        Grade.BEHIND: (
            "{a}申报意愿较好，{b}多在观望，已走访{more}家次",
            "{a}有{count}个仍在比选落户地点，{b}的申报材料不够完整",
        ),
        Grade.FAR_BEHIND: ("{a}的签约时间一再顺延，{b}仅收到意向材料{count}份",),
        Grade.NOT_STARTED: ("企业摸底表已发至各镇街（园区），{a}名单待核",),
        Grade.PAUSED: ("已向{a}做好政策说明",),
    },
    Kind.STATE: {
        Grade.DONE: (
            "{a}、{b}实行闭环管理，发现问题{more}项，均已销号",
            "对{a}开展“回头看”{count}轮次，未见反弹",
        ),
        Grade.ON_SCHEDULE: (
            "对{a}开展抽查{count}轮次，发现问题{more}项，立行立改",
            "{a}按月通报，{b}由所在镇街（园区）逐项登记、逐项销号",
            "数据按月报送{units}，{a}的指标走势平稳",
        ),
        Grade.BEHIND: (
            "{a}已整改，{b}有{count}项仍未销号",
            "{a}走势低于预期，{b}的数据还在核实",
        ),
        Grade.FAR_BEHIND: ("{a}整改较慢，{b}有{more}项仍未销号",),
        Grade.NOT_STARTED: ("检查清单正在拟订，{a}名单待核",),
        Grade.PAUSED: ("{a}维持现有管理方式",),
    },
    Kind.OTHER: {
        Grade.DONE: (
            "{a}、{b}均有专人负责，办理结果已反馈{units}",
            "{a}的做法编入工作简报{count}期，{b}同步落实",
        ),
        Grade.ON_SCHEDULE: (
            "{a}责任到人，{b}按月更新台账，编发工作简报{count}期",
            "{a}已有{more}项措施落地，{b}同步跟进",
            "已到{count}个镇街（园区）现场了解情况，{a}的问题当场交办",
        ),
        Grade.BEHIND: (
            "{a}已有进展，{b}因牵涉单位较多，衔接不够顺畅",
            "{a}的{more}项措施中有{count}项没有按时间节点落实",
        ),
        Grade.FAR_BEHIND: ("{a}仅完成摸底，{b}的分工尚未明确",),
        Grade.NOT_STARTED: ("{a}的分工正在商定",),
        Grade.PAUSED: ("{a}维持现状",),
    },
}  # fmt: skip

_EVIDENCE: Mapping[Kind, tuple[str, ...]] = {
    Kind.PAPER: ("印发文件", "征求意见函及反馈汇总表"),
    Kind.EVENT: ("活动方案、现场照片", "活动总结、媒体报道"),
    Kind.PREPARING: ("批复文件", "评审意见、成果文本"),
    Kind.BUILDING: ("监理月报、现场照片", "施工进度表", "验收材料"),
    Kind.MONEY: ("入统报表、支付凭证", "资金下达文件"),
    Kind.COMPANIES: ("企业名单、走访记录", "认定公示", "签约协议"),
    Kind.STATE: ("统计报表", "检查记录、整改台账"),
    Kind.OTHER: ("会议纪要、工作台账", "工作简报"),
}
_OF_WORK_UNDER_WAY = ("会议纪要、工作台账", "项目进度表")


def detail(kind: Kind, grade: Grade, units: str, *seed: object) -> str:
    """Say something of the parts of a work, by its kind and by how it stands; no full stop."""
    first, second = pick(_PARTS[kind], "parts", *seed[1:])
    count = 2 + int(draw("detail", *seed) * 5)
    form = pick(_DETAILS[kind][grade], "detail", *seed)
    return form.format(a=first, b=second, units=units, count=count, more=count * 2 + 1)


def evidence_of(kind: Kind, *, has_results: bool, seed: tuple[object, ...]) -> str:
    """Return what a unit might attach; results only where there are some."""
    return pick(_EVIDENCE[kind] if has_results else _OF_WORK_UNDER_WAY, "evidence", *seed)
