"""Which reports a run makes, which it reuses, and why: decided before anything is executed."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from reporting.assess.values import Subject
from reporting.errors import UsageError
from reporting.project.reports import (
    LEADER,
    PUBLIC_NOTEBOOK,
    UNIT,
    all_reports,
    notebook_hash,
    notebook_stem,
)
from reporting.publish.keys.declared import (
    Declared,
    declared_files,
    hash_declared,
)
from reporting.publish.keys.keys import (
    AGAIN,
    FORCED,
    UNCHANGED,
    Parts,
    key_of,
    parts_of,
    why,
)
from reporting.publish.keys.notebooks import expect_notebooks, read_notebooks
from reporting.publish.keys.program import Program, read_program
from reporting.publish.keys.reach import ReachedCode
from reporting.publish.keys.slices import Slices
from reporting.publish.reports import Entry, Report, artifacts_of, select
from reporting.publish.survey import Survey, forget_survey, take_survey
from reporting.publish.values import LAST, Resolved, Run, made_before, read_assessment
from reporting.system.own_templates import own_among

if TYPE_CHECKING:
    from reporting.assess.values import Change


def resolve(run: Run, *, before_reading: Callable[[], None] = lambda: None) -> Resolved:
    """Resolve the whole list.

    Parameters
    ----------
    before_reading : callable, optional
        Is called when inputs have to be read afresh; there will be reports to make, then.

    Raises
    ------
    UsageError
        There is nothing to read, a unit, a leader or a notebook is unknown, or a notebook cannot
        be run as it is declared.
    """
    program = read_program(run.root, run.params.fonts, run.hashes)
    code = ReachedCode(run.hashes, run.store)
    resolved = _resolve(run, program, code, before_reading)
    if resolved.to_make and not _slices_kept(resolved):
        # The store has lost what the survey names: it is taken again.
        forget_survey(run.store, resolved.survey)
        resolved = _resolve(run, program, code, before_reading)
    return resolved


def _slices_kept(resolved: Resolved) -> bool:
    needed = [resolved.survey.city_sha256, *(r.parts["slice"] for r in resolved.to_make)]
    return all(resolved.run.store.get(name) is not None for name in needed)


def _resolve(
    run: Run, program: Program, code: ReachedCode, before_reading: Callable[[], None]
) -> Resolved:
    notebooks = read_notebooks(run.root, _names(run))
    expect_notebooks(notebooks, all_reports(run.params.reports))
    slices = run.session.slices(run.store)
    survey = take_survey(
        run.root, run.params, run.options.quarter, program, code.reading(),
        hashes=run.hashes, store=run.store, slices=slices, before_reading=before_reading,
    )  # fmt: skip
    if run.options.is_public:
        from reporting.publish.pack.public import public_survey

        survey = public_survey(survey, run.params, run.store, slices)
    declared = {
        stem: hash_declared(files, run.root, run.hashes)
        for stem, files in declared_files(run.root, run.params).items()
    }
    parts = parts_by_id(run, survey, notebooks, declared, program, code)
    wanted = select(
        survey.entries, _wanted(run, survey), run.options.reports, run.options.each,
        everything=run.options.everything,
    )  # fmt: skip
    last = run.store.record(LAST, run.period) or {}
    reports = tuple(
        report_of(run, e, parts[e.report_id], last.get(e.report_id), slices, code) for e in wanted
    )
    return Resolved(run, program, code.pack(), survey, notebooks, parts, reports, declared)


def _names(run: Run) -> list[str]:
    """Name the notebooks of the pack, whether or not any report is made of them now."""
    if run.options.is_public:
        return [PUBLIC_NOTEBOOK]
    return [declaration.notebook for declaration in all_reports(run.params.reports)]


def parts_by_id(
    run: Run,
    survey: Survey,
    notebooks: Mapping[str, bytes],
    declared: Mapping[str, Declared],
    program: Program,
    code: ReachedCode,
) -> dict[str, Parts]:
    """Hash what each report of the pack depends on."""
    sources = {name: notebook_hash(content, name) for name, content in notebooks.items()}
    faces = code.faces(run.options.renderer, _templates(run, survey))
    reached = {name: {**faces, "code": code.execution(notebooks[name])} for name in notebooks}
    read = {name: declared.get(notebook_stem(name), {}) for name in notebooks}
    renderer = _renderer(run.options.renderer)
    return {
        entry.report_id: parts_of(
            sources[entry.notebook], entry.parameters, entry.slice_sha256, read[entry.notebook],
            reached[entry.notebook], program, renderer,
        )
        for entry in survey.entries
    }  # fmt: skip


def _templates(run: Run, survey: Survey) -> Declared:
    """Give the hashes of the project's own templates, by path.

    Raises
    ------
    UsageError
        There are some, and Quarto is wanted, which takes none of them.
    """
    own = own_among({item.path: item.sha256 for item in survey.inputs})
    if own and run.options.renderer == "quarto":
        raise UsageError(
            f"Quarto 排版不用项目的模板，应为没有 templates 文件夹的项目，实有 {'、'.join(own)}。"
        )
    return own


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


def _wanted(run: Run, survey: Survey) -> list[Subject]:
    """Find the subjects asked for, by any of their names."""
    if not (run.options.units or run.options.leaders):
        return []
    from reporting.assess.subjects.named import subject_by

    city = read_assessment(run.store, survey.city_sha256)
    return [
        *(subject_by(city, UNIT, name) for name in run.options.units),
        *(subject_by(city, LEADER, name) for name in run.options.leaders),
    ]


def report_of(
    run: Run,
    entry: Entry,
    parts: Parts,
    last: Mapping[str, str] | None,
    slices: Slices,
    code: ReachedCode,
) -> Report:
    """Say of a report whether it is made, and why, or reused."""
    artifacts = artifacts_of(entry, run.formats_of(entry))
    missing = tuple(artifacts) if run.options.force else _missing(run, parts, artifacts)
    if run.options.force:
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
        subject=entry.subject,
        notebook=entry.notebook,
        parameters=entry.parameters,
        assets=entry.assets,
        artifacts=tuple(artifacts.values()),
        key=key_of(parts),
        reason=reason,
        parts=parts,
        reused=not missing,
        missing=missing,
    )


def _missing(run: Run, parts: Parts, artifacts: Mapping[str, str]) -> tuple[str, ...]:
    """Name the formats that neither the pack nor the store holds under their keys."""
    return tuple(
        suffix
        for suffix, path in artifacts.items()
        if (made := made_before(run.store, parts, suffix)) is None
        or not (run.pack.hash_of(path) == made[1] or run.store.get(made[1]))
    )


def differing_facts(slices: Slices, old: str, new: str, limit: int = 3) -> str | None:
    """Name the facts that differ between two slices; None when the old one is gone."""
    before, after = slices.get(old), slices.get(new)
    if before is None or after is None:
        return None
    from reporting.assess.editions.facts import facts
    from reporting.assess.editions.make import task_labels
    from reporting.assess.editions.of_returns import outward

    changes = (*facts(before, after), *outward(before, after))
    labels = task_labels(before, after)
    names = list(dict.fromkeys(_fact(c, labels.get(c.task_id, "")) for c in changes))
    more = f"等{len(names)}处" if len(names) > limit else ""
    return "，".join(names[:limit]) + more if names else None


def _fact(change: "Change", label: str) -> str:
    when = f"第{change.quarter}季度" if change.quarter else ""
    from reporting.assess.values import task_words

    task = task_words(change.task_id, label)
    return " ".join(filter(None, (change.unit, when, task, change.field)))
