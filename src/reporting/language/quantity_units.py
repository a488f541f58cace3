"""Numbers and the units of measure they come with, as patterns."""

import re
from decimal import Decimal
from functools import lru_cache

_DIGIT = "[0-9０-９]"
NUMBER = rf"{_DIGIT}+(?:[,，]{_DIGIT}{{3}}(?!{_DIGIT}))*(?:[.．]{_DIGIT}+)?"
# 20个亿 is 20亿元, and 3.5个亿元 is 3.5亿元.
_ALONE = "个[十百千]?[万亿](?:元|(?=[，。；、）)以左]|$))"
SCALE = "(?:[十百千]?万亿?|[十百千]?亿|百(?!分点)|千)"
# Longer words stand before those they begin with.
_MEASURES = (
    "个百分点", "百分点", "个pct", "pct", "PCT", "个pp", "pp(?![A-Za-z])",
    "个月", "个工作日", "工作日", "个小时", "平方公里", "平方千米", "平方米", "立方米",
    "平米", "公顷", "吨公里", "人公里", "公里", "千米", "海里", "吨标准煤", "吨标煤",
    "标准煤", "标煤", "千克标准煤", "千克标煤", "克标准煤", "克标煤", "千瓦时", "千瓦", "兆瓦",
    "分贝", "个基点", "基点",
    "标准箱", "标箱", "TEU", "微克", "毫克", "千克", "公斤", "美元", "美金", "欧元", "英镑", "港元",
    "港币", "日元", "人民币", "元", "人天", "人日", "床位", "学位", "车位", "泊位", "课时", "学时",
    "班列", "小时", "分钟", "秒", "级台阶", "立方", "平方", "千伏安", "兆伏安", "万度", "亿度",
    "台套",
    "户", "家", "人", "批", "场", "车", "航", "班", "门", "件", "个", "项", "宗", "座", "所",
    "条", "名", "位", "台", "套", "份", "辆", "只", "支", "队", "组", "处", "间", "栋", "幢",
    "块", "片", "张", "本", "篇", "部", "集", "款", "类", "种", "轮", "例", "对", "节", "棵",
    "株", "头", "匹", "羽", "尾", "艘", "架", "趟", "列", "枚", "起", "单", "票", "笔", "次",
    "期", "根", "盏", "口", "眼", "孔", "堂", "册", "幅", "首", "杆", "箱", "桌", "亩", "吨",
    "升", "克", "延米", "米", "天", "届", "斤", "把", "剂", "床", "字",
    "路(?=[，。；、）)]|$|以上|左右|高清|视频|监控|摄像)",
    "分(?![钟之别类局期级布区步批项解管拨])",
    "方(?![面案式向法便位针块米])", "㎡", "m²", "m2", "km²", "km2", "KM2",
    "㎢", "km", "KM", "㎞", "t/d", "kWh", "MWh", "GWh", "kW", "MW",
    "GW", "kVA", "MVA", "mg", "μg", "ug", "倍", "℃", "摄氏度", "岁",
)  # fmt: skip
_PER = (
    "平方公里|平方米|平米|立方米|万人|千人|公里|小时|日|天|年|月|周|人|户|家|亩|公顷|吨|公斤|个|次"
    "|万元|亿元|千瓦时|千瓦|度|件|张|套|生|升|L|m³|m3"
)
_TIMES_OVER = "(?:次(?![数日要])|[（(]次[）)])"
# 微克每立方米 is one unit; in 补助100元每人 the words go on.
_EACH = f"(?:[/／·]|每(?=立方米|平方米|平方公里|升|日|天))(?:{_PER})"
UNIT = rf"(?:[%％‰]|{_ALONE}|{SCALE}?(?:{'|'.join(_MEASURES)}){_TIMES_OVER}?(?:{_EACH}){{0,2}})"
# What counts things that stand, as against happenings, lengths and sums.
STANDING = re.compile(f"{SCALE}?(?:门|家|个|户|人|名|位|所|座|台|套|张|支|件|辆|栋|幢|间)")
_COUNTED = re.compile(
    "台套|标准箱|标箱|床位|学位|车位|泊位|班列|[户家人批场车航班门件个项宗座所条名位台套份辆只支队组处间栋幢块片张本"
    "篇部集款类种轮例对节棵株头匹羽尾艘架趟列枚起单票笔次期根盏口眼孔堂册幅首杆桌届把剂床]"
)
SHARES = frozenset({"%", "‰", "百分点", "个百分点", "基点", "个基点", "倍"})
DEGREES = frozenset({"℃", "摄氏度"})
TIMES = re.compile("(?:个月|个?工作日|个?小时|分钟|秒|天)")
_SIZE = re.compile(
    f"{SCALE}?(?:平方公里|平方米|平米|㎡|公顷|亩|美元|元|吨|兆瓦|千瓦|公里|千米|米|人|名|户|张)"
)
_SCALES = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_PLAIN = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")


def is_size(unit: str) -> bool:
    """Tell whether a unit may say how big a thing is, as the threshold of a category does."""
    return _SIZE.fullmatch(unit) is not None


def is_counted(unit: str) -> bool:
    """Tell whether a unit counts things that are whole; 万人 is no such unit.

    Examples
    --------
    >>> is_counted("宗"), is_counted("亿元"), is_counted("万人")
    (True, False, False)
    """
    return _COUNTED.fullmatch(unit) is not None


def to_base(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """Convert a value to the unit without 万 and 亿, so that values can be compared.

    Examples
    --------
    >>> to_base(Decimal("2.5"), "亿元") == to_base(Decimal(25000), "万元")
    True
    """
    power, base = _without_scale(unit)
    return value.scaleb(power), base


@lru_cache(maxsize=1024)
def _without_scale(unit: str) -> tuple[int, str]:
    """Give the power of ten that a unit's 万 and 亿 make, and the unit without them.

    万千瓦 holds two: it is held against 千瓦 as 万元 is against 元.
    """
    scale = re.match(SCALE, unit)
    if scale is None or scale.end() == len(unit):
        return 0, unit
    power, base = _without_scale(unit[scale.end() :])
    return power + sum(_SCALES[sign] for sign in scale[0]), base


def without_scale(unit: str) -> str:
    """Return a unit without 万 and 亿: what is counted, however it is scaled."""
    return _without_scale(unit)[1]


def read_number(text: str) -> Decimal:
    """Read an arabic numeral, half or full width, with or without separators."""
    return Decimal(text.translate(_PLAIN).replace(",", ""))


def read_unit(text: str) -> str:
    """Write a unit in its printed form."""
    unit = re.sub("[（(](.+)[）)]", r"\1", text.translate(_PLAIN))
    if alone := re.fullmatch("个([十百千]?[万亿])元?", unit):
        return f"{alone[1]}元"
    return unit
