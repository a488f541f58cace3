"""Schedules: every form of label, workstreams, false labels, and nothing lost."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.plan.schedules.milestones import make_milestones
from reporting.plan.schedules.schedule import parse_schedule
from reporting.plan.values import MilestoneKind, Task

GOLDEN = Path(__file__).parent / "golden/schedules.yml"
TABLE = Path(__file__).parents[2] / "data/2023/task_table.txt"


def read(text: str) -> list[tuple[str | None, str, str]]:
    """Give workstream, quarters and words of each text; 年 for all year."""
    schedule = parse_schedule(text, 2023)
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
        schedule = parse_schedule(text, 2023)
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
        ("每季度，", "年"), ("二季度末前，", "2"), ("Q1-Q3，", "123"), ("Q4", "4"),
        ("2-4季度，", "234"), ("一、二至四季度，", "1234"), ("第一、第二季度，", "12"),
        ("一季度，二季度，", "12"), ("首季度，", "1"), ("后两个季度，", "34"), ("前半年，", "12"),
        ("二季度起，", "234"), ("二季度至年底，", "234"), ("4月至年底，", "234"),
        ("6月30日前，", "2"), ("10月中旬前", "4"), ("7月1日前，", "2"), ("10月1日之前", "3"),
        ("１０月１日前，", "3"), ("10月1日，", "4"), ("7月10日前", "3"), ("2023-07-01前", "2"),
        ("春节前", "1"), ("“五一”前，", "2"), ("七一前", "2"), ("国庆节前夕", "3"),
        ("春节期间，", "1"), ("“七一”期间，", "3"), ("国庆期间，", "4"), ("十一黄金周前", "3"),
        ("Ⅰ季度：", "1"), ("第Ⅲ季度，", "3"), ("Ⅲ、Ⅳ季度", "34"), ("十一月前", "4"),
        ("截至9月底，", "3"), ("年初，", "1"),
        ("年中前", "2"), ("今年底前，", "4"), ("2023年上半年，", "12"), ("2023年6月底前", "2"),
        ("本年度三季度，", "3"), ("一季度（1-3月）：", "1"), ("一季度工作：", "1"),
        ("全年目标任务：", "年"), ("（一季度）", "1"), ("【第二季度】", "2"), ("1.三季度：", "3"),
        ("二、二季度：", "2"), ("2、三季度，", "3"), ("（1）四季度，", "4"), ("①上半年，", "12"),
        ("1.6月底前", "2"), ("第 一 季度 ： ", "1"), ("一季度——", "1"), ("一季度. ", "1"),
        ("三季度\n", "3"), ("一季度 ", "1"), ("到二季度末，", "2"), ("截至一季度", "1"),
        ("至上半年，", "12"), ("到前三季度", "123"), ("截至2023年6月底，", "2"),
        ("5月1日至9月30日，", "23"), ("4月1日—6月30日：", "2"), ("7月初至9月中旬，", "3"),
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
        "2024年一季度，验收。",
        "全市春节期间，开展慰问。",
        "五一广场改造完工。",
        "分别于一季度，二季度，三季度，召开会议。",
        "完成投资1亿元（其中：一季度，0.2亿元；二季度，0.3亿元）。",
        "推出“一季度，一主题”活动。",
        "全年任务分解下达到镇街。",
        "三季度以来的问题逐项整改。",
        "“畅游家园 四季如歌”主题活动开幕。",
        "计划今年动工，年底前完成主体。",
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


def test_chain_without_marks_goes_on_after_commas() -> None:
    """一季度…，二季度… is a chain; a later quarter behind a marked label is a mention."""
    assert quarters("一季度完成1亿元，二季度完成2亿元，年底前完成5亿元。") == ["1", "2", "4"]
    assert quarters("一季度，签约，三季度动工，四季度完工。") == ["1"]
    assert quarters("全年完成1亿元，四季度冲刺。") == ["年"]


@pytest.mark.parametrize("mark", ["，", "、", ","])
def test_chain_whose_labels_count_on_from_january(mark: str) -> None:
    """一季度…，上半年…，前三季度…，全年… is a chain too, whatever mark goes between."""
    chain = ("一季度完成1亿元", "上半年完成2亿元", "前三季度完成3亿元", "全年完成4亿元")
    assert quarters(mark.join(chain)) == ["1", "12", "123", "年"]
    assert quarters("一季度完成1亿元、二季度完成2亿元、年底完成5亿元。") == ["1", "2", "4"]
    assert quarters("推动活动于一季度、上半年举办。一季度完成甲、乙。") == ["年", "1"]
    assert quarters("一季度完成甲，四季度完成乙，全年完成4亿元。") == ["1", "4"]


def test_verbs_that_begin_like_the_end_of_a_label() -> None:
    """前期, 初步, 内部, 起草 and 中标 are not cut in two."""
    assert read("一季度前期工作启动。二季度起草方案。三季度初步验收。四季度内部审议。") == [
        (None, "1", "前期工作启动。"), (None, "2", "起草方案。"), (None, "3", "初步验收。"),
        (None, "4", "内部审议。"),
    ]  # fmt: skip


def test_months_are_labels_where_there_are_no_quarters() -> None:
    """A month that goes over into its sentence binds only in a schedule by months."""
    assert quarters("5月举办论坛。9月开展培训。12月总结。") == ["2", "3", "4"]
    assert quarters("一季度，准备。5月举办论坛。三季度，总结。") == ["1", "3"]
    assert quarters("3-5月完成路基，6-9月完成路面，10月底前验收。") == ["12", "23", "4"]
    assert read("二季度，截至6月底，完成50%。") == [(None, "2", "截至6月底，完成50%。")]


def test_cell_that_gives_a_time_only() -> None:
    """A deadline without a word beside it is its own text."""
    assert read("2023年12月底前") == [(None, "4", "2023年12月底前")]
    assert read("完成时限：2023-06-30") == [(None, "2", "2023-06-30")]
    assert read("2023/9/30前完成") == [(None, "3", "完成")]


def test_half_width_marks() -> None:
    """A point ends a clause, but not in a figure nor behind the number of an item."""
    assert quarters("一季度:完成1.5亿元;二季度,动工.三季度,竣工.") == ["1", "2", "3"]
    assert quarters("1、3月底前立项\n2、6月底前动工") == ["1", "2"]
    assert quarters("1、9月底，立项\n2、12月30日，动工") == ["3", "4"]


def test_stages_dated_in_brackets() -> None:
    """The numbered name of a stage before its months is part of the label, not of a text."""
    stages = "（一）动员阶段（3月底前）：动员。（二）排查阶段（4月—8月）：排查。"
    assert read(f"{stages}2.总结阶段（9-12月）。总结。") == [
        (None, "1", "动员。"),
        (None, "23", "排查。"),
        (None, "34", "总结。"),
    ]
    assert quarters("第一阶段（1-3月）：动员。第二阶段（4-12月）：排查。") == ["1", "234"]


def test_label_that_is_divided() -> None:
    """A half-year or the year before its quarters binds nothing itself."""
    assert quarters("上半年：一季度，启动；二季度，推进。下半年：完成。") == ["1", "2", "34"]
    assert quarters("全年：一季度，启动。") == ["1"]


def test_every_quarter_on_a_line_of_its_own() -> None:
    """每季度 stays with its sentence, which holds all year."""
    assert read("四季度，总结。\n每季度督查1次。") == [
        (None, "4", "总结。"), (None, "年", "每季度督查1次。"),
    ]  # fmt: skip


def test_quarters_without_content() -> None:
    """A label with nothing, 无 or a mark behind it asks for nothing."""
    assert read("一季度：\n二季度：无\n三季度：/\n四季度：动工") == [(None, "4", "动工")]


def test_introductions_are_no_workstreams() -> None:
    """安排如下 only leads on; a sentence before the only chain holds all year."""
    assert read("具体安排如下：\n一季度，启动。") == [(None, "1", "启动。")]
    assert read("根据部署，推进以下工作：一季度，启动。") == [
        (None, "年", "根据部署，推进以下工作："), (None, "1", "启动。"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "form",
    [
        "（1）{}。",
        "{}：",
        "{}:",
        "{}：\n",
        "1.{}：\n",
        "（一）{}\n",
        "【{}】",
        "{}\n",
        "{}方面，",
        "①{}：",
    ],
)
def test_forms_of_a_name(form: str) -> None:
    """Every form of a name opens its chain; the name carries no number and no bracket."""
    chain = "一季度，设计。四季度，完工。"
    text = "\n".join(form.format(name) + chain for name in ("示范村", "古树保护"))
    suffix = "方面" if "方面" in form else ""
    assert read(text) == [
        (name + suffix, quarter, words)
        for name in ("示范村", "古树保护")
        for quarter, words in (("1", "设计。"), ("4", "完工。"))
    ]


def test_numbered_names_in_one_line() -> None:
    """A numbered name needs no line of its own; a numbered sentence before a quarter is none."""
    assert read("（1）甲线：一季度，设计。四季度，完工。（2）乙线：持续推进。")[-1] == (
        "乙线", "年", "持续推进。",
    )  # fmt: skip
    assert read("1.完成方案。一季度，开工。") == [
        (None, "年", "1.完成方案。"),
        (None, "1", "开工。"),
    ]
    assert quarters("一季度：1.立项；2.设计。二季度：1.招标；2.开工。") == ["1", "2"]


def test_workstream_without_a_label() -> None:
    """Where others are named, a name after a full chain holds all year by itself."""
    assert read("甲线：一季度，设计。四季度，完工。\n乙线：持续推进。")[-1] == (
        "乙线", "年", "持续推进。",
    )  # fmt: skip
    assert read("甲线：一季度，设计。\n保障：抓紧推进。\n四季度，完工。")[-1] == (
        "甲线", "4", "完工。",
    )  # fmt: skip


def test_year_round_line_after_workstreams() -> None:
    """A line of its own that names the year is the whole task's, unless quarters have theirs."""
    assert read("甲线：一季度，设计。四季度，完工。\n全年统筹推进。")[-1] == (
        None, "年", "统筹推进。",
    )  # fmt: skip
    assert read("甲线：一季度，设计。\n四季度，完工。\n全年跟进。")[-1] == ("甲线", "年", "跟进。")


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
    assert [f.message for f in findings] == ["子项“甲”没有安排二、三、四季度的工作。"]


def test_empty_schedule_has_no_milestone() -> None:
    """Nothing is made up for it; a cell that says nothing is quoted."""
    assert make_milestones(task(""), 2023) == ((), ())
    milestones, findings = make_milestones(task("/"), 2023)
    assert not milestones
    assert [f.message for f in findings] == ["季度进度安排应有内容，实为“/”。"]


@pytest.mark.parametrize(
    ("schedule", "message"),
    [
        (
            "一季度至三季度，甲。二季度至三季度，乙。四季度，丙。",
            "季度进度安排前后两段都含二、三季度。",
        ),
        ("上半年，甲。四季度，乙。三季度，丙。", "季度进度安排的三季度写在更晚的季度之后。"),
        ("上半年，甲。上半年，乙。下半年，丙。", "季度进度安排接连两次写一、二季度。"),
        ("上半年，甲。四季度前，乙。全年，丙。", "“四季度前”是否含当季不明，读作“四季度”。"),
        (
            "全年，甲。全年，力争一季度动工。全年，丙。",
            "“一季度”不在句首，不作标签，全文按全年读取。",
        ),
        (
            "一、季度启动。\n全年，甲。\n全年，乙。",
            "“一、季度”不在句首，不作标签，全文按全年读取。",
        ),
        ("甲：一季度，启动。二季度，推进。四季度，完成。", "子项“甲”没有安排三季度的工作。"),
    ],
)
def test_odd_quarters_are_noted(schedule: str, message: str) -> None:
    """A chain that doubles back or leaves a quarter out is kept, and said."""
    milestones, findings = make_milestones(task(schedule), 2023)
    assert [f.message for f in findings] == [message]
    assert len(milestones) == 3


def test_milestones_of_the_golden_rows() -> None:
    """Workstream, quarters, kind and both ends of every text are as read by hand."""
    golden = yaml.safe_load(GOLDEN.read_text(encoding="utf-8"))
    assert len(golden) >= 40
    schedules = real_schedules()
    for row in golden:
        milestones, _ = make_milestones(task(schedules[row["number"] - 1]), 2023)
        expected = [(m["workstream"], tuple(m["quarters"]), m["kind"]) for m in row["milestones"]]
        assert [(m.workstream, m.quarters, m.kind.value) for m in milestones] == expected
        for made, by_hand in zip(milestones, row["milestones"], strict=True):
            assert made.text.startswith(by_hand["starts"])
            assert made.text.endswith(by_hand["ends"])


WORDS = st.text("启动推进完成建设方案项目企业，", min_size=1, max_size=12).map(
    lambda words: words.strip("，") or "推进"
)
LABELS = st.sampled_from(
    [
        ("一季度，", "1"), ("一、二季度：", "12"), ("第二季度:", "2"), ("三、四季度，", "34"),
        ("4季度 ", "4"), ("下半年，", "34"), ("全年，", "年"), ("前三季度，", "123"),
        ("9月底前，", "3"), ("Q1：", "1"), ("（二季度）", "2"), ("二季度完成", "2"),
    ]
)  # fmt: skip
CHAINS = st.lists(st.tuples(LABELS, WORDS), min_size=1, max_size=5)
NAMES = st.lists(st.sampled_from("甲乙丙丁戊己"), min_size=2, max_size=4, unique=True)


def write(chain: list[tuple[tuple[str, str], str]], stop: str) -> str:
    return stop.join(label + words for (label, _), words in chain) + "。"


def bound(
    name: str | None, chain: list[tuple[tuple[str, str], str]]
) -> list[tuple[str | None, str]]:
    return [(name, quarter) for (_, quarter), _ in chain]


@settings(deadline=None)
@given(CHAINS, st.sampled_from(["。", "；", "\n", "。\n", ";"]))
def test_generated_chains_come_back(chain: list[tuple[tuple[str, str], str]], stop: str) -> None:
    """Whatever is put together is taken apart again, and every character is in one piece."""
    text = write(chain, stop)
    schedule = parse_schedule(text, 2023)
    assert "".join(map(schedule.words, schedule.pieces)) == text
    assert [(name, quarter) for name, quarter, _ in read(text)] == bound(None, chain)


@settings(deadline=None)
@given(
    NAMES, st.data(), st.sampled_from(["{}线：", "{}线：\n", "{}线:", "（一）{}线：\n", "【{}线】"])
)
def test_generated_workstreams_come_back(names: list[str], data: st.DataObject, form: str) -> None:
    """Every workstream gets its own chain back, whatever the chains say."""
    chains = [data.draw(CHAINS) for _ in names]
    text = "\n".join(
        form.format(name) + write(chain, "。") for name, chain in zip(names, chains, strict=True)
    )
    expected = [
        pair
        for name, chain in zip(names, chains, strict=True)
        for pair in bound(f"{name}线", chain)
    ]
    assert [(name, quarter) for name, quarter, _ in read(text)] == expected


@settings(deadline=None)
@given(st.text("一二三四季度年全上半、，。：；\n1月底前Q（）. ", max_size=60))
def test_any_text_is_kept(text: str) -> None:
    """No text breaks the parser, and none loses a character."""
    schedule = parse_schedule(text, 2023)
    assert "".join(map(schedule.words, schedule.pieces)) == text


def test_name_with_its_unit_in_brackets() -> None:
    """The colon inside （牵头单位：…） does not end the name before it."""
    text = "1.公厕（牵头单位：市甲局）：二季度，开工。\n2.市场（牵头：市乙局）：三季度，开工。"
    assert read(text) == [
        ("公厕（牵头单位：市甲局）", "2", "开工。"), ("市场（牵头：市乙局）", "3", "开工。"),
    ]  # fmt: skip


def test_words_of_time_that_belong_to_a_quarters_sentence() -> None:
    """全年累计 right below 四季度：, and 截至 6月底 with a space, begin no part of their own."""
    for text, kept in (
        ("三季度：\n引进2家。\n四季度：\n全年累计引进5家。", "全年累计引进5家。"),
        (
            "三季度：引进1家。\n四季度，截至 12月底，累计5家。",
            "截至 12月底，累计5家。",
        ),
    ):
        schedule = parse_schedule(text, 2023)
        assert [schedule.words(p) for p in schedule.texts][-1] == kept
        assert [p.quarters for p in schedule.texts][-1] == (4,)
        assert not any(p.yearly for p in schedule.texts)
    listed = parse_schedule("四季度：引进1家。\n全年：引进5家。", 2023)
    assert [p.yearly for p in listed.texts] == [False, True]


@pytest.mark.parametrize("text", ["计划10月1日前完成改造", "桥梁部分6月底通车", "于第3季度动工"])
def test_time_that_is_no_label_is_told(text: str) -> None:
    """A day or a quarter within a sentence binds nothing, and the reader is told."""
    _, findings = make_milestones(task(text), 2023)
    assert [f.code for f in findings] == ["PLAN-LABEL-NONE"]
