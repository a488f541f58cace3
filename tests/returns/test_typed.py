"""What people type is read tolerantly, and never means something else."""

from datetime import date
from decimal import Decimal

import pytest

from reporting.language.comparators import Comparator
from reporting.periods import Period
from reporting.plan.values import Basis, Target
from reporting.returns.reading.typed import read_date, read_number, split_power
from reporting.workbooks.cells import Cell, address, split_address


def target(unit: str, value: str) -> Target:
    return Target(
        target_id="2023-001-T01", task_id="2023-001", milestone_id=None, quarter=4, measure="甲",
        comparator=Comparator.AT_LEAST, value=Decimal(value), unit=unit, basis=Basis.LEVEL,
        start=0, end=1, source="goal",
    )  # fmt: skip


def text(value: str) -> Cell:
    return Cell(4, 10, value)


def number(value: str, style: str = "") -> Cell:
    return Cell(4, 10, value, numeric=True, style=style)


@pytest.mark.parametrize(
    ("cell", "unit", "plan", "value", "code"),
    [
        (number("820"), "家", "800", "820", ""),
        (text("８２０"), "家", "800", "820", ""),
        (text(" 1,200 家 "), "家", "800", "1200", ""),
        (text("11.3亿元"), "亿元", "11.3", "11.3", ""),
        (text("113000万元"), "亿元", "11.3", "11.3", "RET-ACTUAL-CONVERTED"),
        (text("11.3元"), "亿元", "11.3", None, "RET-ACTUAL-UNIT"),
        (text("11.3亩"), "亿元", "11.3", None, "RET-ACTUAL-UNIT"),
        (text("约50"), "家", "50", "50", "RET-ACTUAL-ROUGH"),
        (text("15.5左右"), "亿元", "15.3", "15.5", "RET-ACTUAL-ROUGH"),
        (text("近50家"), "家", "50", "50", "RET-ACTUAL-ROUGH"),
        (text("300余家。"), "家", "280", "300", "RET-ACTUAL-ROUGH"),
        (text("15.5亿元上下"), "亿元", "15.3", "15.5", "RET-ACTUAL-ROUGH"),
        (text("约十一亿"), "亿元", "11.3", None, "RET-ACTUAL-TEXT"),
        (text("约11.3元"), "亿元", "11.3", None, "RET-ACTUAL-TEXT"),
        (text("50家左右，正在统计"), "家", "50", None, "RET-ACTUAL-TEXT"),
        (text("100%"), "%", "90", "100", ""),
        (text("１００％"), "%", "90", "100", ""),
        (number("1", "percent"), "%", "90", "100", ""),
        (text("100.0%"), "%", "90", "100.0", ""),
        (number("1"), "%", "90", "1", "RET-ACTUAL-PERCENT"),
        (number("0.5"), "%", "0.8", "0.5", ""),
        (number("45200", "date"), "家", "800", None, "RET-ACTUAL-TEXT"),
        (text("五十"), "家", "50", None, "RET-ACTUAL-TEXT"),
        (text("1e400"), "家", "50", None, "RET-ACTUAL-TEXT"),
        (text("nan"), "家", "50", None, "RET-ACTUAL-TEXT"),
        (text("-0.5%"), "%", "2", "-0.5", ""),
        (text("\u22120.5%"), "%", "2", "-0.5", ""),
        (text("\u20130.5"), "亿元", "2", "-0.5", ""),
        (text("3\u20135"), "家", "4", None, "RET-ACTUAL-TEXT"),
        (text("820家。"), "家", "800", "820", ""),
        (text("100万㎡"), "万平方米", "100", "100", ""),
        (text("100万平方米"), "万㎡", "100", "100", ""),
        (text("5000平米"), "万平方米", "1", "0.5", "RET-ACTUAL-CONVERTED"),
        (text("12.5km"), "公里", "12", "12.5", ""),
        (text("12千米"), "公里", "12", "12", ""),
        (text("12千米"), "千瓦", "12", None, "RET-ACTUAL-UNIT"),
        (text("1，234.5"), "亿元", "1200", "1234.5", ""),
        (text("3，2"), "亿元", "3", None, "RET-ACTUAL-TEXT"),
        (text("12\n15"), "家", "15", None, "RET-ACTUAL-TEXT"),
        (text("520 820"), "家", "800", None, "RET-ACTUAL-TEXT"),
        (text("①82"), "家", "80", None, "RET-ACTUAL-TEXT"),
        (text("820 家"), "家", "800", "820", ""),
        (text("1.5个百分点"), "百分点", "2", "1.5", ""),
        (text("1.5%"), "个百分点", "2", None, "RET-ACTUAL-UNIT"),
        (number("0.85", "percent"), "亿元", "11.3", None, "RET-ACTUAL-UNIT"),
    ],
)
def test_number_is_read_in_the_targets_unit(
    cell: Cell, unit: str, plan: str, value: str | None, code: str
) -> None:
    """Width, spaces and the unit itself do not matter; another unit or words do."""
    typed = read_number(cell, target(unit, plan))
    assert typed.code == code
    assert typed.value == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("measure", "comparator"),
    [("工业投资增长", Comparator.AT_LEAST), ("空置率", Comparator.AT_MOST)],
)
def test_fraction_of_what_may_be_small_is_not_guessed(measure: str, comparator: Comparator) -> None:
    """A growth of 0.5 against 10% may be half a per cent or fifty: it is asked, not read."""
    asked = target("%", "10").model_copy(update={"measure": measure, "comparator": comparator})
    typed = read_number(number("0.5"), asked)
    assert (typed.value, typed.code) == (Decimal("0.5"), "RET-ACTUAL-PERCENT")
    assert typed.found == "0.5（按表头单位即0.5%，也可能是50%）"
    assert read_number(number("0.5", "percent"), asked).value == 50


@pytest.mark.parametrize(
    ("typed", "plan", "asked"),
    [
        ("1.05", "90", True), ("1.6", "150", True), ("0.052", "5", True), ("-0.05", "5", True),
        ("-0.4", "30", True), ("1.5", "30", False), ("0.5", "6", False), ("-5", "5", False),
        ("0.06", "6", True), ("0.038", "6", True), ("0.02", "6", False), ("0.9", "1", False),
    ],
)  # fmt: skip
def test_fraction_that_fits_the_plan_as_a_rate_is_not_guessed(
    typed: str, plan: str, *, asked: bool
) -> None:
    """A sheet keeps 105% as 1.05 and 5.2% as 0.052: without the sign neither reading is sure."""
    found = read_number(number(typed), target("%", plan))
    assert found.value == Decimal(typed)
    assert found.code == ("RET-ACTUAL-PERCENT" if asked else "")
    signed = read_number(text(f"{typed}%"), target("%", plan))
    assert (signed.value, signed.code) == (Decimal(typed), "")


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        (number("45217", "date"), date(2023, 10, 18), ""),
        (number("45217"), date(2023, 10, 18), ""),
        (number("45261", "month"), date(2023, 12, 31), "RET-DATE-YEAR"),
        (number("45275", "month"), date(2023, 12, 15), ""),
        (number("20231018"), date(2023, 10, 18), ""),
        (text("2023-10-18"), date(2023, 10, 18), ""),
        (text("2023.10.18"), date(2023, 10, 18), ""),
        (text("２０２３年１０月１８日"), date(2023, 10, 18), ""),
        (text("2023/10/18 00:00:00"), date(2023, 10, 18), ""),
        (text("2023-10-18T00:00:00Z"), date(2023, 10, 18), ""),
        (text("10月18日"), date(2023, 10, 18), "RET-DATE-YEAR"),
        (text("12月底"), date(2023, 12, 31), "RET-DATE-YEAR"),
        (text("2024年2月底前"), date(2024, 2, 29), "RET-DATE-YEAR"),
        (text("年底前"), date(2023, 12, 31), "RET-DATE-YEAR"),
        (text("2024年底前"), date(2024, 12, 31), "RET-DATE-YEAR"),
        (text("2023年年底"), date(2023, 12, 31), "RET-DATE-YEAR"),
        (text("2024年一季度"), date(2024, 3, 31), "RET-DATE-YEAR"),
        (text("第四季度末"), date(2023, 12, 31), "RET-DATE-YEAR"),
        (text("2024年第2季度内"), date(2024, 6, 30), "RET-DATE-YEAR"),
        (text("每季度"), None, "RET-DATE-TEXT"),
        (text("12月底前完成"), date(2023, 12, 31), "RET-DATE-YEAR"),
        (text("2023年12月31日前完成"), date(2023, 12, 31), ""),
        (text("底前"), None, "RET-DATE-TEXT"),
        (text("12月中旬"), None, "RET-DATE-TEXT"),
        (text("2023年12月31日前"), date(2023, 12, 31), ""),
        (text("12月31日之前"), date(2023, 12, 31), "RET-DATE-YEAR"),
        (text("1月底"), date(2024, 1, 31), "RET-DATE-YEAR"),
        (number("10.18"), date(2023, 10, 18), "RET-DATE-YEAR"),
        (number("10.2"), None, "RET-DATE-TEXT"),
        (text("2023-13-40"), None, "RET-DATE-TEXT"),
        (text("0000年12月"), None, "RET-DATE-TEXT"),
        (text("长期"), None, "RET-DATE-TEXT"),
        (number("7"), None, "RET-DATE-TEXT"),
    ],
)
def test_date_is_read_in_every_usual_form(cell: Cell, value: date | None, code: str) -> None:
    """Whole dates are read silently, incomplete ones with a note, others not at all."""
    typed = read_date(cell, Period(year=2023, quarter=3))
    assert (typed.value, typed.code) == (value, code)


@pytest.mark.parametrize(
    ("quarter", "typed", "value"),
    [
        (4, "1月18日", date(2024, 1, 18)),
        (4, "12月28日", date(2023, 12, 28)),
        (1, "12月底", date(2023, 12, 31)),
        (2, "1月", date(2023, 1, 31)),
    ],
)
def test_date_without_a_year_is_the_one_near_the_quarter(
    quarter: int, typed: str, value: date
) -> None:
    """What is reported of the fourth quarter in January is of the next year."""
    assert read_date(text(typed), Period(year=2023, quarter=quarter)).value == value


def test_day_of_a_signature_is_not_made_up() -> None:
    """A month alone says no day, and so not whether the return was late."""
    typed = read_date(text("2023年10月"), Period(year=2023, quarter=3), is_day=True)
    assert (typed.value, typed.code) == (None, "RET-DATE-TEXT")


def test_power_of_a_unit() -> None:
    """A unit of measure is a power of ten and a base."""
    units = ["家", "亿元", "万人次", "百万元", "千万元", "万亿元", "%", "千瓦", "万平方米"]
    assert [split_power(unit) for unit in units] == [
        (0, "家"), (8, "元"), (4, "人次"), (6, "元"), (7, "元"), (12, "元"), (0, "%"),
        (3, "瓦"), (4, "平方米"),
    ]  # fmt: skip


def test_addresses_go_both_ways() -> None:
    """Addresses are written and read alike."""
    places = [(1, 1), (3, 26), (4, 27), (99, 702), (7, 703)]
    assert [address(*place) for place in places] == ["A1", "Z3", "AA4", "ZZ99", "AAA7"]
    assert [split_address(address(*place)) for place in places] == places
