"""The first page of a unit's report: what to do by when, or what it owes."""

from datetime import date
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from assess.rating_samples import UNIT, milestone, plan, rated, returns, row, target, task

from exhibits.conftest import RealBook, Run
from reporting.assess.slices import slice_for
from reporting.assess.values import Assessment, Subject, SubjectKind
from reporting.documents.blocks import Annex, Cover, Heading, Table, text_of, walk
from reporting.documents.document import read_document
from reporting.documents.plain_text import to_text
from reporting.documents.typst.pdf import render_pdf
from reporting.exhibits import show
from reporting.grades import OPEN, Grade


def of(city: Assessment, kind: SubjectKind, name: str) -> Assessment:
    return slice_for(city, Subject(kind=kind, name=name))


def own(city: Assessment) -> Assessment:
    return of(city, SubjectKind.UNIT, UNIT)


def tables(assessment: Assessment) -> list[list[list[str]]]:
    """Read the tables of the sheet as words."""
    found = (b for b in walk(show.action_sheet(assessment).blocks) if isinstance(b, Table))
    return [[[text_of(cell) for cell in line.cells] for line in table.rows] for table in found]


def late_year(quarter: int = 3) -> Assessment:
    """One task late with a step and a day, one late with nothing, one on schedule."""
    rows = [
        row(
            Grade.BEHIND, "推进缓慢，办了一半。", quarter=quarter, task_id="2023-001",
            milestone_id=f"2023-001-{quarter:02d}", next_step="加快报批。",
            due_date=date(2023, 11, 30), reporter="张甲",
        ),
        row(
            Grade.NOT_STARTED, "尚未启动。", quarter=quarter, task_id="2023-002",
            milestone_id=f"2023-002-{quarter:02d}",
        ),
        row(quarter=quarter, task_id="2023-003", milestone_id=f"2023-003-{quarter:02d}"),
    ]  # fmt: skip
    numbers, quarters = (1, 2, 3), (1, 2, 3, 4)
    parts = [milestone(n, q, (q,)) for n in numbers for q in quarters]
    return own(rated(plan([task(n) for n in numbers], parts), returns(rows, quarter=quarter)))


def test_sheet_says_what_to_do_by_when_and_who() -> None:
    """Late tasks worst first with what is wanted; then next quarter's duties, theirs first."""
    first, then = tables(late_year())
    assert first == [
        ["2", "目标2：明确启动时间\n未启动；所报措施：未填报，请补报", "请补报", "张三"],
        ["1", "目标1：赶上进度\n未达序时进度；所报措施：加快报批", "11月30日", "张三\n张甲"],
    ]
    assert then == [["1", "事项4"], ["2", "事项4"], ["3", "事项4"]]
    text = to_text(show.action_sheet(late_year()).blocks)
    assert text.startswith("市商务局：需办理的任务2项，请按时限办结；")
    assert "随第四季度报表反馈" in text


def test_step_whose_day_is_past_is_to_be_given_a_new_one() -> None:
    """What was promised for a day before the report cannot be asked for by that day."""
    year = late_year()
    rows = tuple(r.model_copy(update={"due_date": date(2023, 9, 1)}) for r in year.progress)
    first, _ = tables(year.model_copy(update={"progress": rows}))
    assert first[1][2] == "9月1日\n（已过，请重报）"


def test_sheet_without_trouble_lists_what_comes_next() -> None:
    """A unit whose tasks keep to the plan gets no table of what is late."""
    parts = [milestone(1, q, (q,)) for q in (1, 2)]
    good = own(rated(plan([task(1)], parts), returns([row()])))
    assert tables(good) == [[["1", "事项2"]]]
    assert "本季度没有需催办的任务" in to_text(show.action_sheet(good).blocks)


def silent() -> Assessment:
    parts = [milestone(n, 1, (1,)) for n in (1, 2)]
    city = rated(
        plan([task(1), task(2)], parts, [target("50")]), returns(missing=[UNIT], quarter=1)
    )
    return own(city)


def test_silent_unit_is_told_what_it_owes_and_nothing_else(run_here: Run) -> None:
    """Tasks, figures, the day they were due and how to return them; no other section."""
    document = read_document(run_here("unit_report", silent(), {"unit": UNIT}))
    said = to_text(document.blocks)
    assert document.title == "市商务局2023年第一季度任务催办单"
    assert "应于2023年4月20日前报送，截至2023年4月28日未收到，逾期8天。应报任务2项、指标1项" in said
    assert "事项1\t新增企业（50家）" in said
    assert "报送方式：填写已下发的本单位报表，经审定人审定，按报表下发的渠道报送。" in said
    assert not [b for b in document.blocks if isinstance(b, Annex | Heading)]
    assert isinstance(document.blocks[0], Cover)


def test_silent_unit_is_told_where_to_send_its_return() -> None:
    """The office's own words of params stand in place of the channel the sheet came by."""
    masthead = silent().masthead.model_copy(update={"return_to": "报送至督查室，联系人王五"})
    said = to_text(show.action_sheet(silent().model_copy(update={"masthead": masthead})).blocks)
    assert "经审定人审定，报送至督查室，联系人王五。" in said


def pages_before_annex(book: dict[str, Any]) -> int:
    """Count the pages before the annex, or all where there is none."""
    pages = pypdfium2.PdfDocument(render_pdf(book))
    heads = [page.get_textpage().get_text_bounded().splitlines() for page in pages]
    return next((at for at, lines in enumerate(heads) if "附件" in lines), len(heads))


@pytest.mark.parametrize(
    ("kind", "name", "quarter", "pages"),
    [
        ("unit", "市文化广电旅游体育局", 2, 1),
        ("unit", "市工业和信息化局", 3, 1),
        ("unit", "市中心城区“一心两轴三片区”建设现场指挥部办公室", 3, 1),
        ("unit", "市司法局", 3, 1),
        ("leader", "刘光滨", 2, 2),
        ("leader", "刘旺先", 3, 2),
    ],
)
def test_first_pages_are_no_more_than_promised(
    real_book: RealBook, kind: str, name: str, quarter: int, pages: int
) -> None:
    """One page for a unit, two for a leader, with the most late tasks and the longest names."""
    book = real_book(Subject(kind=SubjectKind(kind), name=name), quarter)
    assert pages_before_annex(book) == pages


def test_leader_has_the_next_quarter_and_the_causes_in_front(
    real_years: dict[int, Assessment], real_book: RealBook
) -> None:
    """Late tasks, causes, what is asked of others and what comes next stand before the annex."""
    ours = of(real_years[3], SubjectKind.LEADER, "刘光滨")
    blocks = read_document(real_book(ours.subject)).blocks
    at = next(place for place, b in enumerate(blocks) if isinstance(b, Annex))
    heads = [b.text for b in blocks[:at] if isinstance(b, Heading)]
    assert heads == ["一、总体情况", "二、未达序的任务", "三、需协调事项", "四、下一步工作"]
    said = to_text(blocks[:at])
    assert "按所报原因：" in said
    assert "第四季度应推进的事项（共" in said
    late = [rating.task_id for rating in ours.task_ratings() if rating.grade in OPEN]
    numbers = {ours.plan.task(one).label for one in late}
    shown = said[said.index("二、未达序") : said.index("三、需协调")]
    assert all(number in shown for number in numbers)


def test_report_of_the_last_quarter_says_what_is_carried_over(
    real_years: dict[int, Assessment],
) -> None:
    """There is no next quarter: what the year leaves open is counted in its place."""
    ours = of(real_years[4], SubjectKind.LEADER, "刘旺先")
    assert "需结转下年的任务" in to_text(show.coming_work(ours).blocks)
