"""Who owes what, how pressing it is on which day, and the drafts of mail that say so."""

import io
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pydantic import ValidationError

from reporting.findings import Finding, Severity
from reporting.project.params import Params, QuarterDates
from reporting.project.receipts import Receipt, keep_receipts
from reporting.returns.check import write_check
from reporting.returns.layout import asked
from reporting.returns.office.letters import FOLDER, LIST
from reporting.returns.office.remind import Degree, reminders
from reporting.returns.office.today import Today, today
from reporting.returns.promises.values import LeftOpen
from reporting.returns.values import Returns
from reporting.system.digests import digest

from ..toy import OTHER, PARAMS, PLAN, UNIT, filled, read

TURN, FAIR = "2023-001-T03", "2023-003-01"
DUE = date(2023, 10, 20)


def on(day: date | None) -> Today:
    return Today(day=day, said="")


def dated(**dates: object) -> Params:
    third = QuarterDates.model_validate(PARAMS.calendar[3].model_dump() | dates)
    return PARAMS.model_copy(update={"calendar": PARAMS.calendar | {3: third}})


SUPERVISED = dated(supervise=date(2023, 10, 25))


@pytest.fixture(scope="module")
def faulty(
    tmp_path_factory: pytest.TempPathFactory, second_quarter: tuple[Returns, ...]
) -> tuple[Path, Returns]:
    """Return a project whose one return has an error and a doubt, and whose other is silent."""
    root = tmp_path_factory.mktemp("project")
    sheet = filled(UNIT, 3, second_quarter)
    sheet.put(FAIR, "self_rating", "还行")
    sheet.put(TURN, "actual", 9000)
    return root, read(root, 3, {UNIT: sheet}, second_quarter)


def test_list_names_who_owes_what(faulty: tuple[Path, Returns]) -> None:
    """First the silent unit with its tasks, then the one with errors with its cells."""
    told = reminders(faulty[1], PLAN, PARAMS, on(date(2023, 10, 23)))
    assert [(r.unit, r.state, r.owed, r.late) for r in told.owed] == [
        (OTHER, "未报送", "报送表全部2行（任务3）", 3),
        (UNIT, "需更正", "更正1处：进展!H6（自评用词）；答复1处：指标!M4（远超计划）", 3),
    ]
    assert told.notes[0] == "催报：共2个单位，未报送1个、需更正1个。"


@pytest.mark.parametrize(
    ("day", "degree"),
    [
        (date(2023, 10, 17), Degree.REMIND),
        (date(2023, 10, 20), Degree.REMIND),
        (date(2023, 10, 21), Degree.CHASE),
        (date(2023, 10, 25), Degree.CHASE),
        (date(2023, 10, 26), Degree.SUPERVISE),
        (None, Degree.UNKNOWN),
    ],
)
def test_degree_goes_by_the_day(
    day: date | None, degree: Degree, faulty: tuple[Path, Returns]
) -> None:
    """From three days before, after the due day, after the second day; unknown without one."""
    told = reminders(faulty[1], PLAN, SUPERVISED, on(day))
    assert {one.degree for one in told.owed} == {degree}
    assert told.notes[1].endswith(
        "2023年10月17日起提醒，2023年10月20日后催报，2023年10月25日后督办。"
    )


def test_nobody_is_listed_before_it_is_time(faulty: tuple[Path, Returns]) -> None:
    """Four days before the due day nobody is reminded, and the list says how many still owe."""
    told = reminders(faulty[1], PLAN, PARAMS, on(date(2023, 10, 16)))
    assert (told.owed, told.waiting) == ((), (UNIT, OTHER))
    assert told.notes[0].startswith("尚未到提醒日期，暂不催报；尚有2个单位待报送")


def test_without_a_second_day_nobody_is_supervised(faulty: tuple[Path, Returns]) -> None:
    """However late it is; the list says that no such day is set."""
    told = reminders(faulty[1], PLAN, PARAMS, on(date(2024, 3, 1)))
    assert {one.degree for one in told.owed} == {Degree.CHASE}
    assert told.notes[1].endswith("参数文件没有写明督办日期（supervise），不列督办。")


def test_second_day_comes_after_the_due_day() -> None:
    """A slip in the parameters is told."""
    with pytest.raises(ValidationError, match="supervise（督办日期）应在 due（报送日期）之后"):
        dated(supervise=DUE)


def test_rows_are_those_of_the_sheet_that_was_sent_out(faulty: tuple[Path, Returns]) -> None:
    """What was left open before is owed as well."""
    issued = asked(PLAN, OTHER, 3, LeftOpen(overdue=("2023-003-01",)))
    more = issued.model_copy(update={"rows": (*issued.rows, issued.rows[0])})
    told = reminders(faulty[1], PLAN, PARAMS, on(DUE), [more, issued])
    assert told.owed[0].rows == len(issued.rows) + 1


def test_unit_with_doubts_alone_owes_an_answer() -> None:
    """What is to be answered is counted apart from what is to be corrected."""
    doubt = Finding(code="RET-CAUSE", severity=Severity.CONFIRM, message="请核实。", unit=UNIT)
    returns = Returns(year=2023, quarter=2, returns=(), missing=(), findings=(doubt,))
    (owed,) = reminders(returns, PLAN, PARAMS, on(None)).owed
    assert (owed.state, owed.errors, owed.asked) == ("需答复", 0, 1)


def test_unit_that_sent_another_kind_of_file_is_told_what_came(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """It is not said to be silent, and still owes its sheet."""
    folder = tmp_path / "status" / "Q3"
    folder.mkdir(parents=True)
    (folder / f"{UNIT}.pdf").write_bytes(b"x")
    returns = read(tmp_path, 3, {OTHER: other_return}, second_quarter)
    (owed,) = reminders(returns, PLAN, PARAMS, on(DUE)).owed
    assert (owed.unit, owed.state) == (UNIT, "未读入")
    came = "已收到“市科技局.pdf”：已收到但不能读取；"
    assert owed.owed == f"{came}报送表全部4行（任务1、2、3）"


def test_day_is_given_or_set_or_that_of_the_last_receipt() -> None:
    """In this order; without any it is not known, and the sentence asks for it."""
    receipts = [
        Receipt(file=str(n), digest=str(n), quarter=quarter, received_on=date(2023, 10, n))
        for n, quarter in ((18, 3), (19, 3), (28, 2))
    ]
    known = dated(as_of=date(2023, 10, 24))
    given = date(2023, 10, 30)
    assert today(given, known, 3, receipts).said == "日期按2023年10月30日计（核对时给出）。"
    assert today(None, known, 3, receipts).day == date(2023, 10, 24)
    last = today(None, PARAMS, 3, receipts)
    assert last.said == "日期按2023年10月19日计（最近一次登记收到的日期）。"
    nothing = today(None, PARAMS, 3, [])
    assert nothing.day is None
    assert "没有给出日期" in nothing.said
    assert "--date 2023-10-20" in nothing.said


def drafts(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted((folder / FOLDER).glob("*.eml"))}


def parsed(data: bytes) -> EmailMessage:
    found = message_from_bytes(data, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def test_drafts_say_what_is_owed_and_carry_the_copy(
    faulty: tuple[Path, Returns], tmp_path: Path
) -> None:
    """One a unit, with a date but no clock, an address only where there is one, the same bytes."""
    root, returns = faulty
    params = SUPERVISED.model_copy(update={"recipients": {UNIT: "kj@example.gov.cn"}})
    sheets = tmp_path / "out" / "sheets"
    sheets.mkdir(parents=True)
    (sheets / f"{OTHER}.xlsx").write_bytes(b"blank")
    runs = []
    for _ in range(2):
        write_check(root, params, PLAN, returns, tmp_path / "out", on=date(2023, 10, 26))
        runs.append(drafts(tmp_path / "out" / "sendback"))
    found = runs[0]
    assert found == runs[1]
    assert list(found) == [f"督办_{OTHER}.eml", f"督办_{UNIT}.eml"]
    own, silent = parsed(found[f"督办_{UNIT}.eml"]), parsed(found[f"督办_{OTHER}.eml"])
    assert own["Subject"] == f"【督办】2023年第三季度任务报送表：{UNIT}需更正"
    assert (own["To"], silent["To"]) == ("kj@example.gov.cn", None)
    assert own["Date"] == "Thu, 26 Oct 2023 00:00:00 +0800"
    assert own["Message-ID"] is None
    body = own.get_body()
    assert body is not None
    text = body.get_content()
    assert "应于2023年10月20日前报送，已逾期6天。经催报仍未办结" in text
    assert "更正1处：进展!H6（自评用词）；答复1处：指标!M4（远超计划）" in text
    (attached,) = own.iter_attachments()
    assert attached.get_filename() == f"{UNIT}.xlsx"
    copy = (tmp_path / "out" / "sendback" / f"{UNIT}.xlsx").read_bytes()
    assert attached.get_content() == copy
    assert "核对意见" in load_workbook(io.BytesIO(copy)).sheetnames
    names = [part.get_filename() for part in silent.iter_attachments()]
    assert names == [f"{OTHER}（空白报送表）.xlsx"]


def test_drafts_go_with_the_day_and_leave_what_the_office_wrote(
    faulty: tuple[Path, Returns], tmp_path: Path
) -> None:
    """Of another degree they take the place of those before; others' files are never touched."""
    root, returns = faulty
    folder = tmp_path / "sendback"
    write_check(root, SUPERVISED, PLAN, returns, tmp_path, on=date(2023, 10, 19))
    assert [name[:2] for name in drafts(folder)] == ["提醒", "提醒"]
    (folder / FOLDER / "往来.eml").write_bytes(b"theirs")
    (folder / FOLDER / f"提醒_{UNIT}.eml").write_bytes(b"edited")
    write_check(root, SUPERVISED, PLAN, returns, tmp_path, on=date(2023, 10, 23))
    found = drafts(folder)
    assert sorted(found) == sorted(
        [f"催报_{OTHER}.eml", f"催报_{UNIT}.eml", f"提醒_{UNIT}.eml", "往来.eml"]
    )
    assert found[f"提醒_{UNIT}.eml"] == b"edited"
    write_check(root, SUPERVISED, PLAN, returns, tmp_path)
    assert sorted(drafts(folder)) == sorted([f"提醒_{UNIT}.eml", "往来.eml"])
    assert (folder / FOLDER / LIST).is_file()


def test_address_that_is_none_is_refused() -> None:
    """A line break or a second address cannot get into the head of a letter."""
    for wrong in ("甲", "a@b\nBcc: c@d", "a@b,c@d", "<a@b>"):
        with pytest.raises(ValidationError, match="recipients"):
            Params.model_validate(PARAMS.model_dump() | {"recipients": {UNIT: wrong}})


def test_list_says_the_same_on_page_and_sheet(faulty: tuple[Path, Returns], tmp_path: Path) -> None:
    """With the day it goes by, which comes from the last receipt here."""
    root, returns = faulty
    keep_receipts(
        root, 2023,
        [Receipt(file="a", digest=digest(b"a"), quarter=3, received_on=date(2023, 10, 21))],
    )  # fmt: skip
    params = PARAMS.model_copy(update={"recipients": {"某镇": "a@b.cn"}})
    write_check(root, params, PLAN, returns, tmp_path)
    sheet = load_workbook(tmp_path / "sendback" / "催报名单.xlsx")["催报名单"]
    page = (tmp_path / "sendback" / "催报名单.html").read_text(encoding="utf-8")
    said = "日期按2023年10月21日计（最近一次登记收到的日期）。"
    assert said in page
    assert said in str(sheet["A2"].value)
    assert "recipients 中的某镇不是牵头单位" in page
    assert [[sheet.cell(r, c).value for c in (2, 3, 4)] for r in (4, 5)] == [
        ["催报", OTHER, "未报送"],
        ["催报", UNIT, "需更正"],
    ]
    assert '<td class="short">未报送</td>' in page
