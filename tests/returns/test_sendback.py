"""What goes back to the units: marked copies, the reminder list, pages and JSON."""

import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reporting.findings import Finding, Severity
from reporting.periods import Period
from reporting.returns.check import write_check
from reporting.returns.layout import FIGURES, OPINION, PROGRESS
from reporting.returns.rules import RULES
from reporting.returns.sheets.sendback import annotate, write_copies
from reporting.returns.sheets.written import WRITTEN
from reporting.returns.values import Returns
from reporting.system.digests import digest

from .toy import OTHER, PARAMS, PLAN, UNIT, filled, read, told

TURN, FAIR = "2023-001-T03", "2023-003-01"


@pytest.fixture(scope="module")
def project(
    tmp_path_factory: pytest.TempPathFactory, second_quarter: tuple[Returns, ...]
) -> tuple[Path, Returns]:
    """Return a project whose one return has two errors and whose other unit is silent."""
    root = tmp_path_factory.mktemp("project")
    sheet = filled(UNIT, 3, second_quarter)
    sheet.put(TURN, "actual", "约八百")
    sheet.put(FAIR, "self_rating", "<b>还行</b>")
    returns = read(root, 3, {UNIT: sheet}, second_quarter)
    write_check(root, PARAMS, PLAN, returns, root / "out")
    return root, returns


def test_copy_marks_faulty_cells_and_sums_up_in_front(project: tuple[Path, Returns]) -> None:
    """The copy is the same workbook with comments in the faulty cells and a summary."""
    root, _ = project
    book = load_workbook(root / "out" / "sendback" / f"{UNIT}.xlsx")
    assert book.sheetnames[:4] == [OPINION, "填报说明", PROGRESS, FIGURES]
    figure = book[FIGURES]["M4"]
    assert figure.value == "约八百"
    assert figure.comment.text == "【错误】应只填数字（单位：家），实为“约八百”。"
    rows = [[cell.value for cell in row] for row in book[OPINION].iter_rows(min_row=3)]
    assert rows == [
        ["序号", "程度", "工作表", "单元格", "问题", "说明", "答复"],
        [1, "错误", "指标", "M4", "数字格填文字", "应只填数字（单位：家），实为“约八百”。", None],
        [2, "错误", "进展", "H6", "自评用词", book[PROGRESS]["H6"].comment.text[4:], None],
    ]
    assert book[OPINION]["D4"].hyperlink.location == "'指标'!M4"


@pytest.mark.parametrize(
    ("severity", "words"),
    [
        (Severity.ERROR, "错误1处、待确认0处、提醒1处、说明0处。请更正“错误”各处后重新报送；"),
        (Severity.WARNING, "错误0处、待确认0处、提醒2处、说明0处。请核实“提醒”各处，"),
        (Severity.NOTE, "错误0处、待确认0处、提醒1处、说明1处。请核实“提醒”各处，"),
    ],
)
def test_unit_is_asked_for_what_was_found(severity: Severity, words: str) -> None:
    """Nobody is asked to correct errors that there are none of."""
    found = [
        Finding(code="RET-CAUSE", severity=each, message="缺原因。", unit=UNIT, file="a.xlsx")
        for each in (severity, Severity.WARNING)
    ]
    book = load_workbook(io.BytesIO(annotate(b"", found, Period(year=2023, quarter=3))))
    said = [str(row[0].value) for row in book[OPINION].iter_rows(max_row=2, max_col=1)]
    assert said[1].startswith(words)
    if severity is Severity.NOTE:
        book = load_workbook(io.BytesIO(annotate(b"", found[:1], Period(year=2023, quarter=3))))
        assert "各处“说明”请知悉" in str(book[OPINION]["A2"].value)


def test_sheet_with_a_space_in_its_name_is_marked(
    tmp_path: Path, second_quarter: tuple[Returns, ...]
) -> None:
    """A space that got into a sheet's name costs neither the mark nor the link."""
    sheet = filled(UNIT, 3, second_quarter)
    sheet.put(FAIR, "self_rating", "差不多")
    sheet.sheet(PROGRESS).title = f"{PROGRESS} "
    data = sheet.save()
    findings = read(tmp_path, 3, {UNIT: data}, second_quarter).returns[0].findings
    book = load_workbook(io.BytesIO(annotate(data, findings, Period(year=2023, quarter=3))))
    assert book[f"{PROGRESS} "]["H6"].comment.text.startswith("【错误】单位自评应为")
    assert book[OPINION]["D4"].hyperlink.location == "'进展 '!H6"


def test_corrected_copy_reads_well(
    project: tuple[Path, Returns], tmp_path: Path, second_quarter: tuple[Returns, ...]
) -> None:
    """A copy that comes back corrected is a good return; a reply beside the summary is noted."""
    book = load_workbook(project[0] / "out" / "sendback" / f"{UNIT}.xlsx")
    book[FIGURES]["M4"], book[PROGRESS]["H6"] = 820, "已完成"
    book[OPINION]["G4"] = "已更正"
    target = io.BytesIO()
    book.save(target)
    returns = read(tmp_path, 3, {UNIT: target.getvalue()}, second_quarter)
    notes = [(f.code, f.sheet, f.cell) for f in returns.all_findings if f.unit == UNIT]
    assert notes == [("RET-REPLY", OPINION, "G4")]


def test_copies_are_the_same_bytes_each_time(project: tuple[Path, Returns], tmp_path: Path) -> None:
    """Writing the copies again gives the same bytes, and removes copies of before."""
    root, returns = project
    for _ in range(2):
        (copy,) = write_copies(root, returns, tmp_path)
        assert copy.path.read_bytes() == (root / "out" / "sendback" / f"{UNIT}.xlsx").read_bytes()
        assert sorted(p.name for p in tmp_path.iterdir()) == [f"{UNIT}.xlsx", WRITTEN]
    write_copies(root, returns.model_copy(update={"returns": ()}), tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == [WRITTEN]


def test_only_files_written_here_are_removed(project: tuple[Path, Returns], tmp_path: Path) -> None:
    """The office's ledger, a copy it wrote into, and what a forged list names all stay."""
    root, returns = project
    folder = tmp_path / "sendback"
    path = write_copies(root, returns, folder)[0].path
    (folder / "台账.xlsx").write_bytes(b"ledger")
    (tmp_path / "外.xlsx").write_bytes(b"outside")
    path.write_bytes(b"with a remark of the office")
    listed = json.loads((folder / WRITTEN).read_bytes())
    listed |= {"台账.xlsx": 1, "../外.xlsx": digest(b"outside"), "没有.xlsx": "0"}
    (folder / WRITTEN).write_text(json.dumps(listed))
    (second,) = write_copies(root, returns, folder)
    assert second.path.name == f"{UNIT}（2）.xlsx"
    assert path.read_bytes() == b"with a remark of the office"
    assert (folder / "台账.xlsx").read_bytes() == b"ledger"
    assert (tmp_path / "外.xlsx").read_bytes() == b"outside"


@pytest.mark.parametrize("content", ["", "[", "[1]", "null"])
def test_damaged_list_removes_nothing(
    content: str, project: tuple[Path, Returns], tmp_path: Path
) -> None:
    """What is no list of files names none."""
    (tmp_path / WRITTEN).write_text(content)
    (tmp_path / "旧.xlsx").write_bytes(b"old")
    write_copies(*project, tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == [f"{UNIT}.xlsx", "旧.xlsx", WRITTEN]


def test_page_names_the_silent_and_the_weight_of_each_finding(
    project: tuple[Path, Returns],
) -> None:
    """The page opens with who is silent; a finding's weight is a word and a mark."""
    page = (project[0] / "out" / "sendback" / "核对结果.html").read_text(encoding="utf-8")
    assert f"<p>尚无可读报送表的单位：{OTHER}。</p>" in page
    assert page.count('<td class="error">错误</td>') == 3


def test_page_shows_typed_words_as_text(project: tuple[Path, Returns]) -> None:
    """What a unit typed is text on the page, never markup."""
    page = (project[0] / "out" / "sendback" / "核对结果.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;还行&lt;/b&gt;" in page
    assert "<b>" not in page


def test_json_holds_every_finding(project: tuple[Path, Returns]) -> None:
    """The JSON carries code, place and severity of each finding, and the counts add up."""
    root, returns = project
    content = json.loads((root / "out" / "sendback" / "核对结果.json").read_text("utf-8"))
    found = [(f["code"], f["sheet"], f["cell"]) for f in content["findings"]]
    assert found == told(returns)
    assert sum(content["counts"].values()) == len(found) == 3
    assert content["missing"] == [OTHER]


def test_every_rule_has_words_of_its_own() -> None:
    """Codes are stable, messages are whole Chinese sentences, titles do not repeat."""
    assert all(code.startswith("RET-") for code in RULES)
    titles = [rule.title for rule in RULES.values()]
    assert len(set(titles)) == len(titles)
    assert all(rule.message[-1] in "。}" for rule in RULES.values())


def test_what_is_to_be_confirmed_is_counted_and_asked_apart() -> None:
    """A doubt has a word, a colour and a request of its own, between errors and reminders."""
    found = [
        Finding(code="RET-CAUSE", severity=each, message="请核实。", unit=UNIT, file="a.xlsx")
        for each in (Severity.WARNING, Severity.CONFIRM)
    ]
    book = load_workbook(io.BytesIO(annotate(b"", found, Period(year=2023, quarter=3))))
    sheet = book[OPINION]
    assert str(sheet["A2"].value).startswith("错误0处、待确认1处、提醒1处、说明0处。请核实“待确认”")
    assert [sheet.cell(row, 2).value for row in (4, 5)] == ["待确认", "提醒"]
    assert sheet["B4"].fill.fgColor.rgb != sheet["B5"].fill.fgColor.rgb
