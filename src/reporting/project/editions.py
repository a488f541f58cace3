"""Where frozen editions stand.

``editions/<year>/Q<quarter>/`` holds a folder an edition, ``SHA256SUMS`` beside them, and the
zips that were asked for::

    1/  edition.json  assessment.json  ro-crate-metadata.json  pack/…  inputs/…  program/…
    2023Q3-v1.zip

A folder whose name starts with a dot is one that was not finished; it is no edition.
"""

from pathlib import Path

from reporting.periods import Period

EDITIONS = "editions"
ASSESSMENT = "assessment.json"
SUMS = "SHA256SUMS"
SEAL = "pack/data/seal.json"
"""What the edition's seal is the digest of."""
INPUTS = "inputs/"
"""Folder of an edition that holds what it was made from, laid out like a project."""


def quarter_folder(root: Path, period: Period) -> Path:
    """Return the folder of a quarter's editions; it need not exist."""
    return root / EDITIONS / str(period.year) / f"Q{period.quarter}"


def edition_folder(root: Path, period: Period, number: int) -> Path:
    """Return the folder of an edition; it need not exist."""
    return quarter_folder(root, period) / str(number)


def edition_name(period: Period, number: int) -> str:
    """Name an edition where its quarter is not known from the place: ``2023Q3-v1``."""
    return f"{period.code}-v{number}"


def edition_zip(root: Path, period: Period, number: int) -> Path:
    """Return the zip of an edition; it need not exist."""
    return quarter_folder(root, period) / f"{edition_name(period, number)}.zip"


def frozen_numbers(root: Path, period: Period) -> tuple[int, ...]:
    """List the frozen editions of a quarter, ascending; unfinished ones are left out."""
    folder = quarter_folder(root, period)
    if not folder.is_dir():
        return ()
    names = (path.name for path in folder.iterdir() if path.is_dir())
    return tuple(sorted(int(name) for name in names if name.isdecimal() and name.isascii()))


def frozen_periods(root: Path) -> tuple[Period, ...]:
    """List the quarters that have an edition, in order of time."""
    found = []
    for path in sorted((root / EDITIONS).glob("*/Q[1-4]")):
        if path.parent.name.isdecimal():
            period = Period(year=int(path.parent.name), quarter=int(path.name[1:]))
            if frozen_numbers(root, period):
                found.append(period)
    return tuple(found)
