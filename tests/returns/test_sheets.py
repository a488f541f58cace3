"""The sheets sent out: filters, colours, instructions, links, parts that every program reads."""

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

from reporting.assess.rating.rule import clauses
from reporting.findings import Finding
from reporting.periods import Period
from reporting.project.params import Contact, Params
from reporting.project.rating import RatingRule
from reporting.returns.layout import (
    COLUMNS,
    FIGURES,
    GUIDE,
    PROGRESS,
    SELF_CHECK,
    SIGN_OFF,
)
from reporting.returns.reading.read import read_returns
from reporting.returns.sheets.blank import build_book, write_sheet
from reporting.returns.sheets.sendback import annotate
from reporting.returns.values import Returns

from .toy import OTHER, PARAMS, PLAN, UNIT, Sheet, blank, filled, read, told

KNOWING = PARAMS.model_copy(
    update={
        "contact": Contact(name="督查室王某", phone="0000-1234567", send_to="市府大院1号楼"),
        "rating": RatingRule(tolerance=5, far_behind=20),
    }
)


def guide_of(params: Params) -> dict[str, str]:
    """Return the instructions by topic."""
    sheet = build_book(PLAN, params, UNIT, 3)[GUIDE]
    rows = sheet.iter_rows(min_row=4, max_col=2, values_only=True)
    return {str(topic): str(text) for topic, text in rows}


def test_filter_that_is_permitted_is_there() -> None:
    """The head of each table has its arrows, and the lock leaves them to the reader."""
    book = blank(UNIT, 3).book
    for name in (PROGRESS, FIGURES, SELF_CHECK):
        sheet = book[name]
        assert sheet.protection.sheet
        assert not sheet.protection.autoFilter
        assert re.fullmatch(r"A3:[A-Z]+\d+", sheet.auto_filter.ref or "")


def colours(book: Workbook, name: str) -> dict[str, str]:
    """Return the range of each rule of colour by its formula."""
    return {
        rule.formula[0]: str(area.sqref)
        for area in book[name].conditional_formatting
        for rule in area.rules
    }


def test_what_is_missing_is_coloured() -> None:
    """Obligatory cells while they are empty; figures that are due, and those alone."""
    sheet = blank(UNIT, 3)
    found = colours(sheet.book, PROGRESS)
    rating, first = sheet.address("2023-001-02", "self_rating"), "2023-001-02"
    assert found[f"LEN(TRIM({rating}))=0"] == f"{rating}:{rating[0]}7"
    # The first row is to be signed; those below may say the same by saying nothing.
    reporter = sheet.address(first, "reporter")
    assert found[f"LEN(TRIM({reporter}))=0"] == reporter
    due = [sheet.address(name, "actual") for name in ("2023-001-T03", "2023-001-T04")]
    assert colours(sheet.book, FIGURES)[f"LEN({due[0]})=0"] == " ".join(due)


def test_figure_that_must_not_fall_is_coloured_where_it_does() -> None:
    """Of what adds up over the year; the figure of one quarter may be lower than the last."""
    sheet = blank(UNIT, 3)
    rules = colours(sheet.book, FIGURES)
    running = next(area for formula, area in rules.items() if "ISNUMBER" in formula)
    assert running == sheet.address("2023-001-T03", "actual")


def test_instructions_say_the_rule_by_its_thresholds() -> None:
    """The words are those of the packs, with the limits of the parameters."""
    said = guide_of(KNOWING)["指标核定"]
    printed = "".join(clause.text for clause in clauses(KNOWING.rating))
    for words in (
        "差距不超过5个百分点的，核定为“达到序时进度”。",
        "差距大于20个百分点的，核定为“严重滞后”。",
    ):
        assert words in said
        assert words in printed


def test_instructions_name_whom_to_ask() -> None:
    """Who and where stand there as far as they are known; nothing is made up."""
    said = guide_of(KNOWING)
    assert said["联系人"] == "督查室王某，电话：0000-1234567"
    assert said["报送至"] == "市府大院1号楼"
    assert {"联系人", "报送至"} & set(guide_of(PARAMS)) == set()
    assert PARAMS.contact.missing == ("name", "phone", "send_to")
    assert KNOWING.contact.missing == ()


def test_example_is_no_answer(tmp_path: Path) -> None:
    """It is marked on each line, and a sheet that holds nothing else is blank."""
    topics = list(guide_of(PARAMS))
    assert all(topic.startswith("示例") for topic in topics[topics.index("填写示例") + 1 :])
    returns = read(tmp_path, 3, {UNIT: blank(UNIT, 3)})
    assert ("RET-BLANK", "", "") in told(returns)


def test_lines_lead_to_their_cells() -> None:
    """Each line of 自查 links to the first cell to be filled in, by the head of its column."""
    sheet = blank(UNIT, 3)
    links = {
        cell.hyperlink.location: cell.value
        for row in sheet.book[SELF_CHECK].iter_rows()
        for cell in row
        if cell.hyperlink
    }
    rating, actual = (
        sheet.address(row_id, name)
        for row_id, name in (("2023-002-01", "self_rating"), ("2023-001-T04", "actual"))
    )
    assert links[f"'{PROGRESS}'!{rating}"] == f"{PROGRESS}{rating}"
    assert links[f"'{FIGURES}'!{actual}"] == f"{FIGURES}{actual}"
    assert len(links) == 7


def test_head_on_every_page_to_sign_is_true_of_every_table_on_it() -> None:
    """Pages that go on with figures repeat the first head, which names their columns too."""
    page = blank(UNIT, 3).book[SIGN_OFF]
    assert page.print_title_rows == "$3:$3"
    heads = [str(cell.value).split("\n") for cell in page[3]]
    row = next(row for row in page.iter_rows(min_row=4) if row[1].value == "量化指标")
    for head, cell in list(zip(heads, row, strict=True))[2:]:
        assert head[1] == f"指标：{cell.value}"
    assert page.row_dimensions[3].height > 2 * 14


def test_head_of_a_page_to_sign_without_figures_is_plain() -> None:
    """What is not asked is not named."""
    page = blank(OTHER, 3).book[SIGN_OFF]
    assert [cell.value for cell in page[3]] == [
        "任务号", "任务和本季度计划", "单位自评", "本季度进展", "存在问题、原因",
        "下一步措施、时限",
    ]  # fmt: skip


def test_table_without_questions_says_so(tmp_path: Path) -> None:
    """A unit that owes no figure is not told to fill in figures, and the line is not its own."""
    sheet = filled(OTHER, 3)
    assert sheet.book[FIGURES]["A2"].value == "本季度没有需要填报的量化指标，“指标”表为空。"
    assert "RET-CELL-STRAY" not in {code for code, *_ in told(read(tmp_path, 3, {OTHER: sheet}))}
    del sheet.book[SELF_CHECK]
    del sheet.book["标识"]
    returns = read(tmp_path, 3, {OTHER: sheet})
    assert ("RET-CELL-STRAY", FIGURES, "A2") not in told(returns)
    assert "RET-IDENTITY-MISSING" in {code for code, *_ in told(returns)}


def test_total_stands_above_each_table() -> None:
    """What is left is seen where it is typed."""
    book = blank(UNIT, 3).book
    for name in (PROGRESS, FIGURES):
        at = next(at for at, spec in enumerate(COLUMNS[name], 1) if spec.fill)
        assert book[name].cell(1, at).value == f"='{SELF_CHECK}'!$A$2"


def test_blank_sheet_shows_what_is_left_where_nothing_is_reckoned() -> None:
    """A preview shows the saved values: the total, above each table too, and each line's."""
    shown = shown_by_openpyxl(write_sheet(PLAN, PARAMS, UNIT, 3))
    total = "还有13处待填或者待核：待填13处，待核0处。"
    assert shown[SELF_CHECK][2, 1] == shown[PROGRESS][1, 8] == shown[FIGURES][1, 13] == total
    assert [shown[SELF_CHECK][row, 4] for row in (4, 5, 10, 8)] == [
        "待填5处", "待填2处", "√", "待填1处",
    ]  # fmt: skip
    assert shown[SELF_CHECK][9, 5] == "指标未填（计划11.3亿元）"


def test_sheet_that_is_filled_claims_nothing_where_nothing_is_reckoned() -> None:
    """What a blank one lacks is not said of one that holds answers."""
    shown = shown_by_openpyxl(filled(UNIT, 3).save())
    assert {(2, 1), (4, 4), (4, 5)} & set(shown[SELF_CHECK]) == set()


def test_formulas_know_no_function_of_later_years() -> None:
    """Excel of 2007, WPS and LibreOffice know every function that is used."""
    known = {
        "AND", "CELL", "CHAR", "CLEAN", "COUNTBLANK", "COUNTIF", "DATE", "FIND", "IF", "INT",
        "ABS", "ISERROR", "ISNUMBER", "LEFT", "LEN", "MID", "NOT", "OR", "ROUND", "SUBSTITUTE",
        "SUM", "SUMPRODUCT", "TEXT", "TRIM", "UPPER",
    }  # fmt: skip
    book = blank(UNIT, 3).book
    used = set()
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            assert len(str(cell.value)) < 8192
            plain = re.sub('"[^"]*"', "", str(cell.value))
            used |= set(re.findall(r"([A-Z]+)\(", plain))
    assert used <= known


def sent_back(data: bytes) -> bytes:
    """Return the copy of a workbook in which one cell was found empty."""
    noted = Finding(
        code="RET-EMPTY",
        severity="error",
        message="必填。",
        file="a.xlsx",
        sheet=PROGRESS,
        cell="H4",
    )
    return annotate(data, [noted], Period(year=2023, quarter=3))


def shown_by_openpyxl(data: bytes) -> dict[str, dict[tuple[int, int], object]]:
    """Return the value of every cell that has one, by sheet, row and column; days as such."""
    book = load_workbook(io.BytesIO(data), data_only=True)
    return {
        sheet.title: {
            (cell.row, cell.column): (
                cell.value.date() if isinstance(cell.value, datetime) else cell.value
            )
            for row in sheet.iter_rows() for cell in row
            # Of an empty cell that leads elsewhere, openpyxl gives the place.
            if cell.value is not None
            and not (cell.hyperlink and cell.value == cell.hyperlink.location)
        }
        for sheet in book.worksheets
    }  # fmt: skip


def shown_by_calamine(data: bytes) -> dict[str, dict[tuple[int, int], object]]:
    """Return the same by a reader that has nothing in common with ours."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }
    return {
        name: {
            (row, column): value
            for row, values in enumerate(rows, 1) for column, value in enumerate(values, 1)
            if value != ""
        }
        for name, rows in sheets.items()
    }  # fmt: skip


def test_another_reader_sees_the_same_cells(second_quarter: tuple[Returns, ...]) -> None:
    """Of the sheet sent out, of one filled in, and of its copy sent back."""
    sent = write_sheet(PLAN, PARAMS, UNIT, 3, second_quarter)
    answered = filled(UNIT, 3, second_quarter)
    answered.put("2023-001-02", "due_date", datetime(2023, 11, 30))
    for data in (sent, answered.save(), sent_back(sent), sent_back(answered.save())):
        shown = shown_by_openpyxl(data)
        assert sum(map(len, shown.values())) > 200
        assert shown_by_calamine(data) == shown


def test_parts_are_those_that_every_program_reads(second_quarter: tuple[Returns, ...]) -> None:
    """Texts are shared and addresses relative, in the sheet sent out and in its copy."""
    sent = blank(UNIT, 3, second_quarter).save()
    for data in (sent, sent_back(sent)):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        assert "xl/sharedStrings.xml" in parts
        assert not [name for name, part in parts.items() if b"inlineStr" in part]
        assert not [
            name for name, part in parts.items() if name.endswith(".rels") and b'Target="/' in part
        ]


def test_what_is_typed_beside_the_aids_is_told(
    tmp_path: Path, second_quarter: tuple[Returns, ...]
) -> None:
    """Nothing of them is read, and nothing that a unit wrote on them is lost."""
    sheet = filled(UNIT, 3, second_quarter)
    sheet.book[SELF_CHECK]["E40"] = "请见附件"
    sheet.book[SIGN_OFF]["B30"] = "李某某"
    returns = read(tmp_path, 3, {UNIT: sheet}, second_quarter)
    assert told(returns)[:2] == [
        ("RET-CELL-STRAY", SELF_CHECK, "E40"), ("RET-CELL-STRAY", SIGN_OFF, "B30"),
    ]  # fmt: skip


def test_sheet_is_held_to_the_instructions_it_was_sent_out_with(
    tmp_path: Path, second_quarter: tuple[Returns, ...]
) -> None:
    """Whoever is to be asked since, and by whatever limits, no word of it is the unit's."""
    book = build_book(PLAN, KNOWING, UNIT, 3, second_quarter)
    good = filled(UNIT, 3, second_quarter)
    for name in (PROGRESS, FIGURES):
        for row in good.book[name].iter_rows(min_row=4):
            for cell in row:
                book[name][cell.coordinate].value = cell.value
    path = tmp_path / f"status/Q3/{UNIT}.xlsx"
    path.parent.mkdir(parents=True)
    path.write_bytes(Sheet(book, UNIT, 3).save())
    returns = read_returns(tmp_path, PARAMS, PLAN, 3, previous=second_quarter)
    assert [f.code for f in returns.all_findings if f.unit == UNIT] == []


@pytest.mark.parametrize("name", [SELF_CHECK, SIGN_OFF])
def test_sheet_without_an_aid_is_read_like_any_other(
    name: str, tmp_path: Path, second_quarter: tuple[Returns, ...]
) -> None:
    """A unit that removed one owes nothing for it."""
    sheet = filled(UNIT, 3, second_quarter)
    del sheet.book[name]
    returns = read(tmp_path, 3, {UNIT: sheet}, second_quarter)
    assert [f.code for f in returns.all_findings if f.unit == UNIT] == []


def test_what_is_merely_shown_is_no_question() -> None:
    """Other limits and another contact leave the edition of a workbook alone."""
    one, two = (
        load_workbook(io.BytesIO(write_sheet(PLAN, params, UNIT, 3)))["标识"]["B4"].value
        for params in (PARAMS, KNOWING)
    )
    assert one == two
