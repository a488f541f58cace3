"""What came is filed once, registered with its day, and judged late by that day."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from reporting.assess.arrivals import arrivals
from reporting.assess.values import ReturnState
from reporting.errors import InputRefused, UsageError
from reporting.project.receipts import (
    COLUMNS,
    Receipt,
    keep_receipts,
    read_receipts,
    receipts_path,
)
from reporting.returns.reading.read import read_returns
from reporting.returns.receipts import receive, register_arrived
from reporting.returns.values import Returns
from reporting.system.digests import digest

from .toy import OTHER, PARAMS, PLAN, UNIT, filled, read

DUE = PARAMS.calendar[3].due


def zipped(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def listed(root: Path) -> list[tuple[str, str, int, str, str]]:
    return [
        (r.file.rsplit("/", 1)[-1], r.unit, r.round, str(r.received_on or ""), r.status)
        for r in read_receipts(root, 2023)
    ]


def test_register_gives_back_what_was_kept(tmp_path: Path) -> None:
    """Dates and channels of before stay; what became of a file is what is known last."""
    first = Receipt(
        file="a.xlsx", digest="d1", quarter=3, received_on=date(2023, 10, 18), channel="邮件",
        status="已收到，待核对",
    )  # fmt: skip
    keep_receipts(tmp_path, 2023, [first])
    again = Receipt(file="b.xlsx", digest="d1", unit=UNIT, quarter=3, round=2, status="已读入")
    other = Receipt(file="a.xlsx", digest="d1", quarter=2)
    (second, third) = keep_receipts(tmp_path, 2023, [again, other])
    assert second == other
    assert third == again.model_copy(update={"received_on": date(2023, 10, 18), "channel": "邮件"})
    assert read_receipts(tmp_path, 2023) == (second, third)
    assert receipts_path(tmp_path, 2023).read_bytes().startswith(b"\xef\xbb\xbffile,digest,unit,")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("a,d,,三,1,,,", "receipts.csv第2行：应有季度（1—4）"),
        ("a,d,,3,1,昨天,,", "实为“a，d，，3，1，昨天，，”"),
    ],
)
def test_row_that_is_not_understood_is_named(row: str, said: str, tmp_path: Path) -> None:
    """A slip in the register is told with its line and what stands there."""
    path = receipts_path(tmp_path, 2023)
    path.parent.mkdir(parents=True)
    path.write_text(",".join(COLUMNS) + "\n" + row, encoding="utf-8")
    with pytest.raises(InputRefused, match=said.replace("（", ".").replace("）", ".")):
        read_receipts(tmp_path, 2023)


def test_files_that_came_are_filed_once(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """An archive is filed file by file; what is there already is not filed again."""
    own = filled(UNIT, 3, second_quarter).save()
    (tmp_path / f"{UNIT}.xlsx").write_bytes(own)
    (tmp_path / "多家.zip").write_bytes(
        zipped({f"x/{OTHER}.xlsx": other_return, "../../外.txt": b"x", f"{UNIT}.xlsx": own})
    )
    files = [tmp_path / f"{UNIT}.xlsx", tmp_path / "多家.zip"]
    root = tmp_path / "project"
    filed = receive(root, PARAMS, 3, files, date(2023, 10, 19), "邮件")
    assert [r.file for r in filed] == [
        f"status/Q3/{UNIT}.xlsx", f"status/Q3/{OTHER}.xlsx", "status/Q3/外.txt",
    ]  # fmt: skip
    assert receive(root, PARAMS, 3, files, date(2023, 10, 25), "邮件") == ()
    assert {r.received_on for r in read_receipts(root, 2023)} == {date(2023, 10, 19)}
    assert not (tmp_path / "外.txt").exists()


def test_second_file_of_a_name_stands_beside_the_first(
    tmp_path: Path, second_quarter: tuple[Returns, ...]
) -> None:
    """Nothing that came is written over."""
    root, source = tmp_path / "project", tmp_path / f"{UNIT}.xlsx"
    for data in (b"one", b"two"):
        source.write_bytes(data)
        receive(root, PARAMS, 3, [source], DUE)
    names = sorted(path.name for path in (root / "status" / "Q3").iterdir())
    assert names == [f"{UNIT}.xlsx", f"{UNIT}（2）.xlsx"]


def test_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Nothing is filed of a name that leads nowhere."""
    with pytest.raises(UsageError, match="没有文件"):
        receive(tmp_path, PARAMS, 3, [tmp_path / "无.xlsx"], DUE)


def test_check_registers_each_file_with_what_became_of_it(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """Read, refused and other files all have their row; a folder's date is the day of receipt."""
    status = tmp_path / "status" / "Q3"
    (status / "2023-10-19").mkdir(parents=True)
    (status / "2023-10-19" / f"{OTHER}.xlsx").write_bytes(other_return)
    (status / f"{UNIT}.pdf").write_bytes(b"x")
    (status / "名单.txt").write_bytes(b"y")
    faulty = filled(UNIT, 3, second_quarter)
    faulty.put("2023-003-01", "self_rating", "差不多")
    returns = read(tmp_path, 3, {UNIT: faulty}, second_quarter)
    register_arrived(tmp_path, PARAMS, returns)
    assert sorted(listed(tmp_path)) == sorted(
        [
            (f"{OTHER}.xlsx", OTHER, 1, "2023-10-19", "已读入"),
            (f"{UNIT}.xlsx", UNIT, 1, "", "已读入，错误1处"),
            (f"{UNIT}.pdf", UNIT, 1, "", "未读入：其他文件"),
            ("名单.txt", "", 1, "", "未读入：其他文件"),
        ]
    )


@pytest.mark.parametrize(
    ("typed", "received", "codes", "state"),
    [
        (18, date(2023, 10, 19), [], ReturnState.ON_TIME),
        (18, date(2023, 10, 25), ["RET-LATE-RECEIVED"], ReturnState.LATE),
        (27, date(2023, 10, 19), ["RET-DAY-AFTER"], ReturnState.ON_TIME),
        (27, None, ["RET-LATE"], ReturnState.LATE),
        (18, None, [], ReturnState.ON_TIME),
    ],
)
def test_late_is_what_came_late(
    typed: int,
    received: date | None,
    codes: list[str],
    state: ReturnState,
    tmp_path: Path,
    second_quarter: tuple[Returns, ...],
    other_return: bytes,
) -> None:
    """The day of receipt decides where it is known; a typed day that disagrees is a note."""
    sheet = filled(UNIT, 3, second_quarter)
    sheet.put("2023-003-02", "reported_on", date(2023, 10, typed))
    data = sheet.save()
    receipt = Receipt(file="a.xlsx", digest=digest(data), quarter=3, received_on=received)
    keep_receipts(tmp_path, 2023, [receipt])
    returns = read(tmp_path, 3, {UNIT: data, OTHER: other_return}, second_quarter)
    assert [f.code for f in returns.all_findings] == codes
    states = {status.unit: status.state for status in arrivals(PLAN, returns, PARAMS)}
    assert states == {UNIT: state, OTHER: ReturnState.ON_TIME}


def test_receipt_of_another_quarter_says_nothing_of_this_one(
    tmp_path: Path, second_quarter: tuple[Returns, ...], other_return: bytes
) -> None:
    """One file may be sent in twice."""
    data = filled(UNIT, 3, second_quarter).save()
    late = Receipt(file="a", digest=digest(data), quarter=2, received_on=date(2023, 12, 1))
    keep_receipts(tmp_path, 2023, [late])
    read(tmp_path, 3, {UNIT: data, OTHER: other_return}, second_quarter)
    returns = read_returns(tmp_path, PARAMS, PLAN, 3, previous=second_quarter)
    assert returns.all_findings == ()
