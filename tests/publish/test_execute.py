"""Executing one notebook: equal bytes, one's own data only, bounds, and what is said of faults."""

import json
import os
import re
import socket
from pathlib import Path
from typing import Any

import pytest
from exhibits.conftest import city, unit_slice  # noqa: F401

from publish.small_books import write_notebook
from reporting.assess.values import Assessment
from reporting.documents.document import read_document, words
from reporting.kernels import CUT_OFF, engine, network_state
from reporting.notebook import SLICE_VARIABLE
from reporting.publish.pool.execute import NotebookFailed, execute_notebook

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
PARAMETERS: dict[str, int | str] = {"year": 2023, "quarter": 3, "unit": "市商务局"}


def text_of(executed: dict[str, Any]) -> str:
    return json.dumps(executed, ensure_ascii=False, sort_keys=True)


@pytest.fixture
def caller_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Call as somebody else would, on another computer, from another folder."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    for name, value in {
        "TZ": "America/New_York", "LANG": "C", "LC_ALL": "C", "HOME": str(closed),
        "PYTHONHASHSEED": "7", "MPLBACKEND": "svg", "COLUMNS": "40", "IPYTHONDIR": "/proc/none",
        SLICE_VARIABLE: "/somebody/elses.json",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    (tmp_path / "ipython.py").write_text("1/0", encoding="utf-8")
    monkeypatch.chdir(tmp_path)


REVEALING = """
import os, sys, time, tempfile, locale, warnings
import matplotlib.pyplot as plt
import pandas as pd
print(os.getcwd(), tempfile.gettempdir(), os.path.expanduser("~"), sys.executable)
print(time.tzname, hash("unit"), locale.getlocale(), list({"甲", "乙", "丙"}), len(sys.argv))
print(vars(os.environ)["_data"].get(b"REPORTING_SLICE"), os.environ["MPLBACKEND"])
warnings.warn("look")
print("to stderr", file=sys.stderr)
plt.plot([1, 2])
"""


def test_equal_inputs_give_equal_bytes_whoever_asks(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Warm and cold, here and elsewhere, a notebook that tries to tell them apart cannot."""
    path = write_notebook(tmp_path / "b.ipynb", REVEALING, "pd.Series([1.5])", "object()")
    warm = text_of(execute_notebook(path, {}, None))
    request.getfixturevalue("caller_elsewhere")
    assert text_of(execute_notebook(path, {}, None)) == warm
    assert text_of(execute_notebook(path, {}, None, cold=True)) == warm
    assert "image/png" in warm
    assert "<cell>:7: UserWarning: look" in warm
    assert "object at 0x0" in warm
    assert not re.search(r"(?<!>)/tmp|/dev/shm|papermill|\d\d:\d\d:\d\d", warm)


def test_unit_report_runs_on_its_slice(unit_slice: Assessment) -> None:  # noqa: F811
    """The slice reaches the kernel and nobody else; metadata are the source's."""
    path = NOTEBOOKS / "unit_report.ipynb"
    executed = execute_notebook(path, PARAMETERS, unit_slice.model_dump_json().encode())
    assert "市商务局2023年第三季度" in str(read_document(executed).title)
    assert "目标1" in words(read_document(executed).blocks)
    assert SLICE_VARIABLE not in os.environ
    source = json.loads(path.read_text(encoding="utf-8"))
    assert executed["metadata"] == source["metadata"]
    ids = [cell["id"] for cell in executed["cells"]]
    ids.remove("injected-parameters")
    assert ids == [cell["id"] for cell in source["cells"]]


def test_failing_cell_is_named(tmp_path: Path) -> None:
    """Cell, error, last lines and the notebook so far come with the exception."""
    path = write_notebook(tmp_path / "bad.ipynb", "print('first')", "{}['市科技局']", "print(3)")
    with pytest.raises(
        NotebookFailed, match=r"bad\.ipynb第2格（“\{\}\['市科技局'\]”）出错：KeyError：'市科技局'"
    ) as caught:
        execute_notebook(path, {}, None)
    failure = caught.value
    assert (failure.cell, failure.ename, failure.evalue) == (2, "KeyError", "'市科技局'")
    assert failure.lines[-1] == "KeyError: '市科技局'"
    assert not any("\x1b" in line for line in failure.lines)
    first, second, third = failure.notebook["cells"]
    assert first["outputs"][0]["text"] == ["first\n"]
    assert second["outputs"][0]["ename"] == "KeyError"
    assert third["outputs"] == []


HOSTILE = {
    "import sys; sys.exit(0)": ("SystemExit", "出错：SystemExit：0"),
    "exit()": ("SystemExit", "出错：SystemExit"),
    "import os; os._exit(3)": ("KernelDied", "内核退出（退出码3）"),
    "import os; os.kill(os.getpid(), 11)": (
        "KernelDied",
        "内核退出（信号SIGSEGV）。也可能是内存不够（一个笔记本最多用0.75 GB内存",
    ),
    "import signal\nsignal.signal(2, signal.SIG_IGN)\nwhile True: pass": (
        "Timeout",
        "限时1秒，可在 params 的 limits.minutes 中放宽",
    ),
    "x = bytearray(10**9)": (
        "MemoryError",
        "出错：MemoryError：（一个笔记本最多用0.75 GB内存，可在 params 的 limits.memory_gb",
    ),
    "print('x' * 10**8)": ("OutputTooLarge", "最多输出1 MB"),
    "while True: print('x' * 1000)": ("OutputTooLarge", "最多输出1 MB"),
    "import os\nwhile True: os.write(1, b'x' * 1000)": ("OutputTooLarge", "最多输出1 MB"),
    "import os\nwhile True: os.write(1, b'\\x01' * 9999)": ("OutputTooLarge", "最多输出1 MB"),
    "from IPython.display import HTML\nHTML('x' * (3 << 19))": ("OutputTooLarge", "最多输出1 MB"),
}


@pytest.mark.parametrize("source", HOSTILE)
def test_notebook_out_of_bounds_fails_alone(source: str, tmp_path: Path) -> None:
    """It is ended and named, and the next one does not notice."""
    ename, words_said = HOSTILE[source]
    path = write_notebook(tmp_path / "hostile.ipynb", source, "'never'")
    bounds: Any = {"timeout": 1 if ename == "Timeout" else 60, "memory_bytes": 3 << 28}
    with pytest.raises(NotebookFailed, match=words_said) as caught:
        execute_notebook(path, {}, None, output_bytes=1 << 20, **bounds)
    assert (caught.value.cell, caught.value.ename) == (1, ename)
    assert "'never'" not in str(caught.value.notebook["cells"][1]["outputs"])
    after = write_notebook(tmp_path / "after.ipynb", "6 * 7")
    assert "42" in text_of(execute_notebook(after, {}, None))


def test_given_parameters_move_no_cell(tmp_path: Path) -> None:
    """The cell is the analyst's second, though execution puts one before it."""
    path = write_notebook(tmp_path / "bad.ipynb", "\nx = quarter\n1 / 0", parameters="quarter = 1")
    with pytest.raises(
        NotebookFailed, match=r"^bad\.ipynb第2格（“x = quarter / 1 / 0”）出错："
    ) as caught:
        execute_notebook(path, {"quarter": 3}, None)
    assert caught.value.cell == 3
    assert caught.value.notebook["cells"][2]["outputs"][0]["ename"] == "ZeroDivisionError"


def test_message_beyond_measure_is_not_taken_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What would fill the memory of who receives it is dropped, and the notebook with it."""
    monkeypatch.setattr(engine, "_IOPUB_SECONDS", 1)
    received: list[int] = []
    take = engine.ReportClient.process_message

    def noted(client: engine.ReportClient, msg: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        received.append(len(str(msg["content"])))
        return take(client, msg, *args, **kwargs)

    monkeypatch.setattr(engine.ReportClient, "process_message", noted)
    path = write_notebook(tmp_path / "vast.ipynb", "'x' * 10**7", "'never'")
    with pytest.raises(NotebookFailed, match="没有收全：可能是输出过多") as caught:
        execute_notebook(path, {}, None, output_bytes=1 << 20)
    assert "'never'" not in str(caught.value.notebook["cells"][1]["outputs"])
    assert max(received) < 1 << 20


@pytest.mark.parametrize("cold", [False, True], ids=["warm", "cold"])
def test_notebook_has_no_network(cold: bool, tmp_path: Path) -> None:
    """A socket of this computer is out of reach, unless the system cannot help it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        call = f"import socket\nsocket.create_connection(('127.0.0.1', {port}), 5).close()"
        path = write_notebook(tmp_path / "net.ipynb", call)
        execute_notebook(path, {}, None, cold=cold, offline=False, guarded=False)
        if network_state() != CUT_OFF:
            pytest.skip(network_state())
        with pytest.raises(NotebookFailed, match="ConnectionRefusedError"):
            execute_notebook(path, {}, None, cold=cold, guarded=False)


def test_whether_there_is_a_network_is_found_out() -> None:
    """The trial runs to its end wherever it is made; what it says, the system decides."""
    state = network_state()
    assert state == CUT_OFF or "试验没有成功" not in state


def test_notebook_that_destroys_its_surroundings_harms_nobody(tmp_path: Path) -> None:
    """Removing its kernel's files and changing folders is its own affair."""
    ruin = """
import os, pathlib, random, sys, tempfile
for path in pathlib.Path(tempfile.gettempdir()).parent.glob("*"):
    path.is_dir() or path.unlink()
os.chdir("/")
pathlib.Path("~/matplotlibrc").expanduser().write_text("lines.linewidth: 9")
os.environ["TZ"], sys.modules["pandas"], sys.path[:] = "X", None, []
"""
    path = write_notebook(tmp_path / "ruin.ipynb", ruin, "'still here'")
    look = (
        "import os, pandas, matplotlib as m\nprint(os.environ['TZ'], m.rcParams['lines.linewidth'])"
    )
    after = write_notebook(tmp_path / "after.ipynb", look)
    assert "still here" in text_of(execute_notebook(path, {}, None))
    assert "CST-8 1.5" in text_of(execute_notebook(after, {}, None))
