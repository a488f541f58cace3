"""Save after save in a project that is followed, good and bad ones; the last state must be right.

``python -m tools.soak.saves --saves 500``. Memory, processes and temporary folders are looked at
all the while: none may grow.
"""

import os
import random
import shutil
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from reporting.project.params import read_params
from reporting.project.roots import find_root
from reporting.publish.log import RunLog
from reporting.publish.options import Options
from reporting.publish.pool.pool import Pool
from reporting.publish.run import publish
from reporting.system.scratch import short_base
from reporting.watching.follow import follow
from reporting.watching.session import Following
from reporting.watching.values import Kind, Told
from tools.bench.measure import descendants
from tools.soak.project import YEAR, random_answers, random_duties, write_project

QUARTER = 1
_WARM = 5
"""Saves before anything is measured: what is loaded at the first ones stays."""
_ROOM = 1.15, 60 << 20
"""Growth of memory that is none: a share, and bytes, of what allocators keep by chance."""

UNITS = ("市统计局", "市商务局", "市交通运输局")
TEXTS = {name: f"第{name}批服务站建成并投入使用。" for name in "一二三四五六七八"}

_PYTHONS = ("multiprocessing.forkserver", "multiprocessing.resource_tracker")

Save = Callable[["Office"], Iterator[None]]


@dataclass(frozen=True)
class Load:
    """What the process that follows takes with all below it."""

    memory: int
    processes: int
    folders: int


@dataclass
class Office:
    """A project's returns, and how they are saved; ``good`` are its returns as they should be."""

    root: Path
    rng: random.Random
    good: dict[Path, bytes]
    texts: tuple[Mapping[Path, bytes], ...]

    def any(self) -> Path:
        """Choose a return."""
        return self.rng.choice(sorted(self.good))

    def other(self, path: Path) -> bytes:
        """Give a return as its unit might have sent it instead."""
        return self.rng.choice(self.texts)[path]

    def mend(self) -> None:
        """Bring everything to what it should be."""
        for path in self.folder.iterdir():
            if path not in self.good:
                path.unlink()
        for path, content in self.good.items():
            path.write_bytes(content)

    @property
    def folder(self) -> Path:
        """Where the returns lie."""
        return next(iter(self.good)).parent


def save_well(office: Office) -> Iterator[None]:
    """Save another text of a unit."""
    path = office.any()
    office.good[path] = office.other(path)
    path.write_bytes(office.good[path])
    yield


def save_broken(office: Office) -> Iterator[None]:
    """Save what is no workbook, then the workbook again."""
    path = office.any()
    path.write_bytes(office.rng.randbytes(200))
    yield
    path.write_bytes(office.good[path])
    yield


def save_half(office: Office) -> Iterator[None]:
    """Be seen in the middle of writing."""
    path = office.any()
    office.good[path] = office.other(path)
    with path.open("wb") as file:
        file.write(office.good[path][: len(office.good[path]) // 2])
        file.flush()
        yield
        file.write(office.good[path][len(office.good[path]) // 2 :])
    yield


def rename(office: Office) -> Iterator[None]:
    """Give a return another name, and another the time after."""
    path = office.any()
    new = path.with_name(f"{path.stem.rstrip('改')}{'改' * office.rng.randint(1, 3)}.xlsx")
    if new not in office.good:
        path.rename(new)
        office.good[new] = office.good.pop(path)
        for texts in office.texts:
            if isinstance(texts, dict):
                texts[new] = texts[path]
    yield


def save_many(office: Office) -> Iterator[None]:
    """Save all returns at once, beside them what programs leave."""
    for path in office.good:
        office.good[path] = office.other(path)
        path.write_bytes(office.good[path])
    (office.folder / "~$锁.xlsx").write_bytes(b"")
    yield
    (office.folder / "~$锁.xlsx").unlink()
    yield


def break_notebook(office: Office) -> Iterator[None]:
    """Save half a notebook, then all of it."""
    path = office.root / "notebooks/unit_report.ipynb"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    yield
    path.write_bytes(whole)
    yield


WAYS: tuple[Save, ...] = (
    save_well, save_broken, save_half, rename, save_many, break_notebook,
)  # fmt: skip


@dataclass
class Account:
    """What was saved, what was told, and what does not hold."""

    saves: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    loads: list[Load] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def soak(
    home: Path,
    folder: Path,
    *,
    saves: int,
    seed: int,
    open_pool: Callable[[], AbstractContextManager[Pool]] | None = None,
) -> Account:
    """Follow a small project through saves, then hold what stands against a run of its own."""
    office, account = _office(home, folder, random.Random(seed)), Account()
    options = Options(year=YEAR, quarter=QUARTER, formats=("html",))

    def tell(told: Told) -> None:
        account.told[str(told.kind)] += 1
        if told.kind is Kind.FAULT and told.text.startswith("程序出错"):
            account.broken.append(told.text)

    with Following(tell, office.root / "outputs", open_pool) as session:
        log = RunLog(folder / "log", "soak")
        ways = _ways(office, saves, account)
        follow(office.root, options, ways, session=session, tell=tell, log=log)
    account.broken += [*_left(), *_grown(account.loads), *_wrong(office.root, options)]
    return account


def _office(home: Path, folder: Path, rng: random.Random) -> Office:
    root, duties = folder / "office", random_duties(rng, UNITS)
    texts: list[dict[Path, bytes]] = []
    for _ in range(3):
        # Each time what the units might have said instead.
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(parents=True)
        write_project(root, home, duties, random_answers(rng, TEXTS), quarter=QUARTER)
        status = root / read_params(root, YEAR).status / f"Q{QUARTER}"
        texts.append({path: path.read_bytes() for path in sorted(status.iterdir())})
    return Office(root, rng, dict(texts[-1]), tuple(texts))


def _ways(office: Office, saves: int, account: Account) -> Iterator[None]:
    while account.saves.total() < saves:
        for way in office.rng.sample(WAYS, len(WAYS)):
            account.saves[way.__name__] += 1
            yield from way(office)
            account.loads.append(_load())
    office.mend()
    yield


def _load() -> Load:
    own = [os.getpid(), *descendants(os.getpid())]
    return Load(sum(map(_memory, own)), len(own), len(_folders()))


def _memory(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def _folders() -> list[Path]:
    return sorted(short_base().glob("reporting-*"))


def _left() -> Iterator[str]:
    said = [_command(pid) for pid in descendants(os.getpid())]
    # What workers are forked from ends with this process, as Python has it.
    if left := [words for words in said if not any(own in words for own in _PYTHONS)]:
        yield f"processes that are left: {left}"


def _command(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace").replace("\0", " ")
    return ""


def _grown(loads: list[Load]) -> Iterator[str]:
    """Hold the last third of a long run against the first."""
    measured = loads[_WARM:]
    third = len(measured) // 3
    if not third:
        return
    first, last = measured[:third], measured[-third:]
    share, room = _ROOM
    before = statistics.median(load.memory for load in first)
    after = statistics.median(load.memory for load in last)
    if after > before * share + room:
        yield f"memory grew from {before / 2**20:.0f} to {after / 2**20:.0f} MB"
    for name in ("processes", "folders"):
        most = max(getattr(load, name) for load in first)
        if min(getattr(load, name) for load in last) > most:
            yield f"{name} grew from {most}"


def _wrong(root: Path, options: Options) -> Iterator[str]:
    """Make the pack by itself: there must be nothing to make, and afresh the same bytes."""
    if made := publish(root, options).made:
        yield f"the last state was not made: {', '.join(made)}"
    followed = _pack(root, options)
    shutil.rmtree(root / ".reporting")
    shutil.rmtree(root / "outputs")
    publish(root, options)
    afresh = _pack(root, options)
    names = sorted(n for n in followed | afresh if followed.get(n) != afresh.get(n))
    if names:
        yield f"not the bytes of a run of its own: {names[:4]}"


def _pack(root: Path, options: Options) -> dict[str, bytes]:
    folder = options.pack_folder(root)
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def main(
    saves: Annotated[int, typer.Option(help="How many.")] = 500,
    seed: Annotated[int, typer.Option(help="Which row of chances.")] = 1,
) -> None:
    """Save so often, then say what was saved and what does not hold."""
    with tempfile.TemporaryDirectory(prefix="saves-", ignore_cleanup_errors=True) as name:
        account = soak(find_root(Path(__file__)), Path(name).resolve(), saves=saves, seed=seed)
    for title, counted in (("saved", account.saves), ("told", account.told)):
        print(title, ", ".join(f"{name} {count}" for name, count in sorted(counted.items())))
    for load in account.loads[_WARM :: max(1, len(account.loads) // 10)]:
        print(
            f"{load.memory / 2**20:6.0f} MB {load.processes:3} processes {load.folders:3} folders"
        )
    for fault in account.broken:
        print(f"broken: {fault}")
    sys.exit(1 if account.broken else 0)


if __name__ == "__main__":
    typer.run(main)
