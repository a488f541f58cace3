"""What happens in the county from January to January, and what each unit says of it.

Written as its office would tell it: nine tasks of six units. In the second quarter a task is
cancelled and its row deleted, one is inserted, one reworded, and a unit is renamed. In the third
two units are merged, a task moves, a leader is replaced and a target lowered. In the fourth a
task is cancelled. Behind each released quarter its folder is emptied, swapped or added to.
"""

from collections.abc import Mapping
from typing import Final

from year.county import Said

PARKS = (
    "1. 新建公园5个。",
    "一季度，新建1个。二季度，累计新建2个。三季度，累计新建4个。四季度，累计新建5个。",
    "张三", "县住建局", "/",
)  # fmt: skip
TOILETS = (
    "2. 改造公厕40座。",
    "一季度，改造10座。二季度，累计改造20座。三季度，累计改造30座。四季度，累计改造40座。",
    "张三", "县住建局", "/",
)  # fmt: skip
PLACES = (
    "3. 新增学位3000个。",
    "一季度，新增500个。二季度，累计新增1000个。三季度，累计新增2000个。四季度，累计新增3000个。",
    "李四", "县教育局", "县住建局",
)  # fmt: skip
CLINICS = (
    "4. 改造乡镇卫生院12间。",
    "一季度，改造3间。二季度，累计改造6间。三季度，累计改造9间。四季度，累计改造12间。",
    "王五", "县卫健局", "/",
)  # fmt: skip
_DAMS = "一季度，制定修缮方案。二季度，累计修缮2座。三季度，累计修缮4座。四季度，累计修缮6座。"
DAMS = ("5. 修缮病险水库6座。", _DAMS, "王五", "县水利局", "/")
DAMS_REWORDED = ("5. 修缮小型病险水库6座。", _DAMS, "王五", "县水利局", "/")
FIELDS = (
    "6. 建设高标准农田8000亩。",
    "一季度，建设1000亩。二季度，累计建设3000亩。三季度，累计建设6000亩。四季度，累计建设8000亩。",
    "王五", "县农业局", "/",
)  # fmt: skip
FAIRS = (
    "7. 举办展销会4场。",
    "一季度，举办1场。二季度，累计举办2场。三季度，累计举办3场。四季度，累计举办4场。",
    "李四", "县商务局", "/",
)  # fmt: skip
CAPITAL = (
    "8. 招商引资完成20亿元。",
    "一季度，完成3亿元。二季度，累计完成8亿元。三季度，累计完成14亿元。四季度，累计完成20亿元。",
    "李四", "县商务局", "/",
)  # fmt: skip
DEPOT = (
    "9. 编制物流园区规划。",
    "一季度，完成招标。二季度，形成初稿。三季度，通过评审。四季度，印发实施。",
    "李四", "县商务局", "/",
)  # fmt: skip
PARKING = (
    "10. 建设停车位600个。",
    "二季度，建设100个。三季度，累计建设300个。四季度，累计建设600个。",
    "张三", "县住建局", "/",
)  # fmt: skip


def rows(*tasks: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Put the tasks under one heading, as one cell that spans them."""
    heads = ("（一）办好民生实事。", *("" for _ in tasks[1:]))
    return [(head, *task) for head, task in zip(heads, tasks, strict=True)]


FIRST_TABLE = rows(PARKS, TOILETS, PLACES, CLINICS, DAMS, FIELDS, FAIRS, CAPITAL, DEPOT)
SECOND_TABLE = rows(TOILETS, PARKING, PLACES, CLINICS, DAMS_REWORDED, FIELDS, FAIRS, CAPITAL, DEPOT)

CHANGES: Final[Mapping[int, tuple[str, ...]]] = {
    2: (
        "kind: cancel, from: 2, task: 2023-001, decision: 常务会议纪要5号, reason: 用地未落实",
        "kind: rename, from: 2, unit: 县教育局, to: 县教育体育局, decision: 县编办〔2023〕2号, "
        "reason: 机构改革",
        "kind: add, from: 2, task: 2023-010, decision: 常务会议纪要5号, reason: 停车难",
    ),
    3: (
        "kind: merge, from: 3, units: [县水利局, 县农业局], to: 县农业农村水利局, "
        "decision: 县编办〔2023〕9号, reason: 机构改革",
        "kind: move, from: 3, task: 2023-008, unit: 县商务局, to: 县投资促进局, "
        "decision: 县编办〔2023〕9号, reason: 职责调整",
        "kind: leader, from: 3, leader: 王五, to: 赵六, decision: 分工通知3号, reason: 分工调整",
        "kind: target, from: 3, task: 2023-003, target: 学位, was: 2000, value: 1500, "
        "decision: 县府办〔2023〕31号, reason: 一所学校缓建",
        "kind: target, from: 3, task: 2023-003, target: 学位, was: 3000, value: 2400, "
        "decision: 县府办〔2023〕31号, reason: 一所学校缓建",
    ),
    4: ("kind: cancel, from: 4, task: 2023-007, decision: 常务会议纪要21号, reason: 场馆改造",),
}

ON, BEHIND, FAR, DONE = "达到序时进度", "未达序时进度", "严重滞后", "已完成"


def on(progress: str, figure: float | None = None) -> Said:
    return Said(ON, progress, figure)


SAID: Final[Mapping[int, Mapping[str, Mapping[str, Said]]]] = {
    1: {
        "县住建局": {
            "新建1个": on("达到序时进度。城东公园已建成开放，建成公园1个。", 1),
            "改造10座": on("达到序时进度。老城区公厕已改造12座。", 12),
        },
        "县教育局": {"新增500个": on("达到序时进度。一小扩建完成，新增学位500个。", 500)},
        "县卫健局": {
            "改造3间": Said(FAR, "严重滞后。已改造2间，第三间未交付场地。", 2, "2023年5月30日")
        },
        "县水利局": {"制定修缮方案": on("达到序时进度。方案已经专家论证。")},
        "县农业局": {"建设1000亩": on("达到序时进度。河西片区已建设1000亩。", 1000)},
        "县商务局": {
            "举办1场": on("达到序时进度。年货展销会如期举办，共1场。", 1),
            "完成3亿元": on("达到序时进度。签约项目6个，到位资金3.2亿元。", 3.2),
            "完成招标": on("达到序时进度。规划编制单位已经招标确定。"),
        },
    },
    2: {
        "县住建局": {
            "累计改造20座": Said(BEHIND, "未达序时进度。累计改造16座。", 16, "2023年8月31日"),
            "建设100个": on("达到序时进度。人民广场停车场建成，建设停车位100个。", 100),
        },
        "县教育体育局": {
            "累计新增1000个": on("达到序时进度。二小扩建完成，累计新增学位1000个。", 1000)
        },
        "县卫健局": {"累计改造6间": on("达到序时进度。场地已经交付，累计改造6间。", 6)},
        "县水利局": {"累计修缮2座": on("达到序时进度。龙潭、石桥两座水库通过验收。", 2)},
        "县农业局": {
            "累计建设3000亩": Said(FAR, "严重滞后。累计建设2000亩。", 2000, "2023年9月10日")
        },
        "县商务局": {
            "累计举办2场": on("达到序时进度。农产品展销会5月举办，累计2场。", 2),
            "累计完成8亿元": on("达到序时进度。冷链项目落地，累计完成8亿元。", 8),
            "形成初稿": Said(
                BEHIND, "未达序时进度。调研已结束，初稿仍在编写。", None, "2023年8月15日"
            ),
        },
    },
    3: {
        "县住建局": {
            "累计改造30座": on("达到序时进度。汽车站片区完工，累计改造30座。", 30),
            "累计建设300个": Said(
                FAR, "严重滞后。累计建设200个，北门地块未交付。", 200, "2023年11月30日"
            ),
        },
        "县教育体育局": {
            "累计新增2000个": on("达到序时进度。实验学校开学，累计新增学位1500个。", 1500)
        },
        "县卫健局": {"累计改造9间": on("达到序时进度。山口、柳林等3间完工，累计改造9间。", 9)},
        "县农业农村水利局": {
            "累计修缮4座": on("达到序时进度。青山、白沙两座水库完工，累计修缮4座。", 4),
            "累计建设6000亩": on("达到序时进度。河东片区连片整治，累计建设6000亩。", 6000),
        },
        "县投资促进局": {
            "累计完成14亿元": on("达到序时进度。装备园开工，累计完成14.5亿元。", 14.5)
        },
        "县商务局": {
            "累计举办3场": on("达到序时进度。秋季展销会9月举办，累计3场。", 3),
            "通过评审": on("达到序时进度。规划文本9月20日通过专家评审。"),
            "形成初稿": Said(DONE, "已完成。初稿8月10日报送县政府。"),
        },
    },
    4: {
        "县住建局": {
            "累计改造40座": Said(DONE, "已完成。累计改造40座，全部验收。", 40),
            "累计建设600个": Said(DONE, "已完成。北门停车场建成，累计建设600个。", 600),
        },
        "县教育体育局": {
            "累计新增3000个": Said(DONE, "已完成。累计新增学位2400个。", 2400)
        },
        "县卫健局": {
            "累计改造12间": Said(BEHIND, "未达序时进度。累计改造10间。", 10, "2024年3月31日")
        },
        "县农业农村水利局": {
            "累计修缮6座": Said(DONE, "已完成。最后两座水库蓄水，累计修缮6座。", 6),
            "累计建设8000亩": Said(DONE, "已完成。累计建设8000亩，通过市级验收。", 8000),
        },
        "县投资促进局": {
            "累计完成20亿元": Said(DONE, "已完成。累计完成20.5亿元。", 20.5)
        },
        "县商务局": {"印发实施": Said(DONE, "已完成。规划12月5日印发实施。")},
    },
}  # fmt: skip

RATED: Final[Mapping[int, Mapping[str, str]]] = {
    1: {
        "001": ON, "002": ON, "003": ON, "004": FAR, "005": ON, "006": ON, "007": ON, "008": ON,
        "009": ON,
    },
    2: {
        "002": BEHIND, "003": ON, "004": ON, "005": ON, "006": FAR, "007": ON, "008": ON,
        "009": BEHIND, "010": ON,
    },
    3: {
        "002": ON, "003": ON, "004": ON, "005": ON, "006": ON, "007": ON, "008": ON, "009": ON,
        "010": FAR,
    },
    4: {
        "002": DONE, "003": DONE, "004": BEHIND, "005": DONE, "006": DONE, "008": DONE,
        "009": DONE, "010": DONE,
    },
}  # fmt: skip
"""By hand: 2 of 3, 2000 of 3000 and 200 of 300 are 33.3 points short; 16 of 20 are 20, 10 of 12
are 16.7."""
