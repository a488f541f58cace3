"""Publish an edition again from a project folder that holds its inputs."""

from pathlib import Path

from reporting.errors import PublishError
from reporting.publish.options import Options
from reporting.publish.run import publish
from reporting.release.prove import Remake
from reporting.release.record import EditionRecord


def remaker(jobs: int = 0) -> Remake:
    """Return what publishes a record's pack again, with that many reports at once."""

    def remake(root: Path, record: EditionRecord) -> Path:
        options = Options(
            year=record.period.year,
            quarter=record.period.quarter,
            formats=tuple(record.manifest["formats"]),
            renderer=record.manifest["renderer"],
            jobs=jobs,
        )
        outcome = publish(root, options)
        if outcome.failures:
            first = outcome.failures[0]
            raise PublishError(f"{first.report_id}：{first.error}")
        return outcome.folder

    return remake
