"""The state of a quarter's input files, as hashes that tell what must be read again."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from pydantic import Field

from reporting.documents.overriding.files import own_files
from reporting.errors import InputRefused
from reporting.periods import Period
from reporting.project.changes import ChangeKind
from reporting.project.decisions import Decision, decisions_file, read_decisions
from reporting.project.editions import ASSESSMENT, INPUTS, edition_folder, frozen_numbers
from reporting.project.kept import declared_before, kept_files, sealed_before
from reporting.project.params import Params
from reporting.project.receipts import Receipt, dated, read_receipts, receipts_path
from reporting.project.reports import all_reports
from reporting.publish.keys.declared import declared_files, hash_declared
from reporting.publish.keys.hashes import FileHashes, FileRecord
from reporting.publish.keys.program import Program
from reporting.system.digests import digest, digest_of
from reporting.system.files import read_if_there
from reporting.values import Value


class ReadingCode(Value):
    """Hashes of the code that reads inputs: the table, the returns, and all up to the slices."""

    plan: str
    returns: str
    survey: str


class Inputs(Value):
    """Hashes of everything that is read for a quarter.

    Attributes
    ----------
    code : ReadingCode
        Of the code that reads it.
    program : tuple of str
        What that code runs on: lock, differing versions, Python.
    settings : str
        Of the parameters as understood; ``params`` is of the file, comments and all.
    status : dict
        Of the files of every quarter up to this one, by path.
    folders : tuple of str
        Names of the quarters' folders that are there.
    kept : dict
        Of what the project keeps beside table and returns, by path.
    noted : dict
        Of what is read of the registers of decisions and receipts, by path and quarter: that a
        file was registered without a day changes nothing.
    frozen : str
        Of the assessment of the last frozen edition, where it may put tasks back into the plan.
    declared : dict
        Of what the notebooks read besides their slices, and of own templates, by path.
    edition : str
        Of the last frozen edition, which the next one is held against, of the notebooks that are
        compared with its own, of the files declared for its own, and of the seals of the
        quarter's editions.
    """

    code: ReadingCode
    program: tuple[str, ...]
    settings: str
    params: str
    table: str
    status: dict[int, dict[str, str]]
    folders: tuple[str, ...]
    edition: str
    kept: dict[str, str]
    noted: dict[str, dict[int, str]] = Field(default_factory=dict)
    frozen: str = ""
    declared: dict[str, str] = Field(default_factory=dict)

    @property
    def plan_key(self) -> str:
        """Hash of what the plan is read from."""
        kept = {path: sha256 for path, sha256 in self.kept.items() if path not in self.noted}
        return digest_of([self.code.plan, self.program, self.settings, self.table, kept])

    def returns_key(self, quarter: int) -> str:
        """Hash of what a quarter's returns are read from, and held against."""
        return digest_of([*self._read_with(quarter, quarter), "together"])

    def files_key(self, quarter: int) -> str:
        """Hash of what the reading of each of a quarter's files depends on besides the file."""
        return digest_of(self._read_with(quarter, quarter - 1))

    def _read_with(self, quarter: int, last: int) -> list[object]:
        """Give what a quarter is read with: what lies there up to the last of some quarters."""
        files = [self.status[number] for number in range(1, last + 1)]
        noted = [
            [self.noted[path][number] for number in range(1, last + 1)]
            for path in sorted(self.noted)
        ]
        before = [self.plan_key, self.code.returns, self.frozen, quarter]
        return [*before, files, noted, self.folders]

    @property
    def key(self) -> str:
        """Hash of everything."""
        return digest_of(
            [
                self.returns_key(max(self.status)), self.code.survey, self.params, self.edition,
                self.declared,
            ]
        )  # fmt: skip


def read_inputs(
    root: Path,
    params: Params,
    quarter: int,
    program: Program,
    code: ReadingCode,
    hashes: FileHashes,
) -> Inputs:
    """Hash the files that a quarter is read from."""
    folder = root / params.status
    period = Period(year=params.year, quarter=quarter)
    return Inputs(
        code=code,
        program=(program.lock, program.environment, program.python),
        # Reports, and what they read besides, are nothing that tables or returns are read by.
        settings=digest_of(params.model_dump(mode="json", exclude={"inputs", "limits", "reports"})),
        params=hash_or_fault(params_file(root, params), hashes),
        table=hash_or_fault(root / params.table, hashes),
        status={n: hash_folder(folder / f"Q{n}", hashes) for n in range(1, quarter + 1)},
        folders=tuple(sorted(p.name for p in folder.glob("Q*") if p.is_dir())),
        edition=_edition(root, params, period, hashes),
        kept={
            path.relative_to(root).as_posix(): hash_or_fault(path, hashes)
            for path in kept_files(root, params, quarter)
        },
        noted=_noted(root, params, quarter),
        frozen=_frozen(root, params, period, hashes),
        declared=hash_declared(_declared(root, params), root, hashes),
    )


def _declared(root: Path, params: Params) -> list[str]:
    files = [*declared_files(root, params).values(), own_files(root)]
    return list(dict.fromkeys(name for names in files for name in names))


def _noted(root: Path, params: Params, quarter: int) -> dict[str, dict[int, str]]:
    """Hash what is read of each register, quarter by quarter."""
    registers: tuple[tuple[Path, Callable[[], Iterable[Decision | Receipt]]], ...] = (
        (decisions_file(root, params), lambda: read_decisions(root, params)),
        (receipts_path(root, params.year), lambda: dated(read_receipts(root, params.year))),
    )
    return {
        path.relative_to(root).as_posix(): _by_quarter(path, read, quarter)
        for path, read in registers
    }


def _by_quarter(
    path: Path, read: Callable[[], Iterable[Decision | Receipt]], last: int
) -> dict[int, str]:
    try:
        rows = list(read())
    except (InputRefused, OSError):
        # Whoever reads it says what is wrong with it.
        refused = f"refused: {digest(read_if_there(path) or b'')}"
        return dict.fromkeys(range(1, last + 1), refused)
    return {
        quarter: digest_of([row.model_dump_json() for row in rows if row.quarter == quarter])
        for quarter in range(1, last + 1)
    }


def _frozen(root: Path, params: Params, period: Period, hashes: FileHashes) -> str:
    """Hash the last edition's assessment where a task is cancelled, which it may put back."""
    numbers = frozen_numbers(root, period)
    cancelled = any(change.kind is ChangeKind.CANCEL for change in params.changes)
    if not (numbers and cancelled):
        return ""
    return hash_or_fault(edition_folder(root, period, numbers[-1]) / ASSESSMENT, hashes)


def params_file(root: Path, params: Params) -> Path:
    """Return where a year's parameters stand."""
    return root / "params" / f"{params.year}.yml"


def hash_folder(folder: Path, hashes: FileHashes) -> dict[str, str]:
    """Hash all that lies in a folder, by its path in it; what is no file is there as well."""
    return {
        os.fsencode(path.relative_to(folder).as_posix()).decode(errors="backslashreplace"): (
            hash_or_fault(path, hashes) if path.is_file() and not path.is_symlink() else "no file"
        )
        for path in folder.rglob("*")
    }


def _edition(root: Path, params: Params, period: Period, hashes: FileHashes) -> str:
    numbers = frozen_numbers(root, period)
    if not numbers:
        return ""
    folder = edition_folder(root, period, numbers[-1])
    names = dict.fromkeys(one.notebook for one in all_reports(params.reports))
    notebooks = [place / name for place in (folder / INPUTS, root) for name in names]
    files = [folder / ASSESSMENT, *notebooks, *sealed_before(root, period)]
    files += declared_before(folder / INPUTS, period.year)
    return digest_of([hash_or_fault(path, hashes) for path in files])


def hash_or_fault(path: Path, hashes: FileHashes) -> str:
    """Hash a file; one that cannot be read is a state of its own."""
    try:
        return hashes.of(path)
    except OSError as error:
        return f"unreadable: {error.errno}"


def list_inputs(root: Path, params: Params, quarter: int, hashes: FileHashes) -> list[FileRecord]:
    """List the files read, relative to the project; litter of office programs is none."""
    from reporting.returns.reading.files import list_files

    paths = [params_file(root, params), root / params.table, *kept_files(root, params, quarter)]
    for number in range(1, quarter + 1):
        folder = root / params.status / f"Q{number}"
        # The files of an archive all lie at its path.
        paths += dict.fromkeys(item.path for item in list_files(folder, root) if item.is_sound)
    paths += [root / name for name in _declared(root, params)]
    return [_input(path, root, hashes) for path in dict.fromkeys(paths)]


def _input(path: Path, root: Path, hashes: FileHashes) -> FileRecord:
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    return FileRecord(path=name, size=path.stat().st_size, sha256=hash_or_fault(path, hashes))
