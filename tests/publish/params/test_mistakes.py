"""What people get wrong in parameters and notebooks: where, expected, found, and exit code 2."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from commanding import run_command

from publish.conftest import make_project
from publish.real_office import write_table
from reporting.assess.rating.rule import clauses
from reporting.project.rating import RatingRule

PARAMS = """\
year: 2023
table: data/2023/task_table.txt
status: data/2023/status
calendar:
  1: {due: 2023-04-20, publish: 2023-04-28}
  2: {due: 2023-07-20, publish: 2023-07-28}
  3: {due: 2023-10-20, publish: 2023-10-30}
  4: {due: 2024-01-20, publish: 2024-01-30}
masthead:
  city: 东莞市
  place: 市
  issuing_office: 东莞市人民政府办公室
  title: 通报
  issue_number: "2023年第{quarter}期"
rating: {tolerance: 0, far_behind: 30}
aliases:
  金融局: 市金融工作局
formats: [html, pdf]
renderer: typst
"""
FILE = "params/2023.yml"
NEXT = PARAMS.count("\n") + 1
"""The first line of what is added."""
Edit = Callable[[Path], object]
CHANGE = "decision: 纪要, reason: 因"
_MEND = "请从版本库恢复，或者用 JupyterLab 打开后重新保存"
_UTF8 = "请在记事本中用“另存为”选 UTF-8 编码保存"
_UNIT = "notebooks/unit_report.ipynb"


class Mistake(NamedTuple):
    """What somebody did, and the sentences that they are told, in order."""

    edit: Edit
    said: tuple[str, ...]


def swap(*pairs: tuple[str, str]) -> Edit:
    """Write something else into the parameters."""

    def edit(root: Path) -> None:
        text = PARAMS
        for old, new in pairs:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        (root / FILE).write_text(text, encoding="utf-8")

    return edit


def add(text: str) -> Edit:
    """Add to the parameters."""
    return lambda root: (root / FILE).write_text(PARAMS + text, encoding="utf-8")


def put(content: bytes) -> Edit:
    """Have another file for the parameters."""
    return lambda root: (root / FILE).write_bytes(content)


def book(change: Callable[[dict[str, Any]], object], name: str = _UNIT) -> Edit:
    """Change a notebook's content."""

    def edit(root: Path) -> None:
        content = json.loads((root / name).read_bytes())
        change(content)
        (root / name).write_text(json.dumps(content), encoding="utf-8")

    return edit


def at(line: int, path: str, said: str) -> str:
    return f"{FILE} 第{line}行的 {path}：{said}。"


def one(edit: Edit, said: str) -> Mistake:
    return Mistake(edit, (said,))


def _both(*edits: Edit) -> Edit:
    return lambda root: [edit(root) for edit in edits]


def _first(content: dict[str, Any]) -> dict[str, Any]:
    cell = content["cells"][0]
    assert isinstance(cell, dict)
    return cell


SYNTAX = {
    "tab": one(swap(("  city: 东莞市", "\tcity: 东莞市")),
               f"{FILE} 第10行第1列：缩进应为空格，实为制表符（Tab）。"),
    "full-width colon": one(
        swap(("renderer: typst", "renderer：typst")),
        f"{FILE} 第19行第9列：renderer 后面应为半角的“:”和一个空格，实为全角的“：”。"),
    "no space behind a colon": one(
        swap(("year: 2023\n", "year:2023\n")),
        f"{FILE} 第1行第5列：year 后面应为半角的“:”和一个空格，实为“:”后面没有空格。"),
    "open bracket": one(
        swap(("[html, pdf]", "[html, pdf")),
        f"{FILE} 第19行第9列：方括号应成对，第18行的“[”没有结束，实为“renderer: typst”。"),
    "open brace": one(
        swap(("far_behind: 30}", "far_behind: 30")),
        f"{FILE} 第16行第8列：花括号应成对，第15行的“{{”没有结束，实为“aliases:”。"),
    "open quote": one(
        swap(('{quarter}期"', "{quarter}期")),
        f"{FILE} 第20行第1列：引号应成对，第14行的引号没有结束，"
        "实为“issue_number: \"2023年第{quarter}期”。"),
    "indent": one(
        swap(("  place: 市", "   place: 市")),
        f"{FILE} 第11行第9列：缩进应与同级各行对齐，文字中有“: ”的应加引号，实为“place: 市”。"),
    "quoted and more": one(
        swap(("title: 通报", 'title: "通报"一')),
        f"{FILE} 第13行第14列：缩进应与同级各行对齐，引号外不应再有文字，"
        "实为“title: \"通报\"一”。"),
    "asterisk": one(
        swap(("title: 通报", "title: *通报")),
        f"{FILE} 第13行第10列：以“*”开头的文字应加引号，实为“title: *通报”。"),
    "at sign": one(
        swap(("title: 通报", "title: @通报")),
        f"{FILE} 第13行第10列：以“@”“`”“%”等符号开头的文字应加引号，实为“title: @通报”。"),
    "exclamation mark": one(
        swap(("title: 通报", "title: !通报 x")),
        f"{FILE} 第13行第10列：以“!”开头的文字应加引号，实为“title: !通报 x”。"),
    "two documents": one(
        add("---\na: 1\n"),
        f"{FILE} 第20行第1列：一个文件应只有一份内容，不应再写“---”，实为“---”。"),
    "control character": one(
        put(PARAMS.replace("通报", "通\x07报").encode()),
        f"{FILE} 第13行第11列：应只有文字，实有不可见的字符〔U+0007〕，请删去。"),
    "too deep": one(
        add("words: " + "[" * 3000 + "]" * 3000),
        f"{FILE}：嵌套应在几层以内，实际过深，不能读取。"),
    "gbk": one(
        put(PARAMS.encode("gbk")),
        f"{FILE} 第10行：应为 UTF-8 编码，实为GBK（ANSI）编码，{_UTF8}。"),
    "utf-16": one(
        put(PARAMS.encode("utf-16")), f"{FILE} 应为 UTF-8 编码，实为 UTF-16 编码，{_UTF8}。"),
    "utf-16 without a mark": one(
        put(PARAMS.encode("utf-16-le")), f"{FILE} 应为 UTF-8 编码，实为 UTF-16 编码，{_UTF8}。"),
    "no text": one(
        put(b"year: \xff\xff\xff"), f"{FILE} 第1行：应为 UTF-8 编码，实为别的编码，{_UTF8}。"),
    "empty": one(put(b""), f"{FILE}：应有各个字段（如 year: 2023），实际是空文件。"),
    "comments alone": one(
        put(b"# x\n\n"), f"{FILE}：应有各个字段（如 year: 2023），实际是空文件。"),
    "list": one(
        put(b"# x\n- year: 2023\n"),
        f"{FILE} 第2行：应为“字段: 内容”各行，实为列表（以“-”或“[”开头）。"),
    "prose": one(
        put("今年的参数\n".encode()),
        f"{FILE} 第1行：应为“字段: 内容”各行，实为一段文字“今年的参数”。"),
    "missing file": one(
        lambda root: (root / FILE).unlink(),
        "没有2023年的参数文件：需要 params/2023.yml，请先建立该文件。"),
}  # fmt: skip

FIELDS = {
    "unknown field": one(
        swap(("renderer: typst", "rendrer: typst")),
        at(19, "rendrer", "没有这个字段，请核对写法，相近的有 renderer")),
    "unknown field within": Mistake(
        swap(("publish: 2023-07-28", "publsh: 2023-07-28")),
        (at(6, "calendar.2.publish", "应有这一项，实际没有"),
         at(6, "calendar.2.publsh", "没有这个字段，请核对写法，相近的有 publish"))),
    "field that is a number": one(add("3: x\n"), at(NEXT, "3", "没有这个字段，请核对写法")),
    "field that YAML reads as yes": one(
        add("On: x\n"), at(NEXT, "On", "没有这个字段，请核对写法")),
    "field twice": one(
        add("renderer: quarto\n"),
        f"{FILE} 第{NEXT}行第1列：又写了一次 renderer，每个字段只能写一次（第19行已写）。"),
    "field twice within": one(
        swap(("{tolerance: 0,", "{tolerance: 0, tolerance: 5,")),
        f"{FILE} 第15行第24列：又写了一次 tolerance，每个字段只能写一次（第15行已写）。"),
    "missing field": one(
        swap(("table: data/2023/task_table.txt\n", "")), at(1, "table", "应有这一项，实际没有")),
    "year of another file": one(
        swap(("year: 2023\n", "year: 2022\n")),
        at(1, "year", "应与文件名一致（2023），实为“2022”")),
    "year in words": one(
        swap(("year: 2023\n", "year: 二〇二三\n")), at(1, "year", "应为整数，实为“二〇二三”")),
    "empty path": one(
        swap(("data/2023/status", '""')), at(3, "status", "应为项目文件夹中的路径，实际为空")),
    "number for text": one(
        swap(("title: 通报", "title: 20230101")),
        at(13, "masthead.title", "应为文字，实为“20230101”；数字、日期和有特殊符号的文字请加引号")),
    "placeholder without quotes": one(
        swap(('"2023年第{quarter}期"', "{quarter}")),
        at(14, "masthead.issue_number",
           "应为文字，实为“名称: 内容”各行；数字、日期和有特殊符号的文字请加引号")),
    "text for a mapping": one(
        swap(("rating: {tolerance: 0, far_behind: 30}", "rating: 严")),
        at(15, "rating", "应为“名称: 内容”，实为“严”")),
    "nothing for a list": one(
        add("corrections:\n"), at(NEXT, "corrections", "应为列表，实为空白，没有的请写 []")),
    "yes for a number": one(
        add("remind_before: yes\n"),
        at(NEXT, "remind_before", "应为数字或者文字（文字请加引号），实为“yes”")),
    "negative number": one(
        swap(("tolerance: 0", "tolerance: -1")),
        at(15, "rating.tolerance", "不应小于 0，实为“-1”")),
    "thresholds crossed": one(
        swap(("tolerance: 0", "tolerance: 40")),
        at(15, "rating.tolerance", "不应大于 far_behind（30），实为 40")),
    "endless threshold": one(
        swap(("far_behind: 30", "far_behind: .inf")),
        at(15, "rating.far_behind", "应为数字，实为“.inf”")),
    "unknown field of a band": Mistake(
        swap(("{tolerance: 0, far_behind: 30}",
              "{bands: [{name: 良, up_to: 5, counts_as: 达到序时进度}, "
              "{name: 差, count_as: 严重滞后}]}")),
        (at(15, "rating.bands 第2项.counts_as", "应有这一项，实际没有"),
         at(15, "rating.bands 第2项.count_as", "没有这个字段，请核对写法，相近的有 counts_as"))),
    "language of labels that there is none of": one(
        add("labels: fr\n"), at(NEXT, "labels", "应为 zh、en 之一，实为“fr”")),
    "English labels without English names": Mistake(
        swap(("{tolerance: 0, far_behind: 30}",
              "{bands: [{name: 良, up_to: 5, counts_as: 达到序时进度, en: Good}, "
              "{name: 差, counts_as: 严重滞后}]}"),
             ("renderer: typst", "renderer: typst\nlabels: en")),
        (at(15, "rating.bands 第2项", "labels 为 en 时应有 en（英文名），“差”没有写"),)),
    "unknown place": one(
        swap(("place: 市", "place: 市级")),
        at(11, "masthead.place",
           "应为 省、市、州、盟、县、旗、区、镇、乡、街道、园区、校、院、集团 之一，实为“市级”，"
           "相近的有 市")),
    "unknown format": one(
        swap(("[html, pdf]", "[html, pfd]")),
        at(18, "formats 第2项", "应为 html、pdf、docx、pptx、xlsx 之一，实为“pfd”，相近的有 pdf")),
    "unknown renderer": one(
        swap(("renderer: typst", "renderer: latex")),
        at(19, "renderer", "应为 typst、quarto 之一，实为“latex”")),
    "unknown face": one(
        add("fonts: {titel: [方正小标宋简体]}\n"),
        at(NEXT, "fonts.titel",
           "名称应为 title、body、heading1、heading2、heading3 之一，实为“titel”，相近的有 title")),
    "address of mail": one(
        add("recipients: {市统计局: 王五}\n"),
        at(NEXT, "recipients.市统计局", "应为一个邮箱地址（如 a@b.cn），实为“王五”")),
    "placeholder misspelt": one(
        swap(("{quarter}期", "{quartr}期")),
        at(14, "masthead.issue_number", "没有 {quartr}，可以写 {quarter}，相近的有 {quarter}")),
    "brace not closed": one(
        swap(("{quarter}期", "{quarter期")),
        at(14, "masthead.issue_number",
           "花括号应成对，可以写 {quarter}，实为“2023年第{quarter期”")),
    "form that is none": one(
        swap(("{quarter}期", "{quarter:二}期")),
        at(14, "masthead.issue_number",
           "应为 {quarter} 或者 {quarter:02}，实为“2023年第{quarter:二}期”")),
    "placeholder of a title": one(
        add("reports:\n  - {notebook: examples/action_report.ipynb, each: action,"
            ' title: "{nmae}进展"}\n'),
        at(NEXT + 1, "reports 第1项.title",
           "没有 {nmae}，可以写 {name}、{city}、{year}、{quarter}、{period}，相近的有 {name}")),
    "unknown change": one(
        add(f"changes:\n  - {{kind: renam, from: 2, unit: 甲, to: 乙, {CHANGE}}}\n"),
        at(NEXT + 1, "changes 第1项.kind",
           "应为 rename、merge、part、move、leader、add、cancel、part_task、postpone、target、"
           "schedule 之一，实为“renam”，相近的有 rename")),
}  # fmt: skip

DAYS = {
    "day that is none": one(
        swap(("2023-04-28", "2023-04-31")),
        at(5, "calendar.1.publish",
           "应为日期（如 2023-10-20），实为“2023-04-31”，2023年4月没有31日")),
    "day in Chinese": one(
        swap(("2023-04-28", "2023年4月28日")),
        at(5, "calendar.1.publish",
           "应为日期（如 2023-10-20），实为“2023年4月28日”，请写 2023-04-28")),
    "day in one number": one(
        swap(("2023-04-28", "20230428")),
        at(5, "calendar.1.publish", "应为日期（如 2023-10-20），实为“20230428”")),
    "pack before its returns": one(
        swap(("publish: 2023-04-28", "publish: 2023-04-18")),
        at(5, "calendar.1.publish", "不应早于 due（报送日期 2023-04-20），实为 2023-04-18")),
    "quarters out of order": Mistake(
        swap(("due: 2023-07-20, publish: 2023-07-28", "due: 2023-11-20, publish: 2023-11-28")),
        (at(7, "calendar.3.due", "不应早于第2季度的 due（2023-11-20），实为 2023-10-20"),
         at(7, "calendar.3.publish", "不应早于第2季度的 publish（2023-11-28），实为 2023-10-30"))),
    "due before its quarter": one(
        swap(("due: 2023-04-20", "due: 2022-04-20")),
        at(5, "calendar.1.due", "应在第1季度开始（2023-01-01）之后，实为 2022-04-20")),
    "quarter missing": one(
        swap(("  3: {due: 2023-10-20, publish: 2023-10-30}\n", "")),
        at(4, "calendar", "应写明四个季度的日期，实际没有第3季度")),
    "fifth quarter": one(
        swap(("masthead:", "  5: {due: 2024-04-20, publish: 2024-04-30}\nmasthead:")),
        at(9, "calendar.5", "应为季度 1 至 4，实为“5”")),
    "quarter in words": Mistake(
        swap(("  3: {due", "  三: {due")),
        (at(4, "calendar", "应写明四个季度的日期，实际没有第3季度"),
         at(7, "calendar.三", "名称应为整数，实为“三”"))),
    "editions out of order": one(
        swap(("publish: 2023-04-28}", "publish: 2023-04-28, editions: {2: 2023-06-01, "
              "3: 2023-05-20}}")),
        at(5, "calendar.1.editions.3", "不应早于 第2版（2023-06-01），实为 2023-05-20")),
    "edition before the pack": one(
        swap(("publish: 2023-04-28}", "publish: 2023-04-28, editions: {2: 2023-04-27}}")),
        at(5, "calendar.1.editions.2", "不应早于 publish（2023-04-28），实为 2023-04-27")),
    "supervised before due": one(
        swap(("publish: 2023-04-28}", "publish: 2023-04-28, supervise: 2023-04-20}")),
        at(5, "calendar.1", "supervise（督办日期）应在 due（报送日期）之后")),
    "day off and worked": one(
        add("holidays: [2023-10-07]\nworkdays: [2023-10-08, 2023-10-07]\n"),
        at(NEXT + 1, "workdays 第2项", "holidays 和 workdays 不应都列出 2023-10-07")),
}  # fmt: skip

NAMES = {
    "alias of itself": one(
        swap(("  金融局: 市金融工作局", "  市金融工作局: 市金融工作局")),
        at(17, "aliases.市金融工作局", "别名与规范名称应不同，实际相同，请删去这一行")),
    "alias of nothing": one(
        swap(("金融局: 市金融工作局", '金融局: ""')),
        at(17, "aliases.金融局", "应为“别名: 规范名称”，实为“金融局: ”，有一边是空的")),
    "chain of aliases": one(
        swap(("  金融局: 市金融工作局", "  金融局: 金融办\n  金融办: 市金融工作局")),
        at(17, "aliases.金融局",
           "应直接写规范名称，实为“金融办”，它在另一行是“市金融工作局”的别名")),
    "circle of aliases": Mistake(
        swap(("  金融局: 市金融工作局", "  金融局: 金融办\n  金融办: 金融局")),
        (at(17, "aliases.金融局", "应直接写规范名称，实为“金融办”，几个别名互相指来指去"),
         at(18, "aliases.金融办", "应直接写规范名称，实为“金融局”，几个别名互相指来指去"))),
    "recipient that is no unit": one(
        add("recipients: {市统计据: a@b.cn}\n"),
        at(NEXT, "recipients.市统计据", "应为任务表中的单位，没有“市统计据”，相近的有 市统计局")),
    "correction of no task": one(
        add("corrections:\n  - {task_id: 2023-007, field: goal, value: 甲, reason: 因}\n"),
        at(NEXT + 1, "corrections 第1项.task_id",
           "任务应在 2023-002 以内，实为“2023-007”，没有该任务")),
    "change of no task": one(
        add(f"changes:\n  - {{kind: cancel, from: 2, task: 2023-009, {CHANGE}}}\n"),
        at(NEXT + 1, "changes 第1项（取消任务）", "应为任务表中的任务，没有“2023-009”")),
    "withheld that is nothing": one(
        add("public: {withhold: [市财政]}\n"),
        "public.withhold 中的“市财政”不是任务、单位或字段：应为任务号或编号、单位全称，"
        "或 progress、actuals、leaders、supporting_units、schedule 之一。"),
}  # fmt: skip

FILES = {
    "missing table": one(
        swap(("task_table.txt", "task_tabel.txt")),
        at(2, "table", "应有任务分解表“data/2023/task_tabel.txt”，实际没有这个文件，"
           "相近的有 task_table.txt")),
    "missing folder of returns": one(
        swap(("data/2023/status", "data/2023/returns")),
        at(3, "status", "应有报送表文件夹“data/2023/returns”，实际没有")),
    "missing input": one(
        add("inputs:\n  unit_report:\n    - notebooks/往年.csv\n"),
        at(NEXT + 2, "inputs.unit_report 第1项", "应有文件“notebooks/往年.csv”，实际没有")),
    "input of no notebook": one(
        add("inputs: {unit_reprot: []}\n"),
        at(NEXT, "inputs.unit_reprot",
           "没有这个笔记本，应为 briefing_pack、leader_report、unit_report、public_report 之一，"
           "相近的有 unit_report")),
    "missing notebook": one(
        add("reports: [{notebook: examples/acton_report.ipynb, each: action}]\n"),
        at(NEXT, "reports 第1项.notebook",
           "没有 notebook：应有 notebooks/examples/acton_report.ipynb，实际没有；"
           "该文件夹中有 action_report.ipynb、year_report.ipynb")),
    "missing notebook of every pack": one(
        lambda root: (root / _UNIT).unlink(),
        f"没有 notebook：应有 {_UNIT}，实际没有；该文件夹中有 "
        "briefing_pack.ipynb、leader_report.ipynb、province_report.ipynb、public_report.ipynb。"),
    "notebook for another subject": one(
        add("reports: [{notebook: examples/action_report.ipynb, each: host_unit}]\n"),
        "notebooks/examples/action_report.ipynb 第1格（parameters）应写明参数 "
        "year、quarter、host_unit，没有参数“host_unit”，参数“action”没有给出；"
        "笔记本声明的参数：year、quarter、action。"),
    "parameter not declared": one(
        book(lambda content: _first(content).update(source="year = 2023\nunit = '甲'\n")),
        f"{_UNIT} 第1格（parameters）应写明参数 year、quarter、unit，没有参数“quarter”；"
        "笔记本声明的参数：year、unit。"),
    "no parameters cell": one(
        book(lambda content: _first(content).update(metadata={})),
        f"{_UNIT} 应有且只有一格带 parameters 标签、写明参数 year、quarter、unit，实际没有。"),
    "two parameters cells": one(
        book(lambda content: content["cells"].insert(1, _first(content))),
        f"{_UNIT} 应有且只有一格带 parameters 标签、写明参数 year、quarter、unit，"
        "实际有2格（第1格、第2格）。"),
    "parameters that are no Python": one(
        book(lambda content: _first(content).update(source="year = 2023\nquarter = \n")),
        f"{_UNIT} 第1格（parameters）应为 Python 的赋值语句，该格第2行不能读取。"),
    "notebook cut off": one(
        lambda root: (root / _UNIT).write_text('{\n "cells": [\n', encoding="utf-8"),
        f"{_UNIT} 不是有效的 notebook 文件：应为 JSON，第3行起不能读取，{_MEND}。"),
    "notebook that is no text": one(
        lambda root: (root / _UNIT).write_bytes(b"PK\x03\x04\xff"),
        f"{_UNIT} 不是有效的 notebook 文件：应为 UTF-8 编码的 JSON，实际不能读取，{_MEND}。"),
    "notebook of another format": one(
        book(lambda content: content.update(nbformat=3, worksheets=[])),
        f"{_UNIT} 应为第4版格式的 notebook（nbformat 4），实为第3版，请用 JupyterLab 打开后另存。"),
    "other JSON": one(
        lambda root: (root / _UNIT).write_text("[]", encoding="utf-8"),
        f"{_UNIT} 不是有效的 notebook 文件：应有 nbformat 和 cells，实际没有，{_MEND}。"),
    "cells that are none": one(
        book(lambda content: content.update(cells=[{"source": 1}])),
        f"{_UNIT} 不是有效的 notebook 文件：cells 应为各单元格，实际不能读取，{_MEND}。"),
}  # fmt: skip

SEVERAL = {
    "all at once": Mistake(
        _both(
            swap(("2023-04-28", "2023-04-31"), ("2023-07-28", "2023-07-18"),
                 ("{quarter}期", "{quartr}期"), ("tolerance: 0", "tolerance: 40"),
                 ("renderer: typst", "rendrer: typst")),
            lambda root: (root / _UNIT).unlink(),
        ),
        (at(5, "calendar.1.publish",
            "应为日期（如 2023-10-20），实为“2023-04-31”，2023年4月没有31日"),
         at(6, "calendar.2.publish", "不应早于 due（报送日期 2023-07-20），实为 2023-07-18"),
         at(14, "masthead.issue_number", "没有 {quartr}，可以写 {quarter}，相近的有 {quarter}"),
         at(15, "rating.tolerance", "不应大于 far_behind（30），实为 40"),
         at(19, "rendrer", "没有这个字段，请核对写法，相近的有 renderer"),
         f"没有 notebook：应有 {_UNIT}，实际没有；该文件夹中有 "
         "briefing_pack.ipynb、leader_report.ipynb、province_report.ipynb、public_report.ipynb。")),
    "two of a kind": Mistake(
        add("corrections:\n  - {task_id: 2023-007, field: goal, value: 甲, reason: 因}\n"
            f"changes:\n  - {{kind: cancel, from: 2, task: 2023-008, {CHANGE}}}\n"
            f"  - {{kind: cancel, from: 2, task: 2023-009, {CHANGE}}}\n"
            "inputs: {unit_report: [a.csv, b.csv]}\n"),
        (at(NEXT + 5, "inputs.unit_report 第1项", "应有文件“a.csv”，实际没有"),
         at(NEXT + 5, "inputs.unit_report 第2项", "应有文件“b.csv”，实际没有"),
         at(NEXT + 1, "corrections 第1项.task_id",
            "任务应在 2023-002 以内，实为“2023-007”，没有该任务"),
         at(NEXT + 3, "changes 第1项（取消任务）", "应为任务表中的任务，没有“2023-008”"),
         at(NEXT + 4, "changes 第2项（取消任务）", "应为任务表中的任务，没有“2023-009”"))),
}  # fmt: skip

MISTAKES = SYNTAX | FIELDS | DAYS | NAMES | FILES | SEVERAL


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a project of two tasks in which nothing is wrong."""
    root = make_project(tmp_path_factory.mktemp("clean") / "office")
    write_table(root)
    (root / FILE).write_text(PARAMS, encoding="utf-8")
    return root


@pytest.fixture
def office(clean: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(clean, tmp_path / "office"))


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake_is_told_in_a_sentence(name: str, office: Path) -> None:
    """On standard error, a line each, and nothing besides."""
    mistake = MISTAKES[name]
    mistake.edit(office)
    done = run_command(office, "params", "--check")
    assert done.stderr.splitlines() == [f"错误：{said}" for said in mistake.said]
    assert (done.returncode, done.stdout) == (2, "")


def test_nothing_wrong_is_told_as_it_will_be_printed(office: Path) -> None:
    """The rule, the days, the heads with their numbers filled in, the reports, what may be odd."""
    declared = (
        "reports:\n  - {notebook: examples/action_report.ipynb, each: action, formats: [pdf],"
        ' title: "{name}第{quarter}期", quarters: [2, 4]}\nfonts: {body: [没有的字体]}\n'
    )
    swap(("tolerance: 0, far_behind: 30", "tolerance: 2.5, far_behind: 20"))(office)
    text = (office / FILE).read_text(encoding="utf-8") + declared
    (office / FILE).write_text(text, encoding="utf-8")
    done = run_command(office, "params", "--check")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    heads = [line.partition("（")[0] for line in lines if line[1] == "、"]
    assert heads == ["一、核定规则", "二、日历", "三、文头和用语", "四、格式和报告"]
    for said in (
        "  R5　差距大于2.5个百分点、不超过20个百分点的，核定为“未达序时进度”。",
        "  2023年第四季度：2024年1月20日报送截止，2024年1月30日印发",
        "  2023年第二季度：通报　2023年第2期　东莞市人民政府办公室　2023年7月28日",
        "  全部单位合称“全市”，任务号用原表印出的编号",
        "  格式：html、pdf；排版引擎：typst",
        "  正文字体：Noto Serif CJK SC（没有的字体 都没有安装）",
        "  notebooks/leader_report.ipynb：责任领导各一份",
        "  notebooks/examples/action_report.ipynb：专项行动各一份，"
        "标题“（名称）第2期（2023年第二季度）”，格式 pdf，只在第2、4季度",
    ):
        assert said in lines, said
    assert lines[-1] == "params/2023.yml 可用：任务2项，调整0项，更正读法0处。"


def test_rule_is_told_as_reports_print_it(office: Path) -> None:
    """Clause by clause, from the same values."""
    lines = run_command(office, "params", "--check").stdout.splitlines()
    rule = [f"  {clause.code}　{clause.text}" for clause in clauses(RatingRule())]
    assert lines[1 : len(rule) + 1] == rule


def test_what_may_be_odd_is_a_note(office: Path) -> None:
    """An alias of last year, a notebook in nobody's use: they do no harm."""
    shutil.copy(office / _UNIT, office / "notebooks/Untitled.ipynb")
    swap(("金融局: 市金融工作局", "金融局: 市金融局"))(office)
    done = run_command(office, "params", "--check")
    assert (done.returncode, done.stderr) == (0, "")
    for said in (
        "说明：notebooks/Untitled.ipynb 没有在 params/2023.yml 的 reports 中声明，"
        "不出报告；不用的请移出 notebooks 文件夹。",
        "说明：params/2023.yml 的 aliases 中“金融局”的规范名称“市金融局”不在任务表中，"
        "相近的有 市金融工作局，请核对。",
    ):
        assert said in done.stdout.splitlines()


def test_mark_of_utf8_is_no_mistake(office: Path) -> None:
    """Some editors write it; YAML knows it."""
    (office / FILE).write_bytes(PARAMS.encode("utf-8-sig"))
    assert run_command(office, "params", "--check").returncode == 0


@pytest.mark.parametrize(
    "command",
    [
        ("report", "-q", "3", "--dry-run"),
        ("report", "-q", "3", "--dry-run", "--audience", "public"),
        ("check", "-q", "3"),
        ("sheets", "-q", "3", "--out", "sheets"),
        ("plan", "--out", "plan"),
        ("decide", "-q", "3"),
        ("why", "-q", "3", "--task", "1"),
        ("release", "-q", "3"),
        ("change", "--kind", "cancel", "--from", "3", "--task", "2023-001"),
    ],
    ids=lambda command: command[0] if isinstance(command, tuple) else "",
)
def test_every_command_tells_the_same_faults(command: tuple[str, ...], office: Path) -> None:
    """All of them, before anything else is done."""
    swap(("2023-04-28", "2023-04-31"), ("tolerance: 0", "tolerance: 40"))(office)
    done = run_command(office, *command)
    told = [line for line in done.stderr.splitlines() if line]
    assert [line.split("：")[1].removesuffix("；这项调整没有写入。") for line in told] == [
        f"{FILE} 第5行的 calendar.1.publish", f"{FILE} 第15行的 rating.tolerance",
    ]  # fmt: skip
    assert done.returncode == 2


@pytest.mark.parametrize("name", ["gbk", "tab", "empty"])
def test_change_is_not_written_into_a_file_that_cannot_be_read(name: str, office: Path) -> None:
    """One sentence, as from every other command."""
    MISTAKES[name].edit(office)
    before = (office / FILE).read_bytes()
    given = ("--kind", "cancel", "--from", "3", "--task", "2023-001", "--decision", "x")
    done = run_command(office, "change", *given, "--reason", "y")
    assert done.stderr.startswith(f"错误：{MISTAKES[name].said[0].removesuffix('。')}")
    assert (done.returncode, (office / FILE).read_bytes()) == (2, before)


@pytest.mark.parametrize(
    "name", ["missing notebook of every pack", "parameter not declared", "notebook cut off"]
)
def test_dry_run_tells_what_notebooks_lack(name: str, office: Path) -> None:
    """Before anything is executed, and as the check of parameters does."""
    MISTAKES[name].edit(office)
    done = run_command(office, "report", "-q", "3", "--dry-run")
    assert done.stderr.splitlines() == [f"错误：{said}" for said in MISTAKES[name].said]
    assert done.returncode == 2


def test_one_of_check_and_schema_is_asked_for(office: Path) -> None:
    """Neither or both is no question."""
    for options in ((), ("--check", "--schema")):
        done = run_command(office, "params", *options)
        assert "应写明 --check（核对参数文件）或 --schema" in done.stderr
        assert done.returncode == 2
