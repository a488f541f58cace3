"""The parameters of a province: every fault a sentence in Chinese, with its line."""

from datetime import date
from pathlib import Path

import pytest

from reporting.errors import UsageError
from reporting.project.province import parse_province_params, read_province_params

TEXT = """year: 2023
calendar: {3: 2023-11-20}
each: 市
masthead: {city: 示例省, place: 省, issuing_office: 省办公厅, title: 汇总, issue_number: 第3期}
offices:
  - {name: 甲市, folder: 收件/甲市}
"""


def test_what_is_not_said_is_as_usual() -> None:
    """Offices are called by their names; the formats are all there are."""
    params = parse_province_params(TEXT, 2023)
    assert [(one.name, one.called) for one in params.offices] == [("甲市", "甲市")]
    assert params.formats == ("html", "pdf", "docx", "xlsx")
    settings = params.settings
    assert (settings.masthead.city, settings.calendar[3].publish) == ("示例省", date(2023, 11, 20))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("year: 2023", "year: 2024", "第1行的 year：应与文件名一致（2023），实为“2024”。"),
        ("{3: 2023-11-20}", "{5: 2023-11-20}", "第2行的 calendar.5：应为季度 1 至 4，实为“5”。"),
        ("each: 市", "each: 城", "第3行的 each：应为 省、市、州、"),
        ("city: 示例省", "city: ' '", "第4行的 masthead.city：应有文字，实际为空。"),
        ("name: 甲市, ", "", "第6行的 offices 第1项.name：应有这一项，实际没有。"),
        ("收件/甲市", "' '", "第6行的 offices 第1项.folder：应有文字，实际为空。"),
        ("name: 甲市", "nane: 甲市", "第6行的 offices 第1项.nane：没有这个字段，请核对写法"),
        (
            "\n  - {name: 甲市, folder: 收件/甲市}",
            " []",
            "第5行的 offices：应列出各单位，实际一个也没有。",
        ),
    ],
)
def test_fault_is_named_with_its_line(old: str, new: str, said: str) -> None:
    assert old in TEXT
    with pytest.raises(UsageError) as refused:
        parse_province_params(TEXT.replace(old, new), 2023)
    assert f"params/province-2023.yml {said}" in str(refused.value)


def test_quarter_needs_its_day_and_the_year_its_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"应有文件 params/province-2023\.yml，实际没有"):
        read_province_params(tmp_path, 2023, 3)
    (tmp_path / "params").mkdir()
    (tmp_path / "params/province-2023.yml").write_text(TEXT, encoding="utf-8")
    assert read_province_params(tmp_path, 2023, 3).each == "市"
    with pytest.raises(UsageError, match="calendar 中没有第4季度的印发日期"):
        read_province_params(tmp_path, 2023, 4)
