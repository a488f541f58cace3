"""What the exhibits say and show of a small city."""

import csv
import io
import zipfile
from datetime import date

import pandas as pd
import pytest
from assess.rating_samples import UNIT, milestone, plan, rated, returns, row, target, task
from openpyxl import load_workbook
from openpyxl.styles import Font

from reporting.assess.rollups import by_leader, by_unit, rate_note, total
from reporting.assess.values import Assessment, ReturnState, ReturnStatus
from reporting.documents.blocks import Annex, Card, Cover, Figure, Table, text_of, walk
from reporting.documents.exhibit import Exhibit
from reporting.documents.plain_text import to_text
from reporting.exhibits import show
from reporting.grades import USUAL_SCALE, Grade
from reporting.language.comparators import Comparator
from reporting.publish.pack.tables import write_tables
from reporting.publish.pack.xlsx import write_annex

EXHIBITS = [name for name in show.__all__ if name not in ("slides", "appendix", "frame")]
"""What the pages show of an assessment alone; slides are no exhibit, the head of an annex tells
none, and a frame is an analyst's."""


def shown(name: str, assessment: Assessment) -> Exhibit:
    make = getattr(show, name)
    exhibit = make() if name == "contents" else make(assessment)
    assert isinstance(exhibit, Exhibit)
    return exhibit


def table_of(exhibit: Exhibit) -> list[list[str]]:
    """Read the first table of an exhibit as words."""
    table = next(block for block in walk(exhibit.blocks) if isinstance(block, Table))
    return [[text_of(cell) for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize("name", EXHIBITS)
def test_every_exhibit_shows_every_slice(
    name: str, city: Assessment, unit_slice: Assessment, leader_slice: Assessment
) -> None:
    """Each exhibit has something to say of a city, a unit and a leader.

    In a unit's or a leader's report a section without content does not appear.
    """
    assert shown(name, city).blocks or name == "supported"
    for assessment in (unit_slice, leader_slice):
        assert shown(name, assessment).blocks or name in ("corrections", "doubts", "supported")


def test_summary_of_the_city(city: Assessment) -> None:
    """Counts, shares and changes stand in full sentences."""
    words = to_text(show.summary(city).blocks)
    said = "第三季度，全市共有任务3项，其中未达序3项（“未达序时进度”2项、“无法判定”1项）。"
    assert said in words
    assert "达序任务与上季度持平。" in words
    assert "核定结果与单位自评不一致的1项，其中低于自评的1项。" in words


def test_table_without_actions_is_said_to_have_none() -> None:
    """One row of tasks that belong to no action would tell another city's reader nothing."""
    tasks = [task(number, action="", heading="抓好项目投资") for number in (1, 2)]
    plain_city = rated(plan(tasks, [milestone(1), milestone(2)]), returns([row()]))
    assert to_text(show.action_table(plain_city).blocks).strip() == "任务分解表没有划分专项行动。"
    mixed = rated(plan([task(1), *tasks[1:]], [milestone(1), milestone(2)]), returns([row()]))
    labels = [cells[0] for cells in table_of(show.action_table(mixed))]
    assert labels == ["消费提振行动", "未归入专项行动", "合计"]


def test_headings_group_the_tasks_of_a_table_without_actions() -> None:
    """类别 or 重点工作 stands in for the actions where it has several tasks in common."""
    names = ("抓好项目投资", "抓好项目投资", "办好民生实事")
    tasks = [task(at, action="", heading=name) for at, name in enumerate(names, 1)]
    parts = [milestone(at) for at in (1, 2, 3)]
    grouped = table_of(show.action_table(rated(plan(tasks, parts), returns([row()]))))
    assert [cells[:2] for cells in grouped] == [
        ["抓好项目投资", "2"],
        ["办好民生实事", "1"],
        ["合计", "3"],
    ]
    apart = [task(at, action="", heading=f"事项{at}") for at in (1, 2, 3)]
    alone = show.action_table(rated(plan(apart, parts), returns([row()])))
    assert to_text(alone.blocks).strip() == "任务分解表没有划分专项行动。"


def test_note_below_a_table_of_groups_is_one_sentence() -> None:
    """What the share means and why rows may exceed the total stand in one note."""
    shared = plan([task(1, leaders=("张三", "李四")), task(2)], [milestone(1), milestone(2)])
    city = rated(shared, returns([row()]))
    assert to_text(show.leader_table(city).blocks).rstrip().endswith(
        f"注：{rate_note(USUAL_SCALE)}；"
        "由多位领导共同负责的任务分别计入，各行之和可能大于任务总数。"
    )  # fmt: skip
    assert to_text(show.unit_table(city).blocks).rstrip().endswith(
        f"注：{rate_note(USUAL_SCALE)}。"
    )  # fmt: skip


def test_leaders_table_of_returns_counts_the_leaders_part(
    city: Assessment, unit_slice: Assessment, leader_slice: Assessment
) -> None:
    """A faulty return may have no error among a leader's tasks; the columns say what they count."""
    status = ReturnStatus(unit="市商务局", quarter=3, state=ReturnState.FAULTY)
    note = "注：所涉任务和所涉错误只计张三同志负责的任务。"
    for slice_, label, noted in (
        (leader_slice, "所涉错误（处）", True), (city, "数据错误（处）", False),
        (unit_slice, "数据错误（处）", False),
    ):  # fmt: skip
        faulty = slice_.model_copy(update={"return_status": (status,)})
        exhibit = show.return_states(faulty)
        table = next(block for block in exhibit.blocks if isinstance(block, Table))
        assert table.columns[-1].label == label
        assert (note in to_text(exhibit.blocks)) is noted


def test_counts_add_up_with_last_quarter(city: Assessment) -> None:
    """The total row is the sum of the others, column by column."""
    *rows, last = table_of(show.counts(city))
    assert last == ["合计", "3", "100.0%", "3", "0"]
    assert sum(int(row[1]) for row in rows) == 3
    assert sum(int(row[3]) for row in rows) == 3


def test_unit_report_holds_no_other_units_words(city: Assessment, unit_slice: Assessment) -> None:
    """Another unit's progress is neither in the slice nor in anything made from it."""
    assert "密级文字甲乙丙" in city.model_dump_json()
    assert "密级文字甲乙丙" not in unit_slice.model_dump_json()
    assert {row.unit for row in unit_slice.progress} == {"市商务局"}
    assert {rating.unit for rating in unit_slice.ratings} == {"市商务局"}
    for name in EXHIBITS:
        assert "密级文字" not in to_text(shown(name, unit_slice).blocks)
    for data in write_tables(unit_slice).values():
        assert "密级文字" not in data.decode()


def test_slice_looks_up_its_own_ratings(city: Assessment, unit_slice: Assessment) -> None:
    """What the city has looked up before is not found through the slice."""
    assert city.rating("2023-002") is not None
    assert unit_slice.rating("2023-002") is None
    assert unit_slice.rating("2023-002", unit="市科技局") is None
    with pytest.raises(KeyError):
        unit_slice.plan.task("2023-003")


def test_leader_slice_holds_the_leaders_tasks_only(leader_slice: Assessment) -> None:
    """A leader sees every lead unit's words on the leader's own tasks."""
    assert [task.number for task in leader_slice.plan.tasks] == [1, 2]
    assert {row.unit for row in leader_slice.progress} == {"市商务局", "市科技局"}
    assert {rating.task_id for rating in leader_slice.ratings} == {"2023-001", "2023-002"}


def test_card_quotes_plan_progress_and_evidence(unit_slice: Assessment) -> None:
    """A card has goal, plan, progress, both ratings, the evidence's cell and the next step."""
    card = next(block for block in show.task_cards(unit_slice).blocks if isinstance(block, Card))
    words = to_text((card,))
    for part in (
        "（一）任务1：目标1",
        "年度目标：目标1。",
        "单位自评：达到序时进度",
        "核定结果：未达序时进度〔R5〕　与上季度相同，均为“未达序时进度”",
        "“新增企业：实际270家”（“进展”表J4）",
        "本季度计划：事项3（第三季度）",
        "本季度进展：召开协调会3次。",
        "下一步措施：加快报批。",
        "完成时限：2023年11月30日",
    ):
        assert part in words
    figure = next(block for block in card.blocks if isinstance(block, Figure))
    assert "三季度计划300家、实际270家" in figure.alt


def test_carried_rating_tells_which_return_it_quotes() -> None:
    """A cell of last quarter's return is not given as one of this quarter's, nor is its word."""
    a_plan = plan(milestones=[milestone(quarters=(2,))])
    second = returns([row(Grade.BEHIND, "场地未落实。", quarter=2)], quarter=2)
    city = rated(a_plan, returns(), second, returns(missing=["市商务局"], quarter=3))
    words = to_text(show.task_cards(city).blocks)
    assert "沿用第二季度的核定结果。\n“场地未落实。”（第二季度报表“进展”表I4）" in words
    assert "单位自评" not in words
    assert "第二季度报表“进展”表I4" in to_text(show.lagging(city).blocks)
    tasks = list(csv.DictReader(io.StringIO(write_tables(city)["tasks.csv"].decode("utf-8-sig"))))
    assert tasks[0]["evidence_cell"] == "第二季度报表 进展!I4"
    assert tasks[0]["self_rating"] == ""


def test_lagging_card_has_target_gap_and_deadline(city: Assessment) -> None:
    """A lagging task shows plan, actual, gap, unit, leader, cause, next step and deadline."""
    words = to_text(show.lagging(city).blocks)
    for part in (
        "核定依据：自评“达到序时进度”，但新增企业计划300家，实际270家，完成率90.0%，差10.0个百分点。",
        "“新增企业：实际270家”（“进展”表J4）",
        "牵头单位：市商务局　责任领导：张三",
        "问题和原因：用地不足。\n指标紧。",
        "下一步措施：加快报批。（2023年11月30日前完成）",
    ):
        assert part in words


@pytest.mark.parametrize(
    ("step", "until", "words"),
    [
        ("加快报批。", date(2023, 11, 30), "下一步措施：加快报批。（2023年11月30日前完成）\n"),
        ("加快报批。", None, "下一步措施：加快报批。（未填报完成时限）\n"),
        ("", date(2023, 11, 30), "下一步措施：未填报（所报完成时限为2023年11月30日）\n"),
        ("", None, "下一步措施：未填报\n"),
    ],
)
def test_lagging_card_without_a_next_step(step: str, until: date | None, words: str) -> None:
    """What was not promised is not to be finished by a day, and is said to be missing once."""
    said = row(Grade.BEHIND, "场地未落实。", next_step=step, due_date=until)
    assert words in to_text(show.lagging(rated(plan(), returns([said]))).blocks) + "\n"


def test_limit_has_a_gap_and_no_rate_of_completion() -> None:
    """Four of at most five are not 80% complete, and six go beyond by a fifth."""
    limit = target("5", comparator=Comparator.AT_MOST, measure="事故", unit="起")
    for actual, gap in (("4", "0.0"), ("6", "20.0")):
        found = rated(plan(targets=[limit]), returns([row(actuals={limit.target_id: actual})]))
        (cells,) = table_of(show.target_table(found))
        assert cells[-3:-1] == ["—", gap]


def test_every_figure_beyond_its_limit_is_told_as_such() -> None:
    """Beside the figure that decides, the others are given with what they go beyond."""
    whole = target("100", target_id="2023-001-T02")
    limit = target("5", comparator=Comparator.AT_MOST, measure="事故", unit="起")
    said = row(actuals={limit.target_id: "6", whole.target_id: "75"})
    words = to_text(show.lagging(rated(plan(targets=[limit, whole]), returns([said]))).blocks)
    assert "但新增企业计划100家，实际75家，完成率75.0%，差25.0个百分点。" in words
    assert "事故：计划不多于5起，实际6起，超出20.0个百分点。" in words


def test_doubtful_figure_is_listed_and_not_praised() -> None:
    """Three times the plan is a figure to check: no highlight, no outlook, named as such."""
    goal = target("400", milestone_id=None, quarter=4, source="goal")
    step = target(
        "100", target_id="2023-001-T02", annual_target_id=goal.target_id, quarter=2,
        milestone_id="2023-001-02",
    )  # fmt: skip
    whole = plan(milestones=[milestone(part=2, quarters=(2,))], targets=[goal, step])
    for actual, doubtful in (("299", False), ("300", True)):
        said = row(quarter=2, milestone_id="2023-001-02", actuals={"2023-001-T02": actual})
        found = rated(whole, returns([said], quarter=2))
        assert ("完成率" in to_text(show.highlights(found).blocks)) is not doubtful
        assert ("待核实，未计入" in to_text(show.outlook(found).blocks)) is doubtful
        assert ("待核实" in to_text(show.target_table(found).blocks)) is doubtful
        words = to_text(show.doubts(found).blocks)
        assert ("实际值达到计划值3倍及以上的指标1项" in words) is doubtful
        assert ("没有需要核实的指标实际值。" in words) is not doubtful


@pytest.mark.parametrize(
    ("grade", "quarter", "actual", "praised"),
    [
        (Grade.DONE, 3, "101", True),
        (Grade.DONE, 3, "700", False),
        # At the year's end it is not early, and on schedule again is no feat.
        (Grade.DONE, 4, "101", False),
        (Grade.DONE, 4, "110", True),
        (Grade.ON_SCHEDULE, 3, "101", False),
    ],
)
def test_only_early_or_exceeded_figures_are_highlights(
    grade: Grade, quarter: int, actual: str, praised: bool
) -> None:
    """A task is praised for a sound figure, reached before the year's end or a tenth beyond."""
    last = quarter if grade == Grade.DONE else 4
    wanted = plan(
        milestones=[milestone(quarters=tuple(range(2, last + 1)))],
        targets=[target(quarter=quarter)],
    )
    words = f"{grade}。新增企业{actual}家。"
    now = row(grade, words, quarter=quarter, actuals={"2023-001-T01": actual})
    before = returns([row(Grade.BEHIND, "滞后。", quarter=quarter - 1)], quarter=quarter - 1)
    city = rated(wanted, before, returns([now], quarter=quarter))
    assert city.task_ratings()[0].grade is grade
    assert ("目标1" in to_text(show.highlights(city).blocks)) is praised


def test_followed_up_tells_what_was_promised(city: Assessment) -> None:
    """Last quarter's open point stands with its promise and its outcome."""
    rows = table_of(show.followed_up(city))
    assert rows[0] == [
        "1", "目标1\n（市商务局）", "加快报批。（2023年11月30日前）",
        "未达序时进度\n未达序时进度", "尚未解决\n连续3个季度滞后",
    ]  # fmt: skip


def test_outlook_follows_the_plans_path(city: Assessment) -> None:
    """Nine tenths of the plan to date become nine tenths of the year."""
    words = to_text(show.outlook(city).blocks)
    assert "预计不能达到全年目标" in words
    assert "年底预计值＝全年目标值×本季度末累计实际值÷本季度末累计计划值。" in words
    table = table_of(show.outlook(city))
    assert table[0][1:] == ["新增企业（家）", "市商务局", "300", "270", "400", "360", "10.0"]


def test_supported_task_shows_its_name_only(unit_slice: Assessment) -> None:
    """A supported task comes with its number, goal and lead unit."""
    assert table_of(show.supported(unit_slice)) == [["3", "目标3", "市科技局"]]


@pytest.mark.parametrize("typed", ["1010", None])
def test_card_of_a_goal_asked_for_after_its_schedule(typed: str | None) -> None:
    """The card says why the unit was asked, and whether it answered."""
    goal = target("1000", milestone_id=None, quarter=4, source="goal")
    said = row(Grade.DONE, "已新增1010家。", quarter=4, milestone_id=goal.task_id,
               actuals={goal.target_id: typed})  # fmt: skip
    arrived = returns([said], 4) if typed else returns(missing=[UNIT], quarter=4)
    city = rated(plan(milestones=[milestone(quarters=(3,))], targets=[goal]), arrived)
    words = to_text(show.task_cards(city).blocks)
    assert "本季度计划：任务分解表未对本季度作出安排，按年度目标报送。" in words
    assert ("本季度进展：已新增1010家。" if typed else "本季度进展：未填报。") in words


def test_next_duties_are_verbatim(unit_slice: Assessment) -> None:
    """Next quarter's milestones are listed in the table's own words."""
    rows = table_of(show.next_duties(unit_slice))
    assert [row[-1] for row in rows] == ["事项4", "事项4"]


def test_next_duties_name_goals_that_fall_due_or_have_no_schedule(
    unit_slice: Assessment,
) -> None:
    """What is asked by its goal is owed like a milestone."""
    bare = unit_slice.plan.model_copy(update={"milestones": ()})
    found = table_of(show.next_duties(unit_slice.model_copy(update={"plan": bare})))
    assert [row[2:] for row in found] == [["—", "全年", "目标1。"], ["—", "全年", "目标2。"]]


def test_cover_and_annex(city: Assessment, unit_slice: Assessment) -> None:
    """The city's cover fills a page and bears the issue; annex rows can be linked to."""
    cover = show.cover(city).blocks[0]
    assert isinstance(cover, Cover)
    assert (cover.full_page, cover.issue_number) == (True, "2023年第3期")
    own = show.cover(unit_slice).blocks[0]
    assert isinstance(own, Cover)
    assert own.headline_text == "市商务局2023年第三季度任务交办单"
    head, table = show.annex(city).blocks
    assert isinstance(head, Annex)
    assert isinstance(table, Table)
    assert [row.anchor for row in table.rows] == ["task-001", "task-002", "task-003"]


def test_sample_mark_reaches_the_cover(city: Assessment) -> None:
    """Demonstration data is marked on the cover, which every page's head is made from."""
    cover = show.cover(city.model_copy(update={"is_sample": True})).blocks[0]
    assert isinstance(cover, Cover)
    assert cover.is_sample


def test_rollups_add_up(city: Assessment) -> None:
    """Groups hold every task; a task of two units counts with both."""
    assert total(city).total == 3
    assert [(g.label, g.total) for g in by_unit(city)] == [("市商务局", 2), ("市科技局", 2)]
    assert [(g.label, g.total) for g in by_leader(city)] == [("张三", 2), ("未明确责任领导", 1)]


def test_csv_tables_are_typed_and_harmless(city: Assessment) -> None:
    """Every table has its header and rows; what looks like a formula is quoted."""
    files = write_tables(city)
    assert list(files) == [
        "tasks.csv", "milestones.csv", "targets.csv", "units.csv", "findings.csv",
    ]  # fmt: skip
    tasks = list(csv.DictReader(io.StringIO(files["tasks.csv"].decode())))
    assert [(t["task_id"], t["grade"], t["gap"]) for t in tasks] == [
        ("2023-001", "未达序时进度", "10.00"),
        ("2023-002", "未达序时进度", ""),
        ("2023-003", "无法判定", ""),
    ]
    assert tasks[1]["lead_units"] == "市商务局;市科技局"
    hostile = city.plan.tasks[0].model_copy(update={"goal": "=HYPERLINK(1)"})
    plan = city.plan.model_copy(update={"tasks": (hostile, *city.plan.tasks[1:])})
    written = write_tables(city.model_copy(update={"plan": plan}))["tasks.csv"].decode()
    assert ",'=HYPERLINK(1)," in written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=", "="), (">=", ">="), ("-3", "-3"), ("-3.5%", "-3.5%"), ("+", "+"), ("-", "-"),
        ("=1+1", "'=1+1"), ("-3+cmd", "'-3+cmd"), ("@SUM(A1)", "'@SUM(A1)"), (" =A1", "' =A1"),
        ("＝A1", "'＝A1"), ("--", "'--"), ("a=1", "a=1"),
    ],
)  # fmt: skip
def test_only_what_a_spreadsheet_would_run_is_escaped(
    text: str, written: str, city: Assessment
) -> None:
    """A sign by itself and a number are what they are, in pandas as well."""
    hostile = city.plan.tasks[0].model_copy(update={"goal": text})
    plan = city.plan.model_copy(update={"tasks": (hostile, *city.plan.tasks[1:])})
    data = write_tables(city.model_copy(update={"plan": plan}))["tasks.csv"]
    assert pd.read_csv(io.BytesIO(data), dtype=str)["goal"][0] == written


def test_tables_say_of_which_quarter_they_are_and_where_a_figure_stands(city: Assessment) -> None:
    """Those of several quarters can be laid together; each actual names its file and cell."""
    found = {name: pd.read_csv(io.BytesIO(data)) for name, data in write_tables(city).items()}
    for name, table in found.items():
        assert list(table.columns[:2]) == ["report_year", "report_quarter"], name
        assert set(map(tuple, table[["report_year", "report_quarter"]].to_numpy())) <= {(2023, 3)}
    targets = found["targets.csv"]
    assert set(targets["comparator"]) <= {"=", ">=", ">", "<=", "<", "range"}
    given = targets[targets["actual"].notna()]
    assert len(given) > 0
    assert given["actual_cell"].str.fullmatch(r"(指标|进展)![A-Z]+\d+").all()
    assert given["actual_file"].str.endswith(".xlsx").all()
    assert targets[targets["actual"].isna()]["actual_cell"].isna().all()


def test_annex_workbook_is_clean(city: Assessment) -> None:
    """One sheet a table, frozen and filtered, numbers as numbers, text never a formula."""
    hostile = city.plan.tasks[0].model_copy(update={"goal": "=1+1\x07"})
    plan = city.plan.model_copy(update={"tasks": (hostile, *city.plan.tasks[1:])})
    hostile_city = city.model_copy(update={"plan": plan, "is_sample": True})
    data = write_annex(hostile_city)
    assert data == write_annex(hostile_city)
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames == [
        "总体情况", "任务", "事项", "指标", "单位", "数据说明", "核定规则",
    ]  # fmt: skip
    sheet = book["任务"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", "A1:Q4")
    assert (sheet["F2"].value, sheet["F2"].data_type) == ("=1+1〔U+0007〕", "s")
    assert (sheet["A2"].value, sheet["L2"].value) == (1, 10)
    assert "示例数据" in str(book["总体情况"]["A3"].value)
    assert [book["指标"][cell].value for cell in ("E2", "J2")] == ["不少于", "累计"]
    # What only programs read, ids and folders, stays in the CSV files.
    heads_ = [cell.value for page in book.worksheets[1:6] for cell in page[1]]
    assert not {"任务编号", "事项编号", "指标编号", "代码"} & set(heads_)
    assert [book["事项"][cell].value for cell in ("A2", "D2")] == [1, "第三季度"]
    heads = [page.HeaderFooter.oddHeader for page in book.worksheets]
    assert {head.right.text for head in heads if head} == {"示例数据"}


def test_annex_can_be_printed(city: Assessment) -> None:
    """Rows hold their longest text and may still grow; wide tables go over several pages."""
    long = city.plan.tasks[0].model_copy(update={"goal": "建成公园一座，" * 20})
    plan = city.plan.model_copy(update={"tasks": (long, *city.plan.tasks[1:])})
    data = write_annex(city.model_copy(update={"plan": plan}))
    sheet = load_workbook(io.BytesIO(data))["任务"]
    # 140 characters in a column of 25: six lines of 14.5 pt.
    assert sheet.column_dimensions["F"].width == 50
    assert sheet.row_dimensions[2].height == 6 * 14.5 + 4
    assert sheet.row_dimensions[3].height < sheet.row_dimensions[2].height
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"customHeight" not in archive.read("xl/worksheets/sheet2.xml")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (2, 0)
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$B")


def test_annex_looks_up_each_look_once(city: Assessment, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times the rows need no more comparing of fonts, and every grade keeps its colour."""
    compared: list[Font] = []
    original = Font.__hash__

    def counting(font: Font) -> int:
        compared.append(font)
        return original(font)

    monkeypatch.setattr(Font, "__hash__", counting)
    write_annex(city)
    few = len(compared)
    data = write_annex(city.model_copy(update={"rule": city.rule * 10}))
    assert len(compared) == 2 * few
    cells = load_workbook(io.BytesIO(data))["任务"]["J"][1:]
    colours = [Grade.model_validate(cell.value).style.colour for cell in cells]
    assert [f"#{cell.font.color.rgb[2:]}".lower() for cell in cells] == colours
