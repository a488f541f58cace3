"""Nothing undeclared comes in: each way is refused with its name and its cell.

Every way is tried in a kernel that was forked; one of each kind in one that started cold, where
the same guard is set up by another road.
"""

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from publish.small_books import write_notebook
from reporting.kernels.guard.landlock import lock_version
from reporting.publish.pool.execute import NotebookFailed, execute_notebook

BOTH = pytest.mark.parametrize("cold", [False, True], ids=["warm", "cold"])
FILE = "读取了没有声明的文件：{place}/a"
COMMAND = "运行了别的程序："

REFUSED = {
    "open('{place}/a.csv')": FILE,
    "try:\n    open('{place}/a.csv')\nexcept Exception:\n    pass": FILE,
    "import os; os.chdir('{place}'); open('a.csv')": FILE,
    "import os; open(os.path.relpath('{place}/a.csv'))": FILE,
    "import pathlib; pathlib.Path('{place}/a.csv').read_text()": FILE,
    "import pandas as pd; pd.read_csv('{place}/a.csv')": FILE,
    "import openpyxl; openpyxl.load_workbook('{place}/a.xlsx')": FILE,
    "import mmap, os\nmmap.mmap(os.open('{place}/a.csv', os.O_RDONLY), 0)": FILE,
    "import sqlite3; sqlite3.connect('{place}/a.db')": FILE,
    "import numpy as np; np.fromfile('{place}/a.csv')": FILE,
    "import os; os.symlink('{place}/a.csv', 'mine')": "改动了自己文件夹以外的文件：{place}/a.csv",
    "import sys; sys.path.append('{place}')\nimport helper": "查看了没有声明的文件夹：{place}。",
    "import glob; glob.glob('{place}/*.csv')": "查看了没有声明的文件夹：{place}。",
    "from multiprocessing.pool import ThreadPool as T\nT(2).map(open, ['{place}/a.csv'])": FILE,
    "open('/etc/hostname').read()": "读取了没有声明的文件：/etc/hostname。",
    "open('{place}/a.csv', 'a')": "改动了自己文件夹以外的文件：{place}/a.csv。",
    "import os; os.remove('{place}/a.csv')": "改动了自己文件夹以外的文件：{place}/a.csv。",
    "import os; os.rename('{place}/a.csv', 'b')": "改动了自己文件夹以外的文件：{place}/a.csv。",
    "import shutil; shutil.rmtree('{place}')": "没有声明的文件：{place}",
    "import urllib.request as u; u.urlopen('http://a.gov.cn/b')": "访问了网络：http://a.gov.cn/b。",
    "import pandas as pd; pd.read_csv('https://a.gov.cn/b')": "访问了网络：https://a.gov.cn/b。",
    "import socket; socket.create_connection(('10.0.0.1', 80), 1)": "访问了网络：10.0.0.1",
    "import subprocess; subprocess.run(['date'])": COMMAND + "date。",
    "import os; os.system('date')": COMMAND + "date。",
    "!date": COMMAND,
    "%%bash\ndate": COMMAND + "bash。",
    "import os; os.environ.get('TOKEN')": "读取了环境变量：TOKEN。",
    "import os; os.getenv('PATH')": "读取了环境变量：PATH。",
    "import os; dict(os.environ)": "读取了环境变量：全部。",
    "from datetime import datetime as moment; moment.now()": "读取了当前时间：datetime.now。",
    "import datetime; datetime.date.today()": "读取了当前时间：date.today。",
    "import pandas as pd; pd.Timestamp.now()": "读取了当前时间：Timestamp.now。",
    "from time import time as tell\ntell()": "读取了当前时间：time.time。",
    "import time; time.strftime('%Y')": "读取了当前时间：time.strftime。",
    "import os; os.urandom(4)": "用了没有种子的随机数：os.urandom。",
    "import uuid; uuid.uuid4()": "用了没有种子的随机数：uuid.uuid4。",
    "import secrets; secrets.token_hex()": "用了没有种子的随机数：secrets.token_hex。",
    "import numpy as np; np.random.default_rng()": "种子的随机数：numpy.random.default_rng。",
    "import random; random.Random()": "用了没有种子的随机数：random.Random。",
}  # fmt: skip
"""What a cell does, and what is said of it."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Make a folder of files that nobody declared."""
    folder = tmp_path / "place"
    folder.mkdir()
    for name in ("a.csv", "a.xlsx", "a.xml", "helper.py"):
        (folder / name).write_text("<a/>", encoding="utf-8")
    sqlite3.connect(folder / "a.db").close()
    return folder


COLD = (
    "import pandas as pd; pd.read_csv('{place}/a.csv')",
    "import glob; glob.glob('{place}/*.csv')",
    "import os; os.remove('{place}/a.csv')",
    "import urllib.request as u; u.urlopen('http://a.gov.cn/b')",
    "!date",
    "import os; os.environ.get('TOKEN')",
    "from datetime import datetime as moment; moment.now()",
    "from time import time as tell\ntell()",
    "import numpy as np; np.random.default_rng()",
)
"""One of each kind: a file, a folder, a change, the network, a command, the environment, a class
and a function of time, chance."""


@pytest.mark.parametrize(
    ("source", "cold"),
    [(source, False) for source in REFUSED] + [(source, True) for source in COLD],
)
def test_undeclared_is_refused_by_name_and_cell(
    source: str, cold: bool, place: Path, tmp_path: Path
) -> None:
    """Whatever way it takes, and even where the cell goes on without it."""
    path = write_notebook(tmp_path / "b.ipynb", "1", source.replace("{place}", str(place)))
    before = {file: file.read_bytes() for file in place.iterdir()}
    with pytest.raises(NotebookFailed) as caught:
        execute_notebook(path, {}, None, cold=cold)
    assert str(caught.value).startswith("b.ipynb第2格")
    assert REFUSED[source].replace("{place}", str(place)) in str(caught.value)
    assert {file: file.read_bytes() for file in place.iterdir()} == before


@BOTH
def test_compiled_reader_is_locked_out(cold: bool, place: Path, tmp_path: Path) -> None:
    """No event tells of it; the system refuses, and the library names the file."""
    if not lock_version():
        pytest.skip("the system has no lock on files")
    source = f"import lxml.etree as e; e.parse('{place}/a.xml')"
    with pytest.raises(NotebookFailed, match=r"第1格（.*）出错：OSError：.*a\.xml"):
        execute_notebook(write_notebook(tmp_path / "b.ipynb", source), {}, None, cold=cold)


ALLOWED = """
import os, random, sqlite3, tempfile, zoneinfo
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
import numpy as np, pandas as pd, seaborn, lxml.etree
import helper
class Child(dict):
    def __init__(self): super().__init__(a=1)
with tempfile.TemporaryDirectory() as folder:
    open(folder + "/a", "w").write("1"); os.mkdir(folder + "/b")
    sqlite3.connect(folder + "/c.db").close()
os.environ["MINE"] = "set here"
with ProcessPoolExecutor(2) as pool:
    made = list(pool.map(abs, [1, -2]))
[
    open("beside.csv").read(), pd.read_csv("../data/far.csv")["x"].sum(), helper.SAID, Child(),
    os.environ["MINE"], os.environ["TZ"], zoneinfo.ZoneInfo("Asia/Shanghai").key, made,
    datetime(2023, 1, 1).year, datetime.fromisoformat("2023-01-01").year,
    random.random(), np.random.rand(), np.random.default_rng(1).random(),
    pd.DataFrame({"a": range(9)}).sample(2).index.tolist(),
]
"""


def test_declared_ways_work_alike_warm_and_cold(tmp_path: Path) -> None:
    """Files beside the notebook and elsewhere, a module, own folders, chance from a fixed seed."""
    path = write_notebook(tmp_path / "b.ipynb", ALLOWED)
    inputs = {
        "notebooks/beside.csv": b"beside", "data/far.csv": b"x\n1\n2\n",
        "notebooks/helper.py": b"SAID = 'helped'\n",
    }  # fmt: skip
    found: list[dict[str, Any]] = [
        execute_notebook(path, {}, None, inputs=inputs, place="notebooks", cold=cold)
        for cold in (False, True, False)
    ]
    assert found[0] == found[1] == found[2]
    said = json.dumps(found[0]["cells"][0]["outputs"])
    for words in ("beside", "helped", "set here", "np.int64(3)", "0.54881350", "[1, 2]"):
        assert words in said, said


@pytest.mark.parametrize("source", ["open('beside.csv')", "import helper"])
def test_missing_file_says_that_it_can_be_declared(source: str, tmp_path: Path) -> None:
    """Beside the notebook it works by hand, and nothing else would tell why not here."""
    with pytest.raises(
        NotebookFailed, match=r"第1格（.*）出错：.*在 params 的 inputs 中声明后才能使用"
    ):
        execute_notebook(write_notebook(tmp_path / "b.ipynb", source), {}, None)


def test_refusal_is_heard_though_its_file_is_gone(place: Path, tmp_path: Path) -> None:
    """What a notebook removes of its kernel's folder does not make it deaf."""
    ruin = (
        "import pathlib, tempfile\nfor p in pathlib.Path(tempfile.gettempdir()).parent.glob('*'):\n"
        f"    p.is_dir() or p.unlink()\ntry: open('{place}/a.csv')\nexcept OSError: pass"
    )
    with pytest.raises(NotebookFailed, match="没有声明的文件"):
        execute_notebook(write_notebook(tmp_path / "b.ipynb", ruin), {}, None)
    shutil.rmtree(place)
