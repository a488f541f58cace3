"""A document is made whole: anchors, links, levels, contents."""

from documents.sample import chart, notebook_of, rating_table
from reporting.documents.blocks import (
    Annex,
    Contents,
    Heading,
    Link,
    Paragraph,
    Text,
)
from reporting.documents.complete import complete
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


def test_numbered_heading_with_nothing_under_it_is_left_out() -> None:
    """The others count on, below each of the first level anew, and in an annex from one."""
    said = Paragraph(inlines="甲")
    blocks = complete([
        Heading(level=1, text="一、有"), said,
        Heading(level=1, text="二、空"), Heading(level=2, text="（一）也空"),
        Heading(level=1, text="三、有"), Heading(level=2, text="（一）空"),
        Heading(level=2, text="（二）有"), said, Heading(level=1, text="没有编号的"),
        Annex(label="附件", title="乙"), Heading(level=1, text="一、空"),
        Heading(level=1, text="二、有"), said,
    ])  # fmt: skip
    assert [b.text for b in blocks if isinstance(b, Heading)] == [
        "一、有", "二、有", "（一）有", "没有编号的", "一、有",
    ]  # fmt: skip


def test_numbers_stay_where_nothing_is_left_out() -> None:
    """An analyst who begins with 三、 means it; headings alone are all that was said."""
    said = Paragraph(inlines="甲")
    kept = complete([Heading(level=1, text="三、有"), said])
    assert [b.text for b in kept if isinstance(b, Heading)] == ["三、有"]
    alone = complete([Heading(level=1, text="一、只有标题")])
    assert [b.text for b in alone if isinstance(b, Heading)] == ["一、只有标题"]
