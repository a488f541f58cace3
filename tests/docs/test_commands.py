"""Every command that the documents show is run, in order, in a small project of its own."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from reporting.plan.read import read_plan
from reporting.project.params import read_params
from tools.sample.books import write_samples

ROOT = Path(__file__).parents[2]
DOCUMENTS = (
    "README.md",
    "README.zh-CN.md",
    "CONTRIBUTING.md",
    pytest.param("docs/user-guide.zh-CN.md", marks=pytest.mark.long),
    pytest.param("docs/developer-guide.md", marks=pytest.mark.long),
)
NOT_RUN = {
    "make test": "this is it",
    "make test-long": "takes half an hour",
    "make lint": "checks the whole project, beside the tests",
    "make bench": "measures for minutes",
    "make lab": "opens a browser and waits",
    "make soak SECONDS=5": "has tests of its own",
    "make mutants SECONDS=60": "runs tests for minutes",
}
"""Commands whose recipe is only expanded here, and why."""

HEADER = ("总体要求", "年度目标及工作内容", "季度进度安排", "责任领导", "牵头单位", "协助单位")
ROWS = (
    ("（1） 实施制造业高质量发展行动。", "1. 新建服务站40个。",
     "一季度，新建10个。二季度，累计新建20个。三季度，累计新建30个。四季度，累计新建40个。",
     "张三", "市科技局", "/"),
    ("", "2. 修缮危桥。", "三季度，完成检测。", "李四", "市商务局", "市科技局"),
)  # fmt: skip

GOLDEN = (
    "number,source,quote,at,quarter,measure,comparator,value,value_high,unit,basis,aspirational,"
    "optional\n1,goal,40个,5,4,服务站,=,40,,个,cumulative,0,0\n"
)


def commands(name: str) -> list[str]:
    """Give the lines of a document's shell blocks, without their remarks."""
    text = (ROOT / name).read_text(encoding="utf-8")
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    lines = (line.partition("  #")[0].strip() for block in blocks for line in block.splitlines())
    return [line for line in lines if line]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Set up a small project: two tasks, two units, their demonstration returns."""
    if not (Path(sys.prefix) / ".ready").exists():
        pytest.skip("the tests do not run in an environment that make set up")
    root = tmp_path_factory.mktemp("documents") / "project"
    root.mkdir()
    for name in ("Makefile", "pyproject.toml", "requirements.lock", "requirements-dev.lock",
                 "notebooks", "params", "tools", "tests/returns/prose"):  # fmt: skip
        source, target = ROOT / name, root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        # Times are kept: make would set the environment up again for a newer lock.
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, target)
    (root / ".venv").symlink_to(sys.prefix)
    (root / "data/2023").mkdir(parents=True)
    lines = ["2023年任务分解表", "制表单位：市政府办公室", *map("\t".join, (HEADER, *ROWS))]
    table = "\n".join(f"\t{line}" if "\t" in line else line for line in lines)
    (root / "data/2023/task_table.txt").write_text(table + "\n", encoding="utf-8")
    golden = root / "tests/plan/golden/targets.csv"
    golden.parent.mkdir(parents=True)
    golden.write_text(GOLDEN, encoding="utf-8")
    _write_word_table(root / "新任务表.docx")
    params = read_params(root, 2023)
    write_samples(root, read_plan(root, params), params)
    return root


def _write_word_table(path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=0, cols=len(HEADER))
    for row in (HEADER, *ROWS):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.save(str(path))


def run(root: Path, line: str) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {"JOBS": "2", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        ["bash", "-c", line], cwd=root, env=environment, text=True, capture_output=True,
        check=False, stdin=subprocess.DEVNULL, timeout=300,
    )  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_commands_of_a_document_work(name: str, project: Path) -> None:
    """Each ends well; what is not run here at least expands to a recipe."""
    lines = commands(name)
    assert lines
    for line in lines:
        if line in NOT_RUN:
            line = line.replace("make", "make --dry-run", 1)
        done = run(project, line.replace("/tmp/", f"{project.parent}/"))
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"


def test_targets_of_the_makefile_are_explained() -> None:
    """``make help`` names every target that a reader may type."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"\.PHONY: ((?:.*\\\n)*.*)", text)
    assert phony
    targets = set(phony[1].replace("\\\n", " ").split()) - {"quarter", "help"}
    helped = run(ROOT, "make help").stdout
    assert targets - {line.split()[1] for line in helped.splitlines() if "  make " in line} == set()


def test_locks_pin_with_hashes_and_name_no_index() -> None:
    """Each requirement is pinned to hashes; the two locks agree; no address stands in them."""
    pins = []
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text
        heads = re.findall(r"^([a-z0-9._-]+)==(\S+)(.*(?:\n    --hash\S+.*)*)", text, re.MULTILINE)
        assert heads
        assert all("--hash=sha256:" in rest for _, _, rest in heads)
        pins.append({package: version for package, version, _ in heads})
    assert pins[0].items() <= pins[1].items()


def test_conda_environment_follows_the_lock() -> None:
    """The conda route reads its pins from the lock and has Quarto beside them."""
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert re.search(r"^      - -r requirements\.lock$", text, re.MULTILINE)
    assert "- quarto" in text
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    least = re.search(r'requires-python = ">=(3\.\d+)"', project)
    assert least
    assert f"- python={least[1]}" in text
