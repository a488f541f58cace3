"""The state of a quarter's input files, as hashes that tell what must be read again."""

import os
from pathlib import Path

from pydantic import Field

from reporting.documents.overriding.files import own_files
from reporting.periods import Period
from reporting.project.editions import ASSESSMENT, INPUTS, edition_folder, frozen_numbers
from reporting.project.kept import declared_before, kept_files, sealed_before
from reporting.project.params import Params
from reporting.project.reports import all_reports
from reporting.publish.keys.declared import declared_files, hash_declared
from reporting.publish.keys.hashes import FileHashes, FileRecord
from reporting.publish.keys.program import Program
from reporting.system.digests import digest_of
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
    declared: dict[str, str] = Field(default_factory=dict)

    @property
    def plan_key(self) -> str:
        """Hash of what the plan is read from."""
        return digest_of([self.code.plan, self.program, self.settings, self.table, self.kept])

    def returns_key(self, quarter: int) -> str:
        """Hash of what a quarter's returns are read from, and held against."""
        files = [self.status[number] for number in range(1, quarter + 1)]
        return digest_of([self.plan_key, self.code.returns, quarter, files, self.folders])

    def files_key(self, quarter: int) -> str:
        """Hash of what the reading of each of a quarter's files depends on besides the file."""
        before = [self.status[number] for number in range(1, quarter)]
        return digest_of([self.plan_key, self.code.returns, quarter, before, self.folders])

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
        status={n: _status(folder / f"Q{n}", hashes) for n in range(1, quarter + 1)},
        folders=tuple(sorted(p.name for p in folder.glob("Q*") if p.is_dir())),
        edition=_edition(root, params, period, hashes),
        kept={
            path.relative_to(root).as_posix(): hash_or_fault(path, hashes)
            for path in kept_files(root, params, quarter)
        },
        declared=hash_declared(_declared(root, params), root, hashes),
    )


def _declared(root: Path, params: Params) -> list[str]:
    files = [*declared_files(root, params).values(), own_files(root)]
    return list(dict.fromkeys(name for names in files for name in names))


def params_file(root: Path, params: Params) -> Path:
    """Return where a year's parameters stand."""
    return root / "params" / f"{params.year}.yml"


def _status(folder: Path, hashes: FileHashes) -> dict[str, str]:
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
