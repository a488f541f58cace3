"""Workbooks made to cost more than they are worth are refused, each with what was found."""

import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from reporting.workbooks.book import open_book
from reporting.workbooks.cells import BookRefused
from reporting.workbooks.formats.read import format_kind

_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def small(
    *,
    rows: str = "",
    after: str = "",
    strings: str = "",
    styles: str = "",
    sheets: str = '<sheet name="进展" sheetId="1" r:id="r1"/>',
    links: str = "",
    packing: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """Write the least workbook, with something in one of its parts."""
    kinds = {"worksheet": "s.xml", "sharedStrings": "t.xml", "styles": "f.xml"}
    related = "".join(
        f'<Relationship Id="r{at}" Type="{_LINKS}/{kind}" Target="{part}"/>'
        for at, (kind, part) in enumerate(kinds.items(), 1)
    )
    parts = {
        "xl/workbook.xml": f'<workbook xmlns:r="{_LINKS}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships>{related}{links}</Relationships>",
        "xl/s.xml": f"<worksheet><sheetData>{rows}</sheetData>{after}</worksheet>",
        "xl/t.xml": f"<sst>{strings}</sst>",
        "xl/f.xml": f"<styleSheet>{styles}</styleSheet>",
    }
    target = BytesIO()
    with zipfile.ZipFile(target, "w", packing) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return target.getvalue()


def cell(reference: str) -> str:
    return f'<row><c r="{reference}"><v>1</v></c></row>'


_FORMAT = '<xf numFmtId="200"/>'
_SHARED = '<row><c t="s"><v>0</v></c></row>'

HOSTILE: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "row beyond the last": (
        lambda: small(rows=cell("ZZZ9999999")),
        "RET-FILE-DAMAGED",
        "含有超出表格范围的单元格 ZZZ9999999",
    ),
    "column beyond the last": (
        lambda: small(rows=cell("XFE3")),
        "RET-FILE-DAMAGED",
        "含有超出表格范围的单元格 XFE3",
    ),
    "row zero": (
        lambda: small(rows=cell("A0")),
        "RET-FILE-DAMAGED",
        "含有超出表格范围的单元格 A0",
    ),
    "merge beyond the last column": (
        lambda: small(after='<mergeCells><mergeCell ref="A1:XFE2"/></mergeCells>'),
        "RET-FILE-DAMAGED",
        "含有超出表格范围的单元格 XFE2",
    ),
    "long text in many cells": (
        lambda: small(rows=400 * _SHARED, strings=f"<si><t>{'字' * 32_000}</t></si>"),
        "RET-FILE-HUGE",
        "各单元格的文字合计超过 10000000 字",
    ),
    "deep nesting": (
        lambda: small(after="<a>" * 200 + "</a>" * 200),
        "RET-FILE-DAMAGED",
        "XML 嵌套超过 100 层",
    ),
    "a new name for each element": (
        lambda: small(after="".join(f"<a{n}/>" for n in range(6_000))),
        "RET-FILE-DAMAGED",
        "XML 中的标记名过多",
    ),
    "a new name for each attribute": (
        lambda: small(after="".join(f'<a b{n}=""/>' for n in range(6_000))),
        "RET-FILE-DAMAGED",
        "XML 中的标记名过多",
    ),
    "too many sheets": (
        lambda: small(sheets='<sheet name="a"/>' * 101),
        "RET-FILE-HUGE",
        "工作表超过 100 张",
    ),
    "too many formats": (
        lambda: small(styles=f"<cellXfs>{'<xf/>' * 65_491}</cellXfs>"),
        "RET-FILE-HUGE",
        "单元格格式超过 65490 种",
    ),
    "too many texts": (
        lambda: small(strings="<si/>" * 200_001),
        "RET-FILE-HUGE",
        "文字超过 200000 条",
    ),
    "too many relations": (
        lambda: small(links="".join(f'<Relationship Id="a{n}"/>' for n in range(10_001))),
        "RET-FILE-HUGE",
        "部件之间的关系过多",
    ),
    "endless formula": (
        lambda: small(rows=f'<row><c r="A1"><f>{"A" * 300_000}</f></c></row>'),
        "RET-FILE-HUGE",
        "一个单元格的内容过长",
    ),
    "packing of another kind": (
        lambda: small(packing=zipfile.ZIP_BZIP2),
        "RET-FILE-DAMAGED",
        "压缩方式不是表格软件所用",
    ),
    "endless list of parts": (
        lambda: small() + b"PK\x01\x02" * 20_001,
        "RET-FILE-HUGE",
        "压缩包中的部件过多",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_no_program_writes_is_refused(name: str) -> None:
    """Each is refused by its own bound, in words that name it."""
    make, code, found = HOSTILE[name]
    with pytest.raises(BookRefused) as refused:
        open_book(make())
    assert (refused.value.code, refused.value.found) == (code, found)


def test_what_is_within_the_bounds_is_read() -> None:
    """The last row, the last column, deep but usual nesting and many cells of one text."""
    data = small(
        rows=cell("XFD3") + 50 * _SHARED.replace("<row>", '<row r="9">') + cell("A1048576"),
        after="<a>" * 50 + "</a>" * 50,
        strings=f"<si><t>{'字' * 32_000}</t></si>",
    )
    (sheet,) = open_book(data).sheets
    assert {"A1048576", "XFD3", "A9"} == {c.address for c in sheet.cells.values()}


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("yyyy-mm-dd", "date"),
        ('yyyy"年"m"月"', "month"),
        ("[$-804]yyyy/m/d", "date"),
        ("[Red]h:mm", "date"),
        ("[Red]0.0%", "percent"),
        ("0.00_ ;[Red]-0.00", ""),
        ('0"day"', ""),
        ("\\y0", ""),
        ("General", ""),
        ("0[", ""),
        ('0"y', "date"),
        ("[" * 100_000, ""),
        ('"' * 99_999 + "d", "date"),
    ],
)
def test_format_tells_what_it_shows(code: str, kind: str) -> None:
    """Literals do not count; one without an end is signs like any other."""
    assert format_kind(code) == kind


def test_format_that_is_too_long_is_told() -> None:
    """What no program writes and is read all the same is named."""
    styles = f'<numFmts><numFmt numFmtId="200" formatCode="{"[" * 40_000}"/></numFmts>'
    assert open_book(small(styles=styles)).oddities == ("一个长达 40000 字的数字格式",)
    assert open_book(small()).oddities == ()


_CHILD = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (300 * 2**20, 300 * 2**20))
resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
from pathlib import Path
from reporting.workbooks.book import open_book
from reporting.workbooks.cells import BookRefused
try:
    print(len(open_book(Path(sys.argv[1]).read_bytes()).sheets))
except BookRefused as refused:
    print(refused.code)
"""

WORST: dict[str, tuple[Callable[[], bytes], str]] = {
    "nesting": (lambda: small(after="<a>" * 3_000_000 + "</a>" * 3_000_000), "RET-FILE-DAMAGED"),
    "elements": (lambda: small(rows="<row><c/><c/><c/></row>" * 1_000_000), "RET-FILE-HUGE"),
    "formats": (lambda: small(styles=f"<cellXfs>{'<xf/>' * 4_000_000}</cellXfs>"), "RET-FILE-HUGE"),
    "brackets": (
        lambda: small(
            styles=f'<numFmts><numFmt numFmtId="200" formatCode="{"[" * 4_000_000}"/></numFmts>'
            f"<cellXfs>{_FORMAT * 60_000}</cellXfs>",
            rows=cell("A1"),
        ),
        "1",
    ),
    "texts": (
        lambda: small(
            rows=_SHARED * 90_000,
            strings=f"<si><t>{'字' * 32_000}</t></si>",
        ),
        "RET-FILE-HUGE",
    ),
}


@pytest.mark.parametrize("name", WORST)
def test_worst_cases_answer_within_bounds(name: str, tmp_path: Path) -> None:
    """300 MB are enough to read or refuse each, and none computes without end."""
    make, said = WORST[name]
    (tmp_path / "a.xlsx").write_bytes(make())
    command = [sys.executable, "-c", _CHILD, str(tmp_path / "a.xlsx")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr, done.stdout.strip()) == (0, "", said)
