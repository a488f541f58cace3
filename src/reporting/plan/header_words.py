"""The words that announce a column in the header of a task table, by field.

Words that offices commonly use are listed; others are told by what they are made of, for a
header names its column by a noun that comes last: 包抓领导, 2024年建设目标, 季度节点.
"""

import re

_TABLE = {
    "number": "序号 编号 任务号 任务编号 项目序号 任务序号 NO NO.",
    "heading": (
        "总体要求 任务类别 类别 板块 重点领域 工作领域 领域 行动 工作类别 任务分类 "
        "分类 工作板块 总体任务 章节 报告原文 报告内容 报告章节 工作方向 "
        "重点方向 专项行动 一级任务 一级指标 专项 条线"
    ),
    "goal": (
        "年度目标及工作内容 年度目标和工作内容 年度目标 目标任务 工作内容 主要任务 "
        "工作目标 任务内容 年度任务 年度目标任务 具体任务 工作任务及目标 任务目标 "
        "重点任务内容 主要工作内容 工作要求 主要目标任务 年度工作目标 具体工作 具体内容 "
        "具体举措 目标及措施 二级任务 任务分解 分解任务"
    ),
    "schedule": (
        "季度进度安排 进度安排 进度要求 时间安排 季度安排 工作进度 季度目标 阶段目标 "
        "阶段性目标 季度计划 进度计划 推进计划 时间进度 工作安排 季度工作安排 季度任务 "
        "工作计划 实施进度 推进安排 分季度目标 季度推进计划 进度目标 时间节点安排 "
        "工作进度安排 形象进度 工作节点"
    ),
    "deadline": "完成时限 完成时间 时间节点 时限 时限要求 期限 办理时限 完成期限 时间要求",
    "leaders": (
        "责任领导 分管领导 领导 市领导 牵头领导 责任市领导 分管市领导 负责领导 "
        "包保领导 挂点领导 联系领导 牵头市领导 督办领导 挂帅领导 分管负责同志 县领导 "
        "区领导 县区领导 牵头负责人 市分管领导 市政府领导 分管副市长"
    ),
    "lead": (
        "牵头单位 牵头 牵头部门 主办单位 主办 主责单位 牵头责任单位 主要责任单位 "
        "承办单位 主责部门 主办部门 第一责任单位 主体责任单位 负责单位 负责部门 "
        "落实单位 责任主体 牵头负责单位 主管部门 主管单位 行业主管部门"
    ),
    "support": (
        "协助单位 协助 配合 协办 配合单位 协办单位 配合部门 协同单位 协助部门 "
        "协办部门 参与单位 协作单位 参加单位 配合责任单位 协同部门 参与部门 支持单位"
    ),
    # Words whose meaning depends on the other columns.
    "work": (
        "重点工作 工作任务 重点任务 重点工作任务 任务 任务名称 项目 内容 主要工作 "
        "工作事项 事项 工作项目 项目名称 任务事项 重点事项 主要举措 工作措施 工作举措 "
        "主要措施"
    ),
    "duty": "责任单位 责任部门 实施单位 建设单位 业主单位 项目单位 项目业主",
    "person": "责任人 负责人",
}

WORDS: dict[str, tuple[str, ...]] = {kind: tuple(line.split()) for kind, line in _TABLE.items()}
"""Words by field; ``work``, ``duty``, ``person`` and ``deadline`` are settled by the others."""

_PLACES = "(?:单位|部门|机构|主体|科室|处室)"
_LEADING = "牵头|主办|主责|主要责任|主体责任|第一责任|承办|落实|实施|负责"
_HELPING = (
    "配合|协助|协办|协同|协作|协调|参与|参加|支持|支撑|辅助|会办|会同|联办|联动|联合|成员|相关|有关"
)
_DOING = "责任.{0,4}|承担|承接|执行|完成|任务"
_TIMED = "进度|季度|节点|阶段|推进|时序|步骤|分期"
_FORMS: tuple[tuple[str | None, str], ...] = (
    # What is reported, checked or filed is no part of the plan.
    (None, "情况|进展|完成率|备注|说明|依据|来源|联系人|方式|电话|得分|分值|目前|截至|实际"),
    (None, "(?:完成|当前)进度$"),
    (None, f"(?:督办|督查|督导|监督|监管|考核|审核|验收|填报|填表|报送|制表){_PLACES}"),
    ("leaders", "(?:领导|领导同志|负责同志|[市县区州镇]长|书记)$"),
    ("person", "^(?!.*(?:单位|部门)).*(?:责任人|负责人)$"),
    ("duty", f"(?:{_LEADING}).*(?:{_HELPING}).*{_PLACES}$"),
    ("support", f"(?:{_HELPING})(?:责任)?{_PLACES}$|其[他它].*{_PLACES}$"),
    ("lead", f"(?:{_LEADING})(?:责任)?{_PLACES}$"),
    ("duty", f"(?:{_DOING}){_PLACES}$"),
    ("deadline", "时限|期限|(?:完成|办结|截止|达标).{0,2}(?:时间|日期)|时间要求$"),
    ("deadline", "(?:起止|实施|推进|办理)时间$"),
    ("work", "年度(?:工作)?(?:计划|重点)$"),
    ("schedule", f"(?:{_TIMED}).*(?:安排|要求|计划|目标|任务|打算|时间|措施|内容|分解)$"),
    ("schedule", "(?:进度|节点|步骤|时序|时间表|路线图|里程碑|计划安排)$"),
    ("heading", "(?:类别|类型|分类|大类|大项|领域|板块|方面|方向|章节|专题|主题)$"),
    ("goal", "目标|指标|(?:建设|工作|任务|主要|实施)(?:内容|标准|规模)"),
    ("work", "(?:任务|工作|项目|事项|措施|举措|工程|实事)(?:清单|名称|重点)?$"),
    ("work", "(?:内容|描述|要点)$|(?:具体|任务|工作|项目|事项)要求$"),
)
COMPOSED = tuple((kind, re.compile(form)) for kind, form in _FORMS)
"""What a word that is not listed is made of; the first that fits tells the field, or none."""
