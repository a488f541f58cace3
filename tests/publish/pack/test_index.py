"""The front page of a pack: every report found, every missing one named."""

from datetime import date
from typing import Any

from bs4 import BeautifulSoup

from reporting.documents.assets import script_source
from reporting.grades import Grade
from reporting.publish.pack.index import (
    Index,
    IndexEntry,
    IndexFile,
    IndexGroup,
    IndexTask,
    render_index,
)


def soup(page: bytes) -> Any:
    """Read a page."""
    return BeautifulSoup(page, "html.parser")


def pack() -> Index:
    """Make the front page of a small pack."""
    files = (
        IndexFile(label="网页", path="units/市商务局 #1.html"),
        IndexFile(label="PDF", path="a.pdf"),
    )
    return Index(
        title="任务进展通报",
        issuing_office="东莞市人民政府办公室",
        period_label="2023年第三季度",
        publish_date=date(2023, 10, 30),
        is_sample=True,
        groups=(
            IndexGroup(title="全市通报", entries=(IndexEntry(name="全市通报", files=files),)),
            IndexGroup(
                title="牵头单位",
                entries=(
                    IndexEntry(name="市商务局<b>", note="4项任务", files=files, keywords="外贸"),
                    IndexEntry(name="石龙镇", missing="运行出错"),
                ),
            ),
        ),
        tasks=(
            IndexTask(number=1, text="优化消费环境", units="市商务局", grade=Grade.BEHIND,
                      path="units/市商务局.html", anchor="task-1"),
        ),
    )  # fmt: skip


def test_index_lists_reports_and_states_missing_ones() -> None:
    """Every report is linked in each format; what is missing says why."""
    page = soup(render_index(pack()))
    links = [a["href"] for a in page.find_all("a") if not a["href"].startswith("#")]
    assert links.count("units/%E5%B8%82%E5%95%86%E5%8A%A1%E5%B1%80%20%231.html") == 4
    assert links[-1] == "units/%E5%B8%82%E5%95%86%E5%8A%A1%E5%B1%80.html#task-1"
    notice = page.find("div", class_="r-warning").text
    assert "以下1份报告未能生成" in notice
    assert "石龙镇：运行出错" in notice
    assert page.find("li", {"data-find": "市商务局<b> 4项任务 外贸"}) is not None
    assert page.find("b") is None


def test_index_script_is_allowed_by_its_policy() -> None:
    """The search runs under the page's own policy."""
    page = soup(render_index(pack()))
    policy = page.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    assert script_source(page.find("script").string) in policy


def test_index_link_takes_no_scheme() -> None:
    """A path cannot become a script."""
    entry = IndexEntry(name="x", files=(IndexFile(label="网页", path="javascript:alert(1)"),))
    index = pack().model_copy(update={"groups": (IndexGroup(title="甲", entries=(entry,)),)})
    assert b"javascript:" not in render_index(index)
