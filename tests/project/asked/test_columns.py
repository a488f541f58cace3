"""The office's own columns of the return sheet, as the parameters declare them."""

from pathlib import Path

import pytest

from reporting.errors import FaultsFound
from reporting.project.asked.columns import OWN_LABELS
from reporting.project.params import parse_params
from reporting.returns.layout import PROGRESS_COLUMNS

TEXT = (Path(__file__).parents[3] / "params/2023.yml").read_text(encoding="utf-8").rstrip("\n")
LINE = TEXT.count("\n") + 4
"""The line of the first column."""


def fault(*columns: str) -> list[str]:
    lines = "".join(f"    - {column}\n" for column in columns)
    with pytest.raises(FaultsFound) as caught:
        parse_params(f"{TEXT}\nreturns:\n  columns:\n{lines}", 2023)
    return str(caught.value).splitlines()


def test_own_heads_are_those_of_the_sheet() -> None:
    """Held here, for the parameters know nothing of the sheet's layout."""
    assert tuple(spec.label for spec in PROGRESS_COLUMNS) == OWN_LABELS


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("{name: 原因, kind: text}", "应为没有用过的列名，实为“原因”，是报送表自有的列"),
        ("{name: 投资额, kind: numbers}", "应为 number、text、date、choice 之一，实为“numbers”"),
        ("{name: 负责人, kind: text, unit: 人}", "只有 kind: number 的列可以写 unit"),
        ("{name: 是否验收, kind: choice}", "kind: choice 的列应写 choices，2至20项，实为没有"),
        ("{name: 验收日, kind: date, choices: [甲, 乙]}", "只有 kind: choice 的列可以写 choices"),
        ("{name: 验收, kind: choice, choices: [甲, 甲]}", "应各不相同，“甲”重复"),
        ('{name: 验收, kind: choice, choices: ["甲,乙", 丙]}', "不应有半角逗号，实为“甲,乙”"),
        (f"{{name: {'长' * 21}, kind: text}}", "应不超过20个字，实为21个字"),
        ("{name: '=投资额', kind: text}", "不应以“=”开头，实为“=投资额”"),
        ('{name: "投资\\u202e额", kind: text}', "应为看得见的文字，另有〔U+202E〕"),
        ("{name: '<b>投资', kind: text}", "不应有“<”，实为“<b>投资”"),
        ('{name: "投资\\n额", kind: text}', "不应有“〔U+000A〕”"),
        ("{name: progress, kind: text}", "列名应有汉字，实为“progress”"),
    ],
)
def test_a_fault_is_a_sentence_with_its_line(column: str, said: str) -> None:
    """One each, where it stands."""
    (told,) = fault(column)
    assert f"params/2023.yml 第{LINE}行" in told
    assert said in told


def test_a_name_stands_once() -> None:
    """Width, spaces and units aside: nobody could tell the columns apart."""
    (told,) = fault(
        "{name: 投资额, kind: number, unit: 万元}", "{name: 投资额（万元）, kind: text}"
    )
    assert f"第{LINE + 1}行" in told
    assert "应为没有用过的列名，实为“投资额（万元）”，是第1列的列名" in told


def test_required_is_written_as_yes_or_no() -> None:
    """As the guide has it; elsewhere yes and no are no values."""
    text = f"{TEXT}\nreturns:\n  columns:\n    - {{name: 投资额, kind: number, required: true}}\n"
    assert parse_params(text, 2023).returns.columns[0].required
