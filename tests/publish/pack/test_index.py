"""The front page of a pack: every report found, every missing one named."""

from datetime import date
from typing import Any

from bs4 import BeautifulSoup

from reporting.assess.rollups import RollUp
from reporting.assess.values import ReturnState
from reporting.documents.assets import script_source
from reporting.grades import USUAL, Grade, Kind
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


def counted(**counts: int) -> RollUp:
    """Count tasks by the names of grades."""
    every = dict.fromkeys(USUAL.values(), 0) | {
        USUAL[Kind[name]]: count for name, count in counts.items()
    }
    return RollUp(label="甲", total=sum(counts.values()), counts=every)


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
                    IndexEntry(
                        name="市商务局<b>", note="待重新生成", files=files, keywords="外贸",
                        arrival=ReturnState.ON_TIME, counts=counted(FAR_BEHIND=1, ON_SCHEDULE=3),
                    ),
                    IndexEntry(
                        name="市科技局", files=files, arrival=ReturnState.LATE,
                        counts=counted(ON_SCHEDULE=1),
                    ),
                    IndexEntry(
                        name="市统计局", files=files, arrival=ReturnState.ON_TIME,
                        counts=counted(FAR_BEHIND=2, ON_SCHEDULE=7),
                    ),
                    IndexEntry(name="石龙镇", missing="运行出错"),
                ),
            ),
        ),
        tasks=(
            IndexTask(number="1", text="优化消费环境", units="市商务局", grade=Grade.BEHIND,
                      path="units/市商务局.html", anchor="task-1"),
            IndexTask(number="12", text="办好展会", units="市商务局", grade=Grade.FAR_BEHIND),
            IndexTask(number="112", text="办好展会以外", units="市科技局", grade=Grade.ON_SCHEDULE),
        ),
    )  # fmt: skip


def test_index_lists_reports_and_states_missing_ones() -> None:
    """Every report is linked in each format; what is missing says why."""
    page = soup(render_index(pack()))
    links = [a["href"] for a in page.find_all("a") if not a["href"].startswith("#")]
    assert links.count("units/%E5%B8%82%E5%95%86%E5%8A%A1%E5%B1%80%20%231.html") == 8
    assert links[-1] == "units/%E5%B8%82%E5%95%86%E5%8A%A1%E5%B1%80.html#task-1"
    notice = page.find("div", class_="r-warning").text
    assert "以下1份报告未能生成" in notice
    assert "石龙镇：运行出错" in notice
    assert page.find("tr", {"data-find": "市商务局<b> 待重新生成 外贸"}) is not None
    assert page.find("b") is None


def test_index_shows_how_units_stand() -> None:
    """A unit's row says how its return came in, how many tasks it has, and their grades."""
    row = soup(render_index(pack())).find("tr", {"data-find": "市商务局<b> 待重新生成 外贸"})
    cells = [" ".join(cell.text.split()) for cell in row.find_all("td")]
    assert cells[1:4] == ["按时报送", "4项任务", "▲ 严重滞后 1 ○ 达到序时进度 3"]
    assert "待重新生成" in cells[0]


def test_index_counts_apart_what_has_nothing_due() -> None:
    """What is in no grade is shown beside the grades, and finds nothing by them."""
    counts = counted(DONE=1).model_copy(update={"nothing_due": 2, "total": 3})
    entry = IndexEntry(name="甲", counts=counts)
    index = pack().model_copy(update={"groups": (IndexGroup(title="单位", entries=(entry,)),)})
    row = soup(render_index(index)).find("tr", {"data-marks": "已完成"})
    marks = " ".join(row.find("td", class_="marks").text.split())
    assert marks == "● 已完成 1 本季度无到期事项 2"


def test_index_script_is_allowed_by_its_policy() -> None:
    """Sorting and search run under the page's own policy."""
    page = soup(render_index(pack()))
    policy = page.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    scripts = page.find_all("script")
    assert len(scripts) == 2
    assert all(script_source(script.string) in policy for script in scripts)


def test_index_link_takes_no_scheme() -> None:
    """A path cannot become a script."""
    entry = IndexEntry(name="x", files=(IndexFile(label="网页", path="javascript:alert(1)"),))
    index = pack().model_copy(update={"groups": (IndexGroup(title="甲", entries=(entry,)),)})
    assert b"javascript:" not in render_index(index)
