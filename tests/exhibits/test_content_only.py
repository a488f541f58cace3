"""Exhibits know assessments and blocks; documents know blocks; neither knows the other's trade."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import reporting

PACKAGE = Path(reporting.__file__).parent
FILES_AND_MARKUP = {
    "html", "io", "jinja2", "lxml", "markupsafe", "mistune", "nbconvert", "os", "pathlib",
    "pypandoc", "shutil", "tempfile", "typst",
}  # fmt: skip
WRITERS = ("html", "markdown", "quarto", "typst", "word", "artifacts", "assets", "foreign")
TASKS = ("plan", "returns", "assess", "exhibits", "publish", "release", "notebook", "pipeline")


def imported(room: str) -> Iterator[tuple[str, str]]:
    """Give each module of a room with all that it imports, wherever the import stands."""
    for path in sorted((PACKAGE / room).rglob("*.py")):
        if "templates" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [str(node.module)]
            yield from ((path.relative_to(PACKAGE).as_posix(), name) for name in names)


def test_exhibits_know_no_file_and_no_markup() -> None:
    """What is shown is the same in every format: an exhibit can neither write nor read one."""
    found = list(imported("exhibits"))
    assert len(found) > 100
    assert [(at, name) for at, name in found if name.split(".")[0] in FILES_AND_MARKUP] == []
    writers = tuple(f"reporting.documents.{name}" for name in WRITERS)
    assert [(at, name) for at, name in found if name.startswith(writers)] == []


@pytest.mark.parametrize("room", TASKS)
def test_documents_know_no_task(room: str) -> None:
    """Blocks can be set without knowing what they tell of."""
    assert [pair for pair in imported("documents") if pair[1].startswith(f"reporting.{room}")] == []
