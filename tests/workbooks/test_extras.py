"""What lies on a sheet besides its cells is found, with its place and its words."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

import pytest

from reporting.workbooks.book import open_book
from reporting.workbooks.cells import Extra

_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KINDS = {
    "drawing": "drawings/d.xml",
    "vmlDrawing": "drawings/v.vml",
    "comments": "comments1.xml",
    "threadedComment": "threadedComments/t.xml",
    "package": "embeddings/合同.docx",
    "oleObject": "embeddings/oleObject1.bin",
}


def book(parts: Mapping[str, str | bytes], *, row: str = "") -> bytes:
    """Write a workbook whose one sheet is related to some parts, given by their kind."""
    related = "".join(
        f'<Relationship Id="r{at}" Type="{_LINKS}/{kind}" Target="../{_KINDS[kind]}"/>'
        for at, kind in enumerate(parts)
    )
    members: dict[str, str | bytes] = {
        "xl/workbook.xml": f'<workbook xmlns:r="{_LINKS}"><sheets>'
        '<sheet name="进展" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": "<Relationships>"
        f'<Relationship Id="r1" Type="{_LINKS}/worksheet" Target="worksheets/s.xml"/>'
        "</Relationships>",
        "xl/worksheets/s.xml": f"<worksheet><sheetData>{row}</sheetData></worksheet>",
        "xl/worksheets/_rels/s.xml.rels": f"<Relationships>{related}</Relationships>",
    }
    members |= {f"xl/{_KINDS[kind]}": content for kind, content in parts.items()}
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def anchored(content: str, column: int = 8, row: int = 3) -> str:
    corner = f"<xdr:from><xdr:col>{column}</xdr:col><xdr:row>{row}</xdr:row></xdr:from>"
    end = "<xdr:to><xdr:col>99</xdr:col><xdr:row>99</xdr:row></xdr:to>"
    return f"<xdr:twoCellAnchor>{corner}{end}{content}</xdr:twoCellAnchor>"


def words(*lines: str) -> str:
    paragraphs = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines)
    return f'<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="框"/></xdr:nvSpPr>{paragraphs}</xdr:sp>'


def named(tag: str, name: str, described: str = "") -> str:
    note = f' descr="{described}"' if described else ""
    return f'<xdr:{tag}><xdr:cNvPr id="3" name="{name}"{note}/></xdr:{tag}>'


def drawing(*anchors: str) -> str:
    return '<xdr:wsDr xmlns:xdr="x" xmlns:a="a" xmlns:mc="m">' + "".join(anchors) + "</xdr:wsDr>"


def comments(*texts: tuple[str, str, str]) -> str:
    authors = "".join(f"<author>{author}</author>" for author, _, _ in texts)
    listed = "".join(
        f'<comment ref="{cell}" authorId="{at}"><text>{text}</text></comment>'
        for at, (_, cell, text) in enumerate(texts)
    )
    return f"<comments><authors>{authors}</authors><commentList>{listed}</commentList></comments>"


CASES: dict[str, tuple[dict[str, str | bytes], list[Extra]]] = {
    "text box": (
        {"drawing": drawing(anchored(words("实际12.1亿元，", "以此为准")))},
        [Extra("text", "进展", "I4", "实际12.1亿元，\n以此为准")],
    ),
    "boxes in a group": (
        {"drawing": drawing(anchored(f"<xdr:grpSp>{words('甲')}{words('乙')}</xdr:grpSp>"))},
        [Extra("text", "进展", "I4", "甲\n乙")],
    ),
    "box that is written twice, for old programs too": (
        {
            "drawing": drawing(
                anchored(
                    f"<mc:AlternateContent><mc:Choice>{words('新')}</mc:Choice>"
                    f"<mc:Fallback>{words('旧')}</mc:Fallback></mc:AlternateContent>"
                )
            )
        },
        [Extra("text", "进展", "I4", "新")],
    ),
    "picture, shape and chart": (
        {
            "drawing": drawing(
                anchored(named("pic", "图片 1", "现场照片")),
                anchored(named("sp", "箭头 2"), 0, 0),
                anchored(named("graphicFrame", "图表 3"), 1, 9),
            )
        },
        [
            Extra("picture", "进展", "I4", "现场照片"),
            Extra("shape", "进展", "A1", "箭头 2"),
            Extra("shape", "进展", "B10", "图表 3"),
        ],
    ),
    "thing that stands nowhere": (
        {"drawing": drawing(f"<xdr:absoluteAnchor>{words('甲')}</xdr:absoluteAnchor>")},
        [Extra("text", "进展", "", "甲")],
    ),
    "thing that stands beyond the sheet": (
        {"drawing": drawing(anchored(words("甲"), 16_384), anchored(words("乙"), 0, 1_048_576))},
        [Extra("text", "进展", "", "甲"), Extra("text", "进展", "", "乙")],
    ),
    "attachments": (
        {"package": b"PK", "oleObject": b"x"},
        [
            Extra("attachment", "进展", "", "合同.docx"),
            Extra("attachment", "进展", "", "oleObject1.bin"),
        ],
    ),
    "comments": (
        {
            "comments": comments(
                ("甲", "I4", "<t>初步数</t><rPh><t>chu</t></rPh>"),
                ("乙", "ZZZ9999999", "<r><t>两</t></r><r><t>段</t></r>"),
                ("丙", "I5", "<t> </t>"),
            )
        },
        [
            Extra("comment", "进展", "I4", "初步数", "甲"),
            Extra("comment", "进展", "", "两段", "乙"),
        ],
    ),
    "thread, whose placeholder is left out": (
        {
            "comments": comments(("tc={1}", "I4", "<t>[Threaded comment]</t>")),
            "threadedComment": "<ThreadedComments>"
            '<threadedComment ref="I4"><text>请核实</text></threadedComment>'
            '<threadedComment ref="I4"><text>已核实</text></threadedComment></ThreadedComments>',
        },
        [Extra("comment", "进展", "I4", "请核实\n已核实")],
    ),
    "old box beside an old comment": (
        {
            "vmlDrawing": "<xml><v:shape><v:textbox><div>批注</div></v:textbox>"
            '<x:ClientData ObjectType="Note"/></v:shape>'
            "<v:shape><v:textbox style='x'><div>以此<br>为准</div></v:textbox></v:shape></xml>"
        },
        [Extra("text", "进展", "", "以此 为准")],
    ),
    "damaged drawing beside sound comments": (
        {"drawing": "<xdr:wsDr", "comments": comments(("甲", "I4", "<t>初步数</t>"))},
        [
            Extra("unread", "进展", "", "d.xml"),
            Extra("comment", "进展", "I4", "初步数", "甲"),
        ],
    ),
    "endless things": (
        {"drawing": drawing(anchored(words("甲")) * 205)},
        [*[Extra("text", "进展", "I4", "甲")] * 200, Extra("more", text="5")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_things_on_a_sheet_are_found(name: str) -> None:
    """Each with its kind, sheet, cell, words and author."""
    parts, expected = CASES[name]
    assert list(open_book(book(parts)).extras) == expected


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="O4" t="str"><f>DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>',
        '<c r="O4" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f></c>',
        '<c r="O4" t="inlineStr"><is><t>=DISPIMG("ID_1",1)</t></is></c>',
        '<c r="O4" t="e" vm="1"><v>#VALUE!</v></c>',
    ],
)
def test_picture_in_a_cell_is_no_text(cell: str) -> None:
    """What WPS and Excel write for a picture in a cell is never read as its value."""
    found = open_book(book({}, row=f'<row r="4">{cell}<c r="A4"><v>1</v></c></row>'))
    assert list(found.extras) == [Extra("cell picture", "进展", "O4")]
    assert [c.address for c in found.sheets[0].cells.values()] == ["A4"]


def test_error_without_a_picture_stays_an_error() -> None:
    """An error value is a value."""
    (sheet,) = open_book(book({}, row='<row><c r="A1" t="e"><v>#VALUE!</v></c></row>')).sheets
    assert [(c.value, c.error) for c in sheet.cells.values()] == [("#VALUE!", True)]
