"""What units ask others to settle: by whom they ask."""

import pytest

from assess.rating_samples import OTHER, UNIT, milestone, plan, rated, returns, row, task
from reporting.assess.followup.requests import addressees, requests
from reporting.plan.values import SupportingUnit, Unit

NAMES = {
    "市财政局": "市财政局", "市住建局": "市住房城乡建设局", "市住房城乡建设局": "市住房城乡建设局",
    "财政局": "财政局", "张三": "张三",
}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("请市财政局支持。", ("市财政局",)),
        ("请市住建局、市财政局会商，市住房城乡建设局牵头。", ("市住房城乡建设局", "市财政局")),
        ("市财政局资金已到位，恳请张三同志协调。", ("张三",)),
        ("需市财政局支持。", ("市财政局",)),
        ("已向市住建局提出申请，需市财政局支持。", ("市住房城乡建设局", "市财政局")),
        ("请市政府常务会议审议。", ()),
        ("请有关单位支持。", ()),
        ("", ()),
    ],
)
def test_addressees(words: str, found: tuple[str, ...]) -> None:
    """The known names after 请, each once; a name within a longer one is not meant."""
    assert addressees(words, NAMES) == found


def test_who_asks_is_not_asked() -> None:
    assert addressees("请市财政局协调市住建局", NAMES, "市财政局") == ("市住房城乡建设局",)


def test_requests_stand_by_whom_they_ask() -> None:
    """Most requests first, nobody known last; last quarter's are settled or asked again."""
    tasks = [task(n, units=(UNIT, OTHER), supporting_units=(SupportingUnit(unit="市财政局"),))
             for n in (1, 2, 3)]  # fmt: skip
    made = plan(tasks, [milestone(n, 1, (1, 2)) for n in (1, 2, 3)])
    made = made.model_copy(update={"units": (*made.units, Unit(name="市水务局", kind="bureau"))})
    said = {
        (1, UNIT): "请市水务局办理。", (1, OTHER): "请有关方面支持。",
        (2, UNIT): "请市财政局拨付。", (3, OTHER): "请市财政局支持。",
    }  # fmt: skip
    rows = [
        row(unit=unit, quarter=2, task_id=f"2023-{n:03d}", milestone_id=f"2023-{n:03d}-01",
            coordination=words)
        for (n, unit), words in said.items()
    ]  # fmt: skip
    before = [r.model_copy(update={"quarter": 1, "coordination": "请市商务局协调。"}) for r in rows]
    found = requests(rated(made, returns(before, quarter=1), returns(rows, quarter=2)))
    assert [(one.addressees, one.task.number, one.row.unit) for one in found] == [
        (("市财政局",), 2, UNIT),
        (("市财政局",), 3, OTHER),
        (("市水务局",), 1, UNIT),
        ((), 1, OTHER),
    ]
