"""One meaning, many spellings: every reader of a text makes the same of each of them."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from reporting.language.said import Role
from reporting.language.units import in_base

from .corpus import (
    Meaning,
    dated_span,
    deadline_in_text,
    in_prose,
    label_quarters,
    meanings,
    part_of_the_year,
    step_times,
    targets_of,
    time_limit,
    typed_day,
    typed_figure,
)

PERIODS, NUMBERS = meanings("periods"), meanings("numbers")
COMPARATORS, SHARES = meanings("comparators"), meanings("shares")
BASES, DIRECTIONS, LISTS = meanings("basis"), meanings("directions"), meanings("lists")


def _id(meaning: Meaning) -> str:
    return str(meaning["written"][0])


def _wrong(meaning: Meaning, read: Callable[[str], Any], expected: Any) -> dict[str, Any]:
    """Give the spellings that are read otherwise, with what is read."""
    found = {words: read(words) for words in meaning["written"]}
    return {words: value for words, value in found.items() if value != expected}


@pytest.mark.parametrize("meaning", PERIODS, ids=_id)
def test_label_of_a_schedule(meaning: Meaning) -> None:
    """A label binds its text to the quarters that it names."""
    assert _wrong(meaning, label_quarters, tuple(meaning["quarters"])) == {}


@pytest.mark.parametrize("meaning", PERIODS, ids=_id)
def test_part_of_a_goal_by_a_time(meaning: Meaning) -> None:
    """What a goal says of a time is its own figure there, never a second goal for the year."""
    last = meaning["quarters"][-1]
    basis = "cumulative" if meaning["counts"] == "january" else "in_quarter"
    expected = ((4, "cumulative", "完成投资"), (last, basis, "完成投资"))
    assert _wrong(meaning, part_of_the_year, expected) == {}


@pytest.mark.parametrize("meaning", PERIODS, ids=_id)
def test_time_limit_alone(meaning: Meaning) -> None:
    """A goal is due by the time limit that is all its schedule says."""
    assert _wrong(meaning, time_limit, [meaning["quarters"][-1]]) == {}


@pytest.mark.parametrize("meaning", PERIODS, ids=_id)
def test_deadline_in_a_text_that_holds_all_year(meaning: Meaning) -> None:
    """A time in the sentence of a figure says when it is due."""
    assert _wrong(meaning, deadline_in_text, [meaning["quarters"][-1]]) == {}


@pytest.mark.parametrize(
    "meaning", [m for m in PERIODS if m["counts"] == "quarter" and len(m["quarters"]) > 1], ids=_id
)
def test_span_that_does_not_begin_in_january(meaning: Meaning) -> None:
    """A figure under a span is due by its end, and counts from its beginning."""
    quarters = meaning["quarters"]
    assert _wrong(meaning, dated_span, [(quarters[-1], quarters[0])]) == {}


@pytest.mark.parametrize("meaning", [m for m in PERIODS if "day" in m], ids=_id)
def test_date_typed_in_words(meaning: Meaning) -> None:
    """A return's dates may be typed as a plan's are; a day that is named stays that day."""
    named = [words for words in meaning["written"] if "月1日前" not in words]
    assert _wrong({"written": named}, typed_day, meaning["day"]) == {}


@pytest.mark.parametrize("meaning", PERIODS, ids=_id)
def test_time_of_a_next_step(meaning: Meaning) -> None:
    """A unit's next step names its time as a plan does; what names a day is a deadline."""
    found = {words: step_times(words) for words in meaning["written"]}
    quarters = tuple(meaning["quarters"])
    assert {w: f for w, f in found.items() if [each[0] for each in f] != [quarters]} == {}
    if "day" in meaning:
        assert {w: f for w, f in found.items() if not f[0][1]} == {}


@pytest.mark.parametrize("meaning", NUMBERS, ids=_id)
def test_figure_of_a_plan(meaning: Meaning) -> None:
    """A figure is one target, whatever it is spelt with."""
    expected = [in_base(Decimal(meaning["value"]), meaning["unit"])]

    def read(words: str) -> list[tuple[Decimal, str]]:
        return [in_base(t.value, t.unit) for t in targets_of(meaning["goal"].format(words))]

    assert _wrong(meaning, read, expected) == {}


@pytest.mark.parametrize("meaning", NUMBERS, ids=_id)
def test_figure_of_a_return(meaning: Meaning) -> None:
    """A typed answer is the same figure in the target's own unit."""
    value, unit = Decimal(meaning["value"]), meaning["unit"]
    assert _wrong(meaning, lambda words: typed_figure(words, value, unit), value) == {}


@pytest.mark.parametrize("meaning", COMPARATORS, ids=_id)
def test_comparison(meaning: Meaning) -> None:
    """The words of comparison mean one of five things."""

    def read(words: str) -> list[str]:
        return [t.comparator.value for t in targets_of(f"新增企业{words}。")]

    assert _wrong(meaning, read, [meaning["comparator"]]) == {}


@pytest.mark.parametrize("meaning", SHARES, ids=_id)
def test_share_of_the_years_plan(meaning: Meaning) -> None:
    """A share of whatever the plan is called is due in its own quarter."""

    def read(words: str) -> list[tuple[str, str, int]]:
        found = targets_of("完成投资20亿元。", f"三季度，完成{words}的80%。")[1:]
        return [(str(t.value), t.unit, t.quarter) for t in found]

    expected = [(meaning["value"], meaning["unit"], meaning["quarter"])]
    assert _wrong(meaning, read, expected) == {}


@pytest.mark.parametrize("meaning", BASES, ids=_id)
def test_basis(meaning: Meaning) -> None:
    """The words beside a figure say what it counts."""

    def read(words: str) -> list[str]:
        return [t.basis.value for t in targets_of("", f"三季度，{words}。")]

    assert _wrong(meaning, read, [meaning["basis"]]) == {}


@pytest.mark.parametrize("meaning", [m for m in DIRECTIONS if "value" in m], ids=_id)
def test_direction(meaning: Meaning) -> None:
    """Verb or measure say whether more or less is better."""
    comparators = meaning["comparator"].split("|")

    def read(words: str) -> list[tuple[object, ...]]:
        return [
            (t.direction.value, t.comparator.value in comparators, t.basis.value, str(t.value),
             t.unit)
            for t in targets_of(f"{words}。")
        ]  # fmt: skip

    rest = tuple(meaning[key] for key in ("basis", "value", "unit"))
    assert _wrong(meaning, read, [(meaning["direction"], True, *rest)]) == {}


@pytest.mark.parametrize("meaning", [m for m in DIRECTIONS if "value" not in m], ids=_id)
def test_what_nothing_decides_is_uncertain(meaning: Meaning) -> None:
    """An unknown verb of change leaves a figure to be asked about."""

    def read(words: str) -> list[str]:
        return [t.certainty.value for t in targets_of(f"{words}。")]

    assert _wrong(meaning, read, [meaning["direction"]]) == {}


@pytest.mark.parametrize("meaning", LISTS, ids=_id)
def test_list(meaning: Meaning) -> None:
    """Two figures for two things are two targets, each with its own quarter."""
    quarters = meaning.get("quarters", [3, 3])

    def read(words: str) -> list[tuple[str, str, int]]:
        found = targets_of("", meaning["schedule"].format(words))
        return [(str(t.value), t.unit, t.quarter) for t in found]

    expected = [(v, meaning["unit"], q) for v, q in zip(meaning["values"], quarters, strict=True)]
    assert _wrong(meaning, read, expected) == {}


@pytest.mark.parametrize("meaning", PERIODS, ids=_id)
def test_time_in_prose(meaning: Meaning) -> None:
    """A unit's prose names times as a plan does: a figure is of the quarters that are named."""
    last = meaning["quarters"][-1]
    january = tuple(range(1, last + 1))
    quarters = january if meaning["counts"] == "january" else tuple(meaning["quarters"])

    def read(words: str) -> list[tuple[object, ...]]:
        found = in_prose(f"{words}完成投资15亿元。", last)
        return [(str(s.value), s.unit, s.role, s.quarters, s.subject) for s in found]

    assert _wrong(meaning, read, [("15", "亿元", Role.NOW, quarters, "投资")]) == {}


@pytest.mark.parametrize("meaning", NUMBERS, ids=_id)
@pytest.mark.parametrize("is_known", [True, False])
def test_figure_in_prose(meaning: Meaning, is_known: bool) -> None:
    """A figure of a unit's prose is the same, with and without a target in its unit."""
    unit = meaning["unit"] if is_known else ""

    def read(words: str) -> list[tuple[Decimal, str]]:
        found = in_prose("本季度" + meaning["goal"].format(words), unit=unit)
        return [in_base(s.value, s.unit) for s in found]

    assert _wrong(meaning, read, [in_base(Decimal(meaning["value"]), meaning["unit"])]) == {}


@pytest.mark.parametrize("meaning", COMPARATORS, ids=_id)
def test_bound_in_prose(meaning: Meaning) -> None:
    """A bound is never held for the figure itself: it is more than that, or a wish.

    达到30家 is a bound in a plan; a report says with it what has been reached.
    """
    bounds = {
        "=": {("now", ""), ("now", "about")}, ">": {("now", "least")}, "<=": {("hope", "")},
        ">=": {("now", "least"), ("hope", "")}, "range": set(),
    }  # fmt: skip
    written = [words for words in meaning["written"] if words != "达到30家"]

    def read(words: str) -> set[tuple[str, str]]:
        return {(s.role.value, s.rough) for s in in_prose(f"新增企业{words}。")}

    found = {words: read(words) for words in written}
    right = bounds[meaning["comparator"]]
    assert {w: f for w, f in found.items() if not f <= right or bool(f) != bool(right)} == {}


@pytest.mark.parametrize("meaning", SHARES, ids=_id)
def test_share_in_prose(meaning: Meaning) -> None:
    """A share of the year's plan is one, whatever the plan is called."""

    def read(words: str) -> list[tuple[object, ...]]:
        found = in_prose(f"本季度完成{words}的80%。")
        return [(str(s.value), s.unit, s.role, s.of_year) for s in found]

    assert _wrong(meaning, read, [(meaning["value"], meaning["unit"], Role.SHARE, True)]) == {}


@pytest.mark.parametrize("meaning", BASES, ids=_id)
def test_basis_in_prose(meaning: Meaning) -> None:
    """What counts the quarter alone is no running figure, and a running one is no quarter's."""

    def is_the_quarters(words: str) -> list[bool]:
        # What is left of some works is a part of them, whenever it was done.
        return [s.quarters == (3,) or s.role is Role.PART for s in in_prose(f"{words}。")]

    if meaning["basis"] == "in_quarter":
        assert _wrong(meaning, is_the_quarters, [True]) == {}
        return
    written = [words for words in meaning["written"] if words != "完成土建工程的30%"]
    assert _wrong({"written": written}, is_the_quarters, [False]) == {}


@pytest.mark.parametrize("meaning", [m for m in DIRECTIONS if "value" in m], ids=_id)
def test_measure_in_prose(meaning: Meaning) -> None:
    """The verb that leads to a figure, as 压缩到 does, is no part of what is measured."""

    def read(words: str) -> list[tuple[str, str]]:
        found = in_prose(f"{words}。")[-1:]
        return [(str(s.value), s.unit) for s in found]

    assert _wrong(meaning, read, [(meaning["value"], meaning["unit"])]) == {}
    level = [s for w in meaning["written"] for s in in_prose(f"{w}。") if s.role is Role.NOW]
    if meaning["direction"] == "lower":
        moved = re.compile("[降减压缩增升高大长落]")
        assert [s.subject for s in level if moved.search(s.subject[-2:])] == []


@pytest.mark.parametrize("meaning", LISTS, ids=_id)
def test_list_in_prose(meaning: Meaning) -> None:
    """Each figure of a list is said of its own thing, or of its own quarter."""
    quarters = meaning.get("quarters")

    def read(words: str) -> list[tuple[object, ...]]:
        found = in_prose(meaning["schedule"].format(words), 4)
        if quarters:
            return [(str(s.value), s.unit, *s.quarters) for s in found]
        return [(str(s.value), s.unit, s.subject[:2]) for s in found]

    told = [(q,) for q in quarters] if quarters else [("甲镇",), ("乙镇",)]
    expected = [(v, meaning["unit"], *t) for v, t in zip(meaning["values"], told, strict=True)]
    assert _wrong(meaning, read, expected) == {}


@pytest.mark.parametrize(
    "meaning",
    [*PERIODS, *NUMBERS, *COMPARATORS, *SHARES, *BASES, *DIRECTIONS, *LISTS],
    ids=_id,
)
def test_every_meaning_has_ten_spellings(meaning: Meaning) -> None:
    """The lists are worth their name."""
    assert len(set(meaning["written"])) >= 10
