"""One small project under test: how it is run, what must hold after a run, how it is mended."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from reporting.project.params import read_params
from reporting.publish.pack.place import STAGING
from tools.soak.project import YEAR, Duty, random_answers, random_duties, table_of, write_project
from tools.soak.texts import HOSTILE, HOSTILE_UNITS

QUARTER = 1
PATIENCE = 300
"""Seconds after which a run counts as hung."""
_MARK = "REPORTING_SOAK"
_SCRATCH = "reporting-"
_COMMAND = "from reporting.cli import main; main()"
_LEFT = 20
"""Seconds within which every process of a run that has ended must be gone."""


@dataclass
class Trial:
    """A project in ``office``, beside it ``outside``, which nothing may touch, and ``tmp``.

    Attributes
    ----------
    good : dict of str to bytes
        The returns as they were sent first.
    reference : dict of str to bytes
        The pack made of them.
    earlier : dict of str to bytes
        The pack as it was before, of another plan and no return; empty until it is asked for.
    """

    folder: Path
    rng: random.Random
    formats: tuple[str, ...] = ("html",)
    good: dict[str, bytes] = field(default_factory=dict)
    table: Path = Path()
    duties: tuple[Duty, ...] = ()
    reference: dict[str, bytes] = field(default_factory=dict)
    earlier: dict[str, bytes] = field(default_factory=dict)

    @property
    def office(self) -> Path:
        """The project."""
        return self.folder / "office"

    @property
    def status(self) -> Path:
        """The folder of the quarter's returns."""
        return self.office / f"data/{YEAR}/status/Q{QUARTER}"

    @property
    def pack(self) -> Path:
        """The folder of the pack."""
        return self.office / f"outputs/{YEAR}/Q{QUARTER}"

    @property
    def outside(self) -> Path:
        """What is no business of the project's."""
        return self.folder / "outside"

    def build(self, home: Path) -> None:
        """Make the project, its returns and what stands outside of it."""
        for name in ("outside", "tmp", "office"):
            (self.folder / name).mkdir(parents=True)
        (self.outside / "secret.xlsx").write_bytes(b"secret")
        units = self.rng.sample(HOSTILE_UNITS, self.rng.randint(1, 2))
        texts = {name: text[:500] for name, text in HOSTILE.items()}
        answers = random_answers(self.rng, texts)
        self.duties = random_duties(self.rng, units)
        write_project(self.office, home, self.duties, answers, quarter=QUARTER)
        if self.rng.random() < 0.3:
            self.formats = ("html", "pdf")
        self.good = _files(self.status)
        self.table = self.office / read_params(self.office, YEAR).table

    def words(self) -> list[str]:
        """Return the command's arguments."""
        formats = [word for name in self.formats for word in ("--format", name)]
        return ["report", "--quarter", str(QUARTER), "--jobs", "2", *formats]

    def start(
        self,
        words: Sequence[str] = (),
        *,
        environment: Mapping[str, str] | None = None,
        python: Sequence[str] = (),
        before: str = "",
    ) -> "subprocess.Popen[str]":
        """Start the command in a process of its own."""
        surroundings = {**os.environ, "PYTHONIOENCODING": "utf-8", **(environment or {})}
        return subprocess.Popen(
            [sys.executable, *python, "-c", f"{before}\n{_COMMAND}", *(words or self.words())],
            cwd=self.office,
            env={**surroundings, "TMPDIR": str(self.folder / "tmp"), _MARK: str(self.folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )

    def finish(self, process: "subprocess.Popen[str]") -> tuple[int, str]:
        """Wait for a run; returns its exit code and all that it said."""
        try:
            said, complained = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return -9, "hung"
        return process.returncode, said + complained

    def run(self, *more: str) -> tuple[int, str]:
        """Run the command as anybody would."""
        return self.finish(self.start([*self.words(), *more]))

    def outdate(self) -> None:
        """Bring the pack to its earlier state, so that the next run has to rewrite it.

        The store keeps what both were made from.
        """
        if not self.earlier:
            self._publish_earlier()
        shutil.rmtree(self.pack, ignore_errors=True)
        _write(self.pack, self.earlier)

    def _publish_earlier(self) -> None:
        """Publish a plan with a duty of one unit more, of which no return has come."""
        table = self.table.read_bytes()
        more = Duty(goal="办好其他实事。", unit="原局", leader="责任领导丙")
        self.table.write_text(table_of((*self.duties, more)), encoding="utf-8")
        for path in self.status.iterdir():
            path.unlink()
        code, said = self.run()
        self.earlier = self.artifacts()
        self.table.write_bytes(table)
        self.mend()
        assert code == 0, said

    def changed(self) -> list[str]:
        """Name the files in which the earlier pack is not that of now."""
        names = self.earlier.keys() | self.reference.keys()
        return sorted(n for n in names if self.earlier.get(n) != self.reference.get(n))

    def mend(self) -> None:
        """Put the returns back as they were sent first."""
        shutil.rmtree(self.status)
        _write(self.status, self.good)

    def artifacts(self) -> dict[str, bytes]:
        """Read the pack."""
        return _files(self.pack)

    def faults(self) -> list[str]:
        """Say what should never be, whatever happened."""
        found = list(self._foreign())
        if (left := self._processes()) and not self._gone():
            found.append(f"processes left: {left}")
        # What killed processes leave under this name, the next server of kernels sweeps up.
        left_behind = (p.name for p in (self.folder / "tmp").iterdir())
        if temporary := sorted(n for n in left_behind if not n.startswith(_SCRATCH)):
            found.append(f"temporary files left: {temporary[:3]}")
        return found

    def unswept(self) -> list[str]:
        """Say what killed runs left that the next server of kernels has not swept up."""
        if not self._scratch():
            return []
        # A pack that stands as it should starts no server.
        code, said = self.run("--force")
        found = [f"exit code {code}: {said[-600:]}"] if code else []
        if left := self._scratch():
            found.append(f"temporary folders not swept up: {left[:3]}")
        return found

    def _scratch(self) -> list[str]:
        return sorted(path.name for path in (self.folder / "tmp").glob(f"{_SCRATCH}*"))

    def torn(self) -> list[str]:
        """Say which files of the pack are neither those of before nor those of after."""
        now = {n: d for n, d in self.artifacts().items() if not n.startswith(STAGING)}
        names = sorted(now.keys() | self.earlier.keys() | self.reference.keys())
        found = [n for n in names if now.get(n) not in (self.earlier.get(n), self.reference.get(n))]
        return [f"neither old nor new: {found[:4]}"] if found else []

    def _foreign(self) -> list[str]:
        names = {path.name for path in self.folder.iterdir()}
        found = [f"written outside: {name}" for name in names - {"office", "outside", "tmp"}]
        if _files(self.outside) != {"secret.xlsx": b"secret"}:
            found.append("a file outside was changed")
        if any(data == b"secret" for data in self.artifacts().values()):
            found.append("a file outside was published")
        return found

    def mixed(self) -> list[str]:
        """Say where the pack is not what its manifest tells."""
        try:
            manifest = json.loads((self.pack / "manifest.json").read_bytes())
        except (OSError, ValueError):
            return []
        return [
            f"not as the manifest says: {item['path']}"
            for item in manifest["artifacts"]
            if _digest(self.pack / item["path"]) != item["sha256"]
        ]

    def _gone(self) -> bool:
        end = time.monotonic() + _LEFT
        while time.monotonic() < end:
            if not self._processes():
                return True
            time.sleep(0.2)
        return False

    def _processes(self) -> list[int]:
        """List the processes of this project's runs, where the system tells."""
        mark = f"{_MARK}={self.folder}".encode()
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                running = b"\0".join([b"", mark, b""]) in b"\0" + (entry / "environ").read_bytes()
                if running and b") Z " not in (entry / "stat").read_bytes():
                    found.append(int(entry.name))
        return found


def _files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
