"""The deck says what the assessment says: every figure found again by other means."""

import io
import re
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from assess.rating_samples import OTHER, UNIT
from pptx import Presentation

from reporting.assess.outlook import outlooks
from reporting.assess.values import Assessment, Rating
from reporting.assess.year_end import annual_results
from reporting.documents.artifacts import check_artifact, render
from reporting.documents.blocks import BulletList, Table, text_of
from reporting.documents.document import read_document, words
from reporting.documents.slides.fit import pages, title_of
from reporting.documents.slides.pptx import write_deck
from reporting.documents.slides.values import BarChart, Deck, Slide, slide_words
from reporting.errors import PublishError
from reporting.exhibits import show
from reporting.grades import GOOD, LAGGING, NOT_JUDGED, USUAL, USUAL_SCALE, Grade

QUARTERS = (1, 2, 3, 4)
Cells = list[list[str]]


def cells(slide: Slide) -> Cells:
    """Give the texts of a slide's table."""
    (table,) = (part for part in slide.parts if isinstance(part, Table))
    return [[text_of(cell) for cell in row.cells] for row in table.rows]


def chart(slide: Slide) -> BarChart:
    (found,) = (part for part in slide.parts if isinstance(part, BarChart))
    return found


def combined(city: Assessment, quarter: int, unit: str | None = None) -> list[Rating]:
    """Give the ratings of tasks with something due, straight from the assessment's list."""
    ids = {task.task_id for task in city.plan.tasks}
    return [
        r for r in city.ratings
        if r.quarter == quarter and r.unit == unit and r.subject_id in ids
        and not (r.rule == "R12" and r.grade in GOOD)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def decks(real_years: dict[int, Assessment]) -> dict[int, Deck]:
    return {quarter: show.slides(real_years[quarter]) for quarter in QUARTERS}


def test_small_city(city: Assessment) -> None:
    """Three tasks of two units in the third quarter, by hand."""
    overall, worst, units, *_, asked, _next_up, returned, _data = show.slides(city).slides
    assert overall.title == "第三季度3项任务中，达序的0项，占0.0%，与上季度持平"
    assert cells(overall) == [
        ["未达序时进度", "2", "66.7%", "+1"], ["未报送", "0", "0.0%", "-2"],
        ["无法判定", "1", "33.3%", "+1"], ["合计", "3", "100.0%", "0"],
    ]  # fmt: skip
    assert cells(worst)[0] == [
        "1", "目标1（差10.0个百分点，连续3季滞后）", "市商务局\n（张三）", "未达序时进度",
        "加快报批（11月30日前）",
    ]  # fmt: skip
    assert worst.title == "滞后任务2项：未达序时进度2项"
    assert [title.title for title in (units, asked, returned)] == [
        "2个牵头单位中，2个有任务未达序，占比由高到低为市科技局（2/2）、市商务局（1/2）",
        "需协调事项1项", "应报送的2个牵头单位均按时报送",
    ]  # fmt: skip


@pytest.mark.parametrize("quarter", QUARTERS)
def test_counts_are_those_of_the_ratings(
    real_years: dict[int, Assessment], decks: dict[int, Deck], quarter: int
) -> None:
    """Number, share and change of each grade, in table and chart."""
    slide = decks[quarter].slides[0]
    now = Counter(r.grade for r in combined(real_years[quarter], quarter))
    before = Counter(r.grade for r in combined(real_years[quarter], quarter - 1))
    found = {row[0]: row[1:] for row in cells(slide)}
    due = sum(now.values())
    assert found.pop("合计")[0] == "188"
    if due < 188:
        assert found.pop("小计")[:2] == [str(due), "100.0%"]
        assert found.pop("本季度无到期事项")[0] == str(188 - due)
        assert f"有到期或在办事项的{due}项" in slide.title
    assert {name: int(row[0]) for name, row in found.items()} == {
        str(g): now[g] for g in USUAL.values() if now[g] or before[g]
    }
    for name, row in found.items():
        assert row[1] == f"{Decimal(now[Grade.model_validate(name)] * 100) / due:.1f}%"
        if quarter > 1:
            assert (
                int(row[2]) == now[Grade.model_validate(name)] - before[Grade.model_validate(name)]
            )
    drawn = chart(slide)
    names = [name.partition(" ")[2] for name in drawn.categories]
    assert dict(zip(names, drawn.series[0].values, strict=True)) == {
        name: float(row[0]) for name, row in found.items()
    }
    assert f"达序的{sum(now[g] for g in USUAL_SCALE.of(GOOD))}项" in slide.title


@pytest.mark.parametrize("quarter", QUARTERS)
def test_worst_tasks_stand_in_the_order_of_the_rule(
    real_years: dict[int, Assessment], decks: dict[int, Deck], quarter: int
) -> None:
    """Far behind, not started, behind; of one grade the widest gap first."""
    city, slide = real_years[quarter], decks[quarter].slides[1]
    order = [Grade.FAR_BEHIND, Grade.NOT_STARTED, Grade.BEHIND]
    late = [r for r in combined(city, quarter) if r.grade in LAGGING]
    late.sort(key=lambda r: (order.index(r.grade), -(r.gap or 0), r.task_id))
    numbers = [city.plan.task(r.task_id).label for r in late[:8]]
    assert [row[0] for row in cells(slide)] == numbers
    assert slide.title.startswith(f"滞后任务{len(late)}项：")
    for row, rating in zip(cells(slide), late, strict=False):
        task = city.plan.task(rating.task_id)
        assert row[1][:6] == task.goal[:6]
        assert row[2].startswith(task.lead_units[0][:6])
        assert row[3] == str(rating.grade)
        if rating.gap and rating.gap != rating.gap.to_integral_value():
            assert f"差{rating.gap:.1f}个百分点" in row[1]
        promised = [
            r for r in city.progress
            if r.task_id == rating.task_id and r.quarter <= quarter and r.next_step
        ]  # fmt: skip
        assert row[4] == "未填报" or promised


@pytest.mark.parametrize("quarter", QUARTERS)
def test_units_stand_by_share_then_by_number(
    real_years: dict[int, Assessment], decks: dict[int, Deck], quarter: int
) -> None:
    city, slide = real_years[quarter], decks[quarter].slides[2]
    rated = {u: combined(city, quarter, u) for u in city.plan.lead_units}
    late = {u: sum(r.grade not in GOOD for r in found) for u, found in rated.items()}
    silent = {u for u, found in rated.items() if found and _is_silent(found)}
    order = sorted(
        (u for u in late if late[u] and u not in silent),
        key=lambda u: (-Fraction(late[u], len(rated[u])), -late[u]),
    )
    drawn = chart(slide)
    bad, good = (series.values for series in drawn.series)
    assert list(bad) == [late[u] for u in order[:10]]
    assert list(good) == [len(rated[u]) - late[u] for u in order[:10]]
    assert slide.title.startswith(f"55个牵头单位中，{sum(map(bool, late.values()))}个有")
    assert f"{order[0]}（{late[order[0]]}/{len(rated[order[0]])}）" in slide.title
    assert silent
    assert all(unit[:6] in slide.remark for unit in silent)


def _is_silent(ratings: list[Rating]) -> bool:
    """Tell that nothing was judged this quarter, and something could not be."""
    unjudged = [r for r in ratings if r.grade in NOT_JUDGED]
    return bool(unjudged) and all(r.grade in NOT_JUDGED or r.rule == "R12" for r in ratings)


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_figures_are_those_of_the_returns(
    real_years: dict[int, Assessment], decks: dict[int, Deck], quarter: int
) -> None:
    """Every actual on the slide stands in a return, beside the cell that the notes name."""
    city = real_years[quarter]
    bars, slide = decks[quarter].slides[3:5]
    reported = {
        (
            city.plan.task(row.task_id).label,
            figure.value,
        ): f"{row.file}“{figure.sheet or row.sheet}”表" + figure.cell
        for row in city.progress
        if row.quarter == quarter
        for figure in row.actuals
    }
    gaps = []
    for row in cells(slide):
        place = reported[row[0], Decimal(row[3])]
        assert any(place in line for line in slide.notes)
        gaps.append(Decimal(row[-1]))
    assert gaps == sorted(gaps, reverse=True)
    assert (len(gaps), len(chart(bars).categories)) == (6, 8)
    assert len(pages(slide)) == 1
    assert len(outlooks(city)) > 8
    for row, actual, plan in zip(
        cells(slide), chart(bars).series[0].values, chart(bars).series[1].values, strict=False
    ):
        annual = Decimal(row[4])
        assert actual == pytest.approx(float(Decimal(row[3]) / annual * 100), abs=0.06)
        assert plan == pytest.approx(float(Decimal(row[2]) / annual * 100), abs=0.06)


def test_results_of_the_year_are_those_of_the_returns(
    real_years: dict[int, Assessment], decks: dict[int, Deck]
) -> None:
    """In the last quarter the year's targets stand there, those that were missed first."""
    city = real_years[4]
    bars, slide = decks[4].slides[3:5]
    results = annual_results(city)
    missed = [r for r in results if r.is_met is False]
    assert f"年度指标{len(results)}项" in bars.title
    assert slide.title == f"未达到的年度指标{len(missed)}项"
    actuals = {
        (row.task_id, figure.value): f"{row.file}“{figure.sheet or row.sheet}”表{figure.cell}"
        for row in city.progress
        for figure in row.actuals
    }
    missed.sort(key=lambda r: -(r.gap or 0))
    for row, result in zip(cells(slide), missed, strict=False):
        assert row[0] == city.plan.task(result.target.task_id).label
        assert row[-1] == "未达到"
        assert Decimal(row[3]) == result.actual
        assert any(
            actuals[result.target.task_id, result.actual].rpartition("表")[0] in line
            for line in slide.notes
        )


@pytest.mark.parametrize("quarter", QUARTERS)
def test_requests_returns_and_data(
    real_years: dict[int, Assessment], decks: dict[int, Deck], quarter: int
) -> None:
    """Each request verbatim, each late unit, and how much is not judged."""
    city, slides = real_years[quarter], decks[quarter].slides
    said = Counter(r.coordination for r in city.progress if r.quarter == quarter and r.coordination)
    assert Counter(row[1] for row in cells(slides[5])) == said
    late = {s.unit for s in city.return_status if s.quarter == quarter and s.state != "按时报送"}
    assert {row[0] for row in cells(slides[7])} == late
    unjudged = sum(r.grade in NOT_JUDGED for r in combined(city, quarter))
    assert f"{unjudged}项任务因未报送或者无法判定" in slides[8].title


@pytest.mark.parametrize("quarter", QUARTERS)
def test_notes_name_cells_that_are_there(
    real_years: dict[int, Assessment], decks: dict[int, Deck], quarter: int
) -> None:
    """Every slide has its sources, and every cell it names is one of a return."""
    known = {
        (row.file, cell.rpartition("!")[2])
        for row in real_years[quarter].progress
        for cell in [*row.cells.values(), *(a.cell for a in row.actuals)]
    } | {(f.file, f.cell) for f in real_years[quarter].findings}  # An empty cell is in no row.
    for slide in decks[quarter].slides:
        assert slide.notes, slide.title
        for line in slide.notes:
            for file, place in re.findall(r"(data/\S+?\.xlsx)“[^”]+”表([A-Z]+\d+)", line):
                assert (file, place) in known, line


@pytest.mark.parametrize("quarter", QUARTERS)
def test_messages_fit_and_nothing_is_cut(decks: dict[int, Deck], quarter: int) -> None:
    """Messages keep a size that is read from afar; no slide goes over two pages."""
    for slide in decks[quarter].slides:
        shown, size = title_of(slide.title)
        assert shown == slide.title
        assert size >= 24
        assert len(pages(slide)) <= 2


def test_pages_and_papers_do_not_show_the_slides(real_pack: dict[str, Any]) -> None:
    """Nor does the deck lack what stands in the notebook."""
    assert "须同时追赶进度" not in words(read_document(real_pack).blocks)
    data = render(real_pack, ("pptx",), renderer="typst", fonts={})["pptx"]
    check_artifact("pptx", data, name="东莞市", period_label="2023年第三季度")
    with pytest.raises(PublishError, match="幻灯片中应写明“东莞市”和“2023年第二季度”"):
        check_artifact("pptx", data, name="东莞市", period_label="2023年第二季度")
    titles = [s.shapes.title.text_frame.text for s in Presentation(io.BytesIO(data)).slides]
    assert any("须同时追赶进度" in title for title in titles)


def test_file_holds_every_word_of_the_deck(real_city: Assessment) -> None:
    """Nothing is lost between the deck and the file, and equal cities give equal bytes."""
    deck = show.slides(real_city)
    data = write_deck(deck)
    assert data == write_deck(show.slides(real_city))
    text = _text_of(data)
    for slide in deck.slides:
        for part in slide_words(slide):
            assert re.sub(r"\s", "", part) in text, part


def _text_of(data: bytes) -> str:
    found: list[str] = []
    for slide in Presentation(io.BytesIO(data)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            elif shape.has_table:
                texts = (c.text for row in shape.table.rows for c in row.cells)
                found += [re.sub("[●○△▲□◇■？]\u00a0", "", t) for t in texts]
            elif shape.has_chart:
                found += [*map(str, shape.chart.plots[0].categories)]
                found += [series.name for series in shape.chart.plots[0].series]
    return re.sub(r"\s", "", "\n".join(found))


def test_city_without_trouble_says_so(city: Assessment) -> None:
    """Where nothing lags, nobody asks and all came in, the slides say that and stand."""
    good = [r.model_copy(update={"grade": Grade.DONE, "gap": None}) for r in city.ratings]
    rows = [r.model_copy(update={"coordination": "", "actuals": ()}) for r in city.progress]
    calm = city.model_copy(update={"ratings": tuple(good), "progress": tuple(rows)})
    slides = show.slides(calm).slides
    titles = [slide.title for slide in slides]
    assert titles[1:3] == ["第三季度没有滞后的任务", "2个牵头单位的任务均达序"]
    assert "本季度没有单位提出需协调事项" in titles
    assert {UNIT, OTHER} == set(city.plan.lead_units)
    assert all(isinstance(slides[at].parts[0], BulletList) for at in (1, 2))
    assert len(Presentation(io.BytesIO(write_deck(show.slides(calm)))).slides) >= len(titles)


def test_slides_can_be_made_of_any_slice(unit_slice: Assessment, leader_slice: Assessment) -> None:
    """A notebook of a unit or a leader may show them too: nobody's other tasks are in them."""
    for assessment in (unit_slice, leader_slice):
        assert len(show.slides(assessment).slides) >= 8
    assert "密级文字" not in show.slides(unit_slice).model_dump_json()
