"""The Word document: pandoc from the blocks, in the styles of the reference document."""

import io
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
import pypandoc
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from reporting.documents.blocks import Cover, GradeMark, walk
from reporting.documents.document import Document, read_document
from reporting.documents.layout.sections import sections
from reporting.documents.word.letters import set_letters
from reporting.documents.word.pandoc import section_xml, to_pandoc
from reporting.documents.word.reference import HEI, reference_docx
from reporting.documents.word.settings import (
    complete_settings,
    enclose_bookmarks,
    keep_rows_together,
)
from reporting.documents.word.turned import turned_foot
from reporting.errors import PublishError
from reporting.grades import USUAL, Grade
from reporting.system.archives import normalise_zip
from reporting.system.scratch import scratch_folder

_EPOCH = datetime(2000, 1, 1)


def render_docx(notebook: Mapping[str, Any], *, own: Sequence[Path] = ()) -> bytes:
    """Render an executed notebook as an editable Word document.

    Raises
    ------
    PublishError
        Pandoc refused the document.
    """
    document = read_document(notebook)
    parts = sections(document.blocks)
    tree = json.dumps(to_pandoc(parts), ensure_ascii=False)
    return finish_docx(_convert(tree, own_grades(document)), document, own=own)


def finish_docx(raw: bytes, document: Document, *, own: Sequence[Path] = ()) -> bytes:
    """Complete what pandoc wrote of a document: pages, heads, letters, properties, no times."""
    parts = sections(document.blocks)
    # Word keeps the last section's page at the end of the body, where pandoc has its own.
    landscape = parts[-1].landscape if parts else False
    return normalise_zip(_finished(raw, document, landscape=landscape, own=own))


def own_grades(document: Document) -> tuple[Grade, ...]:
    """Give the grades of a document that are an office's own, each once."""
    marks = (part.grade for part in walk(document.blocks) if isinstance(part, GradeMark))
    usual = set(USUAL.values())
    return tuple(dict.fromkeys(grade for grade in marks if grade not in usual))


def _convert(tree: str, own: tuple[Grade, ...]) -> bytes:
    with scratch_folder() as folder, _fixed_time():
        reference, target = folder / "reference.docx", folder / "report.docx"
        reference.write_bytes(reference_docx(own))
        try:
            pypandoc.convert_text(
                tree, "docx", "json", outputfile=target,
                extra_args=[f"--reference-doc={reference}"],
            )  # fmt: skip
        except RuntimeError as error:
            raise PublishError(f"Word 文档生成失败：{error}") from error
        return target.read_bytes()


@contextmanager
def _fixed_time() -> Iterator[None]:
    """Let pandoc write the same times always; the document's date is set afterwards."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = "946684800"
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def _finished(raw: bytes, document: Document, *, landscape: bool, own: Sequence[Path]) -> bytes:
    """Add what pandoc does not write: pages, running heads, page numbers, properties."""
    word = docx.Document(io.BytesIO(raw))
    _set_last_section(word, landscape)
    _set_heads(word, document)
    for part in (word.element.body, *_heads(word)):
        set_letters(part, own)
    keep_rows_together(word)
    enclose_bookmarks(word)
    complete_settings(word)
    _set_properties(word, document)
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def _set_last_section(word: Any, landscape: bool) -> None:
    last = word.sections[-1]._sectPr
    for child in list(last):
        last.remove(child)
    last.extend(list(parse_xml(section_xml(landscape))))


def _set_heads(word: Any, document: Document) -> None:
    """Set the head once and feet where the pages turn; sections between take them over."""
    # Page numbers stand on the outer side, so the two kinds of pages differ.
    word.settings.odd_and_even_pages_header_footer = True
    words = document.running_head + ("　　示例数据" if document.is_sample else "")
    first = word.sections[0]
    for header in (first.header, first.even_page_header):
        header.is_linked_to_previous = False
        _set_small(header.paragraphs[0].add_run(words), 10.5)
    before: bool | None = None
    for section in word.sections:
        turned = section.page_width > section.page_height
        if turned != before:
            _set_feet(section, turned=turned)
        before = turned


def _heads(word: Any) -> Iterator[Any]:
    first = word.sections[0]
    return (header._element for header in (first.header, first.even_page_header))


def _set_feet(section: Any, *, turned: bool) -> None:
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        foot, number = footer.paragraphs[0]._p, _number_xml(side)
        if turned:
            foot.append(turned_foot(number))
        else:
            foot.getparent().replace(foot, parse_xml(number))


def _set_small(run: Any, size: float) -> None:
    run.font.size = docx.shared.Pt(size)
    run.font.name = "Times New Roman"
    run._r.get_or_add_rPr().get_or_add_rFonts().set(docx.oxml.ns.qn("w:eastAsia"), HEI)


def _number_xml(side: str) -> str:
    """Write a page number, a character from the outer edge of the text."""
    indent = f'<w:ind w:{side}="280" w:firstLine="0"/>'
    return (
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Footer"/>{indent}<w:jc w:val="{side}"/>'
        f"</w:pPr>{_run_xml(_text_xml('— '), 14)}"
        f"{_field_xml('begin')}{_run_xml(_PAGE, 14)}{_field_xml('separate')}"
        f"{_run_xml(_text_xml('1'), 14)}{_field_xml('end')}{_run_xml(_text_xml(' —'), 14)}</w:p>"
    )


_PAGE = '<w:instrText xml:space="preserve"> PAGE </w:instrText>'


def _field_xml(kind: str) -> str:
    return _run_xml(f'<w:fldChar w:fldCharType="{kind}"/>', 14)


def _text_xml(words: str) -> str:
    return f'<w:t xml:space="preserve">{escape(words)}</w:t>'


def _run_xml(content: str, size: float) -> str:
    latin = "Times New Roman"
    return (
        f'<w:r><w:rPr><w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{HEI}"/>'
        f'<w:sz w:val="{round(size * 2)}"/></w:rPr>{content}</w:r>'
    )


def _set_properties(word: Any, document: Document) -> None:
    cover = next((block for block in document.blocks if isinstance(block, Cover)), None)
    day = document.publish_date
    moment = datetime(day.year, day.month, day.day) if day else _EPOCH
    properties = word.core_properties
    properties.title = document.title
    properties.author = properties.last_modified_by = cover.issuing_office if cover else ""
    properties.language = "zh-CN"
    properties.created = properties.modified = moment
