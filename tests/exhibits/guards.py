"""What must hold in every document that is published, whatever it is about.

Each guard reads blocks as a reader does: the words and figures printed, not what they were
made from. It gives the passages that break its rule, none where all is well.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from reporting.documents.blocks import Block, Card, Fields, Table, text_of, walk
from reporting.documents.plain_text import to_text
from reporting.grades import Grade

WHOLE = Decimal(100)
PAIRS = {
    "“": "”",
    "‘": "’",
    "（": "）",
    "(": ")",
    "《": "》",
    "〈": "〉",
    "「": "」",
    "【": "】",
    "〔": "〕",
}

_RATE = re.compile(r"(-?[\d.]+)%")
_SENTENCE = re.compile(r"完成率(-?[\d.]+)%，差([\d.]+)个百分点")
_CUT_FIGURE = re.compile(r"[\d０-９]…")
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_UNTIL = re.compile(r"（(\d{4}年\d{1,2}月\d{1,2}日)前完成）$")
_MONTH = re.compile(r"(?:(\d{4})年|(?<![年\d]))(\d{1,2})月(?:底|末|\d{1,2}日)?(?:之?前|完成)")
_SAID_PAST = re.compile(r"（所写时限“[^”]+”已过，待核实）")
_AGREES = re.compile(r"(?:自评“([^”]+)”，与进展情况所称“([^”]+)”)?相符")
RULE = "状态句与自评一致的说明相符，没有状态句的说明未见矛盾"
"""Where the printed rule says when the word is used, nothing is said to agree."""


def lines_of(blocks: Iterable[Block]) -> list[str]:
    """Give all that is printed in words, a line or a cell of a table each."""
    return [line for line in re.split(r"[\n\t]", to_text(blocks)) if line]


def broken_sums(blocks: Iterable[Block]) -> list[str]:
    """Find a rate below 100 that does not make 100 with the gap printed beside it."""
    blocks = tuple(blocks)
    pairs = list(_pairs_in_tables(blocks))
    for line in lines_of(blocks):
        pairs += [(found[0], found[1], found[2]) for found in _SENTENCE.finditer(line)]
    return [
        where for where, rate, gap in pairs
        if Decimal(gap) != max(WHOLE - Decimal(rate), Decimal(0))
    ]  # fmt: skip


def _pairs_in_tables(blocks: Iterable[Block]) -> Iterator[tuple[str, str, str]]:
    for table in walk(blocks):
        labels = [column.label for column in table.columns] if isinstance(table, Table) else []
        if not {"完成率", "差距"} <= set(labels):
            continue
        assert isinstance(table, Table)
        for row in table.rows:
            cells = [text_of(cell) for cell in row.cells]
            rate = _RATE.match(cells[labels.index("完成率")])
            gap = cells[labels.index("差距")]
            # A percentage and an upper limit have no rate; what is not known has no gap.
            if rate and gap != "—":
                yield "｜".join(cells), rate[1], gap


def broken_cuts(lines: Iterable[str]) -> list[str]:
    """Find a shortened text that ends within a figure, or leaves a mark open."""
    return [
        line for line in lines if "…" in line and (_CUT_FIGURE.search(line) or _leaves_open(line))
    ]


def _leaves_open(line: str) -> bool:
    """Tell whether a mark set before the last cut is closed by none, or by that of another."""
    last, waiting = line.rindex("…"), list[tuple[int, str]]()
    for at, sign in enumerate(line):
        if sign in PAIRS:
            waiting.append((at, PAIRS[sign]))
        elif any(sign == closer for _, closer in waiting):
            if waiting[-1][1] != sign:
                return waiting[-1][0] < last
            waiting.pop()
    return any(at < last for at, _ in waiting)


def passed_steps(blocks: Iterable[Block], end: date) -> list[str]:
    """Find a step shown as still to come whose day is the last of the period, or before."""
    found: list[str] = []
    for part in walk(blocks):
        if isinstance(part, Card):
            for fields in part.blocks:
                if isinstance(fields, Fields):
                    found += _passed_fields(fields, text_of(part.marks), end)
        elif isinstance(part, Table):
            found += _passed_promises(part, end)
    return found


def _passed_fields(fields: Fields, marks: str, end: date) -> Iterator[str]:
    shown = {row.label: text_of(row.value) for row in fields.rows}
    step, until = shown.get("下一步措施", ""), shown.get("完成时限", "")
    if str(Grade.DONE) in shown.get("单位自评", marks) or "时限已过" in until:
        return
    named = _UNTIL.search(step)
    promised = named[1] if named else until
    days = [promised, *([] if _SAID_PAST.search(step) else _days_in(step, end))]
    if any(_is_past(day, end) for day in days):
        yield f"{step}｜{promised}"


def _days_in(step: str, end: date) -> Iterator[str]:
    """Give the days by which a step is to be taken in its own words, the year's own months."""
    for year, month in _MONTH.findall(step):
        yield f"{year or end.year}年{month}月1日"


def _passed_promises(table: Table, end: date) -> Iterator[str]:
    labels = [column.label for column in table.columns]
    if {"承诺时限", "办理情况"} <= set(labels):
        for row in table.rows:
            cells = [text_of(cell) for cell in row.cells]
            due = cells[labels.index("承诺时限")]
            if "时限未到" in cells[labels.index("办理情况")] and _is_past(due, end):
                yield "｜".join(cells)


def _is_past(text: str, end: date) -> bool:
    named = _DAY.match(text)
    return named is not None and date(*map(int, named.groups())) <= end


def bare_agreements(lines: Iterable[str], said: Iterable[str]) -> list[str]:
    """Find a claim that two things agree which does not name both, or quotes what nobody said."""
    texts = "\n".join(said)
    return [
        line
        for line in lines
        for claim in _AGREES.finditer(line.replace(RULE, ""))
        if not claim[2] or _as_said(claim[2]) not in texts
    ]


def _as_said(quoted: str) -> str:
    return quoted.removesuffix("……").replace("‘", "“").replace("’", "”")
