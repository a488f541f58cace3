"""A check of what did not change is said again without reading; any change of it is seen."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from openpyxl import load_workbook
from plan.builders import ROOT, led
from returns.toy import OTHER, PARAMS, PLAN, UNIT, filled, read
from typer.testing import CliRunner

from reporting.cli import plan, returns  # noqa: F401  (each registers)
from reporting.cli.app import app
from reporting.project.receipts import keep_receipts, read_receipts
from reporting.publish.keys.store import Store
from reporting.returns.reading import read as reader
from reporting.returns.reading.files import Loaded, Opened, open_file
from reporting.returns.sheets import sendback

NEWS = "与上次核对相比.txt"
DECIDED = (
    "quarter,unit,row_id,field,file,sheet,cell,digest,typed,decision,value,reason,by,date\r\n"
    f"{{}},{UNIT},2023-001-T01,actual,,,,0000,1,set,2,按说明,张三,2023-10-25\r\n"
)
INVEST = "2023-001-T04"
RECORDS = ".reporting/store/records"


@dataclass
class Office:
    """A project with returns of two quarters; what was opened and copied by the last check."""

    root: Path
    opened: list[str] = field(default_factory=list)
    copied: int = 0

    @property
    def sendback(self) -> Path:
        return self.root / "outputs/2023/Q3/sendback"

    def path(self, name: str, quarter: int = 3) -> Path:
        return self.root / f"status/Q{quarter}/{name}.xlsx"

    def check(self, *more: str) -> list[str]:
        """Run a check; gives the lines it says."""
        self.opened.clear()
        self.copied = 0
        result = CliRunner().invoke(app, ["check", "-q", "3", *more])
        if isinstance(result.exception, Exception):
            raise result.exception
        return result.output.splitlines()

    def files(self) -> dict[str, bytes]:
        """Read all that checks wrote but for the news."""
        paths = [p for p in self.sendback.rglob("*") if p.is_file() and p.name != NEWS]
        receipts = self.root / "data/2023/receipts.csv"
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes() for path in [*paths, receipts]
        }

    def inodes(self) -> dict[str, int]:
        return {name: (self.root / name).stat().st_ino for name in self.files()}


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    made = Office(tmp_path / "office")
    root = made.root
    monkeypatch.setattr("reporting.project.roots.find_root", lambda: root)
    monkeypatch.setattr("reporting.project.params.read_params", lambda root, year: PARAMS)
    monkeypatch.setattr("reporting.plan.read.read_plan", lambda root, params: PLAN)
    before = read(root, 2, {unit: filled(unit, 2) for unit in (UNIT, OTHER)})
    faulty = filled(UNIT, 3, (before,))
    faulty.put("2023-003-01", "self_rating", "还行")
    read(root, 3, {UNIT: faulty, OTHER: filled(OTHER, 3, (before,))})
    (root / "status/Q1").mkdir()
    (root / PARAMS.table).parent.mkdir(parents=True, exist_ok=True)
    (root / PARAMS.table).write_text("任务分解表", encoding="utf-8")

    def opening(loaded: Loaded) -> Opened:
        made.opened.append(loaded.arrived.name.removeprefix("status/"))
        return open_file(loaded)

    annotate = sendback.annotate

    def copying(*arguments: object) -> bytes:
        made.copied += 1
        return annotate(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(reader, "open_file", opening)
    monkeypatch.setattr(sendback, "annotate", copying)
    made.check()
    return made


def test_second_check_reads_and_writes_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same is said, but for what was new then; every file stands as it was written."""
    for name in ("reporting.plan.read.read_plan", "reporting.returns.check.write_check"):
        monkeypatch.setattr(name, lambda *_, **__: pytest.fail("read or written again"))
    before, inodes = office.files(), office.inodes()
    said = office.check()
    assert office.opened == []
    assert (office.files(), office.inodes()) == (before, inodes)
    assert any("自评用词" in line for line in said)
    assert said[-1] == "与上次核对相比没有变化。"
    assert (office.sendback / NEWS).read_text(encoding="utf-8") == f"{said[-1]}\n"
    assert office.check() == said


def test_what_is_said_again_is_what_a_first_check_says(office: Office) -> None:
    """Without any memory the same lines and the same bytes come about, and the same reply."""
    again, reply, files = office.check(), office.check("--json"), office.files()
    shutil.rmtree(office.root / ".reporting")
    assert office.check() == again
    assert len(office.opened) == 4
    assert office.files() == files
    shutil.rmtree(office.root / ".reporting")
    assert office.check("--json") == reply


def _correct(office: Office) -> None:
    office.path(UNIT).write_bytes(filled(UNIT, 3).save())


def _of_same_size_and_time(office: Office) -> None:
    path = office.path(UNIT)
    facts, content = path.stat(), path.read_bytes()
    path.unlink()
    path.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def _remove(office: Office) -> None:
    office.path(OTHER).unlink()


def _rename(office: Office) -> None:
    office.path(OTHER).rename(office.path("报送表"))


def _correct_before(office: Office) -> None:
    office.path(UNIT, 2).write_bytes(filled(UNIT, 2).save()[:-30])


def _change_table(office: Office) -> None:
    (office.root / PARAMS.table).write_text("任务分解表二", encoding="utf-8")


def _change_params(office: Office) -> None:
    path = office.root / "params/2023.yml"
    path.parent.mkdir()
    path.write_text("# 说明", encoding="utf-8")


def _decide(office: Office) -> None:
    path = office.root / "data/2023/decisions.csv"
    path.write_text(DECIDED.format(3), encoding="utf-8-sig")


def _receive(office: Office) -> None:
    path = office.root / "data/2023/receipts.csv"
    text = path.read_text(encoding="utf-8-sig").replace(",1,,,", ",1,2023-10-25,,")
    assert "2023-10-25" in text
    path.write_text(text, encoding="utf-8-sig")


def _write_into_board(office: Office) -> None:
    path = office.sendback / "核对结果.html"
    path.write_bytes(path.read_bytes() + b"<!-- -->")


def _lose_copy(office: Office) -> None:
    (office.sendback / f"{UNIT}.xlsx").unlink()


def _write_into_copy(office: Office) -> None:
    path = office.sendback / f"{UNIT}.xlsx"
    path.write_bytes(path.read_bytes() + b" ")


def _leave_file(office: Office) -> None:
    (office.sendback / f"{UNIT}（2）.xlsx").write_bytes(b"mine")


def _issue_sheet(office: Office) -> None:
    folder = office.root / "outputs/2023/Q3/sheets"
    folder.mkdir()
    (folder / f"{UNIT}.xlsx").write_bytes(b"blank")


CHANGES: list[Callable[[Office], None]] = [
    _correct, _of_same_size_and_time, _remove, _rename, _correct_before, _change_table,
    _change_params, _decide, _receive, _write_into_board, _lose_copy, _write_into_copy,
    _leave_file, _issue_sheet,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__[1:])
def test_any_change_is_checked(
    office: Office, monkeypatch: pytest.MonkeyPatch, change: Callable[[Office], None]
) -> None:
    """What comes of it, to the byte, is what a check without any memory gives."""
    from reporting.returns import check

    runs: list[str] = []
    write_check = check.write_check

    def written(*arguments: object, **more: object) -> tuple[str, ...]:
        runs.append("written")
        return write_check(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(check, "write_check", written)
    office.check()
    assert runs == []
    change(office)
    office.check()
    assert runs == ["written"]
    said, files = office.check(), office.files()
    assert runs == ["written"]
    shutil.rmtree(office.root / ".reporting")
    assert (office.check(), office.files()) == (said, files)


def test_another_program_checks_anew(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever changed in it: no copy of the last one is kept either."""
    monkeypatch.setattr("reporting.publish.remembered.checked.package_hash", lambda _: "另一版")
    office.check()
    assert office.copied == 2


def test_another_day_is_told_of(office: Office) -> None:
    """Reminders go by the day that is asked for; returns are not read for it."""
    first = office.files()
    office.check("--date", "2023-10-30")
    assert office.opened == []
    assert office.files() != first


def test_only_what_changed_is_read_and_copied_again(office: Office) -> None:
    """A correction opens one workbook, and answers that one."""
    inodes = office.inodes()
    _correct(office)
    office.check()
    assert office.opened == [f"Q3/{UNIT}.xlsx"]
    assert office.copied == 1
    other = f"outputs/2023/Q3/sendback/{OTHER}.xlsx"
    assert office.inodes()[other] == inodes[other]


def test_changed_while_it_was_checked_is_not_remembered(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A return that is saved while the copies are made is read by the next check."""
    from reporting.returns import check

    _correct(office)
    write_check = check.write_check

    def meanwhile(*arguments: object, **more: object) -> tuple[str, ...]:
        office.path(OTHER).write_bytes(filled(OTHER, 3).save()[:-30])
        return write_check(*arguments, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(check, "write_check", meanwhile)
        office.check()
    assert any("文件损坏" in line for line in office.check())


def test_a_filled_decision_is_taken_after_a_check_that_wrote_nothing(office: Office) -> None:
    """The list with a decision in it is another file than the one that was written."""
    sheet = filled(UNIT, 3)
    sheet.put(INVEST, "actual", 820)
    office.path(UNIT).write_bytes(sheet.save())
    for _ in range(2):
        office.check()
    path = office.sendback / "核对结果.xlsx"
    book = load_workbook(path)
    results = book["核对结果"]
    heads = [cell.value for cell in results[3]]
    row = next(
        n for n in range(4, 20) if results.cell(n, heads.index("填报内容") + 1).value == "820"
    )
    decided: dict[str, str | float] = {
        "决定": "改值", "取值": 8.2, "理由": "多填两位", "决定人": "李四", "日期": "2023-10-24",
    }  # fmt: skip
    for head, value in decided.items():
        results.cell(row, heads.index(head) + 1).value = value
    book.save(path)
    assert "已采用核对结果中填写的决定1项。" in office.check()


def test_where_nothing_can_be_remembered_all_is_checked(office: Office) -> None:
    """A state that cannot be written costs time, and no check."""
    said, files = office.check(), office.files()
    shutil.rmtree(office.root / ".reporting")
    (office.root / ".reporting").write_text("no folder", encoding="utf-8")
    for _ in range(2):
        assert (office.check(), office.files()) == (said, files)
        assert len(office.opened) == 4


def test_what_is_remembered_does_not_grow(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """One record a folder, whatever was corrected; each check looks whether the store is full."""
    pruned: list[Store] = []
    monkeypatch.setattr(Store, "prune", lambda self: pruned.append(self))
    for words in ("甲", "乙"):
        sheet = filled(UNIT, 3)
        sheet.put("2023-003-01", "progress", words)
        office.path(UNIT).write_bytes(sheet.save())
        office.check()
    assert len(pruned) == 2
    for kind in ("check", "copies"):
        assert len(list((office.root / RECORDS / kind).iterdir())) == 1


def test_registering_without_a_day_reads_nothing_again(office: Office) -> None:
    """What became of a file is nothing that returns are read by; the register is mended."""
    known = read_receipts(office.root, 2023)
    noted = [one.model_copy(update={"status": "另记"}) for one in known]
    keep_receipts(office.root, 2023, noted)
    office.check()
    assert office.opened == []
    assert read_receipts(office.root, 2023) == known


@pytest.mark.parametrize(("quarter", "opened"), [(3, 0), (2, 2)])
def test_decision_reads_the_returns_that_it_is_held_against(
    office: Office, quarter: int, opened: int
) -> None:
    """One of this quarter is applied to what was read; what refers to last quarter is read."""
    path = office.root / "data/2023/decisions.csv"
    path.write_text(DECIDED.format(quarter), encoding="utf-8-sig")
    office.check()
    assert len(office.opened) == opened


def test_unchanged_plan_and_check_load_no_libraries(tmp_path: Path) -> None:
    """Neither pandas nor openpyxl, lxml or jinja2: there is nothing to read or to write."""
    code = (
        "import sys; from reporting.cli import main\n"
        "try: main()\n"
        "finally: print(sorted({'pandas', 'numpy', 'openpyxl', 'lxml', 'jinja2', 'fontTools',"
        " 'matplotlib', 'reporting.plan.read', 'reporting.returns.reading.read'}"
        " & set(sys.modules)))"
    )
    for name in ("notebooks", "params", "data/2023/status/Q1"):
        (tmp_path / name).mkdir(parents=True)
    shutil.copy(ROOT / "params/2023.yml", tmp_path / "params")
    row = ("（1）实施甲行动。", "1. 新增企业100家。", "一季度，启动。", "张三", "市商务局", "")
    table = tmp_path / "data/2023/task_table.txt"
    table.write_text(led([row]), encoding="utf-8")
    for words in (["plan"], ["check", "-q", "1"]):
        command = [*words, "--project", str(tmp_path)]
        for _ in range(2):
            CliRunner().invoke(app, command)
        done = subprocess.run(
            [sys.executable, "-c", code, *command], capture_output=True, encoding="utf-8"
        )
        assert done.stdout.splitlines()[-1] == "[]", done.stdout + done.stderr
        assert ("未重写" in done.stdout) == (words == ["plan"])


def test_reading_loads_nothing_that_only_writes_or_draws() -> None:
    """Inputs are read by code of our own: what is corrected in words waits for no library."""
    code = (
        "import sys, reporting.pipeline, reporting.exhibits.headlines\n"
        "print(sorted({'pandas', 'numpy', 'openpyxl', 'lxml', 'seaborn', 'matplotlib', 'jinja2'}"
        " & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert done.stdout == "[]\n", done.stderr
