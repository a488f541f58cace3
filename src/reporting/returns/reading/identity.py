"""Tell whose return a workbook is, and of which quarter."""

from collections.abc import Sequence

from reporting.language.phrases import answer_words
from reporting.periods import Period
from reporting.plan.values import Plan
from reporting.returns.layout import FIGURES, GUIDE, ID_COLUMN, IDENTITY, PROGRESS, SAMPLE_MARK
from reporting.values import Value
from reporting.workbooks.cells import Book, Sheet, squeeze
from reporting.workbooks.columns import TITLE_ROW

_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}


class Identity(Value):
    """What a workbook says of itself; ``by`` names the source when the hidden sheet is gone.

    ``asked`` holds the ids of all that it asks, None when the hidden sheet is gone.
    ``titled`` is another unit, or another period, that a title names in spite of the hidden
    sheet: somebody else's answers may stand below it.
    """

    unit: str = ""
    year: int | None = None
    quarter: int | None = None
    edition: str = ""
    is_sample: bool = False
    by: str = ""
    titled: str = ""
    asked: frozenset[str] | None = None

    @property
    def period_label(self) -> str:
        """``2023年第三季度``, or what is known of it."""
        if self.quarter is None:
            return "季度不明"
        if self.year is None:
            return f"第{self.quarter}季度"
        if not (2000 <= self.year <= 2100 and 1 <= self.quarter <= 4):
            return f"{self.year}年第{self.quarter}季度"
        return Period(year=self.year, quarter=self.quarter).label


def identify(book: Book, names: "UnitNames", stem: str) -> Identity:
    """Read the hidden sheet; where it is gone, the title, and at last the file's name."""
    sheet = book.sheet(IDENTITY)
    facts = {}
    if sheet:
        facts = {sheet.value(row, 1).strip(): sheet.value(row, 2).strip() for row in range(1, 12)}
    if facts.get("unit"):
        hidden = Identity(
            unit=names.canonical(facts["unit"]) or facts["unit"],
            year=_number(facts.get("year", "")),
            quarter=_number(facts.get("quarter", "")),
            edition=facts.get("edition", ""),
            is_sample=bool(facts.get("sample")),
            asked=_ids(sheet) if sheet else None,
        )
        return hidden.model_copy(update={"titled": _titled_otherwise(book, names, hidden)})
    return _identify_by_text(book, names, stem)


def _ids(sheet: Sheet) -> frozenset[str]:
    """Read the ids of all rows that a workbook asks."""
    return frozenset(
        cell.value.strip() for (_, column), cell in sheet.cells.items() if column == ID_COLUMN
    )


def _titled_otherwise(book: Book, names: "UnitNames", hidden: Identity) -> str:
    """Return the first other unit or period that a title names."""
    for text in _titles(book):
        unit = _unit_titled(text, names)
        if unit and unit != hidden.unit:
            return unit
        period = answer_words.TITLE_PERIOD.search(text)
        if period and (int(period[1]), _quarter(period[2])) != (hidden.year, hidden.quarter):
            return period[0]
    return ""


def _unit_titled(text: str, names: "UnitNames") -> str:
    owner = answer_words.OWNER.match(text)
    return names.canonical(owner[1] if owner else text.split("\u3000")[0])


def _identify_by_text(book: Book, names: "UnitNames", stem: str) -> Identity:
    texts = _titles(book)
    period = next((m for text in texts if (m := answer_words.TITLE_PERIOD.search(text))), None)
    unit, by = "", "表头"
    for text in texts:
        unit = unit or _unit_titled(text, names)
    if not unit:
        unit, by = names.named_in(stem), "文件名"
    quarter = _quarter(period[2]) if period else _quarter_named_in(stem)
    if quarter is None:
        # Nothing says of when it is but the folder it was put in.
        by += "和所在文件夹"
    return Identity(
        unit=unit,
        year=int(period[1]) if period else None,
        quarter=quarter,
        is_sample=any(SAMPLE_MARK in text for text in _marks(book)),
        by=by,
    )


def _quarter(sign: str) -> int:
    return _QUARTERS.get(sign) or int(sign)


def _quarter_named_in(text: str) -> int | None:
    """Return the only quarter a text names, None when there is none or several."""
    named = {_quarter(match[1] or match[2]) for match in answer_words.NAMED_QUARTER.finditer(text)}
    return named.pop() if len(named) == 1 else None


def _titles(book: Book) -> list[str]:
    found = []
    for name in (GUIDE, PROGRESS, FIGURES):
        sheet = book.sheet(name)
        if sheet:
            found += [sheet.value(row, 1) for row in (TITLE_ROW, TITLE_ROW + 1)]
    return [text for text in found if text]


def _marks(book: Book) -> list[str]:
    sheets = (book.sheet(name) for name in (GUIDE, PROGRESS))
    return [sheet.value(row, 1) for sheet in sheets if sheet for row in (1, 2, 3)]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


class UnitNames:
    """The lead units by every name they go by."""

    def __init__(self, plan: Plan) -> None:
        leads = set(plan.lead_units)
        self._known = {squeeze(name): name for name in plan.lead_units}
        for unit in plan.units:
            if unit.name in leads:
                self._known |= {squeeze(alias): unit.name for alias in unit.aliases}
        self._by_length: Sequence[str] = sorted(self._known, key=lambda n: (-len(n), n))

    def canonical(self, name: str) -> str:
        """Return the lead unit of that name, empty when there is none."""
        return self._known.get(squeeze(name), "")

    def named_in(self, text: str) -> str:
        """Return the only lead unit a text names, empty when there is none or several."""
        rest, found = squeeze(text), []
        for name in self._by_length:
            if name in rest:
                found.append(self._known[name])
                rest = rest.replace(name, "\n")
        return found[0] if len(set(found)) == 1 else ""
