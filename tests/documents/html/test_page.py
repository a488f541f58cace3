"""The HTML page: complete in itself, to be read by all, and text wherever it says something."""

import re
from itertools import pairwise
from typing import Any

from bs4 import BeautifulSoup

from documents.sample import Notebook, annex_table, chart, cover, notebook_of
from reporting.documents.assets import script_source
from reporting.documents.blocks import Figure, Heading
from reporting.documents.html.page import render_html

WORDS = "\"'><script>alert(1)</script>&amp;"


def soup(page: bytes) -> Any:
    """Read a page."""
    return BeautifulSoup(page, "html.parser")


def test_page_needs_nothing_else(sample: Notebook) -> None:
    """Nothing in a page refers to anything outside it, and its policy forbids it."""
    page = soup(render_html(sample))
    links = [tag[name] for tag in page.find_all() for name in ("src", "href") if tag.has_attr(name)]
    assert links
    assert all(str(link).startswith(("#", "data:")) for link in links)
    assert "@import" not in page.style.string
    assert "url(" not in page.style.string
    policy = page.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    assert "default-src 'none'" in policy
    assert script_source(page.find("script").string) in policy


def test_page_is_accessible(sample: Notebook) -> None:
    """Language, title, landmarks, one h1, headings in order, pictures described, ids unique."""
    page = soup(render_html(sample))
    assert page.html["lang"] == "zh-CN"
    assert page.title.string == "市商务局2023年第三季度任务进展情况"
    assert page.find("main")["id"] == "content"
    assert page.find("a", class_="skip")["href"] == "#content"
    levels = [int(tag.name[1]) for tag in page.find_all(re.compile(r"^h[1-6]$"))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(svg["aria-label"].startswith("柱形图") for svg in page.find_all("svg"))
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_page_links_lead_somewhere(sample: Notebook) -> None:
    """Every link inside the page has its target; a dead one has become words."""
    page = soup(render_html(sample))
    ids = {tag["id"] for tag in page.find_all(id=True)}
    targets = {a["href"][1:] for a in page.find_all("a")}
    assert "task-1" in targets
    assert targets <= ids


def test_page_shows_no_input(sample: Notebook) -> None:
    """Code is never shown."""
    assert b"secret_input" not in render_html(sample)


def test_page_marks_sample_data() -> None:
    """Demonstration data are marked on the page, real data are not."""
    assert "示例数据，仅供演示" in render_html(notebook_of((cover(),))).decode()
    assert "示例数据" not in render_html(notebook_of((cover(is_sample=False),))).decode()


def test_page_is_the_same_twice(sample: Notebook) -> None:
    """The same notebook gives the same bytes."""
    assert render_html(sample) == render_html(sample)


class _Uncopied(str):
    """Words that tell when they are copied."""

    __slots__ = ()

    def __deepcopy__(self, memo: object) -> str:
        raise AssertionError(f"copied: {self}")


def test_page_is_made_without_copying_what_it_shows() -> None:
    """The cells of a large report are read once, not checked and copied by the exporter too."""
    page = render_html(notebook_of((cover(),), _Uncopied("正文在此")))
    assert "正文在此" in page.decode()


def test_foreign_svg_is_an_image() -> None:
    """An SVG that is not ours cannot run anything: it stands in the page as an image."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    page = render_html(notebook_of((Figure(data=svg, alt="图"),))).decode()
    assert "alert(1)" not in page
    assert 'src="data:image/svg+xml;base64,' in page


def test_charts_of_a_page_do_not_share_ids() -> None:
    """Two different charts in one page keep their own parts."""
    other = chart().model_copy(update={"data": chart().data.replace("52.3", "53.3")})
    page = soup(render_html(notebook_of((chart(), other))))
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    used = re.findall(r"url\(#([^)]+)\)", str(page))
    assert used
    assert set(used) <= set(ids)


def test_table_sort_keys() -> None:
    """Grades sort by their order, figures by value."""
    page = soup(render_html(notebook_of((annex_table(),))))
    assert page.find("table").find_all("th")[0].text == "序号"
    assert page.find("div", class_="r-wide") is not None


def test_title_and_contents_are_text() -> None:
    """A heading that looks like markup is words in the page's title and beside the text."""
    book = notebook_of((Heading(level=1, text=WORDS),))
    page = soup(render_html(book))
    assert page.title.string == WORDS
    assert WORDS in page.find_all("nav")[0].get_text()
    assert WORDS not in "".join(script.string for script in page.find_all("script"))
    assert len(page.find_all("script")) == 2
