"""The Word styles of the reports: the faces and measures of GB/T 9704-2012."""

import io
import subprocess
from collections.abc import Iterable
from functools import cache
from typing import Any

import docx
import pypandoc
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import (
    WD_ALIGN_PARAGRAPH,
    WD_LINE_SPACING,
    WD_TAB_ALIGNMENT,
    WD_TAB_LEADER,
)
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from reporting.documents.palette import MASTHEAD_RED
from reporting.documents.word.pandoc import (
    SMALL,
    STYLE_CAPTION,
    STYLE_TABLE_CELL,
    STYLE_TABLE_HEAD,
    grade_style,
)
from reporting.grades import USUAL, Grade

BODY = "仿宋_GB2312"
TITLE = "方正小标宋简体"
HEI = "黑体"
KAI = "楷体_GB2312"
_PITCH = Pt(28.95)
_CENTER = WD_ALIGN_PARAGRAPH.CENTER


@cache
def reference_docx(own: tuple[Grade, ...] = ()) -> bytes:
    """Build the reference document from pandoc's own; texts are none, styles are ours.

    ``own`` are an office's grades, which get a style as the usual ones do.
    """
    command = [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"]
    base = subprocess.run(command, check=True, capture_output=True).stdout
    document = docx.Document(io.BytesIO(base))
    _set_normal(document)
    _set_headings(document)
    _set_masthead(document)
    _set_text_styles(document)
    _set_contents(document)
    _set_table_styles(document)
    grades = {str(grade): grade for grade in (*USUAL.values(), *own)}
    _set_character_styles(document, grades.values())
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def set_font(style: Any, face: str, size: float | None = None, colour: str = "#000000") -> None:
    """Give a style a Chinese face with Times New Roman for Latin letters and figures."""
    font = style.font
    font.name = "Times New Roman"
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        if attribute.endswith("Theme"):
            del fonts.attrib[attribute]
    fonts.set(qn("w:eastAsia"), face)
    font.color.rgb = RGBColor.from_string(colour.removeprefix("#").upper())
    font.italic = False
    if size is not None:
        font.size = Pt(size)


def _style(document: Any, name: str, base: str = "Normal") -> Any:
    try:
        return document.styles[name]
    except KeyError:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles[base]
        return style


def _paragraph(
    style: Any, *, indent: float = 0, align: Any = None, pitch: Any = _PITCH, around: float = 0
) -> None:
    """Set a paragraph style; ``indent`` in points, ``pitch`` None for single spacing."""
    form = style.paragraph_format
    form.first_line_indent = Pt(indent)
    form.left_indent = Pt(0)
    form.alignment = align
    form.space_before = form.space_after = Pt(around)
    if pitch is None:
        form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    else:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, pitch


def _set_normal(document: Any) -> None:
    for name in ("Normal", "Body Text", "First Paragraph", "Compact"):
        style = document.styles[name]
        set_font(style, BODY, 16)
        _paragraph(style)
    _set_spacing(document.styles["Normal"])
    language = parse_xml(f'<w:lang {nsdecls("w")} w:val="en-US" w:eastAsia="zh-CN"/>')
    properties = document.styles["Normal"].element.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(language)


def _set_spacing(style: Any) -> None:
    """Let no mark begin a line, and no gap stand between Chinese and figures, as in the PDF."""
    properties = style.element.get_or_add_pPr()
    place = properties.find(qn("w:spacing"))
    for name, value in (
        ("kinsoku", "1"), ("wordWrap", "1"), ("overflowPunct", "1"), ("topLinePunct", "0"),
        ("autoSpaceDE", "0"), ("autoSpaceDN", "0"),
    ):  # fmt: skip
        place.addprevious(parse_xml(f'<w:{name} {nsdecls("w")} w:val="{value}"/>'))


def _set_headings(document: Any) -> None:
    for level, face in ((1, HEI), (2, KAI), (3, BODY), (4, BODY)):
        style = document.styles[f"Heading {level}"]
        set_font(style, face, 16)
        style.font.bold = level == 3
        _paragraph(style, indent=32)
        style.paragraph_format.keep_with_next = True
    title = document.styles["Title"]
    set_font(title, TITLE, 22)
    title.font.bold = False
    _paragraph(title, align=_CENTER, pitch=Pt(36), around=16)


def _set_masthead(document: Any) -> None:
    head = _style(document, "红头")
    set_font(head, TITLE, 30, MASTHEAD_RED)
    _paragraph(head, align=_CENTER, pitch=Pt(44))
    _paragraph(_style(document, "期号"), align=_CENTER)
    line = _style(document, "版头")
    _paragraph(line)
    line.paragraph_format.tab_stops.add_tab_stop(Mm(156), 2)
    # Word wants the children of a paragraph's properties in the schema's order.
    line.element.get_or_add_pPr().find(qn("w:tabs")).addprevious(
        parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="16" w:space="4" '
            f'w:color="{MASTHEAD_RED.removeprefix("#").upper()}"/></w:pBdr>'
        )
    )
    sample = _style(document, "示例数据")
    set_font(sample, HEI, 14, "#6b3a00")
    _paragraph(sample, align=_CENTER)
    seal = _style(document, "封签")
    set_font(seal, HEI, 10.5)
    _paragraph(seal, align=_CENTER)


def _set_text_styles(document: Any) -> None:
    _paragraph(_style(document, "正文首行缩进"), indent=32)
    _paragraph(_style(document, "正文顶格"))
    for name, face, size in (
        ("提示", BODY, 14),
        ("提醒", BODY, 14),
        ("引文", KAI, 12),
    ):
        style = _style(document, name)
        set_font(style, face, size)
        _paragraph(style, pitch=None, around=6)
        style.paragraph_format.left_indent = Pt(16)
    for name, face, size in (("表题", HEI, 12), ("图题", HEI, 11), ("图", BODY, 12)):
        style = _style(document, name)
        set_font(style, face, size)
        _paragraph(style, align=_CENTER, pitch=None, around=4)
    document.styles["表题"].paragraph_format.keep_with_next = True
    for name in ("附件", "目录标题"):
        style = _style(document, name)
        set_font(style, HEI, 16)
        _paragraph(style, align=_CENTER if name == "目录标题" else None)


def _set_contents(document: Any) -> None:
    """Set the lines of the contents as Word writes them again: page numbers at the right."""
    for level in range(1, 5):
        style = document.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
        style.element.set(qn("w:styleId"), f"TOC{level}")
        style.base_style = document.styles["Normal"]
        set_font(style, HEI if level == 1 else BODY, 14)
        _paragraph(style, pitch=Pt(22))
        style.paragraph_format.left_indent = Pt(21 * (level - 1))
        style.paragraph_format.tab_stops.add_tab_stop(
            Mm(156), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
        )


def _set_table_styles(document: Any) -> None:
    for name, face in ((STYLE_TABLE_CELL, BODY), (STYLE_TABLE_HEAD, HEI)):
        style = _style(document, name)
        set_font(style, face, 10.5)
        _paragraph(style, pitch=None, around=2)
    _set_small_styles(document)
    table = document.styles["Table"].element
    for old in table.findall(qn("w:tblPr")):
        table.remove(old)
    edge = 'w:val="single" w:space="0"'
    first = table.find(qn("w:tblStylePr"))
    place = table.append if first is None else first.addprevious
    place(
        parse_xml(
            f"<w:tblPr {nsdecls('w')}><w:tblBorders>"
            f'<w:top {edge} w:sz="8" w:color="000000"/><w:bottom {edge} w:sz="8" w:color="000000"/>'
            f'<w:insideH {edge} w:sz="4" w:color="A6A6A6"/></w:tblBorders><w:tblCellMar>'
            '<w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>'
            "</w:tblCellMar></w:tblPr>"
        )
    )


def _set_small_styles(document: Any) -> None:
    """Set the styles of a page of its own: as close as one page needs."""
    for name, face in ((STYLE_TABLE_CELL, BODY), (STYLE_TABLE_HEAD, HEI), (STYLE_CAPTION, HEI)):
        style = _style(document, SMALL[name])
        set_font(style, face, 8)
        _paragraph(style, pitch=Pt(10), around=1)
    document.styles[SMALL[STYLE_CAPTION]].paragraph_format.keep_with_next = True


def _set_character_styles(document: Any, grades: Iterable[Grade]) -> None:
    remark = document.styles.add_style("说明文字", WD_STYLE_TYPE.CHARACTER)
    set_font(remark, BODY, None, "#4d4d4d")
    for grade in grades:
        style = document.styles.add_style(grade_style(grade), WD_STYLE_TYPE.CHARACTER)
        set_font(style, HEI, None, grade.style.colour)
        style.font.bold = True
    link = document.styles["Hyperlink"]
    link.font.color.rgb = RGBColor.from_string("0B4F85")
