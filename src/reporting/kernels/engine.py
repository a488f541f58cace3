"""A papermill engine that waits for nothing but the notebook, and for that not forever."""

import asyncio
import json
import logging
import time
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty
from typing import Any, NoReturn, cast

import zmq
import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat.v4 import new_notebook
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines

from reporting.kernels.guard.told import Listener
from reporting.kernels.provisioner import has_local_sockets
from reporting.kernels.spec import KERNEL_NAME, kernelspec

ENGINE_NAME = "reporting"

_START_SECONDS = 60
_TRIES = 3
_RETRY_MILLISECONDS = 10
_IOPUB_SECONDS = 120
_BYTES_A_CHARACTER = 8
"""What a character of a stream takes in a message at most, and some room."""

_log = logging.getLogger("reporting.kernels")
_log.addHandler(logging.NullHandler())
# Of parameters it does not know it warns on the terminal; such a run is refused in words of ours.
logging.getLogger("papermill").addHandler(logging.NullHandler())


@dataclass
class Run:
    """How one notebook is to be run, and what became of it.

    ``stop`` is what ended it early: ``error``, ``refused``, ``timeout``, ``output``, ``unheard``,
    ``death`` or ``start``. ``refused`` is the sentence about what the notebook has not declared;
    what it may not is only refused when ``listener`` is there.
    """

    folder: Path
    cwd: Path
    env: dict[str, str]
    cold: bool = False
    timeout: float = 600
    memory_bytes: int = 2 << 30
    output_bytes: int = 32 << 20
    notebook: Any = None
    cell: int | None = None
    stop: str = ""
    ename: str = ""
    evalue: str = ""
    traceback: list[str] = field(default_factory=list)
    exit_code: int | None = None
    listener: Listener | None = None
    refused: str = ""


class StoppedEarly(Exception):
    """The notebook did not run to its end; the `Run` knows why."""


class PromptClient(AsyncKernelClient):
    """A client without the fixed pauses of the ordinary one."""

    def _context_default(self) -> zmq.asyncio.Context:
        # Left to itself it makes one of its own, which waits up to 0.2 s for a socket that the
        # kernel has not bound yet.
        context: zmq.asyncio.Context = cast(AsyncKernelManager, self.parent).context
        return context

    def start_channels(
        self,
        shell: bool = True,
        iopub: bool = True,
        stdin: bool = False,
        hb: bool = False,
        control: bool = True,
    ) -> None:
        """Open the channels; the process itself tells whether the kernel lives."""
        super().start_channels(shell, iopub, stdin, hb, control)

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers and its output arrives.

        The ordinary client then listens for another 0.2 s to messages that nobody wants.
        """
        end = time.monotonic() + (timeout or _START_SECONDS)
        while time.monotonic() < end:
            self.kernel_info()
            try:
                await self.shell_channel.get_msg(timeout=1)
                await self.iopub_channel.get_msg(timeout=1)
            except Empty:
                if await self._async_is_alive():
                    continue
                raise RuntimeError("Kernel died before replying to kernel_info") from None
            return
        raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")


class _Specs(KernelSpecManager):
    """Knows our kernel without its being installed."""

    cold = False

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Give the kernel's description."""
        return KernelSpec(**kernelspec(cold=self.cold))


class ReportClient(PapermillNotebookClient):  # type: ignore[misc]
    """Runs the cells of one notebook within the bounds of a `Run`."""

    def __init__(self, nb_man: Any, run: Run) -> None:
        super().__init__(
            nb_man,
            kernel_name=KERNEL_NAME,
            log=_log,
            record_timing=False,
            store_widget_state=False,
            # How often a stream is flushed depends on time.
            coalesce_streams=True,
            iopub_timeout=_IOPUB_SECONDS,
            startup_timeout=_START_SECONDS,
            on_cell_executed=self._refuse_exit,
        )
        self._run = run
        self._bytes_left = run.output_bytes
        run.notebook = nb_man.nb

    def execute(self, **kwargs: Any) -> Any:
        """Run all cells.

        Raises
        ------
        StoppedEarly
            A cell failed, or a bound was reached.
        """
        self.reset_execution_trackers()
        # The loop that zmq works with: on Windows it is not the usual one.
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            runner.run(self._execute())
        return self.nb

    async def _execute(self) -> None:
        context = zmq.asyncio.Context()
        context.setsockopt(zmq.RECONNECT_IVL, _RETRY_MILLISECONDS)
        context.setsockopt(zmq.MAXMSGSIZE, _BYTES_A_CHARACTER * self._run.output_bytes)
        context.setsockopt(zmq.LINGER, 0)
        try:
            await self._start(context)
            async with asyncio.timeout(self._run.timeout) as self._bound:
                await self._run_cells()
        except TimeoutError:
            self._stop("timeout")
        finally:
            await self._end()
            context.destroy(linger=0)

    def _manager(self, context: Any) -> AsyncKernelManager:
        specs = _Specs()
        specs.cold = self._run.cold
        return AsyncKernelManager(
            kernel_name=KERNEL_NAME,
            kernel_spec_manager=specs,
            client_factory=PromptClient,
            context=context,
            transport="ipc" if has_local_sockets() else "tcp",
            connection_file=str(self._run.folder / "k.json"),
            log=_log,
        )

    async def _start(self, context: Any) -> None:
        """Start the kernel; where it needs ports, somebody may have taken one meanwhile."""
        for tries_left in reversed(range(1 if has_local_sockets() else _TRIES)):
            self.km = self._manager(context)
            try:
                await self._start_kernel()
            except (RuntimeError, OSError) as error:
                self._run.evalue = str(error)
                if not tries_left:
                    self._stop("start")
                await self._end()
            else:
                return

    async def _start_kernel(self) -> None:
        with (self._run.folder / "log").open("wb") as log:
            await self.async_start_new_kernel(
                env=self._run.env, cwd=str(self._run.cwd), stdout=log, stderr=log
            )
            await self.async_start_new_kernel_client()

    async def _run_cells(self) -> None:
        for index, cell in enumerate(self.nb.cells):
            self._run.cell = index
            self.nb_man.cell_start(cell, index)
            try:
                await self.async_execute_cell(cell, index)
                self._expect_nothing_refused("")
            except CellExecutionError as error:
                self.nb_man.cell_exception(cell, cell_index=index, exception=error)
                self._run.ename, self._run.evalue = error.ename, error.evalue
                self._run.traceback = error.traceback.splitlines()
                self._expect_nothing_refused(error.traceback)
                self._stop("output" if error.ename == "OutputTooLarge" else "error")
            except CellTimeoutError:
                # The cell is done, and what it said has not come: it was beyond measure and
                # dropped on the way, or nobody had time for it.
                self._stop("output" if self._bytes_left < 0 else "unheard")
            except DeadKernelError:
                self._stop(self._why_dead())
            self.nb_man.cell_complete(cell, cell_index=index)

    def _expect_nothing_refused(self, error: str) -> None:
        """Stop where something was refused, even if the cell went on without it.

        What a library only tried does not stop the cell, unless the cell's error tells of it.
        """
        heard = self._run.listener.heard() if self._run.listener is not None else ()
        for sentence, stops in heard:
            if stops or sentence in error:
                self._run.refused = sentence
                self._stop("refused")

    def _why_dead(self) -> str:
        """Tell apart what nbclient takes for the kernel's death: it was told to stop waiting."""
        if self._bytes_left < 0:
            return "output"
        if self._bound.expired():
            return "timeout"
        task = asyncio.current_task()
        if task is not None and task.cancelling():  # Ctrl-C
            raise asyncio.CancelledError
        return "death"

    def _refuse_exit(self, execute_reply: dict[str, Any], **kwargs: Any) -> None:
        # The kernel would end some time later, in the middle of any cell.
        payload = execute_reply["content"].get("payload", ())
        if any(part.get("source") == "ask_exit" for part in payload):
            self._run.ename, self._run.evalue = "SystemExit", "exit()"
            self._stop("error")

    def _stop(self, reason: str) -> NoReturn:
        self._run.stop = reason
        raise StoppedEarly(reason) from None

    def process_message(self, msg: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Take a message in, unless the notebook has said too much already."""
        if msg["msg_type"] in ("stream", "display_data", "execute_result", "update_display_data"):
            self._bytes_left -= len(json.dumps(msg["content"]))
        if self._bytes_left < 0:
            # The cell may go on for ever; this ends the wait for its reply.
            if self.task_poll_for_reply is not None:
                self.task_poll_for_reply.cancel()
            return None
        return super().process_message(msg, *args, **kwargs)

    async def _end(self) -> None:
        if self.km is None:
            return
        provisioner = self.km.provisioner
        if provisioner is not None and provisioner.has_process:
            await provisioner.kill()
            self._run.exit_code = getattr(provisioner, "exit_code", None)
            await provisioner.wait()
        await self.km._async_cleanup_resources()
        if self.kc is not None:
            self.kc.stop_channels()


class ReportEngine(NBClientEngine):  # type: ignore[misc]
    """Hands a notebook to our client; papermill knows it by `ENGINE_NAME`."""

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, **kwargs: Any) -> Any:
        """Run the notebook; the `Run` keeps it.

        Papermill turns what it gets back into text, to be written nowhere: it gets nothing.
        """
        super().execute_notebook(nb, kernel_name, **kwargs)
        return new_notebook()  # type: ignore[no-untyped-call]

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, run: Run | None = None, **kwargs: Any
    ) -> None:
        """Run the notebook that papermill has prepared."""
        assert run is not None
        ReportClient(nb_man, run).execute()


papermill_engines.register(ENGINE_NAME, ReportEngine)
