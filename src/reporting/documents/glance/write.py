"""Write the tall page as HTML, and by Typst as a picture."""

import json
import struct
import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import typst

from reporting.documents.assets import TEMPLATES, template_text
from reporting.documents.fonts.chosen import choose_fonts, font_folders, shared_compiler
from reporting.documents.glance.values import Glance, State
from reporting.documents.html.letters import with_letters
from reporting.documents.palette import MASTHEAD_RED
from reporting.errors import PublishError
from reporting.system.fonts import drawable

_PNG = b"\x89PNG\r\n\x1a\n"
_IHDR = 25
"""How long the first chunk is, with its length, name and sum."""
_PPI = 144
"""Twice the size of the page on a screen: a width of 1080 dots."""


def glance_html(glance: Glance, *, own: Sequence[Path] = ()) -> bytes:
    """Write it as a page that needs nothing but itself; ``own`` are the project's own fonts."""
    css = template_text("glance/glance.css")
    page = _template().render(glance=glance, red=MASTHEAD_RED, css=css)
    return (with_letters(page, css, own).rstrip() + "\n").encode()


def glance_png(
    glance: Glance, *, fonts: Mapping[str, Any] | None = None, own: Sequence[Path] = ()
) -> bytes:
    """Draw it as one tall picture, in the fonts of the reports.

    Raises
    ------
    PublishError
        Typst refused the page; the text says what it said.
    """
    choice = choose_fonts(fonts, own)
    compiler = shared_compiler(font_folders(choice))
    content = glance.model_dump(mode="json") | {
        "states": [_state(state) for state in glance.states],
        "red": MASTHEAD_RED,
        "faces": [*choice.heading1.families, *choice.last],
    }
    # A code point instead of an empty box, as in the PDF.
    words = drawable(json.dumps(content, ensure_ascii=False), choice.printing)
    try:
        picture = compiler.compile(
            (TEMPLATES / "glance/glance.typ").read_bytes(),
            format="png", ppi=_PPI,
            sys_inputs={"glance": words},
        )  # fmt: skip
    except typst.TypstError as error:
        raise PublishError(f"一图读懂排版失败：{error.message}") from error
    assert isinstance(picture, bytes)
    return with_texts(picture, {"Title": glance.headline, "Description": glance.alt})


def with_texts(picture: bytes, texts: Mapping[str, str]) -> bytes:
    """Put texts into a PNG, before its data (iTXt): what it shows, for who cannot see it."""
    first = len(_PNG) + _IHDR
    chunks = (_text_chunk(name, text) for name, text in texts.items())
    return b"".join((picture[:first], *chunks, picture[first:]))


def _text_chunk(name: str, text: str) -> bytes:
    # Keyword, not compressed, in Chinese, no other name for the keyword.
    data = b"iTXt" + name.encode() + b"\0\0\0zh-CN\0\0" + text.encode()
    return struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))


def _state(state: State) -> dict[str, Any]:
    look = {"word": state.grade.word, "style": state.grade.style.model_dump()}
    return {**state.model_dump(mode="json"), "grade": look}


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True,
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("glance/glance.html.j2")
