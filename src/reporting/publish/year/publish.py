"""Bring the year's tables to what the packs of its quarters say."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from reporting.errors import PublishError
from reporting.project.roots import pack_folder, year_folder
from reporting.publish.keys.program import Program
from reporting.publish.keys.store import Store
from reporting.publish.pack.place import place
from reporting.publish.values import Run
from reporting.publish.year.packs import (
    DATA,
    NEEDED,
    OPTIONAL,
    Gathered,
    YearPack,
    gather,
    parquet_name,
)
from reporting.system.digests import digest, digest_of
from reporting.values import Value

YEAR = "year"
"""Kind of records in the store."""


class Kept(Value):
    """What was made of the same packs before: hashes by name, and what was said of it."""

    files: dict[str, str]
    remarks: tuple[str, ...]


def publish_year(run: Run, program: Program) -> tuple[str, ...]:
    """Write the tables of the year anew where a pack changed; they go with the last pack.

    They depend on the packs alone, in whatever order these were published.

    Returns
    -------
    tuple of str
        A sentence on each quarter that is left out.

    Raises
    ------
    PublishError
        The folder cannot be written; it is as it was.
    """
    gathered = gather(run.root, run.options.year, run.hashes)
    folder = year_folder(run.root, run.options.year)
    kept = _kept(run, program, gathered, folder)
    _place(run, folder, kept.files)
    return (*gathered.remarks, *kept.remarks)


def _kept(run: Run, program: Program, gathered: Gathered, folder: Path) -> Kept:
    year, city = run.options.year, run.params.masthead.city
    packs = [pack.model_dump(mode="json") for pack in gathered.packs]
    key = digest_of([program.package, program.lock, year, city, packs])
    known = run.store.record(YEAR, key)
    if known is not None:
        kept = Kept.model_validate(known)
        if all(_hash(run, folder / n) == s or run.store.get(s) for n, s in kept.files.items()):
            run.store.touch(YEAR, key)
            return kept
    kept = _made(run, gathered.packs)
    run.store.write_record(YEAR, key, kept.model_dump(mode="json"))
    return kept


def _made(run: Run, packs: tuple[YearPack, ...]) -> Kept:
    # Reading tables and writing Parquet take libraries that an unchanged year has no use for.
    from reporting.publish.year.join import Quarter, agreeing
    from reporting.publish.year.write import write_year

    year = run.options.year
    quarters = []
    for pack in packs:
        folder = pack_folder(run.root, year, pack.quarter) / DATA
        quarters.append(Quarter(pack=pack, data=_read(folder, pack.files)))
    joined = agreeing(quarters)
    files = write_year(year, run.params.masthead.city, joined.quarters)
    hashes = {name: run.store.put(content) for name, content in files.items()}
    return Kept(files=hashes, remarks=joined.remarks)


def _read(folder: Path, files: Mapping[str, str]) -> dict[str, bytes]:
    data = {name: (folder / name).read_bytes() for name in files}
    for name, sha256 in files.items():
        if digest(data[name]) != sha256:
            raise PublishError(f"合并全年数据期间 {folder / name} 被改动，请重新运行。")
    return data


def _place(run: Run, folder: Path, wanted: Mapping[str, str]) -> None:
    names = [*NEEDED, OPTIONAL, parquet_name(run.options.year)]
    files: dict[str, Callable[[], bytes]] = {
        name: partial(_content, run.store, sha256)
        for name, sha256 in wanted.items()
        if _hash(run, folder / name) != sha256
    }
    stale = [name for name in names if name not in wanted and (folder / name).is_file()]
    if files or stale:
        place(folder, files, stale)
    if stale:
        with suppress(OSError):
            folder.rmdir()


def _content(store: Store, sha256: str) -> bytes:
    data = store.get(sha256)
    if data is None:
        raise PublishError("暂存的全年数据已损坏，请重新运行。")
    return data


def _hash(run: Run, path: Path) -> str:
    try:
        return run.hashes.of(path)
    except OSError:
        return ""
