"""A quarter of ten units played through by the commands: two rounds, halves, formats, silence.

What must come out is written by hand below: the register of receipts, the board, the list of
who is chased, and what the pack says.
"""

import csv
import io
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from commanding import run_command
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from publish.conftest import make_project
from typer.testing import CliRunner

from reporting.cli import report, returns  # noqa: F401  (each registers)
from reporting.cli.app import app
from reporting.returns.layout import FIGURES, OPINION, PROGRESS
from tools.soak.project import Duty, table_of

from .libreoffice import OFFICE, needs_office, save_again

pytestmark = [pytest.mark.office, pytest.mark.long, needs_office]

PROMPT, LATE, TWICE, HALVES, CLASH = "市发展改革局", "市教育局", "市科技局", "市民政局", "市财政局"
OLD, LETTER, PACKED, SURE, SILENT = "市水务局", "市商务局", "市应急管理局", "市统计局", "市林业局"
UNITS = (PROMPT, LATE, TWICE, HALVES, CLASH, OLD, LETTER, PACKED, SURE, SILENT)
TWO_TASKS = (HALVES, CLASH)
"""Units of two divisions, each of which answers for a task."""
IN_TIME = date(2023, 4, 17)
FIRST, SECOND = "2023-04-24", "2023-05-08"
"""The days of the two checks: after the due day, and after the one for supervision."""


class Sent:
    """A blank sheet as a unit fills it in."""

    def __init__(self, path: Path) -> None:
        self.book: Workbook = load_workbook(path)

    def cell(self, sheet: str, row: int, head: str) -> Cell:
        heads = {str(c.value).rstrip("* "): at for at, c in enumerate(self.book[sheet][3], 1)}
        found = self.book[sheet].cell(row, heads[head])
        assert isinstance(found, Cell)
        return found

    def answer(self, *rows: int, day: date = IN_TIME, actual: int = 6) -> "Sent":
        """Answer some of the tasks, which stand in rows 4 and 5, with their figures."""
        for row in rows:
            words = {4: "东片区服务站已按计划建成，运行平稳。", 5: "西片区各站设备安装到位。"}
            filled: Mapping[str, object] = {
                "单位自评": "达到序时进度", "本季度进展": f"达到序时进度。{words[row]}",
                "填报人": "填报人甲", "审定人": "审定人乙", "填报日期": day,
            }  # fmt: skip
            for head, value in filled.items():
                self.cell(PROGRESS, row, head).value = value  # type: ignore[assignment]
        tasks = {self.cell(PROGRESS, row, "任务号").value for row in rows}
        for row in range(4, self.book[FIGURES].max_row + 1):
            if self.cell(FIGURES, row, "任务号").value in tasks:
                self.cell(FIGURES, row, "本季度实际值").value = actual
        return self

    def save(self) -> bytes:
        target = io.BytesIO()
        self.book.save(target)
        return target.getvalue()


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments))
    if isinstance(result.exception, Exception):
        raise result.exception
    return result.output


def check(day: str) -> str:
    return run("check", "-q", "1", "--date", day)


def receive(folder: Path, day: str, files: Mapping[str, bytes]) -> None:
    paths = []
    for name, data in files.items():
        path = folder / name
        path.write_bytes(data)
        paths.append(str(path))
    run("receive", "-q", "1", "--received", day, *paths)


def first_round(root: Path, mail: Path) -> None:
    """Receive what came before the first check, day by day."""
    sheets = root / "outputs/2023/Q1/sheets"

    def blank(unit: str) -> Sent:
        return Sent(sheets / f"{unit}.xlsx")

    twice = blank(TWICE).answer(4)
    twice.cell(PROGRESS, 4, "单位自评").value = "差不多"
    other = blank(CLASH).answer(5)
    other.cell(PROGRESS, 5, "本季度进展").value = "达到序时进度。西片区已完工两处。"
    (mail / "文").mkdir()
    (mail / "文" / f"{OLD}.xlsx").write_bytes(blank(OLD).answer(4).save())
    save_again([mail / "文" / f"{OLD}.xlsx"], mail / "旧", "xls:MS Excel 97")
    receive(
        mail, "2023-04-18",
        {
            f"{PROMPT}.xlsx": blank(PROMPT).answer(4).save(),
            f"{TWICE}.xlsx": twice.save(),
            f"{HALVES}（一科）.xlsx": blank(HALVES).answer(4).save(),
            f"{CLASH}（一科）.xlsx": blank(CLASH).answer(4, 5).save(),
            f"{CLASH}（二科）.xlsx": other.save(),
            f"{OLD}.xls": (mail / "旧" / f"{OLD}.xls").read_bytes(),
            f"{LETTER}.pdf": b"%PDF-1.4 x",
            f"{SURE}.xlsx": blank(SURE).answer(4, actual=500).save(),
        },
    )  # fmt: skip
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"报送/{PACKED}.xlsx", blank(PACKED).answer(4).save())
    receive(
        mail, "2023-04-19",
        {"来件.zip": packed.getvalue(), f"{HALVES}（二科）.xlsx": blank(HALVES).answer(5).save()},
    )  # fmt: skip
    receive(mail, "2023-04-22", {f"{LATE}.xlsx": blank(LATE).answer(4).save()})


def second_round(root: Path, mail: Path) -> None:
    """Correct one copy that was sent back, and answer the other."""
    copies = root / "outputs/2023/Q1/sendback"
    corrected = Sent(copies / f"{TWICE}.xlsx")
    corrected.cell(PROGRESS, 4, "单位自评").value = "达到序时进度"
    corrected.cell(PROGRESS, 4, "填报日期").value = date(2023, 4, 26)
    # Two figures are ten times the plan, and one of them is the year's as well.
    confirmed = Sent(copies / f"{SURE}.xlsx")
    for row in range(4, confirmed.book[OPINION].max_row + 1):
        if confirmed.book[OPINION].cell(row, 2).value == "待确认":
            confirmed.book[OPINION].cell(row, 7).value = "已核实无误：并入了街道的站点"
    receive(
        mail, "2023-04-27",
        {f"{TWICE}更正.xlsx": corrected.save(), f"{SURE}答复.xlsx": confirmed.save()},
    )  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str, str]]:
    """Play the quarter; give the project and what the two checks printed."""
    assert OFFICE
    root = make_project(tmp_path_factory.mktemp("ten") / "office")
    duties = [
        Duty(
            goal=f"建成{unit[1:]}服务站20个{part}。",
            unit=unit,
            leader="甲市长",
            steps=(5, 10, 15, 20),
        )
        for unit in UNITS
        for part in (("以上", "，覆盖西片区") if unit in TWO_TASKS else ("以上",))
    ]
    (root / "data/2023/task_table.txt").write_text(table_of(duties), encoding="utf-8")
    params = root / "params/2023.yml"
    due = "1: {due: 2023-04-20, "
    text = params.read_text(encoding="utf-8")
    assert due in text
    params.write_text(text.replace(due, f"{due}supervise: 2023-05-04, "), encoding="utf-8")
    mail = root.parent / "mail"
    mail.mkdir()
    before = Path.cwd()
    os.chdir(root)
    try:
        run("sheets", "-q", "1")
        first_round(root, mail)
        told = check(FIRST)
        shutil.copytree(root / "outputs/2023/Q1/sendback", root.parent / "first")
        second_round(root, mail)
        yield root, told, check(SECOND)
    finally:
        os.chdir(before)


def rows(path: Path, *names: str) -> list[tuple[str, ...]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [tuple(row[name] for name in names) for row in csv.DictReader(stream)]


def listed(folder: Path, book: str, sheet: str, *columns: int) -> list[tuple[object, ...]]:
    found = load_workbook(folder / book)[sheet]
    lines = [
        tuple(found.cell(row, c).value for c in columns) for row in range(4, found.max_row + 1)
    ]
    return [line for line in lines if any(line)]


def test_register_says_what_came_when_and_what_became_of_it(
    office: tuple[Path, str, str],
) -> None:
    """Each file once, with the round it is, the day it came, and how it was used."""
    register = rows(
        office[0] / "data/2023/receipts.csv", "file", "unit", "round", "received_on", "status"
    )
    assert sorted((file.rsplit("/", 1)[-1], *rest) for file, *rest in register) == sorted(
        [
            (f"{PROMPT}.xlsx", PROMPT, "1", "2023-04-18", "已读入"),
            (f"{LATE}.xlsx", LATE, "1", "2023-04-22", "已读入"),
            (f"{TWICE}.xlsx", TWICE, "1", "2023-04-18", "已被后报的取代"),
            (f"{TWICE}更正.xlsx", TWICE, "2", "2023-04-27", "已读入"),
            (f"{HALVES}（一科）.xlsx", HALVES, "1", "2023-04-18", "已合并读入"),
            (f"{HALVES}（二科）.xlsx", HALVES, "1", "2023-04-19", "已合并读入"),
            (f"{CLASH}（一科）.xlsx", CLASH, "1", "2023-04-18", "已合并读入，待确认1处"),
            (f"{CLASH}（二科）.xlsx", CLASH, "1", "2023-04-18", "已合并读入"),
            (f"{OLD}.xls", OLD, "1", "2023-04-18", "已读入"),
            (f"{LETTER}.pdf", LETTER, "1", "2023-04-18", "未读入：已收到但不能读取"),
            (f"{PACKED}.xlsx", PACKED, "1", "2023-04-19", "已读入"),
            (f"{SURE}.xlsx", SURE, "1", "2023-04-18", "已被后报的取代"),
            (f"{SURE}答复.xlsx", SURE, "2", "2023-04-27", "已读入"),
        ]
    )


def test_first_check_chases_who_owes(office: tuple[Path, str, str]) -> None:
    """After the due day: the silent one, the letter, the error, and two that are to be asked."""
    folder = office[0].parent / "first"
    assert listed(folder, "催报名单.xlsx", "催报名单", 2, 3, 4) == [
        ("催报", SILENT, "未报送"),
        ("催报", LETTER, "未读入"),
        ("催报", TWICE, "需更正"),
        ("催报", CLASH, "需答复"),
        ("催报", SURE, "需答复"),
    ]
    assert office[1].endswith("首次核对，没有上次的结果可以比较。\n")


def test_second_check_supervises_who_still_owes(office: tuple[Path, str, str]) -> None:
    """The correction and the answer are done with; the drafts are those of the list."""
    folder = office[0] / "outputs/2023/Q1/sendback"
    assert listed(folder, "催报名单.xlsx", "催报名单", 2, 3, 4, 10) == [
        ("督办", SILENT, "未报送", 18),
        ("督办", LETTER, "未读入", 18),
        ("督办", CLASH, "需答复", 18),
    ]
    drafts = sorted(path.name for path in (folder / "催报函").glob("*.eml"))
    assert drafts == sorted(f"督办_{unit}.eml" for unit in (SILENT, LETTER, CLASH))
    assert office[2].splitlines()[-3:] == [
        f"再次报送2个单位：{TWICE}（第2次）、{SURE}（第2次）。",
        f"{TWICE}：错误和待确认办结1处、仍有0处、新出现0处。",
        f"{SURE}：错误和待确认办结1处、仍有0处、新出现0处。",
    ]


def test_board_shows_each_units_fate(office: tuple[Path, str, str]) -> None:
    """State, round, open errors and doubts, what was corrected and answered, days late."""
    folder = office[0] / "outputs/2023/Q1/sendback"
    assert listed(folder, "核对结果.xlsx", "单位一览", 2, 3, 5, 6, 7, 8, 9, 11) == [
        (PROMPT, "无待办", 1, 0, 0, 0, 0, 0),
        (LATE, "无待办、逾期", 1, 0, 0, 0, 0, 2),
        (TWICE, "无待办", 2, 0, 0, 1, 0, 0),
        (HALVES, "无待办", 1, 0, 0, 0, 0, 0),
        (CLASH, "待确认", 1, 0, 1, 0, 0, 0),
        (OLD, "无待办", 1, 0, 0, 0, 0, 0),
        (LETTER, "未读入、待确认、逾期", None, 0, 1, 0, 0, 18),
        (PACKED, "无待办", 1, 0, 0, 0, 0, 0),
        (SURE, "无待办", 2, 0, 0, 0, 1, 0),
        (SILENT, "未报送、逾期", None, 0, 0, 0, 0, 18),
    ]


def test_copy_of_the_second_round_lists_what_is_closed(office: tuple[Path, str, str]) -> None:
    """The unit sees that its correction was taken, and that nothing is open."""
    sheet = load_workbook(office[0] / f"outputs/2023/Q1/sendback/{TWICE}.xlsx")[OPINION]
    texts = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert str(texts[1][0]).startswith("第2次报送：前次意见已更正1处、已答复0处，未结0处。")
    closed = [row[1:5] for row in texts if row[1] == "已更正"]
    assert closed == [["已更正", PROGRESS, "H4", "自评用词"]]


def test_pack_says_what_is_known(office: tuple[Path, str, str]) -> None:
    """Only the silent unit is 未报送; what is to be chosen or read is 无法判定."""
    done = run_command(office[0], "report", "-q", "1", "--format", "html", "--jobs", "2")
    assert done.returncode == 0, done.stdout + done.stderr
    data = office[0] / "outputs/2023/Q1/data"
    good, unknown = "达到序时进度", "无法判定"
    assert rows(data / "tasks.csv", "lead_units", "grade") == [
        (PROMPT, good), (LATE, good), (TWICE, good), (HALVES, good), (HALVES, good),
        (CLASH, good), (CLASH, unknown), (OLD, good), (LETTER, unknown), (PACKED, good),
        (SURE, good), (SILENT, "未报送"),
    ]  # fmt: skip
    clash, letter = (
        reason
        for unit, grade, reason in rows(data / "tasks.csv", "lead_units", "grade", "reason")
        if grade == unknown and unit in (CLASH, LETTER)
    )
    assert "待确认：各份所填不同" in clash
    assert letter == f"已收到{LETTER}的文件但未能读入，待其更正或者重新报送。"
    states = rows(data / "units.csv", "unit", "state")
    assert {unit: state for unit, state in states if state != "按时报送"} == {
        LATE: "报送材料不及时", LETTER: "未按要求报送", SILENT: "未报送",
    }  # fmt: skip
    page = (office[0] / "outputs/2023/Q1/index.html").read_text(encoding="utf-8")
    assert all(unit in page for unit in UNITS)


def test_same_files_give_the_same_results(office: tuple[Path, str, str]) -> None:
    """A third check writes the same bytes, and has no news."""
    folder = office[0] / "outputs/2023/Q1/sendback"

    def written() -> dict[str, bytes]:
        found: Callable[[Path], str] = lambda path: path.relative_to(folder).as_posix()  # noqa: E731
        return {found(p): p.read_bytes() for p in folder.rglob("*") if p.is_file()}

    before = written()
    assert check(SECOND).endswith("与上次核对相比没有变化。\n")
    after = written()
    assert {name for name in before if before[name] != after.get(name)} == {"与上次核对相比.txt"}
