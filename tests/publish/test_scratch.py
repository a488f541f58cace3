"""Folders for temporary files: private, found again after a kill, never another's."""

import io
import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from reporting.errors import PublishError
from reporting.system import scratch
from reporting.system.locks import try_lock
from reporting.system.scratch import scratch_folder, short_base, sweep, usual_base
from reporting.workbooks.saving import saved

KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from openpyxl import Workbook
from reporting.system import scratch
from reporting.system.locks import try_lock
from reporting.system.scratch import scratch_folder
from reporting.workbooks.saving import saved
events, left, base = sys.argv[1].split(","), [int(sys.argv[2])], Path(sys.argv[3])
scratch.short_base = lambda: base
def watch(event, arguments):
    # What is removed may be named relative to its folder.
    if event in events and (event in ("os.remove", "os.rmdir") or str(base) in str(arguments[0])):
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1
"""
MAKING = """
sys.addaudithook(watch)
with scratch_folder(base) as folder:
    os.remove(base / "last")
"""
REMOVING = """
with scratch_folder(base) as folder:
    (folder / "home").mkdir()
    for name in ("home/a", "a", "z"):
        (folder / name).touch()
    sys.addaudithook(watch)
"""
SAVING = """
book = Workbook()
book.create_sheet("二")
sys.addaudithook(watch)
saved(book, datetime(2023, 10, 30))
"""


@pytest.mark.long
@pytest.mark.parametrize(
    ("code", "events", "steps"),
    [
        pytest.param(MAKING, "os.mkdir,open,os.remove", 3, id="making"),
        pytest.param(REMOVING, "os.remove,os.rmdir", 6, id="removing"),
        pytest.param(SAVING, "os.mkdir,open,os.remove,os.rmdir", 9, id="saving"),
    ],
)
def test_whatever_a_kill_leaves_is_swept(
    tmp_path: Path, code: str, events: str, steps: int
) -> None:
    """Whichever step it was killed before."""
    for step in range(steps):
        command = [sys.executable, "-c", KILLED + code, events, str(step), str(tmp_path)]
        killed = subprocess.run(command, capture_output=True)
        assert killed.returncode == -signal.SIGKILL, (step, killed.stderr.decode())
        assert all(path.name.startswith("reporting-") for path in tmp_path.iterdir())
        sweep(tmp_path)
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("step", ["os.open", "reporting.system.scratch.try_lock"])
def test_folder_swept_while_it_is_made_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Between its steps it looks like a leftover to another process."""
    with monkeypatch.context() as patched:
        real = os.open if step == "os.open" else try_lock
        made: list[Path] = []

        def swept_before(*arguments: Any, **named: Any) -> Any:
            if not made:
                made.extend(tmp_path.iterdir())
                sweep(tmp_path)
                assert list(tmp_path.iterdir()) == []
            return real(*arguments, **named)

        patched.setattr(step, swept_before)
        with scratch_folder(tmp_path) as folder:
            assert made
            assert folder not in made
            sweep(tmp_path)
            assert [path.name for path in folder.iterdir()] == ["lock"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system with fork")
def test_forked_process_leaves_the_folder_to_the_one_that_made_it(tmp_path: Path) -> None:
    """What a fork inherits is let go of there, and that must not remove the parent's folder."""
    with ExitStack() as stack:
        folder = stack.enter_context(scratch_folder(tmp_path))
        child = os.fork()
        if not child:
            stack.close()
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
        assert folder.is_dir()
        sweep(tmp_path)
        assert folder.is_dir()
    assert list(tmp_path.iterdir()) == []


LOOKING = """
import os, sys
def watch(event, arguments):
    if event == "open" and str(arguments[0]).startswith(os.environ["TMPDIR"]):
        os._exit(9)
sys.addaudithook(watch)
from reporting.system.scratch import short_base, usual_base
print(usual_base(), short_base(), end="")
"""


def test_place_for_temporary_files_is_found_without_a_trace(tmp_path: Path) -> None:
    """Python itself would try it with a file that a kill leaves behind under any name."""
    done = subprocess.run(
        [sys.executable, "-c", LOOKING],
        env={**os.environ, "TMPDIR": str(tmp_path)}, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    usual, short = done.stdout.split(" ")
    assert usual == str(tmp_path)
    assert len(os.fsencode(short)) <= 60


def test_place_is_the_one_the_environment_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Python has it: the first that can be written."""
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "missing"))
    monkeypatch.setenv("TEMP", str(tmp_path))
    assert usual_base() == tmp_path
    monkeypatch.delenv("TEMP")
    assert usual_base() == Path("/tmp")
    assert len(os.fsencode(short_base())) <= 60


def test_no_place_for_temporary_files(tmp_path: Path) -> None:
    """Say where."""
    with pytest.raises(PublishError) as caught, scratch_folder(tmp_path / "missing"):
        pass
    assert str(caught.value) == f"临时文件夹“{tmp_path / 'missing'}”不能写：没有这个文件或文件夹。"


def test_saving_a_workbook_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the library writes meanwhile lies in a folder of ours, and is gone."""
    monkeypatch.setattr(scratch, "short_base", lambda: tmp_path)
    seen: list[str] = []
    real = io.BytesIO.write
    book = Workbook()
    book.worksheets[0]["A1"] = "甲"

    class Watched(io.BytesIO):
        def write(self, data: object) -> int:
            seen.extend(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("openpyxl.*"))
            return real(self, data)  # type: ignore[arg-type]

    monkeypatch.setattr("reporting.workbooks.saving.io.BytesIO", Watched)
    assert saved(book, datetime(2023, 10, 30)).startswith(b"PK")
    assert seen
    assert all(name.startswith("reporting-") for name in seen)
    assert list(tmp_path.iterdir()) == []
