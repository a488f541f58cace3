"""The public's page at a glance, as files of the pack."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from reporting.assess.values import Assessment
from reporting.documents.glance.write import glance_html, glance_png
from reporting.exhibits.public.glance import glance_of


def write_glance(
    city: Assessment, fonts: Mapping[str, Sequence[str]], own: Sequence[Path]
) -> dict[str, bytes]:
    """Write the page and its picture, by path in the pack."""
    glance = glance_of(city)
    picture = glance_png(glance, fonts=fonts, own=own)
    return {"at_a_glance.html": glance_html(glance, own=own), "at_a_glance.png": picture}
