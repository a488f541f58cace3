"""An edition carries the program it was made with, and is made again by it."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from reporting.project.editions import edition_folder
from reporting.publish.keys.package import PACKAGE
from reporting.release.program.commit import commit
from reporting.release.program.wheel import WHEEL, write_wheel
from reporting.release.provenance import CRATE
from reporting.release.record import PROGRAM
from reporting.system.archives import read_members

from .conftest import PERIOD, Story, packed

WHEEL_PATH = PROGRAM + WHEEL


def test_edition_carries_the_program_it_was_made_with(story: Story, tmp_path: Path) -> None:
    """Every file of the package; in the zip as well, and once on the disk for all editions."""
    root = story.office.root
    one, two = (edition_folder(root, PERIOD, number) for number in (1, 2))
    members = read_members((one / WHEEL_PATH).read_bytes())
    package = {
        f"reporting/{path.relative_to(PACKAGE).as_posix()}": path.read_bytes()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {n: d for n, d in members.items() if n.startswith("reporting/")} == package
    assert (one / WHEEL_PATH).samefile(two / WHEEL_PATH)
    assert f"2023Q1-v2/{WHEEL_PATH}" in read_members(packed(root, 2, tmp_path).read_bytes())
    assert (two / "inputs/requirements.lock").is_file()


def test_wheel_is_the_same_bytes_whatever_compresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """It holds no time and nothing that a compressor chose."""
    once = write_wheel()
    usual = zlib.compressobj
    monkeypatch.setattr(zlib, "compressobj", lambda level, *rest: usual(1, *rest))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert write_wheel() == once


def test_wheel_lists_its_files_as_installers_check_them() -> None:
    """Each with its hash and size, the list itself without."""
    members = read_members(write_wheel())
    (listing,) = (name for name in members if name.endswith(".dist-info/RECORD"))
    rows = list(csv.reader(io.StringIO(members[listing].decode())))
    assert {row[0] for row in rows} == members.keys()
    assert all(len(members[name]) == int(size) for name, _, size in rows if size)
    assert [name for name, sha, _ in rows if not sha] == [listing]


def test_installed_package_writes_the_same_wheel(tmp_path: Path) -> None:
    """What was installed from a wheel, without the source's folder, carries that very wheel."""
    wheel = tmp_path / WHEEL
    wheel.write_bytes(write_wheel())
    installed = tmp_path / "installed"
    pip = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index")
    run(*pip, "--no-deps", "--target", str(installed), str(wheel))
    code = "import sys; from reporting.release.program.wheel import write_wheel as w; "
    code += "sys.stdout.buffer.write(w())"
    assert run("-P", "-c", code, PYTHONPATH=str(installed)) == wheel.read_bytes()


def run(*arguments: str, **env: str) -> bytes:
    done = subprocess.run(
        [sys.executable, *arguments], env=os.environ | env, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=a", "-c", "user.email=a@b")
    done = subprocess.run(
        ["git", "-C", str(folder), *who, *arguments], capture_output=True, check=True
    )
    return done.stdout.decode().strip()


@pytest.mark.skipif(shutil.which("git") is None, reason="Git is not installed")
def test_commit_is_named_where_the_package_is_what_was_committed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a package that was changed since nor one installed into another's folder has one."""
    package = tmp_path / "src/reporting"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    monkeypatch.setattr("reporting.release.program.commit.PACKAGE", package)
    assert commit() == ""
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "commit", "--quiet", "--allow-empty", "-m", "another's")
    assert commit() == ""
    git(tmp_path, "add", "src")
    git(tmp_path, "commit", "--quiet", "-m", "one")
    assert commit() == git(tmp_path, "rev-parse", "HEAD")
    (package / "new.py").write_text("", encoding="utf-8")
    assert commit() == ""


def test_metadata_name_wheel_and_commit(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever keeps the archive finds the program among what describes the edition."""
    data = (edition_folder(story.office.root, PERIOD, 1) / CRATE).read_bytes()
    graph = {item["@id"]: item for item in json.loads(data)["@graph"]}
    assert graph["#reporting"]["hasPart"] == {"@id": WHEEL_PATH}
    assert graph["#reporting"].get("identifier", "") == (f"git:{commit()}" if commit() else "")
