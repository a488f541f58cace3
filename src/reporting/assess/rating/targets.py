"""Rating of one target by its figures."""

from reporting.assess.rating import rule
from reporting.assess.rating.figures import completion_text, gap_text, measure_name
from reporting.assess.rating.gaps import gap
from reporting.assess.rating.rounds import WAITS, Round, held_words
from reporting.assess.values import Evidence, Level, Rating
from reporting.grades import Grade
from reporting.language.comparators import Certainty, Comparator
from reporting.language.numerals import quantity
from reporting.plan.values import Target
from reporting.returns.values import Actual, ProgressRow

_WORDS = {
    Comparator.AT_LEAST: "",
    Comparator.MORE_THAN: "超过",
    Comparator.EQUAL: "",
    Comparator.AT_MOST: "不多于",
    Comparator.RANGE: "",
}


def plan_text(target: Target) -> str:
    """Write the plan value with its comparator and unit: ``不多于3家``, ``2—3家``."""
    if target.value_high is not None:
        sign = "%" if target.unit == "%" else ""
        low = quantity(target.value, sign)
        return f"{low}—{quantity(target.value_high, target.unit)}"
    return _WORDS[target.comparator] + quantity(target.value, target.unit)


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
    grade, code = rule.grade_of_gap(short, this.limits)
    met = target.is_met(actual.value)
    if met and _is_final(target):
        grade, code = Grade.DONE, rule.REACHED
    return Rating(
        level=Level.TARGET, subject_id=target.target_id, task_id=target.task_id, unit=row.unit,
        quarter=this.quarter, grade=grade, self_rating=row.self_rating, plan=target.value,
        actual=actual.value, gap=short, evidence=_evidence(target, actual, row), rule=code,
        reason=_reason(target, actual, measure_name(this.plan, target)),
    )  # fmt: skip


def _is_final(target: Target) -> bool:
    """Tell whether reaching it is reaching the year's goal: due last, and not a part of it."""
    return target.quarter == 4 and target.basis != "in_quarter"


def _reason(target: Target, actual: Actual, name: str) -> str:
    assert actual.value is not None
    short = gap(target, actual.value)
    better = "（越低越好）" if target.is_better_low else ""
    words = f"{name}计划{plan_text(target)}{better}，实际{quantity(actual.value, target.unit)}"
    rate = completion_text(target, actual.value)
    if rate is not None:
        words += f"，完成率{rate}"
    if short:
        return words + f"，{gap_text(target, short)}。"
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
        quarter=this.quarter, grade=Grade.UNDECIDED, plan=target.value, evidence=evidence,
        rule=rule.UNDECIDED,
        reason=f"{measure_name(this.plan, target)}计划{plan_text(target)}，{why}。",
    )  # fmt: skip
