"""Read with the clock: what the first page answers is what pandas finds in the pack's CSV files."""

import io
import re
from datetime import date
from functools import cache
from typing import Any

import pandas as pd
import pytest
from bs4 import BeautifulSoup, Tag

from reporting.assess.slices import slice_for
from reporting.assess.values import Assessment, Subject, SubjectKind
from reporting.documents.html.page import render_html
from reporting.publish.pack.tables import write_tables

QUARTERS = (1, 2, 3, 4)
WORST = (
    "严重滞后", "未启动", "未达序时进度", "未报送",
    "无法判定", "暂缓或调整", "达到序时进度", "已完成",
)  # fmt: skip
LAGGING, GOOD = WORST[:3], WORST[6:]
APART = "本季度无到期事项"


class Answers:
    """What a reader of the first page knows after two minutes."""

    def __init__(self, pack: dict[str, Any]) -> None:
        page = BeautifulSoup(render_html(pack).decode(), "lxml")
        self.issued = _day(page.get_text(), 0)
        section = page.select_one("section.r-page")
        assert isinstance(section, Tag)
        self.tables = {
            table.caption.get_text(): [
                [cell.get_text("\n", strip=True) for cell in row.find_all("td")]
                for row in table.select("tbody tr")
            ]
            for table in section.find_all("table")
            if table.caption
        }

    def table(self, start: str) -> list[list[str]]:
        return next(rows for caption, rows in self.tables.items() if caption.startswith(start))

    def caption(self, start: str) -> str:
        return next(caption for caption in self.tables if caption.startswith(start))


def _day(text: str, year: int) -> date:
    found = re.search(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日", text)
    assert found, text
    return date(int(found[1] or year), int(found[2]), int(found[3]))


class Pack:
    """The CSV files of a quarter and of those before it, as pandas reads them."""

    def __init__(self, years: dict[int, Assessment], quarter: int) -> None:
        self.city, self.quarter = years[quarter], quarter
        self._years = years

    @cache  # noqa: B019 - lives as long as the test
    def frame(self, name: str, quarter: int = 0) -> pd.DataFrame:
        data = write_tables(self._years[quarter or self.quarter])[f"{name}.csv"]
        return pd.read_csv(io.BytesIO(data), keep_default_na=False, dtype=str)

    def worst(self) -> pd.DataFrame:
        tasks = self.frame("tasks")
        late = tasks[tasks["grade"].isin(LAGGING)].copy()
        late["rank"] = late["grade"].map(WORST.index)
        late["short"] = -pd.to_numeric(late["gap"]).fillna(0)
        late["at"] = pd.to_numeric(late["number"])
        return late.sort_values(["rank", "short", "at"])

    def until(self, task_id: str, issued: date) -> date | None:
        """Find the last day promised for what is not on schedule, this quarter or last told."""
        for quarter in range(self.quarter, 0, -1):
            rows = self.frame("milestones", quarter)
            rows = rows[(rows["task_id"] == task_id) & (rows["progress"] != "")]
            if len(rows):
                rows = rows[~rows["grade"].isin(GOOD) & (rows["next_step"] != "")]
                days = [date.fromisoformat(text) for text in rows["due_date"] if text]
                return max((day for day in days if day >= issued), default=None)
        return None

    def streak(self, task_id: str) -> int:
        count = 0
        for quarter in range(self.quarter, 0, -1):
            tasks = self.frame("tasks", quarter).set_index("task_id")
            if tasks.loc[task_id, "grade"] not in LAGGING:
                break
            count += 1
        return count

    def units(self) -> dict[str, tuple[int, int]]:
        """Count by unit what is off schedule and what is due, by the unit's own CSV files."""
        found = {}
        for unit in self.city.plan.lead_units:
            own = slice_for(self.city, Subject(kind=SubjectKind.UNIT, name=unit))
            data = pd.read_csv(io.BytesIO(write_tables(own)["tasks.csv"]), keep_default_na=False)
            due = data[data["nothing_due"] == ""]
            found[unit] = (int((~due["grade"].isin(GOOD)).sum()), len(due))
        return found


@pytest.fixture(params=QUARTERS)
def quarter(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def pack(real_years: dict[int, Assessment], quarter: int) -> Pack:
    return Pack(real_years, quarter)


@pytest.fixture
def answers(bodies: dict[int, dict[str, Any]], quarter: int) -> Answers:
    return Answers(bodies[quarter])


def test_four_numbers(pack: Pack, answers: Answers) -> None:
    """The rate, what lags, how much of it for more than a quarter, what is not known."""
    tasks = pack.frame("tasks")
    due = tasks[tasks["nothing_due"] == ""]
    grades = due["grade"].value_counts()
    good, late = (sum(grades.get(g, 0) for g in part) for part in (GOOD, LAGGING))
    unknown = grades.get("未报送", 0) + grades.get("无法判定", 0)
    again = sum(pack.streak(task_id) > 1 for task_id in pack.worst()["task_id"])
    (numbers,) = answers.table("四个数")
    rate, words = numbers[0].split("\n")
    assert abs(float(rate.rstrip("%")) - 100 * good / len(due)) <= 0.05
    assert words.startswith(f"{good}/{len(due)}项")
    assert [cell.split("\n")[0] for cell in numbers[1:]] == [
        f"{late}项", f"{again}项", f"{unknown}项",
    ]  # fmt: skip


def test_path_of_the_year(pack: Pack, answers: Answers) -> None:
    """A line a quarter, each adding up to all tasks; the rate is that of its own pack."""
    lines = answers.table("全年走势")
    assert len(lines) == pack.quarter
    for number, line in enumerate(lines, 1):
        tasks = pack.frame("tasks", number)
        due = tasks[tasks["nothing_due"] == ""]
        *counts, every, rate = line[1:]
        assert sum(map(int, counts)) == int(every) == len(tasks)
        share = 100 * due["grade"].isin(GOOD).mean()
        assert abs(float(rate.rstrip("%")) - share) <= 0.05


def test_what_is_worst_and_who_acts(pack: Pack, answers: Answers) -> None:
    """The ten worst tasks in order, with grade, lead unit and leader."""
    wanted = pack.worst().head(10)
    shown = answers.table("最突出的")
    assert [row[0] for row in shown] == list(wanted["label"])
    for row, (_, task) in zip(shown, wanted.iterrows(), strict=True):
        assert task["grade"] in row[2]
        unit, leader = row[3].split("\n")
        first = task["lead_units"].split(";")[0]
        assert first.startswith(unit.partition("等")[0].partition("……")[0])
        assert leader == (task["leaders"].replace(";", "、") or "未明确")


def test_by_when(pack: Pack, answers: Answers) -> None:
    """The day of each is the last one promised and still to come; where none is, it says so."""
    for row, task_id in zip(
        answers.table("最突出的"), pack.worst().head(10)["task_id"], strict=True
    ):
        found = pack.until(task_id, answers.issued)
        if found is None:
            assert row[4] in ("时限已过", "未报时限"), row
        else:
            assert _day(row[4], pack.city.period.year) == found, row


def test_for_how_long(pack: Pack, answers: Answers) -> None:
    """Quarters in a row are counted in the packs of before; days only where there are some."""
    for row, task_id in zip(
        answers.table("最突出的"), pack.worst().head(10)["task_id"], strict=True
    ):
        streak = pack.streak(task_id)
        assert row[6] == str(streak)
        # Quarters end 90 to 92 days apart.
        assert row[5] == "—" or 90 <= int(row[5]) <= 92 * (streak - 1)


def test_what_must_be_decided_by_whom(pack: Pack, answers: Answers) -> None:
    """As many requests as the cells hold, each under a name that its own words give."""
    asked = pack.frame("milestones")
    asked = asked[asked["coordination"] != ""]
    ids = pack.frame("tasks").set_index("label")["task_id"]
    said = answers.caption("需要决定的事项")
    shown = answers.table("需要决定的事项")
    assert said.startswith(f"需要决定的事项{len(asked)}项")
    rest = re.search(r"另有(\d+)项", said)
    numbers = [
        re.findall(r"\d+(?!项)", row[2].replace("\n", "").partition("等")[0]) for row in shown
    ]
    totals = [
        int(more[1]) if (more := re.search(r"等(\d+)项", row[2].replace("\n", ""))) else len(own)
        for row, own in zip(shown, numbers, strict=True)
    ]
    assert sum(totals) + int(rest[1] if rest else 0) == len(asked)
    for (whom, words, _), own in zip(shown, numbers, strict=True):
        for number in own:
            texts = asked[asked["task_id"] == ids[number]]["coordination"]
            assert len(texts)
            assert whom == "原文未写明" or any(whom in text for text in texts)
            assert any(text.rstrip("。")[:8] in words for text in texts)


def test_units_worst_first(pack: Pack, answers: Answers) -> None:
    """By share, then by number; each with its own counts; silent ones stand apart."""
    rows = dict(answers.table("未达序的单位"))
    named = re.findall(r"(?:^|、)([^、]+?)(\d+)/(\d+)", rows["由差到好"].replace("\n", ""))
    counts = pack.units()
    states = pack.frame("units").set_index("unit")["state"]
    spoken = {u: c for u, c in counts.items() if c[0] and states[u] != "未报送"}
    silent = rows.get("不参加排列", "")
    ranked = [c for u, c in sorted(spoken.items(), key=lambda p: (-p[1][0] / p[1][1], -p[1][0]))
              if u not in silent]  # fmt: skip
    assert [(int(late), int(due)) for _, late, due in named] == ranked[: len(named)]
    for name, late, due in named:
        short = name.partition("……")[0]
        assert any(u.startswith(short) and counts[u] == (int(late), int(due)) for u in counts)
    assert len(named) == min(8, len(ranked))
    assert all(
        unit in silent for unit in states.index if states[unit] == "未报送" and counts[unit][1]
    )
