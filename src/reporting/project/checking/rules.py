"""The rules of the parameters that no type tells: order of days, names, places to be filled in."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from reporting.periods import Period
from reporting.project.asked.columns import column_faults
from reporting.project.checking.examine import Rule, Told
from reporting.project.checking.faults import nearest
from reporting.project.checking.placeholders import wrong_placeholder

if TYPE_CHECKING:
    from reporting.labels.values import Language
    from reporting.project.asked.columns import ReturnsParams
    from reporting.project.params import MastheadParams, PublicParams, QuarterDates
    from reporting.project.rating import RatingRule

FREE = ("corrections", "words", "required")
"""Fields in which yes and no may be values."""
_QUARTERS = (1, 2, 3, 4)
ISSUE_PLACEHOLDERS = ("quarter",)
"""What is filled in in the number of an issue."""


FONT_ROLES = ("title", "body", "heading1", "heading2", "heading3")
"""The parts of a page that have a face of their own."""


def rules(year: int) -> tuple[Rule, ...]:
    """List the rules of the parameters of a year, which their file is named after."""

    def as_named(written: int) -> Iterator[Told]:
        if written != year:
            yield ("year",), f"应与文件名一致（{year}），实为“{written}”"

    def in_year(calendar: "Mapping[int, QuarterDates]") -> Iterator[Told]:
        yield from _begun(calendar, year)

    return (
        Rule(("year",), as_named),
        Rule(("table",), _named("table")),
        Rule(("status",), _named("status")),
        Rule(("calendar",), _all_quarters, as_written=True),
        Rule(("calendar",), in_year),
        Rule(("calendar",), _within),
        Rule(("calendar",), _one_after_another),
        *head_rules(),
        Rule(("holidays", "workdays"), _one_kind_of_day),
        Rule(("rating",), _thresholds),
        Rule(("aliases",), _aliases),
        Rule(("public", "masthead"), _words_in_no_masthead),
        Rule(("returns",), _extra_columns),
        Rule(("labels", "rating", "returns"), _named_in_english),
    )


def head_rules() -> tuple[Rule, ...]:
    """List the rules of what the parameters of an office and of a province have in common."""
    return (Rule(("masthead",), _masthead), Rule(("fonts",), _fonts))


def _named(field: str) -> "Callable[[str], Iterator[Told]]":
    def tell(text: str) -> Iterator[Told]:
        if not text.strip():
            yield (field,), "应为项目文件夹中的路径，实际为空"

    return tell


# --- calendar -----------------------------------------------------------------------------------


def _all_quarters(calendar: object) -> Iterator[Told]:
    if isinstance(calendar, Mapping):
        there = {str(key) for key in calendar}
        missing = [f"第{quarter}季度" for quarter in _QUARTERS if str(quarter) not in there]
        if missing:
            yield ("calendar",), f"应写明四个季度的日期，实际没有{'、'.join(missing)}"


def _begun(calendar: "Mapping[int, QuarterDates]", year: int) -> Iterator[Told]:
    """Expect quarters alone, and no return to be due before its quarter begins."""
    for quarter, dates in calendar.items():
        if quarter not in _QUARTERS:
            yield ("calendar", str(quarter)), f"应为季度 1 至 4，实为“{quarter}”"
        elif dates.due < (start := Period(year=year, quarter=quarter).date_start):
            said = f"应在第{quarter}季度开始（{start}）之后，实为 {dates.due}"
            yield ("calendar", str(quarter), "due"), said


def _within(calendar: "Mapping[int, QuarterDates]") -> Iterator[Told]:
    """Expect a pack after its returns, and its editions one after another."""
    for quarter, dates in calendar.items():
        at = ("calendar", str(quarter))
        if dates.publish < dates.due:
            said = f"不应早于 due（报送日期 {dates.due}），实为 {dates.publish}"
            yield (*at, "publish"), said
        days = {1: dates.publish} | dict(sorted(dates.editions.items()))
        for (before, first), (number, then) in pairwise(days.items()):
            if then < first:
                known = "publish" if before == 1 else f"第{before}版"
                said = f"不应早于 {known}（{first}），实为 {then}"
                yield (*at, "editions", str(number)), said


def _one_after_another(calendar: "Mapping[int, QuarterDates]") -> Iterator[Told]:
    known = sorted((quarter, dates) for quarter, dates in calendar.items())
    for (before, first), (quarter, then) in pairwise(known):
        for name in ("due", "publish"):
            day, earlier = getattr(then, name), getattr(first, name)
            if day < earlier:
                said = f"不应早于第{before}季度的 {name}（{earlier}），实为 {day}"
                yield ("calendar", str(quarter), name), said


def _one_kind_of_day(holidays: Iterable[date], workdays: Iterable[date]) -> Iterator[Told]:
    off = {*holidays}
    for at, day in enumerate(workdays):
        if day in off:
            yield ("workdays", at), f"holidays 和 workdays 不应都列出 {day}"


# --- names and figures --------------------------------------------------------------------------


def _masthead(masthead: "MastheadParams") -> Iterator[Told]:
    for name in ("city", "issuing_office", "title"):
        if not getattr(masthead, name).strip():
            yield ("masthead", name), "应有文字，实际为空"
    if said := wrong_placeholder(masthead.issue_number, ISSUE_PLACEHOLDERS, with_form=True):
        yield ("masthead", "issue_number"), said
        return
    try:
        masthead.issue_number.format(quarter=1)
    except (ValueError, AttributeError):
        said = f"应为 {{quarter}} 或者 {{quarter:02}}，实为“{masthead.issue_number}”"
        yield ("masthead", "issue_number"), said


def _thresholds(rating: "RatingRule") -> Iterator[Told]:
    if rating.tolerance > rating.far_behind:
        said = f"不应大于 far_behind（{rating.far_behind:g}），实为 {rating.tolerance:g}"
        yield ("rating", "tolerance"), said


def _aliases(aliases: Mapping[str, str]) -> Iterator[Told]:
    """Expect every other name to lead to a canonical one, at once."""
    for other, name in aliases.items():
        if not other.strip() or not name.strip():
            said = f"应为“别名: 规范名称”，实为“{other}: {name}”，有一边是空的"
        elif other == name:
            said = "别名与规范名称应不同，实际相同，请删去这一行"
        elif name in aliases:
            last = _followed(aliases, name)
            known = "，几个别名互相指来指去" if last is None else f"，它在另一行是“{last}”的别名"
            said = f"应直接写规范名称，实为“{name}”{known}"
        else:
            continue
        yield ("aliases", other), said


def _fonts(fonts: Mapping[str, object]) -> Iterator[Told]:
    for role in fonts:
        if role not in FONT_ROLES:
            said = f"名称应为 {'、'.join(FONT_ROLES)} 之一，实为“{role}”{nearest(role, FONT_ROLES)}"
            yield ("fonts", role), said


def _followed(aliases: Mapping[str, str], name: str) -> str | None:
    """Follow other names to the canonical one; None where they lead back."""
    seen: set[str] = set()
    while name in aliases:
        if name in seen:
            return None
        seen.add(name)
        name = aliases[name]
    return name


def _words_in_no_masthead(public: "PublicParams", masthead: "MastheadParams") -> Iterator[Told]:
    head = (masthead.city, masthead.issuing_office, masthead.title)
    for at, word in enumerate(public.words):
        if any(word in text for text in head):
            said = f"public.words 中的“{word}”写在 masthead 中，每一页都要用"
            yield ("public", "words", at), said


def _extra_columns(returns: "ReturnsParams") -> Iterator[Told]:
    for path, said in column_faults(returns.columns):
        yield ("returns", "columns", *path), said


def _named_in_english(
    labels: "Language", rating: "RatingRule", returns: "ReturnsParams"
) -> Iterator[Told]:
    """Expect an English name of whatever an office has named itself, where labels are English."""
    if labels != "en":
        return
    own: list[tuple[tuple[str | int, ...], str, str]] = [
        *((("rating", "bands", at), one.name, one.en) for at, one in enumerate(rating.bands)),
        *((("rating", "grades", k), g.name, g.en) for k, g in rating.grades.items() if g.name),
        *((("returns", "columns", at), one.name, one.en) for at, one in enumerate(returns.columns)),
    ]
    for path, name, en in own:
        if not en.strip():
            yield path, f"labels 为 en 时应有 en（英文名），“{name}”没有写"
