"""Open a table file by what it is, not by what it is called."""

import io
import re
import zipfile
from pathlib import Path

from reporting.errors import InputRefused, UsageError
from reporting.plan.table.grid import Source, addressed
from reporting.plan.table.sources.docx import read_docx
from reporting.plan.table.sources.html import read_html
from reporting.plan.table.sources.marked import set_marks_apart
from reporting.plan.table.sources.signs import plain_signs
from reporting.plan.table.sources.text import read_text
from reporting.plan.table.sources.xlsx import read_xlsx

MAX_FILE = 40 * 2**20
_START = 4096
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta)[\s>]", re.IGNORECASE)
_WORD_XML = re.compile(rb"<(?:w:wordDocument|pkg:package|\w+:Workbook|Workbook)[\s>]")
_OTHER_PARTS = (("content.xml", "OpenDocument 文件（.odt、.ods）"), ("OFD.xml", "OFD 版式文件"))
_FOREIGN = (
    (bytes.fromhex("d0cf11e0a1b11ae1"), "旧版 Office 文件（.doc、.xls）或加密文件",
     "请用 Word 或 WPS 打开后另存为 .docx 或 .xlsx"),
    (b"%PDF", "PDF 文件", "请改用原 Word 文件"),
    (b"{\\rtf", "RTF 文件", "请用 Word 或 WPS 打开后另存为 .docx"),
    (b"MIME-Version:", "网页归档（.mht）", "请用浏览器或 Word 打开后另存为 .docx 或 .html"),
    (b"\x89PNG", "图片", "请改用原 Word 文件"),
    (b"\xff\xd8\xff", "图片", "请改用原 Word 文件"),
)  # fmt: skip


def open_source(path: Path, root: Path) -> Source:
    """Read a table file into its source.

    Raises
    ------
    UsageError
        There is no such file.
    InputRefused
        The file is no table file, or a damaged or oversized one.
    """
    name = _relative(path, root)
    if not path.is_file():
        raise UsageError(f"找不到任务分解表：应有文件 {name}，实际没有。")
    if path.stat().st_size > MAX_FILE:
        size = path.stat().st_size // 2**20
        raise InputRefused(f"{name}：任务分解表应在 {MAX_FILE // 2**20} MB 以内，实为 {size} MB。")
    return set_marks_apart(plain_signs(_read(path.read_bytes(), name)))


def _read(data: bytes, name: str) -> Source:
    if not data.strip():
        raise InputRefused(f"{name}：应有任务分解表，实际是空文件。")
    start = data[:_START].lstrip(b"\xef\xbb\xbf \t\r\n")
    for mark, found, advice in _FOREIGN:
        if start.startswith(mark):
            raise InputRefused(
                f"{name}：应为 docx、xlsx、html 或 txt 文件，实为{found}，{advice}。"
            )
    if start.startswith(b"PK"):
        return _read_container(data, name)
    if start.startswith(b"<?xml") and _WORD_XML.search(data[:_START]) is not None:
        raise InputRefused(
            f"{name}：应为 docx、xlsx、html 或 txt 文件，实为 Word 或 Excel 的 XML 文件，请用 Word "
            "或 WPS 打开后另存为 .docx 或 .xlsx。"
        )
    if _MARKUP.search(start) is not None:
        return addressed(read_html(data, name))
    return read_text(data, name)


def _read_container(data: bytes, name: str) -> Source:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise InputRefused(
            f"{name}：应为完整的 docx 或 xlsx 文件，实为损坏或不完整的压缩包，请重新取得该文件。"
        ) from None
    if "word/document.xml" in names:
        return addressed(read_docx(data, name))
    if any(part.startswith("xl/") for part in names):
        return addressed(read_xlsx(data, name))
    found = next((found for part, found in _OTHER_PARTS if part in names), "")
    if found:
        raise InputRefused(
            f"{name}：应为 docx 或 xlsx 文件，实为{found}，请改用原 Word 文件或另存。"
        )
    raise InputRefused(f"{name}：应为 docx 或 xlsx 文件，实为其他内容的压缩包，未读取。")


def _relative(path: Path, root: Path) -> str:
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.name
