"""Check a year's parameters, and all that they name: files, notebooks, tasks, units."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from reporting.assess.amending.amend import expect_changes_stand
from reporting.assess.public.withheld import withheld_from
from reporting.documents.overriding.files import own_files
from reporting.errors import FaultsFound, ReportingError
from reporting.plan.fit.changes import unfit
from reporting.plan.read import read_plan
from reporting.plan.values import Plan
from reporting.project.checking.faults import Fault, nearest, sentences
from reporting.project.checking.faults import Path as Place
from reporting.project.checking.source import decoded
from reporting.project.entries import line_of
from reporting.project.params import Params, read_params
from reporting.project.register import read_register
from reporting.project.reports import ALWAYS, OF_EVERY_PACK, all_reports
from reporting.project.workdays import calendar_notes
from reporting.publish.keys.declared import wrong_inputs
from reporting.publish.keys.notebooks import expect_notebooks, missing, undeclared


class Checked(NamedTuple):
    """Parameters that can be used, the plan that they lead to, and what may be odd."""

    params: Params
    plan: Plan
    notes: tuple[str, ...]


def check_params(root: Path, year: int) -> Checked:
    """Read a year's parameters with all that they name.

    Raises
    ------
    UsageError
        There is no such file.
    FaultsFound
        Something is wrong: every fault of the file and its notebooks, and of what it names.
    """
    try:
        params = read_params(root, year)
    except FaultsFound as found:
        raise FaultsFound([*found.faults, *_wrong_notebooks(root, None)]) from None
    text = decoded((root / "params" / f"{year}.yml").read_bytes(), f"params/{year}.yml")
    named = [
        Fault(said=said.removesuffix("。"), path=path, line=line_of(text, path) or 0)
        for path, said in _wrong_places(root, params)
    ]
    plan, wrong = _planned(root, params, text)
    wrong = [*wrong, *_wrong_templates(root)]
    faults = [*sentences(named, f"params/{year}.yml"), *_wrong_notebooks(root, params), *wrong]
    if faults or plan is None:
        raise FaultsFound(list(dict.fromkeys(faults)))
    notes = (*calendar_notes(params), *_other_names(plan, params), *_notes(root, params))
    return Checked(params, plan, notes)


def _notes(root: Path, params: Params) -> Iterator[str]:
    yield from (f"说明：{said}" for said in undeclared(root, params))


# --- files --------------------------------------------------------------------------------------


def _wrong_places(root: Path, params: Params) -> Iterator[tuple[Place, str]]:
    """Say which files and folders are not there."""
    if not (root / params.table).is_file():
        yield ("table",), f"应有任务分解表“{params.table}”，实际没有这个文件{_beside(root, params)}"
    if not (root / params.status).is_dir():
        yield ("status",), f"应有报送表文件夹“{params.status}”，实际没有"
    for at, one in enumerate(params.reports):
        if not (root / one.notebook).is_file():
            yield ("reports", at, "notebook"), missing(root / one.notebook, one.notebook)
    yield from wrong_inputs(root, params)


def _beside(root: Path, params: Params) -> str:
    """Name the file that a table's name may be meant for."""
    folder = (root / params.table).parent
    names = [path.name for path in folder.glob("*") if path.is_file()] if folder.is_dir() else []
    return nearest(Path(params.table).name, sorted(names))


def _wrong_notebooks(root: Path, params: Params | None) -> Iterator[str]:
    """Say which notebooks are missing or cannot be run; of every pack's where nothing is known."""
    declared = OF_EVERY_PACK if params is None else all_reports(params.reports)
    always = [name for name in ALWAYS if not (root / name).is_file()]
    yield from (missing(root / name, name) for name in always)
    there = {*ALWAYS, *(one.notebook for one in declared)}
    contents = {name: (root / name).read_bytes() for name in there if (root / name).is_file()}
    try:
        expect_notebooks(contents, declared)
    except FaultsFound as found:
        yield from found.faults


def _wrong_templates(root: Path) -> Sequence[str]:
    try:
        own_files(root)
    except FaultsFound as found:
        return found.faults
    return ()


# --- the table ----------------------------------------------------------------------------------


def _planned(root: Path, params: Params, text: str) -> tuple[Plan | None, Sequence[str]]:
    """Read the plan, and say what of the parameters does not fit it."""
    if not (root / params.table).is_file():
        return None, ()
    try:
        plan = read_plan(root, params)
    except ReportingError as error:
        return None, [*_unplanned(root, params, text, error)]
    return plan, [*_unfit(root, params, plan, text)]


def _unplanned(root: Path, params: Params, text: str, error: ReportingError) -> Iterator[str]:
    """Say why there is no plan: each correction and change that fits nothing, or the one fault."""
    bare = params.model_copy(update={"corrections": (), "changes": ()})
    try:
        plan = read_plan(root, bare)
    except ReportingError as other:
        yield from other.sentences
        return
    found = [*_unknown_tasks(params, plan, text)]
    register = {one.task_id for one in read_register(root, params.year) or ()}
    yield from found
    yield from (changes := [*unfit(plan, params.changes, register)])
    if not found and not changes:
        yield from error.sentences


def _unknown_tasks(params: Params, plan: Plan, text: str) -> Iterator[str]:
    """Name the corrections of tasks that the table has not."""
    known = [task.task_id for task in plan.tasks]
    faults = []
    for at, one in enumerate(params.corrections):
        if one.task_id not in known:
            path: Place = ("corrections", at, "task_id")
            said = f"任务应在 {known[-1]} 以内，实为“{one.task_id}”，没有该任务"
            faults.append(Fault(said=said, path=path, line=line_of(text, path) or 0))
    yield from sentences(faults, f"params/{params.year}.yml")


def _unfit(root: Path, params: Params, plan: Plan, text: str) -> Iterator[str]:
    """Say what fits the file and not the plan: changes before editions, names of nobody."""
    for expect in (
        lambda: expect_changes_stand(root, params),
        lambda: withheld_from(plan, params.public.withhold, params.public.words),
    ):
        try:
            expect()
        except ReportingError as error:
            yield from error.sentences
    known = _units(plan, params)
    faults = []
    for name in params.recipients:
        if name not in known:
            said = f"应为任务表中的单位，没有“{name}”{nearest(name, known)}"
            path: Place = ("recipients", name)
            faults.append(Fault(said=said, path=path, line=line_of(text, path) or 0))
    yield from sentences(faults, f"params/{params.year}.yml")


def _units(plan: Plan, params: Params) -> list[str]:
    """Name the units of the plan, and those that changes bring."""
    came = (name for change in params.changes for name in change.parties)
    return list(dict.fromkeys([*(unit.name for unit in plan.units), *came]))


def _other_names(plan: Plan, params: Params) -> Iterator[str]:
    """Name the aliases of units that the table has not, as one of last year may be."""
    known = _units(plan, params)
    for other, name in params.aliases.items():
        if name not in known:
            yield (
                f"说明：params/{params.year}.yml 的 aliases 中“{other}”的规范名称“{name}”"
                f"不在任务表中{nearest(name, known)}，请核对。"
            )
