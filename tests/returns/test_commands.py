"""The commands: what they print, write and return."""

import json
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from reporting.cli import returns  # noqa: F401  (registers the commands)
from reporting.cli.app import app
from reporting.errors import ReportingError, UsageError
from reporting.project.receipts import read_receipts
from reporting.returns.layout import IDENTITY, PROGRESS
from reporting.returns.sheets.blank import write_sheet
from reporting.returns.values import Returns

from .toy import OTHER, PARAMS, PLAN, READING, UNIT, filled, read


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project of the toy plan with well-filled returns of the second quarter."""
    monkeypatch.setattr("reporting.project.roots.find_root", lambda: tmp_path)
    monkeypatch.setattr("reporting.project.params.read_params", lambda root, year: PARAMS)
    monkeypatch.setattr("reporting.plan.read.read_checked", lambda root, params: READING)
    monkeypatch.setattr("reporting.plan.read.read_plan", lambda root, params: PLAN)
    read(tmp_path, 2, {UNIT: filled(UNIT, 2)})
    return tmp_path


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(arguments))
    if isinstance(result.exception, Exception):
        raise result.exception
    return result.exit_code, result.output


def test_check_of_good_returns_exits_0(project: Path) -> None:
    """Nothing to find: exit 0, one line that says so."""
    code, output = run("check", "--quarter", "2")
    assert code == 0
    assert "读入报送表1份，缺0份；发现错误0处、待确认0处、提醒0处、说明0处。" in output


def test_check_with_errors_exits_1_and_names_the_place(project: Path) -> None:
    """An error is one line with its place, exit 1, and the copy is written."""
    sheet = filled(UNIT, 2)
    sheet.put("2023-001-01", "self_rating", "[red]还行")
    read(project, 2, {UNIT: sheet})
    code, output = run("check", "--quarter", "2")
    assert code == 1
    assert "错误 市科技局 市科技局.xlsx“进展”表 H4 自评用词：单位自评应为" in output
    assert "实为“[red]还行”。" in output
    assert (project / "outputs" / "2023" / "Q2" / "sendback" / f"{UNIT}.xlsx").is_file()


def test_check_shows_a_table_on_a_terminal(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal gets a table with unit, severity, place, task and message; markup is text."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "160")
    sheet = filled(UNIT, 2)
    sheet.put("2023-001-01", "self_rating", "[red]还行")
    read(project, 2, {UNIT: sheet})
    code, output = run("check", "--quarter", "2")
    assert code == 1
    shown = re.sub(r"\x1b\[[\d;]*m", "", output)
    row = next(line for line in shown.splitlines() if "进展 H4" in line)
    cells = [cell.strip() for cell in row.strip("│┃").split("│")]
    assert cells[:4] == [UNIT, "错误", "进展 H4", "1"]
    assert "实为“[red]还行”" in re.sub(r"[\s│]", "", shown)


def test_check_prints_json_alone(project: Path) -> None:
    """With --json the output is the findings and nothing else."""
    (project / "status" / "Q2" / f"{UNIT}.xlsx").unlink()
    code, output = run("check", "--quarter", "2", "--json")
    assert code == 1
    assert [f["code"] for f in json.loads(output)["findings"]] == ["RET-MISSING"]


def test_check_reads_another_folder(project: Path, tmp_path: Path) -> None:
    """--status names a folder to check instead of the project's."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "甲.xlsx").write_bytes(filled(UNIT, 2).save())
    code, _ = run("check", "--quarter", "2", "--status", str(folder), "--out", str(tmp_path / "o"))
    assert code == 0
    assert (tmp_path / "o" / "sendback" / "核对结果.json").is_file()


@pytest.mark.parametrize("command", ["check", "sheets"])
def test_quarter_five_is_refused(project: Path, command: str) -> None:
    """A quarter that is none is one sentence."""
    with pytest.raises(UsageError, match="季度应为 1、2、3 或 4，收到的是“5”。"):
        run(command, "--quarter", "5")


def test_check_without_a_folder_is_refused(project: Path) -> None:
    """A missing status folder is one sentence that names it."""
    with pytest.raises(UsageError, match=r"没有第四季度的报送文件夹：应为 status/Q4。"):
        run("check", "--quarter", "4")


def test_sheets_are_written_for_each_unit_with_last_quarter_beside(project: Path) -> None:
    """One blank workbook a lead unit; what was said last quarter stands in it."""
    code, output = run("sheets", "--quarter", "3", "--out", str(project / "blank"))
    assert code == 0
    assert "已写入空白报送表2份" in output
    names = sorted(path.name for path in (project / "blank").glob("*.xlsx"))
    assert names == sorted([f"{UNIT}.xlsx", f"{OTHER}.xlsx"])
    sheet = load_workbook(project / "blank" / f"{UNIT}.xlsx")[PROGRESS]
    assert [cell.value for cell in sheet[5]][:9] == [
        2,
        "数字化覆盖率达到90%。",
        None,
        "全年",
        "全年持续推进平台建设，做好服务保障。",
        "达到序时进度",
        "达到序时进度。第2季度已做好2023-002-01的各项工作。",
        None,
        None,
    ]


def test_blank_sheet_is_locked_but_for_its_answers(second_quarter: tuple[Returns, ...]) -> None:
    """The plan's cells are locked, the answers open, the ids out of sight, the choices six."""
    import io

    data = write_sheet(PLAN, PARAMS, UNIT, 3, second_quarter)
    assert data == write_sheet(PLAN, PARAMS, UNIT, 3, second_quarter)
    book = load_workbook(io.BytesIO(data))
    sheet = book[PROGRESS]
    assert sheet.protection.sheet
    assert [cell.protection.locked for cell in sheet[4]] == [True] * 7 + [False] * 11 + [True]
    assert sheet.column_dimensions["S"].hidden
    assert book[IDENTITY].sheet_state == "veryHidden"
    assert sheet.freeze_panes == "C4"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    words = rules["H4:H7"].formula1.strip('"').split(",")
    assert words == ["已完成", "达到序时进度", "未达序时进度", "严重滞后", "未启动", "暂缓或调整"]
    assert not sheet.merged_cells.ranges
    figures = {str(r.sqref): r for r in book["指标"].data_validations.dataValidation}
    assert figures["M5"].prompt == "只填数字，单位：亿元"
    assert figures["M5"].type == "decimal"


def test_text_of_the_plan_is_never_a_formula() -> None:
    """A plan text that starts like a formula is written as text."""
    import io

    tasks = (PLAN.tasks[0].model_copy(update={"goal": "=HYPERLINK(1)"}), *PLAN.tasks[1:])
    data = write_sheet(PLAN.model_copy(update={"tasks": tasks}), PARAMS, UNIT, 3)
    cell = load_workbook(io.BytesIO(data))[PROGRESS]["B4"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_decide_by_options_and_by_asking(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A doubtful cell is decided with options, or question by question, and kept in the file."""
    sheet = filled(UNIT, 2)
    sheet.put("2023-002-T01", "actual", 0.6)
    read(project, 2, {UNIT: sheet})
    cell = f"指标!{sheet.address('2023-002-T01', 'actual')}"
    signed = ("--reason", "按单位说明", "--by", "张三", "--date", "2023-07-25")
    code, output = run("decide", "-q", "2", "--unit", UNIT, "--cell", cell, "--set", "60", *signed)
    assert code == 0
    assert "已记录决定1项" in output
    kept = project / "data" / "2023" / "decisions.csv"
    assert ",0.6,set,60,按单位说明,张三,2023-07-25" in kept.read_text(encoding="utf-8")
    assert "发现错误0处、待确认0处、提醒0处、说明1处" in run("check", "--quarter", "2")[1]
    kept.unlink()
    asked = CliRunner().invoke(app, ["decide", "-q", "2"], input="采用\n核实\n李四\n2023-07-26\n")
    assert asked.exit_code == 0, asked.output
    assert ",0.6,accept,,核实,李四,2023-07-26" in kept.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--cell", "指标!A1", "--accept"), "的报表中没有可以作决定的单元格“指标!A1”"),
        (("--cell", "指标!M5"), "--accept、--refuse、--set 和 --rate 应给出一项"),
        (("--cell", "指标!M5", "--accept", "--set", "3"), "且只能给出一项"),
        (("--cell", "指标!M5", "--accept"), "缺理由、决定人、日期"),
    ],
)
def test_decision_that_is_none_is_one_sentence(
    options: tuple[str, ...], words: str, project: Path
) -> None:
    """Nothing is written down by halves."""
    with pytest.raises(ReportingError, match=re.escape(words)):
        run("decide", "--quarter", "2", "--unit", UNIT, *options)
    assert not (project / "data" / "2023" / "decisions.csv").exists()


def test_receive_files_what_came_and_check_registers_it(project: Path) -> None:
    """What was received stands in the quarter's folder and, after a check, with its unit."""
    (project / "来件.xlsx").write_bytes(filled(UNIT, 1).save())
    source = str(project / "来件.xlsx")
    code, output = run("receive", source, "--quarter", "1", "--received", "2023-04-21")
    assert (code, "收存1份，收到日期2023-04-21" in output) == (0, True)
    code, output = run("check", "--quarter", "1")
    assert "逾期收到：应于2023年4月20日前报送，收到日期为2023年4月21日。" in output
    (receipt,) = read_receipts(project, 2023)
    assert (receipt.file, receipt.unit, receipt.channel, receipt.status) == (
        "status/Q1/来件.xlsx", UNIT, "邮件", "已读入",
    )  # fmt: skip


def test_receive_wants_a_day(project: Path) -> None:
    """A day that is none is told with an example."""
    with pytest.raises(UsageError, match="收到日期应如 2023-10-18，实为“昨天”。"):
        run("receive", "x", "--quarter", "1", "--received", "昨天")


def test_check_of_another_folder_registers_nothing(project: Path) -> None:
    """The register is of what lies in the project's own folders."""
    run("check", "--quarter", "2", "--status", str(project / "status" / "Q2"))
    assert read_receipts(project, 2023) == ()


def test_check_ends_with_what_is_new(project: Path) -> None:
    """A first check says so; the next one what came and what was closed since, in a file too."""
    folder = project / "status" / "Q3"
    folder.mkdir(parents=True)
    faulty = filled(UNIT, 3)
    faulty.put("2023-003-01", "self_rating", "还行")
    (folder / "一.xlsx").write_bytes(faulty.save())
    _, first = run("check", "--quarter", "3", "--date", "2023-10-21")
    assert first.splitlines()[-1] == "首次核对，没有上次的结果可以比较。"
    (folder / "一.xlsx").write_bytes(filled(UNIT, 3).save())
    (folder / "二.xlsx").write_bytes(filled(OTHER, 3).save())
    _, second = run("check", "--quarter", "3", "--date", "2023-10-21")
    kept = project / "outputs" / "2023" / "Q3" / "sendback" / "与上次核对相比.txt"
    said = kept.read_text(encoding="utf-8")
    assert second.endswith(said)
    assert said.startswith(f"新收到1个单位：{OTHER}。\n{UNIT}：错误和待确认办结1处、")


def test_check_wants_a_day(project: Path) -> None:
    """A day that is none is told with an example, before anything is written."""
    with pytest.raises(UsageError, match="日期应如 2023-10-18，实为“今天”。"):
        run("check", "--quarter", "2", "--date", "今天")
    assert not (project / "outputs").exists()
