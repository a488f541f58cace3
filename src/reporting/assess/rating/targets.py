"""Rating of one target by its figures."""

from reporting.assess.rating import rule
from reporting.assess.rating.figures import measure_name
from reporting.assess.rating.rounds import WAITS, Round, held_words
from reporting.assess.values import Evidence, Level, Rating
from reporting.grades import Kind
from reporting.language.comparators import Certainty
from reporting.language.numerals import quantity
from reporting.plan.figures.gaps import gap
from reporting.plan.figures.told import completion_text, gap_text, plan_text
from reporting.plan.values import Basis, Target
from reporting.returns.values import Actual, ProgressRow


def rate_target(target: Target, unit: str, this: Round) -> Rating:
    """Rate a target that is due in the round's quarter and was asked of the unit."""
    found = this.actual(unit, target.target_id)
    if found is None:
        waits = this.unasked(unit, target.task_id)
        return _undecided(target, unit, this, (), WAITS if waits else "报表中没有该指标")
    actual, row = found
    evidence = _evidence(target, actual, row)
    if decided := this.decided(unit, target.target_id):
        return _undecided(target, unit, this, evidence, "").model_copy(
            update={"grade": decided.grade, "rule": rule.DECIDED, "reason": decided.reason}
        )
    if target.certainty is Certainty.UNCERTAIN:
        why = f"读作“{target.understood.partition('（')[0]}”，该读法尚待核对"
        asked = _undecided(target, unit, this, evidence, why)
        return asked.model_copy(update={"actual": actual.value})
    if error := this.figure_error(row, actual):
        why = f"实际值（“{error.sheet}”表{error.cell}）{held_words(error)}"
        return _undecided(target, unit, this, evidence, why)
    if actual.value is None:
        return _undecided(target, unit, this, (), "到期指标未填实际值")
    return _by_figures(target, actual, row, this)


def _by_figures(target: Target, actual: Actual, row: ProgressRow, this: Round) -> Rating:
    assert actual.value is not None
    short = gap(target, actual.value)
    grade, code = rule.grade_of_gap(short, this.scale)
    if target.is_met(actual.value) and _is_final(target, actual, this):
        grade, code = this.scale[Kind.DONE], rule.REACHED
    return Rating(
        level=Level.TARGET, subject_id=target.target_id, task_id=target.task_id, unit=row.unit,
        quarter=this.quarter, grade=grade, self_rating=row.self_rating, plan=target.value,
        actual=actual.value, gap=short, evidence=_evidence(target, actual, row), rule=code,
        reason=_reason(target, actual, this),
    )  # fmt: skip


def _is_final(target: Target, actual: Actual, this: Round) -> bool:
    """Tell whether the year's goal is reached: at its end, or before by what cannot fall again."""
    at_the_end = target.quarter == 4 and target.basis is not Basis.IN_QUARTER
    return at_the_end or _early(target, actual, this) is not None


def _early(target: Target, actual: Actual, this: Round) -> Target | None:
    """Return the year's target that a cumulative figure has reached before the year's end."""
    if target.quarter == 4 or target.basis is not Basis.CUMULATIVE or actual.value is None:
        return None
    annual = this.target(target.annual_target_id or "")
    if annual is None or annual.basis is not Basis.CUMULATIVE or annual.unit != target.unit:
        return None
    if annual.is_kept_low or target.is_kept_low:
        return None
    whole = annual.value >= target.value
    return annual if whole and annual.is_met(actual.value) else None


def _reason(target: Target, actual: Actual, this: Round) -> str:
    assert actual.value is not None
    name, reached = measure_name(this.plan, target), _early(target, actual, this)
    short = gap(target, actual.value)
    better = "（越低越好）" if target.is_better_low else ""
    words = f"{name}计划{plan_text(target)}{better}，实际{quantity(actual.value, target.unit)}"
    rate = completion_text(target, actual.value)
    if rate is not None:
        words += f"，完成率{rate}"
    if reached is not None:
        return words + f"，已达到全年目标{plan_text(reached)}。"
    if short:
        return words + f"，{gap_text(target, actual.value)}。"
    return words + ("。" if target.is_met(actual.value) else "，与计划值持平。")


def _evidence(target: Target, actual: Actual, row: ProgressRow) -> tuple[Evidence, ...]:
    if actual.value is None:
        return ()
    quote = f"{target.measure}：实际{quantity(actual.value, target.unit)}"
    sheet = actual.sheet or row.sheet
    return (Evidence(quote=quote, file=row.file, sheet=sheet, cell=actual.cell),)


def _undecided(
    target: Target, unit: str, this: Round, evidence: tuple[Evidence, ...], why: str
) -> Rating:
    return Rating(
        level=Level.TARGET, subject_id=target.target_id, task_id=target.task_id, unit=unit,
        quarter=this.quarter, grade=this.scale[Kind.UNDECIDED], plan=target.value,
        evidence=evidence, rule=rule.UNDECIDED,
        reason=f"{measure_name(this.plan, target)}计划{plan_text(target)}，{why}。",
    )  # fmt: skip
