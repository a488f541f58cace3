"""A computer without what only POSIX has: loaded by every Python of a run.

What Python can do without is taken from all. The rest, which its own modules need here, is hidden
from the package alone, and the package is told that this is Windows.
"""

import builtins
import fcntl
import multiprocessing
import multiprocessing.context
import multiprocessing.forkserver  # what a library imports from it is there; it can do nothing
import os
from types import ModuleType
from typing import Any

MODULES = {"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "posix"}
FROM_ALL = ("fork", "forkpty", "setsid", "sched_getaffinity", "register_at_fork", "nice")
HIDDEN: dict[str, set[str]] = {
    "os": {
        "killpg", "getuid", "geteuid", "getgid", "getegid", "chown", "getpgid", "uname", "statvfs",
        "O_PATH", "O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK", "environb", "waitid", "wait", "mkfifo",
        "getloadavg", "pidfd_open", "P_ALL", "WEXITED", "WNOHANG", *FROM_ALL,
    },
    "signal": {
        "SIGKILL", "SIGHUP", "SIGCHLD", "SIGALRM", "SIGUSR1", "SIGUSR2", "SIGPIPE", "SIGXFSZ",
        "alarm", "setitimer", "pthread_sigmask", "pause", "sigwait",
    },
    "socket": {"AF_UNIX", "send_fds", "recv_fds", "socketpair", "AF_NETLINK"},
    "sys": set(),
    "time": {"tzset"},
}  # fmt: skip
CLAIMED: dict[str, dict[str, object]] = {
    "sys": {"platform": "win32"},
    "os": {"name": "nt", "supports_bytes_environ": False},
}


class Stripped(ModuleType):
    """A module as the package sees it here."""

    def __init__(self, real: ModuleType) -> None:
        super().__init__(real.__name__)
        self.__dict__["_real"] = real

    def __getattr__(self, name: str) -> Any:
        if name in HIDDEN[self.__name__]:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r} here")
        claimed = CLAIMED.get(self.__name__, {})
        return claimed[name] if name in claimed else getattr(self._real, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._real, name, value)


def _locking(descriptor: int, how: int, length: int) -> None:
    fcntl.flock(descriptor, how)


def _locks() -> ModuleType:
    """Give what Windows has for locks."""
    module = ModuleType("msvcrt")
    vars(module).update(LK_NBLCK=fcntl.LOCK_EX | fcntl.LOCK_NB, locking=_locking)
    return module


def main() -> None:
    stripped = {name: Stripped(__import__(name)) for name in HIDDEN}
    msvcrt, real_import = _locks(), builtins.__import__

    def import_here(name: str, globals: Any = None, *rest: Any, **named: Any) -> Any:
        importer = (globals or {}).get("__name__", "")
        file = (globals or {}).get("__file__") or ""
        ours = importer.startswith("reporting") or "/src/reporting/" in file
        if ours and name in MODULES:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        if ours and name == "msvcrt":
            return msvcrt
        if ours and name in stripped:
            return stripped[name]
        return real_import(name, globals, *rest, **named)

    builtins.__import__ = import_here
    for name in FROM_ALL:
        delattr(os, name)
    multiprocessing.context._concrete_contexts.pop("fork")  # type: ignore[attr-defined]
    multiprocessing.context._concrete_contexts.pop("forkserver")  # type: ignore[attr-defined]
    multiprocessing.get_all_start_methods = lambda: ["spawn"]
    multiprocessing.set_start_method("spawn")


main()
