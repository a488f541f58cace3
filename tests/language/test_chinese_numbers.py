"""Numbers in Chinese signs."""

from decimal import Decimal

import pytest

from reporting.language.chinese_numbers import read_chinese


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十", "10"), ("十二", "12"), ("二十", "20"),
        ("廿", "20"), ("二百", "200"), ("两千五百", "2500"),
        ("一千零五", "1005"), ("一百一十", "110"),
        ("二〇〇", "200"), ("三点五", "3.5"), ("零点八", "0.8"),
        ("贰拾叁", "23"), ("壹仟", "1000"), ("百", "100"), ("两", "2"),
    ],
)  # fmt: skip
def test_numeral(numeral: str, value: str) -> None:
    """Places and digits are read alike, in plain and formal signs."""
    assert read_chinese(numeral) == Decimal(value)


@pytest.mark.parametrize("numeral", ["三五", "十百", "百千", "二三百", "三点十"])
def test_signs_that_make_no_number(numeral: str) -> None:
    """三五 is three or five; places that rise make no number."""
    assert read_chinese(numeral) is None
