"""Small tables that several of these tests start from."""

import io
import zipfile
from collections.abc import Sequence
from itertools import zip_longest

from ..builders import Row

NUMBERED = ("序号", "目标任务", "进度安排", "责任领导", "牵头单位", "配合单位")


TASKS = [
    ("1", "修桥一座。", "一季度，开工。", "张三", "市甲局", "市乙局"),
    ("2", "修路一条。", "二季度，开工。", "李四", "市丙局", "/"),
    ("3", "办学一所。", "三季度，开工。", "王五", "市丁局", "/"),
]


def document(*tables: Sequence[str], above: Sequence[str] = (), notes: str = "") -> bytes:
    """Make a Word document of tables, each given by the XML of its rows."""
    names = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
    body = "".join(
        f"<w:p><w:r><w:t>{title}</w:t></w:r></w:p><w:tbl>{''.join(rows)}</w:tbl>"
        for title, rows in zip_longest(above, tables, fillvalue="")
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        document = f"<w:document {names}><w:body>{body}</w:body></w:document>"
        archive.writestr("word/document.xml", document)
        if notes:
            below = f"<w:footnotes {names}><w:footnote>{notes}</w:footnote></w:footnotes>"
            archive.writestr("word/footnotes.xml", below)
    return target.getvalue()


def word_row(*cells: str, mark: str = "") -> str:
    """Write a row of Word; ``2*text`` spans two columns, ``^text`` and ``^`` merge down."""
    made = []
    for cell in cells:
        span, _, text = cell.rpartition("*")
        merge = "" if text[:1] != "^" else f"<w:vMerge w:val='{'restart' if text[1:] else ''}'/>"
        run = f"<w:p><w:r><w:t>{text.lstrip('^')}</w:t></w:r></w:p>"
        width = f"<w:gridSpan w:val='{span or 1}'/>"
        made.append(f"<w:tc><w:tcPr>{width}{merge}</w:tcPr>{run}</w:tc>")
    return f"<w:tr><w:trPr>{mark}</w:trPr>{''.join(made)}</w:tr>"


def html_row(row: Row) -> str:
    return f"<tr><td>{'</td><td>'.join(row)}</td></tr>"


ROWS = [
    ("实施甲行动。", "1. 建成公园一座。", "一季度，开工。", "孙八", "市甲局", "市乙局"),
    ("", "2. 建成桥梁一座。", "二季度，完工。", "周九思", "市丙局", "/"),
]


GOALS = ["建成公园一座。", "建成桥梁一座。"]
