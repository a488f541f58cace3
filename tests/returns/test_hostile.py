"""Files that are no good return: one finding each, in bounded time, the others unaffected."""

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from PIL import Image as Picture

from reporting.findings import Finding, Severity
from reporting.periods import Period
from reporting.returns.layout import AIDS, FIGURES, GUIDE, IDENTITY, PROGRESS
from reporting.returns.reading import files as opening
from reporting.returns.reading import read as reading
from reporting.returns.sheets.sendback import annotate
from reporting.returns.values import Returns
from reporting.system.archives import make_zip
from reporting.workbooks.book import open_book

from .toy import OTHER, UNIT, Sheet, blank, filled, read, told

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def good(before: tuple[Returns, ...]) -> bytes:
    return filled(UNIT, 3, before).save()


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(data: bytes, **edits: Callable[[bytes], bytes]) -> bytes:
    """Edit members by the end of their name (``_`` stands for ``.``)."""
    parts = members(data)
    for ending, edit in edits.items():
        name = next(n for n in parts if n.endswith(ending.replace("_", ".")))
        parts[name] = edit(parts[name])
    return make_zip(parts)


def bomb(data: bytes) -> bytes:
    """Blow the sheet of answers up to more than is ever read."""
    return changed(data, sheet2_xml=lambda xml: xml + b" " * (210 * 2**20))


def inside(data: bytes, more: bytes) -> bytes:
    end = b"</sheetData>"
    return changed(data, sheet2_xml=lambda xml: xml.replace(end, more + end))


def many_cells(data: bytes) -> bytes:
    """Fill 300,000 cells."""
    rows = (f'<row r="{n}"><c><v>1</v></c><c><v>1</v></c></row>' for n in range(100, 150_100))
    return inside(data, "".join(rows).encode())


def long_attribute(data: bytes) -> bytes:
    """Put 30 MB into one attribute."""
    return inside(data, b'<row r="99" x="' + b"a" * (30 * 2**20) + b'"/>')


def many_merges(data: bytes) -> bytes:
    """Merge more cells than any table has."""
    merge = b"<mergeCells>" + b'<mergeCell ref="A4:S1048576"/>' * 2000 + b"</mergeCells>"
    return changed(data, sheet2_xml=lambda x: x.replace(b"</sheetData>", b"</sheetData>" + merge))


def many_sheets(data: bytes) -> bytes:
    """Name one sheet a thousand times."""
    return changed(
        data,
        workbook_xml=lambda xml: xml.replace(
            b"</sheets>", b'<sheet name="x" sheetId="9" r:id="rId2"/>' * 1000 + b"</sheets>"
        ),
    )


def sheets_full_of_cells(data: bytes) -> bytes:
    """Add sheets that are each within bounds, and together far beyond them."""
    parts = members(data)
    relations, book = "xl/_rels/workbook.xml.rels", "xl/workbook.xml"
    body = b'<worksheet xmlns="%s"><sheetData><row>%s</row></sheetData></worksheet>'
    body %= (_MAIN.encode(), b"<c><v>1</v></c>" * 60_000)
    for number in range(3):
        parts[f"xl/worksheets/more{number}.xml"] = body
        link = f'<Relationship Id="m{number}" Type="{_LINKS}/worksheet" '
        link += f'Target="worksheets/more{number}.xml"/></Relationships>'
        end = b"</Relationships>"
        parts[relations] = parts[relations].replace(end, link.encode())
        named = f'<sheet xmlns:r="{_LINKS}" name="m{number}" sheetId="9{number}" r:id="m{number}"/>'
        parts[book] = parts[book].replace(b"</sheets>", named.encode() + b"</sheets>")
    return make_zip(parts)


def entity_bomb(data: bytes) -> bytes:
    head = b'<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    return changed(data, sheet2_xml=lambda xml: head + xml)


REFUSED: tuple[tuple[str, str, Callable[[bytes], bytes]], ...] = (
    ("空文件", "RET-FILE-EMPTY", lambda data: b""),
    ("加密", "RET-FILE-PROTECTED", lambda data: OLE + "EncryptedPackage".encode("utf-16-le") * 9),
    ("旧版", "RET-FILE-XLS", lambda data: OLE + b"\0" * 900),
    ("截断", "RET-FILE-DAMAGED", lambda data: data[: len(data) // 2]),
    ("缺尾", "RET-FILE-DAMAGED", lambda data: data[:-30]),
    ("乱码", "RET-FILE-NOT-BOOK", lambda data: b"\x89PNG" + os.urandom(64)),
    ("别的压缩包", "RET-FILE-NOT-BOOK", lambda data: make_zip({"a.txt": b"a"})),
    ("压缩炸弹", "RET-FILE-HUGE", bomb),
    ("格子过多", "RET-FILE-HUGE", many_cells),
    ("多表格子过多", "RET-FILE-HUGE", sheets_full_of_cells),
    ("标记过长", "RET-FILE-HUGE", long_attribute),
    ("合并过多", "RET-FILE-HUGE", many_merges),
    ("表过多", "RET-FILE-HUGE", many_sheets),
    ("实体炸弹", "RET-FILE-DAMAGED", entity_bomb),
    ("坏 XML", "RET-FILE-DAMAGED", lambda data: changed(data, sheet2_xml=lambda x: x[:-40])),
    ("未填", "RET-BLANK", lambda data: blank(UNIT, 3).save()),
)


@pytest.mark.parametrize(("name", "code", "spoil"), REFUSED, ids=[case[0] for case in REFUSED])
def test_file_that_cannot_be_read_is_one_finding(
    name: str,
    code: str,
    spoil: Callable[[bytes], bytes],
    tmp_path: Path,
    second_quarter: tuple[Returns, ...],
    other_return: bytes,
) -> None:
    """The file is refused with one finding that names its unit; the other unit is read."""
    files: dict[str, bytes | Sheet] = {UNIT: spoil(good(second_quarter)), OTHER: other_return}
    returns = read(tmp_path, 3, files, second_quarter)
    assert told(returns) == [(code, "", "")]
    assert returns.all_findings[0].file == f"status/Q3/{UNIT}.xlsx"
    assert returns.all_findings[0].unit == UNIT
    assert [item.unit for item in returns.returns] == [OTHER]
    assert returns.missing == (UNIT,)


def test_other_units_sheet_under_this_units_name_is_refused(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """A file named for one unit that holds another's sheet is not read as either's."""
    returns = read(tmp_path, 3, {UNIT: other_return, OTHER: other_return}, second_quarter)
    assert told(returns) == [("RET-UNIT-WRONG", "", "")]
    assert returns.all_findings[0].message == f"文件名为“{UNIT}”，表内为“{OTHER}”，未读入。"
    assert [item.unit for item in returns.returns] == [OTHER]


@pytest.mark.parametrize(
    ("sheet", "title", "found"),
    [
        (PROGRESS, f"{OTHER}　2023年第三季度任务进展", OTHER),
        (FIGURES, f"{UNIT}　2023年第二季度量化指标", "2023年第二季度"),
    ],
)
def test_sheet_pasted_over_by_another_is_refused(
    sheet: str,
    title: str,
    found: str,
    tmp_path: Path,
    second_quarter: tuple[Returns, ...],
    other_return: bytes,
) -> None:
    """A title of another unit or quarter over a table says that the answers may be theirs."""
    pasted = filled(UNIT, 3, second_quarter)
    pasted.sheet(sheet)["A1"] = title
    returns = read(tmp_path, 3, {"报送表": pasted, OTHER: other_return}, second_quarter)
    assert told(returns) == [("RET-TITLE", "", "")]
    said = f"下发时为{UNIT}2023年第三季度的报送表，表头实为“{found}”，未读入。"
    assert returns.all_findings[0].message == said
    assert returns.missing == (UNIT,)


def test_last_quarters_sheet_is_refused(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """A sheet of another quarter is refused and says of which it is."""
    files: dict[str, bytes | Sheet] = {UNIT: filled(UNIT, 2), OTHER: other_return}
    returns = read(tmp_path, 3, files, second_quarter)
    assert told(returns) == [("RET-QUARTER-WRONG", "", "")]
    said = "应为2023年第三季度的报送表，实为2023年第二季度的报送表，未读入。"
    assert returns.all_findings[0].message == said


def test_unit_that_sends_nothing_is_reminded(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """A missing return is one finding of the unit."""
    returns = read(tmp_path, 3, {OTHER: other_return}, second_quarter)
    assert [(f.code, f.unit) for f in returns.all_findings] == [("RET-MISSING", UNIT)]
    assert (returns.missing, returns.received) == ((UNIT,), ())


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".jpg", ".wps"])
def test_unit_that_sends_a_file_of_another_kind_has_answered(
    suffix: str, tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """What came is named and the workbook asked for; the unit is not said to be silent."""
    status = tmp_path / "status" / "Q3"
    status.mkdir(parents=True)
    (status / f"{UNIT}{suffix}").write_bytes(b"x")
    (status / f"{OTHER}{suffix}").write_bytes(b"x")
    returns = read(tmp_path, 3, {OTHER: other_return}, second_quarter)
    # Beside a workbook the same file is an enclosure.
    assert {(f.code, f.unit) for f in returns.all_findings} == {
        ("RET-FILE-KIND", UNIT),
        ("RET-FILE-OTHER", OTHER),
    }
    assert returns.missing == returns.received == (UNIT,)


def _untitled(sheet: Sheet) -> Sheet:
    """Leave nothing that says whose the sheet is, and of when."""
    for name in (IDENTITY, GUIDE):
        del sheet.book[name]
    for name in (PROGRESS, FIGURES):
        sheet.sheet(name).delete_rows(1, 2)
    return sheet


def test_sheet_that_does_not_say_of_when_it_is_goes_by_its_name(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """Last quarter's sheet is refused by the quarter in its name; else the folder decides."""
    files: dict[str, bytes | Sheet] = {
        f"{UNIT}二季度": _untitled(filled(UNIT, 2)),
        UNIT: _untitled(filled(UNIT, 3, second_quarter)),
        OTHER: other_return,
    }
    returns = read(tmp_path, 3, files, second_quarter)
    assert [f.message for f in returns.all_findings] == [
        "隐藏的“标识”表已不在，按文件名和所在文件夹认定报送单位和季度。",
        "应为2023年第三季度的报送表，实为第2季度的报送表，未读入。",
    ]
    assert len(returns.returns[0].rows) == 4


def test_same_file_twice_is_read_once(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """A copy of the same bytes is a note only."""
    data = good(second_quarter)
    returns = read(tmp_path, 3, {"一": data, "二": data, OTHER: other_return}, second_quarter)
    assert told(returns) == [("RET-DUPLICATE-SAME", "", "")]
    assert returns.missing == ()


def test_folders_litter_and_other_files_do_no_harm(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """Subfolders are read, a folder named like a workbook and other files are findings."""
    status = tmp_path / "status" / "Q3"
    (status / "第一批").mkdir(parents=True)
    (status / "第一批" / "a.XLSX").write_bytes(good(second_quarter))
    (status / "b.xlsx").mkdir()
    (status / "说明.docx").write_bytes(b"PK")
    (status / "~$临时.xlsx").write_bytes(b"x")
    (status / ".DS_Store").write_bytes(b"x")
    returns = read(tmp_path, 3, {OTHER: other_return}, second_quarter)
    assert [(f.code, f.file) for f in returns.all_findings] == [
        ("RET-FILE-FOLDER", "status/Q3/b.xlsx"),
        ("RET-FILE-OTHER", "status/Q3/说明.docx"),
    ]
    assert returns.missing == ()


def test_old_format_renamed_is_named_as_such(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """An .xls file is told to be saved anew, whatever its ending."""
    status = tmp_path / "status" / "Q3"
    status.mkdir(parents=True)
    (status / f"{UNIT}.xls").write_bytes(OLE + b"\0" * 600)
    returns = read(tmp_path, 3, {OTHER: other_return}, second_quarter)
    assert told(returns) == [("RET-FILE-XLS", "", "")]


def test_picture_is_noted_and_the_rest_read(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """A screenshot pasted into a sheet is a note; the cells are read."""
    sheet = filled(UNIT, 3, second_quarter)
    picture = io.BytesIO()
    Picture.new("RGB", (4, 4)).save(picture, "png")
    sheet.sheet(PROGRESS).add_image(Image(picture), "B12")
    returns = read(tmp_path, 3, {UNIT: sheet, OTHER: other_return}, second_quarter)
    assert told(returns) == [("RET-PICTURE", PROGRESS, "B12")]
    assert len(returns.rows) == 6


@pytest.mark.parametrize(
    ("member", "code"),
    [("xl/vbaProject.bin", "RET-FILE-MACROS"), ("xl/externalLinks/e1.xml", "RET-FILE-LINKS")],
)
def test_macros_and_links_are_noted_and_never_followed(
    member: str,
    code: str,
    tmp_path: Path,
    second_quarter: tuple[Returns, ...],
    other_return: bytes,
) -> None:
    """Macros and links to other files are a note; the cells are read."""
    data = make_zip(members(good(second_quarter)) | {member: b"x"})
    returns = read(tmp_path, 3, {UNIT: data, OTHER: other_return}, second_quarter)
    assert told(returns) == [(code, "", "")]
    assert len(returns.rows) == 6


def with_shared_strings(strings: str) -> bytes:
    """Write the least workbook: one sheet whose cells in row 1 are the shared strings."""
    count = strings.count("<si>")
    cells = "".join(f'<c t="s"><v>{number}</v></c>' for number in range(count))
    link = f'<Relationship Id="{{0}}" Type="{_LINKS}/{{1}}" Target="{{2}}"/>'
    parts = {
        "xl/workbook.xml": f'<workbook xmlns:r="{_LINKS}"><sheets><sheet name="{PROGRESS}" '
        'sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": "<Relationships>"
        + link.format("r1", "worksheet", "s.xml")
        + link.format("r2", "sharedStrings", "t.xml")
        + "</Relationships>",
        "xl/s.xml": f"<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>",
        "xl/t.xml": f"<sst>{strings}</sst>",
    }
    return make_zip({name: text.encode() for name, text in parts.items()})


def test_text_crossed_out_in_part_is_known_to_be() -> None:
    """Spreadsheets keep the parts of a text among the shared strings, each with its font."""
    part = "<si><r><rPr>{0}</rPr><t>80</t></r><r><t>82</t></r></si>"
    data = with_shared_strings(
        part.format("") + part.format("<strike/>") + part.format('<strike val="0"/>')
    )
    sheet = open_book(data).sheet(PROGRESS)
    assert sheet is not None
    assert [(c.value, c.struck) for c in sheet.cells.values()] == [
        ("8082", False), ("8082", True), ("8082", False),
    ]  # fmt: skip


def test_mark_of_a_footnote_in_a_text_is_known_to_be() -> None:
    """A raised or lowered part is known from its font; one set on the line is none."""
    part = '<si><r><t>82</t></r><r><rPr><vertAlign val="{0}"/></rPr><t>1</t></r></si>'
    data = with_shared_strings("".join(map(part.format, ("superscript", "subscript", "baseline"))))
    sheet = open_book(data).sheet(PROGRESS)
    assert sheet is not None
    assert [(c.value, c.raised) for c in sheet.cells.values()] == [
        ("821", True), ("821", True), ("821", False),
    ]  # fmt: skip


def test_cached_formula_is_read_and_noted(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """A formula counts with the value the spreadsheet saved."""
    sheet = filled(UNIT, 3, second_quarter)
    cell = sheet.address("2023-001-T04", "actual")
    cached = b'r="%s"><f>5+6.5</f><v>11.5</v></c>'
    old = b'r="%s" s="' % cell.encode()
    data = sheet.save()
    xml = next(v for k, v in members(data).items() if k.endswith("sheet3.xml"))
    start = xml.index(old)
    end = xml.index(b"</c>", start) + 4
    new = xml[:start] + cached % cell.encode() + xml[end:]
    returns = read(
        tmp_path, 3, {UNIT: changed(data, sheet3_xml=lambda _: new), OTHER: other_return},
        second_quarter,
    )  # fmt: skip
    assert told(returns) == [("RET-FORMULA", FIGURES, cell)]
    actuals = {a.target_id: str(a.value) for row in returns.rows for a in row.actuals}
    assert actuals["2023-001-T04"] == "11.5"


@pytest.fixture(scope="module")
def stray(second_quarter: tuple[Returns, ...]) -> bytes:
    """Return a good workbook with 200,000 formatted rows and nothing in them."""
    cells = "".join(f'<c r="{letter}{{0}}" s="3"/>' for letter in "ABCDEF")
    rows = "".join(f'<row r="{n}">{cells.replace("{0}", str(n))}</row>' for n in _STRAY).encode()
    end = b"</sheetData>"
    return changed(good(second_quarter), sheet2_xml=lambda xml: xml.replace(end, rows + end))


_STRAY = range(100, 200_100)
_CHILD = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (500 * 2**20, 500 * 2**20))
resource.setrlimit(resource.RLIMIT_CPU, (300, 300))
from pathlib import Path
from reporting.workbooks.book import open_book
book = open_book(Path(sys.argv[1]).read_bytes())
print([len(sheet.cells) for sheet in book.sheets])
"""


@pytest.mark.long
def test_stray_formatted_rows_cost_bounded_time_and_memory(
    stray: bytes, tmp_path: Path, second_quarter: tuple[Returns, ...]
) -> None:
    """Empty formatted rows are read over, within 500 MB and not without end."""
    (tmp_path / "a.xlsx").write_bytes(stray)
    command = [sys.executable, "-c", _CHILD, str(tmp_path / "a.xlsx")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    usual = [len(sheet.cells) for sheet in open_book(good(second_quarter)).sheets]
    assert done.stdout.strip() == str(usual)


def test_thousands_of_repeated_rows_are_one_finding(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """A row pasted 20,000 times is one finding that names the range."""
    row = '<row r="{0}"><c r="S{0}" t="inlineStr"><is><t>2023-002-01</t></is></c></row>'
    rows = "".join(row.format(number) for number in range(100, 20_100)).encode()
    data = inside(good(second_quarter), rows)
    returns = read(tmp_path, 3, {UNIT: data, OTHER: other_return}, second_quarter)
    assert told(returns) == [("RET-ROW-REPEATED", PROGRESS, "S100:S20099")]
    assert len(returns.rows) == 6


@pytest.mark.parametrize("tag", ["mergeCell", "hyperlink"])
def test_sheet_with_endless_areas_is_marked_like_any_other(
    tag: str, tmp_path: Path, second_quarter: tuple[Returns, ...]
) -> None:
    """A merge or link over millions of cells costs no more than its own line."""
    area = f"<{tag}s><{tag} ref='A9:S1048576'/></{tag}s>".encode()
    data = changed(
        good(second_quarter),
        sheet2_xml=lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + area),
    )
    returns = read(tmp_path, 3, {UNIT: data}, second_quarter)
    findings = [f for f in returns.all_findings if f.unit == UNIT]
    assert len(returns.returns[0].rows) == 4
    sent = open_book(annotate(data, findings, Period(year=2023, quarter=3)))
    names = ["核对意见", GUIDE, PROGRESS, FIGURES, *AIDS, IDENTITY]
    assert [sheet.name for sheet in sent.sheets] == names


def test_copies_of_hostile_files_still_open(
    tmp_path: Path, second_quarter: tuple[Returns, ...]
) -> None:
    """What cannot be marked is answered by the summary alone."""
    returns = read(tmp_path, 3, {UNIT: b"PK\x03\x04"}, second_quarter)
    findings = [f for f in returns.all_findings if f.unit == UNIT]
    for data in (b"", b"PK\x03\x04"):
        copy = load_workbook(io.BytesIO(annotate(data, findings, Period(year=2023, quarter=3))))
        assert copy.sheetnames == ["核对意见"]
        assert copy["核对意见"]["F4"].value == findings[0].message


@pytest.mark.long
def test_sheet_that_is_too_long_to_edit_is_sent_back_as_it_came(stray: bytes) -> None:
    """Its opinions stand in front; the sheet itself is the same bytes."""
    note = Finding(
        code="RET-CAUSE", severity=Severity.ERROR, message="缺原因。", unit=UNIT,
        file="a.xlsx", sheet=PROGRESS, cell="H4",
    )  # fmt: skip
    sent = annotate(stray, [note], Period(year=2023, quarter=3))
    assert next(iter(open_book(sent).sheets)).name == "核对意见"
    assert members(sent)["xl/worksheets/sheet2.xml"] == members(stray)["xl/worksheets/sheet2.xml"]


@pytest.mark.parametrize("step", ["open_book", "identify"])
def test_file_that_breaks_the_reader_does_not_end_the_check(
    step: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    second_quarter: tuple[Returns, ...],
    other_return: bytes,
) -> None:
    """Whatever one file does to a step of the reading is its finding; the others are read."""
    room = opening if step == "open_book" else reading
    usual, calls = getattr(room, step), []

    def broken(*arguments: object) -> object:
        calls.append(step)
        if len(calls) == 1:
            raise RecursionError
        return usual(*arguments)

    monkeypatch.setattr(room, step, broken)
    files: dict[str, bytes | Sheet] = {UNIT: good(second_quarter), OTHER: other_return}
    returns = read(tmp_path, 3, files, second_quarter)
    (broke,) = [f for f in returns.all_findings if f.code == "RET-FILE-UNREADABLE"]
    assert broke.message == "应为填好的 .xlsx 报送表，实际无法打开（读取中出错：RecursionError）。"
    assert len(returns.returns) == 1


def test_reply_typed_into_our_comment_is_told(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """What a unit adds to a comment of ours is its reply; the comment itself is nothing new."""
    sheet = filled(UNIT, 3, second_quarter)
    sheet.put("2023-003-01", "self_rating", "差不多")
    sheet.put("2023-003-02", "self_rating", "还行")
    data = sheet.save()
    findings = read(tmp_path / "1", 3, {UNIT: data}, second_quarter).returns[0].findings
    copy = load_workbook(io.BytesIO(annotate(data, findings, Period(year=2023, quarter=3))))
    for row_id in ("2023-003-01", "2023-003-02"):
        cell = copy[PROGRESS][sheet.address(row_id, "self_rating")]
        cell.value = "已完成"
        if row_id == "2023-003-01":
            cell.comment = Comment(cell.comment.text + "已改正。\n见附件", "督查室")
    target = io.BytesIO()
    copy.save(target)
    files: dict[str, bytes | Sheet] = {UNIT: target.getvalue(), OTHER: other_return}
    returns = read(tmp_path / "2", 3, files, second_quarter)
    assert [f.message for f in returns.all_findings] == [
        "单位在核对意见的批注中写有：已改正。 见附件"
    ]
