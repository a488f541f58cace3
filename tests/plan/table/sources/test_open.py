"""Files by what they are, not by their name."""

import io
import zipfile
from pathlib import Path

import pytest

from reporting.errors import InputRefused, UsageError
from reporting.plan.read import read_plan

from ...builders import docx, led, page, params, read, xlsx
from ..made import GOALS, ROWS


@pytest.mark.parametrize(
    ("content", "name", "match"),
    [
        (
            b"<?xml version='1.0'?><w:wordDocument xmlns:w='u'/>",
            "t.docx",
            "Word 或 Excel 的 XML.*另存",
        ),
        (b"MIME-Version: 1.0\n\n<html>", "t.mht", "网页归档.*另存"),
        ({"OFD.xml": "<a/>"}, "t.ofd", "OFD 版式文件"),
        ({"content.xml": "<a/>"}, "t.odt", "OpenDocument 文件.*另存"),
    ],
)
def test_files_of_other_programs(
    tmp_path: Path, content: bytes | dict[str, str], name: str, match: str
) -> None:
    """Each is refused in a sentence that says what it is and what to do."""
    if isinstance(content, dict):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for part, text in content.items():
                archive.writestr(part, text)
        content = target.getvalue()
    with pytest.raises(InputRefused, match=match):
        read(tmp_path, content, name)


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b"", "实际是空文件"),
        (b" \n\t\n", "实际是空文件"),
        (bytes(range(128, 256)) * 9, "第1行：应为 UTF-8 或 GB18030 编码"),
        (led(ROWS).encode()[:60] + b"\xff\xfe\x81" + led(ROWS).encode()[60:], "第.行：应为"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "另存为 .docx"),
        (b"%PDF-1.7 ...", "实为PDF 文件"),
        (b"{\\rtf1\\ansi}", "实为RTF 文件"),
        (b"PK\x03\x04" + bytes(40), "损坏或不完整的压缩包"),
        (led(ROWS).encode().replace("公园".encode(), b"\x01\x02"), "乱码字符（U\\+0001）"),
    ],
)
def test_files_that_are_no_table(tmp_path: Path, data: bytes, match: str) -> None:
    """Each is refused in one sentence, whatever the file is called."""
    for name in ("t.txt", "t.docx"):
        with pytest.raises(InputRefused, match=match):
            read(tmp_path, data, name)


def test_missing_file(tmp_path: Path) -> None:
    """No table: nothing to work on."""
    with pytest.raises(UsageError, match="找不到任务分解表：应有文件 table"):
        read_plan(tmp_path, params())


@pytest.mark.parametrize("make", [docx, xlsx])
def test_truncated_office_files(tmp_path: Path, make: object) -> None:
    """A file cut off anywhere is refused, never half read."""
    data = make(ROWS, ["任务表"])  # type: ignore[operator]
    for size in range(100, len(data), len(data) // 7):
        with pytest.raises(InputRefused):
            read(tmp_path, data[:size], "t.bin")


def test_what_a_file_is_counts_not_its_name(tmp_path: Path) -> None:
    """A workbook called .doc and a page called .xls are read as what they are."""
    for data, name in ((xlsx(ROWS, []), "t.doc"), (page(ROWS, []), "t.xls"), (docx(ROWS, []), "t")):
        assert [t.goal for t in read(tmp_path, data, name).tasks][-1].endswith(GOALS[1])
