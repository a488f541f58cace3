"""Ask the fork server for kernels, and start it when there is none."""

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.util import Finalize
from pathlib import Path
from typing import IO, Any

from reporting.kernels.environment import FIXED, kernel_environment
from reporting.system import processes
from reporting.system.scratch import scratch_folder, short_base, sweep, usual_base

SERVER = "REPORTING_KERNEL_SERVER"
"""Address of a server that another process of the same run has started."""

_PATIENCE_SECONDS = 60
_START_SECONDS = 15
_PRIVATE = ("REPORTING_KERNEL_", "REPORTING_SLICE")
# What an interpreter or a library reads once, when it starts: a process that was started with
# other values can not pass for one that has these.
_READ_AT_START = (
    "PYTHON", "LANG", "LC_", "MPL", "MATPLOTLIB", "OPENBLAS_", "OMP_", "MKL_", "LD_",
)  # fmt: skip


class ForkedKernel:
    """A kernel forked by the server, with the face of `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, connection: socket.socket, pid: int) -> None:
        self._connection = connection
        self._rest = b""
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Give the exit code, or None while the kernel runs."""
        return self._wait(0)

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for the kernel's end."""
        return self._wait(timeout)

    def _wait(self, timeout: float | None) -> int | None:
        if self.returncode is None and select.select([self._connection], [], [], timeout)[0]:
            answer = _receive(self._connection)
            # A server that is gone has taken its kernels along.
            self.returncode = answer.get("status", -signal.SIGKILL)
            self._connection.close()
        return self.returncode

    def send_signal(self, signum: int) -> None:
        """Signal the kernel and the processes that it has started."""
        if self.poll() is None:
            with contextlib.suppress(OSError):
                _send(self._connection, {"signal": int(signum)})

    def kill(self) -> None:
        """End the kernel at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def close(self) -> None:
        """Let go of the kernel: the server ends it if it still runs."""
        self._connection.close()


def can_fork() -> bool:
    """Tell whether kernels can be forked."""
    return processes.can_fork() and hasattr(socket, "AF_UNIX")


def fork_kernel(
    arguments: list[str],
    *,
    env: Mapping[str, str],
    cwd: str,
    streams: tuple[int, int] = (1, 2),
) -> ForkedKernel | None:
    """Have a kernel forked; gives None where that is not possible.

    Parameters
    ----------
    arguments : list of str
        What ipykernel gets on its command line.
    streams : pair of int
        Descriptors for the kernel's standard output and error.
    """
    if not can_fork() or Path(cwd, "matplotlibrc").exists():
        return None
    env = _with_charts(env)
    for address in _addresses(env):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(_PATIENCE_SECONDS)
        try:
            connection.connect(address)
            order = {"arguments": arguments, "env": dict(env), "cwd": cwd}
            _send(connection, order, streams)
            answer = _receive(connection)
        except OSError:
            answer = {}
        if "pid" in answer:
            return ForkedKernel(connection, answer["pid"])
        connection.close()
    return None


def _with_charts(env: Mapping[str, str]) -> Mapping[str, str]:
    """Name where charts are shown, as ipykernel does: it comes after the server has loaded them."""
    shown = env.get("MPLBACKEND") or FIXED["MPLBACKEND"]
    return {**env, "MPLBACKEND": shown}


def _addresses(env: Mapping[str, str]) -> Iterator[str]:
    shared, _, startup = os.environ.get(SERVER, "").partition("|")
    if shared and startup == _startup(env) and _is_bound(Path(shared)):
        yield shared
    server = _own_server(env)
    yield server.address
    # It did not answer: it may have been killed.
    server.close()
    yield _own_server(env).address


def _is_bound(address: Path) -> bool:
    """Wait for a server that another process has just started."""
    end = time.monotonic() + _START_SECONDS
    while not address.exists():
        if not address.parent.exists() or time.monotonic() > end:
            return False
        time.sleep(0.005)
    return True


def _send(connection: socket.socket, order: Any, streams: tuple[int, ...] = ()) -> None:
    data = json.dumps(order).encode() + b"\n"
    sent = socket.send_fds(connection, [data], streams) if streams else 0
    connection.sendall(data[sent:])


def _receive(connection: socket.socket) -> dict[str, Any]:
    data = b""
    while not data.endswith(b"\n"):
        try:
            chunk = connection.recv(1)
        except OSError:
            chunk = b""
        if not chunk:
            return {}
        data += chunk
    answer: dict[str, Any] = json.loads(data)
    return answer


class _Server:
    """A server process of this process; it ends with it, however that ends."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._scratch = scratch_folder()
        folder = self._scratch.__enter__()
        self.address = str(folder / "s")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "reporting.kernels.server", str(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, cwd=folder,
            env={name: value for name, value in env.items() if not name.startswith(_PRIVATE)},
            # Ctrl-C on the terminal is for those who can tidy up.
            start_new_session=True,
        )  # fmt: skip
        self._owner = os.getpid()

    def wait_until_bound(self) -> bool:
        """Wait until clients can connect; they are answered when everything is loaded."""
        while not Path(self.address).exists():
            try:
                self.process.wait(0.005)
            except subprocess.TimeoutExpired:
                continue
            return False
        return True

    def alive(self) -> bool:
        return self._owner == os.getpid() and self.process.poll() is None

    def close(self) -> None:
        if self._owner != os.getpid():
            return
        lifeline: IO[bytes] | None = self.process.stdin
        if lifeline is not None:
            lifeline.close()
        try:
            self.process.wait(2)
        except subprocess.TimeoutExpired:  # still loading
            self.process.kill()
            self.process.wait()
        self._scratch.__exit__(None, None, None)


_servers: dict[str, _Server] = {}
_shared: list[_Server] = []
_lock = threading.Lock()


def _own_server(env: Mapping[str, str]) -> _Server:
    with _lock:
        startup = _startup(env)
        server = _servers.get(startup)
        if server is None or not server.alive():
            if server is not None:
                server.close()
            server = _servers[startup] = _Server(env)
            Finalize(server, server.close, exitpriority=10)
    server.wait_until_bound()
    return server


def _startup(env: Mapping[str, str]) -> str:
    read = {name: value for name, value in env.items() if name.startswith(_READ_AT_START)}
    return json.dumps(read, sort_keys=True)


@contextmanager
def shared_server() -> Iterator[None]:
    """Start a server that the processes started meanwhile share; it does not wait for it.

    Without one every process that executes notebooks starts its own when it needs it; one that
    this process has started already is used on.
    """
    if any(server.alive() for server in _shared):
        yield
        return
    if not can_fork():
        # The server would: what killed processes leave is nobody else's to remove.
        for base in {short_base(), usual_base()}:
            sweep(base)
        yield
        return
    env = kernel_environment()
    server = _Server(env)
    before = os.environ.get(SERVER)
    os.environ[SERVER] = f"{server.address}|{_startup(env)}"
    _shared.append(server)
    try:
        yield
    finally:
        _shared.remove(server)
        if before is None:
            del os.environ[SERVER]
        else:
            os.environ[SERVER] = before
        server.close()
