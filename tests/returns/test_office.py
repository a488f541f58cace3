"""Workbooks that LibreOffice saved again are read the same."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from reporting.returns.values import Returns

from .toy import OTHER, UNIT, filled, read

OFFICE = shutil.which("soffice")


@pytest.mark.office
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_resaved_workbook_reads_the_same(
    tmp_path: Path, second_quarter: tuple[Returns, ...]
) -> None:
    """Rows, figures, dates and ids survive a save by LibreOffice, and no finding appears."""
    before = second_quarter
    files = {UNIT: filled(UNIT, 3, before), OTHER: filled(OTHER, 3, before)}
    files[UNIT].put("2023-002-T01", "actual", 75.3)
    first = read(tmp_path / "first", 3, files, before)
    _save_again(sorted((tmp_path / "first" / "status" / "Q3").iterdir()), tmp_path / "office")
    again = {p.stem: p.read_bytes() for p in sorted((tmp_path / "office").glob("*.xlsx"))}
    assert again.keys() == files.keys()
    second = read(tmp_path / "second", 3, again, before)
    assert first.all_findings == second.all_findings == ()
    assert second.rows == first.rows


def _save_again(paths: Sequence[Path], out: Path) -> None:
    profile = out.parent / "profile"
    subprocess.run(
        [
            str(OFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless",
            "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), *map(str, paths),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )  # fmt: skip
