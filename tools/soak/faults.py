"""What may go wrong, each as a function that makes it so; seeded by the trial."""

import io
import os
import shutil
import signal
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reporting.system.archives import make_zip
from tools.soak.trial import Trial

_ODD_NAMES = ("a\nb.xlsx", "..x.xlsx", "'$(id)`\".xlsx", "\u202e.xlsx", "e\u0301.xlsx")


@dataclass(frozen=True)
class Fault:
    """One fault.

    Attributes
    ----------
    run : callable
        Makes it so and runs the command; returns exit code and what was said.
    codes : frozenset of int
        Exit codes that may follow.
    same : bool
        Whether the pack must come out as if nothing had happened.
    whole : bool
        Whether the pack must agree with its manifest afterwards.
    between : bool
        Whether it befalls a run that rewrites an earlier pack: each file must then be that of
        before or that of after.
    """

    name: str
    run: Callable[[Trial], tuple[int, str]]
    codes: frozenset[int] = frozenset({0})
    same: bool = False
    whole: bool = True
    between: bool = False


def _some(trial: Trial) -> Path:
    return trial.rng.choice(sorted(trial.status.glob("*.xlsx")))


def _change(trial: Trial, edit: Callable[[bytes], bytes]) -> tuple[int, str]:
    path = _some(trial)
    path.write_bytes(edit(path.read_bytes()))
    return trial.run()


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _emptied(trial: Trial) -> tuple[int, str]:
    return _change(trial, lambda data: b"")


def _truncated(trial: Trial) -> tuple[int, str]:
    return _change(trial, lambda data: data[: trial.rng.randrange(len(data))])


def _flipped(trial: Trial) -> tuple[int, str]:
    def edit(data: bytes) -> bytes:
        spoilt = bytearray(data)
        for _ in range(20):
            spoilt[trial.rng.randrange(len(data))] ^= 1 << trial.rng.randrange(8)
        return bytes(spoilt)

    return _change(trial, edit)


def _scrambled(trial: Trial) -> tuple[int, str]:
    """Flip bytes inside the parts, so that the container is sound and its XML is not."""

    def edit(data: bytes) -> bytes:
        members = _members(data)
        name = trial.rng.choice(sorted(members))
        part = bytearray(members[name])
        for _ in range(3):
            part[trial.rng.randrange(len(part))] = trial.rng.randrange(256)
        return make_zip(members | {name: bytes(part)})

    return _change(trial, edit)


def _climbing(trial: Trial) -> tuple[int, str]:
    more = {"../../../../climbed.txt": b"x", "../../../../../climbed.txt": b"x"}
    return _change(trial, lambda data: make_zip(_members(data) | more))


def _bomb(trial: Trial) -> tuple[int, str]:
    more = {"xl/worksheets/sheet9.xml": b" " * (210 * 2**20)}
    return _change(trial, lambda data: make_zip(_members(data) | more))


def _entities(trial: Trial) -> tuple[int, str]:
    target = (trial.outside / "secret.xlsx").as_uri()
    kind = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{target}">]>'.encode()

    def edit(data: bytes) -> bytes:
        members = _members(data)
        name = "xl/worksheets/sheet2.xml"
        return make_zip(members | {name: kind + members[name]})

    return _change(trial, edit)


def _link(trial: Trial) -> tuple[int, str]:
    path = _some(trial)
    path.unlink()
    path.symlink_to(trial.outside / "secret.xlsx")
    return trial.run()


def _pipe(trial: Trial) -> tuple[int, str]:
    path = _some(trial)
    path.unlink()
    os.mkfifo(path)
    return trial.run()


def _garbled_name(trial: Trial) -> tuple[int, str]:
    path = _some(trial)
    path.rename(Path(os.fsdecode(os.fsencode(path.parent) + b"/\xca\xd0\xbe\xd6.xlsx")))
    return trial.run()


def _odd_name(trial: Trial) -> tuple[int, str]:
    path = _some(trial)
    path.rename(path.with_name(trial.rng.choice(_ODD_NAMES)))
    return trial.run()


def _twice(trial: Trial) -> tuple[int, str]:
    path = _some(trial)
    path.with_name("另一份.xlsx").write_bytes(path.read_bytes())
    return trial.run()


def _folder(trial: Trial) -> tuple[int, str]:
    path = _some(trial)
    path.unlink()
    path.mkdir()
    return trial.run()


def _none(trial: Trial) -> tuple[int, str]:
    for path in trial.status.glob("*.xlsx"):
        path.unlink()
    return trial.run()


def _damaged_store(trial: Trial) -> tuple[int, str]:
    files = [p for p in sorted((trial.office / ".reporting/store").rglob("*")) if p.is_file()]
    for path in trial.rng.sample(files, min(len(files), trial.rng.randint(1, 8))):
        spoilt = trial.rng.choice((b"", b"{}", b"\xff" * 9, path.read_bytes()[:-1]))
        path.write_bytes(spoilt)
    return trial.run()


def _lost_store(trial: Trial) -> tuple[int, str]:
    shutil.rmtree(trial.office / ".reporting")
    return trial.run()


def _damaged_manifest(trial: Trial) -> tuple[int, str]:
    path = trial.pack / "manifest.json"
    data = path.read_bytes()
    climbing = data.replace(b'"path": "', b'"path": "../../../../outside/', 1)
    spoilt = (b"", b"[]", data[: len(data) // 2], climbing, b'{"format": 1}')
    path.write_bytes(trial.rng.choice(spoilt))
    return trial.run()


def _damaged_pack(trial: Trial) -> tuple[int, str]:
    names = sorted(trial.reference)
    for name in trial.rng.sample(names, 3):
        path = trial.pack / name
        if trial.rng.random() < 0.5:
            path.unlink()
        else:
            path.write_bytes(path.read_bytes()[: trial.rng.randrange(100)])
    return trial.run()


def _leavings(trial: Trial) -> tuple[int, str]:
    staging = trial.pack / ".staging"
    staging.mkdir()
    (staging / "0").write_bytes(b"half")
    (trial.pack / "index.html").unlink()
    return trial.run()


def _file_in_the_way(trial: Trial) -> tuple[int, str]:
    """Stand a folder where the front page belongs; it is for the office to take away."""
    path = trial.pack / "index.html"
    path.unlink()
    (path / "x").mkdir(parents=True)
    code, said = trial.run()
    (path / "x").rmdir()
    path.rmdir()
    return code, said


def _forget(trial: Trial) -> None:
    """Let a run have something to make: the store forgets what it knows."""
    shutil.rmtree(trial.office / ".reporting/store", ignore_errors=True)


def _outdate(trial: Trial) -> None:
    """Let a run have a pack to rewrite, and sometimes all of it to make."""
    trial.outdate()
    if trial.rng.random() < 0.5:
        _forget(trial)


_WHILE_PLACING = """
import os, resource, signal, sys
_count = [0]
def _watch(event, arguments):
    if event == "open":
        path, writes = arguments[0], arguments[2] & (os.O_WRONLY | os.O_RDWR)
    elif event in ("os.rename", "os.remove"):
        path, writes = arguments[event == "os.rename"], True
    else:
        return
    if not writes or {folder!r} not in str(path):
        return
    _count[0] += 1
    if _count[0] == {number}:
        {deed}(event)
def _kill(event):
    if event != "open":
        os.kill(os.getpid(), signal.SIGKILL)
    # A file that is opened is left half written.
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (9, 9))
def _interrupt(event):
    signal.raise_signal(signal.SIGINT)
sys.addaudithook(_watch)
"""
"""Does a deed when so many files of the pack have been opened for writing, renamed or removed."""


def _while_placing(trial: Trial, deed: str) -> tuple[int, str]:
    """Do a deed in the middle of the placing, which is two steps for each file that changes."""
    _outdate(trial)
    number = trial.rng.randint(1, 2 * len(trial.changed()))
    folder = f"/{trial.pack.relative_to(trial.office).as_posix()}/"
    before = _WHILE_PLACING.format(folder=folder, number=number, deed=deed)
    return trial.finish(trial.start(before=before))


def _killed_placing(trial: Trial) -> tuple[int, str]:
    return _while_placing(trial, "_kill")


def _interrupted_placing(trial: Trial) -> tuple[int, str]:
    return _while_placing(trial, "_interrupt")


def _killed(trial: Trial) -> tuple[int, str]:
    trial.outdate()
    _forget(trial)
    process = trial.start()
    time.sleep(trial.rng.uniform(0.2, 6))
    process.kill()
    process.communicate()
    return 0, ""


def _interrupted(trial: Trial) -> tuple[int, str]:
    trial.outdate()
    _forget(trial)
    process = trial.start()
    time.sleep(trial.rng.uniform(1, 5))
    os.killpg(process.pid, signal.SIGINT)
    code, said = trial.finish(process)
    # Ctrl-C before the command has begun is Python's own to tell.
    early = code in (-signal.SIGINT, 130, 1) and "KeyboardInterrupt" in said
    return (130, "") if early else (code, said)


def _at_once(trial: Trial) -> tuple[int, str]:
    _forget(trial)
    one, other = trial.start(), trial.start()
    first, second = trial.finish(one), trial.finish(other)
    codes = sorted((first[0], second[0]))
    return (0 if codes in ([0, 0], [0, 3]) else 9), first[1] + second[1]


def _small_files_only(trial: Trial) -> tuple[int, str]:
    """Let every file end at some size, as a full disk does."""
    _outdate(trial)
    size = trial.rng.choice((0, 2_000, 20_000, 60_000))
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))"
    return trial.finish(trial.start(before=limit))


def _renaming_fails(trial: Trial) -> tuple[int, str]:
    _outdate(trial)
    at = trial.rng.randint(1, 40)
    before = f"""
import errno, os, pathlib
_replace, _count = pathlib.Path.replace, [0]
def _held(path, target):
    _count[0] += 1
    if _count[0] == {at}:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    return _replace(path, target)
pathlib.Path.replace = _held
"""
    return trial.finish(trial.start(before=before))


def _odd_surroundings(trial: Trial) -> tuple[int, str]:
    shutil.rmtree(trial.office / ".reporting")
    shutil.rmtree(trial.pack)
    environment = {
        "TZ": trial.rng.choice(("Pacific/Kiritimati", "America/St_Johns")),
        "LANG": "C", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "",
        "HOME": "/proc/none", "COLUMNS": "40", "PYTHONHASHSEED": str(trial.rng.randrange(99)),
    }  # fmt: skip
    return trial.finish(trial.start(environment=environment, python=("-X", "utf8=0")))


_ANY = frozenset({0, 1, 2})
_STOPPED = frozenset({0, 130})

FAULTS: tuple[Fault, ...] = (
    Fault("a return is empty", _emptied),
    Fault("a return is cut off", _truncated),
    Fault("bits of a return are flipped", _flipped),
    Fault("a part of a return is scrambled", _scrambled),
    Fault("members climb out of a return", _climbing),
    Fault("a return is a zip bomb", _bomb),
    Fault("a return asks for an entity outside", _entities),
    Fault("a return is a link to the outside", _link),
    Fault("a return is a pipe", _pipe),
    Fault("a return has a garbled name", _garbled_name),
    Fault("a return has an odd name", _odd_name),
    Fault("a return comes twice", _twice),
    Fault("a return is a folder", _folder),
    Fault("no return has come", _none),
    Fault("the store is damaged", _damaged_store, same=True),
    Fault("the store is lost", _lost_store, same=True),
    Fault("the manifest is damaged", _damaged_manifest, same=True),
    Fault("the pack is damaged", _damaged_pack, same=True),
    Fault("a killed run has left files", _leavings, same=True),
    Fault("a folder stands in the way", _file_in_the_way, frozenset({1}), whole=False),
    Fault("the run is killed", _killed, whole=False, between=True),
    Fault(
        "the run is killed while placing",
        _killed_placing,
        frozenset({0, -signal.SIGKILL, -signal.SIGXFSZ}),
        whole=False,
        between=True,
    ),
    Fault("the run is interrupted", _interrupted, _STOPPED, whole=False, between=True),
    Fault(
        "the run is interrupted while placing",
        _interrupted_placing,
        _STOPPED,
        whole=False,
        between=True,
    ),
    Fault("two runs at once", _at_once, same=True),
    Fault("files cannot grow", _small_files_only, _ANY, whole=False, between=True),
    Fault("renaming fails", _renaming_fails, _ANY, whole=False, between=True),
    Fault("clock and locale are odd", _odd_surroundings, same=True),
)
