"""The audit hook: files, networks and commands, as Python itself tells of them."""

import os
import sys
from collections.abc import Callable
from typing import Any

from reporting.kernels.guard.places import Places
from reporting.kernels.guard.told import NoTerminal, Teller

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_NO_FOLDER = -1


class Watch:
    """Answers the audit events that lead out of a notebook's own place."""

    def __init__(self, places: Places, teller: Teller) -> None:
        self._places, self._refuse = places, teller.refuse
        self._answers: dict[str, Callable[..., None]] = {
            "open": self._open,
            "os.listdir": self._list,
            "os.scandir": self._list,
            "sqlite3.connect": self._database,
            "urllib.Request": self._address,
            "socket.connect": self._connect,
            "socket.sendto": self._connect,
            "socket.getaddrinfo": self._host,
            "socket.gethostbyname": self._host,
            "subprocess.Popen": self._command,
            "os.forkpty": self._terminal,
            "pty.spawn": self._terminal,
            **dict.fromkeys(_COMMANDS, self._command),
            **dict.fromkeys(_CHANGES, self._change),
            **dict.fromkeys(_MOVES, self._move),
        }

    def hook(self, event: str, args: tuple[Any, ...]) -> None:
        """Take an audit event; most are nobody's concern."""
        answer = self._answers.get(event)
        if answer is not None:
            answer(*args)

    def _open(self, file: Any, mode: Any, flags: int) -> None:
        if isinstance(file, int):
            return
        path = _full(file)
        if flags & _WRITING:
            self._expect_own(path)
        elif not self._places.may_read(path):
            self._refuse("read", path, stops=not self._places.is_tried(path))

    def _list(self, folder: Any = None) -> None:
        if isinstance(folder, int):
            return
        path = _full("." if folder is None else folder)
        if not self._places.may_list(path):
            self._refuse("list", path, stops=not self._places.is_tried(path))

    def _expect_own(self, path: str) -> None:
        if not self._places.may_write(path):
            self._refuse("write", path, stops=not self._places.is_tried(path))

    def _change(self, path: Any, *rest: Any) -> None:
        if not isinstance(path, int):
            self._expect_own(_full(path, _folder_of(rest)))

    def _move(self, source: Any, target: Any, *folders: Any) -> None:
        # A link from within to a file outside would make that one look like the notebook's own.
        self._expect_own(_full(source, _folder_of(folders[:1])))
        self._expect_own(_full(target, _folder_of(folders[-1:])))

    def _database(self, name: Any, *_: Any) -> None:
        text = os.fsdecode(name).removeprefix("file:").partition("?")[0]
        if text not in ("", ":memory:"):
            path = _full(text)
            if not self._places.may_write(path):
                self._refuse("read", path)

    def _address(self, url: str, *_: Any) -> None:
        if not url.startswith(("file:", "data:")):
            self._refuse("network", url)

    def _connect(self, _: Any, address: Any) -> None:
        if not isinstance(address, str | bytes):
            self._refuse("network", ":".join(map(str, address[:2])))
        elif not self._places.may_write(_full(address)):
            self._refuse("network", os.fsdecode(address))

    def _host(self, host: Any, *_: Any) -> None:
        # Without a name it is asked for an address of this computer's own.
        if host:
            self._refuse("network", os.fsdecode(host))

    def _command(self, program: Any = "", arguments: Any = None, *_: Any) -> None:
        words = arguments if isinstance(arguments, list | tuple) else [program]
        said = " ".join(os.fsdecode(word) for word in words or [program])
        # A library asks the system through a program, and takes no for an answer.
        self._refuse("command", said, stops=False)

    def _terminal(self, *_: Any) -> None:
        self._refuse("command", "!", stops=False, error=NoTerminal)


_COMMANDS = (
    "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile",
)  # fmt: skip
_CHANGES = (
    "os.chmod", "os.chown", "os.mkdir", "os.remove", "os.rmdir", "os.setxattr", "os.truncate",
    "os.utime",
)  # fmt: skip
_MOVES = ("os.link", "os.rename", "os.symlink")


def _full(path: Any, folder: int = _NO_FOLDER) -> str:
    """Give the path from the root, of one below an open folder as well."""
    name = os.fsdecode(os.fspath(path))
    if folder != _NO_FOLDER and not os.path.isabs(name):  # noqa: PTH117
        name = os.path.join(os.readlink(f"/proc/self/fd/{folder}"), name)  # noqa: PTH115, PTH118
    return os.path.abspath(name)  # noqa: PTH100


def _folder_of(rest: tuple[Any, ...]) -> int:
    """Find the open folder that a path is below: the last thing an event tells."""
    last = rest[-1] if rest else _NO_FOLDER
    return last if isinstance(last, int) and os.path.isdir(f"/proc/self/fd/{last}") else _NO_FOLDER  # noqa: PTH112


def watch(places: Places, teller: Teller) -> None:
    """Watch this process from now on; a hook cannot be taken away again."""
    # Compiled modules are written beside their sources, which are not the notebook's.
    sys.dont_write_bytecode = True
    sys.addaudithook(Watch(places, teller).hook)
