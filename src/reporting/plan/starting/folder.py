"""Lay a project out in a folder: what is missing is written, what is there is left as it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import reporting
from reporting.errors import UsageError
from reporting.plan.start import expect_year, fresh_masthead, round_dates, scalar
from reporting.system.files import write_whole

_FILES = Path(__file__).parent / "files"
_PACKAGE = Path(reporting.__file__).parent
_BLANK = {
    "city": "                                # 城市，如 某某市",
    "place": "                               # “全”字后面的一个词：市、县、区、镇、校等",
    "issuing_office": "                      # 印发机关，如 某某市人民政府办公室",
}


@dataclass(frozen=True)
class LaidOut:
    """What was written into a folder, and what stood there before; paths in the folder."""

    written: tuple[str, ...]
    kept: tuple[str, ...]


def lay_out(
    root: Path,
    year: int,
    *,
    city: str | None = None,
    place: str | None = None,
    started: bool = False,
) -> LaidOut:
    """Write what a project needs besides its table and returns.

    Parameters
    ----------
    city, place : str, optional
        For the masthead of the parameters, which otherwise is left to be filled in.
    started : bool
        The year has its parameters and data already.

    Raises
    ------
    UsageError
        The year is none, or the folder cannot be written to.
    """
    expect_year(year)
    files = dict(_around(year)) | ({} if started else dict(_of_year(year, city, place)))
    try:
        kept = {name for name in files if _is_there(root / name)}
        for name, content in files.items():
            if name not in kept:
                write_whole(root / name, content)
    except OSError as error:
        raise UsageError(f"不能写入 {error.filename or root}：{error.strerror}。") from None
    return LaidOut(*(tuple(n for n in files if (n in kept) is there) for there in (False, True)))


def _is_there(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _of_year(year: int, city: str | None, place: str | None) -> Iterator[tuple[str, bytes]]:
    calendar = "\n".join(
        f"  {quarter}: {{due: {due}, publish: {publish}}}"
        for quarter, due, publish in round_dates(year)
    )
    yield f"params/{year}.yml", _filled("params.yml", year, _head(year, city, place), calendar)
    for quarter in (1, 2, 3, 4):
        yield f"data/{year}/status/Q{quarter}/.gitkeep", b""


def _around(year: int) -> Iterator[tuple[str, bytes]]:
    yield "Makefile", _filled("Makefile", year)
    for name, path in _notebooks():
        yield f"notebooks/{name}", path.read_bytes()
    yield f"data/{year}/README.md", _filled("data.md", year)
    yield "outputs/README.md", _filled("outputs.md", year)
    yield ".gitignore", _filled("gitignore", year)


def _head(year: int, city: str | None, place: str | None) -> Mapping[str, str]:
    """Give the lines of the masthead that tell whose it is."""
    if city is None and place is not None:
        raise UsageError("--place 应与 --city 同用。")
    if city is None:
        return _BLANK
    words = fresh_masthead(year, city, place).model_dump()
    return {name: scalar(words[name]) for name in _BLANK}


def _filled(name: str, year: int, head: Mapping[str, str] = _BLANK, calendar: str = "") -> bytes:
    text = (_FILES / name).read_text(encoding="utf-8")
    # What is typed comes last: nothing in it is taken for a place to fill in.
    text = text.replace("@YEAR@", str(year)).replace("@CALENDAR@", calendar)
    for name, mark in (("city", "@CITY@"), ("place", "@PLACE@"), ("issuing_office", "@OFFICE@")):
        text = text.replace(f" {mark}\n", f" {head[name]}".rstrip() + "\n")
    return text.encode()


def _notebooks() -> list[tuple[str, Path]]:
    """List the package's own notebooks: in it where it is installed, else beside it."""
    inside = _PACKAGE / "notebooks"
    folder = inside if inside.is_dir() else _PACKAGE.parents[1] / "notebooks"
    found = ((path.relative_to(folder), path) for path in folder.rglob("*.ipynb"))
    return sorted((name.as_posix(), path) for name, path in found if not _is_hidden(name))


def _is_hidden(name: Path) -> bool:
    return any(part.startswith(".") for part in name.parts)
