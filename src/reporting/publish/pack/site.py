"""The pack's own files: tables, annex, and the front page."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from reporting.assess.rollups import RollUp, by_leader, by_unit, by_value
from reporting.assess.values import Assessment, ReturnState, SubjectKind
from reporting.publish.manifest import Standing
from reporting.publish.survey import Survey

_TITLES = {SubjectKind.LEADER: "责任领导", SubjectKind.UNIT: "牵头单位"}
_LABELS = {"html": "网页", "pdf": "PDF", "docx": "Word", "pptx": "幻灯片", "ipynb": "底稿"}
_DATA_LABELS = {
    "annex.xlsx": "附表（Excel，全部数据）",
    "tasks.csv": "任务核定结果",
    "milestones.csv": "季度事项核定结果",
    "targets.csv": "量化指标计划与实际",
    "units.csv": "各单位报送情况",
    "findings.csv": "数据说明",
    "extra.csv": "报送表另加的列",
    "datapackage.json": "数据字典（Frictionless）",
    "seal.json": "封签（各表的校验码）",
}


_GLANCE = {"at_a_glance.html": "网页", "at_a_glance.png": "图片"}
"""The files of the page at a glance, and what each is."""


def in_order(paths: Collection[str]) -> tuple[str, ...]:
    """Sort the files of data as the front page lists them, however they were come by."""
    order = [f"data/{name}" for name in _DATA_LABELS]
    known = [path for path in order if path in set(paths)]
    return (*known, *sorted(set(paths) - set(known)))


def data_files(
    city: Assessment, *, annex: bool, fonts: Mapping[str, Sequence[str]], own: Sequence[Path]
) -> dict[str, bytes]:
    """Make the tables of the pack, by path; in the public's also its page at a glance."""
    from reporting.publish.pack.datapackage import DESCRIPTOR, write_datapackage
    from reporting.publish.pack.seal import FILE
    from reporting.publish.pack.tables import write_tables
    from reporting.publish.pack.xlsx import write_annex

    if _is_public(city):
        return public_files(city, fonts, own)
    tables = write_tables(city)
    files = {**tables, DESCRIPTOR: write_datapackage(city, tables)}
    if city.seal is not None:
        files[FILE] = city.seal.to_bytes()
    if annex:
        files["annex.xlsx"] = write_annex(city)
    return {f"data/{name}": content for name, content in files.items()}


def public_files(
    city: Assessment, fonts: Mapping[str, Sequence[str]], own: Sequence[Path]
) -> dict[str, bytes]:
    """Make the tables of the public's pack and its page at a glance, by path."""
    from reporting.publish.pack.glance import write_glance
    from reporting.publish.pack.public import write_public_tables

    tables = {f"data/{name}": content for name, content in write_public_tables(city).items()}
    return {**tables, **write_glance(city, fonts, own)}


def index_page(
    city: Assessment,
    survey: Survey,
    standings: Sequence[Standing],
    data: Sequence[str],
    own: Sequence[Path],
) -> bytes:
    """Make the front page of what stands in the pack, and what is missing."""
    from reporting.publish.pack.index import Index, IndexGroup, render_index

    keywords = {entry.report_id: entry.keywords for entry in survey.entries}
    groups = [
        IndexGroup(title=title, entries=tuple(_entry(s, keywords[s.report_id], city) for s in of))
        for title, of in _grouped(city, survey, standings)
    ]
    groups.append(IndexGroup(title="一图读懂", entries=tuple(_glance_entries(data))))
    tables = tuple(_data_entry(path) for path in data if path not in _GLANCE)
    groups.append(IndexGroup(title="数据", entries=tables))
    return render_index(
        Index(
            title=survey.title,
            issuing_office=survey.issuing_office,
            period_label=survey.period_label + ("（公开版）" if _is_public(city) else ""),
            publish_date=survey.publish_date,
            is_sample=survey.is_sample,
            groups=tuple(groups),
            tasks=tuple(_tasks(city, standings)),
        ),
        own=own,
    )


def _is_public(city: Assessment) -> bool:
    return city.subject.kind is SubjectKind.PUBLIC


def _titles(city: Assessment) -> dict[SubjectKind, str]:
    if _is_public(city):
        return {SubjectKind.PUBLIC: "公开版"}
    return {SubjectKind.BRIEFING: f"{city.masthead.whole}通报", **_TITLES}


def _grouped(
    city: Assessment, survey: Survey, standings: Sequence[Standing]
) -> Iterator[tuple[str, list[Standing]]]:
    """Give the reports by group: of every pack by their kind, then an office's own.

    An office's own of the whole stand with the briefing.
    """
    titles = _titles(city)
    for kind, title in titles.items():
        of_kind = (s for s in standings if s.kind is kind)
        yield title, [s for s in of_kind if kind.is_whole or not s.report]
    labels = {e.subject.report: e.label for e in survey.entries if not e.subject.kind.is_whole}
    taken = Counter([*titles.values(), *(label for name, label in labels.items() if name)])
    for name, label in labels.items():
        if name:
            title = label if taken[label] == 1 else f"{label}（{name}）"
            yield title, [s for s in standings if s.report == name]


def _entry(standing: Standing, keywords: Sequence[str], city: Assessment) -> object:
    from reporting.publish.pack.index import IndexEntry, IndexFile

    labels = {
        SubjectKind.BRIEFING: f"{standing.name}通报",
        SubjectKind.PUBLIC: f"{standing.name}任务进展情况（公开版）",
    }
    label = labels.get(standing.kind, standing.name)
    if standing.report and standing.kind.is_whole:
        label = standing.title
    files = [(path.rpartition(".")[2], path) for path in standing.artifacts]
    # The page first: it is where the name leads.
    files.sort(key=lambda file: list(_LABELS).index(file[0]))
    return IndexEntry(
        name=label,
        note="数据已更新，本份待重新生成" if standing.state == "outdated" else "",
        files=tuple(IndexFile(label=_LABELS[suffix], path=path) for suffix, path in files),
        missing=standing.error,
        keywords=" ".join(keywords),
        arrival=_arrival(standing, city),
        counts=_counts(standing, city),
    )


def _arrival(standing: Standing, city: Assessment) -> ReturnState | None:
    if standing.kind is not SubjectKind.UNIT:
        return None
    of_quarter = (s for s in city.return_status if s.quarter == city.quarter)
    return next((s.state for s in of_quarter if s.unit == standing.name), None)


def _counts(standing: Standing, city: Assessment) -> RollUp | None:
    if standing.kind is SubjectKind.GROUP:
        groups = by_value(city, standing.column)
    else:
        grouped = {SubjectKind.UNIT: by_unit, SubjectKind.LEADER: by_leader}.get(standing.kind)
        groups = grouped(city) if grouped else ()
    return next((group for group in groups if group.label == standing.name), None)


def _glance_entries(data: Sequence[str]) -> Iterator[object]:
    """Make the entry of the page at a glance, where the pack has one."""
    from reporting.publish.pack.index import IndexEntry, IndexFile

    files = tuple(IndexFile(label=_GLANCE[path], path=path) for path in _GLANCE if path in data)
    if files:
        yield IndexEntry(name="任务进展一图读懂", files=files)


def _data_entry(path: str) -> object:
    from reporting.publish.pack.index import IndexEntry, IndexFile

    name = path.removeprefix("data/")
    return IndexEntry(
        name=_DATA_LABELS.get(name, name),
        files=(IndexFile(label=name.rpartition(".")[2].upper(), path=path),),
    )


def _tasks(city: Assessment, standings: Sequence[Standing]) -> list[object]:
    from reporting.exhibits.naming import anchor
    from reporting.publish.pack.index import IndexTask

    pages, whole = _pages(standings, SubjectKind.UNIT), _pages(standings, SubjectKind.PUBLIC)
    grades = {rating.task_id: rating.grade for rating in city.task_ratings()}
    tasks: list[object] = []
    for task in city.plan.tasks:
        own = (pages[unit] for unit in task.lead_units if unit in pages)
        path = next(iter((*own, *whole.values())), "")
        tasks.append(
            IndexTask(
                number=task.label,
                text=task.goal,
                units="、".join(task.lead_units),
                grade=grades.get(task.task_id),
                path=path,
                anchor=anchor(task) if path else "",
            )
        )
    return tasks


def _pages(standings: Sequence[Standing], kind: SubjectKind) -> Mapping[str, str]:
    return {
        standing.name: path
        for standing in standings
        for path in standing.artifacts
        if standing.kind is kind and not standing.report and path.endswith(".html")
    }
