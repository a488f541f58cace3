"""Name what lies on the sheets of a return besides its cells; a reply among it is told as one."""

import re
from collections.abc import Sequence

from reporting.findings import Severity
from reporting.returns.layout import OPINION, OPINION_AUTHOR
from reporting.returns.reading.context import ReadingContext
from reporting.workbooks.cells import Book, Extra

_CODES = {
    "text": "RET-TEXTBOX",
    "shape": "RET-SHAPE",
    "picture": "RET-PICTURE",
    "cell picture": "RET-CELL-PICTURE",
    "attachment": "RET-ATTACHMENT",
    "comment": "RET-COMMENT",
    "unread": "RET-PART-UNREAD",
    "more": "RET-PARTS-MORE",
}
_OURS = re.compile(f"【(?:{'|'.join(severity.label for severity in Severity)})】")


def note_extras(context: ReadingContext) -> None:
    """Report each thing with its place and its words."""
    told = told_in(context.book)
    for extra in context.book.extras:
        code, found = _CODES[extra.kind], extra.text
        if extra.kind == "comment" and _is_ours(extra):
            code, found = "RET-COMMENT-REPLY", reply_in(extra.text, told)
            if not found:
                continue
        elif extra.author:
            found = f"{extra.author}：{found}"
        context.note(code, sheet=extra.sheet.strip(), cell=extra.cell, found=found)


def told_in(book: Book) -> Sequence[str]:
    """Return what a copy sent back said, the longest first: one may begin with another."""
    sheet = book.sheet(OPINION)
    texts = {cell.value for cell in sheet.cells.values()} if sheet else set()
    return sorted(texts, key=lambda text: (-len(text), text))


def _is_ours(comment: Extra) -> bool:
    return comment.author == OPINION_AUTHOR or _OURS.search(comment.text) is not None


def reply_in(text: str, told: Sequence[str]) -> str:
    """Return what a unit wrote into a comment of ours; a line of ours without more is none."""
    rest = (_answer(line.strip(), told) for line in text.splitlines())
    return " ".join(filter(None, rest))


def _answer(line: str, told: Sequence[str]) -> str:
    ours = _OURS.match(line)
    if ours is None:
        return line.removeprefix(f"{OPINION_AUTHOR}:").strip()
    said = line[ours.end() :]
    known = next((text for text in told if said.startswith(text)), None)
    # Without the list of what was said, a line of ours is taken for ours to its end.
    return "" if known is None else said[len(known) :].strip()
