"""Many small things of one kind, shared out among the cores of this computer."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Item = TypeVar("Item")
Result = TypeVar("Result")

_SHARES = 8
"""Into how many shares each process's part is cut: things differ in size, and none shall wait."""

_work: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []
"""What a forked child has to do."""


def cores() -> int:
    """Count the cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def can_fork() -> bool:
    """Tell whether processes can be forked: macOS has fork, but its libraries do not bear it."""
    return hasattr(os, "fork") and sys.platform != "darwin"


def on_all_cores(
    function: Callable[[Item], Result], items: Sequence[Item], *, least: int
) -> list[Result]:
    """Apply a function to every item, and give the results in the order of the items.

    Where this process may be forked, its children do it, which know all that it knows; the
    results come back pickled. Otherwise, or when a child is lost, it is done here.

    Parameters
    ----------
    function : callable
        Gives the same for the same item, wherever it is called; what it changes is lost.
    least : int
        How many items there must be for the children to be worth their start.
    """
    size = min(cores(), len(items))
    # A lock that another thread holds at a fork is never opened in the child.
    if size > 1 and len(items) >= least and can_fork() and threading.active_count() == 1:
        results = _shared_out(function, items, size)
        if results is not None:
            return results
    return [function(item) for item in items]


def _shared_out(
    function: Callable[[Item], Result], items: Sequence[Item], size: int
) -> list[Result] | None:
    """Give the results of forked children; None when one of them was lost."""
    # Not loaded by those who have little to do.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    share = max(1, len(items) // (size * _SHARES))
    context = multiprocessing.get_context("fork")
    try:
        # What a forked process is started with it has already, so that it is not pickled.
        with ProcessPoolExecutor(
            size, mp_context=context, initializer=_start, initargs=(function, items)
        ) as pool:
            return list(pool.map(_apply, range(len(items)), chunksize=share))
    except BrokenProcessPool:  # for want of memory, as a rule: one process needs less
        return None


def _start(function: Callable[[Any], Any], items: Sequence[Any]) -> None:
    _work.append((function, items))
    end_with_parent()


def _apply(index: int) -> Any:
    function, items = _work[-1]
    return function(items[index])


def end_with_parent(lifeline: "Connection | None" = None) -> None:
    """Have this process, a child, end when its parent does; Ctrl-C is the parent's.

    Parameters
    ----------
    lifeline : Connection, optional
        Its other end is the parent's; when that is closed, this process ends as well.
    """
    import multiprocessing

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    ends = [lifeline, parent and parent.sentinel]
    watched = [end for end in ends if end is not None]
    threading.Thread(target=_end_with, args=(watched,), daemon=True).start()


def _end_with(ends: Sequence["Connection | int"]) -> None:
    from multiprocessing.connection import wait

    wait(ends)
    os._exit(1)
