"""An edition is made again by the program that it carries, whatever became of that since."""

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from reporting.cli import main
from reporting.project.editions import SUMS, edition_folder, quarter_folder
from reporting.publish.keys.package import PACKAGE
from reporting.publish.manifest import MANIFEST
from reporting.release.integrity import check_edition, sums_of, write_sums
from reporting.release.program.own import prove_by_itself
from reporting.release.program.wheel import WHEEL
from reporting.release.prove import Verdict, prove
from reporting.release.record import PACK, PROGRAM, RECORD, folder_files
from reporting.release.remake import remaker
from reporting.system.archives import read_members
from reporting.system.digests import digest

from .conftest import PERIOD
from .test_signatures import opened

pytestmark = pytest.mark.long

WHEEL_PATH = PROGRAM + WHEEL


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the package with a change that readers see, as another version of the program."""
    folder = tmp_path_factory.mktemp("changed")
    package = shutil.copytree(
        PACKAGE, folder / "reporting", ignore=shutil.ignore_patterns("__pycache__")
    )
    page = package / "documents/templates/index/index.html.j2"
    text = page.read_text(encoding="utf-8")
    assert "跳到正文" in text
    page.write_text(text.replace("跳到正文", "跳至正文"), encoding="utf-8")
    return folder


def command(root: Path, package: Path, *arguments: str) -> tuple[int, list[str]]:
    """Run the command of a changed program in a project."""
    path = os.pathsep.join([str(package), os.environ.get("PYTHONPATH", "")])
    code = "from reporting.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, "verify", "--quarter", "1", "--jobs", "2", *arguments],
        cwd=root, env=os.environ | {"PYTHONPATH": path}, capture_output=True, encoding="utf-8",
        check=False,
    )  # fmt: skip
    return done.returncode, (done.stdout + done.stderr).splitlines()


def test_program_that_changed_leaves_an_edition_to_its_own(copy: Path, changed: Path) -> None:
    """Today's program makes other files; the one that the edition carries makes the same."""
    before = {name: digest(data) for name, data in folder_files(copy / "editions").items()}
    code, said = command(copy, changed, "--edition", "1")
    assert code == 1
    assert said[-1] == "2023年第一季度第1版：不一致，不通过。"
    assert any("index.html" in line and "至正文" in line for line in said), said
    code, said = command(copy, changed, "--edition", "1", "--with-its-own-program")
    assert code == 0, said
    assert said[-1].startswith("2023年第一季度第1版（用该版自带的程序）：逐字节一致，")
    assert said[-1].endswith("个成果文件重新生成后逐字节相同，通过。")
    after = {name: digest(data) for name, data in folder_files(copy / "editions").items()}
    assert after == before


def resealed(root: Path, number: int, name: str, data: bytes | None, **more: object) -> None:
    """Put other bytes into an edition and its record, or take a file out of both."""
    folder = opened(edition_folder(root, PERIOD, number))
    record = json.loads((folder / RECORD).read_bytes()) | more
    (item,) = (item for item in record["files"] if item["path"] == name)
    (folder / name).unlink()
    if data is None:
        record["files"].remove(item)
    else:
        (folder / name).write_bytes(data)
        item |= {"sha256": digest(data), "size": len(data)}
    (folder / RECORD).write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    sums = write_sums(sums_of(root, PERIOD, 1) | sums_of(root, PERIOD, 2))
    (quarter_folder(root, PERIOD) / SUMS).write_bytes(sums)


def verified(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, list[str]]:
    """Verify the second edition by its own program, from the command line."""
    arguments = ("--quarter", "1", "--edition", "2", "--with-its-own-program")
    monkeypatch.chdir(root)
    monkeypatch.setattr(sys, "argv", ["reporting", "verify", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr()
    return int(ended.value.code or 0), (told.out + told.err).splitlines()


def test_edition_without_a_program_is_one_sentence(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that was frozen before editions carried any can only be made by today's."""
    resealed(copy, 2, WHEEL_PATH, None)
    assert verified(copy, monkeypatch, capsys) == (
        2,
        [
            "错误：2023年第一季度第2版没有带着定版时的程序（由较早的软件定版），"
            "请不带 --with-its-own-program 核验。"
        ],
    )


def test_program_that_was_changed_is_not_run(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The record names it, as any other file."""
    wheel = opened(edition_folder(copy, PERIOD, 2)) / WHEEL_PATH
    wheel.write_bytes(wheel.read_bytes() + b" ")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("it was run"))
    code, said = verified(copy, monkeypatch, capsys)
    assert code == 1
    assert said[0].startswith(f"错误 editions/2023/Q1/2/{WHEEL_PATH}：该文件被改动：")


def test_program_that_is_none_is_one_sentence(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Changed together with its record, it is found out when it is to be run."""
    resealed(copy, 2, WHEEL_PATH, b"no wheel")
    code, said = verified(copy, monkeypatch, capsys)
    assert (code, said) == (
        1,
        [
            "错误：用该版保存的输入未能重新生成材料：该版自带的程序 "
            f"{WHEEL} 不是能用的 wheel 文件。",
            "2023年第一季度第2版：不一致，不通过。",
        ],
    )


def test_program_that_is_another_is_no_proof(copy: Path) -> None:
    """A wheel that makes the same files, but is not the one that the manifest names."""
    path = edition_folder(copy, PERIOD, 2) / WHEEL_PATH
    members = read_members(path.read_bytes())
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in (members | {"reporting/more.py": b"# more\n"}).items():
            archive.writestr(name, data)
    resealed(copy, 2, WHEEL_PATH, target.getvalue())
    proof = prove_by_itself(copy, PERIOD, 2, 2)
    assert proof.verdict is Verdict.DIFFERENT
    assert [f.file for f in proof.findings] == ["manifest.json"]


def test_surroundings_that_differ_are_one_sentence(copy: Path) -> None:
    """What the program found around it then and now; the proof holds."""
    record = json.loads((edition_folder(copy, PERIOD, 2) / RECORD).read_bytes())
    made = record["manifest"] | {"python": "3.99", "environment": "typer 0.0"}
    text = json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    resealed(copy, 2, PACK + MANIFEST, text.encode(), manifest=made)
    assert check_edition(copy, PERIOD, 2) == ()
    proof = prove_by_itself(copy, PERIOD, 2, 2)
    now = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert [f.message for f in proof.findings] == [
        "用该版自带的程序重新生成，运行环境与定版时不同："
        f"Python 版本（定版时为 3.99，现为 {now}）；"
        "安装的依赖（定版时为 typer 0.0，现为 锁定的版本）。"
    ]
    assert proof.verdict is Verdict.RENEWED
    assert proof.renewed == ("Python 版本", "安装的依赖")
    assert set(prove(copy, PERIOD, 2, remaker(2)).renewed) == set(proof.renewed)
