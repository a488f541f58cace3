"""Word documents: merges, borders, notes and hostile files."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from reporting.errors import InputRefused

from ...builders import HEADER, codes, docx, read
from ..made import NUMBERED, ROWS, TASKS, document, word_row


def test_document_whose_table_a_page_break_parts(tmp_path: Path) -> None:
    """The second part has the columns of the first, and its merged leader, header or not."""
    head = word_row("序号", "任务", "一季度", "二季度", "领导", "牵头单位")
    first = [head, word_row("1", "修桥", "选址", "开工", "^张三", "市甲局")]
    second = [
        word_row("2", "修路", "2*勘察设计", "^", "市乙局"),
        word_row("3", "修渠", "2*竣工", "李四", "市丙局"),
    ]
    plan = read(tmp_path, document(first, second), "t.docx")
    assert [t.schedule for t in plan.tasks] == [
        "一季度，选址\n二季度，开工",
        "一、二季度，勘察设计",
        "一、二季度，竣工",
    ]
    assert [t.leaders for t in plan.tasks] == [("张三",), ("张三",), ("李四",)]


def test_cell_of_a_document_divided_in_one_row(tmp_path: Path) -> None:
    """Its parts are one cell's text; the cells after it do not move."""
    rows = [word_row("任务", "领导", "2*牵头单位", "配合单位")]
    rows += [word_row(f"修桥{at}座", "张三", "2*市甲局", "市乙局") for at in (1, 2, 3)]
    rows.append(word_row("修路", "李四", "市丙局", "市丁局", "市戊局"))
    plan = read(tmp_path, document(rows), "t.docx")
    assert plan.tasks[3].lead_units == ("市丙局", "市丁局")
    assert [s.unit for s in plan.tasks[3].supporting_units] == ["市戊局"]


def test_footnotes_and_deleted_rows_of_a_document(tmp_path: Path) -> None:
    """A footnote is told; a row deleted with track changes is no task, nor what it merged."""
    rows = [
        word_row("任务", "领导", "牵头单位"),
        word_row("修桥", "^张三", "市甲局"),
        word_row("修路", "^李四", "市乙局", mark="<w:del/>"),
        word_row("修渠", "^", "市丙局"),
    ]
    note = "<w:p><w:r><w:t>含引桥。</w:t></w:r></w:p>"
    plan = read(tmp_path, document(rows, notes=note), "t.docx")
    assert [(t.goal, t.leaders) for t in plan.tasks] == [("修桥", ("张三",)), ("修渠", ())]
    assert [f.found for f in plan.findings if f.code == "PLAN-LEFTOVER"] == ["含引桥。"]


def test_table_framed_by_another_of_one_cell(tmp_path: Path) -> None:
    """A frame around a document's table hides nothing."""
    inner = f"<w:tbl>{''.join(word_row(*row) for row in (NUMBERED, *TASKS))}</w:tbl>"
    title = "<w:p><w:r><w:t>某市任务分解表</w:t></w:r></w:p>"
    plan = read(tmp_path, document([f"<w:tr><w:tc>{title}{inner}<w:p/></w:tc></w:tr>"]), "t.docx")
    assert plan.title == "某市任务分解表"
    assert [t.goal for t in plan.tasks] == [row[1] for row in TASKS]


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


def _run(text: str, properties: str = "") -> str:
    return f"</w:t></w:r><w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r><w:r><w:t>"


RAISED = "<w:vertAlign w:val='superscript'/>"
NOTE = "<w:rStyle w:val='FootnoteReference'/>"


@pytest.mark.parametrize(
    ("before", "run", "after", "read_as", "code"),
    [
        ("投资80", _run("1", RAISED), "亿元", "投资80亿元", "TEXT-MARK"),
        ("投资80", _run("[3]", NOTE), "亿元", "投资80亿元", "TEXT-MARK"),
        ("引进", _run("10家", "<w:dstrike/>"), "15家", "引进15家", "TEXT-STRUCK"),
        ("引进", _run("10家", "<w:vanish/>"), "15家", "引进15家", "TEXT-HIDDEN"),
        ("引进", _run("10家", "<w:strike w:val='0'/>"), "。", "引进10家。", None),
        ("绿化500m", _run("2", RAISED), "。", "绿化500m²。", "TEXT-RAISED"),
    ],
)
def test_runs_of_a_document(
    tmp_path: Path, before: str, run: str, after: str, read_as: str, code: str | None
) -> None:
    """A raised mark is no digit; what is struck or hidden is told and not read."""
    goal = before + run + after
    rows = [word_row(*NUMBERED), word_row("1", goal, *TASKS[0][2:])]
    plan = read(tmp_path, document(rows), "t.docx")
    assert [task.goal for task in plan.tasks] == [read_as]
    told = {one for one in codes(plan) if one.startswith("PLAN-TEXT")}
    assert told == ({f"PLAN-{code}"} if code else set())


def test_insertions_and_deletions_are_told(tmp_path: Path) -> None:
    """Tracked changes are read as accepted, and the reader is told of each."""
    goal = (
        "建桥</w:t></w:r><w:del><w:r><w:delText>3座</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>2座</w:t></w:r></w:ins><w:r><w:t>。"
    )
    rows = [word_row(*NUMBERED), word_row("1", goal, *TASKS[0][2:])]
    plan = read(tmp_path, document(rows), "t.docx")
    assert plan.tasks[0].goal == "建桥2座。"
    told = [(f.code, f.line, f.found) for f in plan.findings if f.code.startswith("PLAN-TEXT")]
    assert told == [("PLAN-TEXT-DELETED", 2, "3座"), ("PLAN-TEXT-INSERTED", 2, "2座")]


@pytest.mark.parametrize("mark", ["<w:hidden/>", "<w:del/>"])
def test_row_of_a_document_that_is_gone(tmp_path: Path, mark: str) -> None:
    """A hidden or deleted row is no task, and most likely cancelled."""
    rows = [word_row(*NUMBERED), word_row(*TASKS[0]), word_row(*TASKS[1], mark=mark)]
    plan = read(tmp_path, document(rows), "t.docx")
    assert [task.goal for task in plan.tasks] == ["修桥一座。"]
    assert [(f.line, f.found[:7]) for f in plan.findings if f.code == "PLAN-ROW-GONE"] == [
        (3, "2｜修路一条。")
    ]


def test_struck_row_of_a_document_keeps_its_number_only(tmp_path: Path) -> None:
    """Where all but the number is struck, the row heads no section and is no task."""
    struck = [_run(text, "<w:strike/>") for text in TASKS[1][1:]]
    rows = [word_row(*NUMBERED), word_row(*TASKS[0]), word_row("2", *struck), word_row(*TASKS[2])]
    plan = read(tmp_path, document(rows), "t.docx")
    assert [(task.goal, task.heading) for task in plan.tasks] == [
        ("修桥一座。", ""),
        ("办学一所。", ""),
    ]
    assert "PLAN-ROW-GONE" in codes(plan)
