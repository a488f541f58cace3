"""What Typst need not set again: the same bytes, sooner."""

import json
import re
from typing import Any, cast

import pytest

from documents.sample import notebook_of
from reporting.documents.blocks import Heading
from reporting.documents.document import read_document
from reporting.documents.fonts.chosen import choose_fonts
from reporting.documents.typst import pdf
from reporting.documents.typst.pdf import TEMPLATE, render_document


def statements(template: str) -> list[str]:
    """Split a template into its statements, each from a # at the edge to the next."""
    return re.split(r"^(?=#)", template, flags=re.MULTILINE)


def test_no_function_of_the_page_knows_all_data() -> None:
    """Typst sets anew whatever knows something that changed: one word would be all pages."""
    knowing = [
        statement
        for statement in statements(TEMPLATE.read_text("utf-8"))
        if re.search(r"\bdoc\b", statement) and not statement.startswith("#for ")
        if re.match(r"#(let [\w-]+\(|show )", statement) or re.search("context|=>", statement)
    ]
    assert knowing == []
    (loop,) = (one for one in statements(TEMPLATE.read_text("utf-8")) if one.startswith("#for "))
    assert re.findall(r"\bdoc\.[\w-]+", loop) == ["doc.sections", "doc.seal"]


def test_data_are_a_file_and_no_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """What else is given counts for everything that is set, as if all of it had changed."""
    given: list[tuple[Any, Any]] = []

    class Compiler:
        def compile_with_warnings(self, source: Any, **rest: Any) -> tuple[bytes, list[Any]]:
            given.append((source, rest["sys_inputs"]))
            return b"%PDF", []

    monkeypatch.setattr(pdf, "shared_compiler", lambda folders: Compiler())
    render_document(read_document(notebook_of((Heading(level=1, text="任务"),))), choose_fonts())
    ((source, inputs),) = given
    assert inputs == {}
    assert source["main.typ"] == TEMPLATE.read_bytes()
    assert json.loads(source["document.json"])["sections"][0]["blocks"][0]["text"] == "任务"


def test_oldest_documents_are_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty document is one of ten: only as many are set as it takes to be within bounds."""
    memory, empty = pdf._Memory(), []
    monkeypatch.setenv(pdf.REMEMBERED, "100")

    class Compiler:
        def compile(self, source: bytes) -> None:
            empty.append(source)

    for size in (60, 30, 10):
        memory.note(size)
    memory.make_room(cast("Any", Compiler()))
    assert empty == []
    memory.note(50)
    memory.make_room(cast("Any", Compiler()))
    # The first of four is the tenth from the end once six more and one have been set.
    assert empty == [b""] * 7
    memory.make_room(cast("Any", Compiler()))
    assert len(empty) == 7
