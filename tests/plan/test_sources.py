"""Files as they come: encodings, hostile and wrong ones."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from reporting.errors import InputRefused, UsageError
from reporting.plan.read import read_plan

from .builders import HEADER, codes, docx, led, page, params, read, tabbed, xlsx

ROWS = [
    ("实施甲行动。", "1. 建成公园一座。", "一季度，开工。", "孙八", "市甲局", "市乙局"),
    ("", "2. 建成桥梁一座。", "二季度，完工。", "周九思", "市丙局", "/"),
]
GOALS = ["建成公园一座。", "建成桥梁一座。"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, newline: str) -> None:
    """Every usual encoding and line end is read alike."""
    data = led(ROWS).replace("\n", newline).encode(encoding)
    plan = read(tmp_path, data)
    assert [t.goal for t in plan.tasks] == GOALS
    assert ("PLAN-ENCODING" in codes(plan)) == (encoding in ("gb18030", "utf-16"))


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b"", "实际是空文件"),
        (b" \n\t\n", "实际是空文件"),
        (bytes(range(128, 256)) * 9, "第1行：应为 UTF-8 或 GB18030 编码"),
        (led(ROWS).encode()[:60] + b"\xff\xfe\x81" + led(ROWS).encode()[60:], "第.行：应为"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "另存为 .docx"),
        (b"%PDF-1.7 ...", "实为PDF 文件"),
        (b"{\\rtf1\\ansi}", "实为RTF 文件"),
        (b"PK\x03\x04" + bytes(40), "损坏或不完整的压缩包"),
        (led(ROWS).encode().replace("公园".encode(), b"\x01\x02"), "乱码字符（U\\+0001）"),
    ],
)
def test_files_that_are_no_table(tmp_path: Path, data: bytes, match: str) -> None:
    """Each is refused in one sentence, whatever the file is called."""
    for name in ("t.txt", "t.docx"):
        with pytest.raises(InputRefused, match=match):
            read(tmp_path, data, name)


def test_missing_file(tmp_path: Path) -> None:
    """No table: nothing to work on."""
    with pytest.raises(UsageError, match="找不到任务分解表：应有文件 table"):
        read_plan(tmp_path, params())


@pytest.mark.parametrize("make", [docx, xlsx])
def test_truncated_office_files(tmp_path: Path, make: object) -> None:
    """A file cut off anywhere is refused, never half read."""
    data = make(ROWS, ["任务表"])  # type: ignore[operator]
    for size in range(100, len(data), len(data) // 7):
        with pytest.raises(InputRefused):
            read(tmp_path, data[:size], "t.bin")


def test_what_a_file_is_counts_not_its_name(tmp_path: Path) -> None:
    """A workbook called .doc and a page called .xls are read as what they are."""
    for data, name in ((xlsx(ROWS, []), "t.doc"), (page(ROWS, []), "t.xls"), (docx(ROWS, []), "t")):
        assert [t.goal for t in read(tmp_path, data, name).tasks][-1].endswith(GOALS[1])


def _zip(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "/"), content)
    return target.getvalue()


def test_hostile_documents(tmp_path: Path) -> None:
    """Entities, floods and stray archives are refused within bounds."""
    entity = b'<!DOCTYPE d [<!ENTITY a "b">]><document><body>&a;</body></document>'
    flood = b"<document><body><p>" + b"<t>a</t>" * 10 + b" " * (70 * 2**20)
    members = {"word_document.xml": entity}
    with pytest.raises(InputRefused, match="文档类型声明"):
        read(tmp_path, _zip(**members), "t.docx")
    with pytest.raises(InputRefused, match="应在 64 MB 以内"):
        read(tmp_path, _zip(**{"word_document.xml": flood}), "t.docx")
    with pytest.raises(InputRefused, match="其他内容的压缩包"):
        read(tmp_path, _zip(**{"a.txt": b"b"}), "t.docx")


def test_spans_without_end(tmp_path: Path) -> None:
    """A page with absurd spans is refused, or cut to the table."""
    cells = "<td>目标任务</td><td>牵头单位</td>"
    wide = f"<table><tr>{cells}</tr>" + "<tr><td colspan=99999999>甲</td></tr>" * 900 + "</table>"
    with pytest.raises(InputRefused, match="表格应在 400000 格以内"):
        read(tmp_path, wide, "t.html")
    row = "<tr><td rowspan=9999999>修路十里长</td><td>市甲局</td></tr>"
    tall = f"<table><tr>{cells}</tr>{row}</table>"
    assert [t.goal for t in read(tmp_path, tall, "t.html").tasks] == ["修路十里长"]


def test_quoted_cells_with_breaks(tmp_path: Path) -> None:
    """Cells copied from a sheet are quoted where they hold breaks."""
    rows = [("甲", "建成公园一座。", '"一季度，开工。\n二季度，完工。"', "孙八", "市甲局", "/")]
    task = read(tmp_path, tabbed(rows)).tasks[0]
    assert task.schedule == "一季度，开工。\n二季度，完工。"


@pytest.mark.parametrize(("separator", "other"), [(",", ";"), (";", ",")])
def test_tables_with_commas_or_semicolons_between(
    tmp_path: Path, separator: str, other: str
) -> None:
    """The first row that has several of one tells; the other one is a mark of the text then."""
    schedule = f"一季度，开工{other}二季度，完工{other}全年{other}不停工。"
    rows = [HEADER, ("甲", "建成公园一座。", schedule, "孙八", "市甲局", "/")]
    text = "任务分解表\n" + "\n".join(separator.join(row) for row in rows)
    task = read(tmp_path, text, "t.csv").tasks[0]
    assert (task.goal, task.schedule, task.lead_units) == ("建成公园一座。", schedule, ("市甲局",))


def test_repeated_headers_and_pages_inside_the_table(tmp_path: Path) -> None:
    """A header printed again and a page number between rows are no tasks."""
    text = led([ROWS[0]]) + "\n12\n\n" + led([ROWS[1]])
    plan = read(tmp_path, text)
    assert [t.goal for t in plan.tasks] == GOALS
    assert {"PLAN-HEADER-REPEATED", "PLAN-PAGE-NUMBER"} <= codes(plan)


def test_rows_without_blank_lines_between(tmp_path: Path) -> None:
    """Cells in one run are cut into rows by the header's width."""
    plan = read(tmp_path, led(ROWS).replace("\n\n", "\n"))
    assert [t.lead_units for t in plan.tasks] == [("市甲局",), ("市丙局",)]


BROKEN = ("", "3. 建成泵站一座。", "一季度，开工。\n二季度，完工。", "孙八", "市甲局", "/")


@pytest.mark.parametrize(
    "text",
    [
        tabbed([*ROWS, BROKEN]),
        "\n".join(f"|{'|'.join(row)}|" for row in (HEADER, *ROWS, BROKEN)),
        "任务表\n\n" + "\n\n".join(f"\t{cell}" for row in (HEADER, *ROWS, BROKEN) for cell in row),
    ],
    ids=["tabs", "pipes", "blank line after each cell"],
)
def test_breaks_inside_cells_without_quotes(tmp_path: Path, text: str) -> None:
    """A row goes on until it has as many cells as the others."""
    plan = read(tmp_path, text)
    assert plan.tasks[2].schedule == BROKEN[2]
    assert [t.lead_units for t in plan.tasks] == [("市甲局",), ("市丙局",), ("市甲局",)]


def test_page_with_a_row_short_of_a_cell(tmp_path: Path) -> None:
    """Cells of a short row do not slip into the columns to their left."""
    short = ["", "2. 建成桥梁一座。", "二季度，完工。", "市丙局", "市乙局"]
    html = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>"
        for row in (HEADER, ROWS[0], short)
    )
    plan = read(tmp_path, f"<table>{html}</table>", "t.html")
    assert (plan.tasks[1].leaders, plan.tasks[1].lead_units) == ((), ("市丙局",))
    assert [f.line for f in plan.findings if f.code == "PLAN-ROW-CELLS"] == [3]


def test_signatures_under_the_table(tmp_path: Path) -> None:
    """Lines of signature and a page number under the last row are no part of its last cell."""
    plan = read(tmp_path, led(ROWS) + "\n填表人：某甲\n联系电话：略\n第 1 页 共 3 页\n")
    assert plan.tasks[1].supporting_units == ()
    left = [(f.line, f.found) for f in plan.findings if f.code == "PLAN-LEFTOVER"]
    assert left == [(22, "填表人：某甲"), (23, "联系电话：略")]
    assert "PLAN-PAGE-NUMBER" in codes(plan)


def test_merges_of_a_document(tmp_path: Path) -> None:
    """A leader merged down covers both rows; a row merged across is a section."""
    document = Document()
    table = document.add_table(rows=5, cols=5)
    rows = [
        HEADER[1:],
        ("一、民生", "", "", "", ""),
        ("1. 建成公园一座。", "一季度，开工。", "孙八", "市甲局", "市乙局"),
        ("2. 建成桥梁一座。", "二季度，开工。", "", "市丙局", "/"),
        ("3. 建成泵站一座。", "三季度，开工。", "周九思", "市甲局", "/"),
    ]
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    table.cell(1, 0).merge(table.cell(1, 4)).text = rows[1][0]
    table.cell(2, 2).merge(table.cell(3, 2)).text = "孙八"
    target = io.BytesIO()
    document.save(target)
    plan = read(tmp_path, target.getvalue(), "t.docx")
    assert [t.leaders for t in plan.tasks] == [("孙八",), ("孙八",), ("周九思",)]
    assert {t.heading for t in plan.tasks} == {"民生"}
    assert [t.line for t in plan.tasks] == [3, 4, 5]


def test_borders_moved_by_a_hair(tmp_path: Path) -> None:
    """Rows whose cells span Word's own grid unevenly have the columns a reader sees."""
    data = docx([ROWS[0], ROWS[1]], [], tables=1)
    one = "<w:tcPr/>"
    two = "<w:tcPr><w:gridSpan w:val='2'/></w:tcPr>"
    xml = _member(data, "word/document.xml").decode()
    before, _, table = xml.partition("<w:tbl>")
    head, row, rest = table.partition("</w:tr>")
    widened = head.replace(one, two, 1) + row + rest.replace(one, two, 2)
    assert widened != table
    plan = read(tmp_path, _replaced(data, before + "<w:tbl>" + widened), "t.docx")
    assert [t.lead_units for t in plan.tasks] == [("市甲局",), ("市丙局",)]


def _member(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def _replaced(data: bytes, text: str) -> bytes:
    """Put another body into a document."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            content = text.encode() if name == "word/document.xml" else source.read(name)
            archive.writestr(name, content)
    return target.getvalue()


def test_deleted_text_of_a_document_is_not_read(tmp_path: Path) -> None:
    """Tracked deletions are gone, insertions count."""
    data = docx([ROWS[0]], [], tables=1)
    text = _member(data, "word/document.xml").decode()
    before = '<w:r><w:t xml:space="preserve">市甲局</w:t></w:r>'
    assert before in text
    after = (
        "<w:del><w:r><w:delText>市旧局</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>市新局</w:t></w:r></w:ins>"
    )
    changed = _replaced(data, text.replace(before, after))
    assert read(tmp_path, changed, "t.docx").tasks[0].lead_units == ("市新局",)
