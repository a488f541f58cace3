"""A county's year, told by hand before it was run: what each pack, sheet and notice says."""

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest

from reporting.documents.document import read_document
from reporting.documents.plain_text import to_text
from year import story
from year.county import County, swap
from year.story import BEHIND, DONE, FAR, ON, RATED

pytestmark = pytest.mark.long

LED: Final = {
    1: {"001": "县住建局", "002": "县住建局", "003": "县教育局", "004": "县卫健局",
        "005": "县水利局", "006": "县农业局", "007": "县商务局", "008": "县商务局",
        "009": "县商务局"},
    2: {"002": "县住建局", "003": "县教育体育局", "004": "县卫健局", "005": "县水利局",
        "006": "县农业局", "007": "县商务局", "008": "县商务局", "009": "县商务局",
        "010": "县住建局"},
    3: {"002": "县住建局", "003": "县教育体育局", "004": "县卫健局", "005": "县农业农村水利局",
        "006": "县农业农村水利局", "007": "县商务局", "008": "县投资促进局", "009": "县商务局",
        "010": "县住建局"},
}  # fmt: skip
LED[4] = {number: unit for number, unit in LED[3].items() if number != "007"}


@dataclass
class Year:
    """What was seen along the year, by quarter."""

    county: County
    printed: dict[tuple[int, str], str] = field(default_factory=dict)
    tasks: dict[int, dict[str, dict[str, str]]] = field(default_factory=dict)
    asked: dict[int, dict[str, dict[str, list[dict[str, str]]]]] = field(default_factory=dict)
    pages: dict[int, str] = field(default_factory=dict)
    notices: dict[int, list[str]] = field(default_factory=dict)

    def live(self, quarter: int) -> None:
        """Go through a quarter: the table, the sheets, the returns, the pack, the edition."""
        county = self.county
        county.decide(*story.CHANGES.get(quarter, ()))
        self.note(quarter, "plan", "--out", "outputs/2023/plan")
        self.note(quarter, "sheets", "-q", str(quarter))
        self.asked[quarter] = {
            unit: {name: county.sheet(quarter, unit, name) for name in ("进展", "指标", "承诺")}
            for unit in county.sheets(quarter)
        }
        county.answer(quarter, story.SAID[quarter])
        self.note(quarter, "check", "-q", str(quarter))
        self.publish(quarter)
        self.note(quarter, "release", "-q", str(quarter))

    def publish(self, quarter: int) -> None:
        """Make the pack, and read it."""
        self.note(quarter, "report", "-q", str(quarter), "-f", "html", "-j", "2")
        rows = self.county.table(quarter, "tasks")
        self.tasks[quarter] = {row["task_id"][-3:]: row for row in rows}
        page = self.county.root / f"outputs/2023/Q{quarter}/notebooks/briefing_pack.ipynb"
        self.pages[quarter] = told(page)

    def correct(self, quarter: int, day: str) -> None:
        """Make a released quarter's next edition of what lies there now, and read its notice."""
        self.note(quarter, "report", "-q", str(quarter), "-f", "html", "-j", "2", "--date", day)
        page = self.county.root / f"outputs/2023/Q{quarter}/notebooks/briefing_pack.ipynb"
        text = told(page)
        notice = text[text.rindex("第2版\n") :]
        lines = notice[: notice.index("附件")].splitlines()
        self.notices[quarter] = [line for line in lines if line]

    def note(self, quarter: int, command: str, *options: str) -> None:
        self.printed[quarter, command] = self.county.run(command, *options)


def told(notebook: Path) -> str:
    """Read the text of a report that was made."""
    return to_text(read_document(json.loads(notebook.read_bytes())).blocks)


@pytest.fixture(scope="module")
def year(warm_kernels: None, tmp_path_factory: pytest.TempPathFactory) -> Year:
    """Live through the year; behind each edition its folder is spoilt in another way."""
    county = County.at(tmp_path_factory.mktemp("county"))
    seen = Year(county)
    status = county.root / "data/2023/status"
    county.issue_table(story.FIRST_TABLE)
    seen.live(1)
    shutil.rmtree(status / "Q1")
    county.issue_table(story.SECOND_TABLE)
    seen.live(2)
    swap(status / "Q2/县卫健局.xlsx", "累计改造6间", 5)
    seen.live(3)
    shutil.copy(county.root / "outputs/2023/Q3/sheets/县商务局.xlsx", status / "Q3/县商务局补.xlsx")
    seen.live(4)
    seen.correct(2, "2024-02-05")
    seen.note(2, "release", "-q", "2")
    seen.correct(3, "2024-02-06")
    return seen


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_every_rating_is_as_by_hand(year: Year, quarter: int) -> None:
    """No figure reached another task, whatever became of the table and of the units."""
    rated = {number: row["grade"] for number, row in year.tasks[quarter].items()}
    assert rated == RATED[quarter]


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_every_task_has_its_unit_and_leader_of_the_time(year: Year, quarter: int) -> None:
    """A rename, a merger, a move and a new leader hold from their quarter on."""
    rows = year.tasks[quarter]
    assert {number: row["lead_units"] for number, row in rows.items()} == LED[quarter]
    third = {number: row["leaders"] for number, row in rows.items()}
    leader = "王五" if quarter < 3 else "赵六"
    assert {third[number] for number in ("004", "005", "006")} == {leader}
    assert {third[number] for number in ("003", "009")} == {"李四"}


def test_no_page_of_a_county_speaks_of_a_city(year: Year) -> None:
    """The whole is called as the place is: 全县, in every page that was made."""
    pages = sorted((year.county.root / "outputs/2023").glob("Q*/**/*.html"))
    said = {page: page.read_text(encoding="utf-8") for page in pages}
    assert len({page.parts[-2] for page in pages if page.name == "briefing_pack.html"}) == 4
    assert [str(page) for page, text in said.items() if "全市" in text] == []
    assert all("全县" in text for page, text in said.items() if page.name == "briefing_pack.html")


@pytest.mark.parametrize("quarter", [2, 3, 4])
def test_last_quarter_is_what_its_edition_said(year: Year, quarter: int) -> None:
    """Whatever was done to its folder since; a task that is new has none."""
    last = {number: row["previous"] for number, row in year.tasks[quarter].items()}
    before = RATED[quarter - 1]
    assert last == {number: before.get(number, "") for number in RATED[quarter]}


ASKED: Final = {
    2: {"县住建局": ["改造公厕40座。", "建设停车位600个。"],
        "县教育体育局": ["新增学位3000个。"],
        "县卫健局": ["改造乡镇卫生院12间。"],
        "县水利局": ["修缮小型病险水库6座。"],
        "县农业局": ["建设高标准农田8000亩。"],
        "县商务局": ["举办展销会4场。", "招商引资完成20亿元。", "编制物流园区规划。"]},
    3: {"县住建局": ["改造公厕40座。", "建设停车位600个。"],
        "县教育体育局": ["新增学位3000个。"],
        "县卫健局": ["改造乡镇卫生院12间。"],
        "县农业农村水利局": ["修缮小型病险水库6座。", "建设高标准农田8000亩。"],
        "县投资促进局": ["招商引资完成20亿元。"],
        "县商务局": ["举办展销会4场。", "编制物流园区规划。", "编制物流园区规划。"]},
    4: {"县住建局": ["改造公厕40座。", "建设停车位600个。"],
        "县教育体育局": ["新增学位3000个。"],
        "县卫健局": ["改造乡镇卫生院12间。"],
        "县农业农村水利局": ["修缮小型病险水库6座。", "建设高标准农田8000亩。"],
        "县投资促进局": ["招商引资完成20亿元。"],
        "县商务局": ["编制物流园区规划。"]},
}  # fmt: skip


@pytest.mark.parametrize("quarter", [2, 3, 4])
def test_sheets_go_to_the_units_of_the_time(year: Year, quarter: int) -> None:
    """Each asks what its unit answers for now, and again what is not settled."""
    asked = {
        unit: [row["任务/年度目标"] for row in sheets["进展"]]
        for unit, sheets in year.asked[quarter].items()
    }
    assert asked == ASKED[quarter]


def test_sheet_shows_last_quarters_answer_though_the_unit_changed(year: Year) -> None:
    """Renamed, merged, moved: the answer of who led it before, word by word."""

    def last(quarter: int, unit: str) -> list[str]:
        return [row["上季度进展"] for row in year.asked[quarter][unit]["进展"]]

    said = story.SAID
    assert last(2, "县教育体育局") == [said[1]["县教育局"]["新增500个"].progress]
    assert last(3, "县农业农村水利局") == [
        said[2]["县水利局"]["累计修缮2座"].progress, said[2]["县农业局"]["累计建设3000亩"].progress,
    ]  # fmt: skip
    assert last(3, "县投资促进局") == [said[2]["县商务局"]["累计完成8亿元"].progress]
    # The county swapped the return of the second quarter: its edition's answer stands.
    (clinics,) = [r for r in year.asked[3]["县卫健局"]["指标"] if "9间" in r["计划原文"]]
    assert clinics["上季度实际值"] == "6"


def test_step_that_was_left_is_asked_until_it_is_done(year: Year) -> None:
    """It was due in the second quarter, stands in the third as 逾期, in the fourth no more."""
    depot = [(r["时段"], r["本季度计划（原文）"]) for r in year.asked[3]["县商务局"]["进展"]][1:]
    assert depot == [("第三季度", "通过评审。"), ("第二季度（逾期）", "形成初稿。")]
    fourth = [r["本季度计划（原文）"] for r in year.asked[4]["县商务局"]["进展"]]
    assert fourth == ["印发实施。"]


def test_lowered_target_is_asked_and_judged_by_the_decision(year: Year) -> None:
    """Old words, new figure, and by which decision; before, the old one."""

    def plans(quarter: int) -> set[str]:
        return {row["计划值"] for row in year.asked[quarter]["县教育体育局"]["指标"]}

    assert plans(2) == {"1000", "3000"} or plans(2) == {"1000"}
    assert "1500" in plans(3)
    assert "2000" not in plans(3)
    assert plans(4) == {"2400"}
    (step,) = [r for r in year.asked[3]["县教育体育局"]["指标"] if "2000个" in r["计划原文"]]
    assert step["如何判定"] == (
        "第三季度末累计达到1500个，越多越好（依据县府办〔2023〕31号，学位由2000调整为1500）"
    )


COUNTED: Final = {
    1: {ON: 8, FAR: 1},
    2: {ON: 6, BEHIND: 2, FAR: 1},
    3: {ON: 8, FAR: 1},
    4: {DONE: 7, BEHIND: 1},
}
MOVED: Final = {2: (1, 3), 3: (3, 1), 4: (7, 1)}
"""How many tasks are better than last quarter, and how many worse."""
OPEN: Final = {2: (1, 1), 3: (3, 3), 4: (1, 1)}
"""How many tasks last quarter left open, and how many of them are settled."""


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_headline_counts_are_as_by_hand(year: Year, quarter: int) -> None:
    """Grades, what is better and worse, and what became of last quarter's open tasks."""
    page = year.pages[quarter]
    summary = page[page.index("一、总体情况") :]
    counted = COUNTED[quarter]
    assert f"共有任务{sum(counted.values())}项" in summary
    for grade, count in counted.items():
        assert f"“{grade}”{count}项" in summary
    if quarter > 1:
        better, worse = MOVED[quarter]
        assert f"与上季度相比，核定结果有所好转的{better}项，有所下滑的{worse}项" in summary
        left, settled = OPEN[quarter]
        some = f"{settled}项" if left > 1 else "。"
        assert f"列为跟踪的任务{left}项，本季度已解决{some}" in page
    assert "未报送" not in summary[: summary.index("任务核定结果")]


ADJUSTED: Final = {
    1: set[str](),
    2: {"取消任务", "单位更名", "新增任务"},
    3: {"取消任务", "单位更名", "新增任务", "单位合并", "牵头单位调整", "责任领导调整", "指标调整"},
}
ADJUSTED[4] = ADJUSTED[3]


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_each_pack_lists_the_adjustments_so_far(year: Year, quarter: int) -> None:
    """What, from when and by which decision; a pack of before knows nothing of what came after."""
    page = year.pages[quarter]
    kinds = {line.split("\t")[0] for line in page.splitlines() if "常务会议纪要" in line
             or "县编办" in line or "县府办" in line or "分工通知" in line}  # fmt: skip
    assert {kind for kind in kinds if not kind.startswith("第")} == ADJUSTED[quarter]
    assert ("常务会议纪要21号" in page) is (quarter == 4)


def test_no_quarter_is_called_unreported_that_has_an_edition(year: Year) -> None:
    """Its folder may be gone; what was published is what later quarters quote."""
    assert "未报送处理" not in "".join(year.printed.values())


def test_notice_of_a_swapped_return_is_cause_and_consequence(year: Year) -> None:
    """Its quarter's next edition: 5 where 6 were announced is asked about, and rated by nobody."""
    lines = year.notices[2]
    assert lines[:5] == [
        "第2版",
        "第2版（2024年2月5日）较上一版更正1处，1项任务的核定结果随之变动。",
        "1. 更正　任务4　县卫健局　第二季度",
        "实际值（改造乡镇卫生院）：原为：6间（县卫健局.xlsx“指标”表 M4）",
        "现为：5间（待确认）（县卫健局.xlsx“指标”表 M4）",
    ]
    assert lines[5:7] == [
        "核定结果：第二季度，县卫健局：达到序时进度 → 无法判定",
        "各类任务数：第二季度“达到序时进度”减少1项，“无法判定”增加1项。",
    ]
    assert "总体情况：原为：与上季度相比，核定结果有所好转的1项，有所下滑的3项。" in lines
    assert "现为：与上季度相比，核定结果有所下滑的3项。" in lines


def test_notice_of_the_quarter_after_tells_what_moved_before(year: Year) -> None:
    """A rating of the second quarter is told in the third, with the sentence that compares."""
    lines = year.notices[3]
    assert lines[1] == "第2版（2024年2月6日）较上一版更正2处，第二季度1项任务的核定结果随之变动。"
    first = lines.index("1. 更正　任务4　县卫健局　第二季度")
    assert lines[first + 3] == "核定结果：第二季度，县卫健局：达到序时进度 → 无法判定"
    assert "2. 更正　县商务局　报表" in lines
    assert lines[-2:] == [
        "总体情况：原为：达序任务较上季度增加2项。",
        "现为：达序任务较上季度增加3项。",
    ]


def test_terminal_names_released_quarters_that_differ(year: Year) -> None:
    """In the last pack each of the three: emptied, swapped, added to; the first reworded too."""
    said = year.printed[4, "report"].splitlines()
    told = [line.partition("；")[0] for line in said if "已发布第1版" in line]
    status = "现有的报送文件夹 data/2023/status"
    assert told == [
        f"第一季度已发布第1版，{status}/Q1 中的6份报表、任务分解表及其调整、读法1处与发布时不同",
        f"第二季度已发布第1版，{status}/Q2 中的1份报表与发布时不同",
        f"第三季度已发布第1版，{status}/Q3 中的1份报表与发布时不同",
    ]
