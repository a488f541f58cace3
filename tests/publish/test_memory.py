"""What is remembered of single return files equals what reading them again would give."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from returns.toy import OTHER, PARAMS, PLAN, UNIT, Sheet, filled, read

from reporting import pipeline
from reporting.assess.values import Assessment
from reporting.errors import UsageError
from reporting.project.params import Params
from reporting.publish import survey
from reporting.publish.keys.hashes import FileHashes
from reporting.publish.keys.inputs import ReadingCode, read_inputs
from reporting.publish.keys.program import Program
from reporting.publish.keys.store import Store
from reporting.publish.survey import Memory, take_survey
from reporting.returns.reading.files import Loaded, Opened, open_file
from reporting.returns.reading.read import read_returns

PROGRAM = Program(package="p", lock="l", environment="", python="3.11", fonts=())
CODE = ReadingCode(plan="p", returns="r", survey="s")


@dataclass
class Office:
    """A project with two units' returns, the store of its runs, and the files each opened."""

    root: Path
    store: Store
    opened: list[str] = field(default_factory=list)

    def path(self, name: str, quarter: int = 3) -> Path:
        return self.root / f"status/Q{quarter}/{name}.xlsx"

    def put(self, name: str, sheet: Sheet) -> None:
        self.path(name, sheet.quarter).write_bytes(sheet.save())

    def run(
        self, params: Params = PARAMS, program: Program = PROGRAM, code: ReadingCode = CODE
    ) -> Assessment:
        """Assess with the memory of earlier runs; the same comes of reading everything."""
        hashes = FileHashes(self.root / "hashes.json")
        memory = Memory(self.store, read_inputs(self.root, params, 3, program, code, hashes))
        self.opened.clear()
        city = pipeline.assess_period(
            self.root, params, 3, remember=memory.remember, memory_of=memory.memory_of
        )
        memory.save()
        opened = sorted(self.opened)
        fresh = pipeline.assess_period(self.root, params, 3)
        assert city.model_dump_json() == fresh.model_dump_json()
        self.opened[:] = opened
        return city


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    root = tmp_path / "office"
    made = Office(root, Store(tmp_path / "store"))
    (root / "status/Q1").mkdir(parents=True)
    (root / "table.txt").write_text("任务分解表", encoding="utf-8")
    before = read(root, 2, {unit: filled(unit, 2) for unit in (UNIT, OTHER)})
    read(root, 3, {unit: filled(unit, 3, (before,)) for unit in (UNIT, OTHER)})
    monkeypatch.setattr("reporting.plan.read.read_plan", lambda *_: PLAN)

    def noted(loaded: Loaded) -> Opened:
        made.opened.append(loaded.arrived.name.removeprefix("status/"))
        return open_file(loaded)

    monkeypatch.setattr("reporting.returns.reading.read.open_file", noted)
    made.run()
    return made


def _sheet(office: Office, words: str, unit: str = UNIT, quarter: int = 3) -> Sheet:
    """Fill a sheet again, with other words in its first row."""
    before = read_returns(office.root, PARAMS, PLAN, 2)
    sheet = filled(unit, quarter, (before,) if quarter == 3 else ())
    sheet.put(next(iter(sheet.rows)), "progress", words)
    return sheet


def _codes(city: Assessment) -> set[str]:
    return {finding.code for finding in city.findings}


def _correct(office: Office) -> None:
    office.put(UNIT, _sheet(office, "已完成招标。"))


def _rename(office: Office) -> None:
    office.path(UNIT).rename(office.path("报送表"))


def _misname(office: Office) -> None:
    """Take one unit's sheet for another's: the name alone says so."""
    office.path(UNIT).rename(office.path(f"{OTHER}（新）"))


def _remove(office: Office) -> None:
    office.path(UNIT).unlink()


def _copy(office: Office) -> None:
    office.path("另一份").write_bytes(office.path(UNIT).read_bytes())


def _add(office: Office) -> None:
    office.put("另一份", _sheet(office, "已完成招标。"))


def _damage(office: Office) -> None:
    office.path(UNIT).write_bytes(office.path(UNIT).read_bytes()[:-30])


def _link(office: Office) -> None:
    """Put a link in the place of a sheet, to the very same bytes."""
    elsewhere = office.root / "elsewhere.xlsx"
    office.path(UNIT).rename(elsewhere)
    office.path(UNIT).symlink_to(elsewhere)


def _swap(office: Office) -> None:
    """Let two files change their names, so that neither name nor content is new."""
    one, other, beside = office.path(UNIT), office.path(OTHER), office.path("之间")
    one.rename(beside)
    other.rename(one)
    beside.rename(other)


STEPS: dict[Callable[[Office], None], tuple[list[str], str]] = {
    _correct: ([UNIT], ""),
    _rename: (["报送表"], ""),
    _misname: ([f"{OTHER}（新）"], "RET-UNIT-WRONG"),
    _remove: ([], "RET-MISSING"),
    _copy: (["另一份"], "RET-DUPLICATE-SAME"),
    _add: (["另一份"], "RET-VERSIONS-DIFFER"),
    _damage: ([UNIT], "RET-FILE-DAMAGED"),
    _swap: ([OTHER, UNIT], "RET-UNIT-WRONG"),
}


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_only_what_changed_is_read_again(office: Office, step: Callable[[Office], None]) -> None:
    """One file is another, and it alone is opened; the result is that of reading them all."""
    files, code = STEPS[step]
    step(office)
    city = office.run()
    assert office.opened == sorted(f"Q3/{name}.xlsx" for name in files)
    assert not code or code in _codes(city)


def test_link_to_known_bytes_is_not_followed(office: Office) -> None:
    """Bytes that are known change nothing of it, and what was not read is not remembered."""
    _link(office)
    assert "RET-FILE-ELSEWHERE" in _codes(office.run())
    office.path(UNIT).unlink()
    office.path(UNIT).write_bytes(b"")
    assert "RET-FILE-EMPTY" in _codes(office.run())


def test_steps_one_after_another(office: Office) -> None:
    """Each state is read right, however many went before, and so is each one gone back to."""
    states = []
    for step in (_correct, _add, _rename, _misname_again, _copy_back, _remove):
        states.append({path: path.read_bytes() for path in office.root.glob("status/*/*.xlsx")})
        step(office)
        office.run()
    for state in reversed(states):
        for path in office.root.glob("status/*/*.xlsx"):
            path.unlink()
        for path, content in state.items():
            path.write_bytes(content)
        office.run()


def _misname_again(office: Office) -> None:
    office.path("报送表").rename(office.path(f"{OTHER}（新）"))


def _copy_back(office: Office) -> None:
    office.path(UNIT).write_bytes(office.path(f"{OTHER}（新）").read_bytes())


def test_changed_quarter_before_is_held_against(office: Office) -> None:
    """Sheets that did not change are read again, for what they show of last quarter did."""
    office.put(UNIT, _sheet(office, "上季度另有说法。", quarter=2))
    city = office.run()
    assert office.opened == [
        f"Q2/{UNIT}.xlsx", *sorted(f"Q3/{unit}.xlsx" for unit in (UNIT, OTHER))
    ]  # fmt: skip
    assert "RET-LAST-ALTERED" in _codes(city)


def test_lost_quarter_before_is_missed(office: Office) -> None:
    """Without the folder of last quarter, what is shown of it was never said."""
    for path in office.root.glob("status/Q2/*"):
        path.unlink()
    office.root.joinpath("status/Q2").rmdir()
    assert "RET-LAST-ALTERED" in _codes(office.run())


def test_other_settings_or_program_read_everything(office: Office) -> None:
    """A due date that is moved makes late what was not; another program may read otherwise."""
    early = PARAMS.calendar | {
        3: PARAMS.calendar[3].model_copy(update={"due": PARAMS.calendar[2].due})
    }
    city = office.run(PARAMS.model_copy(update={"calendar": early}))
    assert "RET-LATE" in _codes(city)
    for part in ("lock", "environment", "python"):
        office.run(PARAMS, PROGRAM.model_copy(update={part: "other"}))
        assert len(office.opened) == 4, part
    for part in ("plan", "returns"):
        office.run(PARAMS, PROGRAM, CODE.model_copy(update={part: "other"}))
        assert len(office.opened) == 4, part


def test_code_that_reads_nothing_reads_nothing_again(office: Office) -> None:
    """Exhibits and releases may change: what was read by other code stands."""
    office.run(PARAMS, PROGRAM.model_copy(update={"package": "other"}))
    assert office.opened == []
    office.run(PARAMS, PROGRAM, CODE.model_copy(update={"survey": "other"}))
    assert office.opened == []


def test_damaged_memory_is_read_again(office: Office) -> None:
    """A store that lost its objects costs time and nothing else."""
    for path in office.store.folder.glob("objects/*/*"):
        path.write_bytes(b"{}")
    office.run()
    assert len(office.opened) == 4


def test_memory_forgets_what_is_gone(office: Office) -> None:
    """The memory of a quarter's files does not grow with every correction."""
    sizes = []
    for words in ("已完成招标甲。", "已完成招标乙。", "已完成招标丙。"):
        office.put(UNIT, _sheet(office, words))
        office.run()
        record = max(
            office.store.folder.glob("records/files/*.json"), key=lambda p: p.stat().st_mtime_ns
        )
        kept = office.store.get(office.store.record("files", record.stem))
        assert kept is not None
        sizes.append(kept.count(b'"item"'))
    assert sizes == [2, 2, 2]


def test_nothing_read_in_disturbance_is_kept(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sheet saved between hash and reading is not remembered under the old hash."""
    old = office.path(UNIT).read_bytes()
    office.put(UNIT, _sheet(office, "已完成招标。"))
    disturbed = pipeline.assess_period

    def assess_period(*args: object, **more: object) -> Assessment:
        office.path(UNIT).write_bytes(old)
        return disturbed(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "assess_period", assess_period)
    monkeypatch.setattr(survey, "_survey", lambda *_: None)
    new = office.path(UNIT).read_bytes()
    hashes = FileHashes(office.root / "hashes.json")
    with pytest.raises(UsageError, match="被改动"):
        take_survey(office.root, PARAMS, 3, PROGRAM, CODE, hashes=hashes, store=office.store)
    monkeypatch.setattr(pipeline, "assess_period", disturbed)
    office.path(UNIT).write_bytes(new)
    office.run()


def test_reader_of_returns_needs_no_grammar_of_tables() -> None:
    """A plan that is remembered needs none of the patterns that a table is read with."""
    code = (
        "import sys, reporting.pipeline;"
        " print(*(m for m in sys.modules if m.startswith('reporting.plan.')))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    rooms = {name.split(".")[2] for name in found.stdout.split()}
    assert "values" in rooms
    assert not rooms & {"table", "targets", "schedules", "parties", "read"}
