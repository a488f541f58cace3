"""Shares of works that are done: 土建完成30%, 完成全年任务的80%, 形象进度达60%."""

import re
from typing import Literal

from reporting.language.acts import act_before
from reporting.language.lexicon import lexicon
from reporting.language.quantities import Quantity
from reporting.language.quantity_context import clause_of

_ABOUT = "(?:约|近|超过?|不[低少]于|至少|达到?|至|到|为)*$"
_DONE = re.compile(f"完成(?:了|量)?{_ABOUT}|进度{_ABOUT}")
_OF_PLANNED = "(?:完成|达到?|实现)[^，。；]{0,20}{}数?的" + _ABOUT
_DONE_THEN = re.compile("(?:以上|左右)?(?:建成(?!区)|完工|竣工|完成)")
# 完成甲80%、乙60%: what is done is said once for a list.
_DONE_OF = re.compile(
    r"(?:完成|建成)(?:[^，。；\d]{1,20}\d+(?:\.\d+)?%[、和])*[^，。；\d]{1,20}" + _ABOUT
)
_OF_WORKS = "(?:工程|施工|建设)?" + _ABOUT
_SAID_WHOLE = re.compile(r"(?:以上|左右)?(?:[，。；、,;)）\s]|$)")
_THEN_WORKS = re.compile(
    r"(?:以上|左右)?的?[^，。；、\d]{0,12}(?:任务|工作量?|工程量?|建设|施工|改造)(?:[，。；、\s]|$)"
)
_BY_NAME = re.compile(
    "(?:率|比例|占比|比重|覆盖面|水平|强度|(?<![年进程季])度|增速|[增降涨]幅)(?:要|须|应|完成)*"
    + _ABOUT
)
# 完成增长目标8%: what is done is a growth.
_CHANGE = re.compile(
    "(?:增长|增速|[增降涨]幅|下降|降低|减少)[^，。；]{0,4}(?:任务|目标|指标|计划)的?" + _ABOUT
)
_OF_THE_QUARTER = re.compile("当季|本季|单季|季内|季度内|再(?:完成|推进|建|达|增)|剩余|其余|余下")


def share_done(text: str, quantity: Quantity) -> Literal["so far", "in quarter"] | None:
    """Tell whether a figure is how much of some works is done, and since when it counts.

    Rates, and what rises or falls by a share, are states, however they are reached.
    """
    if quantity.unit != "%" or _is_state(text[quantity.clause : quantity.start]):
        return None
    words = text[clause_of(text, quantity.start) : quantity.start]
    if not _is_done(text, quantity, words):
        return None
    return "in quarter" if _OF_THE_QUARTER.search(words) else "so far"


def is_share_by_name(words: str) -> bool:
    """Tell whether words end with the name of a rate: 覆盖率, 占比."""
    return _BY_NAME.search(words) is not None


def _is_state(own: str) -> bool:
    act = act_before(own)
    changes = act is not None and act.change in ("up", "down")
    return changes or is_share_by_name(own) or _CHANGE.search(own) is not None


def _is_done(text: str, quantity: Quantity, words: str) -> bool:
    own = text[quantity.clause : quantity.start]
    of_planned = lexicon().pattern(_OF_PLANNED, "planned")
    if _DONE.search(own) or of_planned.search(own) or _DONE_THEN.match(text, quantity.end):
        return True
    is_whole = _SAID_WHOLE.match(text, quantity.end) is not None
    if is_whole and lexicon().pattern("{}" + _OF_WORKS, "works").search(own):
        return True
    said = is_whole or _THEN_WORKS.match(text, quantity.end) is not None
    return said and _DONE_OF.search(words) is not None
