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
# What is said of something else than the matter's state: of what is to come, of others, of what
# has been dealt with since.
ASIDE = re.compile(
    r"^(?:下一步|下一阶段|下阶段|接下来|今后|明年|20\d\d年起|后续|同时督促|督促|要求|如果?|若|一旦|倘若)"
)
ATTRIBUTE = re.compile(r"^[^，,。；;、]{0,8}的")
MADE_GOOD = re.compile(
    r"(?:现|目前|截至目前|至今|但)?[，,]?(?:均|现|目前|业|都)?(?:已|全部)[^，,。；;]{0,6}"
    r"(?:赶上|追回|补齐|弥补|恢复|整改到位|解决|完成|扭转|复工)"
)
NONE_OF_IT = re.compile(r"^(?:的)?(?:项目|任务|事项|单位|企业|情况|问题)?(?:数量?)?(?:为|是|有)?(?:0|零)")
# The matter as a whole, as the subject of a later part.
WHOLE = re.compile(
    r"^(?:但是?|然而|不过|目前|截至目前|截至本季度末|实际|其中|由于[^，,]*|因[^，,]*|受[^，,]*)?[，,]?"
    r"(?:该|本|此)?(?:项目?|工程|工作|任务|活动|事项|整体|总体|全线|进度|建设)*(?:整体|总体|目前|仍|尚|还|均)*$"
)
# Works that are under way, not what prepares them.
WORKS = re.compile(
    r"(?:全线|全面|主体|正式|陆续|如期|顺利)(?:工程)?(?:已|均已)?(?:开工|动工|施工)"
    r"|(?:已|均已|现已)(?:经)?(?:全面|正式|全部|顺利|陆续)*(?:开工|动工|投产|建成|完工|竣工|进场施工)"
    r"|正在(?:全面|加紧|有序|抓紧)?(?:施工|建设)|主体(?:结构|工程)?(?:已)?(?:封顶|完成)"
)
NOT_YET = re.compile(
    r"[未待拟将]|计划|预计|力争|争取|条件|准备|筹备|方案|前期|之?前(?=$|[，,])|如|若|暂停|暂缓|停工|取消"
)
WHOLLY = re.compile(
    r"(?<!不足)(?<!未达)(?:100%|１００％|百分之百|全部完成|全面完成|已完成全部|已全部办结|全部办结)"
)
PREPARING = re.compile(r"前期|手续|征求|调研|准备|资料|论证|结算|清算|善后|退款|移交|报批")
