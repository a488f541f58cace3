"""The table of offices: which edition of each, and its tasks by grade."""

from collections.abc import Iterator

from reporting.assess.province.values import OfficeLine, Province, Tally
from reporting.assess.rating.rule import NOTHING_DUE
from reporting.assess.rollups import NO_RATE, rate_note
from reporting.documents.blocks import Column, Muted, Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.documents.sources.values import Step
from reporting.exhibits.building import Cell, exhibit, number, paragraph, text
from reporting.exhibits.province.origins import (
    APART,
    DIGITS,
    WHOLE,
    column_of,
    edition_steps,
    office_source,
    tally_steps,
)
from reporting.grades import USUAL, USUAL_SCALE, Kind
from reporting.periods import full_date

_UPRIGHT = 10
"""How many columns an upright page has room for."""
_FEW = 15
"""How many offices a page shows in the size of its text."""


def office_table(province: Province) -> Exhibit:
    """Count the tasks of each office by what their grades count as, beside its edition."""
    rows = [_row(province, at, one) for at, one in enumerate(province.offices, 1)]
    columns = tuple(_columns(province))
    return exhibit(
        Table(
            columns=columns, rows=(*rows, _total(province)),
            caption=f"各{province.each}任务核定结果（{province.extent}）", anchor="offices",
            landscape=len(columns) > _UPRIGHT,
            dense=len(rows) > _FEW, sortable=len(rows) > 3, filterable=len(rows) > _FEW,
            origin=(Step(of=(WHOLE,)),),
        ),
        paragraph(
            "注：" + "；".join(_remarks(province)) + "。",
            origin=(Step(words=f"表中所列为校验码的前{DIGITS}位，全文见附件1"),),
        ),
    )  # fmt: skip


def _columns(province: Province) -> Iterator[Column]:
    yield number("place", "序号", 0.5)
    yield text("office", province.each, 1.2)
    yield text("edition", "所用版本", 2.2)
    yield number("total", "任务数", 0.7)
    for kind in province.kinds:
        yield number(column_of(kind), USUAL[kind].short, 0.8)
    if _has_apart(province):
        yield number(APART, "无到期项", 0.8)
    yield number("rate", "达序率", 0.9)


def _has_apart(province: Province) -> bool:
    return bool(province.total and province.total.nothing_due)


def _row(province: Province, at: int, one: OfficeLine) -> Row:
    cells = (str(at), one.name, edition_cell(one), *_figures(province, one.tally))
    steps = edition_steps(at, one)
    if one.tally is not None:
        name = office_source(at)
        steps = (Step(of=(name,)), *steps, *tally_steps(one.tally, one.name, (name,)))
    return Row(cells=cells, origin=steps)


def edition_cell(one: OfficeLine) -> Cell:
    """Name an office's edition: number, date, digest of its record."""
    known = one.released
    if known is None:
        return "—"
    marks = [] if one.tally else ["未计入"]
    marks += ["示例数据"] if known.is_sample else []
    marked = f"（{'，'.join(marks)}）" if marks else ""
    return (
        f"第{known.number}版{marked}，{full_date(known.issued_on)}",
        Muted(text=f"\n{known.record[:DIGITS]}"),
    )


def _figures(province: Province, tally: Tally | None) -> tuple[Cell, ...]:
    """Set out counts and rate; what is not counted has dashes, never zeros."""
    kinds, apart = province.kinds, _has_apart(province)
    if tally is None:
        return (NO_RATE,) * (len(kinds) + apart + 2)
    counts = [tally.counts.get(kind, 0) for kind in kinds]
    counts += [tally.nothing_due] if apart else []
    why = Muted(text=f"\n{tally.why_no_rate}") if tally.why_no_rate else None
    return (str(tally.total), *map(str, counts), (tally.rate, why))


def _total(province: Province) -> Row:
    """Add up what is counted, and say of how many offices it is."""
    of = f"（{len(province.offices)}个{province.each}中{len(province.counted)}个）"
    sources = tuple(office_source(at) for at, _ in province.counted)
    total = province.total
    words = f"{len(province.counted)}个{province.each}合计"
    steps: tuple[Step, ...] = (Step(words=province.extent, column="edition"),)
    steps += tally_steps(total, words, sources) if total else ()
    return Row(cells=("", "合计", of, *_figures(province, total)), total=True, origin=steps)


def _remarks(province: Province) -> Iterator[str]:
    yield f"“所用版本”为该{province.each}本季度最新一版的版次、日期和版本记录校验码的前{DIGITS}位"
    yield f"“—”为没有可以计入的数，未计入的{province.each}不计入合计"
    yield rate_note(USUAL_SCALE)
    if _has_apart(province):
        yield f"“无到期项”为{NOTHING_DUE}的任务，单列统计，不计入达序率"
    yield from _own_words(province)


def _own_words(province: Province) -> Iterator[str]:
    """Say under which column an office's own words are counted, as its parameters declare it."""
    for _, one in province.counted:
        for kind, words in one.words.items():
            if one.tally and one.tally.counts.get(kind):
                said = "、".join(f"“{word}”" for word in words)
                yield f"{one.name}的{said}按该{province.each}的规定计入“{_short(kind)}”"


def _short(kind: Kind) -> str:
    return USUAL[kind].short
