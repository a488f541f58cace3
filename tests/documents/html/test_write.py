"""Blocks as HTML: a text is words wherever it stands, in an attribute too."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from reporting.documents.blocks import Column, Contents, Figure, Table
from reporting.documents.html.write import to_html

WORDS = "\"'><script>alert(1)</script>&amp;"


def read(*blocks: Any) -> Any:
    return BeautifulSoup(to_html(blocks), "html.parser")


@pytest.mark.parametrize(
    ("figure", "tag", "name"),
    [
        (Figure(data="<svg width='1'></svg>", alt=WORDS, trusted=True), "svg", "aria-label"),
        (Figure(data="<svg width='1'></svg>", alt=WORDS), "img", "alt"),
        (Figure(data="AAAA", media="image/png", alt=WORDS), "img", "alt"),
    ],
)
def test_picture_is_described_by_its_very_words(figure: Figure, tag: str, name: str) -> None:
    """An alternative text that looks like markup is an attribute's value and nothing more."""
    page = read(figure)
    assert page.find(tag)[name] == WORDS
    assert page.find("script") is None


def test_caption_and_title_are_labels_as_they_are() -> None:
    """What names a table or the contents to a screen reader is text as well."""
    table = Table(columns=(Column(key="a", label="甲"),), rows=(("1",),), caption=WORDS)
    page = read(table, Contents(title=WORDS))
    assert page.find("div", role="region")["aria-label"] == WORDS
    assert page.find("nav")["aria-label"] == WORDS
    assert page.find("script") is None


def test_nothing_stands_between_the_elements() -> None:
    """White space of the template would show at the beginning of a cell's words."""
    columns = (Column(key="a", label="甲"), Column(key="b", label="乙", numeric=True))
    table = Table(columns=columns, rows=((("一\n二", "三"), "1,200.5"),))
    assert to_html([table]) == (
        '<div class="r-table" role="region" aria-label="表" tabindex="0">'
        '<table data-keys="a b"><thead><tr>'
        '<th scope="col" class="r-short">甲</th><th scope="col" class="r-num r-short">乙</th>'
        '</tr></thead><tbody><tr><td class="r-short">一<br>二三</td>'
        '<td class="r-num" data-sort="1200.5">1,200.5</td></tr></tbody></table></div>'
    )


def test_svg_that_is_none_of_ours_stands_as_an_image() -> None:
    """Trust counts only for what begins as a chart does."""
    page = read(Figure(data="<SVG onload='alert(1)'></SVG>", alt="图", trusted=True))
    assert page.find("svg") is None
    assert page.find("img")["src"].startswith("data:image/svg+xml;base64,")
