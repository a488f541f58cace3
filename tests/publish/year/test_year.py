"""The tables of a year hold what the packs of its quarters say, and nothing that contradicts."""

import csv
import io
import itertools
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from assess.rating_samples import UNIT
from frictionless import Package

from publish.conftest import Project, make_project
from reporting.errors import PublishError
from reporting.project.params import read_params
from reporting.publish.keys.hashes import FileHashes, FileRecord
from reporting.publish.keys.program import Program
from reporting.publish.keys.store import Store
from reporting.publish.manifest import MANIFEST, LockRecord, Manifest, Pack, PackageRecord
from reporting.publish.options import Options
from reporting.publish.pack.datapackage import DESCRIPTOR, describe_csv, to_bytes
from reporting.publish.pack.tables import write_csv
from reporting.publish.values import Run
from reporting.publish.year.join import fields_of
from reporting.publish.year.publish import publish_year
from reporting.system.digests import digest
from reporting.tables.fields import EXTRA, FURTHER, TABLES, DataTable, Datum

PROGRAM = Program(package="a", lock="b", environment="", python="3.11", fonts=())
Row = Mapping[str, Datum]
DONE, LATE = "已完成", "未达序时进度"


@dataclass
class Year:
    """A project with packs made by hand, and its tables of the year."""

    root: Path
    remarks: tuple[str, ...] = ()
    program: Program = field(default=PROGRAM)

    @property
    def folder(self) -> Path:
        return self.root / "outputs/2023/data"

    def pack(self, quarter: int) -> Path:
        return self.root / f"outputs/2023/Q{quarter}"

    def write(self, quarter: int, rows: Mapping[str, Sequence[Row]], edition: int = 1) -> None:
        """Put a pack in place."""
        files = {f"data/{name}": data for name, data in pack_data(quarter, rows).items()}
        (self.pack(quarter) / "data").mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (self.pack(quarter) / name).write_bytes(data)
        manifest = Manifest(
            format=1, year=2023, quarter=quarter, edition=edition, is_sample=quarter == 2,
            package=PackageRecord(name="reporting", version="0", sha256=""),
            lock=LockRecord(path="", sha256=""), environment="", python="", renderer="typst",
            formats=("html",), fonts=(), inputs=(), reports=(), findings={}, counts={},
            artifacts=tuple(
                FileRecord(path=name, size=len(data), sha256=digest(data))
                for name, data in files.items()
            ),
        )  # fmt: skip
        (self.pack(quarter) / MANIFEST).write_bytes(manifest.to_bytes())

    def publish(self) -> dict[str, bytes]:
        """Bring the tables up to date; gives their files."""
        hashes, options = FileHashes(), Options(year=2023, quarter=1)
        run = Run(
            self.root, options, read_params(self.root, 2023), hashes,
            Store(self.root / ".reporting/store"), Pack(self.pack(1), hashes),
        )  # fmt: skip
        self.remarks = publish_year(run, self.program)
        return {path.name: path.read_bytes() for path in sorted(self.folder.glob("*"))}


def pack_data(quarter: int, rows: Mapping[str, Sequence[Row]]) -> dict[str, bytes]:
    """Write the tables of a quarter's pack, and their descriptor."""
    tables = [
        DataTable(
            name=name, title=title, fields=fields_of(name),
            rows=tuple((2023, quarter, *_values(name, row)) for row in rows.get(name, ())),
        )
        for name, (title, _) in {**TABLES, **FURTHER}.items()
        if name in TABLES or (name == EXTRA and name in rows)
    ]  # fmt: skip
    files = write_csv(tables)
    descriptor = {
        "title": f"某市2023年第{quarter}季度任务进展数据",
        "created": f"2023-{quarter * 3 + 1:02}-28T00:00:00Z" if quarter < 4 else "2024-01-30",
        "resources": [
            describe_csv(t.name, t.title, t.fields, files[f"{t.name}.csv"]) for t in tables
        ],
    }
    return {**files, DESCRIPTOR: to_bytes(descriptor)}


def _values(name: str, row: Row) -> tuple[Datum, ...]:
    fields = [field.name for field in {**TABLES, **FURTHER}[name][1]]
    assert set(row) <= set(fields)
    return tuple(row.get(field) for field in fields)


def task(number: int, grade: str, previous: str | None = None) -> Row:
    return {
        "task_id": f"2023-{number:03}", "label": str(number + 100), "number": number,
        "goal": "建成“示范区”，\n新增=3家", "grade": grade, "previous": previous,
        "gap": Decimal("12.50") if grade == LATE else None,
    }  # fmt: skip


FIRST: dict[str, list[Row]] = {
    "tasks": [task(1, DONE), task(2, LATE)],
    "units": [{"unit": UNIT, "state": "按时报送", "reported_on": date(2023, 4, 9), "tasks": 2}],
    "targets": [
        {"target_id": "2023-001-T01", "task_id": "2023-001", "unit": UNIT, "comparator": "=",
         "measure": "=SUM(A1)", "plan": Decimal("0.10"), "actual": Decimal("1234567.891")},
    ],
}  # fmt: skip
SECOND: dict[str, list[Row]] = {"tasks": [task(1, DONE, DONE), task(2, DONE, LATE), task(3, LATE)]}
THIRD: dict[str, list[Row]] = {"tasks": [task(1, DONE, DONE), task(2, DONE, DONE)]}


@pytest.fixture
def year(tmp_path: Path) -> Year:
    return Year(make_project(tmp_path / "office"))


def tasks(files: Mapping[str, bytes]) -> list[tuple[str, str, str]]:
    """Give quarter, task and grade of each row."""
    rows = csv.DictReader(io.StringIO(files["tasks.csv"].decode(), newline=""))
    return [(row["report_quarter"], row["task_id"], row["grade"]) for row in rows]


def query(folder: Path, statement: str) -> list[tuple[object, ...]]:
    with duckdb.connect(":memory:") as base:
        path = str(folder / "2023.parquet").replace("'", "''")
        found: list[tuple[object, ...]] = base.execute(
            statement.replace("ROWS", f"'{path}'")
        ).fetchall()
        return found


def test_quarters_stand_under_each_other_with_year_and_quarter(year: Year) -> None:
    """Each table has the rows of every quarter, in order of time; the descriptor fits."""
    for quarter, rows in ((1, FIRST), (2, SECOND), (3, THIRD)):
        year.write(quarter, rows)
    files = year.publish()
    assert list(files) == sorted([*(f"{name}.csv" for name in TABLES), DESCRIPTOR, "2023.parquet"])
    assert tasks(files) == [
        ("1", "2023-001", DONE), ("1", "2023-002", LATE),
        ("2", "2023-001", DONE), ("2", "2023-002", DONE), ("2", "2023-003", LATE),
        ("3", "2023-001", DONE), ("3", "2023-002", DONE),
    ]  # fmt: skip
    assert year.remarks == ()
    report = Package(str(year.folder / DESCRIPTOR)).validate()
    assert report.flatten(["name", "note"]) == []
    described = json.loads(files[DESCRIPTOR])
    assert described["title"] == "东莞市2023年任务进展数据"
    assert [s["title"] for s in described["sources"]] == [
        f"某市2023年第{n}季度任务进展数据（第1版）" for n in (1, 2, 3)
    ]
    assert (described["created"], described["description"]) == (
        "2023-10-28T00:00:00Z", "示例数据，不反映任何单位的真实进展。",
    )  # fmt: skip


def test_parquet_holds_every_row_with_types(year: Year) -> None:
    """Words as they were, numbers, days; each row says which table it is of."""
    year.write(1, FIRST)
    year.write(2, SECOND)
    year.publish()
    assert query(
        year.folder, "SELECT kind, report_quarter, count(*) FROM ROWS GROUP BY ALL ORDER BY ALL"
    ) == [("targets", 1, 1), ("tasks", 1, 2), ("tasks", 2, 3), ("units", 1, 1)]
    assert query(
        year.folder,
        "SELECT measure, comparator, plan, actual, unit FROM ROWS WHERE kind = 'targets'",
    ) == [("=SUM(A1)", "=", 0.1, 1234567.891, UNIT)]
    assert query(year.folder, "SELECT reported_on, tasks FROM ROWS WHERE kind = 'units'") == [
        (date(2023, 4, 9), 2)
    ]
    assert query(
        year.folder,
        "SELECT goal, gap, previous FROM ROWS WHERE task_id = '2023-002' AND report_quarter = 1"
        " AND kind = 'tasks'",
    ) == [("建成“示范区”，\n新增=3家", 12.5, None)]


def extra(quarter: int, figure: str, *, at: int | None = None) -> Row:
    return {
        "quarter": at or quarter, "unit": UNIT, "task_id": "2023-001", "column": "投资额",
        "measure_unit": "万元", "value": figure, "figure": Decimal(figure), "cell": "S4",
    }  # fmt: skip


def test_columns_of_the_office_stand_once(year: Year) -> None:
    """A pack tells what earlier quarters said as well; a year's sum counts each value once."""
    year.write(1, FIRST)
    year.write(2, SECOND | {EXTRA: [extra(2, "10.5")]})
    year.write(3, THIRD | {EXTRA: [extra(3, "10.5", at=2), extra(3, "20")]})
    files = year.publish()
    assert files["extra.csv"].decode().splitlines()[1:] == [
        "2023,2,2,市商务局,2023-001,,投资额,万元,10.5,10.5,,,,S4",
        "2023,3,3,市商务局,2023-001,,投资额,万元,20,20,,,,S4",
    ]
    assert query(year.folder, "SELECT sum(figure) FROM ROWS WHERE kind = 'extra'") == [(30.5,)]
    assert Package(str(year.folder / DESCRIPTOR)).validate().flatten(["name", "note"]) == []
    described = {one["name"]: one for one in json.loads(files[DESCRIPTOR])["resources"]}
    assert described["extra"]["title"] == "另加的列"
    assert year.remarks == ()


def test_a_year_without_such_columns_has_no_file_of_them(year: Year) -> None:
    """One that was there goes, and one that was damaged leaves its quarter out."""
    year.write(1, FIRST | {EXTRA: [extra(1, "1")]})
    assert "extra.csv" in year.publish()
    year.write(1, FIRST)
    assert "extra.csv" not in year.publish()
    year.write(1, FIRST | {EXTRA: [extra(1, "1")]})
    (year.pack(1) / "data/extra.csv").write_text("", "utf-8")
    year.publish()
    assert [remark.partition("，")[0] for remark in year.remarks] == [
        "第1季度没有列入全年数据：data/extra.csv 与清单不符（被改动或者缺失）"
    ]


def test_order_of_publishing_does_not_matter(year: Year, tmp_path: Path) -> None:
    """Whatever quarter came last, in whatever folder, the bytes are the same."""
    found = []
    rows = {1: FIRST, 2: SECOND, 3: THIRD}
    for number, order in enumerate(itertools.permutations(rows)):
        other = Year(make_project(tmp_path / f"{number}/office"))
        for quarter in order:
            other.write(quarter, rows[quarter])
            other.publish()
        found.append(other.publish())
    assert all(files == found[0] for files in found)


def test_nothing_is_written_while_nothing_changed(year: Year) -> None:
    """The files stay untouched; one that was damaged or removed is put back."""
    year.write(1, FIRST)
    files = year.publish()
    stamps = {path: path.stat().st_mtime_ns for path in year.folder.glob("*")}
    assert year.publish() == files
    assert {path: path.stat().st_mtime_ns for path in year.folder.glob("*")} == stamps
    (year.folder / "tasks.csv").write_text("x")
    (year.folder / "2023.parquet").unlink()
    shutil.rmtree(year.root / ".reporting/store/objects")
    assert year.publish() == files


def test_corrected_quarter_replaces_its_rows(year: Year) -> None:
    """What is published anew stands in the year's tables, under its edition."""
    year.write(1, FIRST)
    year.publish()
    year.write(1, {**FIRST, "tasks": [task(1, LATE)]}, edition=2)
    files = year.publish()
    assert tasks(files) == [("1", "2023-001", LATE)]
    assert "（第2版）" in files[DESCRIPTOR].decode()
    assert query(year.folder, "SELECT grade FROM ROWS WHERE kind = 'tasks'") == [(LATE,)]


def test_what_is_no_more_goes(year: Year) -> None:
    """A pack that was removed leaves the tables, the last one takes them along; others' stay."""
    year.write(1, FIRST)
    year.write(2, SECOND)
    year.publish()
    shutil.rmtree(year.pack(2))
    assert {quarter for quarter, _, _ in tasks(year.publish())} == {"1"}
    (year.folder / "看板.xlsx").write_bytes(b"mine")
    shutil.rmtree(year.pack(1))
    assert year.publish() == {"看板.xlsx": b"mine"}
    (year.folder / "看板.xlsx").unlink()
    year.write(1, FIRST)
    year.publish()
    shutil.rmtree(year.pack(1))
    assert year.publish() == {}
    assert not year.folder.exists()


def test_quarter_that_contradicts_the_one_before_is_left_out(year: Year) -> None:
    """It was made on ratings that the first no longer has; one sentence says how to mend it."""
    year.write(1, FIRST)
    year.write(2, SECOND)
    year.write(3, THIRD)
    year.write(1, {**FIRST, "tasks": [task(1, LATE), task(2, LATE)]})
    for _ in range(2):
        files = year.publish()
        assert {quarter for quarter, _, _ in tasks(files)} == {"1", "3"}
        assert year.remarks == (
            "第2季度没有列入全年数据：任务101的“上季度核定”与第1季度现有的核定结果不一致"
            "（第1季度后来重新生成过；其更正尚未定版的，请先定版），请重新运行 make report Q=2。",
        )


def damage_table(year: Year) -> None:
    path = year.pack(1) / "data/targets.csv"
    path.write_bytes(path.read_bytes() + b"2023,1,x\n")


def remove_table(year: Year) -> None:
    (year.pack(1) / "data/units.csv").unlink()


def damage_manifest(year: Year) -> None:
    (year.pack(1) / MANIFEST).write_text("{")


def move_pack(year: Year) -> None:
    year.write(4, {})
    shutil.rmtree(year.pack(1))
    year.pack(4).rename(year.pack(1))


def drop_column(year: Year) -> None:
    """Leave the pack whole, as an older program wrote it."""
    path = year.pack(1) / "data/units.csv"
    data = path.read_bytes().replace(b"report_year,", b"", 1)
    path.write_bytes(data)
    told = json.loads((year.pack(1) / MANIFEST).read_bytes())
    for item in told["artifacts"]:
        if item["path"] == "data/units.csv":
            item.update(size=len(data), sha256=digest(data))
    (year.pack(1) / MANIFEST).write_text(json.dumps(told))


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (damage_table, "data/targets.csv 与清单不符（被改动或者缺失）"),
        (remove_table, "data/units.csv 与清单不符（被改动或者缺失）"),
        (damage_manifest, "成果目录的清单 manifest.json 缺失或损坏"),
        (move_pack, "成果目录里是2023年第4季度的材料"),
        (drop_column, "units.csv 的列与本版软件的不同，是另一版软件生成的"),
    ],
)
def test_pack_that_does_not_stand_is_left_out(
    harm: Callable[[Year], None], reason: str, year: Year
) -> None:
    """One sentence says what is wrong with it and what brings it in; the rest is there."""
    year.write(1, FIRST)
    year.write(2, SECOND)
    harm(year)
    files = year.publish()
    assert {quarter for quarter, _, _ in tasks(files)} == {"2"}
    assert year.remarks == (
        f"第1季度没有列入全年数据：{reason}，请重新运行 make report Q=1。",
    )  # fmt: skip


def test_tables_of_another_program_are_written_anew(year: Year) -> None:
    """What an earlier program remembered is not taken for what this one makes."""
    year.write(1, FIRST)
    year.publish()
    (record,) = (year.root / ".reporting/store/records/year").glob("*.json")
    year.program = PROGRAM.model_copy(update={"package": "c"})
    year.publish()
    assert len(list(record.parent.glob("*.json"))) == 2


def test_run_brings_the_year_along(project: Project) -> None:
    """A pack in its own place does; a dry run and a pack in another folder do not."""
    folder = project.root / "outputs/2023/data"
    project.publish(dry_run=True)
    project.publish(output=project.root / "elsewhere")
    assert not folder.exists()
    outcome = project.publish()
    assert (folder / "2023.parquet").is_file()
    assert [quarter for quarter, _, _ in tasks({"tasks.csv": (folder / "tasks.csv").read_bytes()})]
    assert not [remark for remark in outcome.remarks if "全年数据" in remark]
    (folder / "tasks.csv").write_text("x")
    project.publish(output=project.root / "elsewhere")
    assert (folder / "tasks.csv").read_text() == "x"
    (project.pack.parent / "Q1").mkdir()
    (project.pack.parent / "Q1" / MANIFEST).write_text("{")
    outcome = project.publish()
    assert [remark for remark in outcome.remarks if "第1季度没有列入全年数据" in remark]


def test_first_part_of_a_pack_is_no_quarter_of_the_year(project: Project) -> None:
    """One unit's report has no tables: nothing is written, and nothing is amiss."""
    outcome = project.publish(units=(UNIT,))
    assert not (project.root / "outputs/2023/data").exists()
    assert not [remark for remark in outcome.remarks if "全年数据" in remark]


def test_file_that_cannot_be_replaced_is_named(year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence says which; what stood there still does."""
    year.write(1, FIRST)
    files = year.publish()
    year.write(2, SECOND)
    replace = Path.replace

    def held(path: Path, target: Path) -> Path:
        if target.name == "2023.parquet":
            raise PermissionError(13, "held")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(PublishError, match=r"data/2023\.parquet 没有更新：可能正被其他程序"):
        year.publish()
    monkeypatch.undo()
    assert (year.folder / "2023.parquet").read_bytes() == files["2023.parquet"]
    assert {quarter for quarter, _, _ in tasks(year.publish())} == {"1", "2"}
