"""The number of a turned page, where the sheet has it (GB/T 9704-2012, section 8).

A page that lies is bound with those that stand, its top at the sheet's left. So the sheet's foot
is the page's left edge, and what is written there is turned.
"""

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

_EMU = 36_000
"""A millimetre."""

_TEXT_TOP, _TEXT_HEIGHT = 28, 156
_FOOT_LEFT, _THICK = 19, 9
_SPACES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def turned_foot(paragraph: str) -> object:
    """Give a run that sets a paragraph (WordprocessingML) along the sheet's foot."""
    return _box("页码", paragraph)


def _box(name: str, paragraph: str) -> object:
    size = f'cx="{_THICK * _EMU}" cy="{_TEXT_HEIGHT * _EMU}"'
    return parse_xml(
        f'<w:r {nsdecls("w")} {_SPACES}><w:drawing><wp:anchor distT="0" distB="0" distL="0" '
        'distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" '
        'allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f"{_offset('H', _FOOT_LEFT)}{_offset('V', _TEXT_TOP)}<wp:extent {size}/>"
        f'<wp:wrapNone/><wp:docPr id="1" name="{name}" descr="{name}"/>'
        "<a:graphic><a:graphicData "
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
        f"</wps:spPr><wps:txbx><w:txbxContent>{paragraph}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr vert="vert" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"/>'
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )


def _offset(axis: str, millimetres: int) -> str:
    return (
        f'<wp:position{axis} relativeFrom="page"><wp:posOffset>{millimetres * _EMU}'
        f"</wp:posOffset></wp:position{axis}>"
    )
