"""Quantities: which numbers of a text are promised, and how they are compared."""

from decimal import Decimal

import pytest

from reporting.language.quantities import find_quantities, find_unread
from reporting.language.quantity_units import to_base


def written(text: str) -> list[str]:
    """Write each quantity of a text as ``>=30家`` or ``2-3家``."""
    found = []
    for item in find_quantities(text, 2023):
        high = f"-{item.value_high}" if item.value_high is not None else ""
        sign = "" if high else item.comparator.value
        found.append(f"{sign}{item.value}{high}{item.unit}")
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建设公园30家以上", [">=30家"]),
        ("投资不少于 300 亿元", [">=300亿元"]),
        ("总额突破1,200亿元，超２０场", [">1200亿元", ">20场"]),
        ("超10场以上，约60宗，增长6%左右", [">10场", "=60宗", "=6%"]),
        ("遴选不多于3家，失业率控制在5.5%以内", ["<=3家", "<=5.5%"]),
        ("引进2-3家，建设1至2个，引导10万-15万人次", ["2-3家", "1-2个", "10-15万人次"]),
        ("至少开展1场活动，每镇不少于一个", [">=1场", ">=1个"]),
        ("举办两场以上活动，化解3万余件", [">=2场", ">3万件"]),
        ("率提高2个百分点，浓度达到22微克/立方米", ["=2个百分点", ">=22微克/立方米"]),
        ("农村供水率由95%提高到98%，比上年增长8%", ["=98%", "=8%"]),
        ("标准从每人每月574元、271元分别提高到609元、300元", ["=609元", "=300元"]),
        ("从业人员5万人、学徒3万人", ["=5万人", "=3万人"]),
        ("东、西、北分别新增30、20和10家", ["=30家", "=20家", "=10家"]),
        ("6月底前5家，其中2家年内投产，每月召开3场月度会", ["=5家", "=2家", "=3场"]),
        ("单位造价控制在3万元以下并公示", ["<=3万元"]),
        ("配置AED40台，增速高于平均增速5个百分点", ["=40台", ">5个百分点"]),
        ("到2025年建成30家，今年建成10家；谋划2024年项目5个", ["=10家", "=5个"]),
        ("储备明年项目6个，近年来年均增长5%", ["=6个", "=5%"]),
        ("2022-2025年整治8万亩，2024年建成5座，2023年建成2座", ["=8万亩", "=2座"]),
        ("产粮50亿斤，用电300亿度，接种10万剂次", ["=50亿斤", "=300亿度", "=10万剂次"]),
        ("变电63万千伏安，储能200MWh，缩短至30秒", ["=63万千伏安", "=200MWh", "=30秒"]),
        ("提高20元/人/月，增充电枪9把、2000车位", ["=20元/人/月", "=9把", "=2000车位"]),
        ("降至百分之五以下，达到百分之九十五，百分之80达标", ["<=5%", ">=95%", "=80%"]),
        ("产值增长1.5倍以上，困难毕业生百分之百就业", [">=1.5倍"]),
        ("30%以上的村达到标准，8个以上的镇达到标准", [">=30%", ">=8个"]),
        ("开展20场（次），超30场次", ["=20场次", ">30场次"]),
        ("提升3个百分点至45%，每月由20家增加5家到25家", ["=3个百分点", "=45%", "=5家", "=25家"]),
        ("可支付不少于12个月，为期6个月，不高于3吨/月·亩", [">=12个月", "<=3吨/月·亩"]),
        ("学位900个（小学500个、初中400个），示范区（共9个县）", ["=900个", "=500个", "=400个"]),
        ("用电量增长6%—8%，收入增长5%-6%，下降3%~4%", ["6-8%", "5-6%", "3-4%"]),
        ("新建视频监控2000路、80路高清摄像头，开通88路公交", ["=2000路", "=80路"]),
        ("引进5个/20亿元，征地9亩以上/3户，服务24小时/7天", ["=5个", "=20亿元", ">=9亩", "=3户"]),
        ("一般业务3个工作日办结，诉求24小时内答复，服务3天", ["=3个工作日", "<=24小时"]),
        ("产值增长6%至6.5%，就业率提高2%至90%", ["6-6.5%", "=2%", "=90%"]),
        ("电价下降0.03元/千瓦时，达到每千人5批次", ["=0.03元/千瓦时", ">=5批次"]),
    ],
)  # fmt: skip
def test_promised_quantities_are_found(text: str, expected: list[str]) -> None:
    """Numbers of any form are read with their unit and comparator."""
    assert written(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2022-2023赛季，6月底前，3月15日，第15届，第五批，前3名",
        "5G网络、12345热线、B2B、PM2.5、3.0平台、1+N、110、119、120平台",
        "“3个100”“三旧”和《8个项目方案》",
        "9号公司、PM10台、前5家、5万吨级码头、75周岁以上、4A级景区、2期工程、24小时响应",
        "消除10万元以下薄弱村，面积300平方米以上的餐馆、10亿元以上项目、总投资50亿元",
        "上年度完成5个，截至2022年底建成8个，到2025年，建成9个",
        "力争2024年产值突破9亿元，“十四五”末达到300公里，三年培育企业60家",
        "2024年6月底前通车，完成投资10亿元",
        "就业人员10万人死亡率、1万人专利拥有量，误差±5%",
        "次年6月投用3所，明年春季完成2万亩",
        "对现有8个园区开展评估，为期6个月，处警速度达到1、3、5分钟",
        "开展一批活动，突破一批技术，推进两个平台",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    """Dates, ordinals, codes, names, titles, sizes and other years' figures are no targets."""
    assert written(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "投资30亿元（工业投资18亿元），招引项目9个（外资项目2个）",
            ["=30亿元", "=18亿元", "=9个", "=2个"],
        ),
        (
            "投资30亿元以上（工业投资18亿元以上）、入库80家（月度7家）",
            [">=30亿元", ">=18亿元", "=80家"],
        ),
        ("投资30亿元（年度计划20亿元），招引项目9个（总投资5亿元）", ["=30亿元", "=9个"]),
        (
            "收入30亿元（税收占比70%以上），建成公园9个（绿地率35%以上）",
            ["=30亿元", ">=70%", "=9个", ">=35%"],
        ),
        ("符合条件（占比70%以上）的项目，建成公园9个（绿地率35%）", ["=9个"]),
        ("投资5亿元（工业项目8亿元），新建学校9所（在建学校5所）", ["=5亿元", "=9所"]),
    ],
)
def test_part_in_brackets(text: str, expected: list[str]) -> None:
    """A named figure of the same unit that is less is a part; a plan or a past year is none."""
    assert written(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("节能5万吨标煤，供电煤耗300克标准煤/千瓦时", ["=5万吨标煤", "=300克标准煤/千瓦时"]),
        ("货物周转量90亿吨公里，吞吐量3000万TEU", ["=90亿吨公里", "=3000万TEU"]),
        ("浓度控制在32微克每立方米，不高于35μg/m³", ["<=32微克每立方米", "<=35μg/m³"]),
        ("进水浓度提高10mg/L以上，达到90毫克/升", [">=10mg/L", ">=90毫克/升"]),
        ("噪声不超过55分贝，得分不低于55分", ["<=55分贝", ">=55分"]),
        ("利率下降20个基点，补助100元每人次", ["=20个基点", "=100元"]),
    ],
)
def test_units_that_begin_like_shorter_ones(text: str, expected: list[str]) -> None:
    """吨标煤 is not 吨, nor 分贝 分; a unit may be written with 每 or in Latin letters."""
    assert written(text) == expected


def test_spans_hold_the_words_of_comparison() -> None:
    """The span runs from the comparator to the unit, and ``at`` is the number."""
    text = "一是引进不少于 20家企业"
    (found,) = find_quantities(text, 2023)
    assert text[found.start : found.end] == "不少于 20家"
    assert text[found.at :].startswith("20")


def test_size_of_a_kind_is_not_counted() -> None:
    """A size that says which things are counted belongs to their count."""
    assert written("引进超10亿元项目5个、1宗以上超30亿元项目") == ["=5个", ">=1宗"]
    assert written("产值超50亿元产业链3条、超100亿元1条") == ["=3条", "=1条"]
    assert written("建设3个面积不小于500平方米的中心") == ["=3个"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新建24班小学1所、36班初中2所", ["=1所", "=2所"]),
        ("建成5万吨/日污水厂1座，新增处理能力1000吨/日", ["=1座", "=1000吨/日"]),
        ("占地200亩的园区开工，日处理5万吨的水厂和可容纳3000人的体育馆完工", []),
        ("建成长12公里、宽30米的大道，新建建筑面积5万平方米的中心", []),
        ("改造面积80万平方米，完成改造面积8万平方米的年度任务", ["=80万平方米", "=8万平方米"]),
        ("建设500张床位的医院2所，新增500张床位、医院3所", ["=2所", "=500张", "=3所"]),
        ("站点500米覆盖率100%，建设15分钟便民生活圈3个，绿道5公里", ["=100%", "=3个", "=5公里"]),
        ("启动投资3亿元的变电站，完成投资2亿元的年度任务，投资5亿元", ["=2亿元", "=5亿元"]),
        ("新建-20℃以下冷库3座，室温不低于18℃", ["=3座", ">=18℃"]),
    ],
)
def test_what_a_building_holds_is_no_promise(text: str, expected: list[str]) -> None:
    """A capacity or a dimension says what is built; the same words may count by themselves."""
    assert written(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("死亡率控制在0.02以内，算力达到500P", ["控制在0.02以内", "达到500P"]),
        (
            "完成一半以上，覆盖三分之二的村，产值翻番，八成以上达标",
            ["一半以上", "三分之二", "翻番", "八成"],
        ),
        (
            "死亡率控制在8/10万以内，产值之比达到2.8:1，不晚于9:30前，达到1:1比例，服务比1:200",
            ["控制在8/10万", "达到2.8:1", "达到1:1比例"],
        ),
        ("引进人才90名（团队10个），招引项目9个（总投资5亿元、已开工3个）", ["团队10个"]),
        ("入库企业80家（月度入库7家以上），培训90人（骨干9人以上）", ["月度入库7家以上"]),
        ("建成公园9个（绿地率不低于35%），公园3个（绿地率60%）", ["绿地率60%"]),
        ("建成公园9个（面积5亩），新增学位9个（小学5个），改造小区9个（在建项目5个）", []),
        ("投资12亿，设备投资5亿以上，培训3万人，用户突破2万", ["12亿", "5亿", "突破2万"]),
        ("服务企业千余家，培训上万人次，举办近百场，化解3万余件", ["千余家", "上万人", "近百场"]),
        ("外贸破百亿，培育百亿级集群", ["破百亿"]),
        ("“3个100”、超过2022年、达到1、3、5分钟、提升至2.0版、超过10家、达到5A级", []),
    ],
)
def test_what_is_passed_over_is_told(text: str, expected: list[str]) -> None:
    """A number without a unit and an amount in words are no figures, and are not lost."""
    assert [item.words for item in find_unread(text, 2023)] == expected


def test_values_compare_across_scales() -> None:
    """万 and 亿 are brought to one unit; other units stay."""
    assert to_base(Decimal("1.5"), "亿元") == (Decimal(150_000_000), "元")
    assert to_base(Decimal(3), "万人次") == (Decimal(30_000), "人次")
    assert to_base(Decimal(7), "%") == (Decimal(7), "%")
