"""What a progress text says of itself: its verdict, what it denies, what is still to come."""

import re

# Words before the verdict that do not change it.
OPENERS = re.compile(
    r"^(截至目前|截至本季度末|目前|本季度|该项|此项|该|总体上?|整体上?|各项|工作|任务|事项|进度|进展|已)+"
)
BEGUN = re.compile(
    r"已(?:经)?(?:全面|正式|全部|顺利)?(?:开工|动工|启动|投产|建成|完工|竣工)|正在(?:施工|建设)"
)
DENIALS = re.compile(
    r"(?:未能?|没有|没能?|无法|难以)"
    r"(?:正式|全面|按时|按期|如期|按计划|按进度|全部|顺利|及时|实质性?)*"
    r"(?:完成|启动|开工|动工|办结|完工|竣工|建成|投产|开展|达到?(?:序时|时序|预期|计划|目标))"
    r"|(?<![未不])滞后|(?:推进|进展)(?:缓慢|较慢)|慢于序时|欠进度|落后于(?:计划|进度|序时)"
    r"|停滞|搁置|停工|(?:暂停|暂缓|中止|终止)(?:实施|推进|建设|施工|举办|开展)?(?=$|[，,。；;！!\n])"
    r"|(?:项目|活动|任务|展会|赛事)[^，,。；;]{0,10}取消(?:举办|实施)?(?=$|[，,。；;！!\n])"
)
# What stands before a denial and takes it back: none of it exists, or it was dealt with.
TAKEN_BACK = re.compile(
    r"(?:不存在|未出现|未发现|未发生|杜绝|避免|防止|无|没有)(?:任何|明显|严重|较大|一[个项处宗件家])?"
    r"(?:[^，,。；;：:]{1,12}[、或和及])?$"
    r"|(?:不存在|未出现|未发现|未发生|杜绝|避免|防止)[^，,。；;：:]{1,4}$"
    r"|(?:解决|消除|克服|扭转|化解|清理|盘活|处置|整治|梳理|推动)[^，,。；;：:已尚]{0,6}$"
)
CONDITION = re.compile(r"之?前")
# Something still to come, where nothing is said to be done before it.
TO_COME = re.compile(
    r"(?:力争|争取|预计|有望|确保(?!了)|拟于|将[于在]|(?<![按照度])计划(?=[于在到年\d]))"
    r"[^，,。；;已]{0,20}(?:完成|完工|竣工|建成|投产|办结|举办|启用|投用)"
    r"|正在(?![^，,。；;]{1,8}的)"
)
# A counted rest that is still at work: 剩余12户正在协商.
REMAINDER = re.compile(
    r"(?:剩余|剩下|尚余|其余|[尚还仍]有)(?:的)?\d+[^，,。；;\d已]{1,10}(?:正在|尚未|仍未|还未|未|有待|待)"
)
ACHIEVED = re.compile(r"已|完成|累计|实现|达|顺利|成功|印发|出台|召开|举办")
