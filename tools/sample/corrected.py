"""A return that comes again after its edition: one figure was wrong, and with it a rating."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from reporting.grades import Grade
from reporting.language.comparators import Comparator
from reporting.language.numerals import figure
from reporting.plan.values import Target
from reporting.project.params import Params
from reporting.returns.layout import ROUND_NAME
from reporting.system.digests import digest
from reporting.workbooks.editing.graft import put_name
from reporting.workbooks.editing.package import Package
from tools.sample.answers import Answer, Filled

CORRECTED_IN = 3
"""The quarter of which one return comes again."""
FOLDER = "更正示例"
"""Beside the folder of returns: what lies in it is not read before it is copied there."""

_REACHED = (Comparator.AT_LEAST, Comparator.EQUAL)
_DAYS_AFTER = 8
_TROUBLES = ("problem", "cause", "next_step", "coordination")


def corrected(filled: Filled, params: Params) -> Filled | None:
    """Give the return with its wrong figure set right; None where it has none to correct."""
    quarter = filled.questions.quarter
    due = [
        question for question in filled.questions.figures
        if question.target.quarter == quarter
        and question.target.comparator in _REACHED
        and question.row_id in filled.rows
        and filled.rows[question.row_id].grade is Grade.BEHIND
        and 0 < filled.figures.get(question.target.target_id, Decimal(0)) < question.target.value
    ]  # fmt: skip
    rows = [question.row_id for question in filled.questions.figures]
    alone = [question.target for question in due if rows.count(question.row_id) == 1]
    if not alone:
        return None
    target, row_id = alone[0], next(q.row_id for q in due if q.target is alone[0])
    day = params.calendar[quarter].publish + timedelta(days=_DAYS_AFTER)
    answers = {name: replace(answer, reported_on=day) for name, answer in filled.rows.items()}
    answers[row_id] = _on_schedule(answers[row_id], target, day)
    return Filled(filled.questions, answers, filled.figures | {target.target_id: target.value})


def as_correction(data: bytes, first: bytes) -> bytes:
    """Tell in a workbook which return it corrects, as the copy does that a unit was sent back."""
    package = Package(data)
    put_name(package, ROUND_NAME, f"1|{digest(first)}")
    return package.packed()


def _on_schedule(answer: Answer, target: Target, day: date) -> Answer:
    text = (
        f"达到序时进度。{target.measure}为{figure(target.value)}{target.unit}。"
        "原报数漏计一个月，经核对台账后更正。"
    )
    texts = {name: words for name, words in answer.texts.items() if name not in _TROUBLES}
    return Answer(Grade.ON_SCHEDULE, texts | {"progress": text}, None, day)
