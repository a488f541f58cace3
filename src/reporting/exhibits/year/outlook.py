"""Where the year will end on the plan's own path; after its end, what became of it."""

from reporting.assess.outlook import (
    ASSUMPTION,
    WHOLE_NOTE,
    Outlook,
    due_target,
    is_in_doubt,
    outlooks,
)
from reporting.assess.values import Assessment
from reporting.documents.blocks import Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.exhibits import sentences
from reporting.exhibits.building import Cell, exhibit, number, paragraph, text
from reporting.exhibits.charts import ProgressBar
from reporting.exhibits.facts import unless_silent
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.origins.steps import FIGURES, leads
from reporting.exhibits.targets import measure_link, number_of, unit_cell, unit_column
from reporting.exhibits.year.bars import progress_bar, progress_chart
from reporting.exhibits.year.results import year_end
from reporting.language.numerals import short_of

_LAST = 4


@in_labels
@unless_silent
def outlook(assessment: Assessment) -> Exhibit:
    """Project the cumulative targets to the year's end, and state the assumption.

    After the fourth quarter the year's result stands in place of the projection.
    """
    if assessment.quarter == _LAST:
        return year_end(assessment)
    every = sorted(outlooks(assessment), key=lambda o: -o.gap)
    found = [o for o in every if not is_in_doubt(assessment, o)]
    sentence = sentences.outlook_sentence(found)
    left_out = len(every) - len(found)
    rest = f"另有{left_out}项实际值待核实，未计入。" if left_out else ""
    if not found:
        return exhibit(paragraph(sentence, rest, origin=leads(FIGURES)))
    return exhibit(
        paragraph(sentence, rest, ASSUMPTION, _rounded_note(found), origin=leads(FIGURES)),
        _outlook_table(assessment, found),
        progress_chart([_bar(assessment, o) for o in found], assessment.masthead.labels),
    )  # fmt: skip


def _rounded_note(found: list[Outlook]) -> str:
    return WHOLE_NOTE if any(item.is_rounded for item in found) else ""


def _outlook_table(assessment: Assessment, found: list[Outlook]) -> Table:
    return Table(
        columns=(
            number("number", "任务号", 0.6), text("measure", "指标（计量单位）", 3),
            *unit_column(assessment), number("plan", "累计计划", 0.9),
            number("actual", "累计实际", 0.9), number("annual", "全年目标", 0.9),
            number("year_end", "年底预计", 0.9), number("gap", "预计差距", 0.9),
        ),
        rows=tuple(_outlook_row(assessment, item) for item in found),
        caption="累计指标年底预计（差距单位：百分点）",
        sortable=len(found) > 5,
    )  # fmt: skip


def _outlook_row(assessment: Assessment, item: Outlook) -> Row:
    assert item.series.annual is not None
    return Row(cells=(
        number_of(assessment, item.series.annual), _series_name(assessment, item),
        *unit_cell(assessment, item.series.unit),
        sentences.amount(item.plan), sentences.amount(item.actual), sentences.amount(item.annual),
        sentences.forecast(item), short_of(item.gap),
    ))  # fmt: skip


def _series_name(assessment: Assessment, item: Outlook) -> Cell:
    """Name a series by the target due now, which tells its sub-project."""
    assert item.series.annual is not None
    return measure_link(assessment, due_target(assessment, item) or item.series.annual)


def _bar(assessment: Assessment, item: Outlook) -> ProgressBar:
    name, _ = _series_name(assessment, item)
    task = assessment.plan.task(item.series.task_id)
    return progress_bar(
        task, name.text, item.series.measure_unit,
        actual=item.actual, annual=item.annual, plan=item.plan, labels=assessment.masthead.labels,
    )  # fmt: skip
