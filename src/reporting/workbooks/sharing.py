"""Workbooks as other programs expect them: texts in one shared list, addresses relative.

openpyxl writes each text into its cell and the addresses of parts from the root. Both are
allowed, but previews on phones show such cells blank, and some programs open no such file.
"""

import posixpath
import re

_INLINE = re.compile(rb' t="inlineStr"><is>(.*?)</is></c>', re.DOTALL)
_TARGET = re.compile(rb'\bTarget="/([^"]*)"')
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_STRINGS = "xl/sharedStrings.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_TYPES = "[Content_Types].xml"


def shared(members: dict[str, bytes]) -> dict[str, bytes]:
    """Move the texts of all sheets into the shared list, and write addresses relative."""
    strings: dict[bytes, int] = {}

    def numbered(match: re.Match[bytes]) -> bytes:
        return b' t="s"><v>%d</v></c>' % strings.setdefault(match[1], len(strings))

    found = {
        name: _INLINE.sub(numbered, content) if name.startswith("xl/worksheets/sheet") else content
        for name, content in members.items()
    }
    for name, content in found.items():
        if name.endswith(".rels"):
            found[name] = _relative(name, content)
    return _with_list(found, strings) if strings else found


def _relative(name: str, content: bytes) -> bytes:
    folder = posixpath.dirname(posixpath.dirname(name))

    def shortened(match: re.Match[bytes]) -> bytes:
        return b'Target="%s"' % posixpath.relpath(match[1].decode(), folder or ".").encode()

    return _TARGET.sub(shortened, content)


def _with_list(members: dict[str, bytes], strings: dict[bytes, int]) -> dict[str, bytes]:
    items = b"".join(b"<si>%s</si>" % text for text in strings)
    relation = b'<Relationship Id="rIdStrings" Type="%s" Target="sharedStrings.xml"/>' % _KIND
    override = b'<Override PartName="/%s" ContentType="%s"/>' % (_STRINGS.encode(), _TYPE)
    return members | {
        _STRINGS: b'<sst xmlns="%s">%s</sst>' % (_MAIN, items),
        _RELATIONS: _before_end(members[_RELATIONS], b"</Relationships>", relation),
        _TYPES: _before_end(members[_TYPES], b"</Types>", override),
    }


def _before_end(content: bytes, end: bytes, new: bytes) -> bytes:
    head, _, tail = content.rpartition(end)
    return head + new + end + tail
