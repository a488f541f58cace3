"""The empty presentation: wide pages, our faces and colours, two layouts."""

import io
from functools import cache
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from reporting.documents.palette import MASTHEAD_RED
from reporting.documents.slides.fit import (
    BODY,
    FOOT_PT,
    HEIGHT_PT,
    MARGIN_PT,
    TITLE,
    WIDTH_PT,
    Box,
)

FACE, STAND_IN = "Noto Sans CJK SC", "黑体"
"""The face of the slides, and that of Chinese letters where it is not installed."""
INK, BLUE = "1A1A1A", "1F4E79"
_COVER, _MESSAGE = 0, 5
"""The layouts that are kept, by their places among those of the library."""
_COLOURS = {
    "dk1": INK, "lt1": "FFFFFF", "dk2": BLUE, "lt2": "F2F2F2",
    "accent1": BLUE, "accent2": MASTHEAD_RED.removeprefix("#").upper(), "accent3": "8A4B00",
    "accent4": "00603F", "accent5": "5E2F75", "accent6": "475259",
    "hlink": "0B4F85", "folHlink": "5E2F75",
}  # fmt: skip
FOOT = Box(left=MARGIN_PT, top=504, width=640, height=24)
NUMBER = Box(left=WIDTH_PT - MARGIN_PT - 120, top=504, width=120, height=24)
_COVER_TITLE = Box(left=80, top=190, width=WIDTH_PT - 160, height=130)
_COVER_TEXT = Box(left=80, top=330, width=WIDTH_PT - 160, height=110)
_RULE = Box(left=MARGIN_PT, top=102, width=WIDTH_PT - 2 * MARGIN_PT, height=2)
_COVER_RULE = Box(left=80, top=176, width=WIDTH_PT - 160, height=3)


@cache
def _template() -> bytes:
    show = Presentation()
    show.slide_width, show.slide_height = Pt(WIDTH_PT), Pt(HEIGHT_PT)
    _drop_the_makers(show)
    master = show.slide_master
    _keep_two_layouts(show)
    set_theme(master.part)
    _set_master(master)
    cover, message = show.slide_layouts
    _set_cover(cover)
    _set_message(message)
    target = io.BytesIO()
    show.save(target)
    return target.getvalue()


def new_presentation() -> Any:
    """Open a presentation without slides; its layouts are the cover's and the messages'."""
    return Presentation(io.BytesIO(_template()))


def _drop_the_makers(show: Any) -> None:
    """Take out a picture of somebody else's slides and the settings of their printer."""
    package = show.part.package
    for rels in (package._rels, show.part.rels):
        for name in [
            n for n, r in rels.items() if r.reltype in (RT.THUMBNAIL, RT.PRINTER_SETTINGS)
        ]:
            rels.pop(name)


def _keep_two_layouts(show: Any) -> None:
    layouts = list(show.slide_layouts)
    for number, layout in enumerate(layouts):
        if number not in (_COVER, _MESSAGE):
            show.slide_layouts.remove(layout)
    for layout, name in zip(show.slide_layouts, ("封面", "一页一句"), strict=True):
        layout._element.cSld.set("name", name)


def set_theme(part: Any) -> None:
    """Give the theme of a master our colours and faces."""
    theme = part.part_related_by(RT.THEME)
    # The library reads the theme of slides as bytes, and that of notes as XML.
    element = getattr(theme, "_element", None)
    root = etree.fromstring(theme.blob) if element is None else element
    for name, value in _COLOURS.items():
        slot: Any = root.find(f".//{qn('a:clrScheme')}/{qn(f'a:{name}')}")
        for child in list(slot):
            slot.remove(child)
        etree.SubElement(slot, qn("a:srgbClr"), val=value)
    for name in ("a:majorFont", "a:minorFont"):
        _set_faces(root.find(f".//{qn(name)}"))
    if element is None:
        theme._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _set_faces(fonts: Any) -> None:
    for child in list(fonts):
        fonts.remove(child)
    etree.SubElement(fonts, qn("a:latin"), typeface=FACE)
    etree.SubElement(fonts, qn("a:ea"), typeface=FACE)
    etree.SubElement(fonts, qn("a:cs"), typeface="")
    # Where the face is missing, programs take the one that the theme names for the script.
    etree.SubElement(fonts, qn("a:font"), script="Hans", typeface=STAND_IN)


def _set_master(master: Any) -> None:
    style = master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    style.set("algn", "l")
    style.find(qn("a:defRPr")).set("b", "1")
    style.find(qn("a:defRPr")).set("sz", "2800")
    words = ("单击此处编辑标题", "单击此处编辑文本", None, None, None)
    places = (TITLE, BODY, None, FOOT, NUMBER)
    for shape, text, box in zip(master.placeholders, words, places, strict=True):
        if text:
            shape.text_frame.text = text
        if box is None:
            # Slides bear the date of their report on the cover, not that of the day.
            shape._element.getparent().remove(shape._element)
        else:
            place(shape, box)
    _set_foot(master)


def _set_cover(layout: Any) -> None:
    _drop(layout, "dt", "ftr", "sldNum")
    title, text = layout.placeholders
    place(title, _COVER_TITLE)
    place(text, _COVER_TEXT)
    title.text_frame.text, text.text_frame.text = "单击此处编辑标题", "单击此处编辑副标题"
    for shape, anchor in ((title, MSO_ANCHOR.MIDDLE), (text, MSO_ANCHOR.TOP)):
        shape.text_frame.vertical_anchor = anchor
        shape.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
    _add_rule(layout, _COVER_RULE)


def _set_message(layout: Any) -> None:
    _drop(layout, "dt")
    title, *_ = layout.placeholders
    place(title, TITLE)
    title.text_frame.text = "单击此处编辑标题"
    title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    for shape, box in zip(list(layout.placeholders)[1:], (FOOT, NUMBER), strict=True):
        place(shape, box)
    _add_rule(layout, _RULE)


def _drop(layout: Any, *kinds: str) -> None:
    for shape in list(layout.placeholders):
        kind = shape._element.find(f".//{qn('p:ph')}").get("type")
        if kind in kinds:
            shape._element.getparent().remove(shape._element)


def _set_foot(master: Any) -> None:
    for shape in list(master.placeholders)[2:]:
        style = shape._element.find(f".//{qn('a:lvl1pPr')}")
        style.find(qn("a:defRPr")).set("sz", str(FOOT_PT * 100))
        if shape._element.find(f".//{qn('p:ph')}").get("type") == "ftr":
            style.set("algn", "l")


def place(shape: Any, box: Box) -> None:
    """Put a shape in a place."""
    shape.left, shape.top = Pt(box.left), Pt(box.top)
    shape.width, shape.height = Pt(box.width), Pt(box.height)


def _add_rule(layout: Any, box: Box) -> None:
    """Draw the red rule of the masthead."""
    xml = (
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="90" name="Rule"/><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{Pt(box.left)}" '
        f'y="{Pt(box.top)}"/><a:ext cx="{Pt(box.width)}" cy="{Pt(box.height)}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent2"/>'
        "</a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )
    layout.shapes._spTree.append(parse_xml(xml))
