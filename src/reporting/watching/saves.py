"""What the file system tells of: something in the folders that are followed was saved."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

from reporting.errors import UsageError
from reporting.watching.places import is_litter

_QUIET_MS = 60
"""A file that is still being written is left alone until nothing came for so long."""
_LONGEST_MS = 1600
_LOOK_MS = 2000
"""How often the folders are looked at anyway: shared ones may tell of nothing, and others come."""


def saves(folders: Callable[[], tuple[Path, ...]], stop: Event) -> Iterator[object]:
    """Give something at every save, and now and then, until it is stopped.

    Parameters
    ----------
    folders : callable
        Gives the folders to follow; asked again and again, for the parameters name them.

    Raises
    ------
    UsageError
        The system follows no more folders.
    """
    from watchfiles import watch

    while not stop.is_set():
        followed = folders()
        try:
            for changes in watch(
                *followed, watch_filter=lambda _, path: not is_litter(Path(path)),
                step=_QUIET_MS, debounce=_LONGEST_MS, rust_timeout=_LOOK_MS,
                yield_on_timeout=True, stop_event=stop,
            ):  # fmt: skip
                yield changes
                if folders() != followed:
                    break
        except FileNotFoundError:
            # A folder went away in this moment.
            stop.wait(_LOOK_MS / 1000)
        except (OSError, RuntimeError) as error:
            raise UsageError(
                f"系统不能跟踪项目的文件夹（{error}），"
                "请设环境变量 WATCHFILES_FORCE_POLLING=1 后重新运行。"
            ) from error
