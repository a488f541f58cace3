"""What a quarter's inputs ask for: the slices and the list of reports, remembered by inputs."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from reporting.assess.values import Assessment, SubjectKind
from reporting.editions import ASSESSMENT, edition_folder, frozen_numbers
from reporting.errors import UsageError
from reporting.params import Params
from reporting.periods import Period
from reporting.publish.hashes import FileHashes, digest_of
from reporting.publish.reports import (
    NOTEBOOKS,
    Entry,
    assets_of,
    parameters_of,
    report_id,
    subjects_of,
)
from reporting.publish.store import Store
from reporting.publish.surroundings import Surroundings
from reporting.values import Value

KIND = "survey"


class InputFile(Value):
    """A file that the pack was made from; ``path`` is relative to the project."""

    path: str
    size: int
    sha256: str


class Survey(Value):
    """What one quarter's inputs give, without the assessment itself.

    Attributes
    ----------
    key : str
        Hash of the inputs and of the program that read them.
    counts, findings : dict
        Tasks by grade; findings by code.
    entries : tuple of Entry
        Every report of the pack, the briefing first.
    city_sha256 : str
        The city's slice in the store.
    """

    key: str
    year: int
    quarter: int
    period_label: str
    city: str
    issuing_office: str
    title: str
    publish_date: date
    is_sample: bool
    edition: int
    counts: dict[str, int]
    findings: dict[str, int]
    severities: dict[str, int]
    inputs: tuple[InputFile, ...]
    entries: tuple[Entry, ...]
    city_sha256: str


def take_survey(
    root: Path,
    params: Params,
    quarter: int,
    surroundings: Surroundings,
    *,
    hashes: FileHashes,
    store: Store,
) -> Survey:
    """Read the inputs, or remember what they gave when neither they nor the program changed.

    Raises
    ------
    UsageError
        There is nothing to read.
    """
    key = _key(root, params, quarter, surroundings, hashes)
    known = store.record(KIND, key)
    if known is not None:
        store.touch(KIND, key)
        return Survey.model_validate(known)
    from reporting.pipeline import assess_period

    city = assess_period(root, params, quarter)
    survey = _survey(key, root, params, city, hashes, store)
    if _key(root, params, quarter, surroundings, hashes) != key:
        raise UsageError("读取期间输入文件被改动，请待文件保存完毕后重新运行。")
    store.write_record(KIND, key, survey.model_dump(mode="json"))
    return survey


def forget_survey(store: Store, survey: Survey) -> None:
    """Take a survey for never taken, because what it names is gone."""
    store.forget(KIND, survey.key)


def _key(
    root: Path, params: Params, quarter: int, surroundings: Surroundings, hashes: FileHashes
) -> str:
    folder = root / params.status
    status: dict[str, str] = {}
    for number in range(1, quarter + 1):
        for path in (folder / f"Q{number}").rglob("*"):
            name = path.relative_to(folder).as_posix()
            status[name] = _hash(path, hashes) if path.is_file() else "folder"
    return digest_of(
        {
            "quarter": quarter,
            "params": params.model_dump(mode="json"),
            "table": _hash(root / params.table, hashes),
            "status": status,
            "folders": [p.name for p in sorted(folder.glob("*")) if p.is_dir()],
            "edition": _edition(root, Period(year=params.year, quarter=quarter), hashes),
            "surroundings": [
                surroundings.package, surroundings.lock, surroundings.environment,
                surroundings.python,
            ],
        }
    )  # fmt: skip


def _edition(root: Path, period: Period, hashes: FileHashes) -> str:
    """Hash the assessment of the last frozen edition, which the next one is held against."""
    numbers = frozen_numbers(root, period)
    if not numbers:
        return ""
    return _hash(edition_folder(root, period, numbers[-1]) / ASSESSMENT, hashes)


def _hash(path: Path, hashes: FileHashes) -> str:
    """Hash a file; one that cannot be read is a state of its own."""
    try:
        return hashes.of(path)
    except OSError as error:
        return f"unreadable: {error.errno}"


def _survey(
    key: str, root: Path, params: Params, city: Assessment, hashes: FileHashes, store: Store
) -> Survey:
    files = {"params": f"params/{params.year}.yml", "table": params.table}
    head, period = city.masthead, city.period
    return Survey(
        key=key,
        year=period.year,
        quarter=period.quarter,
        period_label=period.label,
        city=city.subject.name,
        issuing_office=head.issuing_office,
        title=head.title,
        publish_date=head.publish_date,
        is_sample=city.is_sample,
        edition=city.edition_number,
        counts={str(grade): count for grade, count in city.counts().items()},
        findings=dict(sorted(Counter(f.code for f in city.findings).items())),
        severities=dict(sorted(Counter(f.severity.value for f in city.findings).items())),
        inputs=_inputs(root, params, period.quarter, files, hashes),
        entries=_entries(city, files, store),
        city_sha256=store.put(city.model_dump_json().encode()),
    )


def _entries(city: Assessment, files: Mapping[str, str], store: Store) -> tuple[Entry, ...]:
    from reporting.assess.slices import slice_for

    aliases = {unit.name: unit.aliases for unit in city.plan.units}
    entries = []
    for subject in subjects_of(city):
        sliced = slice_for(city, subject)
        tasks = len(sliced.plan.tasks)
        entries.append(
            Entry(
                report_id=report_id(subject),
                kind=subject.kind,
                name=subject.name,
                parameters=parameters_of(subject, city.period.year, city.period.quarter),
                assets=assets_of(city, sliced, NOTEBOOKS[subject.kind], files),
                slice_sha256=store.put(sliced.model_dump_json().encode()),
                note="" if subject.kind is SubjectKind.BRIEFING else f"{tasks}项任务",
                keywords=aliases.get(subject.name, ()),
            )
        )
    return tuple(entries)


def _inputs(
    root: Path, params: Params, quarter: int, files: Mapping[str, str], hashes: FileHashes
) -> tuple[InputFile, ...]:
    from reporting.returns.files import list_files

    paths = [root / name for name in files.values()]
    for number in range(1, quarter + 1):
        folder = root / params.status / f"Q{number}"
        paths += [a.path for a in list_files(folder, root) if a.path.is_file()]
    return tuple(_input(path, root, hashes) for path in paths)


def _input(path: Path, root: Path, hashes: FileHashes) -> InputFile:
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    return InputFile(path=name, size=path.stat().st_size, sha256=_hash(path, hashes))
