"""What stands in the way of demonstration work: problem, cause, next step, wish."""

import re

from reporting.values import Value
from tools.sample.chance import pick


class Trouble(Value):
    """Why something is behind: problem, cause, next step and what is wished of others.

    ``words`` tells what plans it fits; those without any fit every plan.
    """

    words: str
    problem: str
    cause: str
    step: str
    wish: str


_LAND = "用地|土地|地块|选址|征地|收储|拆迁"
_BUILDING = "工程|施工|开工|动工|竣工|改造|公路|道路|地铁|管网|主体结构|基坑|装修|堤防|碧道|投产"
_MONEY = "完成投资|投资.{0,8}亿|资金|融资|基金|贷款|奖补"
_COMPANIES = "招商|引进|上市|升规|企业.{0,6}(?:申报|入库|签约|落户)"
_PAPERS = "方案|办法|政策文件|若干措施|规划|条例|实施意见|规定|标准(?!化)|指南"
_EVENTS = "活动|大赛|展会|展览|博览|论坛|培训|演出|赛事"

_TROUBLES: tuple[Trouble, ...] = (
    Trouble(
        words=_LAND,
        problem="部分用地尚未完成报批和移交，施工单位无法按计划进场。",
        cause="用地涉及权属核查和规划调整，部分地块补偿标准未谈拢。",
        step="倒排用地报批时间表，逐宗落实责任人，先移交无争议地块。",
        wish="请市自然资源局加快用地报批。",
    ),
    Trouble(
        words=_LAND,
        problem="个别地块现状有构筑物未拆除，净地交付慢于计划。",
        cause="土地征收签约户数不足，用地指标安排较晚。",
        step="会同属地镇街逐户上门洽谈，同步办理用地手续。",
        wish="请属地镇街（园区）限期完成清表和净地交付。",
    ),
    Trouble(
        words=_BUILDING,
        problem="部分项目开工时间晚于计划，实物工作量不足。",
        cause="施工许可审批时间较长，雨季影响施工。",
        step="增加施工班组，实行周调度，力争追回工期。",
        wish="请属地镇街（园区）协助解决施工场地问题。",
    ),
    Trouble(
        words=_BUILDING,
        problem="施工单位进场较晚，关键工序未按节点完成。",
        cause="首次招标因有效投标人不足流标，重新招标延误工期。",
        step="压缩施工准备时间，平行推进土建和安装，每周核对节点。",
        wish="请市公共资源交易中心优先安排招标场次。",
    ),
    Trouble(
        words=_BUILDING,
        problem="管线迁改进度偏慢，影响后续施工作业面。",
        cause="管线权属单位较多，迁改方案审批环节较多。",
        step="建立管线迁改清单，逐条明确迁改时间和责任单位。",
        wish="请管线权属单位加快迁改方案审批。",
    ),
    Trouble(
        words=_MONEY,
        problem="资金到位和投资完成进度偏慢。",
        cause="项目单位付款周期较长，部分资金仍在审批。",
        step="逐项核对资金需求，加快审核拨付。",
        wish="请市财政局支持加快资金拨付。",
    ),
    Trouble(
        words=_MONEY,
        problem="部分项目已有实物工作量，但入统凭证不齐，投资未能如实反映。",
        cause="专项债券额度下达较晚，配套资金筹集不足。",
        step="派员上门指导入统，督促项目单位按合同节点支付工程款。",
        wish="请市财政局协调专项债券额度。",
    ),
    Trouble(
        words=_COMPANIES,
        problem="企业投资和申报意愿不足，签约落地数量低于预期。",
        cause="市场需求恢复不及预期，企业决策周期延长。",
        step="建立企业走访清单，逐家对接服务。",
        wish="请各镇街（园区）提供重点企业线索。",
    ),
    Trouble(
        words=_COMPANIES,
        problem="储备企业中符合条件的偏少，部分企业主动放弃申报。",
        cause="企业对政策预期不明确，申报意愿不强。",
        step="分行业召开政策宣讲会，逐家辅导申报材料，补充后备名单。",
        wish="请市税务局提供企业纳税情况比对支持。",
    ),
    Trouble(
        words=_PAPERS,
        problem="文件起草进度晚于计划，尚未提请审定。",
        cause="上级配套文件未正式印发，各单位意见有待统一。",
        step="加快征求意见和合法性审查，尽快提请审定。",
        wish="请市司法局提前介入合法性审查。",
    ),
    Trouble(
        words=_PAPERS,
        problem="部分条款涉及多个单位职责，几轮征求意见后仍有分歧。",
        cause="合法性审查和集体审批程序用时较长。",
        step="就分歧条款召开专题会商会，形成一致意见后报审。",
        wish="请市政府办公室牵头召开专题协调会。",
    ),
    Trouble(
        words=_EVENTS,
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
    Trouble(
        words="",
        problem="各镇街（园区）推进不平衡，少数镇街起步较晚。",
        cause="基层专业人员不足，工作标准掌握不一。",
        step="组织业务骨干到后进镇街驻点指导，每半月核对一次进度。",
        wish="请各镇街（园区）配齐工作力量。",
    ),
    Trouble(
        words="",
        problem="委托服务单位确定较晚，后续工作顺延。",
        cause="采购需求反复修改，招标时间比预计多用一个月。",
        step="尽快签订服务合同，压缩成果编制和评审时间。",
        wish="请市财政局加快采购方式审批。",
    ),
)


def trouble_with(text: str, goal: str, *seed: object) -> Trouble:
    """Return a trouble that fits what the plan speaks of, the milestone before the goal."""
    for words in (text, goal):
        fitting = [t for t in _TROUBLES if t.words and re.search(t.words, words)]
        if fitting:
            return pick(fitting, "trouble", *seed)
    return pick([t for t in _TROUBLES if not t.words], "trouble", *seed)
