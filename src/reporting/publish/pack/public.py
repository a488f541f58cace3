"""The public's pack: its one report, and its tables, from what the public may know."""

from collections.abc import Iterator, Sequence

from reporting.assess.public.cut import public_slice
from reporting.assess.public.withheld import Withheld, withheld_from
from reporting.assess.values import Assessment
from reporting.project.params import Params
from reporting.project.reports import PUBLIC_NOTEBOOK
from reporting.publish.keys.slices import Slices
from reporting.publish.keys.store import Store
from reporting.publish.pack.tables import write_csv
from reporting.publish.reports import Entry, parameters_of
from reporting.publish.survey import Survey, task_counts
from reporting.publish.values import read_assessment
from reporting.tables.fields import DataTable
from reporting.tables.rows import dated_tables

_TOLD = frozenset({
    "report_year", "report_quarter", "task_id", "label", "number", "source_number", "action",
    "heading", "goal", "leaders", "lead_units", "grade", "previous", "nothing_due",
    "milestone_id", "workstream", "quarters", "text", "progress",
    "target_id", "unit", "measure", "quarter", "comparator", "plan", "plan_high", "actual",
    "measure_unit", "basis",
})  # fmt: skip
"""The columns of the tables that are for everybody: one that is added is not, until it is named."""

_TABLES = ("tasks", "milestones", "targets")


def public_survey(survey: Survey, params: Params, store: Store, slices: Slices) -> Survey:
    """Turn what a quarter's inputs give into what of it is the public's.

    The one report and the counts are of the slice. Inputs and findings stay within the offices:
    names of files tell of units and of what they returned. The remarks are for who makes the pack.

    Raises
    ------
    UsageError
        An entry of ``public.withhold`` names nothing.
    PublishError
        The store has lost the city's assessment.
    """
    whole = read_assessment(store, survey.city_sha256)
    withheld = withheld_from(whole.plan, params.public.withhold, params.public.words)
    city = public_slice(whole, withheld)
    sha256 = slices.put(city)
    subject, period = city.subject, city.period
    entry = Entry(
        subject=subject, notebook=PUBLIC_NOTEBOOK,
        parameters=parameters_of(subject, "", period.year, period.quarter),
        assets=(PUBLIC_NOTEBOOK,), slice_sha256=sha256,
    )  # fmt: skip
    return survey.model_copy(
        update={
            "counts": task_counts(city), "findings": {}, "severities": {}, "inputs": (),
            "entries": (entry,), "city_sha256": sha256, "key": sha256,
            "remarks": tuple(_remarks(whole, withheld, params.public.words)),
            "withheld_words": tuple(sorted(withheld.words)),
        }
    )  # fmt: skip


def _remarks(whole: Assessment, withheld: Withheld, words: Sequence[str]) -> Iterator[str]:
    """Tell who makes the pack which tasks are not in it, and which words were found nowhere."""
    tasks = [task.label for task in whole.plan.tasks if task.task_id in withheld.task_ids]
    if tasks:
        yield f"按参数 public 不公开的任务{len(tasks)}项：{'、'.join(tasks)}。"
    everything = whole.model_dump_json() if words else ""
    if unknown := [word for word in words if word not in everything]:
        yield (f"public.words 中的“{'、'.join(unknown)}”在任务表和报表中都没有出现，请核对写法。")


def write_public_tables(city: Assessment) -> dict[str, bytes]:
    """Write the tables of the slice as CSV, by file name, with the columns for everybody."""
    return write_csv(_told(table) for table in dated_tables(city) if table.name in _TABLES)


def _told(table: DataTable) -> DataTable:
    places = [at for at, field in enumerate(table.fields) if field.name in _TOLD]
    return table.model_copy(
        update={
            "fields": tuple(table.fields[at] for at in places),
            "rows": tuple(tuple(row[at] for at in places) for row in table.rows),
        }
    )
