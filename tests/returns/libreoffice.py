"""Workbooks as LibreOffice saves them, everything reckoned again."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")
XLSX = "xlsx:Calc MS Excel 2007 XML"


def save_again(paths: Sequence[Path], out: Path, filters: str = XLSX) -> None:
    """Save workbooks again into a folder, all in one run."""
    profile = out.parent / "profile"
    subprocess.run(
        [
            str(OFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless",
            "--convert-to", filters, "--outdir", str(out), *map(str, paths),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )  # fmt: skip


def recalculated(files: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """Return workbooks as they are once LibreOffice has reckoned them."""
    given, out = folder / "given", folder / "out"
    given.mkdir(parents=True)
    paths = [given / f"{name}.xlsx" for name in files]
    for path, data in zip(paths, files.values(), strict=True):
        path.write_bytes(data)
    save_again(paths, out)
    return {name: (out / f"{name}.xlsx").read_bytes() for name in files}
