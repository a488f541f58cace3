"""Put the pack together: reports, data, front page, manifest, all at once or not at all."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from reporting.documents.fonts.own import lay_out
from reporting.errors import PublishError
from reporting.publish.keys.store import Store
from reporting.publish.manifest import MANIFEST, Standing, formats_made, make_manifest
from reporting.publish.options import ANNEX, FORMATS
from reporting.publish.pack.place import place
from reporting.publish.pack.searched import expect_withheld
from reporting.publish.pack.site import data_files, in_order, index_page
from reporting.publish.reports import PAGE_FORMATS, Entry, artifact_path, artifacts_of
from reporting.publish.results import Results
from reporting.publish.values import Resolved, made_before
from reporting.system.digests import digest, digest_of
from reporting.system.own_fonts import font_files

Listing = dict[str, tuple[int, str]]
"""Size and hash of files by their path in the pack."""

INDEX = "index.html"
Page = Callable[[Sequence[Standing], Sequence[str]], bytes]
"""Makes a front page of how the reports stand, and of the files of data."""


def make_data(resolved: Resolved) -> Listing:
    """Make what depends on no report: the tables, and the front page if none fails.

    Returns the tables; the page stays in the store, where `assemble` finds it.
    """
    data = _data(resolved)
    standings = tuple(_standings(resolved, Results()))
    _index(resolved, standings, in_order(data))
    return data


def assemble(resolved: Resolved, results: Results, data: Listing, page: Page | None = None) -> None:
    """Bring the pack's folder to what this run resolved.

    Parameters
    ----------
    data : dict
        What `make_data` gave.
    page : callable, optional
        Makes the front page of a pack that is about no one office's quarter.

    Raises
    ------
    PublishError
        The folder cannot be written, or a file holds what is withheld; it is as it was.
    """
    pack, store = resolved.run.pack, resolved.run.store
    standings = tuple(_standings(resolved, results))
    listing = _report_files(resolved, standings)
    index = _index(resolved, standings, in_order(data), page)
    listing |= data | {INDEX: index}
    manifest = _manifest(resolved, standings, listing)
    files: dict[str, Callable[[], bytes]] = {
        path: partial(_content, store, sha256)
        for path, (_, sha256) in listing.items()
        if pack.hash_of(path) != sha256
    }
    if pack.hash_of(MANIFEST) != digest(manifest):
        files[MANIFEST] = lambda: manifest
    expect_withheld(files, resolved.survey.withheld_words)
    stale = (set(pack.listed) | set(_failed_files(resolved, results))) - set(listing)
    if files or stale:
        place(pack.folder, files, sorted(stale))


def _content(store: Store, sha256: str) -> bytes:
    data = store.get(sha256)
    if data is None:
        raise PublishError("暂存的成果已损坏，请重新运行。")
    return data


def _standings(resolved: Resolved, results: Results) -> Iterable[Standing]:
    """Tell how every report of the pack stands; of a part of it, the others as they were."""
    wanted = {report.report_id for report in resolved.reports}
    for entry in resolved.survey.entries:
        if entry.report_id in wanted:
            yield _standing(resolved, entry, results)
        else:
            yield from _as_before(resolved, entry)


def _standing(resolved: Resolved, entry: Entry, results: Results) -> Standing:
    report = next(r for r in resolved.reports if r.report_id == entry.report_id)
    error = results.error_of(entry.report_id)
    return Standing(
        report_id=entry.report_id,
        kind=entry.subject.kind,
        name=entry.subject.name,
        notebook=report.notebook,
        parameters=entry.parameters,
        key=report.key,
        state="failed" if error else "made",
        error=error,
        artifacts=() if error else report.artifacts,
        column=entry.subject.column,
        report=entry.subject.report,
        title=entry.title,
    )


def _as_before(resolved: Resolved, entry: Entry) -> Iterable[Standing]:
    pack = resolved.run.pack
    before = pack.reports.get(entry.report_id)
    if before is None:
        return
    standing = tuple(path for path in before.artifacts if pack.stands(path))
    current = before.key == digest_of(resolved.parts[entry.report_id])
    if before.state == "failed":
        yield before
    elif standing:
        state = "made" if current and standing == before.artifacts else "outdated"
        yield before.model_copy(update={"state": state, "artifacts": standing})


def _report_files(resolved: Resolved, standings: Sequence[Standing]) -> Listing:
    entries = {entry.report_id: entry for entry in resolved.survey.entries}
    wanted = {report.report_id for report in resolved.reports}
    store = resolved.run.store
    listing: Listing = {}
    for standing in standings:
        if standing.report_id not in wanted:
            listing |= {p: resolved.run.pack.listed[p] for p in standing.artifacts}
        elif not standing.error:
            entry = entries[standing.report_id]
            paths = artifacts_of(entry, resolved.run.formats_of(entry))
            parts = resolved.parts[standing.report_id]
            made = {path: made_before(store, parts, suffix) for suffix, path in paths.items()}
            listing |= {path: pair for path, pair in made.items() if pair is not None}
    return listing


def _failed_files(resolved: Resolved, results: Results) -> Iterable[str]:
    """Name every file in which a failed report may stand from an earlier day."""
    for report in resolved.reports:
        if results.error_of(report.report_id):
            for suffix in ("ipynb", *PAGE_FORMATS):
                yield artifact_path(report.subject, suffix)


def _data(resolved: Resolved) -> Listing:
    """Make the tables, or leave them as they are when only some reports are wanted."""
    run, program = resolved.run, resolved.program
    if not run.options.everything:
        listed = run.pack.listed
        return {p: listed[p] for p in listed if p.startswith("data/") and run.pack.stands(p)}
    annex = run.has_annex
    parts = [
        resolved.survey.city_sha256, resolved.pack_code, program.lock, program.environment,
        program.python, annex,
    ]  # fmt: skip
    # The page at a glance is drawn in the pages' fonts.
    parts += [font.sha256 for font in program.fonts] if run.options.is_public else []
    fonts = run.params.fonts
    return kept(
        resolved, "data", parts, lambda: data_files(
            resolved.city, annex=annex, fonts=fonts, own=own_fonts_of(run.root)
        ),
    )  # fmt: skip


def own_fonts_of(root: Path) -> tuple[Path, ...]:
    """Lay the project's own fonts out for Typst, away from what else lies in their folder."""
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in font_files(root)}
    return lay_out(files)


def _index(
    resolved: Resolved,
    standings: Sequence[Standing],
    data: Sequence[str],
    page: Page | None = None,
) -> tuple[int, str]:
    parts = [
        resolved.survey.key, resolved.pack_code, list(data),
        [standing.model_dump(mode="json") for standing in standings],
    ]  # fmt: skip

    def make() -> dict[str, bytes]:
        if page is not None:
            return {INDEX: page(standings, data)}
        own = own_fonts_of(resolved.run.root)
        return {INDEX: index_page(resolved.city, resolved.survey, standings, data, own)}

    return kept(resolved, "index", parts, make)[INDEX]


def kept(
    resolved: Resolved, kind: str, parts: object, make: Callable[[], dict[str, bytes]]
) -> Listing:
    """Remember files by what they are made from; made again when the store has lost them."""
    store, pack = resolved.run.store, resolved.run.pack
    key = digest_of(parts)
    known = store.record(kind, key)
    if known is not None and not resolved.run.options.force:
        listing: Listing = {path: (size, sha256) for path, (size, sha256) in known.items()}
        if all(pack.hash_of(p) == sha or store.get(sha) for p, (_, sha) in listing.items()):
            return listing
    listing = {path: (len(data), store.put(data)) for path, data in make().items()}
    store.write_record(kind, key, {path: list(value) for path, value in listing.items()})
    return listing


def _manifest(resolved: Resolved, standings: Sequence[Standing], listing: Listing) -> bytes:
    options = resolved.run.options
    formats = set(options.formats)
    # What reports are made in besides: by their own declaration, or because they were.
    formats |= {suffix for one in standings for suffix in formats_made(one)}
    formats |= {ANNEX} if resolved.run.has_annex else set()
    if not options.everything:
        formats |= set(resolved.run.pack.formats)
    return make_manifest(
        resolved.survey,
        resolved.program,
        standings,
        listing,
        renderer=options.renderer,
        formats=[name for name in FORMATS if name in formats],
    ).to_bytes()
