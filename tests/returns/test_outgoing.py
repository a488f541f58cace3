"""Blank sheets put out again: only what changed is written, only what was ours goes."""

from pathlib import Path

import pytest

from reporting.returns.sheets.outgoing import WRITTEN, PutOut, put_out

BOOKS = {"甲.xlsx": b"1", "乙.xlsx": b"2"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with two sheets that were written into it."""
    put_out(tmp_path / "sheets", BOOKS)
    return tmp_path / "sheets"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_asks_the_same_is_not_written_again(folder: Path) -> None:
    """One question changed: one file has a new date, and is to go out again."""
    (folder / "甲.xlsx").touch()
    then = (folder / "甲.xlsx").stat().st_mtime_ns
    done = put_out(folder, BOOKS | {"乙.xlsx": b"3"})
    assert done == PutOut(same=("甲.xlsx",), fresh=("乙.xlsx",))
    assert (folder / "甲.xlsx").stat().st_mtime_ns == then
    assert (folder / "乙.xlsx").read_bytes() == b"3"
    assert list(done.told(Path("夹"))) == [
        "已写入空白报送表1份，另有1份与上次相同，没有重写：夹", "须重新发出的：乙.xlsx",
    ]  # fmt: skip


def test_sheet_of_a_renamed_unit_is_taken_away(folder: Path) -> None:
    """The old name's goes, the new one's comes."""
    done = put_out(folder, {"甲.xlsx": b"1", "丙.xlsx": b"2"})
    assert done == PutOut(same=("甲.xlsx",), fresh=("丙.xlsx",), removed=("乙.xlsx",))
    assert names(folder) == sorted(["丙.xlsx", "甲.xlsx", WRITTEN])
    assert "已不再需要、已经删除的：乙.xlsx" in list(done.told(folder))


@pytest.mark.parametrize("now", [{"甲.xlsx": b"1"}, {"甲.xlsx": b"1", "乙.xlsx": b"3"}])
def test_sheet_that_somebody_wrote_into_stays(folder: Path, now: dict[str, bytes]) -> None:
    """Neither removed nor overwritten, this time and the next, and named."""
    (folder / "乙.xlsx").write_bytes(b"typed")
    done = put_out(folder, now)
    assert (done.fresh, done.removed, done.altered) == ((), (), ("乙.xlsx",))
    assert "原样保留的（请移走后再运行）：乙.xlsx" in list(done.told(folder))[1]
    again = put_out(folder, now)
    assert (folder / "乙.xlsx").read_bytes() == b"typed"
    assert "乙.xlsx" in (*again.altered, *again.foreign)


def test_what_the_program_did_not_write_stays_and_is_named(tmp_path: Path) -> None:
    """A list of one's own, and a workbook that has a unit's name already."""
    (tmp_path / "台账.xlsx").write_bytes(b"x")
    (tmp_path / "甲.xlsx").write_bytes(b"filled")
    done = put_out(tmp_path, BOOKS)
    assert (done.fresh, done.altered, done.foreign) == (("乙.xlsx",), ("甲.xlsx",), ("台账.xlsx",))
    assert (tmp_path / "甲.xlsx").read_bytes() == b"filled"
    assert "不是本季度空白表、原样保留的：台账.xlsx" in list(done.told(tmp_path))


def test_list_that_names_what_lies_elsewhere_removes_nothing(folder: Path) -> None:
    """A list is a file like any other: it may have been written by hand."""
    other = folder.parent / "外.xlsx"
    other.write_bytes(b"1")
    text = (folder / WRITTEN).read_text(encoding="utf-8")
    (folder / WRITTEN).write_text(text.replace("乙.xlsx", "../外.xlsx"), encoding="utf-8")
    assert put_out(folder, {"甲.xlsx": b"1"}).removed == ()
    assert other.exists()
