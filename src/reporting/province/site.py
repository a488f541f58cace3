"""The front page of a province's report."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from reporting.assess.province.values import Province
from reporting.province.tables import ANNEX
from reporting.publish.manifest import Standing
from reporting.publish.pack.index import Index, IndexEntry, IndexFile, IndexGroup, render_index

_LABELS = {"html": "网页", "pdf": "PDF", "docx": "Word", "ipynb": "底稿"}
_DATA = {
    ANNEX: "附表（Excel，全部数据）",
    "data/offices.csv": "核定结果和所用版本",
    "data/late_tasks.csv": "滞后任务",
    "data/notes.csv": "未计入和说明",
}


def index_page(
    province: Province, standings: Sequence[Standing], data: Sequence[str], own: Sequence[Path]
) -> bytes:
    """Make the front page: the report in its formats, and the tables."""
    head = province.masthead
    reports = tuple(_report(standing, province) for standing in standings)
    return render_index(
        Index(
            title=head.title, issuing_office=head.issuing_office,
            period_label=f"{province.period.label}（{province.extent}）",
            publish_date=head.publish_date, is_sample=province.is_sample,
            groups=(
                IndexGroup(title="汇总", entries=reports),
                IndexGroup(title="数据", entries=tuple(_tables(data))),
            ),
        ),
        own=own,
    )  # fmt: skip


def _report(standing: Standing, province: Province) -> IndexEntry:
    files = [(path.rpartition(".")[2], path) for path in standing.artifacts]
    files.sort(key=lambda file: list(_LABELS).index(file[0]))
    return IndexEntry(
        name=province.title, missing=standing.error,
        files=tuple(IndexFile(label=_LABELS[suffix], path=path) for suffix, path in files),
    )  # fmt: skip


def _tables(data: Sequence[str]) -> Iterator[IndexEntry]:
    for path in sorted(data, key=list(_DATA).index):
        label = path.rpartition(".")[2].upper()
        yield IndexEntry(name=_DATA[path], files=(IndexFile(label=label, path=path),))
