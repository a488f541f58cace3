"""The reports that are measured, and what each is made from."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import openpyxl

from reporting.project.params import read_params
from reporting.publish.keys.hashes import FileHashes
from reporting.publish.keys.store import Store
from reporting.publish.manifest import Pack
from reporting.publish.options import Options, completed
from reporting.publish.resolve import resolve
from reporting.publish.values import Run
from reporting.returns.layout import COLUMNS, PROGRESS
from reporting.system.files import write_whole
from reporting.values import Value
from reporting.workbooks.columns import FIRST_ROW

CASES = "cases.json"
_COPIED = ("params", "notebooks", "data", "requirements.lock")


class Case(Value):
    """One report: its notebook, its parameters, and the file of its slice."""

    report_id: str
    notebook: Path
    parameters: dict[str, int | str]
    slice_file: Path
    weight: int

    @property
    def stem(self) -> str:
        """A name for its files."""
        return self.slice_file.stem


class Cases(Value):
    """What the ways other than ours are given to work on; ``root`` is the project."""

    root: Path
    year: int
    quarter: int
    formats: tuple[str, ...]
    cases: tuple[Case, ...]


def copy_project(home: Path, root: Path) -> Path:
    """Copy what a run reads, so that the project itself is left alone."""
    root.mkdir(parents=True)
    for name in _COPIED:
        source = home / name
        if source.is_dir():
            shutil.copytree(source, root / name)
        else:
            shutil.copy(source, root / name)
    return root


def find_cases(
    root: Path, folder: Path, *, year: int, quarter: int, formats: Sequence[str]
) -> Cases:
    """Resolve a project's reports, and write the slice of each into a folder."""
    params = read_params(root, year)
    options = completed(Options(year=year, quarter=quarter, formats=tuple(formats)), params)
    hashes, store = FileHashes(folder / "hashes.json"), Store(folder / "store")
    run = Run(root, options, params, hashes, store, Pack(folder / "pack", hashes))
    cases = []
    for number, report in enumerate(resolve(run).reports):
        content = store.get(report.parts["slice"])
        assert content is not None
        slice_file = folder / f"{number:04}.json"
        write_whole(slice_file, content)
        cases.append(
            Case(
                report_id=report.report_id,
                notebook=root / report.notebook,
                parameters=report.parameters,
                slice_file=slice_file,
                weight=len(content),
            )
        )
    return Cases(root=root, year=year, quarter=quarter, formats=tuple(formats), cases=tuple(cases))


def sample(cases: Cases, size: int) -> Cases:
    """Keep a few reports that stand for all: ordered by weight, the middle of equal parts."""
    ordered = sorted(cases.cases, key=lambda case: (case.weight, case.report_id))
    size = min(size, len(ordered))
    chosen = tuple(ordered[(2 * n + 1) * len(ordered) // (2 * size)] for n in range(size))
    return cases.model_copy(update={"cases": chosen})


def correct_sheet(root: Path, *, year: int, quarter: int, words: str) -> Path:
    """Change the progress text of one return, as a unit does that corrects its sheet."""
    folder = root / read_params(root, year).status / f"Q{quarter}"
    path = sorted(folder.glob("*.xlsx"))[0]
    book = openpyxl.load_workbook(path)
    column = [spec.field for spec in COLUMNS[PROGRESS]].index("progress") + 1
    cell = book[PROGRESS].cell(FIRST_ROW, column)
    cell.value = f"{cell.value or ''}{words}"
    book.save(path)
    return path
