"""Which tests of a room reach which functions of its modules, by their lines."""

import functools
import sys
import time
from collections import defaultdict
from collections.abc import Generator, Iterable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

Lines = set[tuple[str, int]]
"""File and line."""


class Recorder:
    """A plugin of pytest that notes what each test calls, and what its fixtures call.

    What functions remember from call to call is forgotten before every test, so that none
    lives on what another has had computed.
    """

    def __init__(self, files: Iterable[Path]) -> None:
        self._files = frozenset(str(file) for file in files)
        self._now: set[CodeType] = set()
        self._fixtures: defaultdict[str, set[CodeType]] = defaultdict(set)
        self.lines: dict[str, Lines] = {}
        self.seconds: dict[str, float] = {}
        self.failed: list[str] = []

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Note what one test runs, and how long it takes."""
        _forget()
        self._now, start = set(), time.perf_counter()
        sys.settrace(self._called)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            shared = (self._fixtures[name] for name in getattr(item, "fixturenames", ()))
            self.lines[item.nodeid] = _lines_of(self._now.union(*shared))
            self.seconds[item.nodeid] = time.perf_counter() - start

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any]
    ) -> Generator[None, object, object]:
        """Note what a fixture runs: every test that uses it rests on that."""
        before, self._now = self._now, set()
        try:
            return (yield)
        finally:
            self._fixtures[fixturedef.argname] |= self._now
            self._now = before

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what fails without any change: such tests tell nothing."""
        if report.failed:
            self.failed.append(report.nodeid)

    def _called(self, frame: FrameType, event: str, argument: object) -> None:
        # Noting each line as it is run would take several times as long.
        if frame.f_code.co_filename in self._files:
            self._now.add(frame.f_code)


def _lines_of(codes: Iterable[CodeType]) -> Lines:
    return {(code.co_filename, line) for code in codes for *_, line in code.co_lines() if line}


def _forget() -> None:
    modules = [module for name, module in sys.modules.items() if name.startswith("reporting.")]
    for value in [value for module in modules for value in vars(module).values()]:
        if isinstance(value, functools._lru_cache_wrapper):
            value.cache_clear()
