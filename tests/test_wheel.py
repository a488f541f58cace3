"""What is installed elsewhere: the package, and none of the tools it is looked after with."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "reporting"


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Build the wheel, offline and with what is installed; gives the files in it."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


def test_wheel_holds_the_whole_package(names: set[str]) -> None:
    """Every module and every template, and beside them only what a wheel says of itself."""
    files = {
        f"reporting/{path.relative_to(PACKAGE).as_posix()}"
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
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
