"""Letters of a return that no font of the project has."""

from pathlib import Path

from system.making import RARE, write_font

from .toy import UNIT, filled, read

ROW = "2023-003-01"


def told(folder: Path) -> list[tuple[str, str, str]]:
    sheet = filled(UNIT, 3)
    sheet.put(ROW, "progress", f"由陈{RARE}同志在𠅤河镇牵头，完成招标。")
    returns = read(folder, 3, {UNIT: sheet})
    return [
        (f.severity.label, f.sheet + f.cell[:1], f.message)
        for f in returns.all_findings
        if f.code == "RET-LETTER"
    ]


def test_letter_that_no_font_has_is_told_by_its_cell(tmp_path: Path) -> None:
    """The unit may have mistyped it; the office can bring a font that has it."""
    ((severity, cell, message),) = told(tmp_path)
    assert (severity, cell[:2]) == ("提醒", "进展")
    assert message == (
        f"项目的字体都没有“{RARE}”（U+2AE29），报告中以代码标出；请核对用字，确为此字的，由汇总"
        "单位把有此字的字体文件（如花园明朝、全字库、遍黑体）放进项目的 fonts 文件夹。"
    )


def test_letter_of_an_own_font_is_no_matter(tmp_path: Path) -> None:
    write_font(tmp_path / "fonts/own.ttf")
    assert told(tmp_path) == []
