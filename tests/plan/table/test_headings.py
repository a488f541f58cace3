"""Headings and printed numbers."""

import pytest

from reporting.plan.table.headings import Heading, split_heading, strip_number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（12） 实施甲行动。", ("（12）", "实施甲行动。")),
        ("(4) ", ("(4)", "")),
        ("124. ", ("124.", "")),
        ("5．新建", ("5．", "新建")),
        ("三、改善民生", ("三、", "改善民生")),
        ("（二）改善", ("（二）", "改善")),
        ("2.5万亩造林", ("", "2.5万亩造林")),
        ("2024年目标", ("", "2024年目标")),
        ("100个村通车", ("", "100个村通车")),
        ("7", ("7", "")),
        ("", ("", "")),
    ],
)
def test_number_before_a_text(text: str, expected: tuple[str, str]) -> None:
    """A printed number is stripped; a figure of the text stays."""
    assert strip_number(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("实施甲乙行动，着力丙。做丁、戊。", ("甲乙行动", "着力丙", "做丁、戊")),
        ("实施甲行动。做乙。做丙。", ("甲行动", None, "做乙。做丙")),
        ("开展“春风行动”，加快丙", (None, None, None)),
        ("改善民生", (None, None, None)),
        ("深入实施甲行动，推动乙。", ("甲行动", "推动乙", None)),
    ],
)
def test_parts_of_a_heading(text: str, expected: tuple[str | None, ...]) -> None:
    """Action, focus and theme where the heading has them, else none of them."""
    assert split_heading(text) == Heading(text, *expected)
