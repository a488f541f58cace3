"""The page around the blocks escapes by itself, as the blocks do."""

from bs4 import BeautifulSoup
from look.sample import notebook_of

from reporting.documents.blocks import Heading
from reporting.documents.html.page import render_html

WORDS = "\"'><script>alert(1)</script>&amp;"


def test_title_and_contents_are_text() -> None:
    """A heading that looks like markup is words in the page's title and beside the text."""
    book = notebook_of((Heading(level=1, text=WORDS),))
    page = BeautifulSoup(render_html(book), "html.parser")
    assert page.title is not None
    assert page.title.string == WORDS
    assert WORDS in page.find_all("nav")[0].get_text()
    assert len(page.find_all("script")) == 1
