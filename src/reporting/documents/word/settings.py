"""What Word and WPS are told about the whole document: layout rules, fields to fill."""

from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

_ID = qn("w:id")
_COMPATIBLE_WITH = 15
"""The layout of Word 2013 and later; without it Word opens a file in compatibility mode."""

_COMPAT = (
    f"<w:compat {nsdecls('w')}><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/>"
    "<w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/>"
    "<w:adjustLineHeightInTable/><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    f'w:val="{_COMPATIBLE_WITH}"/></w:compat>'
)
# Elements that follow, in the order of the schema, so that each has its place.
_SPACING = ("characterSpacingControl", "hdrShapeDefaults", "footnotePr", "endnotePr", "compat")
_AFTER_COMPAT = ("docVars", "rsids", "mathPr", "themeFontLang", "clrSchemeMapping", "shapeDefaults",
                 "decimalSymbol", "listSeparator")  # fmt: skip


def complete_settings(word: Any) -> None:
    """Say how East Asian text is spaced, and that fields are filled at opening."""
    settings = word.settings.element
    for name in ("updateFields", "characterSpacingControl", "compat"):
        for old in settings.findall(qn(f"w:{name}")):
            settings.remove(old)
    # Only Word knows on which page its own layout puts a heading.
    _insert(settings, f'<w:updateFields {nsdecls("w")} w:val="true"/>', _SPACING)
    _insert(
        settings,
        f'<w:characterSpacingControl {nsdecls("w")} w:val="compressPunctuation"/>',
        _SPACING[1:],
    )
    _insert(settings, _COMPAT, _AFTER_COMPAT)


def _insert(settings: Any, xml: str, followers: tuple[str, ...]) -> None:
    """Insert an element before those that the schema has after it."""
    names = {qn(f"w:{name}") for name in (*followers, *_AFTER_COMPAT)}
    names.add("{http://schemas.openxmlformats.org/officeDocument/2006/math}mathPr")
    place = next((child for child in settings if child.tag in names), None)
    element = parse_xml(xml)
    settings.append(element) if place is None else place.addprevious(element)


def keep_rows_together(word: Any) -> None:
    """Let no page part a row, nor leave one alone under its header or at its table's end."""
    for table in word.element.body.iter(qn("w:tbl")):
        rows = table.findall(qn("w:tr"))
        for row in rows:
            properties = row.get_or_add_trPr()
            if properties.find(qn("w:cantSplit")) is None:
                properties.insert(0, parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        heads = sum(row.find(f".//{qn('w:tblHeader')}") is not None for row in rows)
        for number in {*range(heads + 1), len(rows) - 2} & set(range(len(rows) - 1)):
            for paragraph in rows[number].iter(qn("w:p")):
                properties = paragraph.get_or_add_pPr()
                properties.get_or_add_keepNext()


def enclose_bookmarks(word: Any) -> None:
    """Put the bookmarks between paragraphs into the paragraph they stand before.

    A program may drop one that stands between a table and a heading, and what leads to it.
    """
    body = word.element.body
    for start in body.findall(qn("w:bookmarkStart")):
        paragraph = next(start.itersiblings(qn("w:p")), None)
        ends = [e for e in body.iter(qn("w:bookmarkEnd")) if e.get(_ID) == start.get(_ID)]
        if paragraph is not None:
            properties = paragraph.get_or_add_pPr()
            for element in (*ends, start):
                properties.addnext(element)
