"""Tests run in a process of their own: once as the room stands, then with one change in it.

The change is made in memory while its module is imported; no file is touched, so neither a kill
nor a crash can leave one behind. What a test starts as another process runs without it.
"""

import contextlib
import importlib
import importlib.util
import json
import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.metadata import entry_points, packages_distributions
from itertools import accumulate
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

from tools.mutants.mutate import Mutant, unchanged
from tools.mutants.record import Lines, Recorder
from tools.mutants.rooms import HOME, Room, module_of

_QUIET = ("-q", "-x", "--tb=no", "-p", "no:cacheprovider", "-p", "no:xdist")
_OWN = frozenset({"reporting", "tools", "conftest", "__main__", "__mp_main__"})
_MOST_SECONDS = 20
_LEAST_SECONDS, _TIMES = 10, 5
"""How long the tests of a change may take: some seconds, and so many times what they took."""


@dataclass(frozen=True)
class Recording:
    """What the tests of a room run as it stands, how long they take, and which fail."""

    lines: Mapping[str, Lines]
    seconds: Mapping[str, float]
    failed: Sequence[str]

    def reaching(self, mutant: Mutant) -> tuple[str, ...]:
        """Name the tests that reach a change, the quick ones first, as many as 20 seconds hold.

        What is run on import is behind everything in its module.
        """
        file = str(mutant.file)
        # What fails as it stands, as a test of speed may while lines are noted, tells nothing.
        sound = {name: lines for name, lines in self.lines.items() if name not in self.failed}
        wanted = {(file, line) for line in range(mutant.line, mutant.last_line + 1)}
        found = [
            name for name, lines in sound.items()
            if (lines & wanted if mutant.in_function else any(f == file for f, _ in lines))
        ]  # fmt: skip
        found.sort(key=lambda name: self.seconds[name])
        ends = accumulate(self.seconds[name] for name in found)
        return tuple(name for name, end in zip(found, ends, strict=True) if end <= _MOST_SECONDS)


def record(room: Room) -> Recording:
    """Run a room's tests as it stands; needs to be done before anything of it is changed."""
    answer = _in_child(lambda: _record(room), seconds=1800)
    if answer is None or not answer["lines"]:
        raise SystemExit(f"the tests of {room.name} could not be run")
    for name in answer["modules"]:
        # Every change starts from a process that has all but the package and its tests loaded.
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    lines = {test: {(file, line) for file, line in told} for test, told in answer["lines"].items()}
    return Recording(lines, answer["seconds"], answer["failed"])


def _record(room: Room) -> dict[str, Any]:
    recorder = Recorder(room.files)
    pytest.main([*_QUIET, "--maxfail=1000", *room.test_paths], plugins=[recorder])
    return {
        "lines": {name: sorted(lines) for name, lines in recorder.lines.items()},
        "seconds": recorder.seconds,
        "failed": recorder.failed,
        "modules": sorted(_foreign(sys.modules)),
    }


def _foreign(names: Iterable[str]) -> Iterable[str]:
    """Keep the libraries: what is changed is loaded anew, and pytest loads its plugins itself."""
    plugins = {point.dist.name for point in entry_points(group="pytest11") if point.dist}
    of_plugins = {n for n, owners in packages_distributions().items() if plugins & {*owners}}
    tests = {path.stem for path in (HOME / "tests").iterdir()}
    aside = of_plugins | tests | _OWN
    return (name for name in names if name.partition(".")[0] not in aside)


def steadied(recording: Recording, file: Path) -> Recording:
    """Leave out the tests that fail in a process of their own where nothing is changed.

    Such a test wants another order, or a process that has done less before.
    """
    nothing = unchanged(file)
    failing = _in_child(lambda: _failing(nothing, recording.reaching(nothing)), seconds=600)
    if failing is None:
        raise RuntimeError(f"the tests of {file.name} do not end where nothing is changed")
    return replace(recording, failed=(*recording.failed, *failing))


def _failing(mutant: Mutant, tests: Sequence[str]) -> list[str]:
    told = _Only(tests)
    sys.meta_path.insert(0, _Changed(mutant))
    pytest.main([*_QUIET, "--maxfail=1000", *_files(tests)], plugins=[told])
    return told.failed


def is_noticed(mutant: Mutant, tests: Sequence[str], seconds: float) -> bool:
    """Tell whether any of the tests fails, or never ends, with a change in place."""
    allowed = _LEAST_SECONDS + _TIMES * seconds
    return _in_child(lambda: _passes(mutant, tests), seconds=allowed) is not True


def _passes(mutant: Mutant, tests: Sequence[str]) -> bool:
    if (module := module_of(mutant.file)) in sys.modules:
        raise RuntimeError(f"{module} is loaded already")
    sys.meta_path.insert(0, _Changed(mutant))
    code = pytest.main([*_QUIET, *_files(tests)], plugins=[_Only(tests)])
    if code == pytest.ExitCode.NO_TESTS_COLLECTED:
        raise RuntimeError(f"none of the tests was found: {tests}")
    return code == pytest.ExitCode.OK


def _files(tests: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(test.partition("::")[0] for test in tests))


class _Only:
    """A plugin of pytest that keeps the tests asked for, in the order they were named."""

    def __init__(self, tests: Sequence[str]) -> None:
        self.failed: list[str] = []
        self._order = {test: at for at, test in enumerate(tests)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        kept = [item for item in items if item.nodeid in self._order]
        items[:] = sorted(kept, key=lambda item: self._order[item.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)


class _Changed(SourceFileLoader):
    """Finds and loads the changed module in the place of the one on disk."""

    def __init__(self, mutant: Mutant) -> None:
        super().__init__(module_of(mutant.file), str(mutant.file))
        self._source = mutant.source

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        """Offer the changed module, under its own name only."""
        if name != self.name:
            return None
        return importlib.util.spec_from_file_location(name, self.path, loader=self)

    def get_code(self, fullname: str) -> CodeType:
        """Compile the changed source; byte code is neither read nor written."""
        return compile(self._source, self.path, "exec", dont_inherit=True)


def _in_child(work: Callable[[], Any], *, seconds: float) -> Any:
    """Do some work in a forked process; None when it does not end in time, or ends of itself.

    Raises
    ------
    RuntimeError
        The work failed, which says nothing about the tests.
    """
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        answer = Path(folder) / "answer.json"
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            _work_alone(work, answer)
        _wait(child, time.monotonic() + seconds)
        told = json.loads(answer.read_bytes()) if answer.is_file() else {"found": None}
    if "fault" in told:
        raise RuntimeError(told["fault"])
    return told["found"]


def _work_alone(work: Callable[[], Any], answer: Path) -> None:
    """Do the work in silence and end, come what may."""
    try:
        os.setsid()
        os.environ["TMPDIR"] = tempfile.tempdir = str(answer.parent)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        told = {"found": work()}
    except BaseException:
        told = {"fault": traceback.format_exc()}
    finally:
        part = answer.with_suffix(".part")
        part.write_text(json.dumps(told), encoding="utf-8")
        part.rename(answer)
        os._exit(0)


def _wait(child: int, end: float) -> None:
    """Wait for a process; then end all that it has started, and itself when its time is up."""
    while not os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT):
        if time.monotonic() > end:
            break
        time.sleep(0.02)
    # The number of the group is not given away anew while its first process is not waited for.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
