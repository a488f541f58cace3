"""An executed notebook in every format asked for, each checked before it is handed on."""

import html
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from reporting.documents.assets import PACKAGED, Templates
from reporting.documents.document import Document, read_document, words
from reporting.errors import PublishError
from reporting.language.visible import visible
from reporting.system.archives import read_members
from reporting.system.fonts import coded

Notebook = Mapping[str, Any]


class Faces(NamedTuple):
    """What pages are set in: the families wanted for their parts, own fonts and templates."""

    wanted: Mapping[str, Sequence[str]]
    own: tuple[Path, ...] = ()
    templates: Templates = PACKAGED


def _html(notebook: Notebook, document: Document, faces: Faces) -> bytes:
    from reporting.documents.html.page import render_page

    return render_page(notebook, document, own=faces.own, templates=faces.templates)


def _pdf(notebook: Notebook, document: Document, faces: Faces) -> bytes:
    from reporting.documents.fonts.chosen import choose_fonts
    from reporting.documents.typst.pdf import render_document

    return render_document(document, choose_fonts(faces.wanted, faces.own), faces.templates)


def _docx(notebook: Notebook, document: Document, faces: Faces) -> bytes:
    from reporting.documents.word.docx import render_docx

    return render_docx(notebook, own=faces.own)


def _pptx(notebook: Notebook, document: Document, faces: Faces) -> bytes:
    from reporting.documents.slides.pptx import render_pptx

    return render_pptx(notebook)


RENDERERS: dict[str, Callable[[Notebook, Document, Faces], bytes]] = {
    "html": _html,
    "pdf": _pdf,
    "docx": _docx,
    "pptx": _pptx,
}
"""One function a format; each loads its library when it is first used in a process."""

_OWN = "pptx"
"""What Quarto is never asked for: its slides have no charts that can be edited."""

# Files are judged by how they begin: what broke off or is an error page begins otherwise.
_MAGIC = {"html": b"<!DOCTYPE html>", "pdf": b"%PDF-", "docx": b"PK\x03\x04", "pptx": b"PK\x03\x04"}
# The smallest page of a report is many times as long.
_LEAST_BYTES = 1000


def render(
    notebook: Notebook,
    formats: Sequence[str],
    *,
    renderer: str,
    fonts: Mapping[str, Sequence[str]],
    own: tuple[Path, ...] = (),
    templates: Templates = PACKAGED,
    document: Document | None = None,
) -> dict[str, bytes]:
    """Render an executed notebook.

    Parameters
    ----------
    fonts : mapping of str to sequence of str
        ``params.fonts``.
    own : tuple of Path, optional
        The project's own fonts, which have letters that no other has.
    templates : Templates, optional
        With the project's own, which Quarto makes nothing with.
    document : Document, optional
        The notebook as it was read already.

    Raises
    ------
    PublishError
        A renderer refused it.
    """
    by_quarto = [name for name in formats if renderer == "quarto" and name != _OWN]
    found: dict[str, bytes] = {}
    # Quarto is optional, and its modules are not loaded where nobody asks for it.
    if by_quarto:
        from reporting.documents import quarto

        found = quarto.render(notebook, by_quarto, fonts=fonts)
    rest = [name for name in formats if name not in found]
    if rest:
        document = document or read_document(notebook)
        faces = Faces(fonts, own, templates)
        found |= {name: RENDERERS[name](notebook, document, faces) for name in rest}
    return found


def check_document(notebook: Notebook, *, name: str, period_label: str) -> Document:
    """Make sure that an executed notebook is the report of its subject and quarter.

    Raises
    ------
    PublishError
        It does not name them, or a cell ended in an error.
    """
    document = read_document(notebook)
    said = words(document.blocks)
    for kind, expected in (("单位或责任领导", name), ("季度", period_label)):
        if visible(expected) not in said:
            raise PublishError(f"成果核对不符：报告中应写明{kind}“{expected}”，未找到。")
    return document


def check_artifact(suffix: str, data: bytes, *, name: str, period_label: str) -> None:
    """Make sure that a rendered file is whole, and where it can be read, the right one.

    Raises
    ------
    PublishError
        It is empty, no file of its format, or another's page.
    """
    if len(data) < _LEAST_BYTES or not data.startswith(_MAGIC[suffix]):
        raise PublishError(f"成果核对不符：生成的 {suffix} 文件不完整（{len(data)} 字节）。")
    # Only these can be read back in no time; the others are made of the same checked document.
    if suffix in _READ_BACK:
        what, read = _READ_BACK[suffix]
        text = coded(read(data))
        if coded(visible(name)) not in text or period_label not in text:
            raise PublishError(f"成果核对不符：{what}中应写明“{name}”和“{period_label}”，未找到。")


def _page_text(data: bytes) -> str:
    return html.unescape(data.decode())


def _slide_text(data: bytes) -> str:
    """Give the words of all slides, as they stand in the container."""
    slides = (xml for path, xml in read_members(data).items() if path.startswith("ppt/slides/"))
    return html.unescape(re.sub(r"<[^>]*>", "", "\n".join(xml.decode() for xml in slides)))


_READ_BACK: dict[str, tuple[str, Callable[[bytes], str]]] = {
    "html": ("网页", _page_text),
    "pptx": ("幻灯片", _slide_text),
}
