"""What holds in all documents of a year, over the real table with its demonstration returns."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import reporting.exhibits.tasks.cards
import reporting.exhibits.year.bars
import reporting.notebook
from exhibits import guards
from exhibits.cells import shown_by
from reporting.assess.opinions import opinions
from reporting.assess.public.cut import public_slice
from reporting.assess.public.withheld import Withheld
from reporting.assess.slices import slice_for
from reporting.assess.values import Assessment, Subject, SubjectKind
from reporting.documents.blocks import (
    Block,
    Card,
    Column,
    Fields,
    Figure,
    Heading,
    Paragraph,
    Row,
    Table,
)
from reporting.documents.exhibit import Exhibit
from reporting.documents.slides.values import Deck
from reporting.exhibits.charts import ProgressBar, QuarterPoint
from reporting.grades import Grade
from reporting.tables.rows import tables

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
END = date(2023, 9, 30)


class Document(NamedTuple):
    """A document of a pack: whose it is, what it shows, and what its units said."""

    name: str
    blocks: Sequence[Block]
    lines: Sequence[str]
    said: Sequence[str]
    end: date


@pytest.fixture(scope="module")
def published(real_years: dict[int, Assessment]) -> Callable[[int], list[Document]]:
    """Build the documents of a quarter's pack, with the words of its charts but no drawings."""

    @cache
    def build(quarter: int) -> list[Document]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(reporting.exhibits.tasks.cards, "plan_actual_chart", _pairs_undrawn)
            patch.setattr(reporting.exhibits.year.bars, "target_progress_chart", _bars_undrawn)
            return list(_documents(real_years[quarter], patch))

    return build


def _pairs_undrawn(points: Sequence[QuarterPoint], *, caption: str, **_: Any) -> Figure:
    return Figure(data="<svg/>", alt=f"{len(points)}个季度", caption=caption)


def _bars_undrawn(bars: Sequence[ProgressBar], *, caption: str, **_: Any) -> Figure:
    return Figure(data="<svg/>", alt="\n".join(bar.label for bar in bars), caption=caption)


def _documents(city: Assessment, patch: pytest.MonkeyPatch) -> Iterator[Document]:
    yield _document("briefing_pack", city, patch)
    yield _document("public_report", public_slice(city, Withheld()), patch)
    for kind, book, names in (
        (SubjectKind.LEADER, "leader_report", city.plan.leaders),
        (SubjectKind.UNIT, "unit_report", city.plan.lead_units),
    ):
        for name in names:
            yield _document(book, slice_for(city, Subject(kind=kind, name=name)), patch)


def _document(book: str, part: Assessment, patch: pytest.MonkeyPatch) -> Document:
    patch.setattr(reporting.notebook, "load", lambda *_, **__: part)
    space: dict[str, Any] = {}
    shown = [shown_by(source, space) for source in _sources(book)]
    blocks = tuple(b for one in shown if one for b in _blocks(one))
    said = [row.progress for row in part.progress]
    lines = guards.lines_of(blocks)
    return Document(part.subject.name, blocks, lines, said, part.period.date_end)


def _blocks(shown: Exhibit | Deck) -> tuple[Block, ...]:
    return shown.cards if isinstance(shown, Deck) else shown.blocks


@cache
def _sources(book: str) -> list[str]:
    cells = json.loads((NOTEBOOKS / f"{book}.ipynb").read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


@pytest.mark.parametrize(
    "quarter", [*(pytest.param(n, marks=pytest.mark.long) for n in (1, 2, 4)), 3]
)
def test_documents_keep_the_guards(
    published: Callable[[int], list[Document]], quarter: int
) -> None:
    """City, leaders and units: no rule of the guards is broken, and each had work to do."""
    found = published(quarter)
    assert len(found) > 60
    for one in found:
        assert guards.broken_sums(one.blocks) == [], one.name
        assert guards.broken_cuts(one.lines) == [], one.name
        assert guards.passed_steps(one.blocks, one.end) == [], one.name
        assert guards.bare_agreements(one.lines, one.said) == [], one.name
    lines = [line for one in found for line in one.lines]
    for words, least in (
        ("……", 300),
        ("，与进展情况所称", 300),
        ("个百分点。", 20),
        ("前完成）", 10),
    ):
        assert sum(words in line for line in lines) > least, words


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_data_tables_keep_the_guards(real_years: dict[int, Assessment], quarter: int) -> None:
    """So do the reasons, quotes and findings of the data files, and what units are told before."""
    city = real_years[quarter]
    cells = [str(cell) for table in tables(city) for row in table.rows for cell in row]
    cells += [opinion.sentence for opinion in opinions(city)]
    lines = [line for cell in cells for line in cell.splitlines()]
    assert guards.broken_cuts(lines) == []
    assert guards.bare_agreements(lines, [row.progress for row in city.progress]) == []
    assert guards.broken_sums(Paragraph(inlines=line) for line in lines) == []
    assert sum("相符" in line for line in lines) > 50


def _table(*rows: tuple[str, ...], labels: Sequence[str] = ("完成率", "差距")) -> Table:
    columns = tuple(Column(key=f"c{n}", label=label) for n, label in enumerate(labels))
    return Table(columns=columns, rows=tuple(Row(cells=row) for row in rows))


@pytest.mark.parametrize(
    ("block", "found"),
    [
        (_table(("42.9%", "57.1"), ("120.5%", "0"), ("—", "3.5"), ("99.96%", "0.04")), []),
        (_table(("42.9%", "57.2")), ["42.9%｜57.2"]),
        (_table(("42.9%\n待核实", "57.0")), ["42.9%\n待核实｜57.0"]),
        (_table(("100.0%", "0.1")), ["100.0%｜0.1"]),
        (_table(("12", "57.2"), labels=("实际值", "差距")), []),
        (Paragraph(inlines="完成率42.9%，差57.1个百分点。"), []),
        (Paragraph(inlines="完成率42.9%，差57.2个百分点。"), ["完成率42.9%，差57.2个百分点"]),
        (Card(heading=Heading(level=3, text="任务1"), blocks=(_table(("1%", "98")),)), ["1%｜98"]),
    ],
)  # fmt: skip
def test_sum_that_is_not_whole_is_found(block: Block, found: list[str]) -> None:
    """In a table, in a sentence and in a card; what has no rate is let be."""
    assert guards.broken_sums([block]) == found


@pytest.mark.parametrize(
    ("line", "broken"),
    [
        ("完成土地整备……", False),
        ("组织“莞邑启航逐……”", False),
        ("称“围绕‘链主’推进……”，未见矛盾（见表）", False),
        ("没有缩短的“半句和500", False),
        ("完成土地整备500……", True),
        ("完成土地整备５……", True),
        ("完成土地整备5…", True),
        ("组织“莞邑启航逐……", True),
        ("推进道路（一期……", True),
        ("进展情况称“推进道路（一期……”。", True),
        ("印发《方案……", True),
        ("印发粤府〔2023……", True),
    ],
)
def test_cut_that_breaks_something_is_found(line: str, broken: bool) -> None:
    """A figure cut short, or a mark that nothing closes; marks closed after the cut are well."""
    assert guards.broken_cuts([line]) == ([line] if broken else [])


def _card(*pairs: tuple[str, str], marks: Grade = Grade.BEHIND) -> Card:
    heading = Heading(level=3, text="任务1")
    return Card(heading=heading, marks=marks, blocks=(Fields(rows=pairs),))


@pytest.mark.parametrize(
    ("block", "count"),
    [
        (_card(("下一步措施", "加快报批。（2023年10月31日前完成）")), 0),
        (_card(("下一步措施", "加快报批。（2023年9月30日前完成）")), 1),
        (_card(("下一步措施", "加快报批。"), ("完成时限", "2023年9月30日")), 1),
        (_card(("下一步措施", "加快报批。"), ("完成时限", "2023年10月1日")), 0),
        (_card(("下一步措施", "加快报批。"), ("完成时限", "2023年6月30日（时限已过，待核实）")), 0),
        (_card(("下一步措施", "报批。"), ("完成时限", "2023年6月30日"), ("单位自评", "已完成")), 0),
        (_card(("下一步措施", "加快报批。"), ("完成时限", "2023年6月30日"), marks=Grade.DONE), 0),
        (_card(("下一步措施", "9月底前报批。")), 1),
        (_card(("下一步措施", "2023年6月30日前报批。")), 1),
        (_card(("下一步措施", "9月底前报批。（所写时限“9月底前”已过，待核实）")), 0),
        (_card(("下一步措施", "报批。（所写时限“9月底前”已过，待核实）（2023年9月1日前完成）")), 1),
        (_card(("下一步措施", "12月底前报批，2024年3月前开工。")), 0),
        (_card(("时限已过的措施", "报批。（原定2023年6月30日前完成，时限已过92天，未答复）")), 0),
        (_table(("2023年6月30日", "时限未到"), labels=("承诺时限", "办理情况")), 1),
        (_table(("2023年6月30日", "时限已过92天"), labels=("承诺时限", "办理情况")), 0),
    ],
)  # fmt: skip
def test_step_of_a_passed_day_is_found(block: Block, count: int) -> None:
    """Unless it is said to be past, or the matter is done."""
    assert len(guards.passed_steps([block], END)) == count


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ("自评“达到序时进度”，与进展情况所称“顺利推进”相符。", False),
        ("自评“达到序时进度”，与进展情况所称“围绕‘链主’推进……”相符。", False),
        (guards.RULE, False),
        ("自评“达到序时进度”，进展情况与之相符。", True),
        ("自评“达到序时进度”，与进展情况所称“已全部完工”相符。", True),
        ("与进展情况所称“顺利推进”相符。", True),
    ],
)
def test_agreement_without_its_comparison_is_found(line: str, bare: bool) -> None:
    """Both sides are named, and the quoted one was said."""
    said = ["顺利推进，完成招标。", "围绕“链主”推进，签约3家。"]
    assert guards.bare_agreements([line], said) == ([line] if bare else [])
