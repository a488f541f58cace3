"""What a year's parameters will put on paper: the rule, the days, the words, the reports."""

from collections.abc import Iterator

from reporting.assess.assess import masthead_of
from reporting.assess.rating.rule import clauses
from reporting.assess.subjects.declared import filled_title
from reporting.documents.fonts.chosen import choose_fonts
from reporting.periods import Period, full_date
from reporting.project.params import Params, TaskNumbers
from reporting.project.reports import CITY, Declaration, all_reports

_FONTS = {
    "title": "标题", "body": "正文", "heading1": "一级标题", "heading2": "二级标题",
    "heading3": "三级标题",
}  # fmt: skip
_NUMBERS = {TaskNumbers.PRINTED: "原表印出的编号", TaskNumbers.ORDER: "行序"}
_LANGUAGES = {"zh": "中文", "en": "英文，其余照录中文"}
_ANY_NAME = "（名称）"


def told(params: Params) -> Iterator[str]:
    """Say it line by line, each part under its heading."""
    quarters = [Period(year=params.year, quarter=quarter) for quarter in sorted(params.calendar)]
    yield "一、核定规则（各份报告的附件照此印出）"
    yield from (f"  {clause.code}　{clause.text}" for clause in clauses(params.rating))
    yield "二、日历"
    yield from (f"  {_days(params, period)}" for period in quarters)
    yield "三、文头和用语"
    yield from (f"  {_head(params, period)}" for period in quarters)
    yield f"  全部单位合称“全{params.masthead.place}”，任务号用{_NUMBERS[params.task_numbers]}"
    yield f"  表头、栏目、评价、图例用{_LANGUAGES[params.labels]}"
    yield "四、格式和报告"
    yield f"  格式：{'、'.join(params.formats) or '只有笔记本'}；排版引擎：{params.renderer}"
    yield from _fonts(params)
    yield from (f"  {_report(params, one)}" for one in all_reports(params.reports))


def _days(params: Params, period: Period) -> str:
    days = params.calendar[period.quarter]
    said = [f"{full_date(days.due)}报送截止", f"{full_date(days.publish)}印发"]
    if days.supervise:
        said.append(f"{full_date(days.supervise)}后督办")
    if days.as_of:
        said.append(f"提醒按{full_date(days.as_of)}写")
    said += [f"第{number}版{full_date(day)}" for number, day in sorted(days.editions.items())]
    return f"{period.label}：{'，'.join(said)}"


def _head(params: Params, period: Period) -> str:
    head = masthead_of(params, period)
    words = (head.title, head.issue_number, head.issuing_office, full_date(head.publish_date))
    return f"{period.label}：{'　'.join(words)}"


def _fonts(params: Params) -> Iterator[str]:
    """Say which face each part gets; one that is not installed is left out."""
    choice = choose_fonts(params.fonts)
    for role, wanted in params.fonts.items():
        face = getattr(choice, role).family
        others = "" if face in wanted else f"（{'、'.join(wanted)} 都没有安装）"
        yield f"  {_FONTS[role]}字体：{face}{others}"


def _report(params: Params, one: Declaration) -> str:
    """Say of what notebook, for whom, under what title, in what formats and quarters."""
    whom = one.label if one.each == CITY else f"{one.label}各一份"
    said = [f"{one.notebook}：{whom}"]
    if one.title:
        said.append(f"标题“{_title(params, one)}”")
    if one.formats:
        said.append(f"格式 {'、'.join(one.formats)}")
    if one.quarters:
        said.append(f"只在第{'、'.join(map(str, one.quarters))}季度")
    return "，".join(said)


def _title(params: Params, one: Declaration) -> str:
    quarter = min(one.quarters or params.calendar)
    period = Period(year=params.year, quarter=quarter)
    name = params.masthead.city if one.each == CITY else _ANY_NAME
    return filled_title(one, name, params.masthead.city, period)
