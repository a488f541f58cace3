"""The kernel provisioner: kernels over local sockets, forked where the system can."""

import asyncio
import socket
from contextlib import ExitStack
from pathlib import Path
from typing import Any, cast

import zmq
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Bool

from reporting.kernels.forks import ForkedKernel, fork_kernel
from reporting.kernels.spec import LAUNCHER
from reporting.system.scratch import scratch_folder

_POLL_SECONDS = 0.002


def has_local_sockets() -> bool:
    """Tell whether kernels can be spoken to without a port, which two may be given at once."""
    return hasattr(socket, "AF_UNIX") and bool(zmq.has("ipc"))


class ForkProvisioner(LocalProvisioner):
    """Starts kernels for jupyter_client; the entry point ``reporting-fork``.

    Without fork, or when asked for a cold kernel, Python is started anew; the kernel is the
    same otherwise.
    """

    cold = Bool(False, help="Start Python anew for every kernel.").tag(config=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._stack = ExitStack()
        self.exit_code: int | None = None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Choose addresses, and put the command together."""
        self._choose_address()
        return await super().pre_launch(**kwargs)

    def _choose_address(self) -> None:
        manager: Any = self.parent
        ports = ("shell_port", "iopub_port", "stdin_port", "hb_port", "control_port")
        taken = manager is None or any(getattr(manager, port) for port in ports)
        if not taken and manager.transport == "tcp" and has_local_sockets():
            # Two kernels that start at once may be given the same TCP port.
            folder = self._stack.enter_context(scratch_folder())
            manager.transport = "ipc"
            manager.ip = str(folder / "k")

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start the kernel."""
        self.exit_code = None
        if not self.cold and (kernel := self._fork(cmd, kwargs)) is not None:
            self.process = cast(Any, kernel)
            self.pid, self.pgid, self.cwd = kernel.pid, None, kwargs.get("cwd")
            return self.connection_info
        return await super().launch_kernel(cmd, **kwargs)

    def _fork(self, cmd: list[str], kwargs: dict[str, Any]) -> ForkedKernel | None:
        if LAUNCHER not in cmd:
            return None
        streams = [kwargs.get("stdout"), kwargs.get("stderr")]
        numbers = [
            _descriptor(stream, usual) for stream, usual in zip(streams, (1, 2), strict=True)
        ]
        if None in numbers:
            return None
        return fork_kernel(
            cmd[cmd.index(LAUNCHER) + 1 :],
            env=kwargs["env"],
            cwd=str(kwargs.get("cwd") or Path.cwd()),
            streams=cast(tuple[int, int], tuple(numbers)),
        )

    async def poll(self) -> int | None:
        """Give the exit code, or None while the kernel runs."""
        code = await super().poll()
        if self.process and code is not None:
            self.exit_code = code
        return code

    async def wait(self) -> int | None:
        """Wait for the kernel's end."""
        await self._ended()
        return await super().wait()

    async def kill(self, restart: bool = False) -> None:
        """End the kernel, and give it the moment this takes."""
        if self.process:
            await super().kill(restart=restart)
            await self._ended()

    async def _ended(self) -> None:
        while self.process and await self.poll() is None:
            await asyncio.sleep(_POLL_SECONDS)

    async def cleanup(self, restart: bool = False) -> None:
        """Let go of the kernel and its addresses."""
        await super().cleanup(restart=restart)
        if isinstance(self.process, ForkedKernel):
            self.process.close()
        if not restart:
            self._stack.close()


def _descriptor(stream: Any, usual: int) -> int | None:
    """Give the descriptor behind what `subprocess.Popen` takes for a stream."""
    if stream is None:
        return usual
    if isinstance(stream, int):
        return stream if stream >= 0 else None  # pipes and the like are for Popen
    return int(stream.fileno())
