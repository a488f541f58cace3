"""What is installed elsewhere: the package, and none of the tools it is looked after with."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "reporting"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, offline and with what is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture
def names(wheel: Path) -> set[str]:
    """Give the files in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_wheel_holds_the_whole_package(names: set[str]) -> None:
    """Every module and template, the notebooks of new projects, and what it says of itself."""
    files = {
        f"reporting/{path.relative_to(PACKAGE).as_posix()}"
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    files |= {
        f"reporting/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "notebooks").rglob("*.ipynb")
        if ".ipynb_checkpoints" not in path.parts
    }
    assert {name for name in names if not name.startswith("reporting-")} == files
    assert "reporting/documents/templates/report.typ" in files


def test_wheel_holds_no_tool(names: set[str]) -> None:
    """Neither bench, soak, scoring nor the maker of demonstration returns, whatever its folder."""
    # Names that no room of the package has of its own, as styles and prose have.
    tools = {"bench", "soak", "sample", "golden", "mutants"}
    assert tools <= {path.stem for path in (ROOT / "tools").iterdir()}
    parts = {part.partition(".")[0] for name in names for part in name.split("/")}
    assert parts & (tools | {"tools", "tests"}) == set()


INSTALLED = """
import json
from pathlib import Path
import reporting
from reporting.publish.keys.hashes import FileHashes
from reporting.publish.keys.package import package_files
from reporting.release.program.wheel import write_wheel
from reporting.system.digests import digest
told = {"package": digest(json.dumps(package_files(FileHashes())).encode()),
        "wheel": digest(write_wheel()), "where": str(Path(reporting.__file__).parent)}
print(json.dumps(told))
"""


def test_what_is_installed_lays_projects_out_and_is_the_same_program(
    wheel: Path, tmp_path: Path
) -> None:
    """Without the checkout: the same notebooks; to editions it is what a linked package is."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")

    def run(source: Path, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-P", *arguments], cwd=tmp_path, capture_output=True,
            encoding="utf-8", env=os.environ | {"PYTHONPATH": str(source), "PYTHONUTF8": "1"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    run(tmp_path / "site", "-m", "reporting", "init", "office", "--year", "2024")
    for path in (ROOT / "notebooks").rglob("*.ipynb"):
        laid_out = tmp_path / "office" / path.relative_to(ROOT)
        assert laid_out.read_bytes() == path.read_bytes()
    for name in ("Makefile", "params/2024.yml", ".gitignore", "data/2024/status/Q4/.gitkeep"):
        assert (tmp_path / "office" / name).is_file(), name
    told = [json.loads(run(where, "-c", INSTALLED)) for where in (tmp_path / "site", ROOT / "src")]
    assert [one.pop("where") for one in told] == [str(tmp_path / "site/reporting"), str(PACKAGE)]
    assert told[0] == told[1]
