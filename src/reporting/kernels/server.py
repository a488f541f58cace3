"""The fork server: a warmed process without threads that forks one child for each kernel.

A client opens one connection for one kernel and writes a line of JSON: ``arguments``, ``env``,
``cwd``; the descriptors of the kernel's standard output and error come along. The answers are
lines too: ``pid``, later ``status``, or ``error``. A line ``signal`` reaches the kernel's whole
process group. A connection that closes ends its kernel, and the lifeline that closes (standard
input) ends the server with all kernels: what a killed client leaves behind is closed by the
system, so nobody is forgotten.
"""

import contextlib
import errno
import gc
import json
import os
import selectors
import signal
import socket
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reporting.kernels.confine import confine, keep_font_lists, settle
from reporting.kernels.guard.install import lock
from reporting.system.scratch import remove, sweep, usual_base

_LIFELINE = 0
_READ = selectors.EVENT_READ
_CHUNK = 1 << 16
_LONGEST_LINE = 1 << 22


@dataclass
class Line:
    """One client, and its kernel when there is one."""

    connection: socket.socket
    buffer: bytes = b""
    streams: list[int] = field(default_factory=list)
    pid: int = 0


@dataclass(frozen=True)
class Launch:
    """What a forked child is to become."""

    arguments: list[str]
    env: dict[str, str]
    cwd: str
    streams: tuple[int, ...]


class Server:
    """Answers clients until the lifeline closes."""

    def __init__(self, address: Path) -> None:
        self._selector = selectors.DefaultSelector()
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(str(address))
        self._listener.listen(128)
        self._kernels: dict[int, Line] = {}
        self._selector.register(_LIFELINE, _READ)
        self._selector.register(self._listener, _READ)
        self._wakeup, self._alarm = socket.socketpair()
        for end in (self._listener, self._wakeup, self._alarm):
            end.setblocking(False)
        self._selector.register(self._wakeup, _READ)

    def serve(self) -> Launch | None:
        """Serve clients; gives the launch in a child, and None in the server at its end."""
        # Without a handler of Python's own, the end of a child would not wake the selector.
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._alarm.fileno())
        while True:
            for key, _ in self._selector.select():
                if key.fd == _LIFELINE:
                    self._end_all()
                    return None
                if key.fileobj is self._listener:
                    self._accept()
                elif key.fileobj is self._wakeup:
                    self._reap()
                elif (launch := self._read(key.data)) is not None:
                    self._let_go()
                    return launch

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            connection, _ = self._listener.accept()
            connection.setblocking(False)
            self._selector.register(connection, _READ, Line(connection))

    def _read(self, line: Line) -> Launch | None:
        if line.connection.fileno() < 0:  # closed by an event before this one
            return None
        try:
            data, descriptors, _, _ = socket.recv_fds(line.connection, _CHUNK, 4)
        except BlockingIOError:
            return None
        except OSError:
            data, descriptors = b"", []
        line.streams.extend(descriptors)
        line.buffer += data
        if not data or len(line.buffer) > _LONGEST_LINE:
            self._hang_up(line)
            return None
        while b"\n" in line.buffer:
            text, _, line.buffer = line.buffer.partition(b"\n")
            if (launch := self._obey(line, json.loads(text))) is not None:
                return launch
        return None

    def _obey(self, line: Line, order: Mapping[str, Any]) -> Launch | None:
        if "signal" in order:
            _signal_group(line.pid, int(order["signal"]))
            return None
        try:
            pid = os.fork()
        except OSError as error:
            _tell(line, error=os.strerror(error.errno or errno.EAGAIN))
            return None
        if pid == 0:
            streams = tuple(line.streams)
            return Launch(order["arguments"], order["env"], order["cwd"], streams)
        line.pid = pid
        self._kernels[pid] = line
        for descriptor in line.streams:
            os.close(descriptor)
        line.streams.clear()
        _tell(line, pid=pid)
        return None

    def _hang_up(self, line: Line) -> None:
        _signal_group(line.pid, signal.SIGKILL)
        self._selector.unregister(line.connection)
        line.connection.close()
        for descriptor in line.streams:
            os.close(descriptor)
        line.streams.clear()

    def _reap(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._wakeup.recv(_CHUNK)
        while (ended := _ended_child()) is not None:
            # Its number is not given to another process before it is waited for.
            _signal_group(ended, signal.SIGKILL)
            _, status = os.waitpid(ended, 0)
            line = self._kernels.pop(ended, None)
            if line is not None:
                line.pid = 0
                _tell(line, status=os.waitstatus_to_exitcode(status))

    def _let_go(self) -> None:
        """Close, in a child, what is the server's."""
        signal.set_wakeup_fd(-1)
        for key in list(self._selector.get_map().values()):
            if isinstance(key.fileobj, socket.socket):
                key.fileobj.close()
        self._alarm.close()
        self._selector.close()

    def _end_all(self) -> None:
        for pid in self._kernels:
            _signal_group(pid, signal.SIGKILL)
        for pid in self._kernels:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _ended_child() -> int | None:
    try:
        found = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return None
    return None if found is None else found.si_pid


def _signal_group(pid: int, signum: int) -> None:
    if not pid:
        return
    try:
        os.killpg(pid, signum)
    except OSError:  # it has not had the time to make a group
        with contextlib.suppress(OSError):
            os.kill(pid, signum)


def _tell(line: Line, **answer: Any) -> None:
    with contextlib.suppress(OSError):
        line.connection.sendall(json.dumps(answer).encode() + b"\n")


def main() -> None:
    """Serve until the lifeline closes: ``server.py FOLDER``."""
    folder = Path(sys.argv[1])
    if not sys.flags.safe_path:
        del sys.path[0]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    bases = {folder.parent, usual_base()}
    settle(folder)
    server = Server(folder / "s")
    from reporting.kernels.warm import warm_up

    # What is loaded stays: to look through it for garbage all the while is idle work, and not
    # touching it again keeps its pages shared with the kernels.
    gc.disable()
    warm_up()
    keep_font_lists(folder)
    for base in bases:
        sweep(base)
    gc.freeze()
    gc.enable()
    launch = server.serve()
    if launch is None:
        remove(folder)
    else:
        become_kernel(launch)


def become_kernel(launch: Launch) -> None:
    """Turn a forked child into what a process started anew would be, and serve.

    Only the server's own descriptors are closed: one that is closed under an object of Python's
    is closed again when that object goes, and may be the kernel's by then. Fonts, which
    matplotlib reads piece by piece, it lets go of itself after a fork.
    """
    from reporting.kernels.launch import run_kernel

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.setsid()
    _take_streams(launch.streams)
    os.environ.clear()
    os.environ.update(launch.env)
    time.tzset()
    os.chdir(launch.cwd)
    confine()
    lock()
    forget_server()
    sys.argv[1:] = launch.arguments
    # The parent's end shows in other ways than by polling.
    run_kernel(launch.arguments, parent_handle=1)


def _take_streams(streams: tuple[int, ...]) -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for target, source in enumerate((nothing, *streams, nothing, nothing)[:3]):
        os.dup2(source, target)
    for descriptor in (nothing, *streams):
        os.close(descriptor)


def forget_server() -> None:
    """Undo what libraries remember of the process that loaded them."""
    import random
    import tempfile

    import matplotlib as mpl
    import numpy as np

    random.seed()
    np.random.seed()
    tempfile.tempdir = None
    for remembered in (mpl.get_configdir, mpl.get_cachedir):
        getattr(remembered, "cache_clear", lambda: None)()


if __name__ == "__main__":
    main()
