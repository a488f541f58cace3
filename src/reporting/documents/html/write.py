"""Blocks as HTML, for JupyterLab and for the published page; the markup is in a template."""

import re
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any

import jinja2
from jinja2.ext import Extension
from markupsafe import Markup, escape

from reporting.documents.assets import PACKAGED, TEMPLATES, Templates
from reporting.documents.blocks import Block, text_of
from reporting.documents.html.cells import (
    cell_classes,
    grade_columns,
    least_rem,
    long_columns,
    sort_key,
    table_classes,
)
from reporting.documents.html.pictures import data_url, may_stand_in_page, rest_of_svg
from reporting.documents.overriding.guard import environment_for, guard
from reporting.documents.sources.values import keys_of


def to_html(blocks: Iterable[Block], templates: Templates = PACKAGED) -> str:
    """Write blocks as HTML; every text is escaped."""
    return str(_macros(templates).blocks(tuple(blocks)))


def lines(text: str) -> Markup:
    """Escape a text; its line breaks become ``<br>``."""
    return Markup("<br>").join(text.split("\n")) if "\n" in text else escape(text)


class _OneLine(Extension):
    """Takes line breaks and indents out of a template, so that it can be laid out to be read.

    White space between elements would show: a cell's words would begin with a space. A comment
    stands for them, so that a fault is told by its line.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        parts = _TAGS.split(source)
        parts[::2] = [_BREAKS.sub(_commented, part) for part in parts[::2]]
        return "".join(parts)


_TAGS = re.compile(r"(\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\})", re.DOTALL)
_BREAKS = re.compile(r"\n\s*")


def _commented(breaks: re.Match[str]) -> str:
    return "{#" + "\n" * breaks[0].count("\n") + "#}"


# Filters, not functions: calling a function takes a template several times as long.
_FILTERS: dict[str, Callable[..., Any]] = {
    "lines": lines,
    "text_of": text_of,
    "beside": partial(zip, strict=True),
    "table_classes": table_classes,
    "long_columns": long_columns,
    "grade_columns": grade_columns,
    "least_rem": least_rem,
    "cell_classes": cell_classes,
    "sort_key": sort_key,
    "may_stand_in_page": may_stand_in_page,
    "rest_of_svg": rest_of_svg,
    "data_url": data_url,
    "keys_of": keys_of,
}


@cache
def _macros(templates: Templates) -> Any:
    """Compile the template; once a process, because it takes longer than a page."""
    environment = environment_for(templates)(
        loader=jinja2.ChoiceLoader(
            [templates.loader("html"), jinja2.FileSystemLoader(TEMPLATES / "html")]
        ),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        extensions=[_OneLine],
    )
    environment.filters |= _FILTERS
    guard(environment, templates)
    return environment.get_template("blocks.html.j2").module
