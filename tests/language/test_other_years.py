"""Times in other years."""

import pytest

from reporting.language.other_years import begins_in_other_year


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("2026年", True),
        ("2026年。", True),
        ("2026年6月底前完工", True),
        ("到2025年底，建成3座。", True),
        ("2026年建成", True),
        ("2024年6月", False),
        ("2023-2025年", False),
        ("2023年至2026年，分期建设。", False),
        ("2025年规划编制完成", False),
        ("2023年基础上增长5%", False),
        ("2025年底建成，2024年完成主体。", False),
        ("完成2025年预算编制", False),
        ("6月底前完成", False),
        ("", False),
    ],
)
def test_text_that_begins_in_another_year(text: str, other: bool) -> None:
    """A year that the text begins with, alone or with a time, and none of this year's."""
    assert begins_in_other_year(text, 2024) is other
