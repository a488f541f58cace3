"""Files and folders that are not what they seem: nothing outside is read or written."""

import errno
import io
import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from publish.conftest import Project, make_project
from returns.toy import OTHER, PARAMS, PLAN, UNIT, filled, read

from reporting.errors import InputRefused, PublishError
from reporting.plan.read import read_plan
from reporting.publish.keys.hashes import FileHashes
from reporting.publish.keys.inputs import list_inputs
from reporting.publish.manifest import Pack
from reporting.publish.pack.place import expect_writable, place
from reporting.release.freeze import read_manifest
from reporting.returns.check import write_check
from reporting.returns.reading.read import read_returns
from reporting.returns.values import Returns
from reporting.system.archives import make_zip
from reporting.system.names import safe_name

SECRET = "外面的文件，不应读取"


def folder_of(root: Path) -> Path:
    folder = root / "status" / "Q3"
    folder.mkdir(parents=True)
    return folder


def codes(returns: Returns, name: str) -> list[str]:
    return [f.code for f in returns.all_findings if name in f.file]


def test_link_to_the_outside_is_a_finding_and_never_followed(tmp_path: Path) -> None:
    """Neither the return nor the copy sent back holds a byte from beyond the folder."""
    outside, root = tmp_path / "outside", tmp_path / "office"
    outside.mkdir()
    sheet = filled(UNIT, 3)
    sheet.put("2023-001-02", "progress", SECRET)
    (outside / f"{UNIT}.xlsx").write_bytes(sheet.save())
    folder = folder_of(root)
    (folder / f"{UNIT}.xlsx").symlink_to(outside / f"{UNIT}.xlsx")
    (folder / "更多").symlink_to(outside)
    (folder / "断.xlsx").symlink_to("nowhere")
    returns = read_returns(root, PARAMS, PLAN, 3)
    assert codes(returns, "Q3/") == ["RET-FILE-ELSEWHERE"] * 3
    assert returns.rows == ()
    write_check(root, PARAMS, PLAN, returns, root / "out")
    found = [f for f in returns.all_findings if f.file]
    assert {f.file for f in found} == {
        f"status/Q3/{UNIT}.xlsx", "status/Q3/更多", "status/Q3/断.xlsx"
    }  # fmt: skip
    for path in (root / "out").rglob("*.xlsx"):
        assert SECRET.encode() not in written_parts(path)
    inputs = list_inputs(root, PARAMS.model_copy(update={"table": "status"}), 3, _hashes(root))
    assert [item.path for item in inputs if "Q3" in item.path] == []


def written_parts(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def _hashes(root: Path) -> FileHashes:
    (root / "params").mkdir(exist_ok=True)
    (root / "params/2023.yml").touch()
    return FileHashes(root / "hashes.json")


def test_pipe_under_a_units_name_is_not_waited_for(tmp_path: Path) -> None:
    """Reading it would never end."""
    folder = folder_of(tmp_path)
    os.mkfifo(folder / f"{UNIT}.xlsx")
    returns = read_returns(tmp_path, PARAMS, PLAN, 3)
    assert codes(returns, UNIT) == ["RET-FILE-UNREADABLE"]
    write_check(tmp_path, PARAMS, PLAN, returns, tmp_path / "out")


def test_name_that_is_no_text_is_told_by_its_bytes(tmp_path: Path) -> None:
    """A name in another encoding is shown, refused, and stops nobody else."""
    folder = folder_of(tmp_path)
    garbled = os.fsencode(folder) + "/市科技局.xlsx".encode("gb18030")
    try:
        Path(os.fsdecode(garbled)).write_bytes(filled(UNIT, 3).save())
    except OSError:
        pytest.skip("the file system takes names in UTF-8 only")
    returns = read(tmp_path, 3, {OTHER: filled(OTHER, 3)})
    assert [item.unit for item in returns.returns] == [OTHER]
    (found,) = (f for f in returns.all_findings if f.code == "RET-FILE-NAME")
    assert found.file.startswith("status/Q3/〔U+DCCA〕")
    assert Returns.model_validate_json(returns.model_dump_json()) == returns
    write_check(tmp_path, PARAMS, PLAN, returns, tmp_path / "out")
    assert "〔U+DCCA〕" in (tmp_path / "out/sendback/核对结果.html").read_text(encoding="utf-8")


ODD_NAMES = (
    "市科技局\n第二行.xlsx",
    "市科技局\x1b[31m.xlsx",
    "市科技局'\"`$(id)&;|.xlsx",
    "..市科技局...xlsx",
    "市科技局\u202exslx.xlsx",
    "=市科技局.xlsx",
    "市科技局e\u0301.xlsx",
    "市科技局" + "长" * 70 + ".xlsx",
)


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_file_names_are_read_and_told_on_one_line(name: str, tmp_path: Path) -> None:
    """The name decides nothing but whose the file may be; where it is quoted it is text."""
    folder = folder_of(tmp_path)
    sheet = filled(UNIT, 3)
    sheet.put("2023-003-01", "self_rating", "还行")
    (folder / name).write_bytes(sheet.save())
    returns = read_returns(tmp_path, PARAMS, PLAN, 3)
    assert [item.unit for item in returns.returns] == [UNIT]
    (found,) = (f for f in returns.all_findings if f.code == "RET-RATING-WORD")
    assert found.where.isprintable()
    before = set(tmp_path.rglob("*"))
    write_check(tmp_path, PARAMS, PLAN, returns, tmp_path / "out")
    made = {path for path in tmp_path.rglob("*") if path not in before}
    assert all(path.is_relative_to(tmp_path / "out") for path in made)


def test_members_that_climb_out_are_never_unpacked(tmp_path: Path) -> None:
    """A zip may name a member as it likes: it is not written, nor sent back."""
    sheet = filled(UNIT, 3)
    sheet.put("2023-003-01", "self_rating", "还行")
    with zipfile.ZipFile(io.BytesIO(sheet.save())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    climbing = {"../../../climbed.txt": b"x", "/tmp/hostile-climbed.txt": b"x"}
    root = tmp_path / "a" / "office"
    returns = read(root, 3, {UNIT: make_zip(members | climbing)})
    write_check(root, PARAMS, PLAN, returns, root / "out")
    assert [item.unit for item in returns.returns] == [UNIT]
    assert not list(tmp_path.rglob("*climbed*"))
    assert not Path("/tmp/hostile-climbed.txt").exists()
    with zipfile.ZipFile(root / f"out/sendback/{UNIT}.xlsx") as archive:
        assert not [name for name in archive.namelist() if "climbed" in name]


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "html", "txt"])
@pytest.mark.parametrize("entity", ["file:///etc/hostname", "http://127.0.0.1:9/x"])
def test_entities_of_a_table_are_not_resolved(suffix: str, entity: str, tmp_path: Path) -> None:
    """A table that asks for another file is refused, or read without it."""
    kind = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{entity}">]>'
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    book = f'<workbook xmlns="{main}"><sheets><sheet name="&e;" sheetId="1"/></sheets></workbook>'
    content = {
        "docx": make_zip({"word/document.xml": f"{kind}{body}</w:document>".encode()}),
        "xlsx": make_zip({"xl/workbook.xml": f"{kind}{book}".encode()}),
        "html": f"{kind}<html><table><tr><td>&e;</td></tr></table></html>".encode(),
        "txt": f"{kind}&e;".encode(),
    }[suffix]
    (tmp_path / f"table.{suffix}").write_bytes(content)
    params = PARAMS.model_copy(update={"table": f"table.{suffix}"})
    with pytest.raises(InputRefused) as refused:
        read_plan(tmp_path, params)
    host = Path("/etc/hostname")
    if host.is_file():
        assert host.read_text().strip() not in str(refused.value) + str(refused.value.findings)


def test_units_of_like_names_have_sheets_of_their_own() -> None:
    """What a file system cannot tell apart must not overwrite one another."""
    names = ["市/局", "市:局", "市?局", "市_局", "A局", "a局", "CON", "con", "长" * 99, "长" * 98]
    stems = [safe_name(name) for name in names]
    assert len({stem.casefold() for stem in stems}) == len(names)
    assert max(len(f".{stem}.xlsx.part".encode()) for stem in stems) < 255


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    root = make_project(tmp_path / "office")
    return root / "outputs/2023/Q3/manifest.json"


def write_manifest(path: Path, **more: object) -> None:
    """Write a manifest that is whole but for what is said."""
    content: dict[str, object] = {
        "format": 1, "year": 2023, "quarter": 3, "edition": 1, "is_sample": False,
        "package": {"name": "reporting", "version": "0", "sha256": "x"},
        "lock": {"path": "requirements.lock", "sha256": "x"}, "environment": "", "python": "3.11",
        "renderer": "typst", "formats": [], "fonts": [], "inputs": [], "reports": [],
        "artifacts": [], "findings": {}, "counts": {},
    }  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content | more), encoding="utf-8")


@pytest.mark.parametrize("path", ["../../../mine.txt", "/etc/passwd", "units/../../x", "mine.txt"])
def test_manifest_cannot_have_other_files_removed(path: str, manifest: Path) -> None:
    """A manifest that lists files a pack has not is none."""
    item = {"path": "units/甲.html", "size": 1, "sha256": "x"}
    write_manifest(manifest, artifacts=[item])
    assert Pack(manifest.parent, FileHashes(manifest.parent / "h")).listed
    write_manifest(manifest, artifacts=[item, item | {"path": path}])
    assert Pack(manifest.parent, FileHashes(manifest.parent / "h")).listed == {}


@pytest.mark.parametrize("path", ["../../../../mine.txt", "/etc/passwd", "data/../../mine.txt"])
@pytest.mark.parametrize("part", ["inputs", "artifacts"])
def test_edition_copies_nothing_from_outside(part: str, path: str, manifest: Path) -> None:
    """A manifest that names files beyond the project's cannot have them frozen or sent."""
    write_manifest(manifest)
    read_manifest(manifest.parent)
    write_manifest(manifest, **{part: [{"path": path, "size": 1, "sha256": "x"}]})
    with pytest.raises(InputRefused) as refused:
        read_manifest(manifest.parent)
    assert [f.code for f in refused.value.findings] == ["REL-MANIFEST"]


def test_folder_on_which_renaming_fails(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The text says which file and what may hold it; once it lets go, the pack is whole."""
    project.publish()
    old = project.files()
    project.say(UNIT, "召开协调会4次。")
    replace = Path.replace

    def held(path: Path, target: Path) -> Path:
        if path.parent.name == ".staging" and Path(target).name == f"{UNIT}.pdf":
            raise PermissionError(errno.EACCES, "Permission denied")
        return replace(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", held)
        with pytest.raises(PublishError, match=r"\.pdf 没有更新：可能正被其他程序"):
            project.publish()
    torn = project.files()
    project.publish()
    new = project.files()
    assert torn.keys() == old.keys() == new.keys()
    assert [name for name in torn if torn[name] not in (old[name], new[name])] == []
    assert torn[f"units/{UNIT}.pdf"] == old[f"units/{UNIT}.pdf"] != new[f"units/{UNIT}.pdf"]
    assert torn["manifest.json"] == old["manifest.json"]
    shutil.rmtree(project.pack)
    project.publish()
    assert project.files() == new


def test_list_is_renewed_only_when_stale_files_are_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stop at a stale file leaves it in the old list, so that a later run removes it."""
    place(tmp_path, {"units/old.html": lambda: b"old", "list": lambda: b"units/old.html"})
    unlink = Path.unlink

    def held(path: Path, missing_ok: bool = False) -> None:
        if path.name == "old.html":
            raise PermissionError(errno.EACCES, "Permission denied")
        unlink(path, missing_ok)

    new = {"new.html": lambda: b"new", "list": lambda: b"new.html"}
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", held)
        with pytest.raises(PublishError, match=r"old\.html 没有更新"):
            place(tmp_path, new, ["units/old.html"])
    assert (tmp_path / "list").read_bytes() == b"units/old.html"
    place(tmp_path, new, ["units/old.html"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list", "new.html"]


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of 256 KB, where that is allowed."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    words = ["-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    if not mount or subprocess.run([mount, *words], capture_output=True).returncode:
        pytest.skip("mounting is not permitted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_full_disk_is_told_and_leaves_what_stood(tiny_disk: Path) -> None:
    """A real disk that is full: one sentence, the old files whole, nothing half written."""
    pack = tiny_disk / "pack"
    place(pack, {"units/a.html": lambda: b"old"})
    big = {"units/a.html": lambda: b"new", "units/b.pdf": lambda: b"x" * 2**19}
    with pytest.raises(PublishError, match=r"磁盘空间不足，写入 b\.pdf 时中断；原有成果未动"):
        place(pack, big)
    assert {p.name: p.read_bytes() for p in pack.rglob("*") if p.is_file()} == {"a.html": b"old"}


def test_read_only_disk_is_told(tiny_disk: Path) -> None:
    """A share without the right to write: the sentence names the place."""
    subprocess.run(["mount", "-o", "remount,ro", str(tiny_disk)], check=True)
    with pytest.raises(PublishError, match=r"不能写入 .*pack"):
        place(tiny_disk / "pack", {"units/a.html": lambda: b"new"})


def test_read_only_disk_is_told_before_any_report_is_made(
    tiny_disk: Path, project: Project
) -> None:
    """The sentence names the folder; nothing was made, and on a disk that takes it all of it is."""
    subprocess.run(["mount", "-o", "remount,ro", str(tiny_disk)], check=True)
    pack = tiny_disk / "pack"
    with pytest.raises(PublishError) as refused:
        project.publish(output=pack)
    assert str(refused.value) == f"不能写入 {pack}：所在的磁盘是只读的。"
    assert project.made == []
    project.publish()
    assert project.made


def test_folder_without_the_right_to_write_is_told_before_any_report_is_made(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One within the pack, as when somebody else made it; what is not made anew needs no right."""
    project.publish()
    old = project.files()
    mkdir = Path.mkdir

    def refused(path: Path, *words: Any, **named: Any) -> None:
        if path.parent.name == "units":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        mkdir(path, *words, **named)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "mkdir", refused)
        project.publish()
        project.say(UNIT, "召开协调会4次。")
        with pytest.raises(PublishError, match=r"^不能写入 .*/units：.*没有写权限。$"):
            project.publish()
    assert project.made == []
    assert project.files() == old


def test_file_where_the_folder_should_be_is_told_before_any_report_is_made(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The year's folder is a file, and stays it; nothing is even read."""
    monkeypatch.setattr("reporting.publish.run.resolve", None)
    year = project.pack.parent
    year.parent.mkdir()
    year.write_text("别的", encoding="utf-8")
    with pytest.raises(PublishError) as refused:
        project.publish()
    assert str(refused.value) == f"不能写入 {project.pack}：路径中有一段不是文件夹。"
    assert (project.made, year.read_text(encoding="utf-8")) == ([], "别的")


def test_trying_leaves_nothing(tmp_path: Path) -> None:
    """Neither a folder that was not there nor a file in one that was."""
    expect_writable(tmp_path / "new", ["units/a.html"])
    (tmp_path / "old/units").mkdir(parents=True)
    expect_writable(tmp_path / "old", ["units/a.html"])
    assert sorted(tmp_path.rglob("*")) == [tmp_path / "old", tmp_path / "old/units"]
