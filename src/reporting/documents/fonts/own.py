"""The project's own fonts where a page is made: out of bytes that came along, in one folder.

Typst takes fonts from folders, and a process that makes pages may be on another computer.
"""

import os
from collections.abc import Mapping
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path, PurePosixPath

from reporting.system.fonts import SUFFIXES
from reporting.system.own_fonts import FOLDER, usable
from reporting.system.scratch import scratch_folder

OWN_VARIABLE = "REPORTING_OWN_FONTS"
"""Environment variable that names the files which a notebook's charts may use."""

_LAID_OUT: dict[str, tuple[Path, ...]] = {}
_KEPT = ExitStack()
"""The folders, which stay as long as the process: what sets pages has read the fonts once."""


def own_names(names: Mapping[str, bytes]) -> tuple[str, ...]:
    """List the own fonts among files of the project, by their path there."""
    paths = (PurePosixPath(name) for name in sorted(names))
    return tuple(
        path.as_posix()
        for path in paths
        if path.parent.as_posix() == FOLDER and path.suffix.lower() in SUFFIXES
    )


def lay_out(inputs: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write the own fonts among the files that came along; gives those that can be used."""
    fonts = {PurePosixPath(name).name: inputs[name] for name in own_names(inputs)}
    if not fonts:
        return ()
    sums = "".join(f"{name}\0{sha256(data).hexdigest()}\0" for name, data in fonts.items())
    if sums not in _LAID_OUT:
        folder = _KEPT.enter_context(scratch_folder())
        for name, data in fonts.items():
            (folder / name).write_bytes(data)
        found = usable([folder / name for name in fonts])
        for name in fonts.keys() - {path.name for path in found}:
            (folder / name).unlink()
        _LAID_OUT[sums] = found
    return _LAID_OUT[sums]


def chart_fonts() -> tuple[Path, ...]:
    """Give the own fonts that charts may use besides their own, in this process."""
    named = os.environ.get(OWN_VARIABLE, "")
    return tuple(map(Path, named.split(os.pathsep))) if named else ()


def usable_in_charts(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """Leave out collections, of which matplotlib takes the first face only."""
    return tuple(path for path in paths if path.suffix.lower() in {".ttf", ".otf"})
