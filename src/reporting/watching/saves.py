"""What the file system tells of: something in the folders that are followed was saved."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

from reporting.watching.places import is_litter

_QUIET_MS = 60
"""A file that is still being written is left alone until nothing came for so long."""
_LONGEST_MS = 1600
_LOOK_MS = 2000
"""How often the folders themselves are looked after: another may have been named, or come."""


def saves(folders: Callable[[], tuple[Path, ...]], stop: Event) -> Iterator[object]:
    """Give something at every save, until it is stopped.

    Parameters
    ----------
    folders : callable
        Gives the folders to follow; asked again and again, for the parameters name them.
    """
    from watchfiles import watch

    while not stop.is_set():
        followed = folders()
        if not followed:
            stop.wait(_LOOK_MS / 1000)
            continue
        for changes in watch(
            *followed, watch_filter=lambda _, path: not is_litter(Path(path)), step=_QUIET_MS,
            debounce=_LONGEST_MS, rust_timeout=_LOOK_MS, yield_on_timeout=True, stop_event=stop,
        ):  # fmt: skip
            # A file that is followed by itself is lost when another takes its name.
            if changes or not all(place.is_dir() for place in followed):
                yield changes
            if folders() != followed:
                # What was saved in a new folder before it was followed is seen by looking.
                yield followed
                break
