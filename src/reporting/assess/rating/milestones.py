"""Rating of one milestone on one unit's return: figures first, then words."""

from collections.abc import Sequence

from reporting.assess.rating import rule
from reporting.assess.rating.rounds import WAITS, Round, held_words
from reporting.assess.values import Evidence, Level, Rating
from reporting.grades import DONE, GOOD, IDLE, LAGGING, SLOW, Grade, Kind, Scale
from reporting.language.visible import in_quotes
from reporting.plan.values import Milestone
from reporting.returns.claims import contradiction, quoted, status_words
from reporting.returns.rules import RULES
from reporting.returns.values import ProgressRow


def rate_milestone(
    milestone: Milestone, unit: str, targets: Sequence[Rating], this: Round
) -> Rating:
    """Rate a milestone that is due or running in the round's quarter.

    Parameters
    ----------
    targets : sequence of Rating
        Ratings of the milestone's targets due this quarter, by the same unit's figures.
    """
    if unit in this.silent_units:
        return silent(Level.MILESTONE, milestone.milestone_id, milestone.task_id, unit, this)
    row = this.row(unit, milestone.milestone_id)
    if row is None:
        reason = _unread(milestone, unit, this)
        return _rating(milestone, unit, this, this.scale[Kind.UNDECIDED], rule.UNDECIDED, reason)
    grade, code, reason = _decided(milestone, unit, this) or _judge(row, targets, this)
    worst = rule.worst(targets) if targets else None
    evidence = _evidence(row, targets, this.scale)
    rated = _rating(milestone, unit, this, grade, code, reason)
    update = {"self_rating": row.self_rating, "evidence": evidence}
    return rated.model_copy(update=update | ({"gap": worst.gap} if worst else {}))


def _unread(milestone: Milestone, unit: str, this: Round) -> str:
    """Say why there is no row to judge."""
    if doubt := this.disputed(unit, milestone.milestone_id):
        return f"{held_words(doubt)}。"
    waits = this.unasked(unit, milestone.task_id)
    return f"{WAITS}。" if waits else "报表中没有该事项的填报内容。"


def silent(level: Level, subject_id: str, task_id: str, unit: str, this: Round) -> Rating:
    """Rate what a unit without a readable return says nothing about."""
    grade, code, reason = (
        this.scale[Kind.NOT_REPORTED],
        rule.NOT_REPORTED,
        f"{unit}未报送可以读取的报表。",
    )
    if unit in this.returns.received:
        # It did answer; what it said is not known until it sends a file that can be taken.
        grade, code = this.scale[Kind.UNDECIDED], rule.UNDECIDED
        reason = f"已收到{unit}的文件但未能读入，待其更正或者重新报送。"
    return Rating(
        level=level, subject_id=subject_id, task_id=task_id, unit=unit, quarter=this.quarter,
        grade=grade, rule=code, reason=reason,
    )  # fmt: skip


def _rating(
    milestone: Milestone, unit: str, this: Round, grade: Grade, code: str, reason: str
) -> Rating:
    return Rating(
        level=Level.MILESTONE, subject_id=milestone.milestone_id, task_id=milestone.task_id,
        unit=unit, quarter=this.quarter, grade=grade, rule=code, reason=reason,
    )  # fmt: skip


def _evidence(row: ProgressRow, targets: Sequence[Rating], scale: Scale) -> tuple[Evidence, ...]:
    """Figures first, worst first; then the status sentence, or the word of the unit itself."""
    figures = sorted(targets, key=rule.trouble)
    found = [quote for rating in figures for quote in rating.evidence]
    claimed = row.self_rating
    denied = claimed is not None and contradiction(row.progress, claimed, scale)
    quote, cell = denied or quoted(row.progress), row.cells.get("progress", "")
    if not quote and row.self_rating is not None:
        quote, cell = f"自评：{row.self_rating}", row.cells.get("self_rating", "")
    if quote:
        found.append(Evidence(quote=quote, file=row.file, sheet=row.sheet, cell=cell))
    return tuple(found)


Verdict = tuple[Grade, str, str]
"""Grade, code of the clause, and the reason."""


def _decided(milestone: Milestone, unit: str, this: Round) -> Verdict | None:
    """Give what the office decided of a milestone."""
    found = this.decided(unit, milestone.milestone_id)
    return (found.grade, rule.DECIDED, found.reason) if found else None


def _judge(row: ProgressRow, targets: Sequence[Rating], this: Round) -> Verdict:
    if not row.progress:
        return _undecided(this, "进展情况未填写。")
    if error := this.words_error(row):
        return _undecided(this, f"据以判定的单元格{held_words(error)}。")
    if row.self_rating in IDLE and (verdict := _set_aside(row, targets, this)):
        return verdict
    if targets:
        return _by_figures(row, targets, this)
    return _by_words(row, this)


def _undecided(this: Round, reason: str) -> Verdict:
    return this.scale[Kind.UNDECIDED], rule.UNDECIDED, reason


def _set_aside(row: ProgressRow, targets: Sequence[Rating], this: Round) -> Verdict | None:
    """Judge what is claimed to be paused or not started; None leaves it to the figures."""
    claimed = row.self_rating
    assert claimed is not None
    # Nothing counted keeps an upper limit, and denies neither a pause nor that nothing began.
    met = [r for r in targets if r.grade in GOOD and r.actual]
    if met:
        return _undecided(this, f"自评为“{claimed}”，但{_clause(met[0].reason)}，两者矛盾。")
    if claimed.kind is Kind.NOT_STARTED and any(r.actual for r in targets):
        return None
    if denied := contradiction(row.progress, claimed, this.scale):
        return _undecided(this, _denied(row, denied))
    return claimed, rule.SET_ASIDE, _supported(row, claimed)


def _by_figures(row: ProgressRow, targets: Sequence[Rating], this: Round) -> Verdict:
    worst = rule.worst(targets)
    claimed = row.self_rating
    if worst.grade in LAGGING or (worst.grade.kind is Kind.UNDECIDED and claimed not in SLOW):
        return worst.grade, worst.rule, _against(row, worst)
    if claimed is not None and claimed in SLOW:
        seen = "有到期指标无法判定" if worst.grade.kind is Kind.UNDECIDED else "到期指标未见滞后"
        return claimed, rule.OWN_WORD, f"{seen}，单位自评“{claimed}”，从其自评。"
    if claimed is not None and (denied := contradiction(row.progress, claimed, this.scale)):
        return _undecided(this, _denied(row, denied))
    return _reached(row, targets, this)


def _reached(row: ProgressRow, targets: Sequence[Rating], this: Round) -> Verdict:
    """Judge what no figure holds back: done takes the unit's word, and every figure its plan."""
    worst, claimed = rule.worst(targets), row.self_rating
    decided = rule.DECIDED if worst.rule == rule.DECIDED else rule.REACHED
    if claimed in DONE and all(_is_met(rating, this) for rating in targets):
        return this.scale[Kind.DONE], decided, worst.reason
    if worst.grade.kind is not Kind.DONE:
        return _paced(worst.grade, this), worst.rule, worst.reason
    if claimed is None:
        return this.scale[Kind.DONE], decided, worst.reason
    said = f"指标均核定为“{this.scale[Kind.DONE]}”，单位自评“{claimed}”，从其自评。"
    return _paced(claimed, this), rule.OWN_WORD, f"{worst.reason}{said}"


def _paced(grade: Grade, this: Round) -> Grade:
    """Give what is on schedule: the grade itself where it says so, else the best that does."""
    paced = this.scale[Kind.ON_SCHEDULE]
    return grade if grade.kind is paced.kind else paced


def _is_met(rating: Rating, this: Round) -> bool:
    target = this.target(rating.subject_id)
    if rating.grade.kind is Kind.DONE or target is None or rating.actual is None:
        return rating.grade.kind is Kind.DONE
    return target.is_met(rating.actual)


def _against(row: ProgressRow, worst: Rating) -> str:
    """Say what the figures show, and that the unit's own word differs where it does."""
    claimed = row.self_rating
    if claimed is None or claimed == worst.grade:
        return worst.reason
    return f"自评“{claimed}”，但{worst.reason}"


def _by_words(row: ProgressRow, this: Round) -> Verdict:
    claimed = row.self_rating
    if claimed is None:
        return _undecided(this, "没有到期指标，且未填单位自评。")
    if denied := contradiction(row.progress, claimed, this.scale):
        return _undecided(this, _denied(row, denied))
    if claimed in GOOD and (empty := this.empty_words(row)):
        return _undecided(this, f"自评“{claimed}”，但{RULES[empty.code].title}，不足以支撑自评。")
    return claimed, rule.BY_TEXT, _supported(row, claimed)


def _supported(row: ProgressRow, claimed: Grade) -> str:
    """Say what the unit's word was held against, and no more than was found."""
    said = status_words(row.progress)
    if said:
        return f"自评“{claimed}”，与进展情况所称{in_quotes(said)}相符。"
    return f"自评“{claimed}”，进展情况中未见与之矛盾的表述，从其自评。"


def _denied(row: ProgressRow, sentence: str) -> str:
    words = in_quotes(_clause(sentence))
    return f"自评“{row.self_rating}”，但进展情况称{words}，两者矛盾。"


def _clause(sentence: str) -> str:
    return sentence.rstrip("。！？!?；;")
