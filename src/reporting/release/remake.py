"""Publish an edition again from a project folder that holds its inputs."""

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from reporting.assess.values import SubjectKind
from reporting.errors import PublishError
from reporting.publish.manifest import Standing
from reporting.publish.options import Options
from reporting.publish.run import publish
from reporting.release.prove import Remake
from reporting.release.record import EditionRecord


def remaker(jobs: int = 0) -> Remake:
    """Return what publishes a record's pack again, with that many reports at once."""

    def remake(root: Path, record: EditionRecord) -> Path:
        folder = root
        for options in _runs(record, jobs):
            outcome = publish(root, options)
            if outcome.failures:
                first = outcome.failures[0]
                raise PublishError(f"{first.report_id}：{first.error}")
            folder = outcome.folder
        return folder

    return remake


def _runs(record: EditionRecord, jobs: int) -> Iterator[Options]:
    """Give the run that makes the whole pack, then one a group that was made in more formats."""
    reports = record.manifest.reports
    made = [_formats(report) for report in reports]
    common = frozenset.intersection(*made)
    annex = ("xlsx",) if "xlsx" in record.manifest.formats else ()
    base = Options(
        year=record.period.year, quarter=record.period.quarter, jobs=jobs,
        formats=(*sorted(common), *annex), renderer=record.manifest.renderer,
    )  # fmt: skip
    yield base
    for formats in sorted(set(made) - {common}, key=sorted):
        chosen = [r for r, own in zip(reports, made, strict=True) if own == formats]
        yield base.model_copy(
            update={
                "formats": tuple(sorted(formats)),
                "units": _names(chosen, SubjectKind.UNIT),
                "leaders": _names(chosen, SubjectKind.LEADER),
            }
        )


def _formats(report: Standing) -> frozenset[str]:
    suffixes = {PurePosixPath(path).suffix.lstrip(".") for path in report.artifacts}
    return frozenset(suffixes - {"ipynb"})


def _names(reports: Sequence[Standing], kind: SubjectKind) -> tuple[str, ...]:
    return tuple(report.name for report in reports if report.kind == kind)
