"""Fonts and installed versions are part of every report's key, and each is told by its own name."""

import sys
from pathlib import Path

import pytest

from publish.conftest import Project
from reporting.system import fonts


def reasons(project: Project) -> set[str]:
    return {report.reason for report in project.publish(dry_run=True).reports}


@pytest.mark.parametrize("face", ["sans_file", "serif_file", "bold_file", "mono_file"])
def test_every_font_counts(
    face: str, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One other byte in a font under its old name: every page may look different."""
    project.publish()
    old: Path = getattr(fonts, face)()
    other = tmp_path / old.name
    other.write_bytes(old.read_bytes() + b"\0")
    monkeypatch.setattr(fonts, face, lambda: other)
    assert reasons(project) == {"字体有变"}
    assert {report.report_id for report in project.publish().reports} == set(project.made)
    assert reasons(project) == {"未变"}


def test_font_of_the_same_bytes_elsewhere_is_the_same(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the environment stands does not matter."""
    project.publish()
    old = fonts.sans_file()
    moved = tmp_path / old.name
    moved.write_bytes(old.read_bytes())
    monkeypatch.setattr(fonts, "sans_file", lambda: moved)
    assert reasons(project) == {"未变"}


def test_installed_version_that_is_not_the_locked_one_counts(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first that Python would import, whatever its name is written with."""
    lock = project.root / "requirements.lock"
    lock.write_text("pydantic==9.9\nsome-package==1.0 \\\n    --hash=sha256:00\n# a==1\n")
    first, second = tmp_path / "first", tmp_path / "second"
    for folder, version in ((first, "1.0"), (second, "2.0")):
        (folder / f"Some_Package-{version}.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(first), str(second), *sys.path])
    project.publish()
    monkeypatch.setattr(sys, "path", [str(second), *sys.path])
    assert reasons(project) == {"安装的依赖有变"}
