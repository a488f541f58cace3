"""What demonstration units say of the steps that they promised in earlier quarters."""

from datetime import date, timedelta

from reporting.periods import Period
from reporting.returns.promises.values import Commitment, Outcome
from tools.sample.chance import draw, pick

_DONE = (
    "已按所报措施办结，材料存档备查。", "已完成，并纳入日常工作。", "已办结，相关单位已确认。",
)  # fmt: skip
_NOT_DONE = (
    "审批手续尚未办完，未能按期完成。", "施工场地移交较晚，未能按期完成，正在加紧推进。",
    "招标流标一次，未能按期完成，已重新组织招标。",
)  # fmt: skip
_PUT_OFF = ("因用地报批时间较长，申请延期。", "因上级配套文件尚未印发，申请延期。")
_DROPPED = ("原措施已由新的工作方案替代。",)
_KEPT, _BROKEN, _POSTPONED = 0.62, 0.84, 0.96


def promise_kept(promise: Commitment, today: date) -> tuple[Outcome, date | None, str]:
    """Return what is said of a step, on which day, and why; seeded by the step."""
    chance = draw("promise", promise.promise_id, today.year, today.month)
    seed = ("promise", promise.promise_id)
    if chance < _KEPT:
        return Outcome.DONE, _done_on(promise, today), pick(_DONE, *seed)
    if chance < _BROKEN:
        return Outcome.NOT_DONE, None, pick(_NOT_DONE, *seed)
    if chance < _POSTPONED:
        return Outcome.PUT_OFF, _later(today), pick(_PUT_OFF, *seed)
    return Outcome.DROPPED, None, pick(_DROPPED, *seed)


def _done_on(promise: Commitment, today: date) -> date:
    early = timedelta(days=int(draw("early", promise.promise_id) * 12))
    return min(promise.due, today) - early


def _later(today: date) -> date:
    """Return the end of the quarter in which a unit reports."""
    return Period(year=today.year, quarter=(today.month + 2) // 3).date_end
