"""A document is made whole: anchors, links, levels, contents."""

from documents.sample import chart, notebook_of, rating_table
from reporting.documents.blocks import (
    Contents,
    Heading,
    Link,
    Paragraph,
    Text,
)
from reporting.documents.document import read_document


def test_links_and_anchors_are_mended() -> None:
    """Dead links become words, doubled anchors are dropped, headings get anchors."""
    blocks = (
        Heading(level=1, text="一", anchor="section-1"),
        Heading(level=1, text="二"),
        Heading(level=4, text="三", anchor="section-1"),
        Paragraph(inlines=(Link(text="到二", anchor="section-2"), Link(text="无", anchor="gone"))),
    )
    first, second, third, prose = read_document(notebook_of(blocks)).blocks
    assert isinstance(third, Heading)
    assert (first.anchor, second.anchor, third.anchor) == ("section-1", "section-2", "section-3")  # type: ignore[union-attr]
    assert third.level == 2
    assert isinstance(prose, Paragraph)
    assert prose.inlines == (Link(text="到二", anchor="section-2"), Text(text="无"))


def test_contents_list_every_heading() -> None:
    """The table of contents is filled from the whole notebook."""
    document = read_document(
        notebook_of((Contents(),), "## 一、甲\n\n### （一）乙", (rating_table(), chart()))
    )
    contents = document.blocks[0]
    assert isinstance(contents, Contents)
    assert [(e.level, e.text) for e in contents.entries] == [(1, "一、甲"), (2, "（一）乙")]
