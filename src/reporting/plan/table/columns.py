"""Which column of a table holds what, told by the words of its header."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from reporting.errors import UsageError
from reporting.language.header_words import COMPOSED, WORDS
from reporting.language.periods import read_period
from reporting.language.phrases import table_words
from reporting.language.quantities import unit_announced
from reporting.plan.table.grid import GridRow

TITLES = {
    "number": "序号",
    "heading": "总体要求",
    "goal": "年度目标及工作内容",
    "schedule": "季度进度安排",
    "leaders": "责任领导",
    "lead": "牵头单位",
    "support": "协助单位",
}
"""The fields a column may hold, with the name the findings give them."""
IGNORED = "ignore"
"""The key of ``headers`` whose words name columns to leave alone."""

_OF_A_YEAR = re.compile(r"20\d\d")
_LABELS = {
    (1,): "一季度", (2,): "二季度", (3,): "三季度", (4,): "四季度",
    (1, 2): "上半年", (3, 4): "下半年", (1, 2, 3): "前三季度",
}  # fmt: skip
_BRACKETS = re.compile(r"\([^()]*\)")
_ALL = (1, 2, 3, 4)
_LONGEST = 24
_TITLE_CELLS = 4
_DEEPEST = 4
_WHO = frozenset({"number", "leaders", "lead", "support", "duty", "person"})


@dataclass(frozen=True)
class Columns:
    """The columns of a table: field by position.

    ``quarters`` maps a column to its quarters where quarters have columns of their own;
    ``ranked`` says that the first of the units leads and the others help, ``peopled`` that the
    column of units also names who answers for each; ``assumed`` is what a reader should check;
    ``names`` are the words of the header's last row, ``upper`` those of the rows above it, and
    ``kinds`` what they announce.
    """

    fields: dict[str, tuple[int, ...]]
    names: tuple[str, ...]
    quarters: dict[int, tuple[int, ...]] = field(default_factory=dict)
    ranked: bool = False
    peopled: bool = False
    assumed: tuple[tuple[str, str], ...] = ()
    depth: int = 1
    upper: tuple[tuple[str, ...], ...] = ()
    kinds: tuple[str | None, ...] = ()

    @property
    def has_schedule(self) -> bool:
        """Whether any column says what is due when."""
        return "schedule" in self.fields or bool(self.quarters)

    @cached_property
    def units(self) -> dict[int, str]:
        """The units of measure that the header gives to the figures of its columns."""
        places = (*self.fields["goal"], *self.fields.get("schedule", ()), *self.quarters)
        told = {at: next(filter(None, map(unit_announced, self._words(at))), "") for at in places}
        return {at: unit for at, unit in told.items() if unit}

    def _words(self, at: int) -> Iterator[str]:
        """Yield the words that head a column, the lowest first."""
        yield normal(self.names[at])
        yield from (row[at] for row in reversed(self.upper))

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.names)

    @property
    def extra(self) -> tuple[int, ...]:
        """Columns that hold no field."""
        used = {at for places in self.fields.values() for at in places} | self.quarters.keys()
        return tuple(at for at in range(self.width) if at not in used)

    def label(self, places: Sequence[int]) -> str:
        """Return the schedule's label for the text of a column of quarters, or of several merged.

        What is merged over the whole year has none.
        """
        name = normal(self.names[places[0]])
        if len(places) == 1 and _is_part(name):
            return name
        quarters = tuple(sorted({quarter for at in places for quarter in self.quarters[at]}))
        if quarters == _ALL:
            return "全年" if len(places) == 1 else ""
        if len(places) == 1 and quarters in _LABELS:
            return _LABELS[quarters]
        return "、".join(_LABELS[quarter,].removesuffix("季度") for quarter in quarters) + "季度"


def _is_part(name: str) -> bool:
    """Tell months that are no whole quarters: 5月, 1-4月."""
    match = table_words.MONTHS.fullmatch(name)
    if match is None:
        return False
    return match[2] is None or int(match[1]) % 3 != 1 or int(match[2]) % 3 != 0


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    r"""Write a header cell without spaces, breaks and full-width forms.

    Examples
    --------
    >>> normal("牵 头\n单　位")
    '牵头单位'
    """
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()


def plain_word(text: str) -> str:
    """Write a header cell without its brackets: 年度投资(万元) is 年度投资."""
    return _plain(normal(text))


class Vocabulary:
    """The words a header may use, with those an office adds in its parameters."""

    def __init__(
        self, headers: Mapping[str, Sequence[str]] | None = None, *, year: int = 0
    ) -> None:
        self._year = year
        self._kinds = {normal(word): kind for kind, words in WORDS.items() for word in words}
        known = {title: name for name, title in TITLES.items()} | {name: name for name in TITLES}
        known |= {"lead_units": "lead", "supporting_units": "support", IGNORED: IGNORED}
        for name, words in (headers or {}).items():
            if name not in known:
                expected = "、".join((*TITLES, IGNORED))
                raise UsageError(f"参数 headers 的键应为{expected}之一，实为“{name}”。")
            self._kinds |= {normal(word): known[name] for word in words}
        self._by_length = sorted(self._kinds, key=len, reverse=True)

    def kind(self, text: str) -> str | None:
        """Tell what a header cell announces: a field, ``Q1`` or ``Q12``…, or None.

        A word that is not listed is told by what it is made of, and at last by a listed word
        inside it, so that ``牵头单位及责任人`` is understood.
        """
        bare = normal(text)
        if not bare or len(bare) > _LONGEST:
            return None
        plain = _plain(bare)
        if self._kinds.get(plain) == "duty" and (role := table_words.ROLE.search(bare)) is not None:
            return "lead" if role[1] in "牵头主办" else "support"
        for form in (bare, plain):
            if form in self._kinds:
                return self._kinds[form]
        if (quarters := _quarters_of(plain, self._year)) is not None:
            return "Q" + "".join(map(str, quarters))
        for kind, pattern in COMPOSED:
            if pattern.search(plain):
                return kind
        inside = next((w for w in self._by_length if len(w) >= 4 and w in plain), None)
        return self._kinds[inside] if inside else None

    def is_other(self, text: str) -> bool:
        """Tell a word for what is reported, or remarked, and so is no part of the plan."""
        plain = _plain(normal(text))
        told = next((kind for kind, pattern in COMPOSED if pattern.search(plain)), "")
        return plain not in self._kinds and told is None


def _plain(bare: str) -> str:
    return _BRACKETS.sub("", bare).strip(":：、。.")


def _quarters_of(text: str, year: int) -> tuple[int, ...] | None:
    """Tell the quarters that a column is headed by; None when it is headed by other words.

    A month of a named year is the date of the table, and 全年目标 is the goal.
    """
    period = read_period(text, 0, year)
    if period is None or period.recurrent or (period.deadline and _OF_A_YEAR.match(text)):
        return None
    if text.startswith(("全年", "年")) and period.end < len(text):
        return None
    return period.quarters if table_words.QUARTER_TAIL.fullmatch(text, period.end) else None


def find_header(
    rows: Sequence[GridRow], words: Vocabulary, *, ragged: bool = False
) -> tuple[int, Columns] | None:
    """Find the header among a table's rows: its position and the columns, or None.

    A header may take two rows. It stands before the rows of the table: where full rows come
    first there is none. In a ragged table it is the leading run of header words, and
    the cells after it in the same row belong to the table.
    """
    full = 0
    for at, row in enumerate(rows):
        names = row.texts
        if full > 1 and not ragged:
            return None
        full += sum(cell.own and bool(cell.text.strip()) for cell in row.cells) > _TITLE_CELLS
        if ragged and not _is_header_alone(at, rows):
            names = names[: _header_length(names, words)]
        if not ragged and (columns := _stacked(rows[at : at + _depth(rows, at)], words)):
            return at, columns
        below = rows[at + 1] if at + 1 < len(rows) and not ragged else None
        if below is not None and (columns := _two_rows(row, below, words)) is not None:
            return at, columns
        kinds = [words.kind(name) for name in names]
        if (columns := _assign(kinds, names)) is not None:
            return at, columns
    return None


def _is_header_alone(at: int, rows: Sequence[GridRow]) -> bool:
    """Tell whether a run of cells is a row by itself: short texts, as many as the next rows."""
    names = [normal(text) for text in rows[at].texts]
    below = [len(row.cells) for row in rows[at + 1 : at + 4]]
    short = all(0 < len(name) <= _LONGEST for name in names) and len(set(names)) == len(names)
    return short and bool(below) and all(count == len(names) for count in below)


def _header_length(names: Sequence[str], words: Vocabulary) -> int:
    """Length of the run of cells that look like a header: short, and none twice."""
    seen: set[str] = set()
    known = 0
    for at, name in enumerate(names):
        bare = normal(name)
        if len(bare) > _LONGEST or bare in seen or not bare:
            return known
        seen.add(bare)
        if words.kind(name) is not None or bare in ("备注", "说明"):
            known = at + 1
    return known


def _depth(rows: Sequence[GridRow], at: int) -> int:
    """Count the rows of a header by its merged cells: each goes on with one of the row above."""
    depth = 1
    for above, row in pairwise(rows[at : at + _DEEPEST]):
        pairs = zip(above.cells, row.cells, strict=False)
        if not any(low.above and low.text.strip() and low.text == up.text for up, low in pairs):
            break
        depth += 1
    return depth


def _stacked(rows: Sequence[GridRow], words: Vocabulary) -> Columns | None:
    """Read a header of several rows, which merged cells hold together."""
    if len(rows) < 2 or len({len(row.cells) for row in rows}) > 1:
        return None
    stacks = [
        [cell.text for cell in cells if not cell.above and cell.text.strip()]
        for cells in zip(*(row.cells for row in rows), strict=True)
    ]
    columns = _assign([_lowest(stack, words) for stack in stacks], rows[-1].texts)
    upper = tuple(tuple(normal(text) for text in row.texts) for row in rows[:-1])
    return None if columns is None else replace(columns, depth=len(rows), upper=upper)


def _lowest(stack: Sequence[str], words: Vocabulary) -> str | None:
    """Tell a column's kind by the words above it, of which the lowest that tells one counts.

    What stands under a quarter is that quarter's (目标值, 工作措施), unless it is somebody's or
    what is reported (完成情况).
    """
    kind: str | None = None
    for text in stack:
        told = words.kind(text)
        if told == IGNORED or words.is_other(text):
            return None
        if _is_quarter(kind) and not _is_quarter(told) and told not in _WHO:
            continue
        kind = told or kind
    return kind


def _is_quarter(kind: str | None) -> bool:
    return kind is not None and kind[0] == "Q" and kind[1:].isdigit()


def _two_rows(row: GridRow, below: GridRow, words: Vocabulary) -> Columns | None:
    """Read a header of two rows: some cells of the second divide one of the first."""
    if len(row.cells) != len(below.cells):
        return None
    upper = [words.kind(cell.text) for cell in row.cells]
    lower = [None if cell.above else words.kind(cell.text) for cell in below.cells]
    fresh = [at for at, kind in enumerate(lower) if kind is not None and kind != upper[at]]
    if not any(up is not None and low is None for up, low in zip(upper, lower, strict=True)):
        return None  # The second row is a header by itself, or none.
    strange = [
        cell
        for cell, kind in zip(below.cells, lower, strict=True)
        if cell.own and cell.text.strip() and kind is None
    ]
    if not fresh or strange:
        return None
    kinds = [low or up for up, low in zip(upper, lower, strict=True)]
    names = [
        low.text if low.text.strip() else up.text
        for up, low in zip(row.cells, below.cells, strict=True)
    ]
    columns = _assign(kinds, names)
    upper_names = tuple(normal(cell.text) for cell in row.cells)
    return None if columns is None else replace(columns, depth=2, upper=(upper_names,))


def _assign(kinds: Sequence[str | None], names: Sequence[str]) -> Columns | None:
    """Give columns to fields; None when goal or lead unit cannot be told."""
    places: dict[str, list[int]] = {}
    quarters: dict[int, tuple[int, ...]] = {}
    for at, kind in enumerate(kinds):
        if kind is not None and _is_quarter(kind):
            quarters[at] = tuple(map(int, kind[1:]))
        elif kind is not None:
            places.setdefault(kind, []).append(at)
    assumed = _settle(places, bool(quarters)) + _rank_leads(places, names)
    # Of two numbers the first is the task's; the other stays a column by itself.
    places["number"] = places.get("number", [])[:1]
    if places.get("goal") and places.get("lead"):
        # The unit of measure beside an indicator is part of what it promises.
        units = [
            at for at, name in enumerate(names) if table_words.MEASURED_IN.fullmatch(normal(name))
        ]
        places["goal"] = sorted([*places["goal"], *(at for at in units if kinds[at] is None)])
    if not places.get("goal") or not places.get("lead"):
        return None
    if len(places["lead"]) > 1:
        return None
    fields = {name: tuple(places[name]) for name in TITLES if places.get(name)}
    assumed += [
        ("lead", at) for at in places["lead"] if table_words.DOUBTFUL.search(normal(names[at]))
    ]
    told = tuple((normal(names[at]), TITLES[name]) for name, at in assumed)
    ranked = any(table_words.FIRST_LEADS.search(normal(names[at])) for at in fields["lead"])
    peopled = any(table_words.WITH_PEOPLE.search(normal(names[at])) for at in fields["lead"])
    return Columns(fields, tuple(names), quarters, ranked, peopled, told, kinds=tuple(kinds))


def _rank_leads(places: dict[str, list[int]], names: Sequence[str]) -> list[tuple[str, int]]:
    """Let the one column that says 牵头 lead where others say 承办 or 落实: those help."""
    leads = places.get("lead", [])
    first = [at for at in leads if table_words.FOREMOST.search(normal(names[at]))]
    if len(leads) < 2 or len(first) != 1:
        return []
    others = [at for at in leads if at not in first]
    places["lead"] = first
    places["support"] = sorted([*places.get("support", []), *others])
    return [("support", at) for at in others]


def doubled(row: GridRow, words: Vocabulary) -> tuple[str, ...]:
    """Return the words of a row that announce lead units more than once, or nothing."""
    kinds = [words.kind(text) for text in row.texts]
    names = [normal(text) for text, kind in zip(row.texts, kinds, strict=True) if kind == "lead"]
    return tuple(names) if len(names) > 1 else ()


def _settle(places: dict[str, list[int]], has_quarters: bool) -> list[tuple[str, int]]:
    """Give the words of doubtful meaning to fields; return those a reader should check."""
    assumed: list[tuple[str, int]] = []
    work = places.pop("work", [])
    if work and not places.get("goal"):
        places["goal"] = [work.pop()]
    if work and not places.get("heading"):
        places["heading"] = [work.pop(0)]
    if work:
        places["goal"] = sorted(places["goal"] + work)
    duty = places.pop("duty", [])
    if duty and not places.get("lead"):
        places["lead"] = [duty.pop(0)]
    if duty and not places.get("support"):
        places["support"] = [duty.pop(0)]
        assumed.append(("support", places["support"][0]))
    person = places.pop("person", [])
    if person and not places.get("leaders"):
        places["leaders"] = [person.pop(0)]
        assumed.append(("leaders", places["leaders"][0]))
    deadline = places.pop("deadline", [])
    if deadline and not places.get("schedule") and not has_quarters:
        places["schedule"] = [deadline.pop(0)]
    return assumed
