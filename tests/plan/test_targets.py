"""Targets: what a goal and a schedule promise in figures."""

from decimal import Decimal
from pathlib import Path

import pytest

from reporting.errors import InputRefused
from reporting.findings import Finding
from reporting.language.comparators import Certainty, Comparator, Direction
from reporting.plan.schedules.milestones import make_milestones
from reporting.plan.targets.make import make_targets, uncertain
from reporting.plan.values import Basis, Plan, Target, Task
from tools.golden import score, score_text

from .builders import led
from .builders import read as read_table

GOLDEN = Path(__file__).parent / "golden" / "targets.csv"


def read(goal: str, schedule: str) -> tuple[tuple[Target, ...], tuple[Finding, ...]]:
    """Read the targets of a task with this goal and schedule."""
    task = Task(
        task_id="2023-005", number=5, source_number=5, heading_number=1, heading="题", goal=goal,
        schedule=schedule, leaders=(), lead_units=("市甲局",),
    )  # fmt: skip
    milestones, _ = make_milestones(task, 2023)
    targets, findings = make_targets(task, milestones)
    return targets, (*findings, *uncertain(targets))


def test_targets_are_numbered_goal_first() -> None:
    """Ids follow the order of reading, and the spans give back the words."""
    goal, schedule = "新建公园10个以上。", "一季度，动工2个。四季度，新建公园10个以上。"
    targets, findings = read(goal, schedule)
    assert [t.target_id for t in targets] == ["2023-005-T01", "2023-005-T02", "2023-005-T03"]
    assert [t.source for t in targets] == ["goal", "schedule", "schedule"]
    assert goal[targets[0].start : targets[0].end] == "10个以上"
    assert [schedule[t.start : t.end] for t in targets[1:]] == ["2个", "10个以上"]
    assert [t.quarter for t in targets] == [4, 1, 4]
    assert not findings


def test_quarters_that_add_up_to_the_goal_are_in_quarter() -> None:
    """Arithmetic tells flows from running totals, and links them to the goal."""
    flows, _ = read(
        "培训教师10名。", "一季度，培训教师4名。二季度，培训教师3名。三季度，培训教师3名。"
    )
    assert [t.basis for t in flows[1:]] == [Basis.IN_QUARTER] * 3
    rising, _ = read("培训教师10名。", "二季度，培训教师4名。四季度，培训教师10名。")
    assert [t.basis for t in rising[1:]] == [Basis.CUMULATIVE] * 2
    assert {t.annual_target_id for t in (*flows[1:], *rising[1:])} == {"2023-005-T01"}


def test_unpaired_lists_are_a_finding() -> None:
    """Figures under 分别 that do not match the items are never paired by guess."""
    paired, none = read("", "一季度，东桥、西桥分别完成投资1亿元、0.5亿元。")
    assert [(t.measure, t.value) for t in paired] == [
        ("东桥完成投资", Decimal(1)), ("西桥完成投资", Decimal("0.5")),
    ]  # fmt: skip
    assert not none
    for items in ("东桥、西桥、北桥", "东桥、西桥和北桥"):
        targets, findings = read("", f"一季度，{items}分别完成投资1亿元、0.5亿元。")
        assert [f.code for f in findings] == ["PLAN-TARGET-PAIRING"]
        assert not targets


def test_amounts_that_are_no_figures_are_a_finding() -> None:
    """They are named with the reason, in a goal and in a schedule."""
    targets, findings = read("指数达到0.8。", "二季度，完成一半以上。")
    assert not targets
    assert [f.message for f in findings] == [
        "“达到0.8”未读作指标（数字没有认得的单位），请核对。",
        "“一半以上”未读作指标（数量以文字表示），请核对。",
    ]


def test_lists_that_go_on_and_the_two_of_a_pair() -> None:
    """A second 分别 goes by the first one's items; 城乡 is 城镇 and 农村."""
    targets, _ = read("甲县、乙县分别新增就业10人、15人，分别增长5%、6%。", "")
    assert [t.measure for t in targets[2:]] == ["甲县新增就业增长", "乙县新增就业增长"]
    targets, _ = read("", "一季度,完成投资5亿元;二季度,完成投资6亿元.")
    assert [t.measure for t in targets] == ["完成投资", "完成投资"]
    targets, _ = read("城乡居民收入分别增长6%、7.5%。", "")
    assert [(t.measure, t.value) for t in targets] == [
        ("城镇居民收入增长", Decimal(6)), ("农村居民收入增长", Decimal("7.5")),
    ]  # fmt: skip


def test_wishes_and_ranges_are_kept() -> None:
    """力争 governs its clause; a range keeps both ends."""
    targets, _ = read("", "二季度，力争覆盖率达到80%以上，引进2-3家龙头企业。")
    assert [(t.aspirational, t.comparator) for t in targets] == [
        (True, Comparator.AT_LEAST), (False, Comparator.RANGE),
    ]  # fmt: skip
    assert targets[1].value_high == Decimal(3)


def test_measures_are_the_words_around_the_number() -> None:
    """The noun may follow, a list may share it, and a bare figure borrows it."""
    targets, _ = read(
        "打造东岸5公里、西岸8公里绿道，夯实企业基本盘，确保达到90家。",
        "甲大道：一季度，完成30%。二季度，启动前期工作争取完成60%。",
    )
    assert [t.measure for t in targets] == [
        "打造东岸绿道", "西岸绿道", "夯实企业基本盘", "甲大道", "甲大道",
    ]  # fmt: skip


def test_words_tell_states_from_flows() -> None:
    """A rate and a stock are levels; 累计 governs its clause, 上半年 counts from January."""
    targets, _ = read(
        "将入库企业扩至400家，每万人拥有床位25个。",
        "二季度，累计办结10件，培训20名。四季度，力争全年培训50名。上半年，接访9批。",
    )
    assert [t.basis for t in targets] == [
        Basis.LEVEL, Basis.LEVEL, Basis.CUMULATIVE, Basis.IN_QUARTER, Basis.CUMULATIVE,
        Basis.CUMULATIVE,
    ]  # fmt: skip
    yearly, _ = read("", "6月底前培训50名；二季度，力争全年接访9批。")
    assert [t.quarter for t in yearly] == [2, 4]


def test_figures_up_to_a_point_count_on() -> None:
    """A label that says 截至 or 到 counts from January; one that spans quarters does not."""
    targets, _ = read("", "截至二季度末，新增10家；截至2023年9月底，新增22家；到四季度新增30家。")
    assert [(t.quarter, t.basis) for t in targets] == [
        (2, Basis.CUMULATIVE), (3, Basis.CUMULATIVE), (4, Basis.CUMULATIVE),
    ]  # fmt: skip
    targets, _ = read("", "二季度，新增10家。三季度至四季度，新增9家。")
    assert [(t.quarter, t.basis) for t in targets] == [(2, Basis.IN_QUARTER), (4, Basis.IN_QUARTER)]


def test_quarters_inside_a_sentence_date_its_figures() -> None:
    """A figure is due when its own words say, and that is no part of its measure."""
    parts = "其中一季度3亿元、上半年8亿元、三季度末累计14亿元，四季度6亿元。"
    for targets, _ in (
        read(f"完成投资20亿元，{parts}", ""),
        read("", f"全年完成投资20亿元，{parts}"),
    ):
        assert [(t.quarter, t.value, t.basis) for t in targets] == [
            (4, Decimal(20), Basis.CUMULATIVE), (1, Decimal(3), Basis.IN_QUARTER),
            (2, Decimal(8), Basis.CUMULATIVE), (3, Decimal(14), Basis.CUMULATIVE),
            (4, Decimal(6), Basis.IN_QUARTER),
        ]  # fmt: skip
        assert {t.measure for t in targets} == {"完成投资"}
    targets, _ = read("改造90户，到二季度末累计30户，一季度至三季度60户。", "")
    assert [(t.quarter, t.measure) for t in targets] == [(4, "改造"), (2, "改造"), (3, "改造")]
    targets, _ = read("新建学校10所，2023年底前投用5所。", "")
    assert [t.measure for t in targets] == ["新建学校", "投用"]
    chain = "（1）甲线一季度完成10%，二季度完成30%；（2）乙线一季度完成5%，力争三季度完成60%。"
    targets, _ = read("", chain)
    assert [(t.quarter, t.measure) for t in targets] == [
        (1, "甲线"), (2, "甲线"), (1, "乙线"), (3, "乙线"),
    ]  # fmt: skip
    targets, _ = read("", "一季度，一季度开工的项目完成投资5亿元。三季度，二季度以来新增9家。")
    assert [t.quarter for t in targets] == [1, 3]


def test_figure_beside_its_running_total_is_the_quarters() -> None:
    """完成5亿元（累计8亿元） says both what the quarter adds and what it comes to."""
    steps = "二季度完成投资5亿元（累计8亿元）。三季度完成投资6亿元，全年累计20亿元。"
    targets, _ = read("", f"一季度完成投资3亿元。{steps}")
    assert [(t.quarter, t.value, t.basis) for t in targets] == [
        (1, Decimal(3), Basis.IN_QUARTER), (2, Decimal(5), Basis.IN_QUARTER),
        (2, Decimal(8), Basis.CUMULATIVE), (3, Decimal(6), Basis.IN_QUARTER),
        (4, Decimal(20), Basis.CUMULATIVE),
    ]  # fmt: skip


def test_bare_figures_go_by_what_is_done() -> None:
    """A figure without a noun borrows its chain's, but 建成 is never counted as 开工."""
    targets, _ = read(
        "新建学校10所。", "一季度，开工5所。二季度，建成3所，开工5所。三季度，建成7所。"
    )
    assert [t.measure for t in targets[1:]] == [
        "新建学校开工", "新建学校建成", "新建学校开工", "新建学校建成",
    ]  # fmt: skip
    targets, _ = read("", "一季度，开工桥梁5座。二季度，建成3座。三季度，5座。")
    assert [t.measure for t in targets] == ["开工桥梁", "建成桥梁", "建成桥梁"]


def test_scales_of_one_unit_are_compared() -> None:
    """3000人 is a step to 1.2万人; beside a figure in the goal's own scale it is another thing."""
    steps = "一季度，培训3000人。二季度，培训6000人。三季度，培训9000人。四季度，培训12000人。"
    targets, _ = read("培训1.2万人。", steps)
    assert [t.basis for t in targets] == [Basis.CUMULATIVE] * 5
    assert {t.annual_target_id for t in targets[1:]} == {"2023-005-T01"}
    targets, _ = read("培训1.2万人。", "一季度，培训1.2万人，其中培训教师900人。")
    assert [t.annual_target_id for t in targets[1:]] == ["2023-005-T01", None]


def test_figures_given_quarter_by_quarter() -> None:
    """A list under 分别 pairs with the quarters of its label, and is compared by one word."""
    steps = "一至四季度分别完成投资3亿元、8亿元、14亿元、20亿元。"
    targets, findings = read("完成投资20亿元。", steps)
    assert [(t.quarter, t.measure, t.basis) for t in targets[1:]] == [
        (quarter, "完成投资", Basis.CUMULATIVE) for quarter in (1, 2, 3, 4)
    ]
    assert not findings
    targets, _ = read("", "四个季度累计完成投资分别达到3亿元、8亿元、14亿元、20亿元。")
    assert [(t.quarter, t.basis, t.comparator) for t in targets] == [
        (quarter, Basis.CUMULATIVE, Comparator.AT_LEAST) for quarter in (1, 2, 3, 4)
    ]
    targets, _ = read("", "一、二季度分别完成10%、30%。")
    assert [(t.quarter, t.value) for t in targets] == [(1, Decimal(10)), (2, Decimal(30))]


def test_half_years_add_up_to_the_goal() -> None:
    """What the first half comes to and the second adds leads to the year's figure."""
    targets, _ = read("改造农房100户。", "上半年，改造农房40户。下半年，改造农房60户。")
    assert [(t.quarter, t.basis, t.annual_target_id) for t in targets[1:]] == [
        (2, Basis.CUMULATIVE, "2023-005-T01"), (4, Basis.IN_QUARTER, "2023-005-T01"),
    ]  # fmt: skip


def test_states_by_other_words() -> None:
    """稳定在, 万元GDP能耗 and 高新技术企业达到 speak of what stands, not of what is done."""
    words = "高新技术企业达到50家，产量稳定在9万吨，万元GDP能耗不超过2吨标准煤，新增企业达到5家。"
    targets, _ = read("", f"二季度，{words}")
    assert [(t.measure, t.basis) for t in targets] == [
        ("高新技术企业", Basis.LEVEL), ("产量", Basis.LEVEL),
        ("万元GDP能耗", Basis.LEVEL), ("新增企业", Basis.IN_QUARTER),
    ]  # fmt: skip


def test_shares_of_the_plan_are_compared() -> None:
    """The word of comparison may stand before what the share is of."""
    targets, _ = read("", "二季度，投资达年度计划的45%。三季度，超过年度计划的75%，完成余下的5%。")
    assert [t.comparator.value for t in targets] == [">=", ">", "="]


def test_items_within_a_quarter_name_their_figures() -> None:
    """A bare figure behind an item's colon is that item's, not the goal's."""
    targets, _ = read(
        "建成甲线等。", "一季度：（1）甲线：完成30%；（2）乙线：完成10%。二季度：完成任务：50%。"
    )
    assert [t.measure for t in targets[:2]] == ["甲线", "乙线"]


def test_growth_behind_an_items_colon() -> None:
    """GDP：力争增长7% is the growth of GDP; a wish beside a bound counts the same thing."""
    targets, _ = read("GDP：力争增长7%；税收：增长9%。", "")
    assert [t.measure for t in targets] == ["GDP增长", "税收增长"]
    targets, _ = read("新增上市企业不低于3家，力争5家。", "")
    assert [t.measure for t in targets] == ["新增上市企业"] * 2


def test_part_of_a_figure_is_not_what_follows() -> None:
    """Neither the next bare figure nor a change behind the bracket is that of the part."""
    targets, _ = read("", "二季度，引进项目15个，其中外资项目2个。三季度，累计24个。")
    assert [t.measure for t in targets] == ["引进项目", "外资项目", "引进项目"]
    targets, _ = read("税收收入10亿元（其中增值税4亿元），增长5%。", "")
    assert targets[-1].measure == "税收收入增长"
    targets, _ = read("收入10亿元，其中外资收入4亿元，增长5%。", "")
    assert targets[-1].measure == "外资收入增长"


def test_last_words_date_a_figure() -> None:
    """年底前 behind 上半年 ends it; a month dates a goal's figure, too."""
    targets, _ = read("6月底前新增1家，年底前新增3家。", "力争上半年新增1家，年底前新增2家。")
    assert [(t.quarter, t.basis) for t in targets] == [
        (2, Basis.CUMULATIVE), (4, Basis.CUMULATIVE), (2, Basis.CUMULATIVE), (4, Basis.CUMULATIVE),
    ]  # fmt: skip
    assert targets[3].annual_target_id is None


def test_nouns_shared_by_verbs_and_never_a_bound() -> None:
    """新建10座、改造20座公厕 counts 公厕 twice; 以上 is no noun; 争取…投资 is no wish."""
    targets, _ = read(
        "新建10座、改造20座公厕，争取预算内投资5亿元、专项债券20亿元、国债9亿元以上。", ""
    )
    assert [t.measure for t in targets] == [
        "新建公厕",
        "改造公厕",
        "预算内投资",
        "专项债券",
        "国债",
    ]
    assert not any(t.aspirational for t in targets)


def test_chain_by_another_name_ends_at_the_goal() -> None:
    """营收 that reaches the goal's 营业收入 in the last quarter counts on to it throughout."""
    steps = "二季度，营收60亿元，利润3亿元。三季度，营收90亿元，利润4亿元。四季度，营收120亿元。"
    targets, _ = read("完成营业收入120亿元、利润5亿元。", steps)
    assert [(t.measure, t.basis, t.annual_target_id) for t in targets[2:] if t.value > 50] == [
        ("营收", Basis.CUMULATIVE, "2023-005-T01")
    ] * 3


def test_bare_figures_among_several_goals() -> None:
    """The verb tells which goal is meant, parts of a goal are none, and a share has its whole."""
    goal = "办实事项目10件，培育企业50家（含工业20家、商贸30家）。"
    targets, _ = read(goal, "一季度：培育10家。")
    assert targets[-1].measure == "培育企业"
    targets, _ = read("建设“5+N”体系，超50亿元产业链3条、超100亿元1条。", "")
    assert [t.measure for t in targets] == ["超50亿元产业链", "超100亿元"]
    targets, _ = read("税收20亿元。", "二季度入库5亿元，占25%。9月30日前完成9亿元。")
    assert [t.measure for t in targets[1:]] == ["入库", "入库占", "入库"]


def test_years_sum_named_beside_its_quarters() -> None:
    """全年目标20亿元 in the last quarter is the year's; the quarters still add up to it."""
    steps = "一季度完成3亿元。二季度完成5亿元。三季度完成6亿元。四季度完成6亿元，"
    for words in ("确保完成全年目标20亿元。", "年度共20亿元。"):
        targets, _ = read("完成投资20亿元。", steps + words)
        assert [t.basis for t in targets[1:]] == [Basis.IN_QUARTER] * 4 + [Basis.CUMULATIVE]


def test_two_chains_that_end_at_one_goal() -> None:
    """开工 and 建成 side by side each rise to the goal's figure."""
    steps = ("开工100套、基本建成50套", "开工300套、基本建成150套", "开工500套、基本建成300套")
    chain = [f"{q}季度{words}" for q, words in zip("一二三", steps, strict=True)]
    targets, _ = read("完成棚改500套。", "；".join([*chain, "四季度基本建成500套"]))
    assert [t.basis for t in targets[1:]] == [Basis.CUMULATIVE] * 7


def test_share_restated_as_a_figure() -> None:
    """完成60%（3万亩） says the same twice, and either is a target."""
    targets, _ = read("建成农田5万亩。", "二季度，开工2万亩。三季度，完成工程量的60%（3万亩）。")
    assert [(t.measure, t.value, t.unit) for t in targets[2:]] == [
        ("完成工程量", Decimal(60), "%"), ("完成工程量", Decimal(3), "万亩"),
    ]  # fmt: skip


def test_sum_of_a_list_is_none_of_its_items() -> None:
    """共13家 behind 5 and 8 is both together, and so is the quarter's 共5家."""
    targets, _ = read(
        "新增工业企业5家、商贸企业8家，共13家。", "二季度新增工业企业2家、商贸企业3家，共5家。"
    )
    assert [(t.measure, t.annual_target_id) for t in targets] == [
        ("新增工业企业", None), ("商贸企业", None), ("合计", None),
        ("新增工业企业", "2023-005-T01"), ("商贸企业", "2023-005-T02"), ("合计", "2023-005-T03"),
    ]  # fmt: skip
    targets, _ = read("改造管网50公里。", "上半年完成目标的50%，即25公里。")
    assert targets[2].measure == "改造管网"


def test_second_figure_of_a_thing_in_another_unit() -> None:
    """改造小区5万户、300万平方米 says twice how much of 小区, not of what comes first."""
    targets, _ = read("改造棚户区900套、小区5万户、300万平方米。", "")
    assert [(t.measure, t.unit) for t in targets] == [
        ("改造棚户区", "套"), ("小区", "万户"), ("小区", "万平方米"),
    ]  # fmt: skip


def test_part_by_an_act_of_its_own() -> None:
    """其中新建 in a bracket names a part of the figure before, not the same again."""
    targets, _ = read("建设农田9万亩（其中新建6万亩、改造3万亩）。", "")
    assert [t.measure for t in targets] == ["建设农田", "新建农田", "建设农田改造"]
    targets, _ = read("新建改建卫生室9所（其中新建6所，改建3所）。", "")
    assert [t.measure for t in targets[:2]] == ["新建改建卫生室", "新建卫生室"]
    targets, _ = read("完成改造9万平方米（新建2万平方米）。", "")
    assert [t.measure for t in targets] == ["完成改造", "新建"]


def test_a_step_does_not_lead_to_the_goal() -> None:
    """申报 of 12 projects is not the goal's building of 12, nor is more than the goal."""
    targets, _ = read(
        "建成示范园12个。",
        "一季度，组织示范园申报12个。二季度，走访示范园15个。四季度，建成示范园12个。",
    )
    assert [t.annual_target_id for t in targets[1:]] == [None, None, "2023-005-T01"]


def test_targets_agree_with_a_careful_reader(real_plan: Plan) -> None:
    """Nearly all of what a careful reader finds is read, and hardly anything else."""
    result = score(real_plan, GOLDEN)
    assert result.expected >= 150
    assert result.tasks >= 50
    assert result.precision >= Decimal("0.98"), score_text(real_plan, GOLDEN)
    assert result.recall >= Decimal("0.98"), score_text(real_plan, GOLDEN)


def test_chain_that_ends_short_of_the_goal_is_not_linked() -> None:
    """The goal is the length of the whole wall, the schedule this year's part of it."""
    steps = "一季度，海堤建设5公里。二季度，海堤建设累计30公里。四季度，海堤建设累计50公里。"
    targets, _ = read("推动海堤建设346公里。", steps)
    assert [t.annual_target_id for t in targets] == [None] * 4
    targets, _ = read("推动海堤建设50公里。", "一季度，海堤建设5公里。四季度，海堤建设累计50公里。")
    assert [t.annual_target_id for t in targets[1:]] == ["2023-005-T01"] * 2


def test_misses_are_named(real_plan: Plan, tmp_path: Path) -> None:
    """A wrong, a missing and an extra target lower the score and are printed."""
    header = GOLDEN.read_text("utf-8").splitlines()[0]
    path = tmp_path / "list.csv"
    rows = [
        "6,goal,10家以上,9,4,上市,>=,11,,家,cumulative,0,0",
        "7,goal,做好“五经普”,3,4,普查,=,5,,次,cumulative,0,0",
    ]
    path.write_text("\n".join([header, *rows]), encoding="utf-8")
    result = score(real_plan, path)
    assert (result.expected, result.found, result.right) == (2, 6, 0)
    assert [m.kind for m in result.misses] == ["wrong", "missing"] + ["extra"] * 5
    assert "数值应为11，读作10" in score_text(real_plan, path)


def test_a_list_of_another_table_is_refused(real_plan: Plan, tmp_path: Path) -> None:
    """A row whose words are not where it says is refused, not counted as a miss."""
    path = tmp_path / "list.csv"
    header = GOLDEN.read_text("utf-8").splitlines()[0]
    path.write_text(f"{header}\n6,goal,12家以上,9,4,上市,>=,12,,家,cumulative,0,0\n", "utf-8")
    with pytest.raises(InputRefused, match=r"list\.csv 第2行：任务6第9字处应有“12家以上”"):
        score(real_plan, path)


def test_figure_with_a_deadline_of_its_own() -> None:
    """6月底前 binds its figure, whatever the milestone it stands in is due by."""
    targets, _ = read("", "年底前完成投资5亿元，其中6月底前不低于2亿元；培训教师30名。")
    assert [(str(t.value), t.quarter) for t in targets] == [("5", 4), ("2", 2), ("30", 4)]
    listed, _ = read("", "分批开放数据：5月底前20个、8月底前累计50个、11月底前累计80个")
    assert [(str(t.value), t.quarter) for t in listed] == [("20", 2), ("50", 3), ("80", 4)]
    early, _ = read(
        "7月1日前修路2公里。", "分批修路：7月1日前3公里、10月1日前5公里、10月8日前8公里。"
    )
    assert [t.quarter for t in early] == [2, 2, 3, 4]


def test_feasts_date_their_figures() -> None:
    """国庆前 is by September; the feast is no part of what is counted."""
    targets, _ = read(
        "签约项目90个。", "春节前签约10个，“五一”前签约30个，“七一”前签约40个，国庆前签约70个。"
    )
    assert [(t.quarter, t.measure) for t in targets[1:]] == [
        (1, "签约项目"), (2, "签约项目"), (2, "签约项目"), (3, "签约项目"),
    ]  # fmt: skip


def test_figures_that_would_add_up_far_beyond_the_goal_run_on() -> None:
    """30 and then 50 of 60 kilometres are running totals; 20, 20 and 20 are not."""
    running, _ = read("改造道路60公里。", "7月底前改造30公里；10月底前改造50公里；年底前完工")
    assert [t.basis for t in running[1:]] == [Basis.CUMULATIVE] * 2
    flows, _ = read(
        "改造道路60公里。", "二季度，改造20公里；三季度，改造20公里；四季度，改造20公里"
    )
    assert [t.basis for t in flows[1:]] == [Basis.IN_QUARTER] * 3


def test_state_of_the_goal_is_one_in_the_quarters() -> None:
    """What the goal counts a head is a state in a quarter, too; steps towards it are not."""
    area, _ = read("人均体育场地面积达到3平方米。", "四季度，体育场地面积达到3平方米")
    assert [t.basis for t in area] == [Basis.LEVEL] * 2
    steps, _ = read("国家卫生镇总数达到8个。", "三季度，完成1个国家卫生镇申报。四季度，迎检。")
    assert [t.basis for t in steps] == [Basis.LEVEL, Basis.IN_QUARTER]


def test_figures_listed_quarter_by_quarter() -> None:
    """四个季度分别 gives each quarter its figure; so do the quarters of a label."""
    targets, findings = read("办理60件。", "四个季度分别办理10件、20件、20件、10件")
    assert [(str(t.value), t.quarter, t.basis) for t in targets[1:]] == [
        ("10", 1, Basis.IN_QUARTER), ("20", 2, Basis.IN_QUARTER),
        ("20", 3, Basis.IN_QUARTER), ("10", 4, Basis.IN_QUARTER),
    ]  # fmt: skip
    shares, none = read("", "一、二季度处置率分别达到96%、97%")
    assert [(str(t.value), t.quarter) for t in shares] == [("96", 1), ("97", 2)]
    assert not (*findings, *none)


def test_two_thousand_figures_in_one_clause() -> None:
    """Each is read, none is paired with the goal, and a finding says so."""
    targets, findings = read("招引企业3000家。", "招引企业" + "、".join(["1家"] * 2000))
    assert len(targets) == 2001
    assert not any(t.annual_target_id for t in targets)
    assert [(f.code, f.found) for f in findings] == [("PLAN-TARGET-MANY", "2001")]


def test_quarters_named_under_a_figure_for_the_year() -> None:
    """全年 at the head of a sentence is not said of the parts that name their quarters."""
    for goal in (
        "全年开工桥梁8座，其中一季度2座、二季度6座。",
        "全年开工桥梁8座：一季度2座，二季度6座。",
    ):
        targets, _ = read(goal, "")
        assert [(t.quarter, t.basis) for t in targets] == [
            (4, Basis.CUMULATIVE), (1, Basis.IN_QUARTER), (2, Basis.IN_QUARTER),
        ], goal  # fmt: skip
    targets, _ = read("全年新增企业9家，上半年新增4家，三季度末累计7家。", "")
    assert [(t.quarter, t.basis) for t in targets[1:]] == [
        (2, Basis.CUMULATIVE), (3, Basis.CUMULATIVE),
    ]  # fmt: skip


def test_figures_listed_behind_a_dated_one() -> None:
    """一季度开工2座、封顶1座 dates both; 全年 behind the mark does not go by it."""
    targets, _ = read("今年开工桥梁8座、封顶5座，其中一季度开工2座、封顶1座、全年通车3座。", "")
    assert [(str(t.value), t.quarter, t.basis) for t in targets[2:]] == [
        ("2", 1, Basis.IN_QUARTER), ("1", 1, Basis.IN_QUARTER), ("3", 4, Basis.CUMULATIVE),
    ]  # fmt: skip


def test_what_is_added_to_a_stock_is_no_state() -> None:
    """新增 before 市场主体 counts what comes; the stock beside it is a state of its own."""
    targets, _ = read(
        "市场主体达到9万户，新增市场主体8000户。",
        "二季度，新增市场主体3000户，新培育市场主体50户。四季度，新增市场主体5000户。",
    )
    assert [t.basis for t in targets] == [
        Basis.LEVEL, Basis.CUMULATIVE, Basis.IN_QUARTER, Basis.IN_QUARTER, Basis.IN_QUARTER,
    ]  # fmt: skip


def test_a_goal_for_the_stock_beside_one_for_what_is_added() -> None:
    """A bare 高新企业60家 under both goals is not taken for the stock."""
    targets, _ = read(
        "新增高新企业60家，高新企业总数突破300家。", "三季度，高新企业20家。四季度，高新企业60家。"
    )
    assert [t.basis for t in targets] == [
        Basis.CUMULATIVE, Basis.LEVEL, Basis.CUMULATIVE, Basis.CUMULATIVE,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("goal", "schedule"),
    [
        ("改造农房50户。", "6月底前改造15户，9月底前改造35户，年底前全部完成。"),
        ("改造危桥6座。", "6月30日前改造2座；9月30日前改造5座；12月底前全部完工。"),
        ("改造农房50户。", "6月底前改造15户；9月底前改造35户；12月底前全面完成。"),
        ("开工小区150个。", "一季度末，开工小区40个；二季度末，开工小区90个；三季度末，全部开工。"),
        ("改造农房50户。", "二季度改造15户。三季度改造35户。四季度完成其余农房。"),
    ],
)
def test_figures_that_rise_from_point_to_point(goal: str, schedule: str) -> None:
    """By a point in time, or with the rest still to come, figures count on from January."""
    targets, _ = read(goal, schedule)
    assert [t.basis for t in targets[1:]] == [Basis.CUMULATIVE] * 2


def test_figures_by_points_that_add_up_to_the_goal() -> None:
    """6月底前4座，年底前5座 of 9 are what each half adds; equal steps are, too."""
    for goal, schedule in (
        ("改造危桥9座。", "6月底前改造4座；年底前改造5座。"),
        ("改造危桥20座。", "6月底前改造5座；9月底前改造5座；年底前改造5座。"),
        ("改造危桥9座。", "6月底前改造4座；9月底前改造5座；年底前全部完成验收。"),
        ("改造危桥60座。", "6月底前改造20座；年底前改造25座。"),
        ("改造危桥30座。", "6月底前改造10座；9月底前改造12座；年底前改造14座。"),
        ("改造危桥9座。", "二季度改造4座。三季度改造5座。四季度全部完工。"),
    ):
        targets, _ = read(goal, schedule)
        assert {t.basis for t in targets[1:]} == {Basis.IN_QUARTER}


def test_figures_of_each_quarter() -> None:
    """各季度各5场 is each quarter's; so is what stands beside it and is a quarter of the goal."""
    targets, _ = read(
        "举办讲座20场，惠及群众2000人次。",
        "各季度各举办讲座5场，惠及群众500人次，年内宣传900人次。",
    )
    assert [t.basis for t in targets] == [
        Basis.CUMULATIVE, Basis.CUMULATIVE, Basis.IN_QUARTER, Basis.IN_QUARTER, Basis.CUMULATIVE,
    ]  # fmt: skip
    targets, _ = read("", "各季度分别完成投资1亿元、2亿元、3亿元、4亿元。")
    assert [(t.quarter, t.basis) for t in targets] == [
        (quarter, Basis.IN_QUARTER) for quarter in (1, 2, 3, 4)
    ]


def test_figures_of_each_month_named() -> None:
    """5月、11月各举办1期 is what each of them brings, not one by the year's end."""
    targets, _ = read("培训300人次。", "5月、11月各举办1期。")
    assert [(t.value, t.basis) for t in targets[1:]] == [(Decimal(1), Basis.IN_QUARTER)]
    targets, _ = read("培训300人次。", "2月、5月、8月、11月各举办1期。")
    assert targets[1].basis is Basis.IN_QUARTER
    targets, _ = read("培训300人次。", "5月、11月各项培训举办2期。")
    assert targets[1].basis is Basis.CUMULATIVE


def test_months_that_do_not_count_from_january() -> None:
    """3-5月 behind 1-2月 holds what those months add, though it reaches into March."""
    targets, _ = read("", "1-2月接访30批；3-5月接访60批；6-8月接访50批。")
    assert [(t.quarter, t.basis) for t in targets] == [
        (1, Basis.IN_QUARTER), (2, Basis.IN_QUARTER), (3, Basis.IN_QUARTER),
    ]  # fmt: skip
    for schedule in ("1-2月接访30批；1-5月接访90批。", "1-2月接访30批；3-5月累计接访90批。"):
        targets, _ = read("", schedule)
        assert targets[1].basis is Basis.CUMULATIVE


def test_dated_figures_that_add_up_to_the_goal() -> None:
    """预计6月1个，预计9月1个，预计12月1个 of 3 are what each adds; those that rise count on."""
    for steps, basis in (((1, 1, 1), Basis.IN_QUARTER), ((1, 2, 3), Basis.CUMULATIVE)):
        words = [f"预计{3 * n}月完工{step}个" for n, step in enumerate(steps, 2)]
        targets, _ = read("建成体育公园3个。", "，".join(words))
        assert [(t.quarter, t.basis) for t in targets[1:]] == [
            (quarter, basis) for quarter in (2, 3, 4)
        ]


def test_figures_listed_by_months() -> None:
    """3月、6月、9月、12月底前分别 gives each month its figure."""
    for words in ("3月、6月、9月、12月底前分别改造", "到3月、6月、9月、12月底，累计分别改造"):
        targets, findings = read("改造农房150户。", f"{words}20户、60户、110户、150户。")
        assert [(str(t.value), t.quarter, t.basis, t.measure) for t in targets[1:]] == [
            ("20", 1, Basis.CUMULATIVE, "改造农房"), ("60", 2, Basis.CUMULATIVE, "改造农房"),
            ("110", 3, Basis.CUMULATIVE, "改造农房"), ("150", 4, Basis.CUMULATIVE, "改造农房"),
        ], words  # fmt: skip
        assert not findings


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ("一季度、上半年、前三季度、全年分别出让20宗、45宗、70宗、100宗。", "1c 2c 3c 4c"),
        (
            "一季度末、二季度末、三季度末、四季度末累计出让分别达到20宗、45宗、70宗、100宗。",
            "1c 2c 3c 4c",
        ),
        ("6月底前、12月底前分别出让40宗、100宗。", "2c 4c"),
        ("上半年、下半年分别出让40宗、60宗。", "2c 4i"),
    ],
)
def test_figures_listed_by_times(schedule: str, expected: str) -> None:
    """一季度、上半年、前三季度分别 gives each time its figure."""
    targets, _ = read("出让土地100宗。", schedule)
    assert " ".join(f"{t.quarter}{t.basis.value[0]}" for t in targets[1:]) == expected


def test_figures_of_each_round_are_a_level() -> None:
    """每轮检查企业不少于50家 is no sum, as 每次 and 每批 are none."""
    targets, _ = read("", "每季度检查1轮，每轮检查企业不少于50家。")
    assert targets[-1].basis is Basis.LEVEL


def test_states_of_a_day_a_degree_and_a_size() -> None:
    """What is handled a day, a temperature, and a size that is reached stand; sums do not."""
    targets, _ = read(
        "日处理量达到200吨，日均客流3万人次，室温不低于18℃。",
        "上半年，注册用户突破3万人，务工规模达1万人，新增规模达2亿元，培训达3万人，申报企业数达90家。",
    )
    assert [t.basis for t in targets] == [Basis.LEVEL] * 5 + [Basis.CUMULATIVE] * 3
    assert (targets[2].measure, targets[2].unit, targets[2].comparator) == (
        "室温", "℃", Comparator.AT_LEAST,
    )  # fmt: skip


def test_steps_side_by_side_count_apart() -> None:
    """Figures of 开工 and of 完工 are each a chain, though both are the goal's thing."""
    steps = "一季度末，开工小区40个；二季度末，开工90个，完工20个；三季度末，完工80个；"
    targets, _ = read("改造小区150个。", f"{steps}四季度末，150个全部完工。")
    assert [t.basis for t in targets[1:]] == [Basis.CUMULATIVE] * 5
    assert targets[-1].measure == "改造小区完工"


def test_bare_words_of_doing_name_nothing() -> None:
    """更新100台 and 按照…进度 go by the workstream or the goal, 增长 by the thing without 完成."""
    targets, _ = read("改造电梯。", "电梯更新：6月底前更新100台。\n空调：每季度加装9台。")
    assert [t.measure for t in targets] == ["电梯更新", "空调每季度加装"]
    targets, _ = read("改造管网30公里。", "按照一季度10%、二季度40%的进度推进。")
    assert [t.measure for t in targets[1:]] == ["改造管网"] * 2
    targets, _ = read("预算收入完成8亿元，增长6%。", "")
    assert targets[1].measure == "预算收入增长"


def test_part_is_no_start_of_the_count() -> None:
    """其中 beside the first figure does not hide the 累计 that follows it."""
    steps = "一季度签约项目8个，其中大项目1个；二季度累计签约20个。"
    targets, _ = read("签约项目40个。", steps)
    assert [t.basis for t in targets[1:]] == [
        Basis.CUMULATIVE, Basis.IN_QUARTER, Basis.CUMULATIVE,
    ]  # fmt: skip


def test_unit_in_brackets_is_no_part_of_a_measure() -> None:
    """公厕（牵头单位：市甲局）：竣工8座 counts 公厕."""
    targets, _ = read(
        "", "公厕（牵头单位：市甲局）：三季度竣工8座。\n市场（市乙局负责）：四季度建成2个。"
    )
    assert [t.measure for t in targets] == ["公厕竣工", "市场建成"]


def test_year_is_said_of_the_figure_behind_it() -> None:
    """全年出口80亿元，新增仓库3个: the warehouses are the quarter's; 其中 goes with the sum."""
    goal = "出口80亿元，新增仓库7个。"
    targets, _ = read(
        goal, "三季度，新增仓库4个。四季度，全年出口80亿元，其中农产品9亿元，新增仓库3个。"
    )
    assert [t.basis for t in targets[2:]] == [
        Basis.IN_QUARTER, Basis.CUMULATIVE, Basis.CUMULATIVE, Basis.IN_QUARTER,
    ]  # fmt: skip
    targets, _ = read(goal, "四季度，力争年内，新增仓库5个。")
    assert targets[2].basis is Basis.CUMULATIVE


def test_chain_that_ends_at_the_goal_among_others_of_its_unit() -> None:
    """路面 rises to the goal's length, whatever 路基 counts; no other name need be like it."""
    steps = "7月底前，路基280公里、路面100公里；9月底前，路面200公里；11月底前，路面280公里。"
    targets, _ = read("实施畅通工程280公里。", steps)
    assert [(t.measure, t.basis) for t in targets[2:]] == [("路面", Basis.CUMULATIVE)] * 3


def test_sizes_tell_kinds_apart() -> None:
    """One of 10亿元以上 in the last quarter is not the goal's one of 50亿元以上."""
    steps = "三季度，引进10亿元以上项目2个。四季度，引进10亿元以上项目1个。"
    targets, _ = read("引进10亿元以上项目3个、50亿元以上项目1个。", steps)
    assert [t.basis for t in targets[2:]] == [Basis.IN_QUARTER] * 2


def test_rate_of_the_clause_before() -> None:
    """逐季提升化解率，一季度达到80% speaks of that rate throughout."""
    targets, _ = read("做好调解。", "按月通报，逐季提升化解率，一季度达到80%，二季度达到85%。")
    assert [(t.quarter, t.measure) for t in targets] == [(1, "化解率"), (2, "化解率")]


def test_bare_growth_in_the_quarters() -> None:
    """上半年增长4% is the growth of what grew in the quarter before; of two it is neither's."""
    targets, _ = read("", "一季度财政收入增长3%，上半年增长4%，全年增长5%。")
    assert {t.measure for t in targets} == {"财政收入增长"}
    targets, _ = read("", "一季度，税收增长3%，产值增长6%。二季度，增长4%。")
    assert targets[-1].measure == "增长"


def test_share_of_the_plan_is_no_rate() -> None:
    """完成25% is of what the goal counts, never of the growth or the rate beside it."""
    targets, _ = read("预算收入8亿元，增长6%。", "一季度完成25%。四季度完成100%。")
    assert [(t.measure, t.annual_target_id) for t in targets[2:]] == [("预算收入", None)] * 2
    targets, _ = read(
        "新增就业3万人，再就业1万人，失业率5%以内。",
        "一季度，完成全年任务的25%。二季度，失业率5%以内，完成年度目标的55%。",
    )
    assert [(t.measure, t.annual_target_id) for t in targets[3:]] == [
        ("完成全年任务", None), ("失业率", "2023-005-T03"), ("完成全年任务", None),
    ]  # fmt: skip
    targets, _ = read("签约率达到100%。", "一季度完成30%。")
    assert (targets[1].measure, targets[1].annual_target_id) == ("签约率", "2023-005-T01")


def test_figures_for_two_goals_together_lead_to_neither() -> None:
    """学位 without a school counts the goal's 小学 and 中学 together."""
    targets, _ = read(
        "新增小学学位1800个、中学学位5400个。", "三季度，新增学位4800个。四季度，新增学位2400个。"
    )
    assert [t.annual_target_id for t in targets[2:]] == [None, None]


def test_words_of_time_are_no_part_of_a_measure() -> None:
    """Nor are 各季度, 中旬 and the 全年 of the figure before."""
    targets, _ = read(
        "全年开工桥梁8座，一季度2座。",
        "二季度，5月中旬完成检查3次，完成公路9公里。各季度分别完成投资1亿元、2亿元、3亿元、4亿元。",
    )
    assert [t.measure for t in targets] == [
        "开工桥梁", "开工桥梁", "完成检查", "完成公路", *["完成投资"] * 4,
    ]  # fmt: skip


def test_share_of_the_year_is_the_quarters() -> None:
    """占全年20% and 完成全年的30% are due in their quarter; 全年增长12% is the year's."""
    steps = "一季度培训600人，占全年20%。二季度完成全年的30%。三季度培训90人，全年增长12%。"
    targets, _ = read("培训3000人。", steps)
    assert [t.quarter for t in targets[1:]] == [1, 1, 2, 3, 4]
    targets, _ = read("培训3000人。", "1月份培训600人，2月份完成培训800人。")
    assert [t.measure for t in targets[1:]] == ["培训", "培训"]


def test_deadline_behind_what_is_counted() -> None:
    """第一批40个村6月底前完成 is due in June, and counts 村."""
    targets, _ = read("整治村庄100个。", "第一批40个村6月底前完成，第二批60个村11月底前完成。")
    assert [(str(t.value), t.quarter, t.basis) for t in targets[1:]] == [
        ("40", 2, Basis.CUMULATIVE), ("60", 4, Basis.CUMULATIVE),
    ]  # fmt: skip
    assert [t.measure for t in targets[1:]] == ["第一批村", "第二批村"]


def test_times_in_brackets_date_their_figures() -> None:
    """造林3万亩（4月底前） is due then; a bracket of steps gives each its own time."""
    targets, _ = read("春季造林3万亩（4月底前）；秋季造林1万亩（9月）。", "")
    assert [(str(t.value), t.quarter) for t in targets] == [("3", 2), ("1", 3)]
    targets, _ = read("改厕90户（3月底前20户，6月底前50户，年底前90户）。", "")
    assert [(str(t.value), t.quarter) for t in targets] == [
        ("90", 4), ("20", 1), ("50", 2), ("90", 4),
    ]  # fmt: skip


def test_figures_by_months_are_told() -> None:
    """Months of one quarter with a figure each make no quarter's figure, which is said."""
    for schedule in ("1月2家，2月3家；二季度5家。", "1月份新增2家；2月份新增3家；4月新增5家。"):
        _, findings = read("新增企业10家。", schedule)
        assert [f.code for f in findings] == ["PLAN-TARGET-MONTHS"]
        assert "2家、2月" in findings[0].message
    for schedule in ("5月举办1场，8月举办2场。", "1—2月新增2家，3月底前新增5家。"):
        assert not read("举办3场。", schedule)[1]


def test_bare_growth_since_the_years_beginning() -> None:
    """较年初增长7% in the second quarter is of what grew in the first."""
    targets, _ = read("", "一季度末贷款余额较年初增长3%，二季度末较年初增长7%。")
    assert {t.measure for t in targets} == {"贷款余额较年初增长"}
    targets, _ = read("完成税收9亿元，同口径增长5%。", "")
    assert targets[1].measure == "完成税收同口径增长"


def test_changes_go_by_what_changes() -> None:
    """较上年增加 is that of the figure before; percentage points are a rate's."""
    targets, _ = read("完成投资60亿元，较上年增加5亿元，开工率30%，较去年同期提高5个百分点。", "")
    assert [t.measure for t in targets] == [
        "完成投资", "完成投资较上年增加", "开工率", "开工率较去年同期提高",
    ]  # fmt: skip


def test_running_total_in_a_bracket_is_its_own_figures() -> None:
    """新增5个（累计9个）、改造2处（累计3处）: neither 5 nor 2 is a running total."""
    targets, _ = read("", "二季度新增车位5个（累计9个）、改造路口2处（累计3处）。")
    assert [(str(t.value), t.basis) for t in targets] == [
        ("5", Basis.IN_QUARTER), ("9", Basis.CUMULATIVE),
        ("2", Basis.IN_QUARTER), ("3", Basis.CUMULATIVE),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "measure",
    [
        "再生水利用率",
        "再就业",
        "近视率",
        "即办件率",
        "共享单车",
        "继续教育",
        "计划生育率",
        "约谈企业",
        "成功率",
    ],
)
def test_words_that_begin_like_adverbs(measure: str) -> None:
    """再生水 and 共享单车 keep their first character."""
    targets, _ = read(f"{measure}9件。", "")
    assert targets[0].measure == measure


def test_benefit_without_its_noun_goes_by_the_goal() -> None:
    """惠及1万户 says no more than 完成 does."""
    targets, _ = read("惠及职工2万户。", "二季度，惠及1万户。")
    assert targets[1].measure == "惠及职工"


def test_list_without_items_goes_by_the_goals_figures() -> None:
    """一季度分别增长8%、10% is of the two that the goal names, in its order."""
    goal = "工业投资增长12%、技改投资增长15%。"
    targets, findings = read(goal, "一季度分别增长8%、10%。上半年分别增长9%、11%。")
    assert [(t.quarter, t.measure, str(t.value)) for t in targets[2:]] == [
        (1, "工业投资增长", "8"), (1, "技改投资增长", "10"),
        (2, "工业投资增长", "9"), (2, "技改投资增长", "11"),
    ]  # fmt: skip
    assert not findings
    targets, _ = read(goal, "一、二季度分别增长8%、10%。")
    assert [t.quarter for t in targets[2:]] == [1, 2]
    mixed = "新建公园9个、绿道30公里，投资2亿元。"
    targets, _ = read(mixed, "一季度分别完成2个、8公里。二季度累计分别完成5个、20公里。")
    assert [(t.quarter, t.measure, t.unit, t.basis) for t in targets[3:]] == [
        (1, "新建公园", "个", Basis.CUMULATIVE), (1, "绿道", "公里", Basis.CUMULATIVE),
        (2, "新建公园", "个", Basis.CUMULATIVE), (2, "绿道", "公里", Basis.CUMULATIVE),
    ]  # fmt: skip
    assert [f.code for f in read(mixed, "一季度分别完成8公里、2个。")[1]] == ["PLAN-TARGET-PAIRING"]
    targets, findings = read("", "上半年分别增长8%、10%。")
    assert ([f.code for f in findings], targets) == (["PLAN-TARGET-PAIRING"], ())
    assert [f.code for f in read(goal, "一季度分别增长8%、10%、9%。")[1]] == ["PLAN-TARGET-PAIRING"]


def test_list_of_figures_alone() -> None:
    """二季度93%、94% goes by the list of the quarter before; where there is none, it is told."""
    targets, findings = read(
        "响应率100%，解决率、满意率分别达到95%、96%。",
        "一季度解决率、满意率分别达到92%、93%；二季度93%、94%。",
    )
    assert [(t.quarter, t.measure, str(t.value)) for t in targets[3:]] == [
        (1, "解决率", "92"), (1, "满意率", "93"), (2, "解决率", "93"), (2, "满意率", "94"),
    ]  # fmt: skip
    assert not findings
    steps = "二季度新增甲企业9家、乙企业8家（累计15家、18家）。"
    targets, _ = read("新增甲企业30家、乙企业40家。", steps)
    assert [(t.measure, str(t.value), t.basis) for t in targets[4:]] == [
        ("新增甲企业", "15", Basis.CUMULATIVE), ("乙企业", "18", Basis.CUMULATIVE),
    ]  # fmt: skip
    targets, _ = read("", "一季度至四季度绿化分别完成1、3、3、3万平方米。")
    assert {t.measure for t in targets} == {"绿化"}
    targets, findings = read("响应率100%。", "一季度93%、94%。")
    assert [t.measure for t in targets] == ["响应率"]
    assert [f.message for f in findings] == [
        "“93%、94%”未读作指标（并列的数字没有写明各指什么），请核对。"
    ]


def test_score_is_a_level() -> None:
    """满意度达到95分 is a state, not a sum; so are a noise and what a volume of air holds."""
    targets, _ = read("满意度达到95分。", "二季度，满意度90分。")
    assert [t.basis for t in targets] == [Basis.LEVEL] * 2
    lives = "预期寿命提高到79.5岁，平均年龄不超过45岁，为60岁老人体检，服务80岁以上老人。"
    targets, _ = read(lives, "")
    assert [(str(t.value), t.unit, t.basis) for t in targets] == [
        ("79.5", "岁", Basis.LEVEL), ("45", "岁", Basis.LEVEL),
    ]  # fmt: skip
    targets, _ = read("噪声达到55分贝，浓度为32微克每立方米，利率下降20个基点。", "")
    assert [t.basis for t in targets] == [Basis.LEVEL] * 3


def test_acts_that_are_each_counted() -> None:
    """改造 beside 新建农田 is of the fields, too, and neither leads to the other's goal."""
    steps = "二季度，新建农田4万亩、改造2万亩。三季度，新建农田4万亩、改造2万亩。"
    targets, _ = read("新建农田8万亩、改造4万亩。", steps)
    assert [(t.measure, t.basis, t.annual_target_id) for t in targets] == [
        ("新建农田", Basis.CUMULATIVE, None), ("改造农田", Basis.CUMULATIVE, None),
        *[
            ("新建农田", Basis.IN_QUARTER, "2023-005-T01"),
            ("改造农田", Basis.IN_QUARTER, "2023-005-T02"),
        ] * 2,
    ]  # fmt: skip


def test_a_bare_figure_that_is_reached_is_a_level() -> None:
    """确保达9500家 says of what stands what 确保达到9500家 does."""
    for reached in ("达到", "达"):
        targets, _ = read(f"夯实高企基本盘，确保{reached}9500家。", "")
        assert [(t.value, t.comparator, t.basis) for t in targets] == [
            (Decimal(9500), Comparator.AT_LEAST, Basis.LEVEL)
        ]


def test_verbs_alone_go_by_the_goal_that_has_them() -> None:
    """What follows another figure of its unit need not count the same."""
    targets, _ = read(
        "转移劳动力9万人次，开展技能培训6000人次。",
        "一季度，转移4万人次，培训2000人次。二季度，转移5万人次，培训4000人次。",
    )
    assert [(t.measure, t.basis.value, t.annual_target_id) for t in targets[2:]] == [
        ("转移", "in_quarter", "2023-005-T01"),
        ("开展技能培训", "in_quarter", "2023-005-T02"),
        ("转移", "in_quarter", "2023-005-T01"),
        ("开展技能培训", "in_quarter", "2023-005-T02"),
    ]


def test_a_figure_of_one_goal_that_equals_another_is_its_own() -> None:
    """A last 300 公里 of 公路 is no sum of the 300 公里 of 护栏."""
    targets, _ = read(
        "改建公路500公里，护栏300公里。",
        "三季度，改建公路200公里，护栏120公里；四季度，改建公路300公里，护栏180公里。",
    )
    assert [(t.measure, t.basis.value, t.annual_target_id) for t in targets[2:]] == [
        ("改建公路", "in_quarter", "2023-005-T01"), ("护栏", "in_quarter", "2023-005-T02"),
        ("改建公路", "in_quarter", "2023-005-T01"), ("护栏", "in_quarter", "2023-005-T02"),
    ]  # fmt: skip


def test_lengths_in_service_and_installed_power_are_levels() -> None:
    """What is in operation stands; what is newly opened or installed is added."""
    for goal, basis in (
        ("运营里程达到260公里。", Basis.LEVEL), ("公路总里程突破1.6万公里。", Basis.LEVEL),
        ("电力装机达到500万千瓦。", Basis.LEVEL), ("森林蓄积量达到9万立方米。", Basis.LEVEL),
        ("每千名老人拥有床位40张。", Basis.LEVEL), ("为每千名老人新建床位40张。", Basis.CUMULATIVE),
        ("千人口托位数达到4.2个。", Basis.LEVEL),
        ("新开通运营里程30公里。", Basis.CUMULATIVE),
        ("新增装机容量30万千瓦。", Basis.CUMULATIVE), ("完成装机容量30万千瓦。", Basis.CUMULATIVE),
    ):  # fmt: skip
        targets, _ = read(goal, "")
        assert [t.basis for t in targets] == [basis], goal


def test_units_with_a_scale_of_their_own_are_held_against_each_other() -> None:
    """3万千瓦 and 2000千瓦 count the same, as 3万元 and 2000元 do."""
    targets, _ = read(
        "新增光伏并网3万千瓦。", "二季度，光伏并网10000千瓦。四季度，光伏并网2万千瓦。"
    )
    assert [(t.basis.value, t.annual_target_id) for t in targets[1:]] == [
        ("in_quarter", "2023-005-T01")
    ] * 2


def test_a_sum_beside_a_goal_of_growth_is_not_named_by_the_growth() -> None:
    """完成28亿元，增长5% under 收入增长6% is of 收入, and the growth is said once."""
    targets, _ = read("税收收入增长6%。", "一季度完成28亿元，增长5%；二季度完成30亿元，增长5.5%。")
    assert [(t.measure, t.unit) for t in targets] == [
        ("税收收入增长", "%"),
        ("税收收入", "亿元"), ("税收收入增长", "%"),
        ("税收收入", "亿元"), ("税收收入增长", "%"),
    ]  # fmt: skip


def test_office_adds_words_in_its_params(tmp_path: Path) -> None:
    """A feast and a verb of its own are read; a word that clashes stops the reading."""
    rows = [("题", "接诉时间压落至15分钟。", "荔枝节前建成驿站5座。", "张三", "市甲局", "")]
    words = {
        "荔枝节": {"class": "feast", "quarter": 2},
        "压落": {"class": "act", "change": "down"},
    }
    plan = read_table(tmp_path, led(rows), words=words)
    assert [(t.quarter, t.direction, t.certainty) for t in plan.targets] == [
        (4, Direction.LOWER, Certainty.STATED), (2, Direction.HIGHER, Certainty.INFERRED),
    ]  # fmt: skip
    with pytest.raises(InputRefused, match="“降”与词表不一致"):
        read_table(tmp_path, led(rows), words={"降": {"class": "act", "change": "up"}})


def test_figures_that_nothing_decides_are_asked_about() -> None:
    """Rising figures without a year's goal are the quarter's or all so far; the first is both."""
    schedule = "一季度，发布5篇。二季度，发布10篇。三季度，发布18篇。四季度，发布30篇。"
    targets, findings = read("发布网格故事。", schedule)
    assert [t.certainty for t in targets] == [
        Certainty.INFERRED, *[Certainty.UNCERTAIN] * 3,
    ]  # fmt: skip
    assert [f.code for f in findings] == ["PLAN-TARGET-UNCERTAIN"] * 3
    assert "是当季数还是累计数，原文没有写明" in findings[0].message
    targets, findings = read("发布网格故事30篇。", schedule)
    assert {t.certainty for t in targets} == {Certainty.INFERRED}
    assert not findings


def test_target_says_how_it_is_understood() -> None:
    """One sentence tells the time, the comparison and which way is better."""
    targets, _ = read(
        "改造农房800户以上，PM2.5浓度降至32微克/立方米。",
        "二季度，遴选不超过3家企业。三、四季度，举办活动不少于100场。",
    )
    assert [t.understood for t in targets] == [
        "第四季度末累计不少于800户，越多越好",
        "第四季度末不超过32微克/立方米，越低越好",
        "第二季度当季不超过3家",
        "第三、四季度合计不少于100场，越多越好",
    ]
    assert [t.rule for t in targets] == [
        "at-least, year", "falls-to, state", "at-most, label", "at-least, span",
    ]  # fmt: skip


def test_less_is_better_where_the_direction_says_so() -> None:
    """40 of 45 is met, 50 is not; of a range the upper end counts."""
    (target,), _ = read("PM2.5浓度降至45微克/立方米。", "")
    assert target.is_met(Decimal(40))
    assert not target.is_met(Decimal(50))
    (target,), _ = read("失业率控制在4%-5%。", "")
    assert (target.comparator, target.direction) == (Comparator.RANGE, Direction.LOWER)
    assert target.is_met(Decimal("4.8"))
    assert not target.is_met(Decimal("5.1"))


@pytest.mark.parametrize(
    ("sentence", "measure"),
    [
        ("并用好奖励资金撬动投资超10亿元。", "用好奖励资金撬动投资"),
        ("完成道路整治100公里（含示范道路50公里）。", "示范道路"),
        ("各镇计划新建28个。", "各镇计划新建"),
        ("示范镇计划28个。", "示范镇"),
        ("事故总数控制在同比双上升30%以内。", "事故总数同比双上升"),
        ("新增企业新增20家。", "新增企业"),
        ("推进三年行动计划5个。", "推进三年行动计划"),
    ],
)
def test_measure_reads_like_an_officials(sentence: str, measure: str) -> None:
    """A name holds nothing that only joins it to its sentence."""
    targets, _ = read(sentence, "")
    assert targets[-1].measure == measure


def test_round_numbers_in_signs_are_written_plainly() -> None:
    """百名 is 100名, as 一百名 is, and no power of ten."""
    targets, _ = read("培训教师百名，培训校长一百名。", "")
    assert [str(t.value) for t in targets] == ["100", "100"]
