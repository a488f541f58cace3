"""Comments put on the cells of a sheet, beside those it has."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree

from reporting.workbooks.cells import split_address
from reporting.workbooks.editing.package import Package, local, made, parsed, written
from reporting.workbooks.editing.sheet import Place
from reporting.workbooks.editing.styles import MAIN_SPACE
from reporting.workbooks.heights import text_lines

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NEW_COMMENTS = f'<comments xmlns="{MAIN_SPACE}"><authors/><commentList/></comments>'.encode()
_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_SHAPE_TYPE = (
    f'<v:shapetype {_SPACES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape {spaces} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;'
    'margin-left:80pt;margin-top:2pt;width:240pt;height:{height}pt;z-index:1;visibility:hidden" '
    'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {top}, 2, {right}, 15, {bottom}, 4</x:Anchor>"
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
    "</x:ClientData></v:shape>"
)
_NEW_VML = f"<xml {_SPACES}></xml>".encode()
_SHAPES = re.compile(rb"<v:shape\b.*?</v:shape>", re.DOTALL)
_NUMBERS = re.compile(rb"_x0000_s(\d{1,9})\b")
_THREAD = "tc="
_FIRST_NUMBER = 1025
_WIDE = 44


@dataclass(frozen=True)
class Notes:
    """What is to be put on cells: texts by address, signed by one author.

    ``kept`` tells what of an earlier comment of that author is somebody else's and stays.
    """

    author: str
    texts: Mapping[str, str]
    kept: Callable[[str], str]


def commented_cells(package: Package, sheet: str, author: str) -> list[Place]:
    """Return the cells that an author has commented on."""
    found: list[Place] = []
    for _, part in package.related(sheet, "comments")[:1]:
        root = parsed(package.read(part))
        authors = _authors(root)
        for comment in _comments(root):
            if _author(comment, authors) == author:
                found.append(split_address(comment.get("ref", "")))
    return found


def put_comments(package: Package, sheet: str, legacy: str, notes: Notes) -> str:
    """Put comments on a sheet; return the relation to a drawing where it is a new one.

    ``legacy`` is the relation to the drawing that the sheet has, empty where it has none.
    """
    existing = package.related(sheet, "comments")
    content = package.read(existing[0][1]) if existing else _NEW_COMMENTS
    root = parsed(content)
    fresh, gone = _edit(root, notes)
    if not (existing or fresh):
        return ""
    if existing:
        package.write(existing[0][1], written(root))
    else:
        package.add(sheet, "comments", "xl/comments#.xml", written(root), _COMMENTS_TYPE)
    return _draw(package, sheet, legacy, fresh, gone, notes)


def _edit(root: etree._Element, notes: Notes) -> tuple[list[str], list[str]]:
    """Edit the comments; return where new ones are, and where one has gone."""
    authors = _authors(root)
    listed = next(group for group in root if local(group) == "commentList")
    theirs = {comment.get("ref", ""): comment for comment in _comments(root)}
    gone = []
    for ref, comment in theirs.items():
        if _author(comment, authors) == notes.author:
            kept = notes.kept(_text(comment))
            _clear(comment)
            if kept:
                _say(comment, kept + ("\n" if ref in notes.texts else ""))
            elif ref not in notes.texts:
                listed.remove(comment)
                gone.append(ref)
    fresh = [ref for ref in notes.texts if ref not in theirs]
    if fresh and notes.author not in authors:
        group = next(group for group in root if local(group) == "authors")
        name = made(root, "author")
        name.text = notes.author
        group.append(name)
        authors.append(notes.author)
    for ref, text in notes.texts.items():
        if ref in theirs:
            if not _author(theirs[ref], authors).startswith(_THREAD):
                before = _text(theirs[ref])
                _say(theirs[ref], f"\n{text}" if before and before[-1] != "\n" else text)
            continue
        comment = made(root, "comment", ref=ref, authorId=str(authors.index(notes.author)))
        _say(comment, text)
        listed.append(comment)
    return fresh, gone


def _authors(root: etree._Element) -> list[str]:
    groups = (group for group in root if local(group) == "authors")
    return [item.text or "" for group in groups for item in group]


def _comments(root: etree._Element) -> list[etree._Element]:
    return [item for item in root.iter() if local(item) == "comment"]


def _author(comment: etree._Element, authors: list[str]) -> str:
    number = comment.get("authorId", "")
    return authors[int(number)] if number.isdecimal() and int(number) < len(authors) else ""


def _text(comment: etree._Element) -> str:
    return "".join(item.text or "" for item in comment.iter() if local(item) == "t")


def _clear(comment: etree._Element) -> None:
    for child in list(comment):
        if local(child) == "text":
            comment.remove(child)


def _say(comment: etree._Element, words: str) -> None:
    """Add words to a comment, behind those it has."""
    text = next((child for child in comment if local(child) == "text"), None)
    if text is None:
        text = made(comment, "text")
        comment.insert(0, text)
    for plain in [child for child in text if local(child) == "t"]:
        # Words without a font must be a run of their own, where others follow.
        run = made(comment, "r")
        text.replace(plain, run)
        run.append(plain)
    run, said = made(comment, "r"), made(comment, "t")
    said.text = words
    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(said)
    at = sum(local(child) == "r" for child in text)
    text.insert(at, run)


def _draw(
    package: Package, sheet: str, legacy: str, fresh: list[str], gone: list[str], notes: Notes
) -> str:
    part = package.target(sheet, legacy) if legacy else ""
    content = package.read(part) if part and package.has(part) else _NEW_VML
    content = _without_shapes(content, gone)
    end = content.rfind(b"</xml>")
    if end < 0 or not (fresh or gone):
        return ""
    number = max([_FIRST_NUMBER - 1, *(int(n) for n in _NUMBERS.findall(content))]) + 1
    shapes = [_shape(number + at, ref, notes.texts[ref]) for at, ref in enumerate(fresh)]
    if shapes and b"_x0000_t202" not in content:
        shapes.insert(0, _SHAPE_TYPE)
    content = content[:end] + "".join(shapes).encode() + content[end:]
    if part:
        package.write(part, content)
        return ""
    return package.add(sheet, "vmlDrawing", "xl/drawings/vmlDrawing#.vml", content, _VML_TYPE)


def _without_shapes(content: bytes, gone: list[str]) -> bytes:
    """Take away the boxes of comments that are no more."""
    places = [split_address(ref) for ref in gone]

    def kept(match: re.Match[bytes]) -> bytes:
        shape = match[0]
        return b"" if any(_stands_at(shape, *place) for place in places) else shape

    return _SHAPES.sub(kept, content) if places else content


def _stands_at(shape: bytes, row: int, column: int) -> bool:
    return b"<x:Row>%d</x:Row>" % (row - 1) in shape and (
        b"<x:Column>%d</x:Column>" % (column - 1) in shape
    )


def _shape(number: int, ref: str, text: str) -> str:
    row, column = (at - 1 for at in split_address(ref))
    lines = text_lines(text, _WIDE)
    return _SHAPE.format(
        spaces=_SPACES,
        number=number,
        height=30 + 16 * lines,
        left=column + 1,
        right=column + 5,
        top=row,
        bottom=row + 3 + lines,
        row=row,
        column=column,
    )
