"""The PowerPoint file: one page a message, native charts and tables, sources in the notes."""

import io
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.util import Pt

from reporting.documents.blocks import BulletList, Cover, GradeMark, Inline, Muted, Strong, Table
from reporting.documents.palette import MASTHEAD_RED
from reporting.documents.slides.charts import add_chart
from reporting.documents.slides.fit import (
    BODY,
    BODY_PT,
    CELL_PT,
    FOOT_PT,
    LIST_PT,
    PITCH,
    REMARK_PT,
    WIDTH_PT,
    Box,
    boxes,
    head_height,
    inline_text,
    label_of,
    pages,
    remark_height,
    row_height,
    title_of,
    widths_of,
)
from reporting.documents.slides.read import read_deck
from reporting.documents.slides.template import INK, new_presentation, set_theme
from reporting.documents.slides.values import BarChart, Deck, Part, Slide
from reporting.system.archives import normalise_zip

SAMPLE_MARK = "示例数据"
_MUTED = "595959"
_SAMPLE_BOX = Box(left=WIDTH_PT - 134, top=24, width=90, height=30)
_MASTHEAD_BOX = Box(left=80, top=110, width=WIDTH_PT - 160, height=56)
_ALIGN = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'extended-properties"><Application>reporting</Application></Properties>'
)


def render_pptx(notebook: Mapping[str, Any]) -> bytes:
    """Render the deck of an executed notebook.

    Raises
    ------
    PublishError
        The notebook shows no deck.
    """
    return write_deck(read_deck(notebook))


def write_deck(deck: Deck) -> bytes:
    """Write a deck with its cover; equal decks give the same bytes."""
    assert deck.cover is not None
    show = new_presentation()
    cover, message = show.slide_layouts
    _add_cover(show.slides.add_slide(cover), deck.cover)
    for slide in deck.slides:
        for page in pages(slide):
            _add_page(show.slides.add_slide(message), page, deck.cover)
    _set_properties(show, deck.cover)
    target = io.BytesIO()
    show.save(target)
    return normalise_zip(target.getvalue())


def _add_cover(slide: Any, cover: Cover) -> None:
    title, text = slide.placeholders
    _set_lines(title.text_frame, cover.headline_lines, size=40)
    _set_lines(text.text_frame, (cover.issuing_office, cover.date_text), size=24, colour=INK)
    head = slide.shapes.add_textbox(*_place(_MASTHEAD_BOX))
    head.name = "报头"
    issue = f"（{cover.issue_number}）" if cover.issue_number else ""
    _set_lines(head.text_frame, (cover.title + issue,), size=28, colour=MASTHEAD_RED, bold=True)
    for shape in (title, text, head):
        for paragraph in shape.text_frame.paragraphs:
            paragraph.alignment = PP_ALIGN.CENTER
    _mark_sample(slide, cover)


def _add_page(slide: Any, page: Slide, cover: Cover) -> None:
    words, size = title_of(page.title)
    _set_lines(slide.shapes.title.text_frame, (words,), size=size)
    for part, box in zip(page.parts, boxes(page), strict=True):
        _add_part(slide, part, box)
    if page.remark:
        _add_remark(slide, page)
    _add_foot(slide, f"{cover.subject_name}　{cover.period_label}　{cover.title}")
    _mark_sample(slide, cover)
    _add_notes(slide, page.notes)


def _add_part(slide: Any, part: Part, box: Box) -> None:
    match part:
        case BarChart():
            add_chart(slide, part, box)
        case Table():
            _add_table(slide, part, box)
        case BulletList():
            _add_list(slide, part, box)


def _add_table(slide: Any, table: Table, box: Box) -> None:
    widths = widths_of(table, box.width)
    heights = [head_height(table, widths), *(row_height(row, widths) for row in table.rows)]
    frame = slide.shapes.add_table(
        len(table.rows) + 1, len(table.columns), *_place(box)[:3], Pt(sum(heights))
    )
    properties = frame._element.nvGraphicFramePr.cNvPr
    properties.set("name", "表格")
    properties.set("descr", table.caption)
    grid = frame.table
    grid.horz_banding = True
    grid.last_row = bool(table.rows) and table.rows[-1].total
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Pt(width)
    for line, height in zip(grid.rows, heights, strict=True):
        line.height = Pt(height)
    for number, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
        cell = grid.cell(0, number)
        _set_lines(cell.text_frame, label_of(column.label, width).split("\n"), size=BODY_PT,
                   bold=True)  # fmt: skip
        _set_cell(cell, "center" if column.align == "center" else column.align)
        for at, row in enumerate(table.rows, 1):
            cell = grid.cell(at, number)
            _set_inlines(cell.text_frame, row.cells[number], size=BODY_PT, bold=row.total)
            _set_cell(cell, column.align)


def _set_cell(cell: Any, align: str) -> None:
    beside, above = map(Pt, CELL_PT)
    cell.margin_left = cell.margin_right = beside
    cell.margin_top = cell.margin_bottom = above
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    for paragraph in cell.text_frame.paragraphs:
        paragraph.alignment = _ALIGN[align]


def _add_list(slide: Any, items: BulletList, box: Box) -> None:
    shape = slide.shapes.add_textbox(*_place(box))
    shape.name = "要点"
    frame = shape.text_frame
    frame.word_wrap = True
    for number, item in enumerate(items.items):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        _set_paragraph(paragraph, item, size=LIST_PT, bold=False)
        paragraph.space_after = Pt(10)


def _add_remark(slide: Any, page: Slide) -> None:
    height = remark_height(page)
    shape = slide.shapes.add_textbox(
        Pt(BODY.left), Pt(BODY.top + BODY.height - height), Pt(BODY.width), Pt(height)
    )
    shape.name = "说明"
    _set_lines(shape.text_frame, (page.remark,), size=REMARK_PT, colour=_MUTED)
    shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM


def _add_foot(slide: Any, words: str) -> None:
    """Copy foot and number from the layout, where they are only a place."""
    for shape in list(slide.slide_layout.placeholders)[1:]:
        copied = deepcopy(shape._element)
        slide.shapes._spTree.append(copied)
    foot = slide.placeholders[11]
    _set_lines(foot.text_frame, (words,), size=FOOT_PT, colour=_MUTED)


def _mark_sample(slide: Any, cover: Cover) -> None:
    if not cover.is_sample:
        return
    shape = slide.shapes.add_textbox(*_place(_SAMPLE_BOX))
    shape.name = SAMPLE_MARK
    shape.line.color.rgb = _colour(MASTHEAD_RED)
    shape.line.width = Pt(1.5)
    _set_lines(shape.text_frame, (SAMPLE_MARK,), size=16, colour=MASTHEAD_RED, bold=True)
    shape.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
    shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE


def _add_notes(slide: Any, lines: Sequence[str]) -> None:
    if not lines:
        return
    notes = slide.notes_slide
    set_theme(notes.part.part_related_by(RT.NOTES_MASTER))
    frame = notes.notes_text_frame
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        for run in _broken(paragraph, line):
            run.font.size = Pt(FOOT_PT)


def _set_lines(
    frame: Any, lines: Sequence[str], *, size: float, colour: str = "", bold: bool | None = None
) -> None:
    frame.word_wrap = True
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.line_spacing = Pt(size * PITCH)
        for run in _broken(paragraph, line):
            _set_run(run, size, colour, bold)


def _set_inlines(frame: Any, inlines: Sequence[Inline], *, size: float, bold: bool) -> None:
    frame.word_wrap = True
    _set_paragraph(frame.paragraphs[0], inlines, size=size, bold=bold)


def _set_paragraph(paragraph: Any, inlines: Sequence[Inline], *, size: float, bold: bool) -> None:
    paragraph.line_spacing = Pt(size * PITCH)
    for part in inlines:
        strong = bold or isinstance(part, Strong | GradeMark)
        for run in _broken(paragraph, inline_text(part)):
            _set_run(run, size, _colour_of(part), strong or None)


def _colour_of(part: Inline) -> str:
    if isinstance(part, GradeMark):
        return part.grade.style.colour
    return _MUTED if isinstance(part, Muted) else ""


def _broken(paragraph: Any, text: str) -> Iterator[Any]:
    """Add a text to a paragraph, its line breaks as breaks; gives the runs."""
    for number, line in enumerate(text.split("\n")):
        if number:
            paragraph.add_line_break()
        run = paragraph.add_run()
        run.text = line
        # What is no Chinese letter is set in the Chinese language too: one face, one spelling.
        run._r.get_or_add_rPr().set("lang", "zh-CN")
        yield run


def _set_run(run: Any, size: float, colour: str, bold: bool | None) -> None:
    run.font.size = Pt(size)
    if bold is not None:
        run.font.bold = bold
    if colour:
        run.font.color.rgb = _colour(colour)


def _colour(code: str) -> RGBColor:
    found: RGBColor = RGBColor.from_string(code.removeprefix("#").upper())
    return found


def _place(box: Box) -> tuple[Any, Any, Any, Any]:
    return Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height)


def _set_properties(show: Any, cover: Cover) -> None:
    moment = datetime(cover.publish_date.year, cover.publish_date.month, cover.publish_date.day)
    properties = show.core_properties
    properties.title = cover.headline_text
    properties.author = properties.last_modified_by = cover.issuing_office
    properties.language = "zh-CN"
    properties.created = properties.modified = moment
    properties.keywords = SAMPLE_MARK if cover.is_sample else ""
    properties.revision = 1
    show.part.package.part_related_by(RT.EXTENDED_PROPERTIES)._blob = _APP
