"""What is seen of a run: a bar with the report in hand on a terminal, plain lines elsewhere."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reporting.language.visible import one_line

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from reporting.publish.pool.workers import Made


class Silent:
    """Shows nothing; the others build on it."""

    @contextmanager
    def following(self, total: int) -> Iterator[None]:
        """Show a number of reports being made."""
        yield

    def started(self, report_id: str) -> None:
        """Show that a report is in hand."""

    def done(self, made: "Made") -> None:
        """Show what became of a report."""


class Lines(Silent):
    """One line a report."""

    def __init__(self) -> None:
        self._total = self._done = 0

    @contextmanager
    def following(self, total: int) -> Iterator[None]:
        """Count from the first to the last."""
        self._total, self._done = total, 0
        yield

    def done(self, made: "Made") -> None:
        """Print the report and whether it was made."""
        self._done += 1
        outcome = f"未生成：{made.error}" if made.error else "已生成"
        say(f"[{self._done}/{self._total}] {shown(made.report_id)} {outcome}")


class Bar(Silent):
    """A bar with the report in hand, and the time left."""

    _bar: "Progress"
    _task: "TaskID"

    @contextmanager
    def following(self, total: int) -> Iterator[None]:
        """Show the bar while reports are made."""
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        columns = (
            TextColumn("生成报告"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(compact=True),
            TextColumn("{task.description}", markup=False),
        )
        with Progress(*columns, transient=True) as self._bar:
            self._task = self._bar.add_task("", total=total)
            yield

    def started(self, report_id: str) -> None:
        """Name the report in hand."""
        self._bar.update(self._task, description=shown(report_id))

    def done(self, made: "Made") -> None:
        """Move on; a failure is told at once."""
        self._bar.advance(self._task)
        if made.error:
            line = f"{shown(made.report_id)} 未生成：{made.error}"
            self._bar.console.print(line, markup=False, highlight=False)


def say(line: str, *, aside: bool = False) -> None:
    """Print a line at once; the pack is made whether or not anybody still reads.

    Parameters
    ----------
    aside : bool
        Print to standard error.
    """
    stream = sys.stderr if aside else sys.stdout
    try:
        print(line, file=stream, flush=True)
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


_WHOLE = {"briefing": "通报", "public": "公开版", "province": "汇总"}
_OF_EVERY_PACK = ("unit", "leader")


def shown(report_id: str) -> str:
    """Name a report for the reader.

    Examples
    --------
    >>> shown("unit/市商务局"), shown("briefing"), shown("public")
    ('市商务局', '通报', '公开版')
    >>> shown("action_report/绿色转型行动"), shown("year_report")
    ('绿色转型行动（action_report）', 'year_report')
    """
    series, _, name = report_id.partition("/")
    if not name:
        return _WHOLE.get(report_id, report_id)
    return one_line(name) + ("" if series in _OF_EVERY_PACK else f"（{series}）")


def display(*, terminal: bool) -> Silent:
    """Choose what fits where the run is seen."""
    return Bar() if terminal else Lines()
