"""What a check read, said and wrote, so that it need not read and write the same again."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from reporting.periods import Period
from reporting.project.editions import INPUTS, edition_folder, frozen_numbers
from reporting.project.params import Params
from reporting.project.receipts import receipts_path
from reporting.project.roots import STATE
from reporting.publish.keys.hashes import FileHashes
from reporting.publish.keys.inputs import (
    Inputs,
    ReadingCode,
    hash_folder,
    hash_or_fault,
    read_inputs,
)
from reporting.publish.keys.package import package_hash
from reporting.publish.keys.program import LOCK, Program, environment, python_version
from reporting.publish.keys.store import Store
from reporting.publish.locks import alone
from reporting.returns.office import news
from reporting.returns.office.places import SENDBACK, SHEETS
from reporting.returns.office.told import Told
from reporting.returns.sheets.written import CopyMemory
from reporting.system.digests import digest_of
from reporting.system.files import write_changed
from reporting.values import Value

if TYPE_CHECKING:
    from reporting.publish.survey import Memory

_KIND, _COPIES = "check", "copies"
"""Kinds of records: what a check said and wrote, and what its copies were made from."""
_NO_CODE = ReadingCode(plan="", returns="", survey="")


class Looked(Value):
    """All that a check reads, as it stands at a moment.

    Attributes
    ----------
    program : Program
        What runs: any change of it counts.
    inputs : Inputs
        Parameters, table, returns, and what is kept beside them; without the code that reads.
    beside : str
        Hash of what else is read: the editions of earlier quarters, the sheets that go with a
        reminder, another folder of returns, the day that was asked for.
    """

    program: Program
    inputs: Inputs
    beside: str

    @property
    def state(self) -> str:
        """Hash of it all; of receipts only the days count, which a check reads."""
        read = self.inputs.model_dump(mode="json", exclude={"code", "declared", "edition"})
        read["kept"] = {n: sha256 for n, sha256 in read["kept"].items() if n not in read["noted"]}
        return digest_of([self.program.model_dump(mode="json"), read, self.beside])


@dataclass(frozen=True)
class Checks:
    """What is known of the checks of a quarter that are written to one folder.

    Parameters
    ----------
    status : Path or None
        Folder of returns in place of the quarter's own.
    on : date or None
        The day by which reminders go, where it was asked for.
    """

    root: Path
    params: Params
    quarter: int
    out: Path
    status: Path | None
    on: date | None
    store: Store
    hashes: FileHashes

    def look(self) -> Looked:
        """Look at what a check would read, without reading it."""
        lock = self.root / LOCK
        program = Program(
            package=package_hash(self.hashes), lock=hash_or_fault(lock, self.hashes),
            environment=environment(lock), python=python_version(), fonts=(),
        )  # fmt: skip
        inputs = read_inputs(self.root, self.params, self.quarter, program, _NO_CODE, self.hashes)
        return Looked(program=program, inputs=inputs, beside=digest_of(self._beside()))

    def _beside(self) -> list[Any]:
        folders = [self.out / SHEETS]
        for quarter in range(1, self.quarter):
            period = Period(year=self.params.year, quarter=quarter)
            if numbers := frozen_numbers(self.root, period):
                folders.append(edition_folder(self.root, period, numbers[-1]) / INPUTS)
        folders += [self.status] if self.status else []
        found = [[str(folder), hash_folder(folder, self.hashes)] for folder in folders]
        return [found, self.status is not None, self.on.isoformat() if self.on else None]

    def said(self, looked: Looked) -> Told | None:
        """Give what a check says while nothing has changed; None where one has to be made.

        All that was written stands as it was written, and nothing else has come to lie there: a
        list in which a decision was filled in is another file.
        """
        known = self.store.record(_KIND, self._key)
        if known is None or known["state"] != looked.state or known["files"] != self._files():
            return None
        try:
            told = Told.model_validate(known["told"])
        except ValidationError:
            return None
        # What the check before said was new is so no more.
        write_changed(self.out / SENDBACK / news.NAME, news.written(news.NOTHING))
        self._save()
        return told.model_copy(update={"news": news.NOTHING})

    def readings(self, looked: Looked) -> "Memory":
        """Give the memory of plan and returns, which reports are made from as well."""
        from reporting.publish.survey import Memory

        # What an edition of the quarter puts back into the plan is for its reports alone.
        read_by = {"code": self._reading_code(looked), "frozen": ""}
        return Memory(self.store, looked.inputs.model_copy(update=read_by))

    def _reading_code(self, looked: Looked) -> ReadingCode:
        from reporting.publish.keys.reach import ReachedCode

        try:
            return ReachedCode(self.hashes, self.store).reading()
        except OSError:
            # Where nothing can be written, what is read by is not told apart.
            whole = looked.program.package
            return ReadingCode(plan=whole, returns=whole, survey=whole)

    def keep_readings(self, looked: Looked, readings: "Memory") -> None:
        """Remember what was read, unless a file of it changed meanwhile."""
        with suppress(OSError):
            if self.look() == looked:
                readings.save()

    def copies(self, looked: Looked) -> CopyMemory:
        """Give the memory of what the copies were made from, by the same program."""
        known = self.store.record(_COPIES, self._key)
        program = looked.program.model_dump(mode="json")
        return CopyMemory(known[1] if known and known[0] == program else None)

    def keep(self, looked: Looked, told: Told, copies: CopyMemory) -> None:
        """Remember what was said and written, unless what it rests on changed meanwhile."""
        program = looked.program.model_dump(mode="json")
        # Where nothing can be remembered, the next run checks again.
        with suppress(OSError):
            self.store.write_record(_COPIES, self._key, [program, copies.used])
            if self.look().state == looked.state:
                value = {"state": looked.state, "told": told.model_dump(mode="json")}
                self.store.write_record(_KIND, self._key, value | {"files": self._files()})
            with alone(self.root / STATE, ()) as is_alone:
                if is_alone:
                    self.store.prune()
        self._save()

    @property
    def _key(self) -> str:
        return digest_of([self.params.year, self.quarter, str(self.out.absolute())])

    def _files(self) -> list[Any]:
        """Hash what lies where a check writes: its own folder, and the register of receipts.

        The list of what is new is another one after each check.
        """
        found = hash_folder(self.out / SENDBACK, self.hashes)
        found.pop(news.NAME, None)
        return [found, hash_or_fault(receipts_path(self.root, self.params.year), self.hashes)]

    def _save(self) -> None:
        with suppress(OSError):
            self.hashes.save()


def checks_of(
    root: Path, params: Params, quarter: int, out: Path, status: Path | None, on: date | None
) -> Checks:
    """Open what is known of checks."""
    store = Store(root / STATE / "store")
    hashes = FileHashes(store.folder / "hashes.json")
    return Checks(root, params, quarter, out, status, on, store, hashes)
