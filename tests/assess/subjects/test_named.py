"""Subjects by name: found by what people call them, and the closest named where there is none."""

import pytest

from assess.rating_samples import OTHER, UNIT, milestone, plan, rated, returns, row, task
from reporting.assess.subjects.named import any_subject, is_there, subject_by, values_in
from reporting.assess.values import Assessment, Subject, SubjectKind
from reporting.errors import UsageError
from reporting.plan.values import SupportingUnit

HELPER = "市财政局"


@pytest.fixture(scope="module")
def city() -> Assessment:
    """Two units lead, one of them and another support; one task is of no action."""
    tasks = [
        task(1, supporting_units=(SupportingUnit(unit=HELPER), SupportingUnit(unit=OTHER))),
        task(2, units=(OTHER,), leaders=("李四",), action=None, heading="张三"),
    ]
    return rated(plan(tasks, [milestone(1), milestone(2)]), returns([row()]))


GROUP = SubjectKind.GROUP


@pytest.mark.parametrize(
    ("by", "name", "subject"),
    [
        ("unit", f" {UNIT} ", Subject(kind=SubjectKind.UNIT, name=UNIT)),
        ("leader", "李 四", Subject(kind=SubjectKind.LEADER, name="李四")),
        ("supporting_unit", HELPER, Subject(kind=SubjectKind.SUPPORTING, name=HELPER)),
        ("action", "消费提振行动", Subject(kind=GROUP, name="消费提振行动", column="action")),
        ("grade", "达到序时进度", Subject(kind=GROUP, name="达到序时进度", column="grade")),
        ("name", OTHER, Subject(kind=SubjectKind.UNIT, name=OTHER)),
        ("name", HELPER, Subject(kind=SubjectKind.SUPPORTING, name=HELPER)),
        ("name", "李 四", Subject(kind=SubjectKind.LEADER, name="李四")),
        ("name", "消费提振行动", Subject(kind=GROUP, name="消费提振行动", column="action")),
    ],
)
def test_subject_is_found(city: Assessment, by: str, name: str, subject: Subject) -> None:
    """By the parameter of a notebook; a unit that leads is taken as that."""
    assert subject_by(city, by, name) == subject
    assert is_there(city, subject)


@pytest.mark.parametrize(
    ("by", "name", "said"),
    [
        ("action", "消费", "任务表的“专项行动”中没有“消费”，相近的有：消费提振行动。"),
        ("host_unit", "甲", "任务表的“办公室所在单位”中没有“甲”，一个也没有。"),
        ("supporting_unit", "财政局", "没有协助单位“财政局”，相近的有：市财政局。"),
        ("departement", "甲", "报告不能按“departement”区分，应为 unit、leader、supporting_unit、"),
        ("name", "财政", "没有叫“财政”的单位、责任领导、专项行动或总体要求，相近的有：市财政局。"),
        ("name", "张三", "“张三”不止一种意思，请改用 each: unit、leader、action 等来写。"),
    ],
)  # fmt: skip
def test_unknown_name_is_one_sentence(city: Assessment, by: str, name: str, said: str) -> None:
    """What is meant by it, and what comes closest."""
    with pytest.raises(UsageError) as refused:
        subject_by(city, by, name)
    assert said in str(refused.value)


def test_lead_unit_is_found_by_its_other_names(city: Assessment) -> None:
    """In a list as elsewhere."""
    units = [unit.model_copy(update={"aliases": (f"又名{unit.name}",)}) for unit in city.plan.units]
    named = city.model_copy(update={"plan": city.plan.model_copy(update={"units": tuple(units)})})
    assert any_subject(named, f"又名{UNIT}").name == UNIT
    assert subject_by(named, "unit", f"又名{OTHER}").name == OTHER


def test_values_of_a_column_come_in_the_tables_order(city: Assessment) -> None:
    """Each once; an empty one is none."""
    assert values_in(city, "label") == ("1", "2")
    assert values_in(city, "action") == ("消费提振行动",)
    assert values_in(city, "grade") == ("达到序时进度", "未报送")
