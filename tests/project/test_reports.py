"""Reports as declared: what may be said, and one sentence for what may not."""

from pathlib import Path

import pytest

from reporting.errors import UsageError
from reporting.project.params import parse_params
from reporting.project.reports import ALWAYS, OF_EVERY_PACK, Declaration, all_reports

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "params/2023.yml").read_text(encoding="utf-8")
LINE = TEXT.count("\n") + 2


def declared(text: str) -> tuple[Declaration, ...]:
    return parse_params(f"{TEXT}reports:\n  - {text}\n", 2023).reports


def test_three_are_declared_of_themselves() -> None:
    """The city's, the leaders', the units', in the order of the pack; nothing need be written."""
    found = all_reports(parse_params(TEXT, 2023).reports)
    assert [(one.stem, one.each) for one in found] == [
        ("briefing_pack", "city"), ("leader_report", "leader"), ("unit_report", "unit"),
    ]  # fmt: skip
    assert not any(one.is_own or one.report for one in found)
    assert all((ROOT / notebook).is_file() for notebook in ALWAYS)


def test_an_office_adds_its_own() -> None:
    """Called by their notebook, wherever that stands; the title is filled in."""
    (one,) = declared(
        '{notebook: examples/action_report.ipynb, each: action, title: "{name}{year}年{quarter}",'
        " formats: [pdf], quarters: 4}"
    )
    assert (one.notebook, one.report) == ("notebooks/examples/action_report.ipynb", "action_report")
    assert (one.each, one.parameter, one.label) == ("action", "action", "专项行动")
    facts = {"name": "甲{x}", "city": "", "year": 2023, "quarter": 4, "period": ""}
    assert one.titled(facts) == "甲{x}2023年4"
    assert [quarter for quarter in (1, 2, 3, 4) if one.is_made_in(quarter)] == [4]
    assert all_reports([one]) == (*OF_EVERY_PACK, one)


@pytest.mark.parametrize(
    ("each", "said"),
    [
        ("专项行动", ("action", "action", "专项行动")),
        ("lead_units", ("unit", "unit", "牵头单位")),
        ("协助单位", ("supporting_unit", "supporting_unit", "协助单位")),
        ("city", ("city", "", "全部单位")),
        ("[市商务局, 绿色行动]", (("市商务局", "绿色行动"), "name", "按名单")),
    ],
)
def test_whom_a_report_is_for_by_word_or_column(each: str, said: tuple[object, ...]) -> None:
    """In the words of the table as in those of its columns; a list is told apart by names."""
    (one,) = declared(f"{{notebook: own.ipynb, each: {each}}}")
    assert (one.each, one.parameter, one.label) == said


def test_a_report_of_every_pack_may_have_another_title_and_formats() -> None:
    """It takes the place of the one there is, and stays where it is."""
    (one,) = declared("{notebook: unit_report.ipynb, each: unit, formats: [pdf]}")
    assert all_reports([one]) == (*OF_EVERY_PACK[:2], one)
    assert one.report == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{notebook: a.ipynb, each: departement}",
         "reports 第1项.each：应为 unit（牵头单位）、leader（责任领导）、"
         "supporting_unit（协助单位）、city（全部单位），任务表的列 action（专项行动）、"),
        ("{notebook: a.ipynb, each: {action: x}}", "或者名单，实为“{'action': 'x'}”"),
        ("{notebook: a.ipynb, each: []}", "reports 第1项.each：名单中没有名称"),
        ("{notebook: a.ipynb, each: [甲, 3]}", "名单中应为单位、领导、行动等的名称，实为“3”"),
        ("{notebook: a.ipynb, each: [甲局, 甲局]}", "名单中“甲局”写了两次"),
        ("{notebook: a.ipynb}", "reports 第1项.each：应有这一项，实际没有"),
        ("{notebook: a.py, each: city}",
         "reports 第1项.notebook：应为 notebooks 文件夹中的 .ipynb 文件，实为“a.py”"),
        ("{notebook: ../a.ipynb, each: city}", "的 .ipynb 文件，实为“../a.ipynb”"),
        ("{notebook: 3, each: city}", "应为笔记本的文件名（如 action_report.ipynb），实为“3”"),
        ('{notebook: a.ipynb, each: city, title: "{nmae}"}',
         "reports 第1项.title：没有 {nmae}，可以写 {name}、{city}、{year}、{quarter}、{period}"),
        ('{notebook: a.ipynb, each: city, title: "{quarter:03}"}', "没有 {quarter:03}，可以写"),
        ('{notebook: a.ipynb, each: city, title: "{}"}', "没有 {}，可以写 {name}"),
        ('{notebook: a.ipynb, each: city, title: "第{quarter期"}',
         "花括号应成对，可以写 {name}、{city}、{year}、{quarter}、{period}，实为“第{quarter期”"),
        ("{notebook: a.ipynb, each: city, formats: [html, odt]}",
         "reports 第1项.formats：应为 html、pdf、docx 中的几种，实为“odt”"),
        ("{notebook: a.ipynb, each: city, formats: pdf}", "formats：应为列表，实为“pdf”"),
        ("{notebook: a.ipynb, each: city, quarters: [5]}", "quarters：应为季度 1 至 4，实为“5”"),
        ("{notebook: a.ipynb, each: city, folder: ../x}",
         "folder：应为小写字母、数字、汉字、“-”或“_”组成的名称，实为“../x”"),
        ("{notebook: a.ipynb, each: city, folder: unit}",
         "folder：“unit”已由固定的报告使用，请换一个名称"),
        ("{notebook: unit_report.ipynb, each: action}",
         "reports 第1项：unit_report.ipynb 是每季度固定的报告（牵头单位），"
         "只能写 title 和 formats，其他报告请另存一份笔记本"),
        ("{notebook: public_report.ipynb, each: city}", "是每季度固定的报告（公开版）"),
        ("{notebook: a.ipynb, each: unit}\n  - {notebook: a.ipynb, each: action}",
         "reports：a.ipynb 声明了两次，成果会写进同一个文件夹（a），请给其中一处另写 folder"),
        ("{notebook: a.ipynb, each: unit, folder: b}\n  - {notebook: b.ipynb, each: action}",
         "reports：b.ipynb 声明了两次，成果会写进同一个文件夹（b），请给其中一处另写 folder"),
        ("{notebook: x/a.ipynb, each: unit}\n  - {notebook: y/A.ipynb, each: unit}",
         "reports：笔记本 notebooks/y/A.ipynb 与 notebooks/x/a.ipynb 同名，请给其中一个改名"),
        ("{notebook: x/unit_report.ipynb, each: unit}",
         "笔记本 notebooks/x/unit_report.ipynb 与 固定的报告 unit_report.ipynb 同名"),
        ("{notebook: unit_report.ipynb, each: unit}\n  - {notebook: unit_report.ipynb, each: unit}",
         "reports：unit_report.ipynb 声明了两次，成果会写进同一个文件夹"),
    ],
)  # fmt: skip
def test_wrong_declaration_is_one_sentence(text: str, said: str) -> None:
    """Where it stands, what may be written, what is."""
    with pytest.raises(UsageError) as refused:
        declared(text)
    told = str(refused.value)
    assert any(f" 第{LINE + more}行的 reports" in told for more in (-1, 0)), told
    assert said in told
    assert "\n" not in told


def test_the_same_notebook_twice_has_two_folders() -> None:
    """Told apart by the folder that one of them names."""
    one, two = declared(
        "{notebook: a.ipynb, each: action}\n  - {notebook: a.ipynb, each: heading, folder: 总体}"
    )
    assert (one.report, two.report) == ("a", "总体")
