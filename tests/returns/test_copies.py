"""A copy sent back is the unit's own file: it loses nothing but gains marks and opinions."""

import io
import re
import zipfile
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from reporting.findings import Finding, Severity
from reporting.periods import Period
from reporting.returns.layout import AIDS, FIGURES, OPINION, OPINION_AUTHOR, PROGRESS
from reporting.returns.sheets.sendback import annotate, ending
from reporting.returns.values import Returns
from reporting.system.archives import make_zip
from reporting.workbooks.book import open_book
from reporting.workbooks.cells import Extra, address, split_address

from .toy import UNIT, filled

PERIOD = Period(year=2023, quarter=3)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


_DRAWN = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:oneCellAnchor><xdr:from>'
    "<xdr:col>2</xdr:col><xdr:row>3</xdr:row></xdr:from><xdr:sp><xdr:nvSpPr>"
    '<xdr:cNvPr id="2" name="框"/></xdr:nvSpPr><a:p><a:r><a:t>实际12.1亿元</a:t></a:r></a:p>'
    "</xdr:sp></xdr:oneCellAnchor></xdr:wsDr>"
)
_THREADED = (
    '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
    'threadedcomments"><threadedComment ref="B2" personId="{1}" id="{2}"><text>已与区里核实</text>'
    "</threadedComment></ThreadedComments>"
)
_BESIDE: dict[str, tuple[str, str | bytes]] = {
    "drawing": ("drawings/drawing7.xml", _DRAWN),
    "package": ("embeddings/合同.docx", b"PK contract"),
    "oleObject": ("embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0 attachment"),
    "threadedComment": ("threadedComments/t.xml", _THREADED),
    "image": ("media/image1.png", b"\x89PNG picture"),
}
"""What a unit may put on its sheet besides cells: kind of the relation, name and content."""
_CELL_PICTURES = {
    "xl/cellimages.xml": b'<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/>',
    "xl/media/image9.png": b"\x89PNG in a cell",
}


@dataclass
class Made:
    """A workbook as some program may write it: one sheet, and parts that nobody here knows."""

    cells: dict[tuple[int, int], tuple[str, int]] = field(default_factory=dict)
    prefix: str = ""
    addressed: bool = True
    encoding: str = "utf-8"
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    parts: dict[str, bytes] = field(default_factory=dict)
    beside: frozenset[str] = frozenset()
    styled: bool = True
    tail: str = ""
    merges: tuple[str, ...] = ()

    def sheet(self) -> bytes:
        p = f"{self.prefix}:" if self.prefix else ""
        space = f'xmlns:{self.prefix}="{_MAIN}"' if self.prefix else f'xmlns="{_MAIN}"'
        rows = []
        for row in sorted({row for row, _ in self.cells}):
            cells = "".join(
                self._cell(p, row, column)
                for column in sorted(c for r, c in self.cells if r == row)
            )
            rows.append(f'<{p}row r="{row}">{cells}</{p}row>')
        data = f"<{p}sheetData>{''.join(rows)}</{p}sheetData>" if rows else f"<{p}sheetData/>"
        areas = "".join(f'<{p}mergeCell ref="{ref}"/>' for ref in self.merges)
        merged = f"<{p}mergeCells>{areas}</{p}mergeCells>" if areas else ""
        text = (
            f'<?xml version="1.0" encoding="{self.encoding}"?>'
            f'<{p}worksheet {space} xmlns:r="{_LINKS}"><{p}sheetViews>'
            f'<{p}sheetView tabSelected="1" workbookViewId="0"/></{p}sheetViews>'
            f"{data}{merged}{self.tail}</{p}worksheet>"
        )
        return text.encode(self.encoding)

    def _cell(self, p: str, row: int, column: int) -> str:
        value, style = self.cells[row, column]
        place = f' r="{address(row, column)}"'
        if value.startswith("="):
            return f'<{p}c{place} s="{style}"><{p}f>{value[1:]}</{p}f><{p}v>7</{p}v></{p}c>'
        if value.isdecimal():
            return f'<{p}c{place} s="{style}"><{p}v>{value}</{p}v></{p}c>'
        if not value:
            return f"<{p}c s='{style}'{place}/>"
        return f'<{p}c{place} t="inlineStr" s="{style}"><{p}is><{p}t>{value}</{p}t></{p}is></{p}c>'

    def save(self) -> bytes:
        related = {"xl/worksheets/s.xml": ("worksheet", "worksheets/s.xml")}
        if self.styled:
            related["xl/styles.xml"] = ("styles", "/xl/styles.xml")
        links = "".join(
            f'<Relationship Id="r{at}" Type="{_LINKS}/{kind}" Target="{target}"/>'
            for at, (kind, target) in enumerate(related.values())
        )
        members: dict[str, bytes | str] = {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_BOOK}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship '
            f'Id="r1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><bookViews>'
            f'<workbookView activeTab="0"/></bookViews><sheets><sheet name="{PROGRESS}" '
            'sheetId="4" r:id="r0"/></sheets><definedNames><definedName name="a" '
            'localSheetId="0">1</definedName></definedNames></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f"{links}</Relationships>",
            "xl/worksheets/s.xml": self.sheet(),
        }
        if self.styled:
            members["xl/styles.xml"] = _styles()
        own = {kind: _BESIDE[kind][0] for kind in sorted(self.beside)}
        own |= {"comments": "comments9.xml"} if self.comments else {}
        if own:
            listed = "".join(
                f'<Relationship Id="o{at}" Type="{_LINKS}/{kind}" Target="../{target}"/>'
                for at, (kind, target) in enumerate(own.items())
            )
            members["xl/worksheets/_rels/s.xml.rels"] = (
                f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'
            )
        members |= {f"xl/{_BESIDE[kind][0]}": _BESIDE[kind][1] for kind in self.beside}
        if self.comments:
            listed = "".join(
                f'<comment ref="{address(*place)}" authorId="0"><text><t>{text}</t></text>'
                "</comment>"
                for place, text in self.comments.items()
            )
            members["xl/comments9.xml"] = (
                f'<comments xmlns="{_MAIN}"><authors><author>填报人</author></authors>'
                f"<commentList>{listed}</commentList></comments>"
            )
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name, content in {**members, **self.parts}.items():
                archive.writestr(name, content)
        return target.getvalue()


def _styles() -> str:
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" '
        'formatCode="0.000"/></numFmts><fonts><font/><font><b/></font></fonts><fills>'
        "<fill><patternFill/></fill><fill><patternFill/></fill>"
        "</fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
        '<cellXfs><xf fontId="0"/>'
        '<xf numFmtId="14" fontId="1"><protection locked="0"/></xf><xf numFmtId="164" fontId="1"/>'
        '</cellXfs><cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


_WORDS = st.text("甲乙丙一二三 &lt;", min_size=1, max_size=9).map(
    lambda text: text.replace("&", "").replace("<", "").replace("l", "").replace("t;", "")
)
_PLACES = st.tuples(st.integers(1, 40), st.integers(1, 30))
_VALUES = st.one_of(
    st.just(""),
    _WORDS,
    st.integers(0, 10**6).map(str),
    st.just("=1+6"),
    st.just('=DISPIMG("ID_1",1)'),
)
BOOKS = st.builds(
    Made,
    cells=st.dictionaries(_PLACES, st.tuples(_VALUES, st.integers(0, 2)), max_size=40),
    prefix=st.sampled_from(["", "x"]),
    encoding=st.sampled_from(["utf-8", "utf-16"]),
    comments=st.dictionaries(_PLACES, _WORDS.filter(str.strip), max_size=4),
    parts=st.one_of(
        st.dictionaries(
            st.integers(0, 99).map("xl/unknown/部件{}.bin".format),
            st.binary(max_size=60),
            max_size=3,
        ),
        st.just(_CELL_PICTURES),
    ),
    beside=st.frozensets(st.sampled_from(sorted(_BESIDE))),
    tail=st.sampled_from(["", "<pageMargins/>", "<tableParts/>", "<picture/><extLst/>"]),
    styled=st.booleans(),
    merges=st.sampled_from([(), ("B2:D3",), ("A1:B1", "C5:C9")]),
).map(lambda book: _uncovered(book if not book.prefix else _with(book, tail="")))
_FINDINGS = st.lists(
    st.builds(
        Finding,
        code=st.just("RET-CAUSE"),
        severity=st.sampled_from(_SEVERITIES),
        message=st.just("应写明原因。"),
        unit=st.just(UNIT),
        file=st.just("a.xlsx"),
        sheet=st.sampled_from([PROGRESS, FIGURES, ""]),
        cell=st.one_of(_PLACES.map(lambda place: address(*place)), st.just("B2:D3")),
    ),
    min_size=1,
    max_size=8,
)
_EDITED = {
    "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
    "xl/worksheets/s.xml", "xl/worksheets/_rels/s.xml.rels", "xl/comments9.xml",
}  # fmt: skip


def _uncovered(book: Made) -> Made:
    """Take comments off cells that a merged one covers: no program lets a person put any there."""
    book.comments = {
        place: text for place, text in book.comments.items()
        if home(book, address(*place)) == place
    }  # fmt: skip
    return book


def _with(book: Made, *, tail: str) -> Made:
    book.tail = tail
    return book


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BOOKS, _FINDINGS)
def test_copy_of_any_workbook_loses_nothing(made: Made, findings: list[Finding]) -> None:
    """Each part that is not edited is the same bytes; each cell the same but for its mark."""
    data = made.save()
    sent = annotate(data, findings, PERIOD)
    before, after = members(data), members(sent)
    assert {n: c for n, c in before.items() if n not in _EDITED} == {
        n: c for n, c in after.items() if n in before and n not in _EDITED
    }
    assert _relations(before) <= _relations(after)
    old, new = open_book(data), open_book(sent)
    assert [sheet.name for sheet in new.sheets] == [OPINION, PROGRESS]
    assert new.sheets[1].cells == old.sheets[0].cells
    assert new.sheets[1].merges == old.sheets[0].merges
    _check_comments(old.extras, new.extras, findings)
    _check_styles(made, data, sent, findings)


def _relations(parts: Mapping[str, bytes]) -> set[tuple[str, str]]:
    """Return what the sheet leads to: by kind and target."""
    text = parts.get("xl/worksheets/_rels/s.xml.rels", b"").decode()
    return set(re.findall(r'Type="[^"]*/(\w+)" Target="([^"]*)"', text))


def _check_comments(
    old: tuple[Extra, ...], new: tuple[Extra, ...], findings: list[Finding]
) -> None:
    """See that the unit's own comments begin as they did, and that ours are on marked cells."""
    kept = [extra for extra in old if extra in new]
    said = {extra.cell: extra for extra in new if extra.kind == "comment" and extra not in kept}
    for extra in old:
        if extra in kept:
            continue
        assert extra.kind == "comment"
        assert said[extra.cell].text.startswith(extra.text)
        assert said[extra.cell].author == extra.author
    ours = sum(extra.text.count("】应写明原因。") for extra in new)
    assert ours == sum(finding.sheet == PROGRESS for finding in findings)


def _check_styles(made: Made, data: bytes, sent: bytes, findings: list[Finding]) -> None:
    """See that all but fill and frame of marked cells is as it was, and all of any other."""
    if not made.styled or made.encoding == "utf-16" or made.prefix or "drawing" in made.beside:
        return  # openpyxl reads no such sheet
    old, new = load_workbook(io.BytesIO(data))[PROGRESS], load_workbook(io.BytesIO(sent))[PROGRESS]
    marked = {home(made, f.cell) for f in findings if f.sheet == PROGRESS}
    for row, column in made.cells.keys() | marked:
        one, two = old.cell(row, column), new.cell(row, column)
        assert copy(one.font) == copy(two.font)
        assert copy(one.protection) == copy(two.protection)
        assert one.number_format == two.number_format
        assert ((row, column) in marked) == (copy(one.fill) != copy(two.fill))


def home(made: Made, cell: str) -> tuple[int, int]:
    row, column = split_address(cell.partition(":")[0])
    for area in made.merges:
        (top, left), (bottom, right) = map(split_address, area.split(":"))
        if top <= row <= bottom and left <= column <= right:
            return top, left
    return row, column


def finding(cell: str, message: str = "应写明原因。", sheet: str = PROGRESS) -> Finding:
    return Finding(
        code="RET-CAUSE", severity=Severity.ERROR, message=message, unit=UNIT, file="a.xlsx",
        sheet=sheet, cell=cell,
    )  # fmt: skip


def test_what_lies_beside_the_cells_is_heard_and_kept() -> None:
    """A text box, attachments, a reply and a picture in a cell are named before and after."""
    made = Made(
        {(5, 3): ('=DISPIMG("ID_1",1)', 0)}, beside=frozenset(_BESIDE), parts=_CELL_PICTURES
    )
    data = made.save()
    old, new = open_book(data), open_book(annotate(data, [finding("A1")], PERIOD))
    assert sorted((extra.kind, extra.cell) for extra in old.extras) == [
        ("attachment", ""), ("attachment", ""), ("cell picture", "C5"), ("comment", "B2"),
        ("text", "C4"),
    ]  # fmt: skip
    ours = [extra for extra in new.extras if extra not in old.extras]
    assert [(extra.cell, extra.author) for extra in ours] == [("A1", OPINION_AUTHOR)]
    assert len(new.extras) == len(old.extras) + 1


def test_opinions_are_shared_texts_in_a_part_with_a_usual_name() -> None:
    """Programs on the web and on phones read neither texts in cells nor unusual names."""
    after = members(annotate(Made({(1, 1): ("1", 0)}).save(), [finding("A1")], PERIOD))
    assert b"inlineStr" not in after["xl/worksheets/sheet1.xml"]
    assert {"xl/sharedStrings.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"} <= set(after)
    links = after["xl/worksheets/_rels/s.xml.rels"].decode()
    assert 'Target="../comments1.xml"' in links
    assert 'Target="../drawings/vmlDrawing1.vml"' in links
    assert 'Target="worksheets/sheet1.xml"' in after["xl/_rels/workbook.xml.rels"].decode()


def test_one_sheet_alone_shows() -> None:
    """Were two chosen, what is typed would go into both."""
    after = members(annotate(Made({(1, 1): ("1", 0)}).save(), [finding("", "甲")], PERIOD))
    assert b'tabSelected="0"' in after["xl/worksheets/s.xml"]
    assert b'localSheetId="1"' in after["xl/workbook.xml"]


def test_second_round_marks_only_what_is_still_wrong(
    tmp_path: Path, second_quarter: tuple[Returns, ...]
) -> None:
    """Marks and comments of the first round go with what was corrected; a reply stays."""
    sheet = filled(UNIT, 3, second_quarter)
    cells = [sheet.address(f"2023-003-0{n}", "self_rating") for n in (1, 2)]
    usual = load_workbook(io.BytesIO(sheet.save()))[PROGRESS][cells[0]]
    first = annotate(sheet.save(), [finding(cell) for cell in cells], PERIOD)
    second = annotate(first, [finding(cells[1], "还是应写明。")], PERIOD)
    book = load_workbook(io.BytesIO(second))
    assert book.sheetnames == [OPINION, "填报说明", PROGRESS, FIGURES, *AIDS, "标识"]
    assert book[PROGRESS][cells[0]].comment is None
    assert book[PROGRESS][cells[1]].comment.text == "【错误】还是应写明。"
    now = book[PROGRESS][cells[0]]
    assert (copy(now.fill), copy(now.border)) == (copy(usual.fill), copy(usual.border))
    assert book[OPINION]["A5"].value is None
    boxes = [c for n, c in members(second).items() if n.endswith(".vml")]
    assert [box.count(b"<v:shape ") for box in boxes] == [1]


def test_reply_in_a_comment_outlives_the_next_round() -> None:
    """What a unit typed into our comment is its own, and stands before what is new."""
    first = annotate(Made({(1, 1): ("1", 0)}).save(), [finding("A1")], PERIOD)
    ours, theirs = "写明原因。".encode(), "写明原因。已报备".encode()
    replied = {
        name: content.replace(ours, theirs if "comments" in name else ours)
        for name, content in members(first).items()
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in replied.items():
            archive.writestr(name, content)
    second = open_book(annotate(target.getvalue(), [finding("A1", "请补材料。")], PERIOD))
    (comment,) = second.extras
    assert comment == Extra("comment", PROGRESS, "A1", "已报备\n【错误】请补材料。", OPINION_AUTHOR)


def test_macros_keep_their_ending(tmp_path: Path) -> None:
    """A workbook with macros under the ending of one without does not open."""
    plain = Made({(1, 1): ("1", 0)}).save()
    kept: Mapping[str, bytes] = members(plain)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in kept.items():
            archive.writestr(name, content.replace(b"<Types", b"<!--macroEnabled--><Types"))
    assert (ending(plain), ending(target.getvalue())) == (".xlsx", ".xlsm")


@pytest.mark.parametrize("content", [None, b" " * (9 * 2**20)])
def test_package_that_does_not_say_its_kind_is_answered_by_the_summary(
    content: bytes | None,
) -> None:
    """Without the list of its parts, or with one beyond all measure, no program opens a copy."""
    parts = members(Made({(1, 1): ("1", 0)}).save())
    del parts["[Content_Types].xml"]
    data = make_zip(parts | ({"[Content_Types].xml": content} if content else {}))
    sent = annotate(data, [finding("A1")], PERIOD)
    assert [sheet.name for sheet in open_book(sent).sheets] == [OPINION]
    assert ending(sent) == ".xlsx"


@pytest.mark.parametrize("code", ["RET-FILE-HUGE", "RET-FILE-DAMAGED"])
def test_file_that_was_refused_is_answered_by_the_summary(code: str) -> None:
    """What was too much to read is not opened again to be marked."""
    refused = finding("").model_copy(update={"code": code, "sheet": ""})
    sent = annotate(Made({(1, 1): ("1", 0)}).save(), [refused], PERIOD)
    assert [sheet.name for sheet in open_book(sent).sheets] == [OPINION]
