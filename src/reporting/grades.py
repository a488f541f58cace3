"""The eight words of a rating, and the words officials type for them."""

import re
import unicodedata
from enum import StrEnum


class Grade(StrEnum):
    """A rating's word; the order of members is from best to worst to not judged."""

    DONE = "已完成"
    ON_SCHEDULE = "达到序时进度"
    BEHIND = "未达序时进度"
    FAR_BEHIND = "严重滞后"
    NOT_STARTED = "未启动"
    PAUSED = "暂缓或调整"
    NOT_REPORTED = "未报送"
    UNDECIDED = "无法判定"


SELF_GRADES: tuple[Grade, ...] = (
    Grade.DONE,
    Grade.ON_SCHEDULE,
    Grade.BEHIND,
    Grade.FAR_BEHIND,
    Grade.NOT_STARTED,
    Grade.PAUSED,
)
"""What a unit may claim of itself; the other two are the office's."""

WORST_FIRST: tuple[Grade, ...] = (
    Grade.FAR_BEHIND,
    Grade.NOT_STARTED,
    Grade.BEHIND,
    Grade.NOT_REPORTED,
    Grade.UNDECIDED,
    Grade.PAUSED,
    Grade.ON_SCHEDULE,
    Grade.DONE,
)
"""What weighs most comes first: known trouble, then what is not known, then the rest. The rating
rule prints this order, and tables sort by it."""

GOOD = frozenset({Grade.DONE, Grade.ON_SCHEDULE})
"""What keeps the plan."""

OPEN = frozenset(Grade) - GOOD
"""What leaves something to follow up next quarter."""

LAGGING = frozenset({Grade.BEHIND, Grade.FAR_BEHIND, Grade.NOT_STARTED})
"""What owes a reason and a next step."""

SLOW = frozenset({Grade.BEHIND, Grade.FAR_BEHIND})
"""What is worked on, and does not keep the plan."""

IDLE = frozenset({Grade.NOT_STARTED, Grade.PAUSED})
"""What is not worked on, and may have no figure to report."""

NOT_JUDGED = frozenset({Grade.NOT_REPORTED, Grade.UNDECIDED})
"""What the office could not rate."""

_SYNONYMS: dict[Grade, tuple[str, ...]] = {
    Grade.DONE: ("提前完成", "超额完成", "已办结", "办结", "完成", "已经完成", "全部完成"),
    Grade.ON_SCHEDULE: (
        "达到时序进度", "按序时推进", "达序推进", "顺利推进", "正常推进", "按计划推进中",
        "按计划推进", "超序时进度", "符合预期目标", "达序时进度",
    ),
    Grade.BEHIND: (
        "未达时序进度", "未达到序时进度", "未达到时序进度", "欠进度", "滞后", "慢序时",
        "推进缓慢", "部分工作进展滞后", "慢于序时进度",
    ),
    Grade.FAR_BEHIND: ("较大差距", "严重滞后于序时进度"),
    Grade.NOT_STARTED: ("未开工", "尚未正式启动", "尚未启动", "未正式启动"),
    Grade.PAUSED: ("暂缓", "调整", "指标出现调整", "暂缓/调整", "暂停"),
}  # fmt: skip

GRADE_WORDS: dict[str, Grade] = {str(grade): grade for grade in SELF_GRADES} | {
    word: grade for grade, words in _SYNONYMS.items() for word in words
}
"""Every word that is understood as a rating."""


def parse_grade(text: str) -> Grade | None:
    """Tell which grade a unit's words mean, or None when they are not known.

    Width, white space and closing punctuation do not matter.

    Examples
    --------
    >>> parse_grade(" 已完成。")
    <Grade.DONE: '已完成'>
    >>> parse_grade("差不多") is None
    True
    """
    word = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).strip("。.,，;；!！")
    return GRADE_WORDS.get(word)
