"""What each unit and leader is sent: theirs alone, complete, with checksums that check."""

import csv
import io
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from openpyxl import load_workbook

from release.conftest import A, B, Story
from reporting.assess.values import Assessment, Subject, SubjectKind
from reporting.errors import UsageError
from reporting.pipeline import assess_period
from reporting.release.distribute import LIST, NOTE, SUMS, Sent, parcels, write_list
from reporting.release.handout import published_files, write_parcels
from reporting.returns.values import ProgressRow

ROOT = Path(__file__).parents[2]


def unzip(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_each_gets_the_published_files_with_a_note(story: Story) -> None:
    """The report as published, its data, a note that counts them, sums that fit."""
    files = published_files(story.office.pack)
    city = assess_period(story.office.root, story.office.params, 1)
    found = {parcel.subject.name: parcel for parcel in parcels(city, files)}
    assert list(found) == ["张三", "李四", A, B]
    members = unzip(found[A].data)
    stem = f"{A}2023年第一季度任务进展"
    assert set(members) == {f"{stem}.html", f"{stem}数据.xlsx", NOTE, SUMS}
    assert members[f"{stem}.html"] == story.second[f"units/{A}.html"]
    note = members[NOTE].decode()
    assert note.startswith("示例数据，仅供演示")
    assert f"{A}：" in note
    assert "任务进展情况（第2版，更正），请查阅。" in note
    assert f"1. {stem}.html（网页）" in note
    assert "如有出入，请将更正后的报表报送办公室，不要改动" in note
    assert "如有出入，请告知办公室，不要改动" in unzip(found["张三"].data)[NOTE].decode()
    for line in members[SUMS].decode().splitlines():
        value, _, name = line.partition("  ")
        assert sha256(members[name]).hexdigest() == value


def test_list_says_who_gets_what(story: Story, tmp_path: Path) -> None:
    """Written beside the zips, with their sums; a second call replaces the first."""
    files = published_files(story.office.pack)
    found = list(parcels(assess_period(story.office.root, story.office.params, 1), files))
    (tmp_path / "out").mkdir()
    (tmp_path / "out/旧.zip").write_bytes(b"")
    write_parcels(tmp_path / "out", found, write_list(found))
    rows = list(csv.reader(io.StringIO((tmp_path / f"out/{LIST}").read_text("utf-8-sig"))))
    assert [row[:3] for row in rows[1:]] == [
        ["责任领导", "张三", "leaders/2023Q1-张三.zip"],
        ["责任领导", "李四", "leaders/2023Q1-李四.zip"],
        ["牵头单位", A, f"units/2023Q1-{A}.zip"],
        ["牵头单位", B, f"units/2023Q1-{B}.zip"],
    ]
    for row in rows[1:]:
        assert sha256((tmp_path / "out" / row[2]).read_bytes()).hexdigest() == row[4]
    assert not (tmp_path / "out/旧.zip").exists()


def test_report_that_is_not_what_was_published_is_not_sent(copy: Path) -> None:
    """A page edited by hand is refused by name."""
    pack = copy / "outputs/2023/Q1"
    (pack / f"units/{A}.html").write_text("改", encoding="utf-8")
    with pytest.raises(UsageError, match=rf"units/{A}\.html 与清单不符"):
        published_files(pack)


def said(row: ProgressRow) -> set[str]:
    """Give what a row tells that no other row could tell by chance."""
    texts = (row.progress, row.problem, row.cause, row.next_step, row.coordination, row.evidence)
    return {text for text in texts if len(text) >= 8}


def is_own(row: ProgressRow, subject: Subject, city: Assessment) -> bool:
    """Tell from the table alone whether a subject may read a row: its return, or its tasks'."""
    if subject.kind is SubjectKind.UNIT:
        return row.unit == subject.name
    (task,) = (task for task in city.plan.tasks if task.task_id == row.task_id)
    return subject.name in task.leaders


def test_no_zip_of_the_real_pack_holds_another_units_words(real_city: Assessment) -> None:
    """All 55 units and all leaders: nothing that only others said is in any member."""
    subjects = [
        *(Subject(kind=SubjectKind.LEADER, name=name) for name in real_city.plan.leaders),
        *(Subject(kind=SubjectKind.UNIT, name=name) for name in real_city.plan.lead_units),
    ]
    count = 0
    for parcel in parcels(real_city, [Sent(subject=one, files={}) for one in subjects]):
        own, others = set[str](), set[str]()
        for row in real_city.progress:
            (own if is_own(row, parcel.subject, real_city) else others).update(said(row))
        # Some words are everybody's, and some are a part of what the subject says itself.
        theirs = {text for text in others if not any(text in mine for mine in own)}
        assert len(theirs) > 100
        words = "\n".join(_words(name, data) for name, data in unzip(parcel.data).items())
        assert not [text for text in theirs if text in words]
        count += any(text in words for text in own)
    # The words are looked for where they stand: nearly every zip has its own.
    assert len(subjects) > 60
    assert count > 50


def _words(name: str, data: bytes) -> str:
    if not name.endswith(".xlsx"):
        return data.decode()
    book = load_workbook(io.BytesIO(data), read_only=True)
    return "\n".join(
        str(value)
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if value is not None
    )
