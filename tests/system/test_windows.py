"""Where Windows differs in what it lets one do with files: open ones, marked ones, locks."""

import errno
import fcntl
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from reporting.errors import PublishError
from reporting.publish.pack.place import place
from reporting.release.keeping.shared import write_shared
from reporting.system import scratch
from reporting.system.faults import place_of
from reporting.system.files import remove_tree, write_whole
from reporting.system.locks import try_lock
from reporting.system.scratch import scratch_folder, sweep


def _open_here() -> set[str]:
    """Name the files that this process has open."""
    return {os.path.realpath(link) for link in Path("/proc/self/fd").iterdir()}


def _expect_removable(path: Any, folder: int | None) -> None:
    full = Path(path) if folder is None else Path(f"/proc/self/fd/{folder}").readlink() / path
    if not full.stat().st_mode & stat.S_IWUSR or os.path.realpath(full) in _open_here():
        raise PermissionError(errno.EACCES, "Access is denied", full)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse to remove or replace what is open or marked, and lock as Windows does."""
    unlink, replace = os.unlink, os.replace

    def unlink_here(path: Any, *, dir_fd: int | None = None) -> None:
        _expect_removable(path, dir_fd)
        unlink(path, dir_fd=dir_fd)

    def replace_here(source: Any, target: Any) -> None:
        if Path(target).is_file():
            try:
                _expect_removable(target, None)
            except PermissionError as error:
                raise PermissionError(error.errno, error.strerror, source, None, target) from None
        replace(source, target)

    def locking(descriptor: int, how: int, length: int) -> None:
        try:
            flock(descriptor, how)
        except BlockingIOError:
            raise PermissionError(errno.EACCES, "Permission denied") from None

    flock = fcntl.flock
    msvcrt = ModuleType("msvcrt")
    vars(msvcrt).update(LK_NBLCK=fcntl.LOCK_EX | fcntl.LOCK_NB, locking=locking)
    monkeypatch.setitem(sys.modules, "msvcrt", msvcrt)
    monkeypatch.setitem(sys.modules, "fcntl", None)
    for name, stand_in in (("unlink", unlink_here), ("remove", unlink_here),
                           ("replace", replace_here)):  # fmt: skip
        monkeypatch.setattr(os, name, stand_in)


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _contents(word: bytes) -> dict[str, Callable[[], bytes]]:
    names = ("units/甲.html", "units/甲.pdf", "units/乙.pdf", "index.html", "manifest.json")
    return {name: lambda: word for name in names}


@pytest.mark.usefixtures("windows")
def test_page_that_is_open_keeps_back_itself_and_the_list(tmp_path: Path) -> None:
    """The sentence names it; a later run brings it and the list of what stands up to date."""
    pack = tmp_path / "Q3"
    place(pack, _contents(b"old") | {"stale.pdf": lambda: b"old"})
    with (pack / "units/甲.pdf").open("rb"), pytest.raises(PublishError) as caught:
        place(pack, _contents(b"new"), ["stale.pdf"])
    assert str(caught.value) == (
        "Q3/units/甲.pdf 没有更新：可能正被其他程序（PDF 阅读器、WPS 等）打开，或没有写权限；"
        "其他文件已经更新，请关闭后重新运行。"
    )
    assert _files(pack) == dict.fromkeys(_contents(b""), b"new") | {
        "units/甲.pdf": b"old", "manifest.json": b"old"
    }  # fmt: skip
    place(pack, _contents(b"new"))
    assert _files(pack) == dict.fromkeys(_contents(b""), b"new")


@pytest.mark.usefixtures("windows")
def test_stale_page_that_is_open_is_told_as_well(tmp_path: Path) -> None:
    """Alone, and when others come in its place."""
    place(tmp_path, _contents(b"old"))
    with (tmp_path / "units/乙.pdf").open("rb"):
        with pytest.raises(PublishError, match=r"units/乙\.pdf 没有更新"):
            place(tmp_path, {}, ["units/乙.pdf"])
        with pytest.raises(PublishError, match=r"units/乙\.pdf 没有更新"):
            place(tmp_path, {"manifest.json": lambda: b"new"}, ["units/乙.pdf"])
    assert (tmp_path / "manifest.json").read_bytes() == b"old"


@pytest.mark.usefixtures("windows")
def test_many_open_pages_are_counted(tmp_path: Path) -> None:
    names = [f"{number}.pdf" for number in range(5)]
    pages: dict[str, Callable[[], bytes]] = {name: lambda: b"" for name in names}
    place(tmp_path, pages | {"manifest.json": lambda: b""})
    held = [(tmp_path / name).open("rb") for name in names]
    with pytest.raises(PublishError, match=r"/0\.pdf、[^、]*、[^、]*/2\.pdf 等5个文件 没有"):
        place(tmp_path, pages | {"manifest.json": lambda: b""})
    for file in held:
        file.close()


@pytest.mark.usefixtures("windows")
def test_scratch_folder_goes_with_its_lock(tmp_path: Path) -> None:
    """No file that is open can be removed, and the lock is one."""
    with scratch_folder(tmp_path) as folder:
        (folder / "home").mkdir()
        (folder / "home/a").touch()
        sweep(tmp_path)
        assert (folder / "home/a").exists()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("windows")
def test_what_a_kill_leaves_is_swept(tmp_path: Path) -> None:
    """The lock went with the process; what another holds stays."""
    for name in ("reporting-left", "reporting-held"):
        (tmp_path / name / "home").mkdir(parents=True)
        (tmp_path / name / "lock").touch()
    held = os.open(tmp_path / "reporting-held/lock", os.O_RDWR)
    assert try_lock(held) is True
    sweep(tmp_path)
    os.close(held)
    assert [path.name for path in tmp_path.iterdir()] == ["reporting-held"]


@pytest.mark.usefixtures("windows")
def test_lock_is_held_by_one(tmp_path: Path) -> None:
    """Whoever comes second does not wait."""
    first, second = (os.open(tmp_path / "lock", os.O_CREAT | os.O_RDWR) for _ in range(2))
    assert (try_lock(first), try_lock(second)) == (True, False)
    os.close(first)
    assert try_lock(second)
    os.close(second)


@pytest.mark.usefixtures("windows")
def test_half_written_edition_is_removed(tmp_path: Path) -> None:
    """Its files are marked as read-only one by one."""
    write_shared(tmp_path, tmp_path / ".1.partial", {"a/b": b"1", "c": b"2"})
    with pytest.raises(PermissionError):
        (tmp_path / ".1.partial/c").unlink()
    remove_tree(tmp_path / ".1.partial")
    assert list(tmp_path.iterdir()) == []


def test_disk_without_locks_has_scratch_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are not swept: nobody could tell whether their process lives."""

    def flock(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", flock)
    with scratch_folder(tmp_path) as folder:
        sweep(tmp_path)
        assert folder.is_dir()
    assert list(tmp_path.iterdir()) == []


def test_leftovers_are_swept_where_there_is_no_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server of kernels does it where there is fork."""
    from reporting.kernels import forks

    (tmp_path / "reporting-left").mkdir()
    (tmp_path / "reporting-left/lock").touch()
    monkeypatch.setattr(forks, "_shared", [])
    monkeypatch.setattr(forks, "can_fork", lambda: False)
    for name in ("short_base", "usual_base"):
        monkeypatch.setattr(forks, name, lambda: tmp_path)
    with forks.shared_server():
        assert list(tmp_path.iterdir()) == []
    assert scratch.usual_base() != tmp_path


@pytest.mark.usefixtures("windows")
def test_file_that_is_open_is_named(tmp_path: Path) -> None:
    """As the reader knows it, not the one beside it, which is gone again."""
    path = tmp_path / "核对结果.xlsx"
    write_whole(path, b"old")
    with path.open("rb"), pytest.raises(PermissionError) as caught:
        write_whole(path, b"new")
    assert place_of(caught.value) == path
    assert _files(tmp_path) == {"核对结果.xlsx": b"old"}
