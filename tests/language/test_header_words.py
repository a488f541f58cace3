"""Words of headers that offices use."""

import pytest

from reporting.plan.table.columns import Vocabulary


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("项次", "number"), ("分项序号", "number"), ("全年计划", "work"), ("月度计划", "schedule"),
        ("责任镇街", "duty"), ("责任股室", "duty"), ("涉及单位", "support"), ("牵头人", "person"),
        ("督查单位", None), ("牵头镇街", "lead"), ("任务来源", None),
    ],
)  # fmt: skip
def test_more_words_of_headers(text: str, kind: str | None) -> None:
    """Words that counties and towns use."""
    assert Vocabulary().kind(text) == kind
