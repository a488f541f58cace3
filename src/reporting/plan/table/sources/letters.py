"""What of a table, and of the words of the parameters, no page can show as it is written."""

from collections.abc import Iterator
from pathlib import Path

from reporting.findings import Finding
from reporting.plan.codes import finding
from reporting.plan.table.grid import Source
from reporting.project.entries import line_of
from reporting.project.params import Params
from reporting.system.files import read_if_there
from reporting.system.own_fonts import (
    FOLDER,
    font_files,
    fonts_having,
    letters_named,
    unprintable,
    unusable,
)

_MOST = 12


def sign_findings(source: Source) -> Iterator[Finding]:
    """Tell of the signs in a table that nobody sees, a cell at a time."""
    for one in source.unseen:
        for code, found in (("PLAN-UNSEEN", one.gone), ("PLAN-UNSHOWN", one.kept)):
            if found:
                text = "".join(found[:_MOST])
                yield finding(code, file=source.name, line=one.line, expected=one.place, found=text)


def letter_findings(source: Source, root: Path, params: Params) -> Iterator[Finding]:
    """Tell of the letters that no font of the project has, and of its fonts that are none."""
    files = font_files(root)
    for path, why in unusable(files):
        name = f"{FOLDER}/{path.name}"
        yield finding("PLAN-FONT", file=name, found=f"实际{why}")
    for text, line, place in _texts(source):
        if letters := unprintable(text, files):
            yield _told(letters, source.name, line, place)
    yield from _of_params(root, params, files)


def _texts(source: Source) -> Iterator[tuple[str, int | None, str]]:
    for line in source.loose:
        yield line.text, line.line, ""
    for grid in source.grids:
        for row in grid.rows:
            yield from ((cell.text, cell.line, cell.at) for cell in row.cells if cell.own)


def _of_params(root: Path, params: Params, files: tuple[Path, ...]) -> Iterator[Finding]:
    name = f"params/{params.year}.yml"
    for path, text in _words(params):
        if letters := unprintable(text, files):
            yaml = read_if_there(root / name)
            line = line_of(yaml.decode(), path) if yaml else None
            yield _told(letters, name, line, "")


def _words(params: Params) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Give the words of the parameters that pages print, and where each stands."""
    head = params.masthead
    for key in ("city", "issuing_office", "title", "issue_number"):
        yield ("masthead", key), getattr(head, key)
    yield from ((("people", at), name) for at, name in enumerate(params.people))
    yield from ((("aliases", short), short + name) for short, name in params.aliases.items())
    yield ("contact", "name"), params.contact.name


def _told(letters: tuple[str, ...], name: str, line: int | None, place: str) -> Finding:
    found = f"{place}的{letters_named(letters)}" if place else letters_named(letters)
    told = finding("PLAN-LETTER", file=name, found=found, expected=fonts_having(letters))
    return told.model_copy(update={"line": line})
