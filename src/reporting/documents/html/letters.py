"""Rare letters of a report's page, in its text and in its charts."""

from collections.abc import Sequence
from pathlib import Path

from reporting.documents.labels import CHART_STACK
from reporting.system.glyphs import FAMILY, shown_letters, with_faces

_POLICY = " base-uri 'none'"


def with_letters(page: str, css: str, own: Sequence[Path] = ()) -> str:
    """Give a page the glyphs of its rare letters; a page without any stays as it is.

    Parameters
    ----------
    css : str
        The style sheet of the page, as it stands in it.
    own : sequence of Path, optional
        The project's own fonts.
    """
    page, faces = shown_letters(page, own)
    if not faces:
        return page
    # Charts say their fonts themselves, each label its own.
    charts = f"svg text{{font-family:{CHART_STACK},{FAMILY}!important}}\n"
    page = page.replace(_POLICY, f" font-src data:;{_POLICY}", 1)
    return page.replace(css, with_faces(css, faces + charts), 1)
