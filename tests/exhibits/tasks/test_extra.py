"""The office's own columns in reports, tables and editions; never in the public version."""

from datetime import date
from decimal import Decimal

import pytest
from assess.rating_samples import OTHER, UNIT, milestone, params, plan, returns, row, task

from reporting.assess.assess import assess
from reporting.assess.editions.facts import facts
from reporting.assess.public.cut import public_slice
from reporting.assess.public.withheld import Withheld
from reporting.assess.slices import slice_for
from reporting.assess.values import Assessment, NoteKind, Subject, SubjectKind
from reporting.documents.blocks import Table, text_of
from reporting.errors import UsageError
from reporting.exhibits import show
from reporting.exhibits.sources.listed import sources
from reporting.periods import Period
from reporting.project.asked.columns import ExtraColumn, ReturnsParams
from reporting.publish.pack.datapackage import write_datapackage
from reporting.publish.pack.tables import write_tables
from reporting.publish.pack.xlsx import write_annex
from reporting.returns.values import ExtraValue
from reporting.tables.frames import Frames

SECRET = "'</td>=密"
COLUMNS = (
    ExtraColumn(name="投资额", kind="number", unit="万元"),
    ExtraColumn(name="备案情况", kind="text"),
    ExtraColumn(name="开工日期", kind="date"),
)


def number(value: str, cell: str = "S4") -> ExtraValue:
    return ExtraValue(
        name="投资额", kind="number", unit="万元", text=value, number=Decimal(value), cell=cell
    )


def made(first: str = "1200.5", secret: str = SECRET) -> Assessment:
    given = (
        number(first),
        ExtraValue(name="备案情况", kind="text", text=secret, cell="T4"),
        ExtraValue(
            name="开工日期", kind="date", text="2023-02-01", day=date(2023, 2, 1), cell="U4"
        ),
    )
    tasks = [task(1), task(2, units=(OTHER,)), task(3, units=(OTHER,))]
    rows = [
        row(extra=given),
        *(
            row(unit=OTHER, task_id=f"2023-{n:03d}", milestone_id=f"2023-{n:03d}-01",
                file="乙.xlsx", extra=extra)
            for n, extra in ((2, (number("99.5", "S9"),)), (3, ()))
        ),
    ]  # fmt: skip
    asking = params().model_copy(update={"returns": ReturnsParams(columns=COLUMNS)})
    milestones = [milestone(n) for n in (1, 2, 3)]
    period = Period(year=2023, quarter=1)
    return assess(plan(tasks, milestones), [returns(rows)], asking, period)


def table(assessment: Assessment, *names: str, total: bool = False) -> Table:
    (found,) = show.extra(assessment, *names, total=total).blocks
    assert isinstance(found, Table)
    return found


def cells(found: Table) -> list[list[str]]:
    return [[text_of(cell) for cell in line.cells] for line in found.rows]


def test_all_columns_stand_beside_their_tasks() -> None:
    """What was left empty is a dash; each value leads to its cell."""
    found = table(made())
    assert [column.label for column in found.columns][3:] == [
        "投资额（万元）",
        "备案情况",
        "开工日期",
    ]
    assert cells(found) == [
        ["1", "目标1", UNIT, "1200.5", SECRET, "2023年2月1日"],
        ["2", "目标2", OTHER, "99.5", "—", "—"],
    ]
    (step, *_) = found.rows[0].origin
    assert step.words == "投资额：1200.5万元（市商务局.xlsx“进展”表 S4）"
    assert (step.of, step.column) == (("task-001",), "extra0")


def test_a_total_says_what_it_adds_up() -> None:
    """Only where it is asked for; what was left empty is counted, not taken for nothing."""
    assert not any(line.total for line in table(made(), "投资额").rows)
    last = table(made(), "投资额", total=True).rows[-1]
    assert text_of(last.cells[-1]) == "1300"
    (step,) = last.origin
    assert step.words == "投资额（万元）合计：1300（2行相加，另有1行未填，未计入）"
    assert step.of == ("task-001", "task-002")


def test_other_names_and_no_values() -> None:
    """A name of no column is told with those there are; no value is said."""
    with pytest.raises(UsageError, match=r"投资额、备案情况、开工日期.*现为“投资”"):
        show.extra(made(), "投资")
    bare = made().model_copy(update={"progress": ()})
    assert "本季度没有单位填报投资额。" in str(show.extra(bare, "投资额"))
    none = bare.model_copy(update={"extra_columns": ()})
    assert "报送表没有另加的列。" in str(show.extra(none))


def test_sources_list_their_cells() -> None:
    """Under the task's own rows."""
    said = str(sources(made()))
    assert "S4" in said
    assert "1200.5万元" in said


def test_a_unit_sees_its_own() -> None:
    """And the public sees none, nor that there are such columns."""
    own = slice_for(made(), Subject(kind=SubjectKind.UNIT, name=OTHER))
    assert [line[3] for line in cells(table(own))] == ["99.5"]
    assert SECRET not in own.model_dump_json()
    public = public_slice(made(), Withheld()).model_dump_json()
    assert not [word for word in ("密", "1200.5", "投资额", "S4") if word in public]


def test_files_and_frames_hold_them() -> None:
    """A file of their own, described; in the frames of rows, a column each."""
    files = write_tables(made())
    lines = files["extra.csv"].decode("utf-8-sig").splitlines()
    assert lines[1] == (
        "2023,1,1,市商务局,2023-001,2023-001-01,投资额,万元,1200.5,1200.5,,市商务局.xlsx,进展,S4"
    )
    assert b'"extra.csv"' in write_datapackage(made(), files)
    assert write_annex(made())
    frames = Frames(made())
    assert list(frames.extra.figure.dropna()) == [1200.5, 99.5]
    assert list(frames.progress["投资额"].dropna()) == [1200.5, 99.5]
    assert str(frames.progress["开工日期"].dtype) == "datetime64[s]"
    plain = made().model_copy(update={"extra_columns": ()})
    assert "extra.csv" not in write_tables(plain)


def test_a_correction_is_a_fact_with_both_cells() -> None:
    """更正, with the old and the new."""
    (change,) = facts(made(), made("1300"))
    assert (change.kind, change.field) == (NoteKind.WRONG, "投资额")
    assert (change.old, change.new) == ("1200.5万元", "1300万元")
    assert change.old_where.endswith("市商务局.xlsx“进展”表 S4")
