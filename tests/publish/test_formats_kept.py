"""Formats that were made before: made again with the rest, or removed with a sentence."""

import pytest
from assess.rating_samples import OTHER, UNIT

from publish.conftest import Project

WORD = ("html", "pdf", "docx")
KEPT = "另按上次保留 docx；不再需要的，写明 FORMATS=html,pdf,xlsx（--format）重新生成即删除。"


def _endings(project: Project, ending: str) -> set[str]:
    return {name for name in project.files() if name.endswith(ending)}


def test_what_was_made_before_is_made_again_when_nothing_is_asked(project: Project) -> None:
    """A kept file of the old figures would be a wrong one: it is remade with its report."""
    assert not [words for words in project.publish(formats=WORD).remarks if "docx" in words]
    before = project.files()
    project.say(UNIT, "召开协调会4次。")
    outcome = project.publish()
    assert KEPT in outcome.remarks
    after = project.files()
    assert len(_endings(project, ".docx")) == 5
    assert after[f"units/{UNIT}.docx"] != before[f"units/{UNIT}.docx"]
    assert after[f"units/{OTHER}.docx"] == before[f"units/{OTHER}.docx"]
    assert "data/annex.xlsx" in after, "what the parameters ask for comes in addition"
    assert project.manifest["formats"] == ["html", "pdf", "docx", "xlsx"]
    assert KEPT in project.publish().remarks
    assert project.files() == after


def test_what_is_not_asked_for_is_removed_and_named(project: Project) -> None:
    project.publish(formats=(*WORD, "xlsx"))
    outcome = project.publish(formats=("html",))
    assert outcome.remarks == (
        "已删除上次的 pdf 文件5个、docx 文件5个、xlsx 文件1个："
        "FORMATS（--format）没有列出；要保留的请一并列出。",
    )
    assert _endings(project, ".pdf") | _endings(project, ".docx") == set()
    assert project.manifest["formats"] == ["html"]
    assert not [words for words in project.publish().remarks if "docx" in words]
    assert _endings(project, ".docx") == set()


def test_one_report_keeps_a_format_of_its_own(project: Project) -> None:
    project.publish()
    project.publish(formats=WORD, units=(UNIT,))
    assert KEPT in project.publish().remarks
    assert _endings(project, ".docx") == {f"units/{UNIT}.docx"}
    assert project.manifest["formats"] == ["html", "pdf", "docx", "xlsx"]


def test_a_part_of_the_pack_tells_of_its_own_formats_only(project: Project) -> None:
    project.publish(formats=WORD, units=(UNIT,))
    assert not [words for words in project.publish(units=(OTHER,)).remarks if "docx" in words]
    outcome = project.publish(formats=("html", "pdf"), units=(UNIT,))
    assert outcome.remarks == (
        "已删除上次的 docx 文件1个：FORMATS（--format）没有列出；要保留的请一并列出。",
    )


def test_the_annex_is_kept_like_the_rest(project: Project) -> None:
    path = project.root / "params/2023.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("formats: [html, pdf, xlsx]", "formats: [html]"), encoding="utf-8")
    project.publish(formats=("html", "xlsx"))
    outcome = project.publish()
    assert "data/annex.xlsx" in project.files()
    assert outcome.remarks == (
        "另按上次保留 xlsx；不再需要的，写明 FORMATS=html（--format）重新生成即删除。",
    )
    assert project.manifest["formats"] == ["html", "xlsx"]


def test_a_report_that_failed_comes_back_in_its_formats(project: Project) -> None:
    project.publish(formats=WORD)
    project.failing = {f"unit/{UNIT}"}
    project.say(UNIT, "召开协调会4次。")
    outcome = project.publish()
    assert not [words for words in outcome.remarks if "已删除" in words], "it failed, that is told"
    project.failing = set()
    project.publish()
    assert f"units/{UNIT}.docx" in _endings(project, ".docx")


def test_looking_tells_what_will_be_kept_and_removes_nothing(project: Project) -> None:
    project.publish(formats=WORD)
    before = project.files()
    assert KEPT in project.publish(dry_run=True).remarks
    assert project.publish(dry_run=True, formats=("html",)).remarks == ()
    assert project.files() == before


@pytest.mark.parametrize("formats", [(), ("html", "pdf", "xlsx")])
def test_nothing_is_told_where_nothing_is_kept_or_removed(
    project: Project, formats: tuple[str, ...]
) -> None:
    project.publish()
    assert project.publish(formats=formats).remarks == ()
