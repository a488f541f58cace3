"""Units of one kind: multiples, other ways to write them, and strangers."""

from decimal import Decimal

import pytest

from reporting.language.units import converted, in_base


@pytest.mark.parametrize(
    ("value", "unit", "other", "expected"),
    [
        ("1.5", "亿元", "万元", "15000"),
        ("12", "公里", "米", "12000"), ("800", "公顷", "平方公里", "8"),
        ("1.5", "百分点", "个百分点", "1.5"),
        ("2", "万㎡", "平方米", "20000"), ("6", "吨/天", "吨/日", "6"),
        ("3", "万千瓦", "MW", "30"),
        ("90", "分钟", "小时", "1.5"), ("7", "工作日", "个工作日", "7"),
        ("5", "万人（次）", "人次", "50000"),
    ],
)  # fmt: skip
def test_conversion(value: str, unit: str, other: str, expected: str) -> None:
    """A value goes over into another unit of its kind exactly."""
    assert converted(Decimal(value), unit, other) == Decimal(expected)


@pytest.mark.parametrize(
    ("unit", "other"),
    [
        ("家", "亿元"),
        ("%", "个百分点"),
        ("亩", "平方米"),
        ("天", "个工作日"),
        ("吨", "吨/日"),
        ("人", "人次"),
    ],
)
def test_strangers_are_not_converted(unit: str, other: str) -> None:
    """What only looks alike stays apart."""
    assert converted(Decimal(1), unit, other) is None


def test_base_has_no_power() -> None:
    """万公里 and 米 come to one unit."""
    assert in_base(Decimal("1.2"), "万公里") == (Decimal(12000000), "米")
