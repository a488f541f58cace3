"""What the plan step wrote, so that it need not read and write the same again."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reporting.project.params import Params, checklist_path
from reporting.project.register import register_path
from reporting.project.roots import STATE
from reporting.publish.keys.hashes import FileHashes
from reporting.publish.keys.inputs import hash_or_fault, params_file
from reporting.publish.keys.package import package_hash
from reporting.publish.keys.program import LOCK, environment, python_version
from reporting.publish.keys.store import Store
from reporting.system.digests import digest_of
from reporting.system.own_fonts import font_files

_KIND = "plan"


@dataclass(frozen=True)
class Planned:
    """What a plan is read from and where it is written, as it stands when this is made.

    ``state`` names the program and the bytes of all that is read: parameters, table, 核对表, the
    register with what is kept beside it, and what was decided of doubtful rows.
    """

    store: Store
    hashes: FileHashes
    key: str
    out: Path
    state: str

    def said(self) -> str | None:
        """Give what was said when the files in the folder were written; None to write anew.

        They stand as they were written, and nothing that they were made from has changed: a
        核对表 that was filled in is another file.
        """
        known = self.store.record(_KIND, self.key)
        if known is None or known["state"] != self.state:
            return None
        stand = self._files(known["files"]) == known["files"]
        return str(known["said"]) if stand else None

    def keep(self, said: str, written: Sequence[Path], after: "Planned") -> None:
        """Remember what was written and said, unless what it was read from changed meanwhile."""
        if after.state != self.state:
            return
        files = self._files([path.name for path in written])
        # Where nothing can be remembered, the next run writes again.
        with suppress(OSError):
            value = {"state": self.state, "said": said, "files": files}
            self.store.write_record(_KIND, self.key, value)
            self.hashes.save()

    def _files(self, names: Sequence[str] | Mapping[str, str]) -> dict[str, str]:
        return {name: hash_or_fault(self.out / name, self.hashes) for name in names}


def look(
    root: Path, params: Params, out: Path, *, table: Path, decided: Mapping[int, str]
) -> Planned:
    """Look at what a plan would be read from, without reading it."""
    folder = root / STATE
    store = Store(folder / "store")
    hashes = FileHashes(folder / "plan.json")
    lock = root / LOCK
    files = [lock, table, params_file(root, params), root / checklist_path(params)]
    files += [*_beside(register_path(root, params.year)), *font_files(root)]
    state = digest_of(
        [
            package_hash(hashes), environment(lock), python_version(), str(table),
            [[path.name, hash_or_fault(path, hashes)] for path in files],
            json.dumps(sorted(decided.items())),
        ]
    )  # fmt: skip
    return Planned(store, hashes, digest_of([params.year, str(out.absolute())]), out, state)


def _beside(register: Path) -> list[Path]:
    """List the files that a year keeps in its folder, whichever of them a plan is read with."""
    folder = register.parent
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
