"""Make an edition again by the program that it carries, in a process of its own."""

import os
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

from reporting.errors import InputRefused, PublishError, UsageError
from reporting.periods import Period
from reporting.project.editions import edition_folder, frozen_numbers
from reporting.release.prove import Proof, Remake, prove
from reporting.release.record import PROGRAM, RECORD, EditionRecord, read_record
from reporting.system.files import read_if_there

ENTRY = "reporting.release.remake"
"""Module that every wheel is asked by, with project, record and number of jobs."""


def own_remaker(folder: Path, jobs: int = 0) -> Remake:
    """Return what publishes an edition's pack again by the wheel in the edition's folder.

    The wheel is run with the Python and the libraries that are here; it may do whatever a program
    may, so that only an edition whose origin is trusted is made again by it.
    """

    def remake(root: Path, record: EditionRecord) -> Path:
        program = root.parent / "program"
        _unpack(folder / _wheel(record), program)
        # As it was written: what is written today of it an older program might not read.
        return root / _run(program, (str(root), str(folder.absolute() / RECORD), str(jobs)))

    return remake


def prove_by_itself(
    root: Path, period: Period, number: int | None, jobs: int = 0, *, signers: Path | None = None
) -> Proof:
    """Prove an edition, the last one unless told, by the program that it carries.

    Raises
    ------
    InputRefused
        The quarter has no edition.
    UsageError
        This edition was frozen before editions carried their program.
    """
    chosen = max(frozen_numbers(root, period), default=1) if number is None else number
    folder = edition_folder(root, period, chosen)
    _expect_program(folder, f"{period.label}第{chosen}版")
    return prove(root, period, chosen, own_remaker(folder, jobs), signers=signers, own=True)


def _expect_program(folder: Path, name: str) -> None:
    """Refuse an edition whose record lists no wheel; a damaged record is named by the proof."""
    with suppress(InputRefused):
        record = read_record(read_if_there(folder / RECORD) or b"", RECORD)
        if _wheel(record):
            return
        raise UsageError(
            f"{name}没有带着定版时的程序（由较早的软件定版），请不带 --with-its-own-program 核验。"
        )


def _wheel(record: EditionRecord) -> str:
    """Give the path of the wheel in the edition; empty where there is none."""
    found = (item.path for item in record.files if item.path.startswith(PROGRAM))
    return next((path for path in found if path.endswith(".whl")), "")


def _unpack(wheel: Path, folder: Path) -> None:
    """Lay the wheel's files out, where Python finds them as if they were installed."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        raise PublishError(f"该版自带的程序 {wheel.name} 不是能用的 wheel 文件。") from None


def _run(program: Path, arguments: tuple[str, ...]) -> str:
    """Run the wheel's own remaker; give where in the project it put the pack."""
    path = os.pathsep.join(filter(None, (str(program), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, "-P", "-m", ENTRY, *arguments],
        # What it says is read as UTF-8, whatever the locale is.
        env=os.environ | {"PYTHONPATH": path, "PYTHONUTF8": "1"},
        capture_output=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    said = [line for line in (done.stdout, done.stderr)[done.returncode != 0].splitlines() if line]
    if done.returncode or not said:
        raise PublishError(f"该版自带的程序没有运行成功：{said[-1] if said else done.returncode}")
    return said[-1]
