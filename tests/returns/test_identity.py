"""Whose return a workbook is, and of which quarter of which year."""

from pathlib import Path

import pytest

from reporting.findings import Finding
from reporting.returns.layout import FIGURES, GUIDE, IDENTITY, PROGRESS
from reporting.returns.reading.identity import Identity, UnitNames
from reporting.returns.values import Returns
from reporting.workbooks.columns import TITLE_ROW

from .toy import OTHER, PLAN, UNIT, Sheet, filled, read


def say(sheet: Sheet, key: str, value: str) -> None:
    """Change what the hidden sheet says."""
    for row in sheet.sheet(IDENTITY).iter_rows(min_col=1, max_col=2):
        if row[0].value == key:
            row[1].value = value


def title(sheet: Sheet, old: str, new: str) -> None:
    """Change a word in the titles of every sheet."""
    for name in (GUIDE, PROGRESS, FIGURES):
        for at in (TITLE_ROW, TITLE_ROW + 1):
            cell = sheet.sheet(name).cell(at, 1)
            cell.value = str(cell.value or "").replace(old, new)


def refused(folder: Path, sheet: Sheet, name: str = UNIT) -> list[Finding]:
    """Read one file; give what keeps it out."""
    returns = read(folder, 3, {name: sheet})
    assert not returns.returns
    return [found for found in returns.findings if found.code != "RET-MISSING"]


def accepted(folder: Path, sheet: Sheet, name: str = UNIT) -> Returns:
    returns = read(folder, 3, {name: sheet})
    assert [item.unit for item in returns.returns] == [UNIT]
    return returns


def notes(returns: Returns) -> dict[str, str]:
    return {f.code: f.found for f in returns.returns[0].findings if f.code.startswith("RET-IDENT")}


@pytest.mark.parametrize("year", ["2022", "2024"])
def test_return_of_the_right_quarter_of_another_year_is_refused(tmp_path: Path, year: str) -> None:
    """Last year's third quarter is no answer to this year's, though all else fits."""
    sheet = filled(UNIT, 3)
    say(sheet, "year", year)
    title(sheet, "2023年", f"{year}年")
    (found,) = refused(tmp_path, sheet)
    assert found.code == "RET-QUARTER-WRONG"
    assert (found.expected, found.found) == ("2023年第三季度", f"{year}年第三季度")


def test_return_of_another_quarter_is_refused(tmp_path: Path) -> None:
    sheet = filled(UNIT, 3)
    say(sheet, "quarter", "2")
    title(sheet, "第三季度", "第二季度")
    (found,) = refused(tmp_path, sheet)
    assert (found.code, found.found) == ("RET-QUARTER-WRONG", "2023年第二季度")


@pytest.mark.parametrize("key", ["2022年第三季度", "2023年第二季度"])
def test_title_of_another_period_than_the_hidden_sheet_is_refused(tmp_path: Path, key: str) -> None:
    """Somebody else's answers may stand below it; year and quarter count alike."""
    sheet = filled(UNIT, 3)
    title(sheet, "2023年第三季度", key)
    (found,) = refused(tmp_path, sheet)
    assert (found.code, found.found) == ("RET-TITLE", key)
    assert found.expected == f"{UNIT}2023年第三季度"


def test_title_of_another_unit_than_the_hidden_sheet_is_refused(tmp_path: Path) -> None:
    sheet = filled(UNIT, 3)
    title(sheet, UNIT, OTHER)
    (found,) = refused(tmp_path, sheet)
    assert (found.code, found.found) == ("RET-TITLE", OTHER)


def test_lost_hidden_sheet_leaves_the_titles(tmp_path: Path) -> None:
    """The year of a title counts as much as that of the hidden sheet."""
    sheet = filled(UNIT, 3)
    del sheet.book[IDENTITY]
    assert notes(accepted(tmp_path, sheet)) == {"RET-IDENTITY-MISSING": "表头"}
    title(sheet, "2023年", "2022年")
    (found,) = refused(tmp_path, sheet)
    assert (found.code, found.found) == ("RET-QUARTER-WRONG", "2022年第三季度")


def bare(sheet: Sheet) -> Sheet:
    """Take away the hidden sheet and every title."""
    del sheet.book[IDENTITY]
    for name in (GUIDE, PROGRESS, FIGURES):
        for at in (TITLE_ROW, TITLE_ROW + 1):
            sheet.sheet(name).cell(at, 1).value = None
    return sheet


@pytest.mark.parametrize(
    ("name", "by"),
    [
        (f"{UNIT}三季度", "文件名"),
        (f"{UNIT}Q3", "文件名"),
        (f"{UNIT}（第3季度）", "文件名"),
        (UNIT, "文件名和所在文件夹"),
        (f"{UNIT}二季度改三季度", "文件名和所在文件夹"),
    ],
)
def test_file_name_is_the_last_to_tell(tmp_path: Path, name: str, by: str) -> None:
    """Where it names no quarter, or two, the folder stands for it, and the finding says so."""
    assert notes(accepted(tmp_path, bare(filled(UNIT, 3)), name)) == {"RET-IDENTITY-MISSING": by}


def test_file_name_of_another_quarter_is_refused(tmp_path: Path) -> None:
    (found,) = refused(tmp_path, bare(filled(UNIT, 3)), f"{UNIT}Q2")
    assert (found.code, found.found) == ("RET-QUARTER-WRONG", "第2季度")


@pytest.mark.parametrize(
    ("year", "quarter", "label"),
    [
        (2023, 3, "2023年第三季度"),
        (None, 3, "第3季度"),
        (2023, None, "季度不明"),
        (2023, 5, "2023年第5季度"),
        (2023, 0, "2023年第0季度"),
        (1999, 1, "1999年第1季度"),
        (2000, 1, "2000年第一季度"),
        (2100, 4, "2100年第四季度"),
        (2101, 4, "2101年第4季度"),
    ],
)
def test_period_is_named_as_far_as_it_is_known(
    year: int | None, quarter: int | None, label: str
) -> None:
    """A quarter that cannot be is written as the sheet has it."""
    assert Identity(year=year, quarter=quarter).period_label == label


def test_names_of_units_are_found_in_a_text() -> None:
    """By name or alias, whatever spaces are in it; of two units none is guessed."""
    names = UnitNames(PLAN)
    assert [names.canonical(n) for n in (UNIT, "科技局", " 市科技 局", "科技", "")] == [
        UNIT, UNIT, UNIT, "", "",
    ]  # fmt: skip
    assert names.named_in("报送表-科技局（三季度）") == UNIT
    assert names.named_in(f"{UNIT}科技局") == UNIT
    assert names.named_in(f"{UNIT}和{OTHER}") == ""
    assert names.named_in("报送表") == ""
