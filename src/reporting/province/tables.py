"""The report's figures as tables for programs and as a workbook for people."""

from collections.abc import Iterator

from openpyxl import Workbook

from reporting.assess.province.values import LATE_FIRST, OfficeLine, Province, Tally
from reporting.assess.rating.rule import NOTHING_DUE
from reporting.assess.rollups import NO_RATE
from reporting.grades import USUAL, Kind
from reporting.publish.pack.tables import write_csv
from reporting.publish.pack.xlsx import SAMPLE_MARK, finished, write_table
from reporting.tables.fields import PERIOD, DataTable, Datum, Field

ANNEX = "data/province.xlsx"
APART = "nothing_due"


def data_files(province: Province, *, annex: bool) -> dict[str, bytes]:
    """Make the files of data of the report, by path."""
    made = write_csv(_dated(table, province) for table in tables(province))
    files = {f"data/{name}": content for name, content in made.items()}
    return {**files, ANNEX: write_workbook(province)} if annex else files


def write_workbook(province: Province) -> bytes:
    """Write the workbook, a sheet a table; equal reports give the same bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    grades = {str(task.grade): task.grade for one in province.offices for task in one.late}
    for table in tables(province):
        whole = with_total(table, province) if table.name == "offices" else table
        write_table(book.create_sheet(whole.title), whole, grades)
    return finished(
        book, title=province.title, office=province.masthead.issuing_office,
        day=province.masthead.publish_date, is_sample=province.is_sample,
    )  # fmt: skip


def tables(province: Province) -> tuple[DataTable, ...]:
    """Set out the offices, the tasks that lag and what was noticed."""
    return (
        DataTable(
            name="offices", title=f"各{province.each}核定结果", fields=_office_fields(province),
            rows=tuple(_office(at, one) for at, one in enumerate(province.offices, 1)),
        ),
        DataTable(
            name="late_tasks", title="滞后任务", fields=_LATE, rows=tuple(_late(province)),
        ),
        DataTable(
            name="notes", title="未计入和说明", fields=_NOTES,
            rows=tuple(
                (f.unit, f.severity.label, f.message, f.code) for f in province.findings
            ),
        ),
    )  # fmt: skip


def with_total(table: DataTable, province: Province) -> DataTable:
    """Add the row of sums, which says of how many offices it is."""
    last = (
        None, f"合计（{province.extent}）", *(None,) * 6, *_figures(province.total),
    )  # fmt: skip
    return table.model_copy(update={"rows": (*table.rows, last)})


def _dated(table: DataTable, province: Province) -> DataTable:
    """Put the year and the quarter in front of each row, as in the tables of every pack."""
    period = (province.period.year, province.period.quarter)
    rows = tuple((*period, *row) for row in table.rows)
    return table.model_copy(update={"fields": (*PERIOD, *table.fields), "rows": rows})


# --- offices ----------------------------------------------------------------------------------


def _office_fields(province: Province) -> tuple[Field, ...]:
    return (
        _field("place", "序号", 6, "integer"), _field("office", province.each, 16),
        _field("counted", "是否计入", 9), _field("edition", "版次", 7),
        _field("issued_on", "该版日期", 14), _field("record", "版本记录的校验码（SHA-256）", 34),
        _field("folder", "版本所在", 30), _field("nature", "数据性质", 10),
        _field("total", "任务数", 8, "integer"),
        *(_field(kind.name.lower(), USUAL[kind].short, 9, "integer") for kind in Kind),
        _field(APART, NOTHING_DUE, 9, "integer"), _field("rate", "达序率", 9),
    )  # fmt: skip


def _office(at: int, one: OfficeLine) -> tuple[Datum, ...]:
    return (
        at, one.name, "已计入" if one.tally else "未计入", *_edition(one), *_figures(one.tally),
    )  # fmt: skip


def _edition(one: OfficeLine) -> tuple[Datum, ...]:
    known = one.released
    if known is None:
        return (None,) * 5
    nature = SAMPLE_MARK if known.is_sample else None
    return known.number, known.issued_on, known.record, known.folder, nature


def _figures(tally: Tally | None) -> tuple[Datum, ...]:
    if tally is None:
        return (None,) * (len(Kind) + 3)
    rate = tally.rate if tally.rate != NO_RATE else f"{NO_RATE}（{tally.why_no_rate}）"
    return tally.total, *(tally.counts.get(kind, 0) for kind in Kind), tally.nothing_due, rate


# --- tasks that lag ---------------------------------------------------------------------------


def _late(province: Province) -> Iterator[tuple[Datum, ...]]:
    for kind in LATE_FIRST:
        for at, one, task in province.late(kind):
            yield (
                at, one.name, task.task_id, task.label, task.goal, str(task.grade), task.gap,
                "、".join(task.leaders) or None, "、".join(task.lead_units) or None, task.reason,
                task.causes_told,
            )  # fmt: skip


def _field(name: str, label: str, wide: float, kind: str = "") -> Field:
    return Field(name=name, label=label, wide=wide, kind=kind)


_LATE = (
    _field("place", "序号", 6, "integer"), _field("office", "单位", 16),
    _field("task_id", "任务编号", 11), _field("label", "任务号", 8),
    _field("goal", "年度目标及工作内容", 50), _field("grade", "核定结果", 14),
    _field("gap", "差距（百分点）", 12), _field("leaders", "责任领导", 12),
    _field("lead_units", "牵头单位", 22), _field("reason", "核定理由", 50),
    _field("causes", "所报原因", 40),
)  # fmt: skip
_NOTES = (
    _field("office", "单位", 16), _field("severity", "类别", 9), _field("message", "情况", 80),
    _field("code", "代码", 18),
)  # fmt: skip
