"""Publish an edition again from a project folder that holds its inputs.

``python -m reporting.release.remake PROJECT RECORD JOBS`` does it for a program of another day,
which knows nothing of this one but this command: it writes where in the project the pack is as
its last line, or one sentence on standard error and an exit code.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from reporting.errors import PublishError, ReportingError
from reporting.publish.manifest import formats_made
from reporting.publish.options import Options
from reporting.publish.run import publish
from reporting.release.prove import Remake
from reporting.release.record import EditionRecord, read_record


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
    """Give the run that makes the whole pack, then one a group that was made in other formats."""
    reports = record.manifest.reports
    made = {report.report_id: formats_made(report) for report in reports}
    common = frozenset.intersection(*made.values()) or _most_usual(made)
    annex = ("xlsx",) if "xlsx" in record.manifest.formats else ()
    base = Options(
        year=record.period.year, quarter=record.period.quarter, jobs=jobs,
        formats=(*sorted(common), *annex), renderer=record.manifest.renderer,
    )  # fmt: skip
    yield base
    for formats in sorted(set(made.values()) - {common}, key=sorted):
        chosen = tuple(name for name, own in made.items() if own == formats)
        yield base.model_copy(update={"formats": tuple(sorted(formats)), "reports": chosen})


def _most_usual(made: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Give the formats that most reports were made in, where none is common to all."""
    return Counter(made.values()).most_common(1)[0][0]


def main(arguments: Sequence[str]) -> int:
    """Make the pack again that a record tells of."""
    project, told, jobs = arguments
    root = Path(project)
    try:
        record = read_record(Path(told).read_bytes(), told)
        print(remaker(int(jobs))(root, record).relative_to(root).as_posix())
    except ReportingError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
