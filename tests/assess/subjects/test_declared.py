"""The reports of a declaration: whom they are for, what they know, what is in none."""

import pytest

from assess.rating_samples import OTHER, UNIT, milestone, plan, rated, returns, row, task
from reporting.assess.slices import slice_for
from reporting.assess.subjects.declared import slice_of, subjects_of, title_of, without_report
from reporting.assess.values import Assessment, Change, Edition, Move, Subject, SubjectKind
from reporting.errors import UsageError
from reporting.grades import Grade
from reporting.plan.values import SupportingUnit
from reporting.project.reports import OF_EVERY_PACK, Declaration

HELPER, SHOP, GREEN = "市财政局", "消费提振行动", "绿色行动"


@pytest.fixture(scope="module")
def city() -> Assessment:
    """Three tasks: two actions and none, two units, a third that only supports."""
    support = (SupportingUnit(unit=HELPER, scope="出钱"),)
    tasks = [
        task(1, supporting_units=support),
        task(2, units=(UNIT, OTHER), leaders=("李四",), action=GREEN, heading="实施绿色行动。"),
        task(3, units=(OTHER,), action=None),
    ]
    rows = [
        row(progress="甲说。"),
        *(
            row(Grade.BEHIND, f"{unit}说{number}。", unit=unit, file=f"{unit}.xlsx",
                task_id=f"2023-{number:03}", milestone_id=f"2023-{number:03}-01")
            for number, unit in ((2, UNIT), (2, OTHER), (3, OTHER))
        ),
    ]  # fmt: skip
    return rated(plan(tasks, [milestone(n) for n in (1, 2, 3)]), returns(rows))


def declare(each: str | tuple[str, ...], **fields: object) -> Declaration:
    return Declaration.model_validate({"notebook": "own.ipynb", "each": each, **fields})


@pytest.mark.parametrize(
    ("each", "names"),
    [
        ("city", ["东莞市"]),
        ("unit", [UNIT, OTHER]),
        ("leader", ["张三", "李四"]),
        ("supporting_unit", [HELPER]),
        ("action", [SHOP, GREEN]),
        ("heading", ["实施消费提振行动。", "实施绿色行动。"]),
        ("grade", ["达到序时进度", "未达序时进度"]),
        (("李四", GREEN), ["李四", GREEN]),
    ],
)
def test_one_report_for_each(city: Assessment, each: str | tuple[str, ...], names: object) -> None:
    """In the order of the table, or of the list; told apart from the reports of every pack."""
    found = subjects_of(city, declare(each))
    assert [one.name for one in found] == names
    assert {one.report for one in found} == {"own"}
    assert all(one.report_id.startswith("own") for one in found)


def test_reports_of_every_pack_are_such_declarations(city: Assessment) -> None:
    """The city's, a leader's each, a unit's each; by the ids they always had."""
    found = [one.report_id for each in OF_EVERY_PACK for one in subjects_of(city, each)]
    assert found == [
        "briefing", "leader/张三", "leader/李四", f"unit/{UNIT}", f"unit/{OTHER}",
    ]  # fmt: skip


def test_none_in_the_pack_of_another_quarter(city: Assessment) -> None:
    assert subjects_of(city, declare("unit", quarters=[4])) == ()
    assert len(subjects_of(city, declare("unit", quarters=[1, 4]))) == 2


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("绿色",), "参数 reports 中“own”：没有叫“绿色”的单位、责任领导、专项行动或总体要求，"
                   "相近的有：绿色行动、实施绿色行动。"),
        (("李四", "李 四"), "参数 reports 中“own”：名单中有两处指的是“李四”，请删去一处。"),
    ],
)  # fmt: skip
def test_wrong_list_is_one_sentence(city: Assessment, names: tuple[str, ...], said: str) -> None:
    """Which declaration, which name, what comes closest."""
    with pytest.raises(UsageError) as refused:
        subjects_of(city, declare(names))
    assert str(refused.value) == said


def test_group_knows_its_own_tasks_and_no_other(city: Assessment) -> None:
    """With the returns of every unit that leads one of them, as far as they are about them."""
    (_, green) = subjects_of(city, declare("action"))
    own = slice_of(city, declare("action"), green)
    assert [t.number for t in own.plan.tasks] == [2]
    assert [r.progress for r in own.progress] == [f"{UNIT}说2。", f"{OTHER}说2。"]
    assert {r.task_id for r in own.ratings} == {"2023-002"}
    assert {s.unit for s in own.return_status} == {UNIT, OTHER}
    text = own.model_dump_json()
    assert not [word for word in ("甲说", f"{OTHER}说3", "目标1", "目标3") if word in text]


def test_supporting_unit_knows_the_names_of_what_it_supports(city: Assessment) -> None:
    """Never how they go: no progress, no rating, no return of the lead unit."""
    (helper,) = subjects_of(city, declare("supporting_unit"))
    own = slice_of(city, declare("supporting_unit"), helper)
    assert [(t.number, t.scope, t.lead_units) for t in own.supported] == [("1", "出钱", (UNIT,))]
    held = (own.plan.tasks, own.progress, own.ratings, own.return_status, own.findings)
    assert held == ((),) * 5
    assert "甲说" not in own.model_dump_json()


def test_own_report_of_the_city_bears_no_seal(city: Assessment) -> None:
    """It is another's than the briefing, and that one's stays as it is."""
    (whole,) = subjects_of(city, declare("city"))
    own = slice_of(city, declare("city", title="{city}{year}年度"), whole)
    assert (own.seal, own.subject.report) == (None, "own")
    assert own.title == "东莞市2023年度（2023年第一季度）"
    assert own.plan == city.plan
    assert slice_for(city, city.subject) is city


@pytest.mark.parametrize(
    ("each", "title"),
    [
        ("city", "东莞市2023年第一季度任务进展情况"),
        ("unit", f"{UNIT}2023年第一季度任务进展情况"),
        ("leader", "张三同志负责任务2023年第一季度进展情况"),
        ("supporting_unit", f"{HELPER}2023年第一季度协助任务"),
        ("action", f"{SHOP}2023年第一季度任务进展情况"),
    ],
)
def test_title_where_none_is_declared(city: Assessment, each: str, title: str) -> None:
    """By whom it is for; the reports of every pack keep theirs."""
    assert title_of(city, declare(each), subjects_of(city, declare(each))[0]) == title
    assert title_of(city, OF_EVERY_PACK[0], city.subject) == ""


def test_declared_title_names_subject_and_quarter(city: Assessment) -> None:
    """What it leaves out is added: no report is without."""
    (shop, _) = subjects_of(city, declare("action"))
    for title, full in {
        "{name}{period}办理情况": f"{SHOP}2023年第一季度办理情况",
        "{city}{year}年{name}": f"东莞市2023年{SHOP}（2023年第一季度）",
        "专报": f"专报（{SHOP}，2023年第一季度）",
    }.items():
        assert title_of(city, declare("action", title=title), shop) == full


def test_tasks_without_the_column_are_named(city: Assessment) -> None:
    """They are in no report; parties and lists leave nothing out that they could name."""
    assert [t.number for t in without_report(city, declare("action"))] == [3]
    assert without_report(city, declare("unit")) == ()
    assert without_report(city, declare((GREEN,))) == ()


EDITED = Change(field="报告正文", reports="own")
OF_UNITS = Change(field="报告正文", reports="unit")
OF_TASK = Change(field="本季度进展", task_id="2023-002", unit=OTHER)
RENAMED = Change(field="责任领导", task_id="2023-001", parties=(GREEN,))


def test_edition_tells_each_report_what_concerns_it(city: Assessment) -> None:
    """Its own notebook's edit, its tasks' facts; a group is no party, whatever it is called."""
    moves = tuple(
        Move(task_id=f"2023-{n:03}", unit=None, old=Grade.BEHIND, new=Grade.DONE) for n in (1, 2)
    )
    changes = (EDITED, OF_UNITS, OF_TASK, RENAMED)
    edition = Edition(number=2, changes=changes, moves=moves)
    corrected = city.model_copy(update={"editions": (edition,)})
    group = Subject(kind=SubjectKind.GROUP, name=GREEN, column="action", report="own")
    (told,) = slice_for(corrected, group).editions
    assert told.changes == (EDITED, OF_TASK)
    assert [move.task_id for move in told.moves] == ["2023-002"]
    whole = Subject(kind=SubjectKind.BRIEFING, name="东莞市", report="own")
    (told,) = slice_for(corrected, whole).editions
    assert told.changes == (EDITED, OF_TASK, RENAMED)
    unit = Subject(kind=SubjectKind.UNIT, name=UNIT)
    (told,) = slice_for(corrected, unit).editions
    assert told.changes == (OF_UNITS, RENAMED)
