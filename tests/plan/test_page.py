"""The quality page: complete, in place, escaped, and without a request."""

import base64
import re
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st
from returns.toy import PLAN

from reporting.findings import Finding, Severity
from reporting.language.comparators import Comparator
from reporting.language.runs import Run, RunKind
from reporting.plan.page.quality import counters, cut, make_cards, quality_page
from reporting.plan.values import AppliedCorrection, Check, Plan, Subject, SupportingUnit

HOSTILE = "<script>alert(1)</script>\"'&{{ 7*7 }}"


def noticed(code: str, severity: Severity, task_id: str = "", message: str = "看。") -> Finding:
    return Finding(code=code, severity=severity, message=message, task_id=task_id, file="表.txt")


def soup(plan: Plan) -> BeautifulSoup:
    return BeautifulSoup(quality_page(plan).decode(), "html.parser")


def card(page: BeautifulSoup, task_id: str) -> Tag:
    found = page.find(id=task_id)
    assert isinstance(found, Tag)
    return found


def words(part: Any) -> str:
    """Return the table's own text of a part: without numbers of targets."""
    for number in part.find_all("sup"):
        number.extract()
    return str(part.get_text())


def test_every_task_stands_with_its_goal_and_schedule_verbatim() -> None:
    """All characters of goal and schedule are there, in order, in their cards."""
    page = soup(PLAN)
    for task in PLAN.tasks:
        shown = card(page, task.task_id)
        assert words(shown.select_one(".goal")) == task.goal
        assert "".join(words(part) for part in shown.select(".schedule .text")) == task.schedule


def test_labels_milestones_and_targets_are_marked_in_place() -> None:
    """A label is grey, its milestone has a badge, a target is marked and told in words."""
    shown = card(soup(PLAN), "2023-001")
    lines = shown.select(".schedule li")
    assert [line.select_one(".badge").get_text() for line in lines] == [  # type: ignore[union-attr]
        "第二季度▯▮▯▯",
        "第三季度▯▯▮▯",
        "第四季度▯▯▯▮",
    ]
    assert [part.get_text() for part in shown.select(".label")] == [
        "二季度，", "三季度，", "四季度，"
    ]  # fmt: skip
    assert [mark.get_text() for mark in shown.select("mark")] == [
        "1000家", "500家", "800家", "11.3亿元"
    ]  # fmt: skip
    assert [number.get_text() for number in shown.select("sup")] == ["T01", "T02", "T03", "T04"]
    title = shown.select("mark")[1]["title"]
    assert title == "T02 规上工业企业数字化转型 ≥500家（累计，第二季度到期，对应T01）"
    target = shown.select(".targets li")[3].get_text(" ", strip=True)
    assert target == "T04 投资 ≥11.3亿元 当季 第三季度到期 第三季度当季不少于11.3亿元，越多越好"


def test_a_range_a_limit_and_an_ambition_are_told_apart() -> None:
    """Both ends of a range of percentages carry the sign."""
    more = {"value": 5, "value_high": 10, "comparator": Comparator.RANGE, "aspirational": True}
    target = PLAN.targets[4].model_copy(update=more)
    most = PLAN.targets[3].model_copy(update={"comparator": Comparator.AT_MOST})
    plan = PLAN.model_copy(update={"targets": (*PLAN.targets[:3], most, target)})
    first, second, _ = make_cards(plan)
    assert first.targets[3].promise == "≤11.3亿元"
    assert second.targets[0].promise == "5%～10%"
    assert second.targets[0].notes == ("时点", "第四季度到期", "力争", "年度目标")


@given(
    text=st.text(min_size=1, max_size=20),
    spans=st.lists(st.tuples(st.integers(0, 19), st.integers(1, 10)), max_size=4),
)
def test_cutting_loses_no_character(text: str, spans: list[tuple[int, int]]) -> None:
    """However targets overlap, pieces put together give the text, and each ends once."""
    base = PLAN.targets[0]
    targets = [
        base.model_copy(update={"target_id": f"x-T{n}", "start": a, "end": a + b})
        for n, (a, b) in enumerate(spans)
        if a + b <= len(text)
    ]
    pieces = cut(text, 0, len(text), targets)
    assert "".join(piece.text for piece in pieces) == text
    assert sorted(short for piece in pieces for short in piece.closes) == sorted(
        target.target_id[2:] for target in targets
    )
    for target in targets:
        covering = [p.text for p in pieces if f"{target.target_id[2:]} " in f"{p.title} "]
        assert "".join(covering) == text[target.start : target.end]


def test_findings_stand_beside_their_task_and_are_counted_on_top() -> None:
    """A finding is in its card, its code in the summary links there, the rest is listed."""
    plan = PLAN.model_copy(
        update={
            "findings": (
                noticed("PLAN-ALIAS", Severity.NOTE),
                noticed("PLAN-LEFTOVER", Severity.WARNING, "2023-002", "余下“甲”。"),
                noticed("PLAN-LEADER-NONE", Severity.NOTE, "2023-002"),
                noticed("PLAN-NEW", Severity.ERROR, "2023-003"),
            )
        }
    )
    page = soup(plan)
    assert [(c["id"], c["data-level"]) for c in page.select(".card")] == [
        ("2023-003", "error"), ("2023-002", "warning"), ("2023-001", ""),
    ]  # fmt: skip
    shown = card(page, "2023-002").select_one(".findings li")
    assert shown is not None
    assert shown.get_text() == "▲ 提醒 未归入的文字：余下“甲”。 PLAN-LEFTOVER 表.txt"
    table = page.select_one("table")
    assert table is not None
    assert [[cell.get_text().strip() for cell in row.select("td")] for row in table("tr")[1:]] == [
        ["✖ 错误", "PLAN-NEW", "PLAN-NEW", "1", "003"],
        ["▲ 提醒", "未归入的文字", "PLAN-LEFTOVER", "1", "002"],
        ["○ 说明", "别名", "PLAN-ALIAS", "1", "整表"],
        ["○ 说明", "无责任领导", "PLAN-LEADER-NONE", "1", "002"],
    ]
    assert {link["href"] for link in table("a")} == {"#2023-002", "#2023-003"}
    told = counters(plan)
    assert (told["任务"], told["有发现的任务"], told["错误"], told["说明"]) == ("3", "2", "1", "2")


def test_what_was_checked_is_counted_and_comes_last() -> None:
    """A tick and a correction count alike; the card says who and when."""
    check = Check(
        task_id="2023-001", subject=Subject.TASK, subject_id="2023-001", by="王五",
        on=date(2023, 3, 5),
    )  # fmt: skip
    made = AppliedCorrection(
        task_id="2023-001", subject=Subject.TARGET, subject_id="2023-001-T02", field="unit",
        label="计量单位", before="家", after="户", reason="甲", by="赵六",
    )  # fmt: skip
    plan = PLAN.model_copy(update={"checks": (check,), "corrections": (made,)})
    page = soup(plan)
    assert page.select(".card")[-1]["id"] == "2023-001"
    shown = [mark.get_text() for mark in card(page, "2023-001").select(".checked")]
    assert shown == ["✓ 已核对（王五，2023年3月5日）", "✓ 已核对（赵六）"]
    told = counters(plan)
    assert (told["已核对任务"], told["已核对节点"], told["已核对指标"]) == ("1/3", "0/6", "1/5")


def test_marked_text_of_the_source_stands_beside_its_task() -> None:
    """Raised, struck and hidden words are shown as what they are."""
    task = PLAN.tasks[0].model_copy(update={"line": 7})
    plan = PLAN.model_copy(update={"tasks": (task, *PLAN.tasks[1:])})
    runs = (
        Run("完成80"), Run("1", RunKind.RAISED), Run("<b>", RunKind.STRUCK),
        Run("旧", RunKind.HIDDEN),
    )  # fmt: skip
    page = BeautifulSoup(quality_page(plan, {7: (runs,)}).decode(), "html.parser")
    (line,) = card(page, "2023-001").select(".marked li")
    assert line.get_text() == "完成80上标1划去<b>隐藏旧"
    assert [part.get_text() for part in line.select("sup, del")] == ["1", "<b>"]
    assert card(page, "2023-002").select(".marked") == []


def test_a_schedule_that_cannot_be_given_back_is_counted() -> None:
    """A milestone whose words are not the span's is not whole."""
    assert counters(PLAN)["进度原文可还原"] == "3/3"
    wrong = PLAN.milestones[0].model_copy(update={"text": "别的"})
    plan = PLAN.model_copy(update={"milestones": (wrong, *PLAN.milestones[1:])})
    assert counters(plan)["进度原文可还原"] == "2/3"


def test_text_of_the_table_is_text_everywhere() -> None:
    """Markup in any field of the table arrives as the characters it is made of."""
    task = PLAN.tasks[0].model_copy(
        update={
            "goal": HOSTILE,
            "schedule": HOSTILE,
            "heading": HOSTILE,
            "leaders": (HOSTILE,),
            "lead_units": (HOSTILE,),
            "supporting_units": (SupportingUnit(unit=HOSTILE, scope=HOSTILE),),
        }
    )
    milestone = PLAN.milestones[0].model_copy(
        update={"text": HOSTILE, "start": 0, "end": len(HOSTILE), "workstream": HOSTILE}
    )
    target = PLAN.targets[0].model_copy(
        update={"measure": HOSTILE, "unit": HOSTILE, "start": 0, "end": 3}
    )
    plan = PLAN.model_copy(
        update={
            "title": HOSTILE,
            "tasks": (task,),
            "milestones": (milestone,),
            "targets": (target,),
            "findings": (noticed("PLAN-X", Severity.NOTE, task.task_id, HOSTILE),),
        }
    )
    page = soup(plan)
    assert len(page("script")) == 1
    assert str(page).count("7*7") >= 10
    assert words(card(page, task.task_id).select_one(".schedule .text")) == HOSTILE
    assert HOSTILE in card(page, task.task_id).select("mark")[0]["title"]


def test_page_asks_for_nothing_and_runs_its_own_script_only() -> None:
    """The policy names style and script by their hashes; there is no address in the page."""
    text = quality_page(PLAN).decode()
    page = BeautifulSoup(text, "html.parser")
    policy = str(page.find("meta", attrs={"http-equiv": True})["content"])  # type: ignore[index]
    for kind in ("style", "script"):
        inline = page(kind)
        assert len(inline) == 1
        digest = base64.b64encode(sha256(str(inline[0].string).encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert not re.search(r"https?:|url\(|@import|\ssrc=|\sstyle=|\son\w+=", text)
    assert quality_page(PLAN) == quality_page(PLAN)


@pytest.mark.parametrize("element", ["finder", "level", "shown"])
def test_tools_are_labelled(element: str) -> None:
    """The filter's parts exist, and controls have labels."""
    page = soup(PLAN)
    assert page.find(id=element) is not None
    assert element == "shown" or page.find("label", attrs={"for": element}) is not None
