"""Which editions are counted, and what is said of those that are not."""

import gc
import json
import shutil
import tracemalloc
import weakref
from datetime import date
from pathlib import Path

import pytest

from province.editions import CAUSE, UNIT, assessed, flip, forge, write_edition
from reporting.assess.province.values import Province
from reporting.assess.values import Assessment, SubjectKind
from reporting.findings import Severity
from reporting.grades import Grade, Kind
from reporting.project.params import MastheadParams
from reporting.project.province import Office, ProvinceParams
from reporting.province.read import read_province

GOOD = [Grade.DONE, Grade.ON_SCHEDULE]
MIXED = [Grade.DONE, Grade.BEHIND, Grade.FAR_BEHIND, Grade.FAR_BEHIND, Grade.NOT_STARTED]
HEAD = MastheadParams(
    city="示例省", place="省", issuing_office="省办公厅", title="汇总", issue_number="第{quarter}期"
)


def read(root: Path, *offices: dict[str, str], quarter: int = 1) -> Province:
    """Read offices; one that is given by its name alone has its folder of that name."""
    named = tuple(Office.model_validate({"folder": one["name"], **one}) for one in offices)
    params = ProvinceParams(
        year=2023, calendar={1: date(2023, 5, 15), 2: date(2023, 8, 15)}, masthead=HEAD, each="市",
        offices=named,
    )  # fmt: skip
    return read_province(root, params, quarter)


def told(found: Province) -> list[tuple[str, str]]:
    return [(one.unit, one.code) for one in found.findings]


def counted(found: Province) -> list[str]:
    return [one.name for _, one in found.counted]


def test_counts_of_each_office_and_their_sum(tmp_path: Path) -> None:
    """Rows add up to the total, kind by kind; the extent says of how many offices it is."""
    write_edition(tmp_path / "甲市", assessed("甲市", MIXED))
    write_edition(tmp_path / "乙市", assessed("乙市", GOOD))
    found = read(tmp_path, {"name": "甲市"}, {"name": "乙市"}, {"name": "丙市", "folder": "无"})
    first, second, third = found.offices
    assert first.tally
    assert first.tally.counts == {
        Kind.DONE: 1, Kind.BEHIND: 1, Kind.FAR_BEHIND: 2, Kind.NOT_STARTED: 1,
    }  # fmt: skip
    assert second.tally
    assert second.tally.counts == {Kind.DONE: 1, Kind.ON_SCHEDULE: 1}
    assert (first.tally.rate, second.tally.rate) == ("20.0%", "100.0%")
    assert (third.tally, third.late) == (None, ())
    assert found.total
    assert (found.total.total, found.total.rate) == (7, "42.9%")
    for kind in Kind:
        rows = sum(one.tally.counts.get(kind, 0) for _, one in found.counted if one.tally)
        assert found.total.counts.get(kind, 0) == rows
    assert sum(found.total.counts.values()) == found.total.total
    assert found.extent == "3个市中2个已发布并计入"


def test_late_tasks_are_those_of_the_counts_worst_first(tmp_path: Path) -> None:
    """As many as are counted of each kind, with whose they are and why."""
    write_edition(tmp_path / "甲市", assessed("甲市", MIXED))
    write_edition(tmp_path / "乙市", assessed("乙市", [Grade.FAR_BEHIND]))
    found = read(tmp_path, {"name": "乙市"}, {"name": "甲市"})
    far = found.late(Kind.FAR_BEHIND)
    assert [(at, one.name, task.label) for at, one, task in far] == [
        (1, "乙市", "1"), (2, "甲市", "3"), (2, "甲市", "4"),
    ]  # fmt: skip
    first = far[0][2]
    assert (first.goal, first.leaders, first.lead_units) == ("乙市目标1。", ("张三",), (UNIT,))
    assert first.causes == (CAUSE,)
    behind = found.late(Kind.BEHIND)[0][2]
    assert (behind.causes, behind.causes_told) == ((), "未填报")
    assert found.total
    assert all(
        len(found.late(kind)) == found.total.counts[kind]
        for kind in (Kind.FAR_BEHIND, Kind.NOT_STARTED, Kind.BEHIND)
    )


def test_last_edition_is_taken_with_its_own_date_and_digest(tmp_path: Path) -> None:
    """The second where there are two; a copy of the folder of editions does as well."""
    write_edition(tmp_path / "甲市", assessed("甲市", MIXED))
    folder = write_edition(
        tmp_path / "甲市", assessed("甲市", GOOD, day=date(2023, 5, 10)), number=2
    )
    shutil.copytree(tmp_path / "甲市/editions", tmp_path / "收件/甲/editions")
    for place in ("甲市", "收件/甲/editions"):
        (line,) = read(tmp_path, {"name": "甲市", "folder": place}).offices
        assert line.released
        assert line.tally
        assert (line.released.number, line.released.issued_on) == (2, date(2023, 5, 10))
        assert (tmp_path / line.released.folder).samefile(tmp_path / place / folder.relative_to(
            tmp_path / "甲市" / ("editions" if place.endswith("editions") else "")
        ))  # fmt: skip
        assert line.tally.total == 2


def test_flipped_byte_of_any_file_keeps_an_office_out(tmp_path: Path) -> None:
    """An earlier edition that is broken breaks the later one that rests on it, as in verify."""
    folder = write_edition(tmp_path / "甲市", assessed("甲市", GOOD))
    for name in ("assessment.json", "pack/data/tasks.csv", "pack/manifest.json", "edition.json"):
        shutil.rmtree(tmp_path / "坏", ignore_errors=True)
        shutil.copytree(tmp_path / "甲市", tmp_path / "坏")
        flip(tmp_path / "坏" / folder.relative_to(tmp_path / "甲市") / name)
        found = read(tmp_path, {"name": "甲市", "folder": "坏"})
        assert told(found) == [("甲市", "PROV-DAMAGED")], name
        assert (found.total, found.offices[0].tally) == (None, None)
    assert found.findings[0].message.startswith("第1版核验不通过，未计入：editions/2023/Q1/1/")


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    """No folder, no editions in it, none of the quarter (which is no fault), the public's only."""
    (tmp_path / "空").mkdir()
    (tmp_path / "新/params").mkdir(parents=True)
    write_edition(tmp_path / "甲市", assessed("甲市", GOOD))
    public = write_edition(
        tmp_path / "只公开", assessed("丁市", GOOD, quarter=2), kind=SubjectKind.PUBLIC
    )
    shutil.copytree(public / "pack", tmp_path / "公开材料")
    found = read(
        tmp_path, {"name": "一", "folder": "没有"}, {"name": "二", "folder": "空"},
        {"name": "三", "folder": "新"}, {"name": "甲市"}, {"name": "丁市", "folder": "公开材料"},
        {"name": "戊市", "folder": "只公开"}, quarter=2,
    )  # fmt: skip
    assert told(found) == [
        ("一", "PROV-FOLDER"), ("二", "PROV-EDITIONS"), ("三", "PROV-NONE"), ("甲市", "PROV-NONE"),
        ("丁市", "PROV-PUBLIC"), ("戊市", "PROV-PUBLIC"),
    ]  # fmt: skip
    messages = [one.message for one in found.findings]
    assert messages[3] == "没有2023年第二季度的版本（现有：2023年第一季度），未计入。"
    assert messages[4] == "只有2023年第二季度的公开版材料，没有内部材料的版本，未计入。"
    assert [one.severity for one in found.findings][2:4] == [Severity.WARNING] * 2
    assert (found.total, found.extent) == (None, "6个市中0个已发布并计入")


def test_edition_of_another_quarter_or_year_is_not_counted(tmp_path: Path) -> None:
    """Moved into the place of the one that is asked for, with its sums: intact, and another's."""
    write_edition(tmp_path / "甲市", assessed("甲市", GOOD))
    shutil.move(tmp_path / "甲市/editions/2023/Q1", tmp_path / "甲市/editions/2023/Q2")
    found = read(tmp_path, {"name": "甲市"}, quarter=2)
    assert told(found) == [("甲市", "PROV-PERIOD")]
    said = "应为2023年第二季度第1版的版本，实为2023年第一季度第1版的，未计入。"
    assert found.findings[0].message == said


def test_edition_of_another_office_is_not_counted(tmp_path: Path) -> None:
    """The office whose it is stands; under a name of the province's the parameters tell whose."""
    write_edition(tmp_path / "甲市", assessed("甲市", GOOD))
    write_edition(tmp_path / "乙市", assessed("鼓楼区", GOOD))
    found = read(
        tmp_path, {"name": "甲市"}, {"name": "丙市", "folder": "甲市"},
        {"name": "乙市", "city": "鼓楼区"},
    )  # fmt: skip
    assert told(found) == [("丙市", "PROV-OTHER")]
    assert counted(found) == ["甲市", "乙市"]


def test_office_that_is_there_twice_is_not_counted(tmp_path: Path) -> None:
    """By two names of one office's, or by one name; the others stand."""
    write_edition(tmp_path / "甲市", assessed("甲市", GOOD))
    write_edition(tmp_path / "乙市", assessed("乙市", GOOD))
    shutil.copytree(tmp_path / "甲市", tmp_path / "旧")
    write_edition(tmp_path / "甲市", assessed("甲市", MIXED), number=2)
    for other in (
        {"name": "甲市", "folder": "旧"},
        {"name": "甲城", "city": "甲市", "folder": "旧"},
    ):
        found = read(tmp_path, {"name": "甲市"}, {"name": "乙市"}, other)
        assert told(found) == [("甲市", "PROV-TWICE"), (other["name"], "PROV-TWICE")]
        assert counted(found) == ["乙市"]
        assert f"（第1处“甲市”、第3处“{other['name']}”）" in found.findings[0].message


def test_two_offices_under_one_name_are_not_counted(tmp_path: Path) -> None:
    """Until the parameters call them by two names."""
    write_edition(tmp_path / "东", assessed("鼓楼区", GOOD, office="东市鼓楼区政府办公室"))
    write_edition(tmp_path / "西", assessed("鼓楼区", MIXED, office="西市鼓楼区政府办公室"))
    same = [{"name": "鼓楼区", "folder": place} for place in ("东", "西")]
    found = read(tmp_path, *same)
    assert told(found) == [("鼓楼区", "PROV-NAME")] * 2
    assert "（东市鼓楼区政府办公室、西市鼓楼区政府办公室）" in found.findings[0].message
    assert found.total is None
    named = [{**one, "name": f"{one['folder']}市鼓楼区", "city": "鼓楼区"} for one in same]
    assert counted(read(tmp_path, *named)) == ["东市鼓楼区", "西市鼓楼区"]


def test_record_that_counts_otherwise_is_not_counted(tmp_path: Path) -> None:
    """Forged with all that vouches for it, it still contradicts its own assessment."""
    city = assessed("甲市", MIXED)
    write_edition(tmp_path / "甲市", city)
    forge(tmp_path / "甲市", city, {"counts": {"已完成": 5}})
    found = read(tmp_path, {"name": "甲市"})
    assert told(found) == [("甲市", "PROV-FIGURES")]
    assert "edition.json 的 counts 与 assessment.json 不同" in found.findings[0].message


@pytest.mark.parametrize("is_sample", [True, False])
def test_demonstration_data_marks_the_whole_report(tmp_path: Path, is_sample: bool) -> None:
    """One office's is enough, and it is named; what is not counted marks nothing."""
    write_edition(tmp_path / "甲市", assessed("甲市", GOOD, is_sample=is_sample))
    write_edition(tmp_path / "乙市", assessed("乙市", GOOD))
    found = read(tmp_path, {"name": "甲市"}, {"name": "乙市"})
    assert found.is_sample is is_sample
    assert told(found) == ([("甲市", "PROV-SAMPLE")] if is_sample else [])


def test_each_edition_is_let_go_before_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever number of offices there are, no more than one edition is held at a time."""
    names = [f"{n}市" for n in range(6)]
    for name in names:
        write_edition(tmp_path / name, assessed(name, GOOD * 20))
    read_so_far: list[weakref.ref[Assessment]] = []
    held = []

    def watched(data: bytes) -> Assessment:
        gc.collect()
        held.append(sum(one() is not None for one in read_so_far))
        assessment = Assessment(**json.loads(data))
        read_so_far.append(weakref.ref(assessment))
        return assessment

    monkeypatch.setattr(Assessment, "model_validate_json", watched)
    found = read(tmp_path, *({"name": name} for name in names))
    assert len(counted(found)) == len(names)
    assert held == [0] * len(names)


def test_what_is_kept_of_an_edition_is_a_small_part_of_it(tmp_path: Path) -> None:
    """The line of an office in the report: an eighth of its edition's files, at the most."""
    names = [f"{n}市" for n in range(24)]
    for name in names:
        folder = write_edition(tmp_path / name, assessed(name, GOOD * 20))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    read(tmp_path, {"name": names[0]})  # what is loaded once is not counted
    kept = []
    for count in (4, 24):
        gc.collect()
        tracemalloc.start()
        found = read(tmp_path, *({"name": name} for name in names[:count]))
        gc.collect()
        kept.append(tracemalloc.get_traced_memory()[0])
        tracemalloc.stop()
        assert len(counted(found)) == count
    assert kept[1] - kept[0] < 20 * size / 8, (kept, size)
