"""Which reports a run makes, which it reuses, and why: decided before anything is executed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from reporting.assess.values import Assessment, Subject
from reporting.errors import PublishError
from reporting.project.notebooks import NOTEBOOKS, notebook_hash
from reporting.project.params import Params
from reporting.publish.keys.hashes import FileHashes
from reporting.publish.keys.keys import (
    AGAIN,
    FORCED,
    UNCHANGED,
    Parts,
    artifact_key,
    key_of,
    parts_of,
    read_notebooks,
    why,
)
from reporting.publish.keys.program import Program, read_program
from reporting.publish.keys.reach import ReachedCode
from reporting.publish.keys.slices import Slices
from reporting.publish.keys.store import Store
from reporting.publish.options import Options
from reporting.publish.pack.manifest import Pack
from reporting.publish.reports import Entry, Report, artifacts_of, select
from reporting.publish.survey import Survey, forget_survey, take_survey

STATE = ".reporting"
"""The folder of store, logs, lock and failed notebooks, at the project's root."""

ARTIFACT, LAST, CHECKED = "artifact", "last", "checked"
"""Kinds of records in the store."""


@dataclass(frozen=True)
class Workshop:
    """Everything a run works with; ``options`` are complete."""

    root: Path
    options: Options
    params: Params
    hashes: FileHashes
    store: Store
    pack: Pack

    @property
    def period(self) -> str:
        """The key of the quarter's records."""
        return f"{self.options.year}Q{self.options.quarter}"


@dataclass(frozen=True)
class Resolved:
    """The complete list of a run's reports, and what they are made from.

    ``parts`` are those of every report of the pack, wanted now or not; ``pack_code`` is the hash
    of the code that makes the pack's own files.
    """

    shop: Workshop
    program: Program
    pack_code: str
    survey: Survey
    notebooks: Mapping[str, bytes]
    parts: Mapping[str, Parts]
    reports: tuple[Report, ...]

    @cached_property
    def city(self) -> Assessment:
        """The city's assessment, read back from the store."""
        return _assessment(self.shop.store, self.survey.city_sha256)

    @property
    def to_make(self) -> tuple[Report, ...]:
        """The reports that are not reused."""
        return tuple(report for report in self.reports if not report.reused)


def resolve(shop: Workshop, *, reading: Callable[[], None] = lambda: None) -> Resolved:
    """Resolve the whole list.

    Parameters
    ----------
    reading : callable, optional
        Is called when inputs have to be read afresh; there will be reports to make, then.

    Raises
    ------
    UsageError
        There is nothing to read, or a unit, a leader or a notebook is unknown.
    """
    program = read_program(shop.root, shop.params.fonts, shop.hashes)
    code = ReachedCode(shop.hashes, shop.store)
    resolved = _resolve(shop, program, code, reading)
    if resolved.to_make and not _slices_kept(resolved):
        # The store has lost what the survey names: it is taken again.
        forget_survey(shop.store, resolved.survey)
        resolved = _resolve(shop, program, code, reading)
    return resolved


def _slices_kept(resolved: Resolved) -> bool:
    needed = [resolved.survey.city_sha256, *(r.parts["slice"] for r in resolved.to_make)]
    return all(resolved.shop.store.get(name) is not None for name in needed)


def _resolve(
    shop: Workshop, program: Program, code: ReachedCode, reading: Callable[[], None]
) -> Resolved:
    slices = Slices(shop.store)
    survey = take_survey(
        shop.root, shop.params, shop.options.quarter, program, code.reading(),
        hashes=shop.hashes, store=shop.store, slices=slices, reading=reading,
    )  # fmt: skip
    notebooks = read_notebooks(shop.root, NOTEBOOKS)
    parts = _parts(shop, survey, notebooks, program, code)
    wanted = select(survey.entries, _wanted(shop, survey), everything=shop.options.everything)
    last = shop.store.record(LAST, shop.period) or {}
    reports = tuple(
        _report(shop, e, parts[e.report_id], last.get(e.report_id), slices, code) for e in wanted
    )
    return Resolved(shop, program, code.pack(), survey, notebooks, parts, reports)


def _parts(
    shop: Workshop,
    survey: Survey,
    notebooks: Mapping[str, bytes],
    program: Program,
    code: ReachedCode,
) -> dict[str, Parts]:
    """Hash what each report of the pack depends on."""
    sources = {kind: notebook_hash(notebooks[kind], name) for kind, name in NOTEBOOKS.items()}
    faces = code.faces(shop.options.renderer)
    reached = {kind: {**faces, "code": code.execution(notebooks[kind])} for kind in NOTEBOOKS}
    renderer = _renderer(shop.options.renderer)
    return {
        entry.report_id: parts_of(
            sources[entry.kind], entry.parameters, entry.slice_sha256, reached[entry.kind],
            program, renderer,
        )
        for entry in survey.entries
    }  # fmt: skip


def _renderer(name: str) -> str:
    """Name the renderer with its version where that is not locked.

    Raises
    ------
    UsageError
        Quarto is wanted and there is none.
    """
    if name != "quarto":
        return name
    from reporting.documents.quarto.command import find_quarto, quarto_version

    return f"quarto {'.'.join(map(str, quarto_version(find_quarto())))}"


def _wanted(shop: Workshop, survey: Survey) -> list[Subject]:
    """Find the subjects asked for, by any of their names."""
    if shop.options.everything:
        return []
    from reporting.notebook import subject_of

    city = _assessment(shop.store, survey.city_sha256)
    return [
        *(subject_of(city, unit=name) for name in shop.options.units),
        *(subject_of(city, leader=name) for name in shop.options.leaders),
    ]


def _report(
    shop: Workshop,
    entry: Entry,
    parts: Parts,
    last: Mapping[str, str] | None,
    slices: Slices,
    code: ReachedCode,
) -> Report:
    artifacts = artifacts_of(entry, shop.options.formats)
    missing = tuple(artifacts) if shop.options.force else _missing(shop, parts, artifacts)
    if shop.options.force:
        reason = FORCED
    elif not missing:
        reason = UNCHANGED
    else:
        differing = why(
            parts, last, missing,
            slices=lambda old, new: differing_facts(slices, old, new), code=code.differing,
        )  # fmt: skip
        some = len(missing) < len(artifacts)
        reason = differing or (f"补充格式：{'、'.join(missing)}" if some else AGAIN)
    return Report(
        report_id=entry.report_id,
        kind=entry.kind,
        name=entry.name,
        notebook=NOTEBOOKS[entry.kind],
        parameters=entry.parameters,
        assets=entry.assets,
        artifacts=tuple(artifacts.values()),
        key=key_of(parts),
        reason=reason,
        parts=parts,
        reused=not missing,
        missing=missing,
    )


def _missing(shop: Workshop, parts: Parts, artifacts: Mapping[str, str]) -> tuple[str, ...]:
    """Name the formats that neither the pack nor the store holds under their keys."""
    return tuple(
        suffix
        for suffix, path in artifacts.items()
        if (made := made_before(shop.store, parts, suffix)) is None
        or not (shop.pack.hash_of(path) == made[1] or shop.store.get(made[1]))
    )


def made_before(store: Store, parts: Mapping[str, str], suffix: str) -> tuple[int, str] | None:
    """Return size and hash of what was made of the same parts; None when nothing was."""
    known = store.record(ARTIFACT, artifact_key(parts, suffix))
    return None if known is None else (int(known[0]), str(known[1]))


def differing_facts(slices: Slices, old: str, new: str, limit: int = 3) -> str | None:
    """Name the facts that differ between two slices; None when the old one is gone."""
    before, after = slices.get(old), slices.get(new)
    if before is None or after is None:
        return None
    from reporting.assess.changes import facts, outward

    changes = (*facts(before, after), *outward(before, after))
    names = list(dict.fromkeys(_fact(c.unit, c.task_id, c.quarter, c.field) for c in changes))
    more = f"等{len(names)}处" if len(names) > limit else ""
    return "，".join(names[:limit]) + more if names else None


def _fact(unit: str, task_id: str, quarter: int | None, field: str) -> str:
    task = f"任务{int(task_id.rpartition('-')[2])}" if task_id else ""
    when = f"第{quarter}季度" if quarter else ""
    return " ".join(filter(None, (unit, when, task, field)))


def _assessment(store: Store, name: str) -> Assessment:
    data = store.get(name)
    if data is None:
        raise PublishError("暂存的数据已损坏，请加 --force 重新运行。")
    return Assessment.model_validate_json(data)
