"""What is typed into a return: dates, nothing, growth, and which unit it is of."""

import re

POWER = re.compile(r"万亿|[十百千]?万|[十百千]?亿|百(?!分)|千")
IN_TWO_SCALES = re.compile(r"[万亿]\d")
BEFORE = r"\s*(?:以前|之前|前)?(?:完成)?"
FULL_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?" + BEFORE)
DAY = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?" + BEFORE)
MONTH = re.compile(r"(?:(\d{4})\s*年\s*)?(\d{1,2})\s*月\s*(?:底|末|份|内)?" + BEFORE)
NOTHING = re.compile(r"暂?无(?:存在)?(?:问题|困难)?|没有(?:问题|困难)?|不涉及|[/\\—–-]+")
GROWTH = re.compile(r"增|降|减|上升|同比")
# So many of one thing to another: an average need not be whole.
RATIO = re.compile(r"每|平均|人均|户均|均(?:值|数)|密度")
MAY_PASS_WHOLE = re.compile(r"完成率|完成比例|达产率")
SHARE = re.compile(r"率|比例|占比|覆盖")
# Who allowed a pause: a number of a document, a meeting, a word of consent.
BASIS = re.compile(
    r"〔\d{4}〕|[\[【（(]20\d{2}[\]】）)]\d*号|\d+号|纪要|批准|批复|批示|同意|审定|审议|常务会|专题会|"
    r"领导小组|党组会|常委会|(?:省|市|国家)(?:委|政府|里|级)?[^，。；]{0,12}"
    r"(?:要求|决定|部署|通知|文件|政策)"
)
ELSEWHERE = re.compile(
    r"[同见]上(?:述|文|一?行|条)?|同前|略|另附|详?见(?:附件|附表|附后|材料).{0,6}"
)
TITLE_PERIOD = re.compile(r"(\d{4})年第?([一二三四1-4])季度")
NAMED_QUARTER = re.compile(r"([一二三四1-4])季度|[Qq]([1-4])(?!\d)")
OWNER = re.compile(r"报送单位[：:](.+)")
QUARTER = re.compile(r"(?:(\d{4})\s*年\s*)?第?\s*([一二三四1-4])\s*季度\s*[末底内]?")
# A figure that says itself that it is none: 约50家, 15.5左右, 300余家.
ROUGH = re.compile(
    r"(?P<head>大?约|将?近|超过?|逾|不足|不到|至少|不少于|大概|接近)?\s*"
    r"(?P<number>\d[\d.,]*)(?P<some>[多余])?(?P<unit>[^\d\s]{0,4}?)\s*(?P<tail>左右|上下|多|余)?"
)
# What names a day of a year other than the reported one, or none that has passed.
OTHER_YEAR = re.compile(r"(?:20\d\d年|明年|次年|下一?年度?)\s*$")
# What a unit answers to a question about a figure: that it is right, or what stands instead.
VERIFIED = re.compile(
    r"(?:已|经|已经)?(?:再次)?(?:核实|核对|核查|复核)(?:[，,]?(?:数据|数值|情况|该数))?"
    r"(?:无误|属实|准确|正确)|(?:数据|情况|数值)?(?:属实|无误)"
)
INSTEAD = re.compile(r"(?:应|更正|改|修改|实)为[:：]?")
