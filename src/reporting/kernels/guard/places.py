"""Where a notebook's process may read and write."""

import os
import site
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from reporting.kernels.confine import SCRATCH

_SHARED = (
    "/usr/share/zoneinfo",
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/usr/lib",
    "/usr/lib64",
    "/lib",
    "/lib64",
)
"""Parts of the system that are the environment's: time zones, fonts, compiled libraries."""
_FILES = frozenset(
    {
        "/dev/null",
        "/proc/cpuinfo",
        "/proc/meminfo",
        "/proc/self/status",
        "/proc/self/stat",
        "/etc/mime.types",
    }
)
_SYSTEM = ("/etc", "/proc", "/sys", "/dev", "/usr", "/run", "/var/lib")
"""Where libraries try whether something is there, and go on without."""


class Places:
    """The folders of a kernel: its own, the environment's, and all others."""

    def __init__(self) -> None:
        self.own = _folders([os.environ[SCRATCH], Path.cwd()])
        self.environment = _folders(
            [
                sys.prefix, sys.base_prefix, *sysconfig.get_paths().values(),
                *site.getsitepackages(), Path(__file__).parents[2],
            ]
        )  # fmt: skip
        # Looking for a module lists the folders that modules may be in.
        self.searched = frozenset(_full(name) for name in sys.path)

    def may_read(self, path: str) -> bool:
        """Tell whether a file is the kernel's own or the environment's."""
        path = os.path.normcase(path)
        return path in _FILES or path.startswith((*self.own, *self.environment, *_SHARED_INSIDE))

    def may_list(self, folder: str) -> bool:
        """Tell whether a folder may be looked into."""
        return self.may_read(folder + os.sep) or os.path.normcase(folder) in self.searched

    def may_write(self, path: str) -> bool:
        """Tell whether a file may be made, changed or removed."""
        path = os.path.normcase(path)
        return path in _NOWHERE or f"{path}{os.sep}".startswith(self.own)

    def is_tried(self, path: str) -> bool:
        """Tell whether libraries look there for what may as well be missing."""
        path = os.path.normcase(path)
        return path.startswith((*self.environment, *(f"{place}/" for place in _SYSTEM)))


def _folders(paths: Iterable[str | Path]) -> tuple[str, ...]:
    """Give folders by both of their names where links lead to them."""
    names = [name for path in paths for name in (_full(path), _full(os.path.realpath(path)))]
    return tuple(dict.fromkeys(name.rstrip(os.sep) + os.sep for name in names))


def _full(path: str | Path) -> str:
    """Give the path from the root, in small letters where the system takes capitals for them."""
    return os.path.normcase(os.path.abspath(path))  # noqa: PTH100


_NOWHERE = (os.devnull, _full(os.devnull))
_SHARED_INSIDE = tuple(f"{place}/" for place in _SHARED)
