"""A PDF made with a project's own template: its faults, and what its pages have to say."""

import json
import re
from collections.abc import Sequence
from typing import Any

import typst

from reporting.documents.assets import TEMPLATES
from reporting.documents.overriding.checks import SAMPLE
from reporting.documents.overriding.faults import TemplateFault
from reporting.documents.overriding.names import OF_PDF
from reporting.system.own_templates import FOLDER

_FILE = f"{FOLDER}/{OF_PDF[0]}"
_LINE = re.compile(r"typst_py_bytes__\.typ:(\d+)")
_READ = "#let checked-words = json(bytes(sys.inputs.checked));"
_TOLD = """
#context [#metadata((
  query(<checked-word>).map(m => (m.value, m.location().page())),
  here().page(),
))<checked>]"""
"""Comes last, so that it stands on the last page."""


def _marking(place: int) -> str:
    """Have each place note itself where a word is printed."""
    return f"#show checked-words.at({place}): it => it + [#metadata({place})<checked-word>];"


def typst_fault(error: typst.TypstError) -> TemplateFault:
    """Say where Typst refused the template, and what it said."""
    line = _LINE.search(str(getattr(error, "diagnostic", "")))
    where = f"{_FILE}第{line[1]}行" if line else _FILE
    return TemplateFault(f"{where}：PDF 排版失败，{error.message}。")


def expect_pages(
    template: str, content: str, words: Sequence[str], folders: Sequence[str], *, is_sample: bool
) -> None:
    """Make sure that the words are printed, and the mark of sample data on every page.

    Raises
    ------
    TemplateFault
        They are not.
    """
    found, pages = _found(template, content, [SAMPLE, *words], folders)
    for place, word in enumerate(words, 1):
        if not any(number == place for number, _ in found):
            raise TemplateFault(f"成果核对不符：用 {_FILE} 生成的 PDF 中应写明“{word}”，未找到。")
    marked = {page for number, page in found if number == 0}
    if is_sample and (bare := sorted(set(range(1, pages + 1)) - marked)):
        raise TemplateFault(
            f"成果核对不符：用 {_FILE} 生成的 PDF 每页应有“{SAMPLE}”标记，第{bare[0]}页没有。"
        )


def _found(
    template: str, content: str, words: Sequence[str], folders: Sequence[str]
) -> tuple[list[tuple[int, int]], int]:
    """Find on which pages words are printed, by a setting in which Typst notes each of them."""
    marks = "".join(_marking(place) for place in range(len(words)))
    source: Any = (_READ + marks + template + _TOLD).encode()
    compiler: Any = typst.Compiler(
        source, root=str(TEMPLATES), font_paths=list(folders), ignore_system_fonts=True,
        sys_inputs={"document": content, "checked": json.dumps(list(words))},
    )  # fmt: skip
    try:
        told = json.loads(compiler.query("<checked>", field="value", one=True))
    except typst.TypstError as error:
        raise typst_fault(error) from error
    return [(int(number), int(page)) for number, page in told[0]], int(told[1])
