"""The words around a figure in running prose that say what it counts."""

import re

# Whose figure it is not: that of another time, of a plan, of a part, of what is left.
LAST_QUARTER = re.compile("上(?:一)?季度末?|上季末?")
OTHER_YEAR = re.compile("上年|去年|同期|往年|年初(?!以来|至今|到现在|起)|上一年|历年")
PLANNED = "(?:计划|目标|任务|要求|控制[数线目]?标?|预期|预算|指标|标准|序时)"
_YEARLY = "(?:全年|年度|本?季度|上半年|前三季度|今年|序时|进度|国家|省定|行业)"
PLANNED_BEFORE = re.compile(
    f"{PLANNED}(?:数|值|线|任务|目标|要求|完成|达到?|为|是|的|：)*(?:不少于|不低于|不超过)?$"
)
PLANNED_AFTER = re.compile(f"^的?{_YEARLY}?(?:的)?{PLANNED}")
WHOLE_BEFORE = re.compile(
    "(?:全年|年度|全长|总长|总量|总数)度?(?:的|计划|目标|任务|总?目标|投资)*$"
)
NOT_CLAIMED = re.compile("国家|省定?|全省|全国|行业|法定|批复|概算|总投资")
HOPED = re.compile(
    "(?:预计|力争|争取(?!了|到|上级|中央|省|国家|资金|各)|计划|拟|将|有望|确保|届时|尚需|还需|还要|需要?|目标是?|可望|可达|可(?=建|完|实|新|增))"
    "[^，；。]*$"
)
HOPED_SENTENCE = re.compile(
    "^(?:下一步|下一阶段|下阶段|接下来|后续|今后|明年|下季度|四季度计划|按计划将)"
)
WITHIN = re.compile("^(?:或)?(?:以内|之内|以下|及以下)|^内$")
AT_LEAST = re.compile("^(?:左右)?[及或]?以上|^[余多]")
ABOUT = re.compile("^(?:左右|上下|多|余)")
NEARLY = re.compile("(?:大?约|将?近|大概|接近|逼近)$")
MORE_THAN = re.compile("多达$")
LESS_THAN = re.compile("(?:不足|不到|未达到?|未满)$")
# A part of what was counted, or something beside it.
PART_BEFORE = re.compile(
    "(?:其中|包括|包含|含|剔除|扣除|不含|剩余|剩下|其余|其他|另有?|尚有|还有|仍有|尚余|未|涉及|"
    "最高|最低|最大|最多|在建|正在|原有|原定)[^，；。]*$"
)
AMONG = re.compile("其中|包括|包含|含(?!量)")
PART_AFTER = re.compile(
    "^(?:[^，；。、\\d（）]{0,6}?)(?:正在|在建|未|尚|待|拟|处于|列入|仍|暂|不(?:在|计入|属)|已发现|申报)"
)
# How much more or less, not how much.
CHANGED = re.compile(
    "(?:增加|增长|净增|减少|下降|提高|提升|上升|回落|降低|压减|核减|调减|调增|扩大|缩小|收窄|放缓|加快|"
    "多|少|高|低|快|慢|差|欠|缺|相差|缺口|短缺|增幅|降幅|涨幅|(?<!新)增|减|升|降|好于|优于)了?(?:大?约|近)?$"
)
LEADS_TO = re.compile("(?:至|到|为|达|达到|成)(?:了)?(?:大?约|近)?$")
GREW = re.compile("(?:增长|下降|增速|增幅|降幅|上升|回落)[^，；。]{0,3}$")
AGAINST_PLAN = re.compile(
    f"(?:超过?|超出|突破|比|较|距|距离|高于|低于|优于)[^，；。]{{0,8}}{PLANNED}[^，；。]{{0,4}}$"
)
_THAN = "(?:(?<![占同环配])比(?![例率重值对赛])|(?<![比])较(?![大好高低多少为])|相比)"
COMPARED = re.compile(f"(?:同比|环比|{_THAN})[^，；。]*$")
BASE = re.compile(
    f"(?:{_THAN}|(?<![自理])由(?!于)|从(?!事)|(?<![参])与|(?<![共])和|距离?|加上)(?P<of>[^，；。]*)$"
)
BASE_AFTER = re.compile(
    "^的?(?:大幅|大大|略有?|净|有所|明显|稳步|已?经?)*(?:增|减|提高|提升|多|少|高|低|快|慢|压减|压缩|降|升|扩大|缩|"
    "相差|差|相比|持平|上升|回落|调[减增]|[,，]?(?:增加|减少))"
)
# What counts all of it, and what counts the quarter alone.
IN_ALL = re.compile(
    "累计|合计|总计|一共|共计?|全年|今年以来|年初(?:以来|至今|到现在|起)|年以来|截至|截止|总数|达到全年|两季|前[两二三]季"
)
SO_FAR = re.compile("累计|以来|至今")
THIS_QUARTER = re.compile(
    "本季度?|当季|单季|该季度|季度?内|再(?:次|新)?(?:完成|新增|建成|实现|引进|增加|添|增)|新完成"
)
RESPECTIVELY = re.compile("(?P<names>[^，；。：]*?)分别(?:累计)?(?P<verb>[^\\d，；。、]{0,8})$")
LIST_MARK = re.compile("[、和及与]")
# 20、30家: what stands before it is counted in the same unit.
BARE_LIST = re.compile("(?:[0-9]+(?:\\.[0-9]+)?[、和及与])+$")
FROM = re.compile("[从由自][^，。；]*$")
TO_RANGE = "[ \t]*[—–－～~至到-]+[ \t]*"
ONLY_LIST = re.compile("[、和及与]?(?:累计)?")
# A share of what was planned.
SHARE_OF = re.compile(
    "(?P<whose>全年|年度|全长|总长|总量|总|本?季度|上半年|前三季度|序时|进度)?度?"
    "(?(whose)(?:[一-龥](?<![完成全年度总占达])){0,4}?)"
    "(?P<what>(?:总|既定)?(?:计划|目标|任务|预算|预期|指标|工程量|工作量|投资)+(?:数|值|量|任务|总量|总额)?)?"
    "(?:的|已?[近约超]|近|约|超|已?完成|过)*$"
)
SHARE_VERB = re.compile("(?:占|完成|为|是|达到?|相当于|实现)[^，；。]*$")
YEAR_WORDS = frozenset({"全年", "年度", "全长", "总长", "总量", "总"})
# What a subject says besides its name.
NEUTRAL = re.compile(
    "截至目前|截止目前|截至|截止|目前|我市|全市|本市|全区|全年|年内|今年以来|今年|本年|年初以来|以来|共计|一共|累计|合计|"
    "总计|已经|均已|现已|分别|完成|实现|达到|减至|降至|降到|压减至|提高到|增加到|提升到|提高至|提升至|增至|增加至|控制在|仅|"
    "实际为|实际|其中|本季度|当季|单季|上季度|新开|新增|新建|建成|开展|举办|办理|完工|竣工|落实|发生|组织|"
    "已|经|均|共|约|近|为|达|至|到|的|了|由|从|比|较|和|及|与|是|有|等|于|在|占|全部|顺利|末|底|再|又|也|按|仍|就|个|"
    "高于|低于|超出|超过|优于|突破|好于|当年|年份|我局|本局|年|月|日|季度|上半|下半|首批|第一批|第二批|前"
)
PLANNED_WORDS = re.compile(
    f"{_YEARLY}|{PLANNED}(?:数|值|线|要求|任务)*|不少于|不低于|不超过|不多于|以上|以内|至少"
)
WEAK = re.compile("[^一-龥A-Za-z0-9.]")
TENTHS = "(?P<tenths>[一二三四五六七八九])成(?![立功果为效员都本熟交绩长分品型])|(?P<half>一半)"
# 服务万名群众 counts ten thousand, more or less.
ROUND = "(?<![第每前\\d几数上近逾超亿万余多百千十])(?P<round>万(?:人次|[名家户个人所场座台套件]))"
ORDINAL = re.compile("[第〔\\[(A-Za-z+./〕]$")
