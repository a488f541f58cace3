"""What a quarter's inputs ask for: the slices and the list of reports, remembered by inputs."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from reporting.assess.values import Assessment
from reporting.errors import UsageError
from reporting.project.editions import frozen_numbers
from reporting.project.params import Params
from reporting.project.reports import Declaration, all_reports
from reporting.publish.keys.hashes import FileHashes, FileRecord
from reporting.publish.keys.inputs import Inputs, ReadingCode, list_inputs, read_inputs
from reporting.publish.keys.program import Program
from reporting.publish.keys.slices import Slices
from reporting.publish.keys.store import Store
from reporting.publish.reports import Entry, assets_of, parameters_of
from reporting.values import Value

if TYPE_CHECKING:
    from reporting.returns.reading.remembered import FileMemory

KIND, READING, FILES = "survey", "reading", "files"
"""Kinds of records: surveys, what the files of a quarter gave together, and each by itself."""

T = TypeVar("T", bound=BaseModel)


class Survey(Value):
    """What one quarter's inputs give, without the assessment itself.

    Attributes
    ----------
    key : str
        Hash of the inputs and of the code that read them.
    counts, findings : dict
        Tasks by grade; findings by code.
    entries : tuple of Entry
        Every report of the pack, the briefing first, the office's own last.
    city_sha256 : str
        The city's slice in the store.
    remarks : tuple of str
        What the reader of a terminal should know, a sentence each.
    undated : str
        Why the edition to come cannot bear its date; empty when it can.
    withheld_words : tuple of str
        What may stand in no file of the pack; only the public's has any.
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
    inputs: tuple[FileRecord, ...]
    entries: tuple[Entry, ...]
    city_sha256: str
    remarks: tuple[str, ...] = ()
    undated: str = ""
    withheld_words: tuple[str, ...] = ()


def take_survey(
    root: Path,
    params: Params,
    quarter: int,
    program: Program,
    code: ReadingCode,
    *,
    hashes: FileHashes,
    store: Store,
    slices: Slices | None = None,
    before_reading: Callable[[], None] = lambda: None,
) -> Survey:
    """Read the inputs, or remember what they gave when neither they nor the program changed.

    Parameters
    ----------
    code : ReadingCode
        Hashes of the code that reads them.
    slices : Slices, optional
        Takes the slices that are cut.
    before_reading : callable, optional
        Is called before anything is read afresh, which takes a while.

    Raises
    ------
    UsageError
        There is nothing to read.
    """
    inputs = read_inputs(root, params, quarter, program, code, hashes)
    known = store.record(KIND, inputs.key)
    if known is not None:
        store.touch(KIND, inputs.key)
        return Survey.model_validate(known)
    before_reading()
    # Reading tables and workbooks takes libraries that an unchanged pack has no use for.
    from reporting.exhibits.headlines import headlines
    from reporting.pipeline import assess_period
    from reporting.publish.pack.seal import sealed

    memory = Memory(store, inputs)
    city = assess_period(
        root,
        params,
        quarter,
        remember=memory.remember,
        memory_of=memory.memory_of,
        say=headlines,
    )
    city = sealed(root, city)
    survey = _survey(inputs.key, root, params, city, hashes, slices or Slices(store))
    if read_inputs(root, params, quarter, program, code, hashes) != inputs:
        raise UsageError("读取期间输入文件被改动，请待文件保存完毕后重新运行。")
    memory.save()
    store.write_record(KIND, inputs.key, survey.model_dump(mode="json"))
    return survey


def forget_survey(store: Store, survey: Survey) -> None:
    """Take a survey for never taken, because what it names is gone."""
    store.forget(KIND, survey.key)


class Memory:
    """What earlier runs read: the plan, each quarter's returns, and what each file gave.

    What this run reads is kept only by `save`, for it must be known by then that the files
    stayed what the keys say.
    """

    def __init__(self, store: Store, inputs: Inputs) -> None:
        self._store, self._inputs = store, inputs
        self._read: dict[tuple[str, str], BaseModel] = {}
        self._files: dict[int, FileMemory] = {}

    def remember(self, quarter: int, kind: type[T], read: Callable[[], T]) -> T:
        """Give back the plan or a quarter's returns while their files are the same."""
        key = self._inputs.returns_key(quarter) if quarter else self._inputs.plan_key
        known = self._known(READING, key, kind)
        if known is not None:
            return known
        value = read()
        self._read[READING, key] = value
        return value

    def memory_of(self, quarter: int) -> "FileMemory":
        """Give the memory that knows the files of a quarter that are the same."""
        from reporting.returns.reading.remembered import FileMemory, FileResults

        known = self._known(FILES, self._inputs.files_key(quarter), FileResults)
        self._files[quarter] = FileMemory(known)
        return self._files[quarter]

    def save(self) -> None:
        """Keep what was read afresh, and of single files what was used."""
        files = {
            (FILES, self._inputs.files_key(quarter)): memory.results
            for quarter, memory in self._files.items()
        }
        for (name, key), value in (self._read | files).items():
            self._store.write_record(name, key, self._store.put(value.model_dump_json().encode()))

    def _known(self, name: str, key: str, kind: type[T]) -> T | None:
        known = self._store.record(name, key)
        data = self._store.get(known) if isinstance(known, str) else None
        if data is None:
            return None
        self._store.touch(name, key)
        return kind.model_validate_json(data)


def _survey(
    key: str, root: Path, params: Params, city: Assessment, hashes: FileHashes, slices: Slices
) -> Survey:
    from reporting.assess.editions.make import fault_of_date
    from reporting.assess.history import DIFFERS

    files = {"params": f"params/{params.year}.yml", "table": params.table}
    head, period = city.masthead, city.period
    city_sha256 = slices.put(city)
    return Survey(
        key=key,
        year=period.year,
        quarter=period.quarter,
        period_label=period.label,
        city=city.subject.name,
        issuing_office=head.issuing_office,
        title=head.title,
        publish_date=city.issued_on,
        is_sample=city.is_sample,
        edition=city.edition_number,
        counts=task_counts(city),
        findings=dict(sorted(Counter(f.code for f in city.findings).items())),
        severities=dict(sorted(Counter(f.severity.value for f in city.findings).items())),
        inputs=tuple(list_inputs(root, params, period.quarter, hashes)),
        entries=tuple(
            entry
            for declaration in all_reports(params.reports)
            for entry in _entries(city, declaration, files, slices, city_sha256)
        ),
        city_sha256=city_sha256,
        remarks=(
            *(f.message for f in city.findings if f.code == DIFFERS),
            *(words for own in params.reports for words in _left_out(city, own)),
        ),
        undated=fault_of_date(city, max(frozen_numbers(root, period), default=0)),
    )


def task_counts(city: Assessment) -> dict[str, int]:
    """Count the tasks by grade, and those of which nothing is due; the sum is all tasks."""
    from reporting.assess.rating.rule import NOTHING_DUE
    from reporting.assess.rollups import total

    counted = total(city)
    by_grade = {str(grade): count for grade, count in counted.counts.items()}
    return by_grade | {NOTHING_DUE: counted.nothing_due}


def _entries(
    city: Assessment,
    declaration: Declaration,
    files: Mapping[str, str],
    slices: Slices,
    city_sha256: str,
) -> Iterator[Entry]:
    """Give the reports of a declaration, each with its slice."""
    from reporting.assess.subjects.declared import slice_of, subjects_of

    aliases = {unit.name: unit.aliases for unit in city.plan.units}
    year, quarter = city.period.year, city.period.quarter
    for subject in subjects_of(city, declaration):
        sliced = slice_of(city, declaration, subject)
        yield Entry(
            subject=subject,
            notebook=declaration.notebook,
            parameters=parameters_of(subject, declaration.parameter, year, quarter),
            assets=assets_of(city, sliced, declaration.notebook, files),
            slice_sha256=city_sha256 if sliced is city else slices.put(sliced),
            title=sliced.title,
            label=declaration.label,
            formats=declaration.formats,
            keywords=aliases.get(subject.name, ()),
        )


_TASKS_NAMED = 10


def _left_out(city: Assessment, declaration: Declaration) -> Iterator[str]:
    """Say which tasks are in no report of a declaration, and when there is no report at all."""
    from reporting.assess.subjects.declared import subjects_of, without_report

    if not declaration.is_own or not declaration.is_made_in(city.quarter):
        return
    name = declaration.report
    if not subjects_of(city, declaration):
        yield f"报告“{name}”一份也没有：任务表中没有“{declaration.label}”的内容。"
    elif tasks := without_report(city, declaration):
        some = "、".join(task.label for task in tasks[:_TASKS_NAMED])
        more = "等" if len(tasks) > _TASKS_NAMED else ""
        yield (
            f"报告“{name}”按“{declaration.label}”分，有{len(tasks)}项任务没有这一项，"
            f"不在其中任何一份：任务{some}{more}。"
        )
