"""Two runs at once: a pack is one run's at a time, and what packs share is never half there."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest
from assess.rating_samples import OTHER, UNIT
from filelock import FileLock, Timeout

from publish.conftest import Project, inline_pool
from reporting.errors import Busy, ExitCode
from reporting.periods import Period
from reporting.project.roots import STATE
from reporting.publish import run
from reporting.publish.keys.hashes import FileHashes
from reporting.publish.keys.store import Store
from reporting.publish.locks import RELEASE, Claim, alone, claims_of, holding, shared
from reporting.publish.pack.assemble import assemble
from reporting.publish.pool.workers import Job, Made
from reporting.publish.run import Outcome
from reporting.publish.year.publish import publish_year
from reporting.system.files import write_whole

SECOND, THIRD = (Period(year=2023, quarter=quarter) for quarter in (2, 3))
PATIENCE = 20


@contextmanager
def held_elsewhere(state: Path, *claims: Claim) -> Iterator[Callable[[], None]]:
    """Hold what is claimed in another thread; gives what lets it go."""
    begun, over = threading.Event(), threading.Event()

    def hold() -> None:
        with holding(state, claims):
            begun.set()
            over.wait(PATIENCE)

    thread = threading.Thread(target=hold)
    thread.start()
    assert begun.wait(PATIENCE)
    try:
        yield over.set
    finally:
        over.set()
        thread.join(PATIENCE)


def test_a_busy_pack_is_a_sentence_with_a_code_of_its_own(tmp_path: Path) -> None:
    claims = claims_of(THIRD, tmp_path / "Q3")
    with (
        held_elsewhere(tmp_path, *claims),
        pytest.raises(Busy) as busy,
        holding(tmp_path, claims),
    ):
        pass
    assert str(busy.value) == (
        "另一个过程正在生成2023年第三季度材料或者为其定版，"
        "请等它结束后再运行，或者加 --wait（make 加 WAIT=1）等候。"
    )
    assert busy.value.exit_code is ExitCode.BUSY
    with holding(tmp_path, claims):
        """It is free again."""


@pytest.mark.parametrize(
    "other",
    [
        claims_of(SECOND, Path("Q2")),
        claims_of(Period(year=2024, quarter=3), Path("2024/Q3")),
        claims_of(THIRD, Path("Q3-public"), public=True),
        (RELEASE,),
    ],
    ids=["quarter", "year", "public", "release"],
)
def test_other_packs_are_not_kept_waiting(tmp_path: Path, other: tuple[Claim, ...]) -> None:
    with (
        held_elsewhere(tmp_path, *claims_of(THIRD, Path("Q3"))),
        holding(tmp_path, other),
        pytest.raises(Busy),
        holding(tmp_path, claims_of(THIRD, Path("elsewhere"))),
    ):
        pass


@pytest.mark.parametrize("name", ["Q3", "link", "Q2/../Q3"])
def test_two_packs_are_not_put_in_one_folder_at_once(tmp_path: Path, name: str) -> None:
    """Whatever the folder is called: it would hold files of both."""
    (tmp_path / "Q2").mkdir()
    (tmp_path / "Q3").mkdir()
    (tmp_path / "link").symlink_to("Q3")
    with (
        held_elsewhere(tmp_path, *claims_of(THIRD, tmp_path / "Q3")),
        pytest.raises(Busy, match="另一个过程正在写入成果目录"),
        holding(tmp_path, claims_of(SECOND, tmp_path / name)),
    ):
        pass


def test_a_refused_run_holds_nothing(tmp_path: Path) -> None:
    """What it had got before it was refused is free for the next."""
    with held_elsewhere(tmp_path, *claims_of(SECOND, tmp_path / "one")):
        with pytest.raises(Busy), holding(tmp_path, claims_of(THIRD, tmp_path / "one")):
            pass
        with holding(tmp_path, claims_of(THIRD, tmp_path / "two")):
            pass


def test_waiting_goes_on_when_it_is_free_and_tells_once(tmp_path: Path) -> None:
    claims, told = claims_of(THIRD, tmp_path / "Q3"), list[str]()
    with held_elsewhere(tmp_path, *claims) as let_go:

        def waiting(words: str) -> None:
            told.append(words)
            let_go()

        with holding(tmp_path, claims, waiting):
            assert told == ["另一个过程正在生成2023年第三季度材料或者为其定版，等它结束后继续。"]
    with holding(tmp_path, claims, told.append):
        assert len(told) == 1, "nothing to wait for, nothing told"


def test_who_is_alone_is_told_so(tmp_path: Path) -> None:
    ours = claims_of(THIRD, tmp_path / "Q3")
    second = claims_of(SECOND, tmp_path / "Q2")
    with holding(tmp_path, ours):
        with held_elsewhere(tmp_path, *second), alone(tmp_path, ours) as is_alone:
            assert not is_alone
        with alone(tmp_path, ours) as is_alone:
            assert is_alone, "that the other is over is seen, though its lock's file stands"


def test_nobody_begins_while_one_who_is_alone_tidies_up(tmp_path: Path) -> None:
    """Nor is anybody refused for it: they come when it is done."""
    order: list[str] = []
    begun = threading.Event()

    def begin() -> None:
        begun.set()
        with holding(tmp_path, claims_of(SECOND, tmp_path / "Q2")):
            order.append("begun")

    thread = threading.Thread(target=begin)
    with alone(tmp_path, ()):
        thread.start()
        assert begun.wait(PATIENCE)
        order.append("tidied")
    thread.join(PATIENCE)
    assert order == ["tidied", "begun"]


def test_two_quarters_are_published_at_once(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One within the other: both stand, and the year's tables are as of one after the other."""
    for unit in (UNIT, OTHER):
        path = project.root / f"data/2023/status/Q2/{unit}.txt"
        path.write_text("召开协调会2次。", encoding="utf-8")
    within: list[Outcome] = []

    def work(job: Job) -> Made:
        if job.report_id == f"unit/{UNIT}" and "三" in job.period_label:
            with monkeypatch.context() as patch:
                patch.setattr("reporting.publish.pool.make.local_pool", inline_pool(project.work))
                within.append(project.publish(quarter=2))
        return project.work(job)

    monkeypatch.setattr("reporting.publish.pool.make.local_pool", inline_pool(work))
    without = project.publish()
    assert [(len(one.made), one.failures) for one in (*within, without)] == [(5, ()), (5, ())]
    year = project.root / "outputs/2023/data"
    tables = {path.name: path.read_bytes() for path in year.iterdir()}
    shutil.rmtree(year)
    again = [project.publish(quarter=quarter) for quarter in (2, 3)]
    assert [one.made for one in again] == [(), ()]
    assert {path.name: path.read_bytes() for path in year.iterdir()} == tables


def test_the_year_is_joined_while_no_pack_changes(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a quarter whose files are half in place would be left out, and told of."""
    seen: list[str] = []

    def watched(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def watch(*given: object) -> object:
            with pytest.raises(Timeout):
                FileLock(project.root / STATE / "locks/year-2023").acquire(timeout=0)
            seen.append(name)
            return step(*given)

        return watch

    monkeypatch.setattr(run, "assemble", watched("assemble", assemble))
    monkeypatch.setattr(run, "publish_year", watched("year", publish_year))
    project.publish()
    assert seen == ["assemble", "year"]


@pytest.mark.parametrize("others", [True, False])
def test_the_store_is_pruned_by_one_who_is_alone(
    project: Project, monkeypatch: pytest.MonkeyPatch, others: bool
) -> None:
    """What another has put and not yet recorded would be taken for what nobody needs."""
    pruned: list[Path] = []
    monkeypatch.setattr(Store, "prune", lambda store: pruned.append(store.folder))
    second = claims_of(SECOND, project.root / "outputs/2023/Q2")
    with held_elsewhere(project.root / STATE, *second) if others else nullcontext():
        project.publish()
    assert len(pruned) == (0 if others else 1)


def test_looking_needs_no_lock(project: Project) -> None:
    with held_elsewhere(project.root / STATE, *claims_of(THIRD, project.pack)):
        assert len(project.publish(dry_run=True).made) == 5
        with pytest.raises(Busy):
            project.publish()


def test_two_that_write_one_file_at_once_leave_it_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second comes and goes while the first is between writing and renaming."""
    path, replace = tmp_path / "one.json", Path.replace

    def interrupted(part: Path, target: Path) -> Path:
        monkeypatch.setattr(Path, "replace", replace)
        write_whole(path, b"second")
        assert path.read_bytes() == b"second"
        return replace(part, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    write_whole(path, b"first")
    assert path.read_bytes() == b"first"
    assert [one.name for one in tmp_path.iterdir()] == ["one.json"]


def test_hashes_of_two_runs_are_both_remembered(tmp_path: Path) -> None:
    """The one that ends later does not forget what the other learned."""
    memory = tmp_path / "hashes.json"
    files = [tmp_path / name for name in "ab"]
    for path in files:
        path.write_bytes(path.name.encode())
    runs = [FileHashes(memory), FileHashes(memory)]
    for own, path in zip(runs, files, strict=True):
        # As if looked at long after it was written.
        own._used[os.path.abspath(path)] = [*_facts(path), path.name]  # noqa: PTH100
        own.save()
    assert [FileHashes(memory).of(path) for path in files] == ["a", "b"]


def _facts(path: Path) -> list[int]:
    told = path.stat()
    return [told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino]


def test_a_short_lock_is_no_run(tmp_path: Path) -> None:
    """What two packs share for a moment keeps nobody from being alone."""
    with shared(tmp_path, "year-2023"), alone(tmp_path, ()) as is_alone:
        assert is_alone
