"""Loading by hand: wrong parameters are answered in one clear sentence."""

from pathlib import Path
from typing import Any

import pytest

from reporting.assess.public.cut import public_slice
from reporting.assess.public.withheld import Withheld
from reporting.assess.slices import slice_for
from reporting.assess.subjects.named import subject_by
from reporting.assess.values import Assessment, SubjectKind
from reporting.errors import UsageError
from reporting.notebook import SLICE_VARIABLE, LoadedAssessment, load

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"year": 2023, "quarter": 5}, "季度应为 1、2、3 或 4，收到的是“5”。"),
        ({"year": "2023", "quarter": 3}, "年份应为四位整数（如 2023），收到的是“2023”。"),
        (
            {"year": 2023, "quarter": 3, "unit": "甲", "leader": "乙"},
            "单位、责任领导、公开版等只能指定其中一个。",
        ),
        (
            {"year": 2023, "quarter": 3, "unit": "甲", "public": True},
            "单位、责任领导、公开版等只能指定其中一个。",
        ),
    ],
)
def test_wrong_parameters(arguments: dict[str, Any], message: str) -> None:
    """Year, quarter and subject are checked before anything is read."""
    with pytest.raises(UsageError) as error:
        load(**arguments)
    assert str(error.value) == message


def test_unknown_subjects_name_the_closest(city: Assessment) -> None:
    """An unknown unit or leader is answered with those that come close."""
    with pytest.raises(UsageError, match="没有牵头单位“商务局”，相近的有：市商务局。"):
        subject_by(city, "unit", "商务局")
    with pytest.raises(UsageError, match="没有责任领导“李四”，可选的有：张三等。"):
        subject_by(city, "leader", "李四")
    assert subject_by(city, "leader", "张 三").name == "张三"
    assert subject_by(city, "city", "").kind is SubjectKind.BRIEFING


def test_ready_slice_of_another_subject_is_refused(
    unit_slice: Assessment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slice that is not the one the parameters name stops the notebook."""
    path = tmp_path / "slice.json"
    path.write_text(unit_slice.model_dump_json(), encoding="utf-8")
    monkeypatch.setenv(SLICE_VARIABLE, str(path))
    assert load(2023, 3, unit="市商务局") == LoadedAssessment.of(unit_slice)
    with pytest.raises(UsageError, match="数据与参数不符：参数为2023年第3季度“市科技局”"):
        load(2023, 3, unit="市科技局")
    with pytest.raises(UsageError, match="数据为2023年第三季度“市商务局”"):
        load(2023, 2, unit="市商务局")


def test_slice_of_the_offices_is_no_public_one(
    city: Assessment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The public's notebook is never run on the whole, nor the city's on a part of it."""
    path = tmp_path / "slice.json"
    monkeypatch.setenv(SLICE_VARIABLE, str(path))
    cut = public_slice(city, Withheld())
    for ready, asked in ((city, True), (cut, False)):
        path.write_text(ready.model_dump_json(), encoding="utf-8")
        assert load(2023, 3, public=not asked) == LoadedAssessment.of(ready)
        with pytest.raises(UsageError, match="数据与参数不符"):
            load(2023, 3, public=asked)


def test_slice_of_a_group_is_asked_for_by_its_column(
    city: Assessment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or, as one of a list, by its name; by another column it is another's."""
    path = tmp_path / "slice.json"
    monkeypatch.setenv(SLICE_VARIABLE, str(path))
    own = slice_for(city, subject_by(city, "action", "消费提振行动"))
    path.write_text(own.model_dump_json(), encoding="utf-8")
    assert load(2023, 3, action="消费提振行动") == LoadedAssessment.of(own)
    assert load(2023, 3, name="消费提振行动") == LoadedAssessment.of(own)
    others: list[dict[str, Any]] = [{"heading": "消费提振行动"}, {"unit": "消费提振行动"}, {}]
    for other in others:
        with pytest.raises(UsageError, match="数据与参数不符"):
            load(2023, 3, **other)


def test_own_report_by_hand_is_the_published_one(
    city: Assessment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its declared headline too; a report that nothing declares says so."""
    text = (ROOT / "params/2023.yml").read_text(encoding="utf-8")
    declared = "{notebook: own.ipynb, each: action, title: '{name}{period}专报'}"
    (tmp_path / "params").mkdir()
    (tmp_path / "notebooks").mkdir()
    params = tmp_path / "params/2023.yml"
    params.write_text(f"{text}reports: [{declared}]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "notebooks")
    monkeypatch.setattr("reporting.pipeline.assess_period", lambda *_: city)
    own = load(2023, 3, action="消费提振行动")
    assert (own.title, own.subject.report) == ("消费提振行动2023年第三季度专报", "own")
    assert load(2023, 3).title == ""
    assert load(2023, 3, heading="实施消费提振行动。").subject.report == ""
    with pytest.raises(UsageError, match="reports 中没有声明“onw”，请先声明，或者去掉 report。"):
        load(2023, 3, action="消费提振行动", report="onw")
    with pytest.raises(UsageError, match="没有“消费”，相近的有：消费提振行动。"):
        load(2023, 3, action="消费")
