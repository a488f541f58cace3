"""Saves, one after another: what each touches is made anew, what is bad leaves all as it was."""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from assess.rating_samples import OTHER, UNIT
from publish.conftest import Project, inline_pool, small_city

from reporting.assess.values import Assessment, Subject, SubjectKind
from reporting.findings import Finding, Severity
from reporting.publish.log import RunLog
from reporting.publish.options import Options
from reporting.publish.pool.pool import Pool
from reporting.publish.reports import Report
from reporting.watching.follow import follow
from reporting.watching.session import Following
from reporting.watching.values import Kind, Told


def run(project: Project, saves: Iterator[object], **options: Any) -> list[Told]:
    """Follow a project through saves; gives all that is told."""
    told: list[Told] = []
    root = project.root

    def open_pool() -> AbstractContextManager[Pool]:
        return inline_pool(lambda job: project.work(job))(1)

    with Following(told.append, root / "outputs", open_pool) as session:
        asked = Options(year=2023, quarter=3, formats=("html",), **options)
        log = RunLog(root / "log", "watch")
        follow(root, asked, saves, session=session, tell=told.append, log=log)
    return told


def texts(told: list[Told], kind: Kind) -> list[str]:
    return [line.text for line in told if line.kind is kind]


def test_units_come_first_then_leaders_then_city(project: Project) -> None:
    """Reports are begun in the order in which they are waited for, and each is put in place."""

    def saves() -> Iterator[object]:
        project.made.clear()
        project.say(OTHER, "完成招标2项。")
        yield None
        yield None

    told = run(project, saves())
    kinds = [name.partition("/")[0] for name in project.made]
    assert kinds == sorted(kinds, key=["unit", "leader", "briefing"].index)
    placed = [line for line in told if line.kind is Kind.PLACED][-len(kinds) :]
    # Which of two that are made side by side is done first nobody can tell.
    assert {line.text for line in placed} >= {f"已更新　{OTHER}", "已更新　李四", "已更新　通报"}
    assert texts(told, Kind.SAVED) == [f"已保存　{OTHER}.txt"]


def test_unit_whose_file_was_saved_comes_before_other_units(tmp_path: Path) -> None:
    """Of several that a save touches it is the one that somebody looks at."""
    session = Following(lambda told: None, tmp_path)
    session.saved = frozenset({"data/2023/status/Q3/乙.xlsx"})
    reports = [
        Report(
            subject=Subject(kind=kind, name=name), notebook="n.ipynb", parameters={},
            assets=("n.ipynb", f"data/2023/status/Q3/{name}.xlsx"), artifacts=(), key="",
            reason="", parts={}, reused=False,
        )
        for kind, name in (
            (SubjectKind.BRIEFING, "全市"), (SubjectKind.LEADER, "张三"),
            (SubjectKind.UNIT, "甲"), (SubjectKind.UNIT, "乙"),
        )
    ]  # fmt: skip
    assert [r.subject.name for r in session.in_order(reports)] == ["乙", "全市", "甲", "张三"]


def test_pack_is_the_one_that_a_run_makes(project: Project) -> None:
    """After saves the folder holds the bytes of a run of its own, which finds nothing to do."""

    def saves() -> Iterator[object]:
        for number in range(3):
            project.say(UNIT, f"召开协调会{number}次。")
            yield None

    run(project, saves())
    followed = project.files()
    outcome = project.publish(formats=("html",))
    assert not outcome.made
    assert project.files() == followed


def test_report_stands_before_the_others_are_made(project: Project) -> None:
    """The unit's page is in place while its leader's is being made."""
    page = project.pack / f"units/{UNIT}.html"
    seen: list[bytes] = []

    def saves() -> Iterator[object]:
        before = page.read_bytes()
        work = project.work
        project.work = lambda job: seen.append(page.read_bytes()) or work(job)  # type: ignore[method-assign, func-returns-value]
        project.say(UNIT, "召开协调会8次。")
        yield None
        assert seen[0] == before
        assert seen[-1] != before

    run(project, saves())
    assert len(seen) == 3


def test_workbook_that_breaks_keeps_the_last_page(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that was good and cannot be read is named; when it is good again all goes on."""
    file = f"data/2023/status/Q3/{UNIT}.txt"

    def reading(root: Path, *given: Any, **named: Any) -> Assessment:
        city = small_city(root, *given, **named)
        if "半" not in (root / file).read_text(encoding="utf-8"):
            return city
        fault = Finding(
            code="RET-FILE-DAMAGED", severity=Severity.ERROR, message="文件损坏。", file=file
        )
        return city.model_copy(update={"findings": (fault,)})

    monkeypatch.setattr(sys.modules["reporting.pipeline"], "assess_period", reading)

    def saves() -> Iterator[object]:
        good = project.files()
        project.say(UNIT, "半")
        yield None
        assert project.files() == good
        # Another file is saved while it is broken.
        project.say(OTHER, "完成招标3项。")
        yield None
        assert project.files() == good
        project.say(UNIT, "召开协调会4次。")
        yield None
        assert project.files() != good

    told = run(project, saves())
    sentence = f"{UNIT}.txt：文件损坏。页面仍是上一次的，文件改好或者移走后接着生成。"
    assert texts(told, Kind.FAULT) == [sentence, sentence]
    assert texts(told, Kind.FINDING) == [f"错误　{UNIT}.txt：文件损坏。"]
    assert not project.publish(formats=("html",)).made


def test_file_that_was_never_good_is_published_as_it_is(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came broken is a finding of the pack, as with any run."""
    file = f"data/2023/status/Q3/{UNIT}.txt"
    fault = Finding(
        code="RET-FILE-DAMAGED", severity=Severity.ERROR, message="文件损坏。", file=file
    )

    def reading(*given: Any, **named: Any) -> Assessment:
        return small_city(*given, **named).model_copy(update={"findings": (fault,)})

    monkeypatch.setattr(sys.modules["reporting.pipeline"], "assess_period", reading)
    told = run(project, iter(()))
    assert not texts(told, Kind.FAULT)
    assert (project.pack / "index.html").is_file()


def test_failing_notebook_keeps_the_last_page(project: Project) -> None:
    """A report that stands and fails now is told of; its page and the pack stay as they are."""

    def saves() -> Iterator[object]:
        page = (project.pack / f"units/{UNIT}.html").read_bytes()
        project.failing = {f"unit/{UNIT}"}
        project.say(UNIT, "召开协调会5次。")
        yield None
        assert (project.pack / f"units/{UNIT}.html").read_bytes() == page
        project.failing = set()
        project.say(UNIT, "召开协调会6次。")
        yield None
        assert (project.pack / f"units/{UNIT}.html").read_bytes() != page

    told = run(project, saves())
    assert texts(told, Kind.FAULT) == [f"未生成　{UNIT}：第3格出错。页面仍是上一次的。"]
    assert not project.publish(formats=("html",)).made


def test_unreadable_notebook_and_parameters_are_told(project: Project) -> None:
    """Half a file stops its run and no more."""
    notebook, params = (
        project.root / "notebooks/unit_report.ipynb",
        project.root / "params/2023.yml",
    )
    whole, text = notebook.read_bytes(), params.read_text(encoding="utf-8")

    def saves() -> Iterator[object]:
        good = project.files()
        notebook.write_bytes(whole[: len(whole) // 2])
        yield None
        notebook.write_bytes(whole)
        params.write_text(text[:200] + "\n}:", encoding="utf-8")
        yield None
        assert project.files() == good
        params.write_text(text, encoding="utf-8")
        project.say(UNIT, "召开协调会7次。")
        yield None
        assert project.files() != good

    told = run(project, saves())
    faults = texts(told, Kind.FAULT)
    assert "unit_report.ipynb" in faults[0]
    assert "params/2023.yml" in faults[1]
    assert told[-1].kind is Kind.DONE


def test_first_failure_ends_a_run_that_shall_fail_fast(project: Project) -> None:
    """The others are not tried, and nothing is put in place."""
    project.failing = {f"unit/{UNIT}"}
    told = run(project, iter(()), fail_fast=True)
    assert "briefing" not in project.made
    assert not project.pack.exists()
    assert texts(told, Kind.FAULT) == [
        f"{UNIT} 未生成：第3格出错。已按 --fail-fast 停止，本次成果没有发布，原有成果未动。"
    ]


def test_failure_after_others_are_in_place_says_so(project: Project) -> None:
    """What was put in place before stays, and nobody says that nothing was."""
    project.failing = {"briefing"}
    told = run(project, iter(()), fail_fast=True)
    assert (project.pack / f"units/{UNIT}.html").is_file()
    assert texts(told, Kind.FAULT) == [
        "通报 未生成：第3格出错。已按 --fail-fast 停止，此前已经更新的报告保留，其余成果未动。"
    ]


def test_save_in_the_middle_of_a_run_is_caught_up_with(project: Project) -> None:
    """What is saved while reports are made is published by the next run, unasked."""
    work = project.work
    again = iter(("召开协调会9次。",))

    def busy(job: Any) -> Any:
        for words in again:
            project.say(UNIT, words)
        return work(job)

    project.work = busy  # type: ignore[method-assign]
    told = run(project, iter(()))
    assert not texts(told, Kind.FAULT)
    assert told[-1].kind is Kind.DONE
    assert not project.publish(formats=("html",)).made


def test_program_that_changes_is_taken_for_no_other(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is loaded would be kept under the name of what stands on the disk."""

    def saves() -> Iterator[object]:
        good = project.files()
        monkeypatch.setattr("reporting.watching.session.package_hash", lambda _: "another")
        project.say(UNIT, "召开协调会2次。")
        yield None
        assert project.files() == good

    told = run(project, saves())
    sentence = "软件或者锁定的依赖已更新，请按 Ctrl-C 停止后重新运行 make watch。"
    assert texts(told, Kind.FAULT) == [sentence]


def test_nothing_saved_makes_no_run(project: Project) -> None:
    """What programs leave beside a file, and a save that changed nothing, are no saves."""

    def saves() -> Iterator[object]:
        (project.root / f"data/2023/status/Q3/~${UNIT}.xlsx").write_bytes(b"")
        yield None
        yield None

    told = run(project, saves())
    assert len(texts(told, Kind.DONE)) == 1


def test_long_following_keeps_no_more_than_the_last(project: Project) -> None:
    """Slices and hashes at hand are those of the last run, whatever names came and went."""
    kept: list[int] = []
    session: list[Following] = []

    def saves() -> Iterator[object]:
        for number in range(6):
            path = project.root / f"data/2023/status/Q3/来件{number}.txt"
            project.say(UNIT, f"召开协调会{number}次。")
            path.write_text("其他", encoding="utf-8")
            yield None
            path.unlink()
            yield None
            slices, hashes = session[0]._slices, session[0]._hashes
            assert slices is not None
            assert hashes is not None
            kept.append(len(slices._known))
            assert all(Path(name).exists() for name in hashes._used)

    class Kept(Following):
        def __enter__(self) -> "Kept":
            session.append(self)
            super().__enter__()
            return self

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"{__name__}.Following", Kept)
        run(project, saves())
    assert len(set(kept)) == 1
