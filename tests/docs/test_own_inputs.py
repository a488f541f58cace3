"""The guide's ways to add to a notebook: each works published and as JupyterLab runs it."""

import base64
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pikepdf
import pytest
import yaml
from commanding import run_command
from publish.real_office import make_office

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/user-guide.zh-CN.md").read_text(encoding="utf-8")
(CHAPTER,) = re.findall(
    r"^### 用自己的数据、模块和图片\n(.*?)^## ", GUIDE, re.MULTILINE | re.DOTALL
)
BLOCKS = re.findall(r"^```(yaml|python|markdown)\n(.*?)^```$", CHAPTER, re.MULTILINE | re.DOTALL)
"""Every example of the chapter, in its order."""
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
BESIDE = {
    "往年.csv": "年份,完成数\n2020,10\n2021,12\n2022,15\n".encode(),
    "helper.py": b"def growth(series):\n    return series.diff().fillna(0)\n",
    "位置图.png": PNG,
}
V4: Any = nbformat.v4


def examples() -> Iterator[Any]:
    for kind, source in BLOCKS:
        if kind == "markdown":
            yield V4.new_markdown_cell(source.strip())
        elif kind == "python":
            tags = ["publish-text"] if "print(" in source else []
            yield V4.new_code_cell(source.strip(), metadata={"tags": tags})


@pytest.fixture(scope="module")
def analyst(warm_kernels: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Follow the chapter in a small project."""
    root = make_office(tmp_path_factory.mktemp("own") / "office")
    for name, content in BESIDE.items():
        (root / "notebooks" / name).write_bytes(content)
    with (root / "params/2023.yml").open("a", encoding="utf-8") as params:
        params.writelines(f"\n{source}" for kind, source in BLOCKS if kind == "yaml")
    path = root / "notebooks/unit_report.ipynb"
    book: Any = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    book.cells = [*book.cells, *examples()]
    book.cells[0].source = book.cells[0].source.replace("市商务局", "市统计局")
    nbformat.write(book, path)  # type: ignore[no-untyped-call]
    return root


def test_chapter_declares_what_its_examples_read() -> None:
    """The files of the example are those that stand beside the notebook here."""
    written = [yaml.safe_load(source) for kind, source in BLOCKS if kind == "yaml"]
    (declared,) = [one for one in written if "inputs" in one]
    assert declared == {"inputs": {"unit_report": [f"notebooks/{name}" for name in BESIDE]}}
    assert sum(kind == "python" for kind, _ in BLOCKS) == 4


def test_examples_are_published_in_every_format(analyst: Path) -> None:
    """The table, the chart, the picture, the chance row and the text; warm and cold alike."""
    formats = [word for name in ("html", "pdf", "docx") for word in ("--format", name)]
    words = ["report", "-q", "3", "--unit", "市统计局", *formats]
    done = run_command(analyst, *words)
    assert done.returncode == 0, done.stdout + done.stderr
    pack = analyst / "outputs/2023/Q3"
    made = {path.suffix: path.read_bytes() for path in pack.rglob("市统计局.*")}
    page = made[".html"].decode()
    for said in ("增幅", "3.0", "往年共有3年的数据。"):
        assert said in page, said
    assert page.count("data:image/png;base64,") >= 2
    assert base64.b64encode(PNG).decode() in page
    with pikepdf.open(pack / "units/市统计局.pdf") as pdf:
        pictures = [o for o in pdf.objects if getattr(o, "get", lambda _: None)("/Subtype")]
        assert sum(o["/Subtype"] == "/Image" for o in pictures) >= 2
    with zipfile.ZipFile(pack / "units/市统计局.docx") as archive:
        assert sum(name.startswith("word/media/") for name in archive.namelist()) >= 2
    inputs = [item["path"] for item in json.loads((pack / "manifest.json").read_bytes())["inputs"]]
    assert [name for name in inputs if name.startswith("notebooks/")] == [
        f"notebooks/{name}" for name in BESIDE
    ]
    done = run_command(analyst, *words, "--cold", "--force")
    assert done.returncode == 0, done.stdout + done.stderr
    assert {p.suffix: p.read_bytes() for p in pack.rglob("市统计局.*")} == made


COMMANDS = {
    "nbconvert": "-m nbconvert --to notebook --execute --output out-nbconvert.ipynb",
    "papermill": "-m papermill --no-progress-bar",
}


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_work_as_jupyterlab_runs_them(name: str, analyst: Path) -> None:
    """On the plain kernel, from the notebook's folder, with no character missing in a chart."""
    words = COMMANDS[name].split()
    words += ["unit_report.ipynb", *([f"out-{name}.ipynb"] if name == "papermill" else [])]
    done = subprocess.run(
        [sys.executable, *words], cwd=analyst / "notebooks", capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    said = (analyst / f"notebooks/out-{name}.ipynb").read_text(encoding="utf-8")
    for words_said in ("增幅", "往年共有3年的数据。", "image/png"):
        assert words_said in said
    assert "Glyph" not in said


def test_undeclared_neighbour_fails_only_when_published(analyst: Path) -> None:
    """Without its line in the parameters a file is missing, and what to do about it is told."""
    path = analyst / "params/2023.yml"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.partition("\ninputs:")[0], encoding="utf-8")
    try:
        done = run_command(analyst, "report", "-q", "3", "--unit", "市统计局", "--format", "html")
    finally:
        path.write_text(whole, encoding="utf-8")
    assert done.returncode == 1
    assert "ModuleNotFoundError：No module named 'helper'" in done.stdout + done.stderr
    assert "在 params 的 inputs 中声明后才能使用" in "".join(
        (done.stdout + done.stderr).split("\n")
    )


def test_edition_is_proved_from_the_files_it_froze(analyst: Path) -> None:
    """What becomes of the file afterwards does not matter."""
    for step in ("report", "release"):
        words = ["--accept", "示例"] if step == "release" else []
        done = run_command(analyst, step, "-q", "3", *words)
        assert done.returncode == 0, done.stdout + done.stderr
    (edition,) = (analyst / "editions/2023/Q3").glob("1")
    for name, content in BESIDE.items():
        assert (edition / "inputs/notebooks" / name).read_bytes() == content
    (analyst / "notebooks/往年.csv").write_text("年份,完成数\n2020,99\n", encoding="utf-8")
    done = run_command(analyst, "verify", "-q", "3", "--edition", "1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "逐字节一致" in done.stdout
