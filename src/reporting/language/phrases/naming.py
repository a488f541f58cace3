"""What is said beside a figure that names it, or makes it a part, a wish or a share."""

import re

ANY_YEAR = re.compile("[到至]?20\\d\\d年(?:底|末)?(?:之?前)?")
CHANGED = re.compile("(?:提高|提升|增长|下降|增加|减少)$")
REACHED = re.compile("(?<=..)(?:完成|实现|达到?)$")
# 公厕（牵头单位：市甲局）: who does it is no part of what is counted.
DUTY = re.compile("[（(][^（()）]*(?:单位|部门|牵头|负责)[^（()）]*[）)]")
RATE = re.compile("(?:提升|提高|确保|保持|推动|加快|实现)([一-龥“”]{1,10}率)$")
OF_PLAN = re.compile("(任务|目标|计划|工程量|工作量|任务量)的?(?:约|达到?)?$")
SHARE_DONE = re.compile("完成(?:约|达到?)?$")
PACE = re.compile("按照?|的?进度(?:要求)?(?:推进|实施)?$")
BOUND_BEFORE = re.compile("(?:不[低少高多大小]于|不超过?|[约近超达至])+$")
IN_ALL = re.compile("(?:总共|一?共|合计|共计|总计)(?:新增|完成|建设|实现)?")
DONE_TO = re.compile(
    "^(?:完成|实施|推进|推动|新建|改建|扩建|改扩建|建设|建成|改造|[、和])+|(?:改造|建设)$"
)
PART = re.compile("其中|(?<!包)含(?!量)|包括")
WISH = re.compile("力争|争取")
# What a goal begins with ends before its bound.
BOUND = re.compile("(?:不低于|不少于|不超过|(?:控制|稳定|保持|维持)在|达到?|超过?|突破|约|为)$")
LOOKS_BACK = re.compile("截至|目前|同比")
