"""Lead and supporting units as cells write them."""

import pytest

from reporting.plan.parties.units import Duties, KnownUnits
from reporting.plan.values import SupportingUnit

KNOWN = ["市甲局、市乙局", "市丙管委会、市丁集团", "市教育局", "市文化和旅游局"]


def _read(
    lead: str = "市甲局", support: str = "/", aliases: dict[str, str] | None = None
) -> Duties:
    return KnownUnits([*KNOWN, lead, support], aliases or {}).read(lead, support)


@pytest.mark.parametrize(
    ("cell", "lead", "coordinating", "host"),
    [
        ("市甲局\n市乙局", ["市甲局", "市乙局"], None, None),
        ("市安委办（设在市甲局）", ["市安委办"], None, "市甲局"),
        ("市安委办(设在市甲局)", ["市安委办"], None, "市甲局"),
        ("市丙管委会具体负责（市筹建办协调督促）", ["市丙管委会"], "市筹建办", None),
        (
            "甲大学（某市）（筹）具体负责（市筹建办协调督促）",
            ["甲大学（某市）（筹）"],
            "市筹建办",
            None,
        ),
        ("市融合办（市海防办）", ["市融合办（市海防办）"], None, None),
        ("市甲局（牵头）、市乙局", ["市甲局", "市乙局"], None, None),
        ("市发展\n改革局", ["市发展改革局"], None, None),
        ("1.市甲局；2.市乙局", ["市甲局", "市乙局"], None, None),
        ("市文化和旅游局", ["市文化和旅游局"], None, None),
        ("市住房和城乡\n建设局", ["市住房和城乡建设局"], None, None),
        ("市人力资源和社会\n保障局", ["市人力资源和社会保障局"], None, None),
        ("市发展和\n改革委员\n会", ["市发展和改革委员会"], None, None),
        ("市委\n宣传部、市政府\n办公室", ["市委宣传部", "市政府办公室"], None, None),
        ("市委\n市政府", ["市委", "市政府"], None, None),
        ("（1）市甲局\n（2）市乙局", ["市甲局", "市乙局"], None, None),
        ("市甲局和市乙局", ["市甲局", "市乙局"], None, None),
        ("/", [], None, None),
    ],
)
def test_lead_units(cell: str, lead: list[str], coordinating: str | None, host: str | None) -> None:
    """Several units, hosts, divided labour, and brackets that belong to a name."""
    duties = _read(cell)
    assert (duties.lead, duties.coordinating, duties.host) == (lead, coordinating, host)


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("/", []),
        ("无", []),
        ("市乙局、市丁集团，各镇街（园区）", ["市乙局", "市丁集团", "各镇街（园区）"]),
        ("市乙局；\n市丁集团", ["市乙局", "市丁集团"]),
        ("某海关等有关部门", ["某海关", "有关部门"]),
        ("市工业和\n信息化局", ["市工业和信息化局"]),
        ("市水利支队及沿河镇街", ["市水利支队", "沿河镇街"]),
        ("市乙局和市文化和旅游局", ["市乙局", "市文化和旅游局"]),
        ("（1）市乙局；（2）市丁集团", ["市乙局", "市丁集团"]),
    ],
)
def test_supporting_units(cell: str, units: list[str]) -> None:
    """Separators, breaks inside names, collective units kept as such."""
    assert [s.unit for s in _read(support=cell).support] == units


def test_scopes_of_supporting_units() -> None:
    """A scope holds to the end of its line, numbered or not."""
    cell = "1.东段：市乙局、甲镇\n2.西段：市丁集团\n各镇街（园区）"
    assert _read(support=cell).support == [
        SupportingUnit(unit="市乙局", scope="东段"),
        SupportingUnit(unit="甲镇", scope="东段"),
        SupportingUnit(unit="市丁集团", scope="西段"),
        SupportingUnit(unit="各镇街（园区）"),
    ]


def test_remark_after_a_known_name() -> None:
    """A bracket after a name that also stands alone is a remark; a finding keeps it."""
    duties = _read(support="市教育局（校园专班）、市委人才办（设在市乙局）")
    assert duties.support == [
        SupportingUnit(unit="市教育局", scope="校园专班"),
        SupportingUnit(unit="市委人才办"),
    ]
    assert [f.found for f in duties.findings] == ["校园专班", "设在市乙局"]


def test_aliases_apply_in_every_place() -> None:
    """An alias of params is read as the canonical name, also as host and coordinator."""
    aliases = {"市甲委": "市甲局"}
    duties = _read("市办（设在市甲委）", "市甲委", aliases)
    assert (duties.host, duties.support) == ("市甲局", [SupportingUnit(unit="市甲局")])


def test_unbalanced_brackets_are_told() -> None:
    """A bracket left open is a finding; the text is kept."""
    duties = _read("市安委办（设在市甲局")
    assert [f.code for f in duties.findings] == ["PLAN-BRACKET"]
    assert duties.lead == ["市安委办（设在市甲局"]


@pytest.mark.parametrize(
    ("cell", "lead", "support"),
    [
        ("市甲局牵头，市乙局、市丙局配合", ["市甲局"], ["市乙局", "市丙局"]),
        ("市甲局、市乙局牵头；市丙局按职责分工负责", ["市甲局", "市乙局"], ["市丙局"]),
        ("由市甲局会同市乙局负责", ["市甲局"], ["市乙局"]),
        ("市甲局、市乙局按职责分工负责", ["市甲局", "市乙局"], []),
        ("①市甲局②市乙局", ["市甲局", "市乙局"], []),
        ("1、市甲局 2、市乙局", ["市甲局", "市乙局"], []),
        ("市甲局\\市乙局／市丙局", ["市甲局", "市乙局", "市丙局"], []),
        ("市经协办", ["市经协办"], []),
        ("市甲局、市乙局（按职责分工负责）", ["市甲局", "市乙局"], []),
    ],
)
def test_who_leads_is_said_by_words(cell: str, lead: list[str], support: list[str]) -> None:
    """Words of duty beside the names are no part of them, and tell who only helps."""
    duties = KnownUnits([cell], {}).read(cell, "")
    assert duties.lead == lead
    assert [s.unit for s in duties.support] == support
    assert not duties.findings


@pytest.mark.parametrize("cell", ["市甲局 张三", "【牵头】市甲局", "★市甲局", "张三"])
def test_name_that_is_no_units_is_told(cell: str) -> None:
    """A person, a mark or a sentence among the units is kept, never in silence."""
    assert [f.code for f in KnownUnits([cell], {}).read(cell, "").findings] == ["PLAN-UNIT-UNCLEAR"]


def test_first_of_a_ranked_list_leads() -> None:
    """Where the header says that the first leads, the others help."""
    duties = KnownUnits([], {}).read("市甲局、市乙局", "市丙局", ranked=True)
    assert duties.lead == ["市甲局"]
    assert [s.unit for s in duties.support] == ["市乙局", "市丙局"]


def test_lead_unit_behind_its_part_of_the_work() -> None:
    """甲桥：市甲局 names a unit and what it leads, which has no field and is told."""
    duties = _read("①甲桥：市甲局；②乙桥：市乙局")
    assert duties.lead == ["市甲局", "市乙局"]
    assert [f.message for f in duties.findings] == [
        "“市甲局”牵头“甲桥”，分工照录于此。",
        "“市乙局”牵头“乙桥”，分工照录于此。",
    ]


def test_second_host_is_told() -> None:
    """Only one host has a field; another unit's is named, be it the same."""
    duties = _read("市丙办（设在市甲局）、市丁办（设在市甲局）")
    assert (duties.lead, duties.host) == (["市丙办", "市丁办"], "市甲局")
    assert [f.message for f in duties.findings] == [
        "“市丁办”后括注“设在市甲局”，不作名称的一部分。"
    ]


def test_places_in_brackets_belong_to_the_name() -> None:
    """各乡镇（街道） is one name, though 各乡镇 stands alone in another row."""
    duties = KnownUnits(["各乡镇", "各乡镇（街道）"], {}).read("县甲局", "各乡镇（街道）")
    assert duties.support == [SupportingUnit(unit="各乡镇（街道）")]
    assert not duties.findings


def test_counties_are_units() -> None:
    """A county or a district that helps needs no 政府 behind its name."""
    duties = KnownUnits([], {}).read("市甲局", "甲县、城东区、乙旗")
    assert [s.unit for s in duties.support] == ["甲县", "城东区", "乙旗"]
    assert not duties.findings


def test_cities_of_a_prefecture_and_a_list_that_goes_on() -> None:
    """县级市 answer for themselves as counties do; 等 behind the last helper is no name."""
    duties = KnownUnits([], {}).read("甲山市、乙县", "州甲局、州乙局等")
    assert duties.lead == ["甲山市", "乙县"]
    assert [s.unit for s in duties.support] == ["州甲局", "州乙局"]
    assert not duties.findings
    vague = KnownUnits([], {}).read("全市", "/")
    assert vague.findings
