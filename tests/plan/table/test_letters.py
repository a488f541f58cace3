"""Signs that nobody sees and letters that no font has: each told by file, line and cell."""

from pathlib import Path

import pytest
from system.making import RARE, write_font

from reporting.findings import Finding

from ..builders import codes, page, params, read, tabbed, xlsx
from .made import NUMBERED, TASKS, document, word_row

ROW = (*TASKS[0][:3], f"陈{RARE}", "𠅤河镇", "𰻞石桥管理所")
HIDDEN = (
    *TASKS[0][:2], f"\u00ad{TASKS[0][2]}\ufeff", "王\u200b小明\u202e", "葛\U000e0100镇", "\ue000村"
)  # fmt: skip


def found(folder: Path, data: str | bytes, name: str, *told: str) -> list[Finding]:
    plan = read(folder, data, name)
    return [finding for finding in plan.findings if finding.code in told]


@pytest.mark.parametrize(
    ("form", "place"), [("xlsx", "E2的"), ("docx", "第2行第4格的"), ("html", "第2行第4格的")]
)
def test_letter_that_no_font_has_is_told_by_its_cell(tmp_path: Path, form: str, place: str) -> None:
    """With what would mend it; letters that a font of the packages has are told of nowhere."""
    data = {
        "xlsx": lambda: xlsx([ROW], [], NUMBERED),
        "docx": lambda: document([word_row(*NUMBERED), word_row(*ROW)]),
        "html": lambda: page([ROW], [], NUMBERED),
    }[form]()
    (told,) = found(tmp_path, data, f"t.{form}", "PLAN-LETTER")
    assert (told.severity, told.file, told.found) == (
        "warning", f"t.{form}", f"{told.found.partition('的')[0]}的“{RARE}”（U+2AE29）"
    )  # fmt: skip
    assert told.found.startswith(place) or form != "docx"
    assert told.line is not None
    assert "花园明朝、全字库、遍黑体）放进项目的 fonts 文件夹。" in told.message


def test_letter_of_a_text_file_is_told_by_its_line(tmp_path: Path) -> None:
    (told,) = found(tmp_path, tabbed([TASKS[0], ROW], NUMBERED), "t.txt", "PLAN-LETTER")
    assert (told.where, told.found) == ("t.txt第3行", f"“{RARE}”（U+2AE29）")


def test_nothing_is_told_once_the_folder_has_the_font(tmp_path: Path) -> None:
    """But of what lies there and is no font."""
    write_font(tmp_path / "fonts/own.ttf")
    (tmp_path / "fonts/坏.otf").write_bytes(b"none")
    told = found(tmp_path, tabbed([ROW], NUMBERED), "t.txt", "PLAN-LETTER", "PLAN-FONT")
    assert [(one.code, one.file) for one in told] == [("PLAN-FONT", "fonts/坏.otf")]
    assert told[0].message == "fonts 文件夹中应为可用的字体文件，实际不是完好的字体文件，未使用。"


def test_letter_of_the_parameters_is_told_by_its_line(tmp_path: Path) -> None:
    """Of masthead, people, other names and contact."""
    text = (
        f"year: 2024\nmasthead:\n  city: 某市\n  issuing_office: {RARE}县政府\npeople: [陈{RARE}]\n"
    )
    (tmp_path / "params").mkdir()
    (tmp_path / "params/2024.yml").write_text(text, encoding="utf-8")
    head = params().masthead.model_copy(update={"issuing_office": f"{RARE}县政府"})
    plan = read(
        tmp_path, tabbed(TASKS, NUMBERED), masthead=head.model_dump(), people=(f"陈{RARE}",)
    )
    told = [finding.where for finding in plan.findings if finding.code == "PLAN-LETTER"]
    assert told == ["2024.yml第4行", "2024.yml第5行"]


@pytest.mark.parametrize("form", ["xlsx", "docx", "txt"])
def test_hidden_signs_are_left_out_and_told(tmp_path: Path, form: str) -> None:
    """Two names that look the same are the same; a letter of a font's own is no letter."""
    data = {
        "xlsx": lambda: xlsx([HIDDEN], [], NUMBERED),
        "docx": lambda: document([word_row(*NUMBERED), word_row(*HIDDEN)]),
        "txt": lambda: tabbed([HIDDEN], NUMBERED).encode(),
    }[form]()
    plan = read(tmp_path, data, f"t.{form}")
    assert plan.tasks[0].leaders == ("王小明",)
    assert plan.tasks[0].lead_units == ("葛镇",)
    told = {
        code: "".join(f.found for f in plan.findings if f.code == code)
        for code in ("PLAN-UNSEEN", "PLAN-UNSHOWN")
    }
    assert told == {
        "PLAN-UNSEEN": "〔U+00AD〕〔U+FEFF〕〔U+200B〕〔U+202E〕〔U+E0100〕",
        "PLAN-UNSHOWN": "〔U+E000〕",
    }
    assert all(f.line == 2 for f in plan.findings if f.code in told)


def test_plain_table_tells_of_neither(tmp_path: Path) -> None:
    plan = read(tmp_path, tabbed(TASKS, NUMBERED))
    assert not {"PLAN-LETTER", "PLAN-FONT", "PLAN-UNSEEN", "PLAN-UNSHOWN"} & codes(plan)
