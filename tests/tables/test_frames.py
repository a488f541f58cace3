"""The frames hold what the files hold, in dtypes that can be worked with, and are documented."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from reporting.assess.public.cut import public_slice
from reporting.assess.public.withheld import Withheld
from reporting.assess.slices import slice_for
from reporting.assess.values import (
    Assessment,
    Change,
    Edition,
    Level,
    NoteKind,
    Subject,
    SubjectKind,
)
from reporting.grades import LAGGING, USUAL, WORST_FIRST, Kind
from reporting.notebook import LoadedAssessment
from reporting.publish.pack.datapackage import write_datapackage
from reporting.publish.pack.tables import unescaped, write_tables
from reporting.publish.year.join import rows_of
from reporting.publish.year.parquet import write_parquet
from reporting.tables.dtypes import dtype_name
from reporting.tables.fields import FURTHER, PERIOD, TABLES
from reporting.tables.frames import Frames

ROOT = Path(__file__).parents[2]
UNIT = "市商务局"
ALL = {**TABLES, **FURTHER}
JOINED = {"leaders": str, "lead_units": str, "quarters": int}
"""What the files hold in one cell with semicolons, and what each part is."""


@pytest.fixture(scope="module")
def unit_slice(real_city: Assessment) -> Assessment:
    return slice_for(real_city, Subject(kind=SubjectKind.UNIT, name=UNIT))


@pytest.fixture(scope="module")
def hostile(unit_slice: Assessment) -> Assessment:
    """Give a unit's slice with texts that look like something else, and a day far away."""
    first, *others = unit_slice.plan.tasks
    odd = first.model_copy(
        update={"goal": "=1+1", "action": "NA", "heading": "上\u202e下", "leaders": ()}
    )
    row, *rows = [r for r in unit_slice.progress if r.quarter == 3]
    row = row.model_copy(
        update={"progress": "'-3元", "problem": "nan", "due_date": date(9999, 12, 31)}
    )
    plan = unit_slice.plan.model_copy(update={"tasks": (odd, *others)})
    return unit_slice.model_copy(update={"plan": plan, "progress": (row, *rows)})


@pytest.fixture(params=["real_city", "unit_slice", "hostile"])
def any_slice(request: pytest.FixtureRequest) -> Assessment:
    found: Assessment = request.getfixturevalue(request.param)
    return found


def in_files(assessment: Assessment) -> Iterator[tuple[str, str, str, list[str]]]:
    """Give each column of the files: table, name, type by the descriptor, and its cells."""
    files = write_tables(assessment)
    for resource in json.loads(write_datapackage(assessment, files))["resources"]:
        rows = list(csv.DictReader(io.StringIO(files[resource["path"]].decode(), newline="")))
        for field in resource["schema"]["fields"]:
            cells = [row[field["name"]] for row in rows]
            yield resource["name"], field["name"], field["type"], cells


def read(name: str, kind: str, cell: str) -> object:
    """Read a cell of a file as its descriptor says."""
    if name in JOINED:
        return tuple(map(JOINED[name], cell.split(";"))) if cell else ()
    if name == "nothing_due":
        return cell == "是"
    if not cell:
        return None
    types: Mapping[str, Callable[[str], object]] = {
        "integer": int, "number": float, "date": date.fromisoformat, "string": unescaped,
    }  # fmt: skip
    return types[kind](cell)


def plain(value: Any) -> object:
    """Give a value of a frame without pandas; what is missing is None."""
    if isinstance(value, tuple):
        return value
    if pd.isna(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value


def test_frames_hold_what_the_files_hold(any_slice: Assessment) -> None:
    """Column by column, read by the descriptor's types: the same names, rows and values."""
    frames = Frames(any_slice)
    columns: dict[str, list[str]] = {}
    for table, name, kind, cells in in_files(any_slice):
        columns.setdefault(table, []).append(name)
        found = [plain(value) for value in getattr(frames, table)[name]]
        assert found == [read(name, kind, cell) for cell in cells], (table, name)
    assert columns == {table: list(getattr(frames, table).columns) for table in TABLES}


def test_frames_hold_what_the_years_file_holds(real_city: Assessment, tmp_path: Path) -> None:
    """The one Parquet file for boards says the same of every row and column."""
    written = {name.removesuffix(".csv"): data for name, data in write_tables(real_city).items()}
    path = tmp_path / "2023.parquet"
    path.write_bytes(write_parquet({name: rows_of(data) for name, data in written.items()}))
    frames = Frames(real_city)
    for table in TABLES:
        frame = getattr(frames, table)
        names = [name for name in frame.columns if name not in JOINED and name != "nothing_due"]
        chosen = ", ".join(f'"{name}"' for name in names)
        with duckdb.connect(":memory:", config={"threads": 1}) as base:
            query = f"SELECT {chosen} FROM '{path}' WHERE kind = '{table}'"
            rows = base.execute(query).fetchall()
        found = [tuple(map(plain, row)) for row in frame[names].itertuples(index=False, name=None)]
        assert found == rows, table


PANDAS = {
    "str": "str", "Int64": "Int64", "float64": "float64", "datetime64[s]": "datetime64[s]",
    "ordered category": "category", "category": "category", "bool": "bool", "tuple": "object",
}  # fmt: skip


def test_dtypes_are_the_documented_ones(any_slice: Assessment, real_city: Assessment) -> None:
    """Also of an empty table: a quarter without rows can be laid beside one that has some."""
    public = public_slice(real_city, Withheld())
    nobody = slice_for(real_city, Subject(kind=SubjectKind.SUPPORTING, name="无此单位"))
    for assessment in (any_slice, public, nobody):
        frames = Frames(assessment)
        for table, (_, fields) in ALL.items():
            frame = getattr(frames, table)
            assert list(frame.columns) == [field.name for field in (*PERIOD, *fields)]
            for field in (*PERIOD, *fields):
                dtype, told = frame[field.name].dtype, dtype_name(field)
                assert str(dtype) == PANDAS[told], (table, field.name)
                assert getattr(dtype, "ordered", None) == {
                    "ordered category": True, "category": False,
                }.get(told), (table, field.name)  # fmt: skip


def test_no_category_is_lost(real_years: dict[int, Assessment]) -> None:
    """A word that a list of categories lacks would be missing in silence."""
    for assessment in real_years.values():
        frames = Frames(assessment)
        for table, must in {
            "ratings": ("level", "grade"), "findings": ("severity",), "units": ("state",),
            "targets": ("comparator", "basis"), "tasks": ("grade",),
        }.items():  # fmt: skip
            assert getattr(frames, table)[list(must)].notna().all(axis=None), table


def test_grades_are_in_the_order_of_the_rule(real_city: Assessment) -> None:
    """What weighs most is the greatest, and what lags is what is not less than 未达序时进度."""
    tasks = Frames(real_city).tasks
    assert list(tasks.grade.cat.categories) == [kind.value for kind in reversed(WORST_FIRST)]
    late = {rating.task_id for rating in real_city.task_ratings() if rating.grade in LAGGING}
    assert set(tasks[tasks.grade >= "未达序时进度"].task_id) == late
    assert tasks.grade.max() == "严重滞后"


def test_an_offices_own_words_are_in_its_order(unit_slice: Assessment) -> None:
    """And no word that a rating has is lost: an earlier quarter may have had another."""
    slow = USUAL[Kind.BEHIND].model_copy(update={"word": "推进偏慢"})
    grades = tuple(slow if g.kind is Kind.BEHIND else g for g in unit_slice.scale.grades)
    scale = unit_slice.scale.model_copy(update={"grades": grades})
    rating, *others = unit_slice.ratings
    now = rating.model_copy(update={"grade": slow, "previous": USUAL[Kind.BEHIND]})
    own = unit_slice.model_copy(update={"scale": scale, "ratings": (now, *others)})
    ratings = Frames(own).ratings
    assert ratings[["grade", "previous"]].iloc[0].to_list() == ["推进偏慢", "未达序时进度"]
    assert ratings.grade.notna().all()
    words = list(ratings.grade.cat.categories)
    assert words.index("未报送") < words.index("推进偏慢") < words.index("未启动")


def test_a_units_frames_hold_its_own_rows_alone(
    real_city: Assessment, unit_slice: Assessment
) -> None:
    """Nothing of another unit's returns, ratings, findings or sources."""
    frames, others = Frames(unit_slice), set(real_city.plan.lead_units) - {UNIT}
    for table in ("milestones", "targets", "units", "findings", "progress", "ratings", "sources"):
        frame = getattr(frames, table)
        assert set(frame["unit"].dropna()) == {UNIT}, table
        for column in {"file", "actual_file"} & set(frame.columns):
            names = {Path(file).stem for file in frame[column].dropna()}
            assert not names & others, (table, column)
    assert frames.tasks.lead_units.map(lambda units: UNIT in units).all()
    assert not frames.ratings.unit.isna().any()


def test_a_public_slice_tells_no_return(real_city: Assessment) -> None:
    """Who reads the public's tables learns no file, no problem and no name of a reporter."""
    frames = Frames(public_slice(real_city, Withheld()))
    assert frames.findings.empty
    assert frames.units.empty
    assert (
        frames.progress[["problem", "cause", "next_step", "reporter", "file"]].isna().all(axis=None)
    )
    assert frames.sources[["file", "sheet", "cell", "sha256"]].isna().all(axis=None)


def test_rows_of_returns_are_those_of_every_quarter(real_city: Assessment) -> None:
    """The reported words of this quarter stand in the milestones too."""
    frames = Frames(real_city)
    assert len(frames.progress) == len(real_city.progress)
    assert set(frames.progress.quarter) == {1, 2, 3}
    now = frames.progress.query("quarter == 3").set_index(["milestone_id", "unit"])
    beside = frames.milestones.set_index(["milestone_id", "unit"])
    both = now.index.intersection(beside.index)
    assert len(both) > 100
    for column in ("progress", "problem", "cause", "next_step", "due_date", "coordination"):
        pd.testing.assert_series_equal(now.loc[both, column], beside.loc[both, column])


def test_ratings_of_this_quarter_are_those_of_the_tasks(real_city: Assessment) -> None:
    """Those over all lead units are the ones that the city counts."""
    frames = Frames(real_city)
    whole = frames.ratings.query("level == 'task' and quarter == 3 and unit.isna()")
    shared = [name for name in frames.tasks.columns if name in whole.columns]
    tasks = frames.tasks.sort_values("task_id")[shared].reset_index(drop=True)
    whole = whole.sort_values("task_id")[shared].reset_index(drop=True)
    pd.testing.assert_frame_equal(whole, tasks)


def test_sources_lead_to_the_return_and_its_digest(real_city: Assessment) -> None:
    """A rating's evidence, each with its cell; of an earlier return, that one's."""
    sources = Frames(real_city).sources
    rating = next(r for r in real_city.ratings if any(one.quarter for one in r.evidence))
    own = sources[
        (sources.level == str(rating.level))
        & (sources.subject_id == rating.subject_id)
        & (sources.unit == rating.unit)
        & (sources.quarter == rating.quarter)
    ]
    assert list(own.quote) == [one.quote for one in rating.evidence]
    assert list(own.cell) == [one.cell for one in rating.evidence]
    assert list(own.source_quarter) == [one.quarter or rating.quarter for one in rating.evidence]
    digests = {one.file: one.sha256 for one in real_city.return_status}
    assert list(own.sha256) == [digests[file] for file in own.file]
    assert len(sources) == sum(len(rating.evidence) for rating in real_city.ratings)


def test_changes_are_the_editions_facts(unit_slice: Assessment) -> None:
    """Each with its edition; what an edition does not say is missing, not empty."""
    change = Change(
        kind=NoteKind.LATE, task_id="2023-001", label="1", unit=UNIT, quarter=2,
        field="本季度进展", old="", new="已办结。", new_where="甲.xlsx“进展”表 I4", reason="",
    )  # fmt: skip
    edition = Edition(number=2, on=date(2023, 11, 1), changes=(change,), moves=())
    changed = unit_slice.model_copy(update={"editions": (edition,)})
    (row,) = Frames(changed).changes.to_dict("records")
    kept = {name: value for name, value in row.items() if plain(value) is not None}
    assert kept == {
        "report_year": 2023, "report_quarter": 3, "edition": 2,
        "issued_on": pd.Timestamp("2023-11-01"), "kind": "补报", "task_id": "2023-001",
        "label": "1", "unit": UNIT, "quarter": 2, "field": "本季度进展", "new": "已办结。",
        "new_where": "甲.xlsx“进展”表 I4",
    }  # fmt: skip
    assert Frames(unit_slice).changes.empty


def test_a_frame_that_is_changed_changes_no_other(unit_slice: Assessment) -> None:
    """The next one is as the assessment has it."""
    frames = LoadedAssessment.of(unit_slice).frames
    mine = frames.tasks
    mine["goal"] = "改"
    mine.loc[0, "label"] = "改"
    assert "改" not in {*frames.tasks.goal, *frames.tasks.label}


def test_a_far_day_is_a_day(hostile: Assessment) -> None:
    """Whatever year a unit types."""
    assert plain(Frames(hostile).progress.due_date[0]) == date(9999, 12, 31)


def test_frames_tell_their_tables_and_columns(unit_slice: Assessment) -> None:
    """For completion, and as a frame."""
    frames = Frames(unit_slice)
    assert set(dir(frames)) == {*ALL, "columns"}
    told = frames.columns
    for table, (_, fields) in ALL.items():
        named = list(told[told.table == table].column)
        assert named == [field.name for field in (*PERIOD, *fields)]
    assert told.isna().sum().sum() == 0


DOCUMENTED = re.compile(r"^        ([a-z0-9_, ]+) : (.+)\n            \S", re.MULTILINE)


@pytest.mark.parametrize("table", ALL)
def test_every_column_is_documented(table: str) -> None:
    """In the docstring and on the page, with its dtype and what it is when missing."""
    expected = {f.name: dtype_name(f) for f in (*PERIOD, *ALL[table][1])}
    told = {
        name: dtype
        for names, dtype in DOCUMENTED.findall(getattr(Frames, table).__doc__ or "")
        for name in names.split(", ")
    }
    assert told == expected
    page = (ROOT / "docs/recipes.zh-CN.md").read_text(encoding="utf-8")
    section = page.partition(f"\n### `{table}`（{ALL[table][0]}）\n")[2].partition("\n### ")[0]
    rows = re.findall(r"^\| `(\w+)` \| `([^`]+)` \| (.+) \| .* \| (.+) \|$", section, re.MULTILINE)
    assert [(name, dtype) for name, dtype, _, _ in rows] == list(expected.items())
    labels = {field.name: field.label for field in (*PERIOD, *ALL[table][1])}
    assert {name: label for name, _, label, _ in rows} == labels


def test_what_is_said_never_to_be_missing_is_there(real_years: dict[int, Assessment]) -> None:
    """The page tells of each column what a missing value means, or that there is none."""
    page = (ROOT / "docs/recipes.zh-CN.md").read_text(encoding="utf-8")
    looked = 0
    for table in ALL:
        section = page.partition(f"\n### `{table}`（")[2].partition("\n### ")[0]
        full = re.findall(r"^\| `(\w+)` .* \| 不空 \|$", section, re.MULTILINE)
        for assessment in (real_years[1], real_years[4]):
            assert getattr(Frames(assessment), table)[full].notna().all(axis=None), table
        looked += len(full)
    assert looked > 50


def test_levels_of_the_tables_are_those_of_the_ratings() -> None:
    """A level that is added is a category at once."""
    assert {str(level) for level in Level} == {"task", "milestone", "target"}
