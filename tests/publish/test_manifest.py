"""The manifest: complete, true, and free of when and where."""

import json
from hashlib import sha256

import pytest
from assess.rating_samples import OTHER, UNIT

from publish.conftest import Project
from reporting.publish.keys.hashes import FileHashes
from reporting.publish.manifest import Pack


def test_every_file_is_listed_with_its_hash(project: Project) -> None:
    project.publish()
    files = project.files()
    del files["manifest.json"]
    listed = project.manifest["artifacts"]
    assert [item["path"] for item in listed] == sorted(files)
    for item in listed:
        assert item["size"] == len(files[item["path"]])
        assert item["sha256"] == sha256(files[item["path"]]).hexdigest()


def test_inputs_counts_and_reports_are_told(project: Project) -> None:
    project.publish()
    content = project.manifest
    assert [item["path"] for item in content["inputs"]] == [
        "params/2023.yml", "data/2023/task_table.txt",
        f"data/2023/status/Q3/{UNIT}.txt", f"data/2023/status/Q3/{OTHER}.txt",
    ]  # fmt: skip
    said = (project.root / f"data/2023/status/Q3/{UNIT}.txt").read_bytes()
    assert content["inputs"][2]["sha256"] == sha256(said).hexdigest()
    assert sum(content["counts"].values()) == 2
    assert (content["edition"], content["renderer"]) == (1, "typst")
    assert content["formats"] == ["html", "pdf", "xlsx"]
    briefing = content["reports"][0]
    assert (briefing["report_id"], briefing["state"]) == ("briefing", "made")
    assert briefing["artifacts"][1:] == ["briefing_pack.html", "briefing_pack.pdf"]
    assert {font["file"] for font in content["fonts"]} > {"NotoSerifCJKsc-Regular.otf"}


def test_manifest_is_plain_text_without_places(project: Project) -> None:
    """Sorted, one line end, and no word of the folder it was made in."""
    project.publish()
    data = (project.pack / "manifest.json").read_bytes()
    assert b"\r" not in data
    assert str(project.root).encode() not in data
    text = json.dumps(json.loads(data), ensure_ascii=False, indent=1, sort_keys=True)
    assert data.decode() == text + "\n"


def test_reuse_leaves_no_trace(project: Project) -> None:
    """Made or reused, the manifest is the same."""
    project.publish()
    fresh = (project.pack / "manifest.json").read_bytes()
    project.say(UNIT, "另一种说法。")
    project.publish()
    project.say(UNIT, "召开协调会3次。")
    project.publish()
    assert (project.pack / "manifest.json").read_bytes() == fresh


@pytest.mark.parametrize(
    "path", ["../../params/2023.yml", "/etc/passwd", "C:/x", "units/../../../x", ""]
)
def test_manifest_cannot_name_files_outside(project: Project, path: str) -> None:
    """A manifest that was tampered with is none: nothing outside the pack is removed."""
    project.publish()
    content = project.manifest
    content["artifacts"].append({"path": path, "size": 1, "sha256": "0"})
    (project.pack / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    pack = Pack(project.pack, FileHashes(project.root / "memory"))
    assert pack.listed == {}
    project.publish()
    assert (project.root / "params/2023.yml").exists()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"format": 2}',
        b'{"format": 1, "artifacts": 3}',
        b'{"format": 1, "formats": [], "artifacts": [], "reports": [3]}',
    ],
)
def test_broken_manifest_is_written_anew(project: Project, data: bytes) -> None:
    project.publish()
    before = project.files()
    (project.pack / "manifest.json").write_bytes(data)
    project.publish()
    assert project.files() == before
