"""How tables of tasks are headed, numbered, grouped and closed."""

import re

QUARTER_TAIL = re.compile(
    r"(?:工作|进度|任务|目标|计划|安排|推进|完成|阶段性|节点|要求|末|底|前|措施|累计|投资|值|数|应"
    r"|进展(?=目标|计划|安排))*"
)
MONTHS = re.compile(r"(\d{1,2})月?份?(?:[-–—~至到]+(\d{1,2})月份?)?")
ROLE = re.compile(r"\((牵头|主办|配合|协助|协办)(?:单位|部门)?\)")
FIRST_LEADS = re.compile(r"责任.*\(.*(?:第一|首).*(?:牵头|主办).*\)")
DOUBTFUL = re.compile(r"责任人|负责人|领导(?!小组)|加粗|黑体|[划画]线|[标带打][注有]?[红黑*★▲#]")
WITH_PEOPLE = re.compile("(?:单位|部门)[^，。]{0,4}(?:负责人|责任人|联系人)")
FOREMOST = re.compile("牵头|主责|第一责任")
MEASURED_IN = re.compile("(?:计量|指标)?单位")
COMMON = re.compile(r"[的一是在有和市年目标工作单位任务责领导]")
ISSUER = re.compile(
    r"(?:制表|填表|编制|填报|印发|发文|牵头编制|主办)(?:单位|部门|机关)\s*[：:]\s*(?P<value>\S+)"
)
DATED = re.compile(
    r"(?:制表|填表|编制|填报|印发|发文)?(?:时间|日期)\s*[：:]\s*"
    r"(?P<value>\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?)"
)
BARE_DATE = re.compile(r"[（(]?(?P<value>\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)[）)]?")
TITLE = re.compile(r"(?:表|清单|台账|方案|安排|分工|分解|任务)(?:[（(].*[）)])?\s*$")
FORM = re.compile(
    r"(?:牵头|主办)(?:负责|落实)?(?=[，,；;、。\n]|$)|会同|^由|"
    r"(?:等)?(?:按照?)?(?:各自)?(?:职责分工|职责|分工)(?:负责|落实|配合)$|"
    r"(?:积极|共同|协同)?(?:配合|协助|参与|参加)(?=[，,；;、。\n]|$)|"
    r"(?:办公室)?设在|[具体牵头]{2}负责|负责|协调督促|"
    r"[（(](?:为主|牵头(?:单位)?|主办|主责|配合|协办|协助|参与|配合单位|协办单位)[）)]|"
    r"(?:牵头|主办|责任|主责|承办|配合|协办|协助|参与|协同)(?:责任)?(?:单位|部门)?[：:]"
)
SEPARATORS = re.compile(
    r"[\s、，,；;：:。.．/／\\（()）|｜—－–\-无]+|^\d{1,3}|(?<=\s)\d{1,2}(?=\s)|[①-⑳]"
)
DIGITS = r"(?:\d{1,3}|[一二三四五六七八九十百]{1,5})"
NUMBER = re.compile(
    rf"\s*(?:[（(]\s*{DIGITS}\s*[）)]\s*[.．、]?|第{DIGITS}[、，]|{DIGITS}\s*[.．、](?!\d))\s*"
)
ACTION = re.compile(
    r"(?:大力|深入|全面|扎实|统筹)?(?:实施|开展|推进|打好|落实)?([^，,。；;：:]*?行动)(?=[，,。；;：:]|$)"
)
FOCUS = re.compile(r"[，,：:；;]\s*((?:着力|全力|聚力|努力|加快|推动|聚焦|奋力|以)[^。；;]*)")
LABEL = re.compile(r"季度|全年|上半年|下半年|\d+\s*月|Q[1-4]|年底")
LEADING = re.compile(r"\s*(?:[第一二三四、1-4]+季度|全年|上半年|下半年|Q[1-4])")
COUNTED = re.compile("[\\d一二三四五六七八九十①-⑳]")
UNNAMED = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.IGNORECASE)
NUMBERS = re.compile(r"序\s*号|编\s*号|NO\.?", re.IGNORECASE)
PRINTED = re.compile(r"[\s（(第]*(\d{1,5})[\s）).．、项]*")
MENTION = re.compile(
    "[一二三四1-4１-４Ⅰ-Ⅳ]、?季度|[上下]半年"
    "|[0-9０-９]月(?:(?:[底末份]|[上中下]旬|[0-9０-９]{1,2}[日号])?[之以]?前|[底末])"
)
# What may be left of a cell and says nothing: a number, 等, 及.
LONE = re.compile(r"(?<!\S)(?:\d{1,3}|[一二三四五六七八九十]{1,3}|等|及|和|与)(?!\S)")
