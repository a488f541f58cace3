"""Write the tall page as HTML, and by Typst as a picture."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import jinja2
import typst

from reporting.documents.assets import TEMPLATES, template_text
from reporting.documents.fonts.chosen import choose_fonts, font_folders, shared_compiler
from reporting.documents.glance.values import Glance
from reporting.documents.palette import GRADE_STYLES, MASTHEAD_RED
from reporting.errors import PublishError

_PPI = 144
"""Twice the size of the page on a screen: a width of 1080 dots."""


def glance_html(glance: Glance) -> bytes:
    """Write it as a page that needs nothing but itself."""
    page = _template().render(
        glance=glance, styles=GRADE_STYLES, red=MASTHEAD_RED, css=template_text("glance/glance.css")
    )
    return (page.rstrip() + "\n").encode()


def glance_png(glance: Glance, *, fonts: Mapping[str, Any] | None = None) -> bytes:
    """Draw it as one tall picture, in the fonts of the reports.

    Raises
    ------
    PublishError
        Typst refused the page; the text says what it said.
    """
    compiler = shared_compiler(font_folders(choose_fonts(fonts)))
    content = glance.model_dump(mode="json") | {
        "red": MASTHEAD_RED,
        "grades": {str(grade): style.model_dump() for grade, style in GRADE_STYLES.items()},
        "faces": [*choose_fonts(fonts).heading1.families],
    }
    try:
        picture = compiler.compile(
            (TEMPLATES / "glance/glance.typ").read_bytes(),
            format="png", ppi=_PPI,
            sys_inputs={"glance": json.dumps(content, ensure_ascii=False)},
        )  # fmt: skip
    except typst.TypstError as error:
        raise PublishError(f"一图读懂排版失败：{error.message}") from error
    assert isinstance(picture, bytes)
    return picture


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True,
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("glance/glance.html.j2")
