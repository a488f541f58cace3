"""The project's own fonts: in every report's key, and among what an edition freezes."""

from system.making import RARE, write_font

from publish.conftest import Project


def reasons(project: Project) -> set[str]:
    return {report.reason for report in project.publish(dry_run=True).reports}


def test_own_font_remakes_every_report(project: Project) -> None:
    """One that comes, and one that changes; and it travels with each report."""
    font = project.root / "fonts/own.ttf"
    project.publish()
    every = set(project.made)
    write_font(font)
    assert reasons(project) == {"声明的输入文件有变；字体有变"}
    project.publish()
    assert set(project.made) == every
    came = {"fonts/own.ttf": font.read_bytes()}
    assert all(project.jobs[name].inputs == came for name in every)
    assert reasons(project) == {"未变"}
    write_font(font, f"{RARE}\U00031350")
    assert reasons(project) == {"声明的输入文件有变；字体有变"}


def test_own_font_is_among_what_the_pack_was_made_from(project: Project) -> None:
    """So that an edition freezes it: once, whatever else lies in the folder."""
    write_font(project.root / "fonts/own.ttf")
    (project.root / "fonts/说明.txt").write_text("说明", encoding="utf-8")
    project.publish()
    named = [item["path"] for item in project.manifest["inputs"]]
    assert [name for name in named if name.startswith("fonts/")] == ["fonts/own.ttf"]
    assert project.manifest["fonts"][-1]["file"] == "own.ttf"
