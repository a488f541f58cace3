"""All the sources of a report, for `show.sources`."""

from collections.abc import Iterator

from reporting.assess.outlook import Outlook, outlooks
from reporting.assess.values import Assessment, ReturnStatus
from reporting.documents.exhibit import Exhibit
from reporting.documents.sources.values import Source, SourceFile, Sources
from reporting.exhibits.building import exhibit
from reporting.exhibits.facts import is_silent
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.sources.tasks import supported_source, task_source
from reporting.exhibits.sources.whole import whole_sources
from reporting.periods import full_date, quarter_label


@in_labels
def sources(assessment: Assessment) -> Exhibit:
    """Name what the figures of the report rest on, down to the cells of table and returns.

    A page opens it beside each figure; PDF and Word list it where this stands. Without it a
    report says nothing of where its figures come from.
    """
    return exhibit(
        Sources(
            files=tuple(_files(assessment)),
            sources=tuple(_sources(assessment)),
            # The one page of a unit that sent nothing stays one page.
            listed=not is_silent(assessment),
        )
    )


def _files(assessment: Assessment) -> Iterator[SourceFile]:
    for status in assessment.return_status:
        if status.file:
            yield SourceFile(name=status.file, sha256=status.sha256, arrived=_arrived(status))


def _arrived(status: ReturnStatus) -> str:
    words = f"{quarter_label((status.quarter,))}第{status.round}次报送，{status.state}"
    return f"{words}（{full_date(status.day)}）" if status.day else words


def _sources(assessment: Assessment) -> Iterator[Source]:
    year_ends: dict[str, list[Outlook]] = {}
    for one in outlooks(assessment):
        year_ends.setdefault(one.series.task_id, []).append(one)
    for task in assessment.plan.tasks:
        yield task_source(assessment, task, year_ends.get(task.task_id, ()))
    for supported in assessment.supported:
        yield supported_source(supported)
    yield from whole_sources(assessment)
