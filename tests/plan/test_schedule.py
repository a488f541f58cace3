"""Schedules: every form of label, workstreams, false labels, and nothing lost."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.plan.milestones import make_milestones
from reporting.plan.schedule import parse_schedule
from reporting.plan.values import MilestoneKind, Task

TABLE = Path(__file__).parents[2] / "data/2023/task_table.txt"


def read(text: str) -> list[tuple[str | None, str, str]]:
    """Give workstream, quarters and words of each text; 年 for all year."""
    schedule = parse_schedule(text)
    return [
        (p.workstream, "年" if p.yearly else "".join(map(str, p.quarters)), schedule.words(p))
        for p in schedule.texts
    ]


def quarters(text: str) -> list[str]:
    return [quarter for _, quarter, _ in read(text)]


def real_schedules() -> list[str]:
    """Cut the third cell out of every row of the table, by its tabs alone."""
    cells: list[str] = []
    for line in TABLE.read_text(encoding="utf-8").split("\n")[2:]:
        if line.startswith("\t"):
            cells.append(line[1:])
        elif cells:
            cells[-1] += "\n" + line
    return [cells[at].strip() for at in range(8, len(cells), 6)]


def test_pieces_give_back_every_schedule_of_the_table() -> None:
    """Labels, separators, names and texts put together are the cell, 188 times."""
    schedules = real_schedules()
    assert len(schedules) == 188
    for text in schedules:
        schedule = parse_schedule(text)
        assert "".join(map(schedule.words, schedule.pieces)) == text
        assert all(
            a.end == b.start for a, b in zip(schedule.pieces, schedule.pieces[1:], strict=False)
        )


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("一季度，", "1"), ("一季度：", "1"), ("一季度", "1"), ("第四季度，", "4"),
        ("第一季度:", "1"), ("1季度，", "1"), ("１季度，", "1"), ("Q1：", "1"), ("q3,", "3"),
        ("一、二季度，", "12"), ("三、四季度：", "34"), ("二、三、四季度，", "234"),
        ("三季度、四季度，", "34"), ("一季度至三季度，", "123"), ("第一至第三季度，", "123"),
        ("二—四季度，", "234"), ("三和四季度，", "34"), ("1-2季度，", "12"), ("三、四季，", "34"),
        ("上半年，", "12"), ("下半年", "34"), ("前三季度，", "123"), ("前两个季度，", "12"),
        ("3月底前，", "1"), ("6月底前", "2"), ("9月底，", "3"), ("１２月底前，", "4"),
        ("十一月底前，", "4"), ("1-6月，", "12"), ("7月至9月，", "3"), ("6月，", "2"),
        ("年底前，", "4"), ("年底前", "4"), ("全年，", "年"), ("全年", "年"),
        ("每季度，", "年"), ("二季度末前，", "2"),
    ],
)  # fmt: skip
def test_every_form_of_label(label: str, expected: str) -> None:
    """A label binds what follows it; the label and its separator are no part of the text."""
    assert read(f"{label}完成投资1亿元。") == [(None, expected, "完成投资1亿元。")]


@pytest.mark.parametrize(
    "text",
    [
        "2024年第一季度审核并拨付相关资金。",
        "每个季度都召开会议。",
        "“文采四季”系列活动全面铺开。",
        "四季如歌演出季举办。",
        "承办2022-2023赛季联赛。",
        "推动活动于上半年顺利举办。",
        "争取三季度动工，为四季度完工打基础。",
        "计划今年，全年无休地推进。",
        "四季度的目标分解到镇街。",
        "完成一季度、二季度考核的全年汇总。",
    ],
)
def test_words_that_are_no_labels(text: str) -> None:
    """What stands inside a sentence binds nothing."""
    assert read(text) == [(None, "年", text)]


@pytest.mark.parametrize("stop", ["。", "；", "\n", "。\n", "；  ", ";"])
def test_labels_follow_any_stop(stop: str) -> None:
    """Stops of either width and line breaks end a quarter's text."""
    assert quarters(f"一季度，启动{stop}二季度，推进{stop}三、四季度，完成。") == ["1", "2", "34"]


def test_condition_before_a_label() -> None:
    """A clause before the first label holds all year; the label after its comma counts."""
    assert read("在落实专项债的前提下，一季度，完成5公里。") == [
        (None, "年", "在落实专项债的前提下，"), (None, "1", "完成5公里。"),
    ]  # fmt: skip


def test_year_round_sentence_after_a_quarter() -> None:
    """全年 after a stop ends the quarter's text."""
    assert read("三、四季度，动工建设。全年跟进论证情况。") == [
        (None, "34", "动工建设。"), (None, "年", "跟进论证情况。"),
    ]  # fmt: skip


def test_workstreams_in_a_line() -> None:
    """Each name before a colon has a chain of its own, with labels that need no comma."""
    assert read("甲线：一季度完成投资1亿元。二季度完成投资2亿元。\n乙线：全年配合推进。") == [
        ("甲线", "1", "完成投资1亿元。"), ("甲线", "2", "完成投资2亿元。"),
        ("乙线", "年", "配合推进。"),
    ]  # fmt: skip


def test_workstreams_on_lines_of_their_own() -> None:
    """A name with its colon on a line, numbered or not, holds for the lines below."""
    text = "1.启动示范村建设：\n一季度，设计。\n二季度，动工。\n2.古树保护：\n上半年，完工。"
    assert read(text) == [
        ("启动示范村建设", "1", "设计。"), ("启动示范村建设", "2", "动工。"),
        ("古树保护", "12", "完工。"),
    ]  # fmt: skip


def test_sentence_before_the_first_quarter_of_a_workstream() -> None:
    """It holds all year, and is the workstream's."""
    assert read("甲：一季度，启动。\n乙：总长85公里，今年完成9公里。一季度，完成2公里。") == [
        ("甲", "1", "启动。"), ("乙", "年", "总长85公里，今年完成9公里。"),
        ("乙", "1", "完成2公里。"),
    ]  # fmt: skip


def test_chain_that_starts_again_leaves_the_workstream() -> None:
    """A line that begins with the first quarter again is the whole task's."""
    assert read("甲：一季度，启动。二季度，推进。\n一季度，总体谋划。") == [
        ("甲", "1", "启动。"), ("甲", "2", "推进。"), (None, "1", "总体谋划。"),
    ]  # fmt: skip


def test_colon_in_a_text_names_no_workstream() -> None:
    """Only what a label follows is a name."""
    assert read("一季度，完成以下工作：编制方案。二季度，推进。") == [
        (None, "1", "完成以下工作：编制方案。"), (None, "2", "推进。"),
    ]  # fmt: skip


def test_schedule_without_any_label_holds_all_year() -> None:
    """An annual table's text is one milestone of the year."""
    assert read("持续推进，年内完工。") == [(None, "年", "持续推进，年内完工。")]


def task(schedule: str) -> Task:
    return Task(
        task_id="2023-007", number=7, source_number=None, heading_number=1, heading="总体要求",
        goal="目标", schedule=schedule, leaders=(), lead_units=("市甲局",),
    )  # fmt: skip


def test_milestones_carry_spans_and_notes() -> None:
    """Ids by order, exact spans, a note for the misprint and one for the gap."""
    schedule = "全年跟进。\n二季度，动工。\n三、四季，完成。"
    milestones, findings = make_milestones(task(schedule), 2023)
    assert [(m.milestone_id, m.quarters, m.kind) for m in milestones] == [
        ("2023-007-01", (1, 2, 3, 4), MilestoneKind.YEAR),
        ("2023-007-02", (2,), MilestoneKind.QUARTER),
        ("2023-007-03", (3, 4), MilestoneKind.QUARTER),
    ]
    assert all(schedule[m.start : m.end] == m.text for m in milestones)
    assert [(f.code, f.message) for f in findings] == [
        ("PLAN-LABEL-MISPRINT", "“三、四季”读作“三、四季度”。")
    ]
    _, findings = make_milestones(task("甲：一季度，启动。\n乙：全年推进。"), 2023)
    assert [f.message for f in findings] == ["子项“甲”没有安排第二季度、第三季度、第四季度的工作。"]


def test_empty_schedule_has_no_milestone() -> None:
    """Nothing is made up for it."""
    assert make_milestones(task(""), 2023) == ((), ())


WORDS = st.text("启动推进完成建设方案项目企业，", min_size=1, max_size=12).map(
    lambda words: words.strip("，") or "推进"
)
LABELS = st.sampled_from(
    ["一季度，", "一、二季度：", "二季度完成", "三、四季度，", "四季度，", "下半年，"]
)


@given(
    st.lists(st.tuples(LABELS, WORDS), min_size=1, max_size=6), st.sampled_from(["。", "；", "\n"])
)
def test_generated_schedules_come_back(parts: list[tuple[str, str]], stop: str) -> None:
    """Whatever is put together is taken apart again, and every character is in one piece."""
    text = stop.join(label + words for label, words in parts) + "。"
    schedule = parse_schedule(text)
    assert "".join(map(schedule.words, schedule.pieces)) == text
    labels = [schedule.words(p) for p in schedule.pieces if p.kind == "label"]
    assert labels == [label.rstrip("，：").removesuffix("完成") for label, _ in parts]


@given(st.text("一二三四季度年全上半、，。：；\n1月底前Q（）. ", max_size=60))
def test_any_text_is_kept(text: str) -> None:
    """No text breaks the parser, and none loses a character."""
    schedule = parse_schedule(text)
    assert "".join(map(schedule.words, schedule.pieces)) == text
