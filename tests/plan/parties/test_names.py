"""Names of units: kinds, and which is short for which."""

import pytest

from reporting.plan.parties.names import is_abbreviation, unit_kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("市教育局", "bureau"),
        ("甲镇", "town"),
        ("乙街道", "town"),
        ("某新区管委会", "park"),
        ("市安委办", "office"),
        ("某水务集团", "company"),
        ("各镇街（园区）", "collective"),
        ("市某委员会成员单位", "collective"),
        ("援外人员", "other"),
    ],
)
def test_kind_of_a_unit(name: str, kind: str) -> None:
    """The last words of a name tell its kind."""
    assert unit_kind(name) == kind


def test_likeness_of_names() -> None:
    """Abbreviations are like their long form; different bureaus are not."""
    assert is_abbreviation("市住建局", "市住房城乡建设局")
    assert is_abbreviation("某新区", "某新区管委会")
    assert not is_abbreviation("市水务局", "市林业局")
    assert not is_abbreviation("市公安局", "市公安局交通支队")
    assert not is_abbreviation("市商务局", "市商务局")
