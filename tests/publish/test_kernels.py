"""Kernels by name for anybody's papermill, and their end in every kind of accident."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
import zmq
from exhibits.conftest import city, unit_slice  # noqa: F401
from jupyter_client.connect import LocalPortCache
from jupyter_client.manager import KernelManager
from processes import has_ended, is_over

from publish.small_books import write_notebook
from reporting.assess.values import Assessment
from reporting.kernels import KERNEL_NAME, confine, forks, install_kernelspec, shared_server
from reporting.kernels.engine import PromptClient
from reporting.kernels.forks import SERVER
from reporting.notebook import SLICE_VARIABLE
from reporting.publish.pool.execute import execute_notebook
from reporting.system import scratch

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the warm kernels of other tests out, so that each here starts what it is about."""
    monkeypatch.setattr("reporting.kernels.forks._shared", [])
    monkeypatch.delenv(SERVER, raising=False)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install the kernel name into a prefix where Jupyter finds it."""
    install_kernelspec(tmp_path / "prefix")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "prefix" / "share" / "jupyter"))


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give scratch folders a place of their own, to see what is left."""
    base = tmp_path / "t"
    base.mkdir()
    monkeypatch.setattr(scratch, "short_base", lambda: base)
    return base


@pytest.mark.usefixtures("installed")
def test_papermill_command_runs_our_notebook_on_our_kernel(
    tmp_path: Path,
    unit_slice: Assessment,  # noqa: F811
) -> None:
    """``papermill … -k reporting`` is all it takes."""
    ready = tmp_path / "slice.json"
    ready.write_text(unit_slice.model_dump_json(), encoding="utf-8")
    command = [sys.executable, "-m", "papermill", str(NOTEBOOKS / "unit_report.ipynb"), "out.ipynb"]
    options = ["-k", KERNEL_NAME, "--no-progress-bar", "-p", "year", "2023", "-p", "quarter", "3"]
    done = subprocess.run(
        [*command, *options, "-p", "unit", "市商务局"],
        cwd=tmp_path, env={**os.environ, SLICE_VARIABLE: str(ready)}, check=False,
        capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "目标1" in (tmp_path / "out.ipynb").read_text(encoding="utf-8")


@pytest.mark.usefixtures("installed")
def test_foreign_notebook_runs_on_our_kernel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has its caller's environment and folder, and network, and no limits of ours."""
    monkeypatch.setenv("FOREIGN", "some value")
    source = (
        "import os, resource, sys\nprint(greeting, os.environ['FOREIGN'], os.getcwd())\n"
        "print(resource.getrlimit(resource.RLIMIT_DATA)[0], 'pandas' in sys.modules)"
    )
    path = write_notebook(tmp_path / "foreign.ipynb", source, parameters="greeting = ''")
    done = papermill.execute_notebook(
        path, None, {"greeting": "你好"}, kernel_name=KERNEL_NAME, progress_bar=False
    )
    said = nbformat.writes(done)  # type: ignore[no-untyped-call]
    assert f"你好 some value {Path.cwd()}" in said
    assert "-1 True" in said


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("forked", [True, False])
def test_chart_is_shown_on_our_kernel(
    forked: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``plt.show()`` shows the chart, though matplotlib was loaded before the kernel began."""
    monkeypatch.delenv("MPLBACKEND", raising=False)
    if not forked:
        monkeypatch.setattr(forks, "can_fork", lambda: False)
    source = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"
    path = write_notebook(tmp_path / "chart.ipynb", source)
    done = papermill.execute_notebook(path, None, kernel_name=KERNEL_NAME, progress_bar=False)
    (output,) = done.cells[-1].outputs
    assert "image/png" in output.data


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[int]:
    """Give a descriptor for what a kernel says outside of its notebook."""
    with (tmp_path / "log").open("wb") as log:
        yield log.fileno()


@pytest.mark.usefixtures("installed")
def test_kernel_obeys_its_manager(log_file: int) -> None:
    """It is interrupted, restarted, asked and made to end, and its exit code is known."""
    manager = KernelManager(kernel_name=KERNEL_NAME)
    manager.start_kernel(stdout=log_file, stderr=log_file)
    assert manager.transport == "ipc"
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        client.execute("print('busy', flush=True)\nwhile True: pass")
        while client.get_iopub_msg(timeout=60)["msg_type"] != "stream":
            pass
        manager.interrupt_kernel()
        reply = client.get_shell_msg(timeout=60)
        assert reply["content"]["ename"] == "KeyboardInterrupt"
        manager.restart_kernel(now=True)
        client.wait_for_ready(timeout=60)
        assert client.execute("os", reply=True, timeout=60)["content"]["ename"] == "NameError"
        provisioner: Any = manager.provisioner
        manager.shutdown_kernel()
        assert provisioner.exit_code == 0
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        manager.context.destroy(linger=0)


HANGING = """
import os, time
with open({fifo!r}, "w") as fifo:
    fifo.write(f"{{os.getpid()}} {{os.getppid()}}")
while True: time.sleep(60)
"""

RUN = """
import sys
from pathlib import Path
from reporting.publish.pool.execute import execute_notebook
execute_notebook(Path(sys.argv[1]), {}, None, cold=sys.argv[2] == "cold", guarded=False)
"""


@pytest.fixture
def hanging(tmp_path: Path) -> Iterator[Any]:
    """Start a run that hangs; gives its process, and the kernel's and the kernel's parent's."""
    runs: list[subprocess.Popen[bytes]] = []

    def start(kind: str) -> tuple[subprocess.Popen[bytes], list[int]]:
        fifo = tmp_path / "fifo"
        os.mkfifo(fifo)
        path = write_notebook(tmp_path / "hang.ipynb", HANGING.format(fifo=str(fifo)))
        run = subprocess.Popen([sys.executable, "-c", RUN, str(path), kind], stderr=subprocess.PIPE)
        runs.append(run)
        pids = [int(word) for word in fifo.read_text(encoding="ascii").split()]
        return run, [os.pidfd_open(pid) for pid in pids if pid != run.pid]

    yield start
    for run in runs:
        run.kill()
        run.communicate()


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="the system has no process descriptors")
@pytest.mark.parametrize(
    ("kind", "signum"),
    [("warm", signal.SIGKILL), ("cold", signal.SIGKILL), ("warm", signal.SIGINT)],
)
def test_nothing_outlives_the_run(kind: str, signum: int, hanging: Any) -> None:
    """However the run ends, its kernel and its server end."""
    run, descriptors = hanging(kind)
    assert len(descriptors) == (2 if kind == "warm" else 1)
    os.kill(run.pid, signum)
    _, said = run.communicate(timeout=60)
    assert (b"KeyboardInterrupt" in said) == (signum == signal.SIGINT)
    for descriptor in descriptors:
        assert is_over(descriptor)


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="the system has no process descriptors")
def test_kernel_ends_with_its_server(hanging: Any) -> None:
    """Nobody is left who could end it, or hear of it."""
    run, (kernel, server) = hanging("warm")
    signal.pidfd_send_signal(server, signal.SIGKILL)
    assert is_over(kernel)
    assert b"NotebookFailed" in run.communicate(timeout=60)[1]
    os.close(server)


def test_lost_server_is_replaced(tmp_path: Path) -> None:
    """Killing the server costs the kernels it had, and no later one."""
    path = write_notebook(tmp_path / "who.ipynb", "import os\nos.getppid()")
    first = execute_notebook(path, {}, None)
    server = _number(first)
    os.kill(server, signal.SIGKILL)
    assert _number(execute_notebook(path, {}, None)) not in (server, os.getpid())


def test_processes_share_a_server(tmp_path: Path) -> None:
    """A process started meanwhile asks the same server, and the server ends with the context."""
    path = write_notebook(tmp_path / "who.ipynb", "import os\nos.getppid()")
    ask = RUN.replace("execute_notebook(P", "done = execute_notebook(P") + (
        "print(done['cells'][0]['outputs'][0]['data']['text/plain'][0])"
    )
    with shared_server():
        command = [sys.executable, "-c", ask, str(path), "warm"]
        theirs = int(subprocess.run(command, check=True, capture_output=True).stdout)
        assert _number(execute_notebook(path, {}, None)) == theirs
    assert has_ended(theirs)


def test_client_asks_again_soon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sockets of a client are those of its manager, which do not wait long for a kernel."""
    intervals: list[int] = []
    start_channels = PromptClient.start_channels

    def started(client: PromptClient, *args: Any, **kwargs: Any) -> None:
        start_channels(client, *args, **kwargs)
        intervals.extend(
            channel.socket.getsockopt(zmq.RECONNECT_IVL)
            for channel in (client.shell_channel, client.iopub_channel, client.control_channel)
        )

    monkeypatch.setattr(PromptClient, "start_channels", started)
    execute_notebook(write_notebook(tmp_path / "one.ipynb", "1"), {}, None)
    assert intervals == [10, 10, 10]


def test_without_fork_the_ordinary_provisioner_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kernel is then a child of this process."""
    monkeypatch.setattr(forks, "can_fork", lambda: False)
    path = write_notebook(tmp_path / "who.ipynb", "import os\nos.getppid()")
    assert _number(execute_notebook(path, {}, None)) == os.getpid()


def test_port_that_is_taken_meanwhile_is_no_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there are no local sockets a kernel that finds its port taken is started again."""
    for module in ("engine", "provisioner"):
        monkeypatch.setattr(f"reporting.kernels.{module}.has_local_sockets", lambda: False)
    find, asked = LocalPortCache.find_available_port, list[str]()
    path = write_notebook(tmp_path / "b.ipynb", "1 + 1")
    with socket.create_server(("127.0.0.1", 0)) as taken:

        def find_port(cache: LocalPortCache, ip: str) -> int:
            asked.append(ip)
            return int(taken.getsockname()[1]) if len(asked) == 1 else find(cache, ip)

        monkeypatch.setattr(LocalPortCache, "find_available_port", find_port)
        assert _number(execute_notebook(path, {}, None, offline=False)) == 2
    assert len(asked) == 10


def test_child_processes_of_a_notebook_end_with_it(tmp_path: Path) -> None:
    """What a notebook started and left is ended."""
    source = "import subprocess\nsubprocess.Popen(['sleep', '600']).pid"
    path = write_notebook(tmp_path / "child.ipynb", source)
    assert has_ended(_number(execute_notebook(path, {}, None, guarded=False)))


def test_kernels_share_no_open_file(tmp_path: Path) -> None:
    """Two that read in one open file would move each other's place in it: garbled fonts."""
    source = (
        "import os\nlinks = [f'/proc/self/fd/{n}' for n in os.listdir('/proc/self/fd')]\n"
        "len([link for link in links if os.path.isfile(link) and 'fonts' in os.readlink(link)])"
    )
    path = write_notebook(tmp_path / "b.ipynb", source)
    assert _number(execute_notebook(path, {}, None, guarded=False)) == 0


def test_scratch_folders_are_private_and_go(folders: Path, tmp_path: Path) -> None:
    """Nothing is left of a run."""
    path = write_notebook(
        tmp_path / "b.ipynb",
        "import os\noct(os.stat(os.environ['TMPDIR'] + '/..').st_mode & 0o777)",
    )
    assert "0o700" in json.dumps(execute_notebook(path, {}, None, cold=True, guarded=False))
    assert list(folders.iterdir()) == []


def test_server_removes_what_killed_runs_left(folders: Path, tmp_path: Path) -> None:
    """Folders in use stay, and so do those that are not ours."""
    left, foreign = folders / "reporting-left", folders / "foreign"
    left.mkdir()
    foreign.mkdir()
    (left / "lock").touch()
    path = write_notebook(tmp_path / "b.ipynb", "6 * 7")
    with scratch.scratch_folder() as used, shared_server():
        assert _number(execute_notebook(path, {}, None)) == 42
        assert not left.exists()
        assert used.exists()
    assert list(folders.iterdir()) == [foreign]


def _number(executed: dict[str, Any]) -> int:
    return int(executed["cells"][0]["outputs"][0]["data"]["text/plain"][0])


@pytest.mark.parametrize("is_there", [True, False])
def test_fonts_of_the_system_are_looked_through_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_there: bool
) -> None:
    """A list that matplotlib keeps at home serves; where there is none, it is left there."""
    home, folder = tmp_path / "usual", tmp_path / "scratch"
    home.mkdir()
    (folder / "home").mkdir(parents=True)
    if is_there:
        (home / "fontlist-v1.json").write_text("usual")
    monkeypatch.setattr(confine, "font_lists", lambda: home)
    monkeypatch.delitem(sys.modules, "matplotlib.font_manager", raising=False)
    with monkeypatch.context() as patch:
        patch.setattr(os, "environ", {})
        confine.settle(folder)
    kept = folder / "home/fontlist-v1.json"
    assert kept.is_file() == is_there
    kept.write_text("made anew")
    confine.keep_font_lists(folder)
    found = (home / "fontlist-v1.json").read_text()
    assert found == ("usual" if is_there else "made anew")
